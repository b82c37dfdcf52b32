"""The mistakes found or not yet judged, worst first, in steps of severity."""

from __future__ import annotations

import textwrap
from collections import Counter
from typing import TYPE_CHECKING

from cxassess import theme
from cxassess.charts import drawing
from cxassess.charts.drawing import Frame, Row
from cxassess.content.voice import Voice
from cxassess.page.blocks import Chart
from cxassess.pyramid.scorecard import Scorecard

if TYPE_CHECKING:
    import altair as alt

# Severities are 1, 2 and 3; 0 is no mistake.
_STEPS = 3
_LEFT, _WIDTH, _CHARS = 228, 64, 30


def chart(card: Scorecard, voice: Voice) -> Chart:
    """The chart as a block of a report."""
    return drawing.block("mistakes", draw(card, voice), describe(card, voice), voice)


def describe(card: Scorecard, voice: Voice) -> str:
    """How many mistakes there are of each severity, in words."""
    severities = [card.assessment.severity_of(mistake.key) for mistake in voice.content.mistakes]
    counts = Counter("open" if severity is None else f"s{severity}" for severity in severities)
    kinds = (*(f"s{severity}" for severity in range(_STEPS + 1)), "open")
    return voice.say("chart-mistakes-alt", **drawing.spoken(counts, kinds, voice))


def draw(card: Scorecard, voice: Voice) -> alt.LayerChart:
    """A row a mistake, with a box a step of severity; no rows where there are none."""
    names, boxes, values = [], [], []
    height = 0
    for mistake, severity in _worst_first(card, voice):
        row = max(40, len(textwrap.wrap(mistake, _CHARS)) * drawing.LINE + 10)
        y, height = height + row / 2, height + row
        names.append(drawing.text(mistake, _CHARS, x=-_LEFT, y=y))
        values.append({"x": _STEPS * _WIDTH + 6, "y": y, "text": voice.severity(severity)})
        boxes += _boxes(severity, y, f"{mistake}: {voice.severity(severity)}")
    parts = [drawing.layers("rect", boxes), drawing.layers("text", names + values, fontSize=14)]
    return drawing.framed(parts, [], Frame(height=height, left=_LEFT, right=112), voice)


def _worst_first(card: Scorecard, voice: Voice) -> list[tuple[str, int | None]]:
    """The name and the severity of each mistake that is there or not judged yet; the latter come last."""
    severities = [
        (voice.text(mistake.name), card.assessment.severity_of(mistake.key)) for mistake in voice.content.mistakes
    ]
    there = [one for one in severities if one[1] != 0]
    return sorted(there, key=lambda one: -(one[1] or 0))


def _boxes(severity: int | None, y: float, tip: str) -> list[Row]:
    """As many boxes filled as a mistake is severe; dashed ones where nobody judged."""
    outline = drawing.DASHED_BOX if severity is None else drawing.BOX
    boxes = []
    for step in range(_STEPS):
        place = {"x": step * _WIDTH, "x2": (step + 1) * _WIDTH - 4, "y": y - 10, "y2": y + 10}
        fill = theme.WARN if step < (severity or 0) else theme.GROUND
        boxes.append({**outline, "fill": fill, **place, "tooltip": tip})
    return boxes
