"""The answers of an assessment as arrays over the questions, in content order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cxassess.content.model import LEVELS
from cxassess.content.reading import Content
from cxassess.document.assessment import Assessment
from cxassess.pyramid.levels import POINTS, Floats
from cxassess.pyramid.scorecard import Mark


@dataclass(frozen=True)
class Sheet:
    """The answers as arrays of shape (questions,), in content order.

    `level_of` is each question's level, 0 to 5; `points` are those of the rating given, `verified` those of what
    is proved, both 0 where there is no rating.
    """

    keys: tuple[str, ...]
    level_of: NDArray[np.int64]
    core: NDArray[np.bool_]
    weights: Floats
    rated: NDArray[np.bool_]
    not_applicable: NDArray[np.bool_]
    points: Floats
    verified: Floats

    @property
    def applicable(self) -> NDArray[np.bool_]:
        """What counts in some way: rated, or open."""
        return ~self.not_applicable

    @property
    def open(self) -> NDArray[np.bool_]:
        """What is unknown or unanswered."""
        return self.applicable & ~self.rated


def sheet_of(assessment: Assessment, content: Content, marks: Sequence[Mark]) -> Sheet:
    """The answers as arrays. `marks` are those of all questions, in content order."""
    states = [mark.answer.state for mark in marks]
    return Sheet(
        keys=tuple(question.key for question in content.questions),
        level_of=np.array([content.level_keys.index(question.level) for question in content.questions]),
        core=np.array([question.core for question in content.questions]),
        weights=np.array([float(assessment.weights.get(question.key, 1)) for question in content.questions]),
        rated=np.array([state == "rated" for state in states]),
        not_applicable=np.array([state == "not-applicable" for state in states]),
        points=np.array([POINTS[mark.answer.rating or "N"] for mark in marks]),
        verified=np.array([POINTS[mark.counted] for mark in marks]),
    )


def by_level(sheet: Sheet, values: NDArray[Any]) -> Floats:
    """The sum of one value a question, for each level: shape (questions,) → (6,)."""
    sums = np.bincount(sheet.level_of, weights=values.astype(float), minlength=LEVELS)
    return np.asarray(sums, dtype=np.float64)


def keys_where(sheet: Sheet, chosen: NDArray[np.bool_]) -> tuple[str, ...]:
    """The keys of the questions chosen, in content order."""
    return tuple(key for key, is_in in zip(sheet.keys, chosen, strict=True) if is_in)
