"""How results look: the colours and sizes that charts and pages share."""

import base64
from functools import cache
from pathlib import Path
from typing import Any, Literal

INK = "#1d2733"
MUTED = "#55616e"
RULE = "#c9d1d9"
GROUND = "#ffffff"
PANEL = "#f4f6f8"
CLAIMED = "#8fb8de"
CONSISTENT = "#3b7db8"
VERIFIED = "#123f6d"
WARN = "#9a3b12"
FONT = "Noto Sans, sans-serif"


def css_variables() -> str:
    """The colours as CSS custom properties, for the page theme.

    >>> css_variables()[:24]
    ':root{--cx-ink:#1d2733;-'
    """
    return ":root{" + "".join(f"--cx-{name}:{value};" for name, value in colours().items()) + "}"


def colours() -> dict[str, str]:
    """Every colour by its name in small letters.

    >>> colours()["ground"]
    '#ffffff'
    """
    return {name.lower(): value for name, value in globals().items() if str(value).startswith("#")}


def chart_config(lang: Literal["id", "en"], /) -> dict[str, Any]:
    """The `config` of every chart: no frame, our font and ink, the reader's decimal signs and month names."""
    return {
        "font": FONT,
        "background": "transparent",
        # Charts are described as a whole; English names of fields read out mark by mark help nobody.
        "aria": False,
        "view": {"stroke": None},
        "axis": {
            "labelColor": INK,
            "labelFontSize": 13,
            "gridColor": RULE,
            "domainColor": MUTED,
            "tickColor": MUTED,
        },
        "text": {"color": INK, "fontSize": 13, "align": "left", "baseline": "middle", "lineHeight": 17},
        "mark": {"opacity": 1},
        "locale": _chart_locale(lang),
    }


@cache
def _chart_locale(lang: Literal["id", "en"]) -> dict[str, Any]:
    """What d3 must know of a language, from CLDR; d3 itself has no Indonesian."""
    from babel import Locale

    locale = Locale.parse({"id": "id_ID", "en": "en_GB"}[lang])
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


@cache
def font_css(folder: Path) -> str:
    """Our font as four `@font-face` rules that hold it, so that a page asks nobody for it.

    `folder` is `templates/fonts`.
    """
    rules = []
    for face in ("Regular", "Italic", "Bold", "BoldItalic"):
        weight, style = 700 if "Bold" in face else 400, "italic" if "Italic" in face else "normal"
        data = base64.b64encode((folder / "web" / f"NotoSans-{face}.woff2").read_bytes()).decode()
        rules.append(
            f'@font-face{{font-family:"Noto Sans";font-weight:{weight};font-style:{style};font-display:swap;'
            f'src:url("data:font/woff2;base64,{data}") format("woff2")}}'
        )
    return "\n".join(rules)
