"""How a chart is put together: looks, layers, legend, axes, all in a frame of one width.

A row is one mark: its place (in pixels, or in values where there is an axis), its look, and what it tells when
pointed at. Texts never move anything, so a chart has the same size whatever the words and the font.
"""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from cxassess import theme
from cxassess.content.model import LEVELS
from cxassess.content.voice import Voice
from cxassess.page.blocks import Chart
from cxassess.places import templates_dir
from cxassess.pyramid.levels import GATE, PASS
from cxassess.pyramid.scorecard import ResultName
from cxassess.text import Lang, locale_name

if TYPE_CHECKING:
    import altair as alt


Row = dict[str, Any]

# Charts are shown as wide as a phone is, too: a wider frame would make small print of the type.
WIDTH = 540
LEFT = 180
LINE = 17
_KEY_LINE = 21
DASHES = [4, 3]

UPRIGHT = "M0,-1L0,1"
_STAR = "M0,-1L.22,-.31L.95,-.31L.36,.12L.59,.81L0,.38L-.59,.81L-.36,.12L-.95,-.31L-.22,-.31Z"
BOX: Row = {"shape": "square", "size": 196, "fill": theme.GROUND, "stroke": theme.MUTED, "strokeWidth": 1.2}
DASHED_BOX: Row = {**BOX, "strokeDash": DASHES}
LIGHT_BOX: Row = {**BOX, "fill": theme.CLAIMED}
MID_BOX: Row = {**BOX, "fill": theme.CONSISTENT}
DARK_BOX: Row = {**BOX, "fill": theme.VERIFIED}
STROKE: Row = {**BOX, "shape": "M-1,0L1,0", "size": 400, "stroke": theme.INK, "strokeWidth": 2}
CUT: Row = {**STROKE, "shape": UPRIGHT, "stroke": theme.MUTED, "strokeWidth": 1.5}
DASHED_CUT: Row = {**CUT, "strokeDash": DASHES}
# Text on a colour stands on white: a brand may bring other colours, and it must be readable on all of them.
CHIP: Row = {**BOX, "shape": "circle", "stroke": theme.GROUND}
STAR: Row = {**BOX, "shape": _STAR, "size": 256, "stroke": theme.INK, "strokeWidth": 1}
RING: Row = {**CHIP, "stroke": theme.INK, "strokeWidth": 2.5}

# Nested where they meet, so that none hides another.
RESULT_LOOKS: dict[ResultName, Row] = {
    "claimed": {**LIGHT_BOX, "shape": "circle", "size": 440},
    "consistent": {**BOX, "shape": "diamond", "stroke": theme.CONSISTENT, "strokeWidth": 2.5, "size": 250},
    "verified": {**DARK_BOX, "shape": "circle", "stroke": theme.VERIFIED, "size": 64},
}
# Letters and numbers in the middle of a mark.
BIG: Row = {"fontSize": 15, "fontWeight": "bold"}

_CHANNELS = {
    "point": ("shape", "size", "fill", "stroke", "strokeWidth", "strokeDash"),
    "rect": ("x2", "y2", "fill", "stroke", "strokeWidth"),
    "area": ("x2", "detail", "fill", "stroke", "strokeWidth"),
    "rule": ("x2", "y2", "stroke", "strokeWidth", "strokeDash"),
    "text": ("text",),
}
# Values of these channels are shown as they are: a colour is a colour, not a category.
_SIZES = {"size", "strokeWidth"}
_AS_THEY_ARE = {"shape", "size", "fill", "stroke", "strokeWidth", "strokeDash"}


def layers(kind: str, rows: list[Row], *, x: Row | None = None, **style: object) -> list[alt.Chart]:
    """Marks of one kind, none where there are no rows; `x` is the axis, where x is not in pixels."""
    import altair as alt

    parts = [rows]
    if kind in ("rect", "area"):
        # Dashes are no channel of theirs.
        parts = [[row for row in rows if ("strokeDash" in row) is dashed] for dashed in (False, True)]
    made = []
    for part in filter(None, parts):
        mark: Any = {"type": kind, "strokeDash": part[0].get("strokeDash", []), **style}
        made.append(alt.Chart(alt.InlineData(values=part), mark=mark, encoding=_encoding(kind, part, x)))
    return made


