"""From answers to a scorecard: claimed, consistent and verified level, and why not the next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from cxassess.content.practices import LEVELS, Question, Rating
from cxassess.content.reading import Content
from cxassess.document.assessment import Answer, Assessment, Evidence, EvidenceLink
from cxassess.pyramid import levels
from cxassess.pyramid.contradictions import PROOF, Contradiction, Tension, caps, find_contradictions, find_tensions
from cxassess.pyramid.levels import CORE_CAP, GATE, PASS, POINTS, RATED_SHARE, RATINGS, Floats
from cxassess.pyramid.samples import sample_rating

ResultName = Literal["claimed", "consistent", "verified"]
RESULTS: tuple[ResultName, ...] = ("claimed", "consistent", "verified")
Standing = Literal["proved", "partly", "unproved", "unrated"]
STANDINGS: tuple[Standing, ...] = get_args(Standing)
Need = Literal["achievement", "gate", "core", "rated", "contradiction"]


@dataclass(frozen=True)
class LevelResult:
    """One level of one result. Shares of one; `mean` is the achievement before any cap.

    A level that is not rated has no achievement and no letter, but still has bounds.
    """

    key: str
    achievement: float | None
    lower: float
    upper: float
    letter: Rating | None
    rated: bool
    mean: float


@dataclass(frozen=True)
class Result:
    """A level reached, by one reading of the answers.

    attained, secured and reach are numbers from 0 to 6, height is the gated height H. `not_rated_at` is the
    key of the not-rated level that alone stops the climb: then the truth is "at least" the level attained.
    """

    attained: int
    secured: int
    reach: int
    height: float
    not_rated_at: str | None
    levels: tuple[LevelResult, ...]

    @property
    def shown(self) -> str:
        """The level as it may be printed: "≥ 2" where a not-rated level stops the climb, never "2" alone."""
        return f"≥ {self.attained}" if self.not_rated_at else str(self.attained)

    def level(self, key: str) -> LevelResult:
        """One level's result."""
        return {level.key: level for level in self.levels}[key]


@dataclass(frozen=True)
class Unmet:
    """A condition for the next level that does not hold: what it has, what it wants, what it hangs on."""

    level: str
    need: Need
    has: float
    wants: float
    questions: tuple[str, ...] = ()
    mistakes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Leverage:
    """What a level's not-applicable answers are worth: the claimed result as it is, and with them rated N."""

    level: str
    questions: tuple[str, ...]
    as_is: Result
    if_n: Result


@dataclass(frozen=True)
class Mark:
    """One answer as it counts: its rating, the rating its evidence proves, and its best current grade."""

    key: str
    answer: Answer
    proved: Rating
    grade: int

    @property
    def counted(self) -> Rating:
        """The rating that counts in the verified result."""
        return min(self.answer.rating or "N", self.proved, key=RATINGS.index)

    @property
    def is_proved(self) -> bool:
        """Whether current evidence of grade 2 or more bears the whole rating (for N: any such evidence)."""
        rating = self.answer.rating
        return rating is not None and self.grade >= PROOF and self.counted == rating

    @property
    def standing(self) -> Standing:
        """How far evidence carries the answer."""
        if self.answer.rating is None:
            return "unrated"
        return "proved" if self.is_proved else "unproved" if self.counted == "N" else "partly"


@dataclass(frozen=True)
class Scorecard:
    """Everything computed from one assessment on one date; charts, tables and reports need nothing else.

    `if_unknown_n` and `if_unknown_f` are the claimed result if every open answer were N, or F; the not-rated
    test stays that of the answers as given.
    """

    assessment: Assessment
    model: str
    version: str
    on: date
    claimed: Result
    consistent: Result
    verified: Result
    marks: tuple[Mark, ...]
    contradictions: tuple[Contradiction, ...]
    tensions: tuple[Tension, ...]
    why_not: dict[ResultName, tuple[Unmet, ...]]
    not_applicable: tuple[Leverage, ...]
    unanswered: tuple[str, ...]
    unjudged: tuple[str, ...]
    if_unknown_n: Result
    if_unknown_f: Result

    @property
    def draft(self) -> bool:
        """Whether an answer or a severity is still missing."""
        return bool(self.unanswered or self.unjudged)

    @property
    def results(self) -> dict[ResultName, Result]:
        """The three results by name."""
        return {"claimed": self.claimed, "consistent": self.consistent, "verified": self.verified}

    def mark(self, key: str) -> Mark:
        """How one answer counts."""
        return {mark.key: mark for mark in self.marks}[key]

    def as_dict(self) -> dict[str, Any]:
        """The object that `cxassess score --json` prints; its shape is kept stable."""
        return {
            "organisation": self.assessment.profile.organisation,
            "on": self.on.isoformat(),
            "draft": self.draft,
            "content": {"model": self.model, "version": self.version},
            "claimed": _shown_result(self.claimed),
            "consistent": _shown_result(self.consistent),
            "verified": _shown_result(self.verified),
            "contradictions": [
                {"mistake": c.mistake, "level": c.level, "severity": c.severity, "state": c.state}
                for c in self.contradictions
            ],
            "tensions": [asdict(tension) for tension in self.tensions],
            "why_not": {name: [_shown_unmet(unmet) for unmet in found] for name, found in self.why_not.items()},
        }


