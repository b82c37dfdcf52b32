"""From answers to a scorecard: claimed, consistent and verified level, and why not the next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from cxassess.content.model import LEVELS, PROVING_GRADE, RATINGS, Rating
from cxassess.content.reading import Content
from cxassess.document.answers import Answer, Evidence, EvidenceLink
from cxassess.document.assessment import Assessment
from cxassess.pyramid import levels
from cxassess.pyramid.advice import recommend
from cxassess.pyramid.contradictions import caps, find_contradictions, find_tensions
from cxassess.pyramid.levels import CORE_CAP, GATE, Floats
from cxassess.pyramid.samples import sample_rating
from cxassess.pyramid.scorecard import RESULTS, LevelResult, Leverage, Mark, Result, ResultName, Scorecard
from cxassess.pyramid.sheet import Sheet, by_level, keys_where, sheet_of
from cxassess.pyramid.whynot import why_not

# What is left of each level where no contradiction caps it.
UNCAPPED = (1.0,) * LEVELS


def score(assessment: Assessment, content: Content, *, on: date) -> Scorecard:
    """Place an assessment on the pyramid as of a date. The specification is docs/METHOD.md.

    The assessment must fit the content (`check_assessment` tells whether it does): a link to evidence, a level
    or a kind of evidence that is not there raises KeyError.

    >>> from cxassess.document.assessmentfile import load_assessment
    >>> from cxassess.content.reading import load_content
    >>> from cxassess.places import examples_dir
    >>> content = load_content()
    >>> assessment = load_assessment(examples_dir() / "kopi-lereng.json", content)
    >>> score(assessment, content, on=assessment.on).claimed.attained
    4
    """
    card = _card(assessment, content, on=on)
    return replace(card, recommendations=recommend(card, content))


def _card(assessment: Assessment, content: Content, *, on: date) -> Scorecard:
    """The scorecard but for what to do next, which follows from all of it."""
    marks = tuple(_marks(assessment, content, on=on))
    sheet = sheet_of(assessment, content, marks)
    keys, rated = content.level_keys, _rated(sheet)
    as_given, proved = _as_given(sheet), _proved(sheet)

    claimed = _result(keys, as_given, rated)
    letters = {level.key: level.letter for level in claimed.levels}
    contradictions = tuple(find_contradictions(assessment, content, letters, on=on))
    results: dict[ResultName, Result] = {
        "claimed": claimed,
        "consistent": _result(keys, as_given, rated, caps(contradictions, keys, verified=False)),
        "verified": _result(keys, proved, rated, caps(contradictions, keys, verified=True)),
    }
    return Scorecard(
        assessment=assessment,
        model=content.model.key,
        version=content.model.version,
        on=on,
        **results,
        marks=marks,
        contradictions=contradictions,
        tensions=tuple(find_tensions(assessment, content, claimed.attained)),
        why_not={name: tuple(why_not(name, results[name], sheet, contradictions)) for name in RESULTS},
        not_applicable=tuple(_leverages(sheet, keys, claimed)),
        unanswered=tuple(mark.key for mark in marks if mark.answer.state == "unanswered"),
        unjudged=tuple(one.key for one in content.mistakes if assessment.severity_of(one.key) is None),
        if_unknown_n=_result(keys, replace(as_given, point=as_given.lower), rated),
        if_unknown_f=_result(keys, replace(as_given, point=as_given.upper), rated),
        recommendations=(),
    )


# --- how an answer counts ---


def _marks(assessment: Assessment, content: Content, *, on: date) -> Iterator[Mark]:
    records = {record.key: record for record in assessment.evidence}
    for question in content.questions:
        answer = assessment.answer_to(question.key)
        yield mark_answer(question.key, answer, records, content, on=on)


def mark_answer(key: str, answer: Answer, records: Mapping[str, Evidence], content: Content, *, on: date) -> Mark:
    """How one answer counts on a date: what its current evidence of grade 2 or more proves. METHOD 4.

    `key` is that of its question or indicator, `records` are the assessment's evidence by key. KeyError where a
    link names evidence that is not there.
    """
    best_grade = 0
    proved: list[Rating] = []
    for link in answer.evidence:
        record = records[link.evidence]
        grade = record.grade(content.evidence_kinds[record.kind], on=on)
        rating = supported(link)
        if rating is None:
            grade = min(grade, PROVING_GRADE - 1)  # it proves nothing until somebody has said what it shows
        elif grade >= PROVING_GRADE:
            proved.append(rating)
        best_grade = max(best_grade, grade)
    return Mark(key=key, answer=answer, proved=max(proved, key=RATINGS.index, default="N"), grade=best_grade)


def supported(link: EvidenceLink) -> Rating | None:
    """The rating a piece of evidence supports: the one named, or the one its sample makes most probable.

    None where nobody has said yet what it shows.

    >>> from cxassess.document.answers import Sample
    >>> supported(EvidenceLink(evidence="E-01", sample=Sample(k=22, n=30)))
    'L'
    """
    return sample_rating(link.sample.k, link.sample.n) if link.sample else link.supports


# --- levels, by two readings of the answers ---


@dataclass(frozen=True)
class _Reading:
    """What the answers make of each level, as shares of one in arrays of shape (6,), before contradictions.

    `mean` is before any cap, `point` after the core cap, `lower` and `upper` are the bounds, core cap and all.
    """

    mean: Floats
    point: Floats
    lower: Floats
    upper: Floats


def _as_given(sheet: Sheet) -> _Reading:
    """The answers as given: what is open is left out, but in the bounds, where it is N and F. METHOD 2."""
    mean = levels.achievements(sheet.points, sheet.weights * sheet.rated, sheet.level_of)
    applicable = sheet.weights * sheet.applicable
    open_at_f = np.where(sheet.open, 1.0, sheet.points)
    low = levels.achievements(sheet.points, applicable, sheet.level_of)
    high = levels.achievements(open_at_f, applicable, sheet.level_of)
    core_at_n = _core_at_n(sheet, sheet.points)
    return _Reading(
        mean=mean,
        point=_core_capped(mean, core_at_n),
        lower=_core_capped(low, core_at_n),
        # At F, an open core question caps nothing.
        upper=_core_capped(high, _core_at_n(sheet, open_at_f)),
    )


def _proved(sheet: Sheet) -> _Reading:
    """What is proved: what is open counts as N already, so that the bounds are the point. METHOD 4."""
    mean = levels.achievements(sheet.verified, sheet.weights * sheet.applicable, sheet.level_of)
    point = _core_capped(mean, _core_at_n(sheet, sheet.verified))
    return _Reading(mean=mean, point=point, lower=point, upper=point)


def _core_at_n(sheet: Sheet, points: Floats) -> NDArray[np.bool_]:
    """The levels whose core question is N; an open one has no points, so it counts as N too. METHOD 2."""
    return by_level(sheet, sheet.core & sheet.applicable & (points <= 0)) > 0


def _core_capped(achievement: Floats, core_at_n: NDArray[np.bool_]) -> Floats:
    return np.where(core_at_n, np.minimum(achievement, CORE_CAP), achievement)


def _rated(sheet: Sheet) -> NDArray[np.bool_]:
    """Which levels are rated: tested on the answers as given, for every reading."""
    return levels.is_rated(
        rated=by_level(sheet, sheet.weights * sheet.rated),
        not_applicable=by_level(sheet, sheet.weights * sheet.not_applicable),
        total=by_level(sheet, sheet.weights),
        count=by_level(sheet, sheet.rated),
    )


# --- results ---


def _result(
    keys: tuple[str, ...], reading: _Reading, rated: NDArray[np.bool_], most: Sequence[float] = UNCAPPED
) -> Result:
    """The level reached by a reading, when contradictions leave at most `most` of each level."""
    point, lower, upper = (np.minimum(bound, most) for bound in (reading.point, reading.lower, reading.upper))
    counted = np.where(rated, point, 0.0)
    attained = int(levels.attained(counted))
    level_results = []
    for i, key in enumerate(keys):
        achievement = float(point[i]) if rated[i] else None
        level_results.append(
            LevelResult(
                key=key,
                achievement=achievement,
                lower=float(lower[i]),
                upper=float(upper[i]),
                letter=None if achievement is None else levels.band(achievement),
                rated=bool(rated[i]),
                mean=float(reading.mean[i]),
            )
        )
    return Result(
        attained=attained,
        secured=int(levels.secured(counted)),
        reach=int(levels.reach(counted)),
        height=float(levels.height(counted)),
        not_rated_at=_stopped_by(keys, counted, rated, attained),
        levels=tuple(level_results),
    )


def _stopped_by(keys: tuple[str, ...], counted: Floats, rated: NDArray[np.bool_], attained: int) -> str | None:
    """The not-rated level next above the level attained, if nothing else stands in the way."""
    if attained == len(keys) or rated[attained]:
        return None
    carries = (counted[:attained] >= GATE - levels.TOLERANCE).all()
    return keys[attained] if carries else None


def _leverages(sheet: Sheet, keys: tuple[str, ...], claimed: Result) -> Iterator[Leverage]:
    """For each level with not-applicable answers: claimed as it is, and with those rated N. METHOD 7."""
    for index, key in enumerate(keys):
        dropped = sheet.not_applicable & (sheet.level_of == index)
        if dropped.any():
            at_n = replace(sheet, rated=sheet.rated | dropped, not_applicable=sheet.not_applicable & ~dropped)
            if_n = _result(keys, _as_given(at_n), _rated(at_n))
            yield Leverage(level=key, questions=keys_where(sheet, dropped), as_is=claimed, if_n=if_n)
