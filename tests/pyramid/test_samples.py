"""What samples say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxassess.pyramid.samples import band_probabilities, how_many_more, is_settled, sample_rating


@pytest.mark.parametrize(
    ("k", "n", "letter", "probability"),
    [(22, 30, "L", 0.9505), (22, 30, "F", 0.0448), (27, 30, "F", 0.7704), (29, 30, "F", 0.9784)],
)
def test_figures_of_the_specification(k: int, n: int, letter: str, probability: float) -> None:
    """METHOD 4 prints these posterior probabilities."""
    assert round(band_probabilities(k, n)[letter], 4) == probability


@given(st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_bands_share_one(sample: tuple[int, int]) -> None:
    """The four probabilities sum to one and the rating is the most probable."""
    probabilities = band_probabilities(*sample)
    assert sum(probabilities.values()) == pytest.approx(1)
    assert probabilities[sample_rating(*sample)] == pytest.approx(max(probabilities.values()))


def test_a_tie_goes_to_the_lower_band() -> None:
    """1 of 2 is P as much as L: P."""
    probabilities = band_probabilities(1, 2)
    assert probabilities["P"] == pytest.approx(probabilities["L"])
    assert sample_rating(1, 2) == "P"


def test_how_many_more_is_the_smallest_that_settles() -> None:
    """27 of 30 is not settled; the m found settles it, and no smaller one does."""
    more = how_many_more(27, 30)
    assert more is not None
    assert is_settled(27 + round(more * 27 / 30), 30 + more)
    assert not any(is_settled(27 + round(m * 27 / 30), 30 + m) for m in range(more))


def test_on_a_cut_no_number_settles() -> None:
    """Half works: between P and L for ever."""
    assert how_many_more(10, 20) is None
