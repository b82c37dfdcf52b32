"""Why not the next level: the conditions that do not hold, and what they hang on."""

from __future__ import annotations

from collections.abc import Iterator

from cxassess.content.reading import Content
from cxassess.pyramid import levels
from cxassess.pyramid.contradictions import Contradiction
from cxassess.pyramid.levels import GATE, PASS, POINTS, RATED_SHARE, Floats
from cxassess.pyramid.scorecard import LevelResult, Result, ResultName, Unmet
from cxassess.pyramid.sheet import Sheet, keys_where


def why_not(
    name: ResultName, result: Result, sheet: Sheet, content: Content, found: tuple[Contradiction, ...]
) -> Iterator[Unmet]:
    """The conditions for the level above the one attained that do not hold, from the bottom up. METHOD 7."""
    if result.attained == len(result.levels):
        return
    for index, level in enumerate(result.levels[: result.attained + 1]):
        if not level.rated:
            yield _too_little_rated(level.key, index, sheet)
            continue
        is_next = index == result.attained
        if not _holds(level.achievement or 0.0, is_next=is_next):
            points = sheet.verified if name == "verified" else sheet.points
            yield from _shortfalls(level, index, is_next, points, sheet)
            yield from _standing(level.key, found if name != "claimed" else (), verified=name == "verified")


def _holds(achievement: float, *, is_next: bool) -> bool:
    return achievement > PASS + levels.TOLERANCE if is_next else achievement >= GATE - levels.TOLERANCE


def _shortfalls(level: LevelResult, index: int, is_next: bool, points: Floats, sheet: Sheet) -> Iterator[Unmet]:
    """The answers' part: a mean under the cut, a core question at N."""
    mine = (sheet.level_of == index) & ~sheet.not_applicable
    counted = mine & (sheet.rated | (points is sheet.verified))
    if not _holds(level.mean, is_next=is_next):
        low = keys_where(sheet, counted & (points < POINTS["L"] - levels.TOLERANCE))
        yield Unmet(level.key, "achievement" if is_next else "gate", level.mean, PASS if is_next else GATE, low)
    core = keys_where(sheet, mine & sheet.core & (points <= 0))
    if core:
        yield Unmet(level.key, "core", 0.0, POINTS["P"], core)


def _standing(level: str, found: tuple[Contradiction, ...], *, verified: bool) -> Iterator[Unmet]:
    """The contradictions' part: a cap of 1/2 passes neither cut; a cap of .85 passes both."""
    mistakes = tuple(
        one.mistake for one in found if one.level == level and one.cap <= PASS and one.stands(verified=verified)
    )
    if mistakes:
        yield Unmet(level, "contradiction", 3, 2, mistakes=mistakes)


def _too_little_rated(level: str, index: int, sheet: Sheet) -> Unmet:
    """The first of the three tests that a not-rated level fails, and the answers it hangs on."""
    mine = sheet.level_of == index
    weights = sheet.weights * mine
    applicable = float((weights * ~sheet.not_applicable).sum())
    share = float((weights * sheet.rated).sum()) / applicable if applicable else 1.0
    open_ = keys_where(sheet, mine & ~sheet.rated & ~sheet.not_applicable)
    dropped = keys_where(sheet, mine & sheet.not_applicable)
    if share < RATED_SHARE - levels.TOLERANCE:
        return Unmet(level, "rated", share, RATED_SHARE, open_ or dropped)
    left_out = float((weights * sheet.not_applicable).sum() / weights.sum())
    if left_out > levels.NOT_APPLICABLE_SHARE + levels.TOLERANCE:
        return Unmet(level, "rated", left_out, levels.NOT_APPLICABLE_SHARE, dropped)
    count = float((mine & sheet.rated).sum())
    return Unmet(level, "rated", count, levels.RATED_QUESTIONS, open_ + dropped)
