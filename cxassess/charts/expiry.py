"""From when to when each piece of evidence counts, what ends first on top, and where the card's day falls."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING

from cxassess import theme
from cxassess.charts import drawing
from cxassess.charts.drawing import Frame, Row
from cxassess.content.voice import Voice
from cxassess.document.answers import VALIDITIES, Evidence, Validity
from cxassess.page.blocks import Chart
from cxassess.pyramid.scorecard import Scorecard

if TYPE_CHECKING:
    import altair as alt

# What has no date has no line.
_LOOKS: dict[Validity, Row] = {
    "current": {**drawing.STROKE, "stroke": theme.VERIFIED, "fill": theme.VERIFIED, "strokeWidth": 4},
    "expired": {**drawing.STROKE, "stroke": theme.MUTED, "strokeDash": drawing.DASHES},
    "later": {**drawing.STROKE, "stroke": theme.VERIFIED},
}
_LEFT = 58
# Rows of evidence beyond which they stand closer.
_MANY = 40


def chart(card: Scorecard, voice: Voice) -> Chart:
    """The chart as a block of a report."""
    return drawing.block("expiry", draw(card, voice), describe(card, voice), voice)


def describe(card: Scorecard, voice: Voice) -> str:
    """How many pieces of evidence count on the card's day, and how many do not for which reason, in words."""
    counts = Counter(_validity(record, card, voice) for record in card.assessment.evidence)
    return voice.say("chart-expiry-alt", date=voice.day(card.on), **drawing.spoken(counts, VALIDITIES, voice))


def draw(card: Scorecard, voice: Voice) -> alt.LayerChart:
    """A line a piece of evidence, from its date to the last day it counts in full."""
    placed, height = _placed(card, voice)
    spans = [_span(record, y, card, voice) for record, y in placed if record.on]
    end = {"shape": "circle", "size": 64, "strokeWidth": 1.5, "strokeDash": []}
    ends = [{**span, **end, "x": span["x2"]} for span in spans]
    names = [{"x": -_LEFT, "y": y, "text": record.key} for record, y in placed]
    undated = [{"x": 4, "y": y, "text": voice.say("validity-undated")} for record, y in placed if not record.on]
    today = {**drawing.STROKE, "x": str(card.on), "x2": str(card.on), "y": -6, "y2": height, "strokeWidth": 1.5}
    as_of = {"x": str(card.on), "y": -15, "text": voice.as_of(card.on)}
    first, last = _days(card, voice)
    # Of lines, which have two ends, Vega-Lite reads the axis's span twice and says so; said once, the charts that
    # answer to the pointer would not know where their days are.
    x = drawing.date_axis(first, last)
    parts = [
        drawing.layers("rule", [today], x=x),
        drawing.layers("rule", spans, x=x),
        drawing.layers("point", ends, x=x),
        drawing.layers("text", names),
        drawing.layers("text", undated),
        drawing.layers("text", [as_of], x=x, align=_side(card.on, first, last), fontWeight="bold"),
    ]
    there = {_validity(record, card, voice) for record in card.assessment.evidence}
    keys = drawing.legend({f"validity-{one}": look for one, look in _LOOKS.items() if one in there}, voice)
    room = Frame(height=height, left=_LEFT, right=30, head=30, foot=26, columns=3)
    return drawing.framed(parts, keys, room, voice)


def _placed(card: Scorecard, voice: Voice) -> tuple[list[tuple[Evidence, float]], float]:
    """The pieces of evidence with the middles of their rows, what ends first on top; and how high all are."""
    records = sorted(card.assessment.evidence, key=lambda record: (_until(record, voice) or date.max, record.key))
    placed, height = [], 0
    for record in records:
        # Keys are capitals and figures and may stand close; the words of undated evidence may not.
        row = 12 if len(records) > _MANY and record.on else 16
        placed.append((record, height + row / 2))
        height += row
    return placed, max(16, height)


def _span(record: Evidence, y: float, card: Scorecard, voice: Voice) -> Row:
    """The line of a dated piece of evidence."""
    first, last = record.on or card.on, _until(record, voice) or card.on
    span = voice.bounds(voice.day(first), voice.day(last))
    look = _LOOKS[_validity(record, card, voice)]
    tip = f"{record.key}, {voice.kind(record.kind)}: {span}"
    return {**look, "x": str(first), "x2": str(last), "y": y, "y2": y, "tooltip": tip}


def _days(card: Scorecard, voice: Voice) -> tuple[date, date]:
    """The first and the last day to show: of all evidence, and a month about the day of the card."""
    month = timedelta(days=31)
    begins = [record.on for record in card.assessment.evidence if record.on]
    ends = [until for record in card.assessment.evidence if (until := _until(record, voice))]
    return min([card.on - month, *begins]), max([card.on + month, *ends])


def _side(on: date, first: date, last: date) -> str:
    """To which side of its line the words of a day stand, so that they stay inside the chart."""
    where = (on - first) / (last - first)
    if where < 0.3:
        return "left"
    return "right" if where > 0.7 else "center"


def _until(record: Evidence, voice: Voice) -> date | None:
    return record.until(voice.content.evidence_kinds[record.kind])


def _validity(record: Evidence, card: Scorecard, voice: Voice) -> Validity:
    return record.validity(voice.content.evidence_kinds[record.kind], on=card.on)
