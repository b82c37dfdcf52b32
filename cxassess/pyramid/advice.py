"""What to do next: the advice that fits a scorecard, ranked, read by level, lever or owner."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal

from cxassess.content.model import LEVELS, PROVING_GRADE, RATINGS, Rating
from cxassess.content.practices import Advice
from cxassess.content.reading import Content
from cxassess.pyramid.scorecard import RESULTS, Recommendation, ResultName, Scorecard

# A quick win that takes a large company a month is none.
QUICK_DAYS = 10
# The step that leads on from a rating; from F none does.
_NEXT_STEP: dict[Rating, str] = {rating: above.lower() for rating, above in pairwise(RATINGS)}


def recommend(card: Scorecard, content: Content) -> tuple[Recommendation, ...]:
    """The next step of every answer below F, the mistakes made, the indicators at N or P; the best first.

    First comes what the next level of a result hangs on, the lowest such level first; within that, what gives
    customers most for a day's work; within that, content order. Advice that must be done before stands before.
    An unknown starts at N. `score` has asked already: a card of its own holds them as `card.recommendations`.

    >>> from cxassess import load_assessment, load_content, score
    >>> from cxassess.places import examples_dir
    >>> content = load_content()
    >>> assessment = load_assessment(examples_dir() / "kopi-lereng.json", content)
    >>> found = recommend(score(assessment, content, on=assessment.on), content)
    >>> len({one.advice.key for one in found}) == len(found) > 10
    True
    """
    by_key = {piece.key: piece for piece in content.advice}
    found = [_recommended(by_key[key], card, content) for key in _wanted(card, content) if key in by_key]
    # A stable sort: what ranks alike stays in content order.
    found.sort(key=lambda one: (_next_level(one, card), -one.advice.impact / one.days))
    return _prerequisites_first(found)


def grouped(
    found: Sequence[Recommendation], by: Literal["level", "lever", "owner"]
) -> dict[str, tuple[Recommendation, ...]]:
    """The same recommendations by level, by lever (one may pull two) or by owner, each group in rank order.

    Those without a level stand under "".
    """
    groups: dict[str, list[Recommendation]] = {}
    for one in found:
        for key in _group_keys(one, by):
            groups.setdefault(key, []).append(one)
    return {key: tuple(group) for key, group in groups.items()}


def _group_keys(one: Recommendation, by: Literal["level", "lever", "owner"]) -> tuple[str, ...]:
    """The groups that a recommendation stands in."""
    if by == "lever":
        return one.advice.levers
    if by == "owner":
        return (one.advice.owner,)
    return (one.level or "",)


def unproved(card: Scorecard) -> tuple[str, ...]:
    """The questions that hold back the verified level for want of proof alone: rated L or F, and no evidence that
    counts. Where evidence supports a lower rating, more of it would not help.
    """
    held = [key for unmet in card.why_not["verified"] for key in unmet.questions]
    marks = [card.mark(key) for key in dict.fromkeys(held)]
    return tuple(mark.key for mark in marks if mark.answer.rating in ("L", "F") and mark.grade < PROVING_GRADE)


# --- what applies ---


def _wanted(card: Scorecard, content: Content) -> Iterator[str]:
    """The keys of the advice that applies, in content order."""
    for mark in card.marks:
        if mark.answer.state == "not-applicable":
            continue
        step = _NEXT_STEP.get(mark.answer.rating or "N")
        if step is not None:
            yield f"{mark.key}-{step}"
    for mistake in content.mistakes:
        if card.assessment.severity_of(mistake.key):  # neither 0 nor unjudged
            yield mistake.key
    for indicator in content.indicators:
        answer = card.assessment.indicators.get(indicator.key)
        if answer and (answer.rating or "N") in ("N", "P"):
            yield indicator.key


def _recommended(piece: Advice, card: Scorecard, content: Content) -> Recommendation:
    # Efforts are given for a medium-sized company, whose factor is 1.
    factors = {size.key: size.factor for size in content.model.sizes}
    days = piece.days * factors.get(card.assessment.profile.size or "", 1.0)
    return Recommendation(
        advice=piece,
        level=_level_of(piece, content),
        days=days,
        holds_back=tuple(name for name in RESULTS if _holds_back(piece, name, card)),
        waits_for=tuple(key for key in piece.after if not _is_done(key, card, content)),
        is_quick=piece.kind == "quick-win" and days <= QUICK_DAYS,
    )


def _holds_back(piece: Advice, name: ResultName, card: Scorecard) -> bool:
    """Whether the next level of a result hangs on what a piece of advice is for."""
    if name == "verified" and _lacks_only_proof(piece, card):
        return False
    return any(piece.for_ in (*unmet.questions, *unmet.mistakes) for unmet in card.why_not[name])


def _next_level(one: Recommendation, card: Scorecard) -> int:
    """The lowest level that hangs on it; above them all where none does."""
    return min((card.results[name].attained + 1 for name in one.holds_back), default=LEVELS + 1)


def _lacks_only_proof(piece: Advice, card: Scorecard) -> bool:
    """Whether the practice is there and only its evidence is not: doing more of it would verify nothing."""
    if piece.step is None:
        return False
    mark = card.mark(piece.for_)
    return mark.answer.rating is not None and mark.counted != mark.answer.rating


def _level_of(piece: Advice, content: Content) -> str | None:
    """The level of its question, the first that its mistake contradicts, or none."""
    if piece.step:
        return content.by_key[piece.for_].level
    for mistake in content.mistakes:
        if mistake.key == piece.for_ and mistake.contradicts:
            return mistake.contradicts[0].level
    return None


def _is_done(key: str, card: Scorecard, content: Content) -> bool:
    """Whether advice is behind the company: its rating reached, its mistake absent, its sign at L or F."""
    piece = next(one for one in content.advice if one.key == key)
    if piece.from_to:
        rating = card.assessment.answer_to(piece.for_).rating or "N"
        return RATINGS.index(rating) >= RATINGS.index(piece.from_to[1])
    if piece.for_ in {mistake.key for mistake in content.mistakes}:
        return card.assessment.severity_of(piece.for_) == 0
    answer = card.assessment.indicators.get(piece.for_)
    return answer is not None and answer.rating in ("L", "F")


def _prerequisites_first(found: Sequence[Recommendation]) -> tuple[Recommendation, ...]:
    """The same in an order in which nothing stands before what it waits for. Content has no circles.

    Each is placed as early as its rank has it, and what it waits for, and what that waits for, just before it.
    """
    by_key = {one.advice.key: one for one in found}
    placed: dict[str, Recommendation] = {}

    def place(one: Recommendation) -> None:
        if one.advice.key in placed:
            return
        for key in one.waits_for:
            if key in by_key:
                place(by_key[key])
        placed[one.advice.key] = one

    for one in found:
        place(one)
    return tuple(placed.values())
