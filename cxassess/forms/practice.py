"""A practice as pages ask about it: its answer, how far that is proved, and what an event makes of it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from cxassess.chapters import practices
from cxassess.content.practices import Practice, Question
from cxassess.document.answers import Answer, EvidenceLink, Sample
from cxassess.document.assessment import Assessment
from cxassess.document.changes import places, put
from cxassess.document.fields import fields_of
from cxassess.document.shapes import Json, Place
from cxassess.forms.entries import Edited, Values, filled
from cxassess.forms.page import Page, Spot
from cxassess.pyramid.scorecard import Mark
from cxassess.text import Lang

_RATINGS = fields_of(Answer)["rating"].choices
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

    def proof(self, asked: AskedPractice) -> str:
        """How far evidence carries an answer, as a sentence; empty where nothing is rated."""
        return practices.proof(asked.mark, self.voice) if asked.answer.rating else ""

    def sample(self, link: EvidenceLink, answer: Answer) -> str:
        """The band of a linked sample, and how many more would settle it."""
        return practices.sample(link, answer, self.voice)

    @classmethod
    def set(cls, at: Place, values: Values, assessment: Assessment) -> Edited:
        """With the answer as its fields stand."""
        old = places(assessment).get(at, {})
        new, missing = _answer(old, values, assessment.profile.working_language)
        return Edited(put(assessment, {at: new}), missing)


def _answer(old: Json, values: Values, working: Lang) -> tuple[Json, str]:
    """An answer as its fields stand. One that leaves the question out needs a reason and a note.

    Fields that nobody touched are not among the values, and stay as they are.
    """
    left_out = old["state"] if old.get("state") == "not-applicable" else ""
    choice, reason = values.get("choice", left_out), values.get("reason", old.get("reason", ""))
    typed = {name: value for name, value in values.items() if name != "reason"}
    entry = filled(Answer, old, typed, working).entry
    links, missing = _links(entry.pop("evidence", []), values, choice or old.get("rating", ""))
    if choice == "not-applicable" and not (reason and "note" in entry):
        missing = "form-needs-why"
        if old.get("state") == "not-applicable":  # it stays so, with the note that it cannot be without
            entry.setdefault("note", old["note"])
    elif choice:
        entry = _chosen(entry, choice, reason)
    entry = {"state": "unanswered", **entry}
    if links:
        entry["evidence"] = links
    return (None if entry == {"state": "unanswered"} else entry), missing


def _chosen(entry: dict[str, Json], choice: str, reason: str) -> dict[str, Json]:
    """An answer with another rating, or another state; its reason belongs to "not applicable" alone."""
    rest = {name: value for name, value in entry.items() if name not in ("state", "rating", "reason")}
    if choice in _RATINGS:
        return rest | {"state": "rated", "rating": choice}
    if choice == "not-applicable":
        return rest | {"state": choice, "reason": reason}
    return rest | {"state": choice}


def _links(old: list[Json], values: Values, rating: str) -> tuple[list[Json], str]:
    """The links of an answer: each by the rating it supports, or by its sample, which is two numbers."""
    links, missing = [], ""
    for link in old:
        key, sample = link["evidence"], link.get("sample", {})
        k, n = (values.get(f"{name}.{key}", str(sample.get(name, ""))).strip() for name in ("k", "n"))
        # A sample that is taken away leaves the rating given; a link that said nothing yet goes on saying nothing.
        supports = values.get(f"supports.{key}") or link.get("supports") or (rating if sample else "")
        if not {f"{name}.{key}" for name in ("supports", "k", "n")} & set(values):
            links.append(link)
        elif not k and not n:
            links.append({"evidence": key, "supports": supports} if supports in _RATINGS else link)
        elif _is_sample(k, n):
            links.append({"evidence": key, "sample": {"k": int(k), "n": int(n)}})
        else:
            links.append(link)
            missing = "form-needs-sample"
    return links, missing


def _is_sample(k: str, n: str) -> bool:
    """Whether two texts are the numbers of a sample. Digits of any script are; a sign or a point is none."""
    if not k.isdecimal() or not n.isdecimal():
        return False
    try:
        Sample(k=int(k), n=int(n))
    except ValueError:  # k above n, too many, or more digits than Python makes a number of
        return False
    return True