def _shown_result(result: Result) -> dict[str, Any]:
    shown = asdict(result)
    for level in shown["levels"]:
        del level["mean"]
    return shown


def _shown_unmet(unmet: Unmet) -> dict[str, Any]:
    return {**asdict(unmet), "questions": list(unmet.questions), "mistakes": list(unmet.mistakes)}


def score(assessment: Assessment, content: Content, *, on: date) -> Scorecard:
    """Place an assessment on the pyramid as of a date. The specification is docs/METHOD.md.

    >>> from cxassess.document.assessmentfile import load_assessment
    >>> from cxassess.content.reading import load_content
    >>> from cxassess.places import examples_dir
    >>> content = load_content()
    >>> assessment = load_assessment(examples_dir() / "kopi-lereng.json", content)
    >>> score(assessment, content, on=assessment.on).draft
    False
    """
    marks = tuple(_marks(assessment, content, on=on))
    sheet = _sheet(assessment, content, marks)
    readings = _readings(sheet)
    rated = _rated(sheet)
    keys = content.level_keys
    claimed = _result(keys, readings["claimed"], rated, np.ones(len(keys)))
    found = tuple(find_contradictions(assessment, content, {x.key: x.letter for x in claimed.levels}, on=on))
    consistent_caps = np.array(caps(found, keys, verified=False))
    verified_caps = np.array(caps(found, keys, verified=True))
    results: dict[ResultName, Result] = {
        "claimed": claimed,
        "consistent": _result(keys, readings["claimed"], rated, consistent_caps),
        "verified": _result(keys, readings["verified"], rated, verified_caps),
    }
    uncapped = np.ones(len(keys))
    bounds = readings["claimed"]
    return Scorecard(
        assessment=assessment,
        model=content.model.key,
        version=content.model.version,
        on=on,
        **results,
        marks=marks,
        contradictions=found,
        tensions=tuple(find_tensions(assessment, content, claimed.attained)),
        why_not={name: tuple(_why_not(name, results[name], sheet, content, found)) for name in RESULTS},
        not_applicable=tuple(_leverages(sheet, content, claimed)),
        unanswered=tuple(mark.key for mark in marks if mark.answer.state == "unanswered"),
        unjudged=tuple(m.key for m in content.mistakes if assessment.severity_of(m.key) is None),
        if_unknown_n=_result(keys, {**bounds, "point": bounds["lower"]}, rated, uncapped),
        if_unknown_f=_result(keys, {**bounds, "point": bounds["upper"]}, rated, uncapped),
    )


def _marks(assessment: Assessment, content: Content, *, on: date) -> Iterator[Mark]:
    records = {record.key: record for record in assessment.evidence}
    for question in content.questions:
        answer = assessment.answer_to(question.key)
        yield mark_answer(question.key, answer, records, content, on=on)


def mark_answer(key: str, answer: Answer, records: dict[str, Evidence], content: Content, *, on: date) -> Mark:
    """How one answer counts on a date: what its current evidence of grade 2 or more proves. METHOD 4."""
    grades = [
        (link, records[link.evidence].grade(content.evidence_kinds[records[link.evidence].kind], on=on))
        for link in answer.evidence
    ]
    proved = [supported(link) for link, grade in grades if grade >= PROOF]
    return Mark(
        key=key,
        answer=answer,
        proved=max(proved, key=RATINGS.index, default="N"),
        grade=max((grade for _, grade in grades), default=0),
    )


