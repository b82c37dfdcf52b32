"""What was answered: one organisation on one date, as immutable documents."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    ValidationError,
    field_validator,
    model_validator,
)

from cxassess.content.practices import LEVELS, EvidenceKind, Key, Rating
from cxassess.content.reading import Content
from cxassess.errors import AssessmentError, Problem, validation_problems
from cxassess.text import LANGS, Lang, Line, Note

FORMAT = 1

EvidenceKey = Annotated[str, Field(pattern=r"^E-\d{2,}$")]
Severity = Annotated[int, Field(ge=0, le=3, strict=True)]
Section = Literal[
    "summary", "levels", "why-not", "advice", "mistakes", "indicators", "answers", "evidence", "method"
]
# Read exactly, and kept as written. The bounds are those within which sums of floats stay exact enough.
Weight = Annotated[Decimal, Field(ge=Decimal("0.001"), le=Decimal(1000)), PlainSerializer(str)]
# Bounded, so that a shelf life can be added to any date.
Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2199, 12, 31))]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Noted(_Frozen):
    """Something with notes: `note` is printed, `private` never leaves the document."""

    note: Note | None = None
    private: str | None = Field(default=None, repr=False)


class Unit(_Frozen):
    """What is assessed: the company as a whole, or one brand, channel, region or outlet of it."""

    kind: Literal["company", "brand", "channel", "region", "outlet"]
    name: Line | None = None

    @model_validator(mode="after")
    def _named(self) -> Self:
        if self.kind != "company" and self.name is None:
            raise ValueError(f'the unit "{self.kind}" needs a name; add "name"')
        return self


class Profile(_Noted):
    """Whom the assessment is about, and for whom it is written.

    Reports name the people behind the evidence only where `print_names` says so.
    """

    organisation: Line
    group: tuple[Line, ...] = ()
    unit: Unit
    trade: Note | None = None
    size: Literal["micro", "small", "medium", "large"] | None = None
    objective: Note | None = None
    customer_groups: tuple[Note, ...] = ()
    competitors: tuple[Line, ...] = ()
    working_language: Lang = "id"
    report_languages: tuple[Lang, ...] = Field(default=LANGS, min_length=1)
    print_names: bool = False

    @field_validator("report_languages")
    @classmethod
    def _each_once(cls, languages: tuple[Lang, ...]) -> tuple[Lang, ...]:
        if len(set(languages)) < len(languages):
            raise ValueError("a language stands twice; keep one")
        return languages


class Evidence(_Noted):
    """One piece of evidence: an interview, a document, a sample. Its kind gives grade and shelf life.

    `source` says what it is, or the role of whoever was asked; `person` is a name, kept out of reports unless
    the profile says `print_names`.
    """

    key: EvidenceKey
    kind: Key
    source: Note
    person: Line | None = Field(default=None, repr=False)
    on: Day | None = None

    def is_current(self, kind: EvidenceKind, *, on: date) -> bool:
        """Whether it counts in full: from its date to date + shelf life, both inclusive."""
        return self.on is not None and self.on <= on <= self.on + timedelta(days=kind.days)

    def grade(self, kind: EvidenceKind, *, on: date) -> int:
        """Its grade on a date, 0 to 4: before its date none, after its shelf life (or undated) at most 1.

        >>> kind = EvidenceKind(key="document", name={"id": "d", "en": "d"}, grade=2, days=10)
        >>> paper = Evidence(key="E-01", kind="document", source="SOP", on=date(2026, 3, 1))
        >>> [paper.grade(kind, on=date(2026, 3, day)) for day in (1, 11, 12)]
        [2, 2, 1]
        """
        if self.on is not None and on < self.on:
            return 0
        return kind.grade if self.is_current(kind, on=on) else min(kind.grade, 1)


class Sample(_Frozen):
    """k of n observed cases in which the practice worked."""

    k: int = Field(ge=0, strict=True)
    n: int = Field(gt=0, le=1_000_000, strict=True)

    @model_validator(mode="after")
    def _possible(self) -> Self:
        if self.k > self.n:
            raise ValueError(f"{self.k} of {self.n} is impossible; k is at most n")
        return self


class EvidenceLink(_Frozen):
    """That a piece of evidence supports a rating: named, or found by a sample."""

    evidence: EvidenceKey
    supports: Rating | None = None
    sample: Sample | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.supports is None) == (self.sample is None):
            raise ValueError('needs either "supports" (N, P, L or F) or "sample" (k and n)')
        return self


class Answer(_Noted):
    """The answer to one question in one of its states; a question with no answer is unanswered.

    >>> Answer(state="rated", rating="L").rating
    'L'
    """

    state: Literal["unanswered", "unknown", "not-applicable", "rated"]
    rating: Rating | None = None
    reason: Literal["not-offered", "no-such-channel", "legally-excluded"] | None = None
    evidence: tuple[EvidenceLink, ...] = ()

    @model_validator(mode="after")
    def _fits_its_state(self) -> Self:
        if (self.rating is not None) != (self.state == "rated"):
            raise ValueError('"rating" (N, P, L or F) belongs to the state "rated", and only there')
        if (self.reason is not None) != (self.state == "not-applicable"):
            raise ValueError('"reason" belongs to the state "not-applicable", and only there')
        if self.state == "not-applicable" and not self.note:
            raise ValueError('"not-applicable" needs a "note" that says why')
        return self


UNANSWERED = Answer(state="unanswered")


class Judgement(_Noted):
    """How severe a mistake is: 0 none, 1 sporadic, 2 recurrent, 3 systemic."""

    severity: Severity
    evidence: tuple[EvidenceKey, ...] = ()


class Exemption(_Frozen):
    """Why one mistake does not contradict one level here, and what proves it."""

    mistake: Key
    level: Key
    reason: Note
    evidence: tuple[EvidenceKey, ...] = ()
    private: str | None = Field(default=None, repr=False)


class Target(_Noted):
    """A level to reach, by a date if one is agreed."""

    level: int = Field(ge=1, le=LEVELS, strict=True)
    by: Day | None = None


class ContentVersion(_Frozen):
    """The content the questions came from."""

    model: Key
    version: str = Field(pattern=r"^\d+\.\d+$")


class Assessment(_Noted):
    """One organisation on one date. Frozen: a change is a copy.

    >>> profile = Profile(organisation="Acme", unit=Unit(kind="company"))
    >>> version = ContentVersion(model="cx-pyramid-6", version="1.0")
    >>> blank = Assessment(content=version, on=date(2026, 3, 1), profile=profile)
    >>> rated = blank.answer("inform-1", Answer(state="rated", rating="P"))
    >>> rated.answer_to("inform-1").rating, blank.answer_to("inform-1").state
    ('P', 'unanswered')
    """

    format: Literal[1] = 1
    content: ContentVersion
    on: Day
    profile: Profile
    weights: dict[Key, Weight] = Field(default_factory=dict)
    answers: dict[Key, Answer] = Field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    mistakes: dict[Key, Judgement] = Field(default_factory=dict)
    exceptions: tuple[Exemption, ...] = ()
    indicators: dict[Key, Answer] = Field(default_factory=dict)
    targets: tuple[Target, ...] = ()
    commentary: dict[Section, Note] = Field(default_factory=dict)

    @field_validator("answers", "mistakes", "indicators", "weights", "commentary")
    @classmethod
    def _sorted(cls, entries: dict[str, Any]) -> dict[str, Any]:
        """A stable order, so that two saves of the same answers are the same bytes."""
        return dict(sorted(entries.items(), key=lambda entry: _natural(entry[0])))

    def answer_to(self, key: str) -> Answer:
        """The answer to a question, unanswered if there is none yet."""
        return self.answers.get(key, UNANSWERED)

    def severity_of(self, mistake: str) -> Severity | None:
        """The severity of a mistake, None until it is given."""
        judgement = self.mistakes.get(mistake)
        return judgement.severity if judgement else None

    def answer(self, key: str, answer: Answer) -> Assessment:
        """A copy with one answer given or replaced."""
        return self.replaced(answers={**self.answers, key: answer})

    def judge(self, mistake: str, judgement: Judgement) -> Assessment:
        """A copy with the severity of one mistake given or replaced."""
        return self.replaced(mistakes={**self.mistakes, mistake: judgement})

    def weigh(self, weights: Mapping[str, Decimal]) -> Assessment:
        """A copy with other weights. AssessmentError once a question is answered: weights come first."""
        if any(answer.state != "unanswered" for answer in self.answers.values()):
            what = "can change only before the first answer; start a new assessment"
            raise AssessmentError("the weights stay", [Problem("weights", what)])
        return self.replaced(weights=dict(weights))

    def replaced(self, **changes: object) -> Assessment:
        """A copy with some fields replaced, checked for form. Raises AssessmentError.

        Whether it fits its content (that its keys exist there, say) is for `check_assessment`.
        """
        fields = {name: getattr(self, name) for name in type(self).model_fields}
        try:
            return Assessment(**(fields | changes))
        except ValidationError as error:
            problems = validation_problems(error, lambda place: ".".join(map(str, place)))
            raise AssessmentError("the change does not fit", problems) from None


def _natural(key: str) -> list[str | int]:
    return [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", key)]


def check_assessment(assessment: Assessment, content: Content) -> None:
    """Raise AssessmentError with every place where an assessment does not fit its content or itself."""
    problems = [Problem(".".join(map(str, place)), what) for place, what in misfits(assessment, content)]
    if problems:
        raise AssessmentError("the assessment does not fit its content", problems)


Misfit = tuple[tuple[str | int, ...], str]


def misfits(assessment: Assessment, content: Content) -> Iterator[Misfit]:
    """Where an assessment does not fit its content or itself: place and what to do."""
    yield from _version_misfits(assessment, content)
    yield from _key_misfits(assessment, content)
    yield from _answer_misfits(assessment, content)
    yield from _exception_misfits(assessment, content)
    yield from _evidence_misfits(assessment, content)


def _version_misfits(assessment: Assessment, content: Content) -> Iterator[Misfit]:
    given, ours = assessment.content, content.model
    if given.model != ours.key:
        what = f"is {given.model}, the content is {ours.key}; name its folder with --content"
        yield ("content", "model"), what
    elif given.version.split(".")[0] != ours.version.split(".")[0]:
        yield (
            ("content", "version"),
            f"is {given.version}, the content is {ours.version}; use the content it was made with",
        )


def _key_misfits(assessment: Assessment, content: Content) -> Iterator[Misfit]:
    known = {
        "answers": set(content.by_key),
        "weights": set(content.by_key),
        "mistakes": {mistake.key for mistake in content.mistakes},
        "indicators": {indicator.key for indicator in content.indicators},
    }
    for field, keys in known.items():
        for key in getattr(assessment, field):
            if key not in keys:
                yield (field, key), "is unknown in this content; check the spelling or remove it"


def _answer_misfits(assessment: Assessment, content: Content) -> Iterator[Misfit]:
    for key, answer in assessment.answers.items():
        question = content.by_key.get(key)
        if question and question.core and answer.state == "not-applicable":
            yield (
                ("answers", key),
                "is the core question of its level and cannot be not-applicable; rate it, or say unknown",
            )
    for key, answer in assessment.indicators.items():
        if answer.state == "not-applicable":
            yield ("indicators", key), "cannot be not-applicable; rate it, or say unknown"


def _exception_misfits(assessment: Assessment, content: Content) -> Iterator[Misfit]:
    linked = {(mistake.key, link.level) for mistake in content.mistakes for link in mistake.contradicts}
    seen: set[tuple[str, str]] = set()
    for index, exception in enumerate(assessment.exceptions):
        pair = (exception.mistake, exception.level)
        if pair not in linked:
            yield (
                ("exceptions", index),
                f"{pair[0]} does not contradict {pair[1]}; remove it or check the spelling",
            )
        if pair in seen:
            yield ("exceptions", index), "excepts the same mistake and level again; join the two"
        seen.add(pair)


def _evidence_misfits(assessment: Assessment, content: Content) -> Iterator[Misfit]:
    keys: set[str] = set()
    for index, record in enumerate(assessment.evidence):
        if record.key in keys:
            yield ("evidence", index, "key"), f"{record.key} stands twice; give one another key"
        keys.add(record.key)
        if record.kind not in content.evidence_kinds:
            known = ", ".join(content.evidence_kinds)
            yield ("evidence", index, "kind"), f"{record.kind} is no kind of evidence; one of {known}"
    for place, key in _evidence_uses(assessment):
        if key not in keys:
            yield place, f"{key} is not in the evidence list; add it or remove the link"


def _evidence_uses(assessment: Assessment) -> Iterator[tuple[tuple[str | int, ...], str]]:
    for field in ("answers", "indicators"):
        for key, answer in getattr(assessment, field).items():
            for index, link in enumerate(answer.evidence):
                yield (field, key, "evidence", index, "evidence"), link.evidence
    for key, judgement in assessment.mistakes.items():
        for index, used in enumerate(judgement.evidence):
            yield ("mistakes", key, "evidence", index), used
    for position, exception in enumerate(assessment.exceptions):
        for index, used in enumerate(exception.evidence):
            yield ("exceptions", position, "evidence", index), used
