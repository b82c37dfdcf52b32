"""How results look: the colours and sizes that charts and pages share."""

from typing import Any

INK = "#1d2733"
MUTED = "#55616e"
RULE = "#c9d1d9"
GROUND = "#ffffff"
PANEL = "#f4f6f8"
CLAIMED = "#8fb8de"
CONSISTENT = "#3b7db8"
VERIFIED = "#123f6d"
WARN = "#9a3b12"
FONT = "Noto Sans, Segoe UI, Helvetica Neue, Arial, sans-serif"


def css_variables() -> str:
    """The colours as CSS custom properties, for the page theme.

    >>> css_variables()[:24]
    ':root{--cx-ink:#1d2733;-'
    """
    colours = {name.lower(): value for name, value in globals().items() if str(value).startswith("#")}
    return ":root{" + "".join(f"--cx-{name}:{value};" for name, value in colours.items()) + "}"


def chart_config() -> dict[str, Any]:
    """The `config` of every chart: no frame, our font and ink."""
    return {
        "font": FONT,
        "background": "transparent",
        "view": {"stroke": None},
        "axis": {"labelColor": INK, "titleColor": MUTED, "gridColor": RULE, "domainColor": RULE},
        "text": {"color": INK, "font": FONT, "fontSize": 13},
    }
