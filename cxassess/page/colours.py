"""Colours as numbers: luminance, contrast, shades and tints, and one colour put in another's place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from cxassess import theme


def luminance(colour: str) -> float:
    """Relative luminance of "#rrggbb", 0 to 1 (WCAG 2.2, https://www.w3.org/TR/WCAG22/#dfn-relative-luminance).

    L = 0.2126 R + 0.7152 G + 0.0722 B, where each sRGB channel c from 0 to 1 is made linear: c / 12.92 up to
    0.04045, ((c + 0.055) / 1.055) ** 2.4 above.

    >>> luminance("#000000"), luminance("#ffffff")
    (0.0, 1.0)
    """
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str = theme.GROUND) -> float:
    """The contrast of two colours, 1 to 21 (WCAG 2.2, https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio).

    (L1 + 0.05) / (L2 + 0.05), where L1 is the luminance of the lighter one.

    >>> contrast("#000000"), round(contrast("#777777"), 2)
    (21.0, 4.48)
    """
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _mixes(colour: str, other: str) -> Iterator[str]:
    """From one colour to black or white in 256 steps: shades and tints, which keep the hue."""
    pairs = [(int(colour[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5)]
    for step in range(256):
        yield "#" + "".join(f"{round(a + (b - a) * step / 255):02x}" for a, b in pairs)


def darker(colour: str, ratio: float) -> str:
    """The nearest darker colour of the same hue with this contrast to white."""
    return next(shade for shade in _mixes(colour, "#000000") if contrast(shade) >= ratio)


def tint(colour: str, ratio: float) -> str:
    """The lightest tint of a colour that keeps this contrast to white."""
    return [tint for tint in _mixes(colour, theme.GROUND) if contrast(tint) >= ratio][-1]


def recoloured(text: str, colours: Mapping[str, str]) -> str:
    """SVG, CSS or JSON with some colours replaced, all in one pass, however they are capitalised.

    >>> recoloured("fill:#123F6D;stroke:#fff", {"#123f6d": "#5b2a86"})
    'fill:#5b2a86;stroke:#fff'
    """
    if not colours:
        return text
    named = {old.lower(): new for old, new in colours.items()}
    return re.sub("|".join(map(re.escape, named)), lambda hit: named[hit[0].lower()], text, flags=re.IGNORECASE)
