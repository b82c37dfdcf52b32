"""The mistakes' page: how severe each is, which levels it contradicts, and what is excepted."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from cxassess.content.practices import Mistake, Severities
from cxassess.document.answers import Exemption, Judgement
from cxassess.document.assessment import Assessment
from cxassess.document.changes import places, put
from cxassess.document.fields import fields_of
from cxassess.document.shapes import Json, Place
from cxassess.forms.page import Lists, Page, Spot
from cxassess.interview.entries import Edited, Values, filled
from cxassess.pyramid.contradictions import Contradiction
from cxassess.text import Lang


class Severity(NamedTuple):
    """A severity that can be chosen: its number, its name, and what it looks like for one mistake."""

    n: int
    name: str
    text: str


class MistakesPage(Page):
    """Common mistakes, each to be judged; and exceptions from what they contradict."""

    name = "mistakes"
    holds = ("mistakes", "exceptions")
    gaps_word = "missing-mistakes"

    @property
    def items(self) -> Sequence[Mistake]:
        """All of them."""
        return self.content.mistakes

    @property
    def asks(self) -> int:
        """One judgement a mistake."""
        return len(self.content.mistakes)

    @cached_property
    def gaps(self) -> Sequence[Spot]:
        """Mistakes without a severity."""
        return [self.spot(("mistakes", key)) for key in self.card.unjudged]

    def doubts(self) -> Lists:
        """Mistakes that contradict a level and are not excepted."""
        keys = [one.mistake for one in self.card.contradictions if one.stands(verified=False)]
        spots = [self.spot(("mistakes", key)) for key in dict.fromkeys(keys)]
        return {"form-review-contradictions": spots}

    def judgement(self, mistake: Mistake) -> Judgement | None:
        """How a mistake was judged, if it was."""
        return self.assessment.mistakes.get(mistake.key)

    def severities(self, mistake: Mistake) -> list[Severity]:
        """What can be chosen, the mildest first."""
        levels = zip(fields_of(Judgement)["severity"].numbers, Severities.model_fields, strict=True)
        return [Severity(n, self.voice.severity(n), self._look(mistake, name)) for n, name in levels]

    def _look(self, mistake: Mistake, name: str) -> str:
        return self.voice.text(getattr(mistake.severities, name)) if mistake.severities else ""

    def contradictions(self, mistake: Mistake) -> list[Contradiction]:
        """The levels that a mistake contradicts as they are claimed."""
        return [one for one in self.card.contradictions if one.mistake == mistake.key]

    def idle_exceptions(self, mistake: Mistake) -> list[Exemption]:
        """Exceptions of a mistake from what it does not contradict, or no more."""
        contradicted = [one.level for one in self.contradictions(mistake)]
        own = [one for one in self.assessment.exceptions if one.mistake == mistake.key]
        return [one for one in own if one.level not in contradicted]

    @classmethod
    def set(cls, at: Place, values: Values, assessment: Assessment) -> Edited:
        """With a severity and its notes, or an exception and its reason."""
        old, working = places(assessment).get(at), assessment.profile.working_language
        if at[0] == "mistakes":
            return Edited(put(assessment, {at: _judgement(old, values, working)}))
        _, mistake, level = at
        new = filled(Exemption, old or {"mistake": mistake, "level": level}, values, working)
        if new.missing:
            return Edited(assessment, "form-needs-reason")
        return Edited(put(assessment, {at: new.entry}))


def _judgement(old: Json, values: Values, working: Lang) -> Json:
    """A severity with its notes; without a severity there is nothing they could be about."""
    choice = values.get("choice", "")
    if choice == "unanswered" or not (choice or old):
        return None
    entry = filled(Judgement, old or {}, values, working).entry
    if not choice:
        return entry
    numbers = {str(n): n for n in fields_of(Judgement)["severity"].numbers}
    severity = numbers.get(choice, choice)  # anything else is refused as it is
    return entry | {"severity": severity}