def _encoding(kind: str, rows: list[Row], x: Row | None) -> alt.FacetedEncoding:
    import altair as alt

    pixels = {"type": "quantitative", "scale": None, "axis": None}
    encoding: Row = {"x": x or {"field": "x", **pixels}, "y": {"field": "y", **pixels}}
    for name in _CHANNELS[kind]:
        # An unsorted discrete field would be no measure of how large or thick something is.
        measure = "quantitative" if name in _SIZES else "nominal"
        kept = {"scale": None} if name in _AS_THEY_ARE else {}
        encoding[name] = {"field": name} if name in ("x2", "y2") else {"field": name, "type": measure, **kept}
    if "tooltip" in rows[0]:
        encoding["tooltip"] = {"field": "tooltip", "type": "nominal"}
    # As dictionaries: Altair's own classes take ten times as long, and the chart is checked as a whole anyway.
    return alt.FacetedEncoding(**encoding)


def numbers(rows: list[Row], *, x: Row, **style: object) -> list[alt.Chart]:
    """Numbers beside their marks, on a rim of white that keeps lines away from them."""
    white: Row = {"color": theme.GROUND, "stroke": theme.GROUND, "strokeWidth": 4, "strokeJoin": "round"}
    rim = layers("text", rows, x=x, fontSize=14, **white, **style)
    return rim + layers("text", rows, x=x, fontSize=14, **style)


@dataclass(frozen=True)
class Frame:
    """The room around what is drawn, in pixels, and in how many columns the keys of its legend stand.

    `height` is that of what is drawn, its width is what `left` and `right` leave of `width`.
    """

    height: float
    left: float = 0
    right: float = 0
    head: float = 4
    foot: float = 4
    columns: int = 2
    width: float = WIDTH


