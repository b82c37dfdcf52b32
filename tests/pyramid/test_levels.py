"""The arithmetic of levels."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from cxassess.pyramid import levels

KENCANA = np.array([11 / 12, 8 / 9, 0.75, 7 / 12, 0.25, 0.0])
rows = arrays(float, 6, elements=st.sampled_from([0, 0.15, 1 / 3, 0.5, 0.51, 2 / 3, 0.85, 0.86, 1.0]))


def test_worked_example() -> None:
    """METHOD 10: Kopi Kencana attains 4, secures 3, reaches 4, H = 3.3576."""
    assert levels.attained(KENCANA) == 4
    assert levels.secured(KENCANA) == 3
    assert levels.reach(KENCANA) == 4
    assert round(float(levels.height(KENCANA)), 4) == 3.3576


def test_inverted_twin() -> None:
    """METHOD 10: nearly the same sum upside down attains 0 with H = 1.1623."""
    twin = np.array([0.33, 0.33, 0.67, 0.67, 0.75, 0.64])
    assert levels.attained(twin) == 0
    assert levels.reach(twin) == 6
    assert round(float(levels.height(twin)), 4) == 1.1623


@pytest.mark.parametrize(
    ("share", "letter"),
    [(0, "N"), (0.15, "N"), (0.1501, "P"), (0.5, "P"), (0.5001, "L"), (0.85, "L"), (0.8501, "F"), (1, "F")],
)
def test_letters_use_the_iso_cuts(share: float, letter: str) -> None:
    """A cut belongs to the band below it: exactly .85 is L."""
    assert levels.band(share) == letter


def test_two_thirds_made_of_thirds_passes_the_gate() -> None:
    """2/3 is reachable: a sum of thirds that floats leave a hair short still carries the next level."""
    thirds = levels.achievements(np.array([1.0, 2 / 3, 1 / 3] * 6), np.full(18, 0.1), np.repeat(np.arange(6), 3))
    assert levels.attained(thirds) == 6


def test_half_does_not_pass() -> None:
    """More than half means more than half."""
    assert levels.attained(np.array([0.5, 0, 0, 0, 0, 0])) == 0


def test_85_per_cent_is_not_secure() -> None:
    """Secured asks for more than .85 of every level beneath; exactly .85 is still L."""
    assert levels.secured(np.array([0.85, 0.6, 0, 0, 0, 0])) == 1
    assert levels.secured(np.array([0.8501, 0.6, 0, 0, 0, 0])) == 2


@given(arrays(float, (7, 6), elements=st.floats(0, 1)))
def test_many_rows_are_each_as_one(many: np.ndarray) -> None:
    """A block of rows gives what its rows give one by one: the rule is written once."""
    for rule in (levels.attained, levels.secured, levels.reach, levels.height):
        assert np.array_equal(rule(many), [rule(row) for row in many])


@given(rows)
def test_order_of_the_three(row: np.ndarray) -> None:
    """secured ≤ attained ≤ reach, and H stays between 0 and 6."""
    assert levels.secured(row) <= levels.attained(row) <= levels.reach(row)
    assert 0 <= levels.height(row) <= 6 + 1e-9


@given(rows, st.integers(0, 5))
def test_raising_a_level_never_lowers(row: np.ndarray, index: int) -> None:
    """More of one level never lowers attained, secured, reach or H."""
    raised = row.copy()
    raised[index] = 1.0
    for rule in (levels.attained, levels.secured, levels.reach, levels.height):
        assert rule(raised) >= rule(row) - 1e-9


@pytest.mark.parametrize(
    ("rated", "dropped", "total", "count", "expected"),
    [
        (3.5, 0, 5, 4, True),  # exactly 70 %
        (3.4, 0, 5, 4, False),
        (3, 2, 5, 3, True),  # exactly 2/5 not applicable
        (2.9, 2.1, 5, 3, False),
        (5, 0, 5, 2, False),  # two questions, however heavy
    ],
)
def test_not_rated(rated: float, dropped: float, total: float, count: int, *, expected: bool) -> None:
    """70 % of the applicable weight, at most 2/5 not applicable, three questions: the limits themselves pass."""
    given_ = (np.array([float(x)]) for x in (rated, dropped, total, count))
    assert levels.is_rated(*given_)[0] == expected