def supported(link: EvidenceLink) -> Rating:
    """The rating a piece of evidence supports: the one named, or the one its sample makes most probable."""
    if link.sample:
        return sample_rating(link.sample.k, link.sample.n)
    assert link.supports is not None  # the document's own check: one of the two is there
    return link.supports


@dataclass(frozen=True)
class _Sheet:
    """The answers as arrays over the questions, in content order."""

    keys: tuple[str, ...]
    level_of: NDArray[np.int64]
    core: NDArray[np.bool_]
    weights: Floats
    rated: NDArray[np.bool_]
    not_applicable: NDArray[np.bool_]
    points: Floats
    verified: Floats


def _sheet(assessment: Assessment, content: Content, marks: tuple[Mark, ...]) -> _Sheet:
    questions: tuple[Question, ...] = content.questions
    states = [mark.answer.state for mark in marks]
    return _Sheet(
        keys=tuple(question.key for question in questions),
        level_of=np.array([content.level_keys.index(question.level) for question in questions]),
        core=np.array([question.core for question in questions]),
        weights=np.array([float(assessment.weights.get(question.key, 1)) for question in questions]),
        rated=np.array([state == "rated" for state in states]),
        not_applicable=np.array([state == "not-applicable" for state in states]),
        points=np.array([POINTS[mark.answer.rating or "N"] for mark in marks]),
        verified=np.array([POINTS[mark.counted] for mark in marks]),
    )


def _by_level(sheet: _Sheet, values: NDArray[Any]) -> Floats:
    sums = np.bincount(sheet.level_of, weights=values.astype(float), minlength=LEVELS)
    return np.asarray(sums, dtype=np.float64)


def _rated(sheet: _Sheet) -> NDArray[np.bool_]:
    """Which levels are rated: tested on the answers as given."""
    return levels.is_rated(
        rated=_by_level(sheet, sheet.weights * sheet.rated),
        not_applicable=_by_level(sheet, sheet.weights * sheet.not_applicable),
        total=_by_level(sheet, sheet.weights),
        count=_by_level(sheet, sheet.rated),
    )


_Reading = dict[Literal["mean", "point", "lower", "upper"], Floats]


def _readings(sheet: _Sheet) -> dict[Literal["claimed", "verified"], _Reading]:
    """Means, points and bounds of every level: of the answers as given, and of what is proved."""
    applicable = sheet.weights * ~sheet.not_applicable
    open_ = ~sheet.rated & ~sheet.not_applicable
    mean = levels.achievements(sheet.points, sheet.weights * sheet.rated, sheet.level_of)
    low = levels.achievements(sheet.points, applicable, sheet.level_of)
    high = levels.achievements(np.where(open_, 1.0, sheet.points), applicable, sheet.level_of)
    proved = levels.achievements(sheet.verified, applicable, sheet.level_of)
    core_n = _core_at_n(sheet, sheet.points)
    point = _capped(mean, core_n)
    proved_point = _capped(proved, _core_at_n(sheet, sheet.verified))
    return {
        "claimed": {
            "mean": mean,
            "point": point,
            "lower": _capped(low, core_n),
            "upper": _capped(high, _core_at_n(sheet, np.where(open_, 1.0, sheet.points))),
        },
        "verified": {"mean": proved, "point": proved_point, "lower": proved_point, "upper": proved_point},
    }


def _core_at_n(sheet: _Sheet, points: Floats) -> NDArray[np.bool_]:
    """The levels whose core question is N; an open core question has no points, so it counts as N too."""
    return _by_level(sheet, sheet.core & (points <= 0) & ~sheet.not_applicable) > 0


def _capped(achievement: Floats, core_at_n: NDArray[np.bool_]) -> Floats:
    return np.where(core_at_n, np.minimum(achievement, CORE_CAP), achievement)


