"""From answers to a scorecard: claimed, consistent and verified level, and why not the next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from cxassess.content.model import RATINGS, Rating
from cxassess.content.reading import Content
from cxassess.document.answers import Answer, Evidence, EvidenceLink
from cxassess.document.assessment import Assessment
from cxassess.pyramid import levels
from cxassess.pyramid.advice import recommend
from cxassess.pyramid.contradictions import PROVING_GRADE, Contradiction, caps, find_contradictions, find_tensions
from cxassess.pyramid.levels import CORE_CAP, GATE, Floats
from cxassess.pyramid.samples import sample_rating
from cxassess.pyramid.scorecard import RESULTS, LevelResult, Leverage, Mark, Result, ResultName, Scorecard
from cxassess.pyramid.sheet import Sheet, by_level, keys_where, sheet_of
from cxassess.pyramid.whynot import why_not


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
    sheet = sheet_of(assessment, content, marks)
    readings = _readings(sheet)
    rated = _rated(sheet)
    keys = content.level_keys
    as_given = readings["claimed"]
    claimed = _result(keys, as_given, rated)
    found = tuple(find_contradictions(assessment, content, {x.key: x.letter for x in claimed.levels}, on=on))
    results = {"claimed": claimed, **_under_caps(keys, readings, rated, found)}
    card = Scorecard(
        assessment=assessment,
        model=content.model.key,
        version=content.model.version,
        on=on,
        **results,
        marks=marks,
        contradictions=found,
        tensions=tuple(find_tensions(assessment, content, claimed.attained)),
        why_not={name: tuple(why_not(name, results[name], sheet, content, found)) for name in RESULTS},
        not_applicable=tuple(_leverages(sheet, content, claimed)),
        unanswered=tuple(mark.key for mark in marks if mark.answer.state == "unanswered"),
        unjudged=tuple(m.key for m in content.mistakes if assessment.severity_of(m.key) is None),
        if_unknown_n=_result(keys, {**as_given, "point": as_given["lower"]}, rated),
        if_unknown_f=_result(keys, {**as_given, "point": as_given["upper"]}, rated),
        recommendations=(),
    )
    # What to do next follows from all of the above.
    return replace(card, recommendations=recommend(card, content))


def _marks(assessment: Assessment, content: Content, *, on: date) -> Iterator[Mark]:
    records = {record.key: record for record in assessment.evidence}
    for question in content.questions:
        answer = assessment.answer_to(question.key)
        yield mark_answer(question.key, answer, records, content, on=on)


def mark_answer(key: str, answer: Answer, records: dict[str, Evidence], content: Content, *, on: date) -> Mark:
    """How one answer counts on a date: what its current evidence of grade 2 or more proves. METHOD 4."""
    proved: list[Rating] = []
    best = 0
    for link in answer.evidence:
        record = records[link.evidence]
        grade = record.grade(content.evidence_kinds[record.kind], on=on)
        rating = supported(link)
        if rating is None:
            grade = min(grade, PROVING_GRADE - 1)  # it proves nothing until somebody has said what it shows
        elif grade >= PROVING_GRADE:
            proved.append(rating)
        best = max(best, grade)
    return Mark(key=key, answer=answer, proved=max(proved, key=RATINGS.index, default="N"), grade=best)


def supported(link: EvidenceLink) -> Rating | None:
    """The rating a piece of evidence supports: the one named, or the one its sample makes most probable.

    None where nobody has said yet what it shows.
    """
    return sample_rating(link.sample.k, link.sample.n) if link.sample else link.supports


def _rated(sheet: Sheet) -> NDArray[np.bool_]:
    """Which levels are rated: tested on the answers as given."""
    return levels.is_rated(
        rated=by_level(sheet, sheet.weights * sheet.rated),
        not_applicable=by_level(sheet, sheet.weights * sheet.not_applicable),
        total=by_level(sheet, sheet.weights),
        count=by_level(sheet, sheet.rated),
    )


_Reading = dict[Literal["mean", "point", "lower", "upper"], Floats]
_Readings = dict[Literal["claimed", "verified"], _Reading]


def _readings(sheet: Sheet) -> _Readings:
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


def _core_at_n(sheet: Sheet, points: Floats) -> NDArray[np.bool_]:
    """The levels whose core question is N; an open one has no points, so it counts as N too. METHOD 2."""
    return by_level(sheet, sheet.core & (points <= 0) & ~sheet.not_applicable) > 0


def _capped(achievement: Floats, core_at_n: NDArray[np.bool_]) -> Floats:
    return np.where(core_at_n, np.minimum(achievement, CORE_CAP), achievement)


def _under_caps(
    keys: tuple[str, ...], readings: _Readings, rated: NDArray[np.bool_], found: tuple[Contradiction, ...]
) -> dict[ResultName, Result]:
    """The consistent and the verified result: under the contradictions that stand in each."""
    consistent, verified = (np.array(caps(found, keys, verified=proved)) for proved in (False, True))
    return {
        "consistent": _result(keys, readings["claimed"], rated, consistent),
        "verified": _result(keys, readings["verified"], rated, verified),
    }


def _result(
    keys: tuple[str, ...], reading: _Reading, rated: NDArray[np.bool_], most: Floats | float = 1.0
) -> Result:
    """A result of one reading; `most` is what each level's achievement can be at most."""
    point, lower, upper = (np.minimum(reading[part], most) for part in ("point", "lower", "upper"))
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
                lower=float(lower[i]),
                upper=float(upper[i]),
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


def _leverages(sheet: Sheet, content: Content, claimed: Result) -> Iterator[Leverage]:
    """For each level with not-applicable answers: the level under both readings. METHOD 7."""
    keys = content.level_keys
    for index, key in enumerate(keys):
        dropped = sheet.not_applicable & (sheet.level_of == index)
        if not dropped.any():
            continue
        at_n = replace(sheet, rated=sheet.rated | dropped, not_applicable=sheet.not_applicable & ~dropped)
        other = _result(keys, _readings(at_n)["claimed"], _rated(at_n))
        yield Leverage(
            level=key,
            questions=keys_where(sheet, dropped),
            as_is=claimed,
            if_n=other,
        )
