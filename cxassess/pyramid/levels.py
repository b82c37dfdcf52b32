"""The arithmetic of levels: achievements, letters and gates on arrays of shape (…, 6).

Every function takes one row or thousands. Achievements are shares of one, bottom level first.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from cxassess.content.model import LEVELS, RATINGS, Rating

Floats = NDArray[np.float64]

POINTS: dict[Rating, float] = {"N": 0.0, "P": 1 / 3, "L": 2 / 3, "F": 1.0}
# ISO/IEC 33020: N to 15 %, P to 50 %, L to 85 %, F above.
CUTS = (0.15, 0.50, 0.85)
_, MOST_P, MOST_L = CUTS
# A level is reached when it is more than P, secured when every level beneath it is F. METHOD 3.
PASS = MOST_P
GATE = 2 / 3
SECURE = MOST_L
CORE_CAP = MOST_P
# Sums of thirds are not exact in floats: 2/3 of a level must still reach 2/3.
TOLERANCE = 1e-9

RATED_SHARE = 0.70
NOT_APPLICABLE_SHARE = 2 / 5
RATED_QUESTIONS = 3


def achievements(points: Floats, weights: Floats, level_of: NDArray[np.int64]) -> Floats:
    """A_l = Σ w·x / Σ w of each level, before any cap; 0 where a level has no weight. METHOD 2.

    `points` and `weights` have shape (…, questions), weight 0 leaves a question out; `level_of` gives each
    question's level, 0 to 5. Returns shape (…, 6).

    >>> a = achievements(np.array([1, 0, 1 / 3]), np.array([3.0, 1.0, 1.0]), np.array([0, 0, 1]))
    >>> [round(float(x), 2) for x in a]
    [0.75, 0.33, 0.0, 0.0, 0.0, 0.0]
    """
    belongs = np.eye(LEVELS)[level_of]
    held, total = (points * weights) @ belongs, weights @ belongs
    return np.asarray(np.divide(held, total, out=np.zeros_like(held), where=total > 0))


def is_rated(rated: Floats, not_applicable: Floats, total: Floats, count: Floats) -> NDArray[np.bool_]:
    """Whether a level has enough rated to speak of: weights rated, not applicable and in all, rated questions.

    Enough is 70 % of the applicable weight, at most 2/5 not applicable, three questions. METHOD 2.
    """
    enough = rated >= RATED_SHARE * (total - not_applicable) - TOLERANCE * total
    asked = not_applicable <= NOT_APPLICABLE_SHARE * total + TOLERANCE * total
    return np.asarray(enough & asked & (count >= RATED_QUESTIONS))


def band(share: float) -> Rating:
    """The letter of an achievement or a share: exactly .85 is L.

    >>> [band(x) for x in (0.15, 0.5, 0.85, 0.8501)]
    ['N', 'P', 'L', 'F']
    """
    return RATINGS[sum(share > cut + TOLERANCE for cut in CUTS)]


def _top(reached: NDArray[np.bool_]) -> NDArray[np.int64]:
    """The number of the highest level reached, 0 if none."""
    numbers = np.arange(1, reached.shape[-1] + 1)
    return np.asarray((reached * numbers).max(axis=-1), dtype=np.int64)


def _all_beneath(holds: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """For each level, whether a condition holds at every level beneath it."""
    ground = np.ones_like(holds[..., :1])
    return np.concatenate([ground, np.logical_and.accumulate(holds, axis=-1)[..., :-1]], axis=-1)


def attained(achievement: Floats) -> NDArray[np.int64]:
    """The highest level over 1/2 with at least 2/3 of every level beneath it. METHOD 3.

    >>> int(attained(np.array([.9167, .8889, .75, .5833, .25, 0])))
    4
    """
    passes = achievement > PASS + TOLERANCE
    return _top(passes & _all_beneath(achievement >= GATE - TOLERANCE))


def secured(achievement: Floats) -> NDArray[np.int64]:
    """The highest level over 1/2 with more than .85 of every level beneath it."""
    passes = achievement > PASS + TOLERANCE
    return _top(passes & _all_beneath(achievement > SECURE + TOLERANCE))


def reach(achievement: Floats) -> NDArray[np.int64]:
    """The highest level over 1/2, whatever is beneath it."""
    return _top(achievement > PASS + TOLERANCE)


def height(achievement: Floats) -> Floats:
    """The gated height H, 0 to 6: Σ A_l · Π_{k<l} min(1, A_k / (2/3)). METHOD 3.

    >>> round(float(height(np.array([.33, .33, .67, .67, .75, .64]))), 4)
    1.1623
    """
    carried = np.cumprod(np.minimum(1.0, achievement / GATE), axis=-1)
    ground = np.ones_like(carried[..., :1])
    result: Any = (achievement * np.concatenate([ground, carried[..., :-1]], axis=-1)).sum(axis=-1)
    return np.asarray(result, dtype=np.float64)
