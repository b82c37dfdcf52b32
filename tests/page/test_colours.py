"""Colours as numbers: the contrast of the standard, shades and tints of one hue."""

from hypothesis import given, settings
from hypothesis import strategies as st

from cxassess import theme
from cxassess.page.colours import contrast, darker, recoloured, tint

COLOUR = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
quickly = settings(max_examples=60, deadline=None)


def test_contrast_is_that_of_the_standard() -> None:
    """Black on white is 21; the greys and the blue are values that WebAIM's checker prints."""
    shown = {"#000000": 21, "#ffffff": 1, "#777777": 4.48, "#767676": 4.54, "#0000ff": 8.59, "#ff0000": 4.0}
    assert {colour: round(contrast(colour), 2) for colour in shown} == shown
    assert contrast("#123f6d", "#3b7db8") == contrast("#3b7db8", "#123f6d")


@quickly
@given(COLOUR)
def test_a_darker_colour_keeps_its_hue(colour: str) -> None:
    """What is advised is the same colour with less light, and no darker than it must be."""
    dark = darker(colour, 4.5)
    before, after = ([int(one[at : at + 2], 16) for at in (1, 3, 5)] for one in (colour, dark))
    share = max(after) / max(1, *before)
    assert all(abs(new - old * share) <= 1 for old, new in zip(before, after, strict=True))
    assert dark == colour or 4.5 <= contrast(dark) < 4.75


@quickly
@given(COLOUR, st.floats(1, 21))
def test_a_tint_is_the_lightest_that_can_be_seen(colour: str, ratio: float) -> None:
    """Of a colour dark enough, one that keeps the contrast and is no darker than the colour itself."""
    if contrast(colour) >= ratio:
        assert ratio <= contrast(tint(colour, ratio)) <= contrast(colour)


def test_colours_are_replaced_in_one_pass() -> None:
    """A brand whose primary is our middle blue must not be replaced twice; what is no role stays."""
    swapped = {theme.VERIFIED: theme.CONSISTENT, theme.CONSISTENT: theme.VERIFIED}
    text = f"a{theme.VERIFIED.upper()};b{theme.CONSISTENT};c{theme.INK}"
    assert recoloured(text, swapped) == f"a{theme.CONSISTENT};b{theme.VERIFIED};c{theme.INK}"
    assert recoloured(text, {}) == text