def _result(keys: tuple[str, ...], reading: _Reading, rated: NDArray[np.bool_], most: Floats) -> Result:
    point = np.minimum(reading["point"], most)
    counted = np.where(rated, point, 0.0)
    attained = int(levels.attained(counted))
    return Result(
        attained=attained,
        secured=int(levels.secured(counted)),
        reach=int(levels.reach(counted)),
        height=float(levels.height(counted)),
        not_rated_at=_stopped_by(keys, counted, rated, attained),
        levels=tuple(
            LevelResult(
                key=key,
                achievement=float(point[i]) if rated[i] else None,
                lower=float(min(reading["lower"][i], most[i])),
                upper=float(min(reading["upper"][i], most[i])),
                letter=levels.band(float(point[i])) if rated[i] else None,
                rated=bool(rated[i]),
                mean=float(reading["mean"][i]),
            )
            for i, key in enumerate(keys)
        ),
    )


def _stopped_by(keys: tuple[str, ...], counted: Floats, rated: NDArray[np.bool_], attained: int) -> str | None:
    """The not-rated level next above the level attained, if nothing else stands in the way."""
    if attained == len(keys) or rated[attained]:
        return None
    return keys[attained] if (counted[:attained] >= GATE - levels.TOLERANCE).all() else None


def _why_not(
    name: ResultName, result: Result, sheet: _Sheet, content: Content, found: tuple[Contradiction, ...]
) -> Iterator[Unmet]:
    """The conditions for the level above the one attained that do not hold, from the bottom up."""
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


def _shortfalls(level: LevelResult, index: int, is_next: bool, points: Floats, sheet: _Sheet) -> Iterator[Unmet]:
    """The answers' part: a mean under the cut, a core question at N."""
    mine = (sheet.level_of == index) & ~sheet.not_applicable
    counted = mine & (sheet.rated | (points is sheet.verified))
    if not _holds(level.mean, is_next=is_next):
        low = _keys(sheet, counted & (points < POINTS["L"] - levels.TOLERANCE))
        yield Unmet(level.key, "achievement" if is_next else "gate", level.mean, PASS if is_next else GATE, low)
    core = _keys(sheet, mine & sheet.core & (points <= 0))
    if core:
        yield Unmet(level.key, "core", 0.0, POINTS["P"], core)


def _standing(level: str, found: tuple[Contradiction, ...], *, verified: bool) -> Iterator[Unmet]:
    """The contradictions' part: a cap of 1/2 passes neither cut; a cap of .85 passes both."""
    mistakes = tuple(
        one.mistake for one in found if one.level == level and one.cap <= PASS and one.stands(verified=verified)
    )
    if mistakes:
        yield Unmet(level, "contradiction", 3, 2, mistakes=mistakes)


def _too_little_rated(level: str, index: int, sheet: _Sheet) -> Unmet:
    """The first of the three tests that a not-rated level fails, and the answers it hangs on."""
    mine = sheet.level_of == index
    weights = sheet.weights * mine
    applicable = float((weights * ~sheet.not_applicable).sum())
    share = float((weights * sheet.rated).sum()) / applicable if applicable else 1.0
    open_ = _keys(sheet, mine & ~sheet.rated & ~sheet.not_applicable)
    dropped = _keys(sheet, mine & sheet.not_applicable)
    if share < RATED_SHARE - levels.TOLERANCE:
        return Unmet(level, "rated", share, RATED_SHARE, open_ or dropped)
    left_out = float((weights * sheet.not_applicable).sum() / weights.sum())
    if left_out > levels.NOT_APPLICABLE_SHARE + levels.TOLERANCE:
        return Unmet(level, "rated", left_out, levels.NOT_APPLICABLE_SHARE, dropped)
    count = float((mine & sheet.rated).sum())
    return Unmet(level, "rated", count, levels.RATED_QUESTIONS, open_ + dropped)


def _keys(sheet: _Sheet, chosen: NDArray[np.bool_]) -> tuple[str, ...]:
    return tuple(key for key, is_in in zip(sheet.keys, chosen, strict=True) if is_in)


def _leverages(sheet: _Sheet, content: Content, claimed: Result) -> Iterator[Leverage]:
    """For each level with not-applicable answers: the level under both readings. METHOD 7."""
    keys = content.level_keys
    for index, key in enumerate(keys):
        dropped = sheet.not_applicable & (sheet.level_of == index)
        if not dropped.any():
            continue
        at_n = replace(sheet, rated=sheet.rated | dropped, not_applicable=sheet.not_applicable & ~dropped)
        other = _result(keys, _readings(at_n)["claimed"], _rated(at_n), np.ones(len(keys)))
        yield Leverage(
            level=key,
            questions=_keys(sheet, dropped),
            as_is=claimed,
            if_n=other,
        )
