"""Statistics of counts: what k of n observed cases say about a rating."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from cxassess.content.model import RATINGS, Rating
from cxassess.pyramid.levels import CUTS

# The four bands, with both ends.
_EDGES = (0.0, *CUTS, 1.0)
SETTLED = 0.90
_MOST_MORE = 2_000


def band_probabilities(k: int, n: int) -> dict[Rating, float]:
    """The probability of each band under Jeffreys' posterior Beta(k + ½, n − k + ½). METHOD 4.

    >>> p = band_probabilities(22, 30)
    >>> round(p["L"], 4), round(p["F"], 4)
    (0.9505, 0.0448)
    """
    shares = _probabilities(np.array([k]), np.array([n]))[0]
    return dict(zip(RATINGS, map(float, shares), strict=True))


def sample_rating(k: int, n: int) -> Rating:
    """The most probable band, the lower on a tie.

    >>> sample_rating(27, 30)
    'F'
    """
    probabilities = band_probabilities(k, n)
    return max(RATINGS, key=lambda letter: (round(probabilities[letter], 12), -RATINGS.index(letter)))


def is_settled(k: int, n: int) -> bool:
    """Whether one band has at least .90.

    >>> is_settled(22, 30), is_settled(27, 30)
    (True, False)
    """
    return max(band_probabilities(k, n).values()) >= SETTLED


def how_many_more(k: int, n: int) -> int | None:
    """The smallest m for which k + round(m·k/n) of n + m is settled; None if 2,000 more would not do.

    A share that lies on a cut is never settled, however many are asked.

    >>> how_many_more(22, 30), how_many_more(1, 2)
    (0, None)
    """
    more = np.arange(_MOST_MORE + 1)
    found = k + np.array([round(Fraction(int(m) * k, n)) for m in more])
    settled = _probabilities(found, n + more).max(axis=1) >= SETTLED
    return int(settled.argmax()) if settled.any() else None


def _probabilities(k: NDArray[np.int64], n: NDArray[np.int64]) -> NDArray[np.float64]:
    from scipy.special import betainc  # costs a third of a second, and most assessments hold no sample

    cumulative = betainc((k + 0.5)[:, None], (n - k + 0.5)[:, None], np.array(_EDGES)[None, :])
    return np.diff(cumulative, axis=1)
