"""Where a company stands: the pyramid, the profile against what is needed, claimed against verified."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cxassess import theme
from cxassess.charts import drawing
from cxassess.charts.drawing import Row
from cxassess.content.model import LEVELS
from cxassess.content.voice import Voice
from cxassess.pyramid.levels import GATE, PASS
from cxassess.pyramid.scorecard import LevelResult, ResultName, Scorecard

if TYPE_CHECKING:
    import altair as alt

# Nested where they meet, so that none hides another.
_RESULTS: dict[ResultName, Row] = {
    "claimed": {**drawing.LIGHT_BOX, "shape": "circle", "size": 440},
    "consistent": {**drawing.BOX, "shape": "diamond", "stroke": theme.CONSISTENT, "strokeWidth": 2.5, "size": 250},
    "verified": {**drawing.DARK_BOX, "shape": "circle", "stroke": theme.VERIFIED, "size": 64},
}
_PROFILE: dict[str, Row] = {
    "bar": drawing.LIGHT_BOX,
    "verified": drawing.DARK_BOX,
    "bounds": {**drawing.STROKE, "shape": "M-1,0L1,0M-1,-.5L-1,.5M1,-.5L1,.5"},
    "pass": drawing.DASHED_CUT,
    "gate": drawing.CUT,
    "target": {**drawing.BOX, "shape": "M-.2,-1L.2,-1L.2,1L-.2,1Z", "stroke": theme.INK, "strokeWidth": 1.5},
}
# The middle of the pyramid, and where the names beside it begin.
_MIDDLE, _BESIDE = 226, 350


def pyramid(card: Scorecard, voice: Voice) -> alt.LayerChart:
    """The pyramid: six storeys, filled light as claimed and dark as verified, marked where results stand."""
    names, step = drawing.level_names(voice, x=_BESIDE, least=62, below=1)
    storeys: list[Row] = []
    leaders, shares = [], []
    for index, (name, found) in enumerate(zip(names, card.claimed.levels, strict=True)):
        shown = voice.achievement(found.achievement, found.letter)
        storeys += _storey(index, step, found, card.verified.levels[index], f"{name['name']}: {shown}")
        shares.append({"x": _BESIDE, "y": name["y"] + len(name["text"]) * drawing.LINE, "text": shown})
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
    keys = drawing.legend({"chart-verified": drawing.DARK_BOX, "chart-claimed-only": drawing.LIGHT_BOX}, voice)
    ground = [label["y"] for label in labels if label["y"] > LEVELS * step]
    if ground:
        none = {"x": _MIDDLE, "y": sum(ground) / len(ground), "text": voice.say("chart-ground")}
        parts.append(drawing.layers("text", [none], fontSize=14, align="center"))
    height = max([LEVELS * step, *(y + 12 for y in ground)])
    return drawing.chart(parts, keys, height=height, voice=voice)


def _half(y: float) -> float:
    """Half the pyramid's width at a height of 0 to 6 storeys."""
    return 100 - 88 * y / LEVELS


def _storey(index: int, step: float, found: LevelResult, proved: LevelResult, told: str) -> Iterator[Row]:
    """Upper and lower edge of a storey, of its claimed part and of its verified part."""
    look = {**(drawing.BOX if found.rated else drawing.DASHED_BOX), "tooltip": told}
    shares = {theme.PANEL: 1.0, theme.CLAIMED: found.achievement, theme.VERIFIED: proved.achievement}
    for fill, share in shares.items():
        # A fill of nothing would still draw its edge.
        for y in (index + 0.97, index + 0.03) if share else ():
            left, width = _MIDDLE - _half(y), 2 * (share or 0) * _half(y)
            place = {"x": left, "x2": left + width, "y": (LEVELS - y) * step, "detail": f"{index} {fill}"}
            yield {**look, **place, "fill": fill}


def _tips(card: Scorecard, voice: Voice, step: float) -> tuple[list[Row], list[Row]]:
    """A tip and a label a result, beside the storey it attains; those of one storey stand one above another."""
    tips, labels = [], []
    for name, look in _RESULTS.items():
        result = card.results[name]
        here = [other for other, one in card.results.items() if one.attained == result.attained]
        place = here.index(name) - (len(here) - 1) / 2 if result.attained else here.index(name) + 0.7
        y = (LEVELS - max(result.attained - 0.5, 0)) * step + place * 20
        x = _MIDDLE - _half(max(LEVELS - y / step, 0)) - 9
        shown = voice.say(name) + (" ≥" if result.not_rated_at else "")
        told = {"tooltip": f"{voice.say(name)}: {result.shown}"}
        tips.append({**look, "shape": "triangle-right", "size": 90, "x": x, "y": y, "strokeWidth": 1.2, **told})
        labels.append({"x": x - 9, "y": y, "text": shown})
    return tips, labels


