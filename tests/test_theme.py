"""How results look: contrast is computed, not hoped for."""

import pytest

from cxassess import places as paths
from cxassess import theme


def luminance(colour: str) -> float:
    """WCAG 2.2 relative luminance."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast ratio, 1 to 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("ink", [theme.INK, theme.MUTED, theme.WARN, theme.VERIFIED])
@pytest.mark.parametrize("ground", [theme.GROUND, theme.PANEL])
def test_text_can_be_read(ink: str, ground: str) -> None:
    """WCAG AA: 4.5 to 1."""
    assert contrast(ink, ground) >= 4.5


def test_the_three_results_differ_in_black_and_white() -> None:
    """Ordered from light to dark with a clear step, so a grey print still tells them apart."""
    claimed, consistent, verified = map(luminance, (theme.CLAIMED, theme.CONSISTENT, theme.VERIFIED))
    assert claimed > consistent * 1.5 > verified * 2.2


def test_variables_reach_the_page() -> None:
    """Each colour is a CSS variable."""
    assert f"--cx-ink:{theme.INK};" in theme.css_variables()


def test_a_page_carries_its_font() -> None:
    """Four faces of one family, each inside the page: nothing is asked of the network."""
    css = theme.font_css(paths.templates_dir() / "fonts")
    assert css.count("@font-face") == css.count("data:font/woff2;base64,d09GM") == 4  # d09GM: "wOF2" in base64
    assert css.count('font-family:"Noto Sans"') == 4
    for weight in (400, 700):
        for style in ("normal", "italic"):
            assert f"font-weight:{weight};font-style:{style};" in css
    assert "http" not in css and "</" not in css
