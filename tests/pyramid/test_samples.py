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


@pytest.mark.parametrize("k", range(4))
def test_the_bands_are_those_of_levels(k: int) -> None:
    """Nearly all of the probability lies in the band of the share itself, when very many were observed."""
    shares = {"N": 0.07, "P": 0.3, "L": 0.7, "F": 0.95}
    letter = "NPLF"[k]
    assert band_probabilities(round(shares[letter] * 100_000), 100_000)[letter] > 0.999


@pytest.mark.parametrize(("k", "n", "settled"), [(0, 10, True), (0, 6, False), (30, 30, True)])
def test_settled_means_nine_in_ten(k: int, n: int, *, settled: bool) -> None:
    """One band has .90 or more."""
    assert is_settled(k, n) == settled
    assert (max(band_probabilities(k, n).values()) >= 0.9) == settled


@pytest.mark.parametrize(("k", "n", "more"), [(53, 109, 2_000), (64, 402, None)])
def test_more_than_2000_is_not_asked_for(k: int, n: int, more: int | None) -> None:
    """METHOD 4: 64 of 402 would be settled by 2,001 more, which nobody is told to collect."""
    assert how_many_more(k, n) == more
    assert is_settled(64 + round(2_001 * 64 / 402), 402 + 2_001)


def test_on_a_cut_no_number_settles() -> None:
    """Half works: between P and L for ever."""
    assert how_many_more(10, 20) is None
