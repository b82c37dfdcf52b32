"""What was answered: one organisation on one date, as immutable documents."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import Field, PlainSerializer, ValidationError, field_validator, model_validator

from cxassess.content.model import LEVELS, Key
from cxassess.document.answers import (
    UNANSWERED,
    Answer,
    Day,
    Evidence,
    Exemption,
    Frozen,
    Judgement,
    Noted,
    Severity,
)
from cxassess.errors import AssessmentError, Problem, refusal, validation_problems
from cxassess.text import LANGS, Lang, Line, Note

FORMAT = 2

TargetKey = Annotated[str, Field(pattern=r"^T-\d{2,}$")]
# Read exactly, and kept as written. The bounds are those within which sums of floats stay exact enough.
Weight = Annotated[Decimal, Field(ge=Decimal("0.001"), le=Decimal(1000)), PlainSerializer(str)]


class Unit(Frozen):
    """What is assessed: the company as a whole, or one brand, channel, region or outlet of it."""

    merges_whole = True

    kind: Literal["company", "brand", "channel", "region", "outlet"]
    name: Line | None = None

    @model_validator(mode="after")
    def _named(self) -> Self:
        if self.kind != "company" and self.name is None:
            raise refusal("problem-unit-unnamed", kind=self.kind, field='"name"')
        return self


class Profile(Noted):
    """Whom the assessment is about, and for whom it is written.

    `trade` is a key of the content's trades or "other", `trade_text` says it in words, or more closely. Reports
    name the people behind the evidence only where `print_names` says so.
    """

    organisation: Line
    group: tuple[Line, ...] = ()
    unit: Unit
    trade: Key | None = None
    trade_text: Note | None = None
    size: Key | None = None
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
            raise refusal("problem-language-twice")
        return languages


class Target(Noted):
    """A level to reach, by a date if one is agreed."""

    key: TargetKey
    level: int = Field(ge=1, le=LEVELS, strict=True)
    by: Day | None = None


class ContentVersion(Frozen):
    """The content the questions came from."""

    merges_whole = True

    model: Key
    version: str = Field(pattern=r"^\d+\.\d+$")


class Assessment(Noted):
    """One organisation on one date. Frozen: a change is a copy.

    `weights`, `answers`, `mistakes` and `indicators` are by the keys of the content, `commentary` (the
    consultant's own words) by the key of a chapter. Whether there are such keys is for `check_assessment`.

    >>> from datetime import date
    >>> profile = Profile(organisation="Acme", unit=Unit(kind="company"))
    >>> version = ContentVersion(model="cx-pyramid-6", version="1.0")
    >>> blank = Assessment(content=version, on=date(2026, 3, 1), profile=profile)
    >>> rated = blank.answer("inform-1", Answer(state="rated", rating="P"))
    >>> rated.answer_to("inform-1").rating, blank.answer_to("inform-1").state
    ('P', 'unanswered')
    """

    format: Literal[2] = 2
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
    commentary: dict[Key, Note] = Field(default_factory=dict)

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
            raise AssessmentError("problem-weights-stay", [Problem("weights", "problem-weights-late")])
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
            raise AssessmentError("problem-change-unfit", problems) from None


def _natural(key: str) -> list[str | int]:
    return [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", key)]
