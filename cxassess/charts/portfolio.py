"""Where the assessments of a batch stand: how many at each level, in each of the three results."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from cxassess import theme
from cxassess.charts import drawing
from cxassess.charts.drawing import Frame, Row
from cxassess.content.model import LEVELS
from cxassess.content.voice import Voice
from cxassess.page.blocks import Chart
from cxassess.pyramid.scorecard import RESULTS, ResultName

if TYPE_CHECKING:
    import altair as alt

_FILLS: dict[ResultName, str] = {
    "claimed": theme.CLAIMED,
    "consistent": theme.CONSISTENT,
    "verified": theme.VERIFIED,
}
# Narrow, so that a phone need not make it much smaller: three columns side by side, a row a level.
_FRAME = Frame(width=404, height=352, left=2, right=2, head=2, foot=2)
_ACROSS, _STEP = 136, 46

# How many assessments stand at each level attained, 0 to 6, in each result.
Counts = dict[ResultName, Counter[int]]


def chart(counts: Counts, voice: Voice) -> Chart:
    """The chart as a block of a page. At least one assessment."""
    return drawing.block("portfolio", draw(counts, voice), describe(counts, voice), voice)


def describe(counts: Counts, voice: Voice) -> str:
    """The counts of each result, the top level first, in words."""
    results = []
    for name, found in counts.items():
        each = [
            voice.say("chart-portfolio-count", n=level, count=voice.number(found[level]))
            for level in sorted(found, reverse=True)
        ]
        results.append(voice.say("chart-portfolio-result", result=voice.say(name), counts=voice.listed(each)))
    return voice.say("chart-portfolio-alt", results=" ".join(results))


def draw(counts: Counts, voice: Voice) -> alt.LayerChart:
    """A bar a level and result, in three columns: told apart by their headings, not by colour."""
    most = max(count for of_result in counts.values() for count in of_result.values())
    heads = [{"x": column * _ACROSS, "y": 8, "text": voice.say(name)} for column, name in enumerate(RESULTS)]
    names: list[Row] = []
    bars: list[Row] = []
    numbers: list[Row] = []
    for level in range(LEVELS, -1, -1):
        top = 30 + (LEVELS - level) * _STEP
        names.append({"x": 0, "y": top + 8, "text": voice.reached(level)})
        for column, name in enumerate(RESULTS):
            x, count = column * _ACROSS, counts[name][level]
            end = x + (_ACROSS - 44) * count / most
            if count:
                place = {"x": x, "x2": end, "y": top + 19, "y2": top + 37}
                bars.append({**place, "fill": _FILLS[name], "stroke": theme.INK, "strokeWidth": 1})
            numbers.append({"x": end + 6, "y": top + 28, "text": voice.number(count)})
    parts = [
        drawing.layers("rect", bars),
        drawing.layers("text", names, fontSize=14),
        drawing.layers("text", [*heads, *numbers], fontSize=14, fontWeight="bold"),
    ]
    return drawing.framed(parts, [], _FRAME, voice)
