"""A practice as pages ask about it: its answer, how far that is proved, and what an event makes of it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from cxassess.chapters import practices
from cxassess.content.practices import Practice, Question
from cxassess.document.answers import Answer, EvidenceLink
from cxassess.document.assessment import Assessment
from cxassess.document.fields import fields_of
from cxassess.document.shapes import Place
from cxassess.forms.page import Lists, Page, Spot
from cxassess.interview.answering import answered, opined, withdrawn
from cxassess.interview.entries import Edited, Values
from cxassess.interview.talks import talks_of
from cxassess.pyramid.scorecard import Mark

# What can be chosen where there is no rating.
_STATES = tuple(state for state in fields_of(Answer)["state"].choices if state not in ("unanswered", "rated"))


@dataclass(frozen=True)
class AskedPractice:
    """A practice on its page: its place, how its answer counts, what that was earlier.

    A practice that is `core` always applies; `states` are what can be chosen instead of a rating.
    """

    place: Place
    practice: Practice
    mark: Mark
    earlier: str
    core: bool
    states: tuple[str, ...]

    @property
    def answer(self) -> Answer:
        """What was answered."""
        return self.mark.answer


class PracticePage(Page, ABC):
    """A page that asks about practices, each to be rated by its anchors."""

    @property
    @abstractmethod
    def practices(self) -> Sequence[Practice]:
        """What is asked, in order."""

    @property
    @abstractmethod
    def marks(self) -> Sequence[Mark]:
        """How the answers count, in the same order."""

    @abstractmethod
    def may_not_apply(self, practice: Practice) -> bool:
        """Whether a practice may be left out, with a reason."""

    @property
    def items(self) -> Sequence[Practice]:
        """The practices."""
        return self.practices

    @property
    def asks(self) -> int:
        """One answer a practice."""
        return len(self.practices)

    @cached_property
    def gaps(self) -> Sequence[Spot]:
        """Practices without an answer. That nobody knows is one, too."""
        return self.marked(lambda mark: mark.answer.state == "unanswered")

    def marked(self, is_meant: Callable[[Mark], bool]) -> list[Spot]:
        """The ways to the practices whose answers count so."""
        return [self.listed(mark.key) for mark in self.marks if is_meant(mark)]

    def listed(self, key: str) -> Spot:
        """The way to a practice, as it stands in lists."""
        return self.spot((self.holds[0], key))

    @property
    def asked(self) -> list[AskedPractice]:
        """The practices with their answers."""
        return [self._asked(*pair) for pair in zip(self.practices, self.marks, strict=True)]

    def _asked(self, practice: Practice, mark: Mark) -> AskedPractice:
        place = (self.holds[0], practice.key)
        return AskedPractice(
            place=place,
            practice=practice,
            mark=mark,
            earlier=self.earlier_choice(place),
            core=isinstance(practice, Question) and practice.core,
            states=tuple(one for one in _STATES if one != "not-applicable" or self.may_not_apply(practice)),
        )

    @property
    def spoken_to(self) -> list[str]:
        """The roles of all who were talked to, each once."""
        talks = talks_of(self.assessment, self.content)
        return list(dict.fromkeys(self.typed(talk.source).text for talk in talks))

    @property
    def talk_role(self) -> str:
        """The role of whom one talks to just now."""
        return self.typed(self.record(self.book.interview).source).text if self.book.interview else ""

    def could_prove(self, key: str) -> bool:
        """Whether a piece of evidence could prove an answer."""
        return self.content.evidence_kinds[self.record(key).kind].proves

    @cached_property
    def silent(self) -> list[tuple[Place, str]]:
        """The links to evidence that could prove an answer, and of which nobody has said yet what it shows."""
        return [
            ((self.holds[0], mark.key), link.evidence)
            for mark in self.marks
            for link in mark.answer.evidence
            if link.is_silent and self.could_prove(link.evidence)
        ]

    def unproved(self) -> Lists:
        """Evidence that says nothing yet."""
        return {"form-review-silent": [self._link_spot(*silent) for silent in self.silent]}

    def _link_spot(self, place: Place, key: str) -> Spot:
        """The way to a link of an answer."""
        spot = self.listed(place[1])
        return spot._replace(anchor=f"{spot.anchor}-link-{key}", name=f"{spot.name} · {self.record_name(key)}")

    def proof(self, asked: AskedPractice) -> str:
        """How far evidence carries an answer, as a sentence; empty where nothing is rated."""
        return practices.proof(asked.mark, self.voice) if asked.answer.rating else ""

    def sample(self, link: EvidenceLink, answer: Answer) -> str:
        """The band of a linked sample, and how many more would settle it."""
        return practices.sample(link, answer, self.voice)

    @classmethod
    def set(cls, at: Place, values: Values, assessment: Assessment) -> Edited:
        """With the answer as its fields stand."""
        return opined(at, values, assessment) if len(at) > 2 else answered(at, values, assessment)

    @classmethod
    def remove(cls, at: Place, assessment: Assessment) -> Assessment:
        """Without an answer, or without what one person would rate beside it."""
        return withdrawn(at, assessment) if len(at) > 2 else super().remove(at, assessment)
