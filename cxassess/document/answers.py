"""Answers and what bears them: evidence, samples, links, judgements of mistakes, exceptions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Annotated, ClassVar, Literal, Self, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator, model_validator

from cxassess.content.model import EvidenceKind, Key, Rating
from cxassess.errors import refusal
from cxassess.text import Line, Note

EvidenceKey = Annotated[str, Field(pattern=r"^E-\d{2,}$")]
Severity = Annotated[int, Field(ge=0, le=3, strict=True)]


# Bounded, so that a shelf life can be added to any date.
Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2199, 12, 31))]


# Whether evidence counts on a day: in full, no more, not before its date, or never, for want of one.
Validity = Literal["current", "expired", "later", "undated"]


VALIDITIES: tuple[Validity, ...] = get_args(Validity)


def _as_name(file: str) -> str:
    if file.startswith(".") or any(sign in file for sign in "/\\:"):
        raise refusal("problem-attachment-path", name=file)
    return file


def _as_web(link: str) -> str:
    if not re.match(r"https?://[^\s/]+", link, re.IGNORECASE):
        raise refusal("problem-link-not-web", link=link)
    return link


# A name and no path: whatever a file says, nothing outside the folder of attachments is looked at.
FileName = Annotated[Line, Field(max_length=200), AfterValidator(_as_name)]


# What a browser may be led to; anything else could run something.
WebLink = Annotated[Line, Field(max_length=2000), AfterValidator(_as_web)]


class Frozen(BaseModel):
    """A part of a document: frozen, and refusing what it does not know.

    Where two people change it, each field merges for itself, unless `merges_whole` says that its fields fit only
    together; those in `one_choice` merge as one. `absent` is what it says where it is not there, if that says
    something. `identity` are the fields by which a record is known in a list.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    merges_whole: ClassVar[bool] = False
    one_choice: ClassVar[tuple[str, ...]] = ()
    absent: ClassVar[Mapping[str, str] | None] = None
    identity: ClassVar[tuple[str, ...]] = ("key",)


class Noted(Frozen):
    """Something with notes: `note` is printed, `private` never leaves the document."""

    note: Note | None = None
    private: str | None = Field(default=None, repr=False)


class Evidence(Noted):
    """One piece of evidence: an interview, a document, a sample. Its kind gives grade and shelf life.

    `source` says what it is, or the role of whoever was asked; `person` is a name, kept out of reports unless
    the profile says `print_names`. `file` is the name of a file among the attachments beside the assessment,
    `link` a web address.
    """

    key: EvidenceKey
    kind: Key
    source: Note
    person: Line | None = Field(default=None, repr=False)
    on: Day | None = None
    file: FileName | None = None
    link: WebLink | None = None

    def until(self, kind: EvidenceKind) -> date | None:
        """The last day on which it counts in full; None where it has no date."""
        return self.on and self.on + timedelta(days=kind.days)

    def validity(self, kind: EvidenceKind, *, on: date) -> Validity:
        """Whether it counts in full on a date: from its own date to `until`, both inclusive. METHOD 4.

        >>> kind = EvidenceKind(key="document", name={"id": "d", "en": "d"}, grade=2, days=10)
        >>> paper = Evidence(key="E-01", kind="document", source="SOP", on=date(2026, 3, 2))
        >>> [paper.validity(kind, on=date(2026, 3, day)) for day in (1, 2, 12, 13)]
        ['later', 'current', 'current', 'expired']
        """
        until = self.until(kind)
        if self.on is None or until is None:
            return "undated"
        if on < self.on:
            return "later"
        return "current" if on <= until else "expired"

    def grade(self, kind: EvidenceKind, *, on: date) -> int:
        """Its grade on a date, 0 to 4: before its date none, after its shelf life (or undated) at most 1.

        >>> kind = EvidenceKind(key="document", name={"id": "d", "en": "d"}, grade=2, days=10)
        >>> paper = Evidence(key="E-01", kind="document", source="SOP", on=date(2026, 3, 2))
        >>> [paper.grade(kind, on=date(2026, 3, day)) for day in (1, 2, 12, 13)]
        [0, 2, 2, 1]
        """
        validity = self.validity(kind, on=on)
        if validity == "later":
            return 0
        return kind.grade if validity == "current" else min(kind.grade, 1)


