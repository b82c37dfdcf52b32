"""The pyramid: how far each storey is filled, as claimed and as verified, and where the three results stand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cxassess import theme
from cxassess.charts import drawing
from cxassess.charts.drawing import Frame, Row
from cxassess.content.model import LEVELS
from cxassess.content.voice import Voice
from cxassess.page.blocks import Chart
from cxassess.pyramid.scorecard import ResultName, Scorecard

if TYPE_CHECKING:
    import altair as alt

# The middle of the pyramid, and where the names beside it begin.
_MIDDLE, _BESIDE = 226, 350
_LEGEND = {"chart-verified": drawing.DARK_BOX, "chart-claimed-only": drawing.LIGHT_BOX}


def chart(card: Scorecard, voice: Voice) -> Chart:
    """The chart as a block of a report."""
    return drawing.block("pyramid", draw(card, voice), describe(card, voice), voice)


def describe(card: Scorecard, voice: Voice) -> str:
    """The three levels, in words."""
    return voice.say("chart-pyramid-alt", **{name: result.shown for name, result in card.results.items()})


def draw(card: Scorecard, voice: Voice) -> alt.LayerChart:
    """Six storeys, filled light as claimed and dark as verified, with a tip where each result stands."""
    names, step = drawing.level_names(voice, x=_BESIDE, least=62, below=1)
    storeys: list[Row] = []
    leaders, shares = [], []
    for index, name in enumerate(names):
        claimed = card.claimed.levels[index]
        share = voice.achievement(claimed.achievement, claimed.letter)
        storeys += _storey(index, step, card, f"{name['name']}: {share}")
        shares.append({"x": _BESIDE, "y": name["y"] + len(name["text"]) * drawing.LINE, "text": share})
        edge = {"x": _MIDDLE + _half(index + 0.5) + 4, "x2": _BESIDE - 6, "y": name["mid"], "y2": name["mid"]}
        leaders.append({**drawing.STROKE, **edge, "stroke": theme.RULE, "strokeWidth": 1})
    tips, labels = _tips(card, voice, step)
    parts = [
        drawing.layers("rule", leaders),
        drawing.layers("area", storeys, orient="horizontal"),
        drawing.layers("text", names, fontSize=14, fontWeight="bold"),
        drawing.layers("text", shares, fontSize=14),
        drawing.layers("point", tips),
        drawing.layers("text", labels, fontSize=14, fontWeight="bold", align="right"),
    ]
    # Results of level 0 stand under the pyramid, and make the chart as much higher.
    beneath = [label["y"] for label in labels if label["y"] > LEVELS * step]
    if beneath:
        ground = {"x": _MIDDLE, "y": sum(beneath) / len(beneath), "text": voice.say("chart-ground")}
        parts.append(drawing.layers("text", [ground], fontSize=14, align="center"))
    room = Frame(height=max([LEVELS * step, *(y + 12 for y in beneath)]))
    return drawing.framed(parts, drawing.legend(_LEGEND, voice), room, voice)


def _half(y: float) -> float:
    """Half the pyramid's width at a height of 0 to 6 storeys."""
    return 100 - 88 * y / LEVELS


def _storey(index: int, step: float, card: Scorecard, tip: str) -> Iterator[Row]:
    """Upper and lower edge of a storey, of its claimed part and of its verified part."""
    claimed, verified = card.claimed.levels[index], card.verified.levels[index]
    look = {**(drawing.BOX if claimed.rated else drawing.DASHED_BOX), "tooltip": tip}
    shares = {theme.PANEL: 1.0, theme.CLAIMED: claimed.achievement, theme.VERIFIED: verified.achievement}
    for fill, share in shares.items():
        # A fill of nothing would still draw its edge.
        if not share:
            continue
        for y in (index + 0.97, index + 0.03):
            left, width = _MIDDLE - _half(y), 2 * share * _half(y)
            place = {"x": left, "x2": left + width, "y": (LEVELS - y) * step, "detail": f"{index} {fill}"}
            yield {**look, **place, "fill": fill}


def _tips(card: Scorecard, voice: Voice, step: float) -> tuple[list[Row], list[Row]]:
    """A tip and a label a result, beside the storey it attains."""
    tips, labels = [], []
    for name, look in drawing.RESULT_LOOKS.items():
        result = card.results[name]
        y = _tip_height(name, card, step)
        x = _MIDDLE - _half(max(LEVELS - y / step, 0)) - 9
        tip = {"tooltip": f"{voice.say(name)}: {result.shown}"}
        tips.append({**look, "shape": "triangle-right", "size": 90, "x": x, "y": y, "strokeWidth": 1.2, **tip})
        at_least = " ≥" if result.not_rated_at else ""
        labels.append({"x": x - 9, "y": y, "text": voice.say(name) + at_least})
    return tips, labels


def _tip_height(name: ResultName, card: Scorecard, step: float) -> float:
    """Where the tip of a result stands; those of one storey stand one above another."""
    attained = card.results[name].attained
    here = [other for other, result in card.results.items() if result.attained == attained]
    # About the middle of their storey, or from the ground downward.
    place = here.index(name) - (len(here) - 1) / 2 if attained else here.index(name) + 0.7
    return (LEVELS - max(attained - 0.5, 0)) * step + place * 20
