"""From claimed to verified, level by level: how much of what is claimed is left once it is proved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxassess.charts import drawing
from cxassess.charts.drawing import Frame, Row
from cxassess.content.model import LEVELS
from cxassess.content.voice import Voice
from cxassess.page.blocks import Chart
from cxassess.pyramid.scorecard import RESULTS, ResultName, Scorecard

if TYPE_CHECKING:
    import altair as alt


def chart(card: Scorecard, voice: Voice) -> Chart:
    """The chart as a block of a report."""
    return drawing.block("claimed-verified", draw(card, voice), describe(card, voice), voice)


def describe(card: Scorecard, voice: Voice) -> str:
    """From what to what each level goes, in words."""
    levels = []
    for n, (claimed, verified) in enumerate(zip(card.claimed.levels, card.verified.levels, strict=True), start=1):
        before, after = (voice.achievement(level.achievement, level.letter) for level in (claimed, verified))
        # What is not rated goes from nothing to nothing.
        word = "chart-level-pair" if claimed.rated else "chart-level"
        levels.append(voice.say(word, n=n, before=before, after=after))
    return voice.say("chart-claimed-verified-alt", levels=voice.listed(levels))


def draw(card: Scorecard, voice: Voice) -> alt.LayerChart:
    """A line a level, from what is verified to what is claimed, with a mark and a number a result."""
    left = drawing.LEFT + 42
    names, step = drawing.level_names(voice, x=-left, least=54)
    spans, points, not_rated = [], [], []
    numbers: dict[ResultName, list[Row]] = {name: [] for name in RESULTS}
    for index, name in enumerate(names):
        y, shares = name["mid"], _shares(index, card)
        if not shares:
            not_rated.append({"x": 0.03, "y": y, "text": voice.say("not-rated")})
            continue
        spans.append({**drawing.STROKE, "x": shares["verified"], "x2": shares["claimed"], "y": y, "y2": y})
        for result, share in shares.items():
            tip = f"{name['name']}: {voice.say(result)} {voice.percent(share)}"
            points.append({**drawing.RESULT_LOOKS[result], "x": share, "y": y, "tooltip": tip})
        for result, number in _numbers(shares, voice).items():
            numbers[result].append({"x": shares[result], "y": y, "text": number})
    x = drawing.share_axis()
    parts = [
        drawing.cuts(LEVELS * step),
        drawing.layers("rule", spans, x=x),
        drawing.layers("point", points, x=x),
        drawing.numbers(numbers["claimed"], x=x, dx=15),
        drawing.numbers(numbers["consistent"], x=x, dy=-20, align="center"),
        drawing.numbers(numbers["verified"], x=x, dx=-13, align="right"),
        drawing.layers("text", names, fontSize=14),
        drawing.numbers(not_rated, x=x),
    ]
    room = Frame(height=LEVELS * step, left=left, right=60, foot=26, columns=3)
    return drawing.framed(parts, drawing.legend(drawing.RESULT_LOOKS, voice), room, voice)


def _shares(index: int, card: Scorecard) -> dict[ResultName, float]:
    """What a level achieves in each result; nothing where it is not rated."""
    levels = {name: result.levels[index] for name, result in card.results.items()}
    return {name: level.achievement for name, level in levels.items() if level.achievement is not None}


def _numbers(shares: dict[ResultName, float], voice: Voice) -> dict[ResultName, str]:
    """The number beside each mark; one that stands there already is not written again."""
    written: dict[str, ResultName] = {}
    for result in ("consistent", "verified", "claimed"):
        written[voice.percent(shares[result])] = result
    return {result: number for number, result in written.items()}