def profile(card: Scorecard, voice: Voice) -> alt.LayerChart:
    """Each level as claimed, with its bounds, and as verified, against what the levels and the target need."""
    names, step = drawing.level_names(voice, x=-drawing.LEFT)
    right, target = 106, max((target.level for target in card.assessment.targets), default=0)
    bars, bounds, ticks, values = [], [], [], []
    for index, (name, one) in enumerate(zip(names, card.claimed.levels, strict=True)):
        y, shown = name["mid"], voice.achievement(one.achievement, one.letter)
        values.append(drawing.text(shown, 13, x=drawing.WIDTH - right - drawing.LEFT + 14, y=y))
        if one.achievement is not None:
            place = {"x": 0, "x2": one.achievement, "y": y - 11, "y2": y + 11}
            bars.append({**drawing.LIGHT_BOX, **place, "tooltip": f"{name['name']}: {shown}"})
        # Targets are met by what is proved, so that stands inside what is claimed.
        if proved := card.verified.levels[index].achievement:
            told = f"{voice.say('verified')}: {voice.percent(proved)}"
            bars.append({**drawing.DARK_BOX, "x": 0, "x2": proved, "y": y - 4, "y2": y + 4, "tooltip": told})
        if one.lower != one.upper:
            span = {"lower": voice.percent(one.lower), "upper": voice.percent(one.upper)}
            told = f"{name['name']}: {voice.say('bounds-value', **span)}"
            bounds.append({**drawing.STROKE, "x": one.lower, "x2": one.upper, "y": y, "y2": y, "tooltip": told})
        if index < target:
            needed = PASS if index + 1 == target else GATE
            told = voice.say("chart-target", n=target)
            ticks.append({**_PROFILE["target"], "size": 1156, "x": needed, "y": y, "tooltip": told})
    x = drawing.share_axis()
    ends = [{**one, "shape": drawing.UPRIGHT, "size": 144, "x": one[end]} for one in bounds for end in ("x", "x2")]
    parts = [
        drawing.cuts(LEVELS * step),
        drawing.layers("rect", bars, x=x),
        drawing.layers("point", ticks, x=x),
        drawing.layers("rule", bounds, x=x),
        drawing.layers("point", ends, x=x),
        drawing.layers("text", names + values, fontSize=14),
    ]
    shown_if = {"bounds": bool(bounds), "target": target > 0}
    looks = {f"chart-{word}": look for word, look in _PROFILE.items() if shown_if.get(word, True)}
    said = {"n": target, "over": voice.percent(PASS), "least": voice.percent(GATE)}
    keys = drawing.legend(looks, voice, **said)
    return drawing.chart(
        parts, keys, height=LEVELS * step, voice=voice, left=drawing.LEFT, right=right, foot=26, columns=1
    )


def claimed_verified(card: Scorecard, voice: Voice) -> alt.LayerChart:
    """From claimed to verified, level by level: how much of what is said is left once it is proved."""
    left = drawing.LEFT + 42
    names, step = drawing.level_names(voice, x=-left, least=54)
    spans, points, unknown = [], [], []
    said: dict[ResultName, list[Row]] = {name: [] for name in _RESULTS}
    for index, name in enumerate(names):
        y, shares = name["mid"], {key: one.levels[index].achievement for key, one in card.results.items()}
        found = {key: share for key, share in shares.items() if share is not None}
        if not found:
            unknown.append({"x": 0.03, "y": y, "text": voice.say("not-rated")})
            continue
        spans.append({**drawing.STROKE, "x": found["verified"], "x2": found["claimed"], "y": y, "y2": y})
        shown = {key: voice.percent(share) for key, share in found.items()}
        for key, share in found.items():
            told = f"{name['name']}: {voice.say(key)} {shown[key]}"
            points.append({**_RESULTS[key], "x": share, "y": y, "tooltip": told})
        # What stands there already is not said again.
        for key in {shown[key]: key for key in ("consistent", "verified", "claimed")}.values():
            said[key].append({"x": found[key], "y": y, "text": shown[key]})
    x = drawing.share_axis()
    parts = [
        drawing.cuts(LEVELS * step),
        drawing.layers("rule", spans, x=x),
        drawing.layers("point", points, x=x),
        drawing.numbers(said["claimed"], x=x, dx=15),
        drawing.numbers(said["consistent"], x=x, dy=-20, align="center"),
        drawing.numbers(said["verified"], x=x, dx=-13, align="right"),
        drawing.layers("text", names, fontSize=14),
        drawing.numbers(unknown, x=x),
    ]
    keys = [{**look, "text": voice.say(key)} for key, look in _RESULTS.items()]
    return drawing.chart(parts, keys, height=LEVELS * step, voice=voice, left=left, right=60, foot=26, columns=3)
