"""Why not the next level: the conditions that do not hold, and what they hang on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from numpy import bool_
from numpy.typing import NDArray

from cxassess.pyramid import levels
from cxassess.pyramid.contradictions import Contradiction
from cxassess.pyramid.levels import GATE, PASS, POINTS, TOLERANCE
from cxassess.pyramid.scorecard import LevelResult, Result, ResultName, Unmet
from cxassess.pyramid.sheet import Sheet, keys_where


def why_not(
    name: ResultName, result: Result, sheet: Sheet, contradictions: Sequence[Contradiction]
) -> Iterator[Unmet]:
    """The conditions for the level above the one attained that do not hold, from the bottom up. METHOD 7.

    One level can miss several; a level that is not rated misses that alone. At level 6 there are none.
    """
    if result.attained == len(result.levels):
        return
    for index, level in enumerate(result.levels[: result.attained + 1]):
        is_next = index == result.attained
        if not level.rated:
            yield _too_little_rated(level.key, sheet.level_of == index, sheet)
        elif not _holds(level.achievement or 0.0, is_next=is_next):
            yield from _weak_answers(level, name, sheet.level_of == index, sheet, is_next=is_next)
            if name != "claimed":
                yield from _contradicted(level.key, contradictions, verified=name == "verified")


def _holds(achievement: float, *, is_next: bool) -> bool:
    """Whether a level is high enough: the next one to be attained, one beneath it to carry it."""
    return achievement > PASS + TOLERANCE if is_next else achievement >= GATE - TOLERANCE


def _weak_answers(
    level: LevelResult, name: ResultName, mine: NDArray[bool_], sheet: Sheet, *, is_next: bool
) -> Iterator[Unmet]:
    """The answers' part: a mean under the cut, a core question at N. `mine` are the questions of the level."""
    points = sheet.verified if name == "verified" else sheet.points
    if not _holds(level.mean, is_next=is_next):
        # What is open counts in verified only, as N; in the other two it is left out, so it pulls nothing down.
        counting = sheet.applicable if name == "verified" else sheet.rated
        weak = keys_where(sheet, mine & counting & (points < POINTS["L"] - TOLERANCE))
        if is_next:
            yield Unmet(level.key, "achievement", level.mean, PASS, weak)
        else:
            yield Unmet(level.key, "gate", level.mean, GATE, weak)
    core = keys_where(sheet, mine & sheet.core & sheet.applicable & (points <= 0))
    if core:
        yield Unmet(level.key, "core", POINTS["N"], POINTS["P"], core)


def _contradicted(level: str, contradictions: Sequence[Contradiction], *, verified: bool) -> Iterator[Unmet]:
    """The mistakes' part: a cap of 1/2 passes neither cut, one of .85 passes both and is not named."""
    mistakes = tuple(
        one.mistake
        for one in contradictions
        if one.level == level and one.cap <= PASS and one.stands(verified=verified)
    )
    if mistakes:
        # Severity 3 is too much; at 2, what is left would do.
        yield Unmet(level, "contradiction", 3, 2, mistakes=mistakes)


def _too_little_rated(level: str, mine: NDArray[bool_], sheet: Sheet) -> Unmet:
    """The first of the three tests that a not-rated level fails, and the answers it hangs on. METHOD 2."""
    weights = sheet.weights * mine
    applicable = float((weights * sheet.applicable).sum())
    rated_share = float((weights * sheet.rated).sum()) / applicable if applicable else 1.0
    dropped_share = float((weights * sheet.not_applicable).sum() / weights.sum())
    open_ = keys_where(sheet, mine & sheet.open)
    dropped = keys_where(sheet, mine & sheet.not_applicable)
    if rated_share < levels.RATED_SHARE - TOLERANCE:
        return Unmet(level, "rated", rated_share, levels.RATED_SHARE, open_)
    if dropped_share > levels.NOT_APPLICABLE_SHARE + TOLERANCE:
        return Unmet(level, "rated", dropped_share, levels.NOT_APPLICABLE_SHARE, dropped)
    count = float((mine & sheet.rated).sum())
    return Unmet(level, "rated", count, levels.RATED_QUESTIONS, open_ + dropped)
