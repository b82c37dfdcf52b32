"""The success indicators' page, and which of them sit oddly with a level."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from cxassess.chapters import indicators
from cxassess.content.practices import Indicator, Practice
from cxassess.forms.page import Lists
from cxassess.forms.practice import PracticePage
from cxassess.pyramid.contradictions import Tension
from cxassess.pyramid.scorecard import Mark


class IndicatorsPage(PracticePage):
    """The signs that a company is on its way."""

    name = "indicators"
    holds = ("indicators",)
    gaps_word = "form-review-indicators"

    @property
    def practices(self) -> Sequence[Indicator]:
        """All of them."""
        return self.content.indicators

    @cached_property
    def marks(self) -> Sequence[Mark]:
        """How their answers would count; no level counts them."""
        return indicators.marks(self.card, self.content)

    def may_not_apply(self, practice: Practice) -> bool:
        """They are for every company."""
        return False

    def doubts(self) -> Lists:
        """Indicators that sit oddly with the level claimed."""
        return {"form-review-tensions": [self.listed(one.indicator) for one in self.card.tensions]}

    def tensions(self, practice: Practice) -> list[Tension]:
        """The levels that one indicator sits oddly with."""
        return [one for one in self.card.tensions if one.indicator == practice.key]
