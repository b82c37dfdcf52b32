"""What goes beside the pyramid: measures, the survey kit, journeys, channels."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from cxassess.content.model import Entry, Key, Named, unique
from cxassess.errors import refusal
from cxassess.text import Text


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

    kpis: Annotated[tuple[Kpi, ...], AfterValidator(unique)]


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
            raise refusal("problem-no-closing", field="closing")
        return self


class CustomerGroup(Named):
    """Promoters, passives or detractors: what to do for them, and the rule that closes the loop."""

    actions: Text
    closing: Text


class SegmentQuestion(Named):
    """A question that lets results be split by segment."""

    ask: Text
    options: Annotated[tuple[Named, ...], AfterValidator(unique)] = Field(min_length=2)


class SurveyFile(Entry):
    """`survey.yaml`: the survey kit."""

    questions: Annotated[tuple[SurveyQuestion, ...], AfterValidator(unique)]
    groups: Annotated[tuple[CustomerGroup, ...], AfterValidator(unique)]
    segments: Annotated[tuple[SegmentQuestion, ...], AfterValidator(unique)]


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

    touchpoints: Annotated[tuple[Touchpoint, ...], AfterValidator(unique)] = Field(min_length=1)
    acquisition: Annotated[tuple[Named, ...], AfterValidator(unique)] = Field(min_length=1)
    triggers: Annotated[tuple[Named, ...], AfterValidator(unique)] = Field(min_length=1)


class JourneyFile(Entry):
    """`journey.yaml`: stages, and a starter catalogue for each trade."""

    stages: Annotated[tuple[Stage, ...], AfterValidator(unique)]
    trades: Annotated[tuple[Trade, ...], AfterValidator(unique)]

    @model_validator(mode="after")
    def _stages_are_there(self) -> Self:
        stages = {stage.key for stage in self.stages}
        lost = [point.key for trade in self.trades for point in trade.touchpoints if point.stage not in stages]
        if lost:
            raise refusal("problem-unknown-stage", keys=", ".join(lost))
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

    handovers: Annotated[tuple[HandoverScript, ...], AfterValidator(unique)]
    audits: Annotated[tuple[AuditCheck, ...], AfterValidator(unique)]
