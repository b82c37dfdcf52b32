"""What each content file may hold: levels, questions, mistakes, advice, measures, journeys, words."""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Sequence
from typing import Annotated, Literal, Protocol, Self, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from cxassess.text import Text

Rating = Literal["N", "P", "L", "F"]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]

LEVELS = 6
MIN_QUESTIONS = 3


class _Keyed(Protocol):
    @property
    def key(self) -> str: ...


_Entries = TypeVar("_Entries", bound=Sequence[_Keyed])


def _unique(entries: _Entries) -> _Entries:
    doubled = [key for key, times in Counter(entry.key for entry in entries).items() if times > 1]
    if doubled:
        raise ValueError(f"{', '.join(doubled)}: stands twice; rename one")
    return entries


class Entry(BaseModel):
    """A piece of content: frozen, and refusing what it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Named(Entry):
    """Something with a stable key and a name in both languages."""

    key: Key
    name: Text


class Level(Named):
    """A storey of the pyramid; `gist` says in one sentence what a customer meets there."""

    gist: Text


class Anchors(Entry):
    """What N, P, L and F look like for one practice."""

    N: Text
    P: Text
    L: Text
    F: Text

    def __getitem__(self, rating: Rating) -> Text:
        text: Text = getattr(self, rating)
        return text


class Practice(Named):
    """Something a company does, to be rated by its anchors: what is asked, why, what to see, whom to ask."""

    ask: Text
    anchors: Anchors
    why: Text | None = None
    evidence: Text | None = None
    whom: Text | None = None


class Question(Practice):
    """A practice of one level, seen through one facet. Its key begins with its level: `respond-3`."""

    facet: Key
    core: bool = False

    @property
    def level(self) -> str:
        """The key of the level the question belongs to."""
        return self.key.rpartition("-")[0]


class Indicator(Practice):
    """One of the signs that a company is on its way; never counted into a level."""


class Link(Entry):
    """A level that a mistake contradicts, and why."""

    level: Key
    because: Text


class Severities(Entry):
    """What severity 0, 1, 2 and 3 of one mistake look like."""

    none: Text
    sporadic: Text
    recurrent: Text
    systemic: Text


class Mistake(Named):
    """A common mistake, and the levels a company that makes it cannot honestly claim."""

    text: Text
    why: Text
    recognise: Text | None = None
    look_at: Text | None = None
    whom: Text | None = None
    severities: Severities | None = None
    contradicts: tuple[Link, ...]


class EvidenceKind(Named):
    """A kind of evidence: how strong it is (0 to 4) and how many days it counts in full."""

    grade: int = Field(ge=0, le=4)
    days: int = Field(gt=0, le=36_500)


class Size(Named):
    """A size of company, and what it makes of an effort given for a medium-sized one."""

    factor: float = Field(gt=0)


class Crossing(Entry):
    """A level of another published pyramid, and the levels here that come closest to it."""

    name: Text
    levels: tuple[Key, ...]
    note: Text


class Term(Entry):
    """A word of the field in both languages, and what it means.

    `spoken` is the English word where Indonesian consultants say that one among themselves.
    """

    key: Key
    term: Text
    spoken: str | None = None
    meaning: Text


class ModelFile(Named):
    """`model.yaml`: what the pyramid is made of."""

    version: str = Field(pattern=r"^\d+\.\d+$")
    levels: Annotated[tuple[Level, ...], AfterValidator(_unique)] = Field(min_length=LEVELS, max_length=LEVELS)
    facets: Annotated[tuple[Named, ...], AfterValidator(_unique)] = Field(min_length=1)
    evidence_kinds: Annotated[tuple[EvidenceKind, ...], AfterValidator(_unique)] = Field(min_length=1)
    sizes: Annotated[tuple[Size, ...], AfterValidator(_unique)] = ()
    owners: Annotated[tuple[Named, ...], AfterValidator(_unique)] = ()
    levers: Annotated[tuple[Named, ...], AfterValidator(_unique)] = ()
    crosswalk: tuple[Crossing, ...] = ()


class QuestionsFile(Entry):
    """`questions/N-level.yaml`: the questions of one level, in the order they are asked."""

    level: Key
    questions: Annotated[tuple[Question, ...], AfterValidator(_unique)] = Field(min_length=MIN_QUESTIONS)

    @model_validator(mode="after")
    def _fits(self) -> Self:
        wrong = [q.key for q in self.questions if q.level != self.level]
        if wrong:
            raise ValueError(f"{', '.join(wrong)}: the key of a question of this level begins with {self.level}-")
        if sum(q.core for q in self.questions) > 1:
            raise ValueError("more than one question is core; keep one")
        return self


class MistakesFile(Entry):
    """`mistakes.yaml`."""

    mistakes: Annotated[tuple[Mistake, ...], AfterValidator(_unique)]


class IndicatorsFile(Entry):
    """`indicators.yaml`."""

    indicators: Annotated[tuple[Indicator, ...], AfterValidator(_unique)]


class GlossaryFile(Entry):
    """`glossary.yaml`: the terms, and the English words that Indonesian texts may use as they are."""

    terms: Annotated[tuple[Term, ...], AfterValidator(_unique)]
    loanwords: tuple[str, ...]


class WordsFile(Entry):
    """`words.yaml`: what reports and forms say; {placeholders} are the same in both languages."""

    words: dict[Key, Text]

    @model_validator(mode="after")
    def _same_placeholders(self) -> Self:
        uneven = [key for key, text in self.words.items() if fields_of(text.id) != fields_of(text.en)]
        if uneven:
            raise ValueError(f"{', '.join(uneven)}: id and en name different {{placeholders}}; name the same ones")
        styled = [key for key, text in self.words.items() if re.search(r"\{\w*[^\w}]", text.id + text.en)]
        if styled:
            raise ValueError(f"{', '.join(styled)}: a {{placeholder}} holds more than a name; leave only the name")
        return self


def fields_of(text: str) -> set[str]:
    """The names of the {placeholders} in a text.

    >>> fields_of("level {n}")
    {'n'}
    """
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


class Advice(Entry):
    """What to do first about one question and step, one mistake or one indicator.

    `step` is the rating it leads to; `days` are person-days for a medium-sized company; `impact` is what
    customers feel, 1 to 3; `after` names the advice that must be done before.
    """

    key: Key
    for_: Key = Field(alias="for")
    step: Literal["p", "l", "f"] | None = None
    do: Text
    days: int = Field(ge=1, le=120)
    impact: int = Field(ge=1, le=3)
    owner: Key
    kpis: tuple[Key, ...] = Field(min_length=1)
    kind: Literal["quick-win", "project"]
    levers: tuple[Key, ...] = Field(min_length=1)
    after: tuple[Key, ...] = ()

    @model_validator(mode="after")
    def _named_after_its_question(self) -> Self:
        wanted = f"{self.for_}-{self.step}" if self.step else self.for_
        if self.key != wanted:
            raise ValueError(f"the key of this advice is {wanted}; rename it")
        return self


class AdviceFile(Entry):
    """`advice/NAME.yaml`."""

    advice: Annotated[tuple[Advice, ...], AfterValidator(_unique)]


class Kpi(Named):
    """A figure a programme is judged by, and how it ties to money."""

    definition: Text
    formula: Text
    unit: str
    better: Literal["up", "down"]
    source: Text
    money: Text


class KpisFile(Entry):
    """`kpis.yaml`."""

    kpis: Annotated[tuple[Kpi, ...], AfterValidator(_unique)]


class SurveyQuestion(Entry):
    """A question of the survey kit, ready to send.

    `closing` is the rule that closes the loop; NPS has one for each group of customers instead.
    """

    key: Key
    kind: Literal["nps", "ces", "csat"]
    ask: Text
    low: int
    high: int
    low_label: Text
    high_label: Text
    when: Text
    follow_up: Text
    closing: Text | None = None

    @model_validator(mode="after")
    def _closes_the_loop(self) -> Self:
        if self.kind != "nps" and self.closing is None:
            raise ValueError("needs a closing: who answers the customer, within what time, what is fed back")
        return self


class CustomerGroup(Named):
    """Promoters, passives or detractors: what to do for them, and the rule that closes the loop."""

    actions: Text
    closing: Text


class SegmentQuestion(Named):
    """A question that lets results be split by segment."""

    ask: Text
    options: Annotated[tuple[Named, ...], AfterValidator(_unique)] = Field(min_length=2)


class SurveyFile(Entry):
    """`survey.yaml`: the survey kit."""

    questions: Annotated[tuple[SurveyQuestion, ...], AfterValidator(_unique)]
    groups: Annotated[tuple[CustomerGroup, ...], AfterValidator(_unique)]
    segments: Annotated[tuple[SegmentQuestion, ...], AfterValidator(_unique)]


class Stage(Named):
    """A stage of the customer journey, from first contact to after-sales."""

    text: Text


class Touchpoint(Named):
    """A contact between customer and company; `moment` marks a moment of truth."""

    stage: Key
    moment: bool = False
    watch: Text


class Trade(Named):
    """A trade with its usual touchpoints, acquisition channels and purchase triggers."""

    touchpoints: Annotated[tuple[Touchpoint, ...], AfterValidator(_unique)] = Field(min_length=1)
    acquisition: Annotated[tuple[Named, ...], AfterValidator(_unique)] = Field(min_length=1)
    triggers: Annotated[tuple[Named, ...], AfterValidator(_unique)] = Field(min_length=1)


class JourneyFile(Entry):
    """`journey.yaml`: stages, and a starter catalogue for each trade."""

    stages: Annotated[tuple[Stage, ...], AfterValidator(_unique)]
    trades: Annotated[tuple[Trade, ...], AfterValidator(_unique)]

    @model_validator(mode="after")
    def _stages_are_there(self) -> Self:
        stages = {stage.key for stage in self.stages}
        lost = [point.key for trade in self.trades for point in trade.touchpoints if point.stage not in stages]
        if lost:
            raise ValueError(f"{', '.join(lost)}: stands at a stage that is not listed; name one of the stages")
        return self


class HandoverScript(Named):
    """A test of one move between channels: what the tester does, and what must be seen."""

    steps: Text
    passed: Text


class AuditCheck(Named):
    """A check of a digital channel: what to do and measure, and what is good."""

    channel: Literal["website", "app", "social", "email", "chat"]
    check: Text
    good: Text


class ChannelsFile(Entry):
    """`channels.yaml`: hand-over test scripts and digital audit checks."""

    handovers: Annotated[tuple[HandoverScript, ...], AfterValidator(_unique)]
    audits: Annotated[tuple[AuditCheck, ...], AfterValidator(_unique)]
