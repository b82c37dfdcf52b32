"""The profile: each level as claimed and as verified, against what the levels and the target need."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cxassess import theme
from cxassess.charts import drawing
from cxassess.charts.drawing import Frame, Row
from cxassess.content.model import LEVELS
from cxassess.content.voice import Voice
from cxassess.page.blocks import Chart
from cxassess.pyramid.levels import GATE, PASS
from cxassess.pyramid.scorecard import Scorecard

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd

_RIGHT = 106
_LEGEND: dict[str, Row] = {
    "chart-bar": drawing.LIGHT_BOX,
    "chart-verified": drawing.DARK_BOX,
    "chart-bounds": {**drawing.STROKE, "shape": "M-1,0L1,0M-1,-.5L-1,.5M1,-.5L1,.5"},
    "chart-pass": drawing.DASHED_CUT,
    "chart-gate": drawing.CUT,
    "chart-target": {**drawing.BOX, "shape": "M-.2,-1L.2,-1L.2,1L-.2,1Z", "stroke": theme.INK, "strokeWidth": 1.5},
}


def frame(card: Scorecard) -> pd.DataFrame:
    """The levels in figures, base first: a row a level, its key as index.

    Columns, all shares of one: claimed, lower, upper, consistent, verified. lower and upper are the bounds of
    the claimed achievement. A level that is not rated has no achievements (NaN), but bounds.
    """
    import pandas as pd

    claimed = card.claimed.levels
    columns = {
        "claimed": [level.achievement for level in claimed],
        "lower": [level.lower for level in claimed],
        "upper": [level.upper for level in claimed],
        "consistent": [level.achievement for level in card.consistent.levels],
        "verified": [level.achievement for level in card.verified.levels],
    }
    return pd.DataFrame(columns, index=pd.Index([level.key for level in claimed], name="level"), dtype=float)


def chart(card: Scorecard, voice: Voice) -> Chart:
    """The chart as a block of a report."""
    return drawing.block("profile", draw(card, voice), describe(card, voice), voice)


def describe(card: Scorecard, voice: Voice) -> str:
    """The achievement of each level as claimed, in words."""
    levels = [
        voice.say("chart-level", n=n, before=voice.achievement(level.achievement, level.letter))
        for n, level in enumerate(card.claimed.levels, start=1)
    ]
    return voice.say("chart-profile-alt", levels=voice.listed(levels))


def draw(card: Scorecard, voice: Voice) -> alt.LayerChart:
    """A bar a level, as claimed, with its bounds; inside it the verified one; marks of what is needed."""
    names, step = drawing.level_names(voice, x=-drawing.LEFT)
    target = max((target.level for target in card.assessment.targets), default=0)
    bars, values = [], []
    for name, claimed, verified in zip(names, card.claimed.levels, card.verified.levels, strict=True):
        y, share = name["mid"], voice.achievement(claimed.achievement, claimed.letter)
        values.append(drawing.text(share, 13, x=drawing.WIDTH - _RIGHT - drawing.LEFT + 14, y=y))
        if claimed.achievement is not None:
            place = {"x": 0, "x2": claimed.achievement, "y": y - 11, "y2": y + 11}
            bars.append({**drawing.LIGHT_BOX, **place, "tooltip": f"{name['name']}: {share}"})
        # Targets are met by what is proved, so that stands inside what is claimed.
        if verified.achievement:
            place = {"x": 0, "x2": verified.achievement, "y": y - 4, "y2": y + 4}
            tip = f"{voice.say('verified')}: {voice.percent(verified.achievement)}"
            bars.append({**drawing.DARK_BOX, **place, "tooltip": tip})
    bounds, ticks = _bounds(names, card, voice), _needed(names, target, voice)
    ends = [{**one, "shape": drawing.UPRIGHT, "size": 144, "x": one[end]} for one in bounds for end in ("x", "x2")]
    x = drawing.share_axis()
    parts = [
        drawing.cuts(LEVELS * step),
        drawing.layers("rect", bars, x=x),
        drawing.layers("point", ticks, x=x),
        drawing.layers("rule", bounds, x=x),
        drawing.layers("point", ends, x=x),
        drawing.layers("text", names + values, fontSize=14),
    ]
    room = Frame(height=LEVELS * step, left=drawing.LEFT, right=_RIGHT, foot=26, columns=1)
    return drawing.framed(parts, _legend(bool(bounds), target, voice), room, voice)


def _bounds(names: Sequence[Row], card: Scorecard, voice: Voice) -> list[Row]:
    """A whisker for each level whose bounds differ."""
    rows = []
    for name, level in zip(names, card.claimed.levels, strict=True):
        if level.lower != level.upper:
            span = voice.bounds(voice.percent(level.lower), voice.percent(level.upper))
            place = {"x": level.lower, "x2": level.upper, "y": name["mid"], "y2": name["mid"]}
            rows.append({**drawing.STROKE, **place, "tooltip": f"{name['name']}: {span}"})
    return rows


def _needed(names: Sequence[Row], target: int, voice: Voice) -> list[Row]:
    """A tick where each level up to the target must be: over one cut itself, at the other beneath it."""
    tip = voice.say("chart-target", n=target)
    look = {**_LEGEND["chart-target"], "size": 1156}
    needed = [GATE] * (target - 1) + [PASS] if target else []
    return [
        {**look, "x": share, "y": name["mid"], "tooltip": tip} for name, share in zip(names, needed, strict=False)
    ]


def _legend(has_bounds: bool, target: int, voice: Voice) -> list[Row]:
    """The keys of what is there."""
    shown = {"chart-bounds": has_bounds, "chart-target": target > 0}
    looks = {word: look for word, look in _LEGEND.items() if shown.get(word, True)}
    return drawing.legend(looks, voice, n=target, over=voice.percent(PASS), least=voice.percent(GATE))