def framed(parts: Iterable[list[alt.Chart]], keys: list[Row], frame: Frame, voice: Voice) -> alt.LayerChart:
    """The layers in their frame, under their legend."""
    import altair as alt

    # Altair's own renderer asks the network for scripts, and is blank offline.
    alt.renderers.enable("svg")
    lines = -(-len(keys) // frame.columns)
    top = frame.head + (lines * _KEY_LINE + 8 if keys else 0)
    parts = [*parts, *_legend(keys, frame, top)]
    # Without any layer a chart would forget its size.
    empty = alt.Chart(alt.InlineData(values=[]), mark="point")
    made: alt.LayerChart = alt.LayerChart(
        layer=[layer for part in parts for layer in part] or [empty],
        width=frame.width - frame.left - frame.right,
        height=frame.height,
        autosize="none",
        padding={"left": frame.left, "right": frame.right, "top": top, "bottom": frame.foot},
        config=chart_config(lang=voice.lang),
    )
    return made


def _legend(keys: list[Row], frame: Frame, top: float) -> list[list[alt.Chart]]:
    placed = []
    for index, key in enumerate(keys):
        row, column = divmod(index, frame.columns)
        x = column * frame.width / frame.columns - frame.left + 12
        placed.append({**key, "x": x, "y": (row + 0.5) * _KEY_LINE + 2 - top})
    words = [{"x": key["x"] + 17, "y": key["y"], "text": key["text"]} for key in placed]
    signs = [{"x": key["x"], "y": key["y"], "text": key["sign"]} for key in placed if "sign" in key]
    return [
        layers("point", placed),
        layers("text", words),
        layers("text", signs, align="center", fontWeight="bold"),
    ]


def legend(looks: Mapping[Any, Row], voice: Voice, **values: object) -> list[Row]:
    """The keys of a legend: each look with its words."""
    return [{**look, "text": voice.say(word, **values)} for word, look in looks.items()]


def spoken(counts: Counter[Any], kinds: Iterable[str], voice: Voice) -> dict[str, object]:
    """Counts as the values of a sentence: how many of each kind; `count` is of all, and chooses its form."""
    numbers: dict[str, object] = {"count": counts.total()}
    for kind in kinds:
        numbers[kind.replace("-", "_")] = voice.number(counts[kind])
    return numbers


def text(words: str, chars: int, *, x: float, y: float) -> Row:
    """Text in lines of so many characters, its middle at y."""
    lines = textwrap.wrap(words, chars)
    return {"x": x, "y": y - (len(lines) - 1) * LINE / 2, "text": lines}


def level_names(
    voice: Voice, *, x: float, chars: int = 22, least: int = 46, below: int = 0
) -> tuple[list[Row], float]:
    """The names of the levels, base first, with room for lines `below`; and how high a level's row is."""
    names = [voice.level_name(key) for key in voice.content.level_keys]
    lines = max(len(textwrap.wrap(name, chars)) for name in names) + below
    step = max(least, lines * LINE + 10)
    mids = [(LEVELS - index - 0.5) * step for index in range(LEVELS)]
    rows = [text(name, chars, x=x, y=mid - below * LINE / 2) for name, mid in zip(names, mids, strict=True)]
    return [{**row, "name": name, "mid": mid} for row, name, mid in zip(rows, names, mids, strict=True)], step


def share_axis() -> Row:
    """The axis of achievements: its ends, and the two shares that decide."""
    axis = {"values": [0, PASS, GATE, 1], "format": ".1~%", "labelFlush": False, **_PLAIN_AXIS}
    return {"field": "x", "type": "quantitative", "scale": {"domain": [0, 1], "nice": False}, "axis": axis}


_PLAIN_AXIS: Row = {"title": None, "grid": False, "labelOverlap": False}


def cuts(height: float) -> list[alt.Chart]:
    """The two shares that decide, as lines over all rows."""
    looks = {PASS: DASHED_CUT, GATE: CUT}
    rows = [{**look, "x": share, "x2": share, "y": 0, "y2": height} for share, look in looks.items()]
    return layers("rule", rows, x=share_axis())


def date_axis(first: date, last: date) -> Row:
    """The axis of dates: beginnings of months, at most six of them."""
    begin, end = (day.year * 12 + day.month for day in (first, last))
    step = next(
        step for step in (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000) if step * 5 >= end - begin - 1
    )
    starts = [date(n // 12, n % 12 + 1, 1) for n in range(begin, end) if n % step == 0]
    scale = {"type": "utc", "domain": [_moment(first), _moment(last)], "nice": False}
    axis = {**_PLAIN_AXIS, "values": [_moment(day) for day in starts], "format": "%b %Y", "grid": True}
    return {"field": "x", "type": "temporal", "scale": scale, "axis": axis}


def _moment(day: date) -> int:
    """A day as Vega counts: milliseconds since 1970."""
    return (day - date(1970, 1, 1)).days * 86_400_000


def block(key: str, chart: alt.LayerChart, described: str, voice: Voice) -> Chart:
    """A chart as a block of a report: its SVG, what it shows in words, its caption, and its source."""
    svg, spec = svg_of(chart)
    caption = voice.say(f"chart-{key}-caption")
    return Chart(key=key, svg=svg, alt=described, caption=caption, spec=spec)


def svg_of(chart: alt.LayerChart) -> tuple[str, dict[str, Any]]:
    """A chart as SVG in our font, and its Vega-Lite source."""
    import vl_convert

    _use_our_font()
    # Whether they are sound Vega-Lite is for the tests: to ask each time takes a third of the drawing.
    spec = chart.to_dict(validate=False)
    return vl_convert.vegalite_to_svg(spec), spec


@cache
def _use_our_font() -> None:
    """Else text is measured in whatever font this machine has."""
    import vl_convert

    vl_convert.register_font_directory(str(templates_dir() / "fonts"))


def chart_config(*, lang: Lang) -> dict[str, Any]:
    """The `config` of every chart: no frame, our font and ink, the reader's decimal signs and month names."""
    return {
        "font": theme.FONT,
        "background": "transparent",
        # Charts are described as a whole; English names of fields read out mark by mark help nobody.
        "aria": False,
        "view": {"stroke": None},
        "axis": {
            "labelColor": theme.INK,
            "labelFontSize": 13,
            "gridColor": theme.RULE,
            "domainColor": theme.MUTED,
            "tickColor": theme.MUTED,
        },
        "text": {"color": theme.INK, "fontSize": 13, "align": "left", "baseline": "middle", "lineHeight": 17},
        "mark": {"opacity": 1},
        "locale": _chart_locale(lang),
    }


@cache
def _chart_locale(lang: Lang) -> dict[str, Any]:
    """What d3 must know of a language, from CLDR; d3 itself has no Indonesian."""
    from babel import Locale

    locale = Locale.parse(locale_name(lang=lang))
    signs = locale.number_symbols["latn"]
    days, months = (
        {size: list(dict(sorted(names["format"][size].items())).values()) for size in ("wide", "abbreviated")}
        for names in (locale.days, locale.months)
    )
    # CLDR's week begins on Monday, d3's on Sunday.
    sunday_first = {size: [names[-1], *names[:-1]] for size, names in days.items()}
    return {
        "number": {
            "decimal": signs["decimal"],
            "thousands": signs["group"],
            "grouping": [3],
            "currency": ["", ""],
        },
        "time": {
            "dateTime": "%-d %B %Y %H.%M",
            "date": "%-d %B %Y",
            "time": "%H.%M",
            "periods": ["AM", "PM"],
            "days": sunday_first["wide"],
            "shortDays": sunday_first["abbreviated"],
            "months": months["wide"],
            "shortMonths": months["abbreviated"],
        },
    }