class Sample(Frozen):
    """k of n observed cases in which the practice worked."""

    merges_whole = True

    k: int = Field(ge=0, strict=True)
    n: int = Field(gt=0, le=1_000_000, strict=True)

    @model_validator(mode="after")
    def _possible(self) -> Self:
        if self.k > self.n:
            raise refusal("problem-sample-impossible", k=self.k, n=self.n)
        return self


class EvidenceLink(Frozen):
    """That a piece of evidence supports a rating: named, or found by a sample.

    With neither it is silent: nobody has said yet what the evidence shows, and so it proves nothing (METHOD 4).
    """

    merges_whole = True
    identity = ("evidence",)

    evidence: EvidenceKey
    supports: Rating | None = None
    sample: Sample | None = None

    @model_validator(mode="after")
    def _not_both(self) -> Self:
        if self.supports is not None and self.sample is not None:
            raise refusal("problem-link-says-two", supports='"supports"', sample='"sample"')
        return self

    @property
    def is_silent(self) -> bool:
        """Whether it does not say yet what its evidence shows."""
        return self.supports is None and self.sample is None


class Opinion(Frozen):
    """How one person, known by a role, would rate a practice. It stands beside the answer and enters no score.

    >>> Opinion(who="nurse", rating="P").rating
    'P'
    """

    identity = ("who",)

    who: Line = Field(max_length=100)
    rating: Rating
    note: Note | None = None


class Answer(Noted):
    """The answer to one question in one of its states; a question with no answer is unanswered.

    >>> Answer(state="rated", rating="L").rating
    'L'
    """

    # A rating is of its state, as a reason is. Notes and links merge beside them: one rates while another writes.
    one_choice = ("state", "rating", "reason")
    # Who writes the first note and who gives the first rating change different things.
    absent: ClassVar[Mapping[str, str]] = {"state": "unanswered"}

    state: Literal["unanswered", "unknown", "not-applicable", "rated"]
    rating: Rating | None = None
    reason: Literal["not-offered", "no-such-channel", "legally-excluded"] | None = None
    evidence: tuple[EvidenceLink, ...] = ()
    opinions: tuple[Opinion, ...] = ()

    @field_validator("opinions")
    @classmethod
    def _one_each(cls, opinions: tuple[Opinion, ...]) -> tuple[Opinion, ...]:
        roles = [opinion.who for opinion in opinions]
        for who in roles:
            if roles.count(who) > 1:
                raise refusal("problem-opinion-twice", who=who)
        return opinions

    @model_validator(mode="after")
    def _fits_its_state(self) -> Self:
        if (self.rating is not None) != (self.state == "rated"):
            raise refusal("problem-rating-unfit", field='"rating"', state='"rated"')
        if (self.reason is not None) != (self.state == "not-applicable"):
            raise refusal("problem-reason-unfit", field='"reason"', state='"not-applicable"')
        if self.state == "not-applicable" and not self.note:
            raise refusal("problem-note-missing", state='"not-applicable"', field='"note"')
        return self


UNANSWERED = Answer(state="unanswered")


class Judgement(Noted):
    """How severe a mistake is: 0 none, 1 sporadic, 2 recurrent, 3 systemic."""

    severity: Severity
    evidence: tuple[EvidenceKey, ...] = ()


class Exemption(Frozen):
    """Why one mistake does not contradict one level here, and what proves it.

    Mistake and level are its key: there is at most one contradiction to lift, whoever lifts it.
    """

    identity = ("mistake", "level")

    mistake: Key
    level: Key
    reason: Note
    evidence: tuple[EvidenceKey, ...] = ()
    private: str | None = Field(default=None, repr=False)
