"""A level's page: its questions, and where mistakes and indicators speak against its answers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from cxassess.content.model import Level
from cxassess.content.practices import Practice, Question
from cxassess.content.reading import Content
from cxassess.document.shapes import Place
from cxassess.forms.page import Lists, Spot
from cxassess.forms.practice import PracticePage
from cxassess.pyramid.contradictions import Contradiction, Tension
from cxassess.pyramid.scorecard import Mark


class LevelPage(PracticePage):
    """One level of the pyramid. There are as many pages as levels, each with its level's key."""

    name = "level"
    holds = ("answers",)
    gaps_word = "missing-answers"
    is_storey = True

    @classmethod
    def keys(cls, content: Content) -> tuple[str, ...]:
        """A page a level, bottom to top."""
        return content.level_keys

    @property
    def title(self) -> str:
        """The level's number and name."""
        return self.voice.level_name(self.key)

    def has(self, place: Place) -> bool:
        """Whether a question of this level stands there."""
        return place[0] == "answers" and self.content.by_key[place[1]].level == self.key

    @property
    def n(self) -> int:
        """The number of the level, from 1."""
        return self.content.level_keys.index(self.key) + 1

    @property
    def level(self) -> Level:
        """The level itself."""
        return self.content.levels[self.n - 1]

    @property
    def practices(self) -> Sequence[Question]:
        """The questions of the level."""
        return self.content.of_level(self.key)

    @cached_property
    def marks(self) -> Sequence[Mark]:
        """How its answers count."""
        return [self.card.mark(question.key) for question in self.practices]

    def may_not_apply(self, practice: Practice) -> bool:
        """Every question may be left out but the core of its level."""
        return not (isinstance(practice, Question) and practice.core)

    def listed(self, key: str) -> Spot:
        """The way to a question, by the number of its level and its name: lists hold those of all levels."""
        spot = super().listed(key)
        return spot._replace(name=self.voice.numbered(self.n, spot.name))

    def doubts(self) -> Lists:
        """What nobody knows."""
        return {"form-review-unknown": self.marked(lambda mark: mark.answer.state == "unknown")}

    def unproved(self) -> Lists:
        """What is proved in part, what is not, and evidence that says nothing yet."""
        return {
            **super().unproved(),
            "form-review-partly": self.marked(lambda mark: mark.proof == "partly"),
            "form-review-unproved": self.marked(lambda mark: mark.proof == "unproved"),
        }

    @property
    def contradictions(self) -> list[Contradiction]:
        """Mistakes that speak against the level as claimed."""
        return [one for one in self.card.contradictions if one.level == self.key]

    @property
    def is_contradicted(self) -> bool:
        """Whether one of them is not excepted."""
        return any(one.state == "open" for one in self.contradictions)

    @property
    def tensions(self) -> list[Tension]:
        """Indicators that sit oddly with the level as claimed."""
        return [one for one in self.card.tensions if one.level == self.key]
