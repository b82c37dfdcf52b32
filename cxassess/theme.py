"""How results look: the colours and the font that charts and pages share."""

import base64
from functools import cache
from pathlib import Path

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
