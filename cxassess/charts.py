"""Charts of a scorecard, as Altair charts anyone can restyle. Language by `lang`; no client text in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cxassess import theme
from cxassess.content import Content
from cxassess.entries import LEVELS
from cxassess.scoring import RESULTS, Scorecard
from cxassess.text import Lang, percent

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd

_HALF_BASE = 1.0
_HALF_TOP = 0.12
_STOREY_PIXELS = 62
_MARK_STEP = 0.3
_TEXT_X = 1.12
_COLOURS = dict(zip(RESULTS, (theme.CLAIMED, theme.CONSISTENT, theme.VERIFIED), strict=True))


def pyramid(card: Scorecard, content: Content, *, lang: Lang) -> alt.LayerChart:
    """The pyramid: six storeys, filled light as claimed and dark as verified, marked where results stand."""
    import altair as alt

    # Altair's own renderer asks the network for scripts, and is blank offline.
    alt.renderers.enable("svg")
    storeys = _storeys(card, content, lang=lang)
    marks = _marks(card, content, lang=lang)
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[-0.35, 6.05], nice=False))
    x = alt.X("left:Q", axis=None, scale=alt.Scale(domain=[-1.75, 3.4], nice=False))
    # One small layer a storey: an area mark joins its points, and every storey has its own four corners.
    bodies = [layer for _, storey in storeys.groupby("number") for layer in _storey_layers(storey, x, y)]
    middle = storeys.drop_duplicates("number").assign(y=lambda frame: frame.number - 0.5)
    names = _text(middle, y, "name", dy=-8, fontWeight="bold")
    shares = _text(middle, y, "share", dy=10, color=theme.MUTED)
    chart = alt.LayerChart(
        layer=[*bodies, names, shares, *_mark_layers(marks, y)],
        width=680,
        height=_STOREY_PIXELS * LEVELS,
    )
    configured: alt.LayerChart = chart.configure(**theme.chart_config())
    return configured


def _storeys(card: Scorecard, content: Content, *, lang: Lang) -> pd.DataFrame:
    """Two rows a storey, its lower and its upper edge: x of both sides and of the ends of both fills."""
    import pandas as pd

    rows: list[dict[str, Any]] = []
    results = zip(content.levels, card.claimed.levels, card.verified.levels, strict=True)
    for number, (level, found, proved) in enumerate(results, start=1):
        shown = content.say("not-rated", lang=lang)
        if found.achievement is not None:
            share = percent(found.achievement, lang=lang)
            shown = content.say("achievement-value", lang=lang, share=share, letter=found.letter)
        for y in (number - 0.97, number - 0.03):
            half = _half(y)
            end, dark = (half * (2 * (one.achievement or 0) - 1) for one in (found, proved))
            name = content.say("level-numbered", lang=lang, n=number, name=level.name.in_(lang))
            row = {"number": number, "y": y, "left": -half, "end": end, "dark": dark, "right": half}
            rows.append(row | {"name": name, "share": shown})
    return pd.DataFrame(rows)


def _half(y: float) -> float:
    """Half the pyramid's width at a height of 0 to 6 storeys."""
    return _HALF_BASE + (_HALF_TOP - _HALF_BASE) * y / LEVELS


def _marks(card: Scorecard, content: Content, *, lang: Lang) -> pd.DataFrame:
    """One row a result: its name, beside the storey it attains; those of one storey stand one above another."""
    import pandas as pd

    attained = {name: result.attained for name, result in card.results.items()}
    rows = []
    for name, level in attained.items():
        here = [other for other in RESULTS if attained[other] == level]
        step = (len(here) - 1) / 2 - here.index(name)
        y = max(level - 0.5, -0.25) + step * _MARK_STEP
        left = -_half(max(level - 0.5, 0)) - 0.14
        label = content.say(name, lang=lang) + (" ≥" if card.results[name].not_rated_at else "")
        rows.append({"y": y, "tip": left, "x": left - 0.07, "label": label, "result": name})
    return pd.DataFrame(rows)


def _storey_layers(storey: pd.DataFrame, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    import altair as alt

    corners = alt.Chart(storey).encode(x=x, y=y)
    shape: Any = {"orient": "horizontal", "stroke": theme.MUTED, "strokeWidth": 1}
    # A fill of nothing would still draw its edge.
    fills = {"right": theme.PANEL, "end": theme.CLAIMED, "dark": theme.VERIFIED}
    return [
        corners.mark_area(**shape, color=colour).encode(x2=f"{side}:Q")
        for side, colour in fills.items()
        if (storey[side] > storey.left).all()
    ]


def _mark_layers(marks: pd.DataFrame, y: alt.Y) -> list[alt.Chart]:
    import altair as alt

    layers = []
    for name, ink in {**_COLOURS, "claimed": theme.MUTED}.items():
        mine = alt.Chart(marks[marks.result == name]).encode(y=y)
        label = mine.mark_text(align="right", fontWeight="bold", color=ink).encode(x="x:Q", text="label:N")
        tip = mine.mark_point(shape="triangle-right", filled=True, size=60, color=ink, opacity=1).encode(x="tip:Q")
        layers += [label, tip]
    return layers


def _text(frame: pd.DataFrame, y: alt.Y, field: str, **style: Any) -> alt.Chart:  # noqa: ANN401 - Altair's own
    """Text to the right of the pyramid."""
    import altair as alt

    chart: alt.Chart = (
        alt.Chart(frame).mark_text(align="left", **style).encode(x=alt.datum(_TEXT_X), y=y, text=f"{field}:N")
    )
    return chart
