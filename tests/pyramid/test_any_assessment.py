"""What holds for any assessment: that a second scorer agrees (tests/kit/scorer.py), and that results are ordered.

The companies are made by tests/kit/cases.py: contents of their own, achievements on the cuts or a hair beside.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from fractions import Fraction
from functools import cache
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kit.cards import scored, shares
from kit.cases import CUTS, case
from kit.made import ON
from kit.scorer import plain_score

from cxassess.content.model import PROVING_GRADE, RATINGS
from cxassess.content.reading import Content
from cxassess.document.answers import Answer, Judgement
from cxassess.document.assessment import Assessment
from cxassess.pyramid.scorecard import PROOFS, Result, Scorecard

# What of a scorecard is asked or handed on, or follows from the rest by rules that the second scorer has not.
GIVEN = {"assessment", "model", "version", "on", "marks", "recommendations"}

SEEDS = range(400)


@cache
def both(seed: int) -> tuple[dict[str, Any], Scorecard]:
    """What the two scorers make of one company."""
    assessment, content = case(seed)
    return plain_score(assessment, content, on=ON), scored(assessment, content)


def cards() -> Iterator[Scorecard]:
    """The scorecards of 400 companies."""
    return (both(seed)[1] for seed in SEEDS)


# --- two scorers ---


def parts(value: Any) -> dict[str, Any]:
    """The fields of a value by name."""
    if not is_dataclass(value):
        return dict(value)
    return {one.name: getattr(value, one.name) for one in fields(value)}


def differences(plain: Any, found: Any, place: str = "") -> list[str]:
    """Where two scorecards are not the same; numbers may differ by what a sum of floats may."""
    if isinstance(plain, dict):
        by_name = parts(found)
        lines = [f"{place}.{name}: is in one only" for name in sorted(set(plain) ^ set(by_name) - GIVEN)]
        for name in plain.keys() & by_name.keys():
            lines += differences(plain[name], by_name[name], f"{place}.{name}")
        return lines
    if isinstance(plain, list):
        lines = [] if len(plain) == len(found) else [f"{place}: {plain} is not {found}"]
        for number, (one, other) in enumerate(zip(plain, found, strict=False)):
            lines += differences(one, other, f"{place}.{number}")
        return lines
    if isinstance(plain, Fraction) and found is not None:
        same = abs(float(plain) - found) < 1e-9
    else:
        same = plain == found
    return [] if same else [f"{place}: {plain} is not {found}"]


def test_two_scorers_agree() -> None:
    """400 companies: results, bounds, reasons, contradictions, tensions, leverage, the open at N and at F."""
    for seed in SEEDS:
        assert differences(*both(seed)) == [], seed


@pytest.mark.long
def test_two_scorers_agree_at_length() -> None:
    """The same on 10,000 more."""
    for seed in range(400, 10_400):
        assert differences(*both.__wrapped__(seed)) == [], seed


def test_the_companies_lie_on_the_cuts() -> None:
    """Or the comparison would prove little: every cut is met exactly, every level reached, every need named."""
    met: Counter[object] = Counter()
    for plain, card in map(both, SEEDS):
        for result in (plain["claimed"], plain["verified"]):
            met.update(level["achievement"] for level in result["levels"])
            met[result["attained"]] += 1
        met.update(unmet.need for reasons in card.why_not.values() for unmet in reasons)
        met.update((one.severity, one.state, one.proved) for one in card.contradictions)
    needs = ("achievement", "gate", "core", "rated", "contradiction")
    contradictions = [(2, "open", False), (3, "open", False), (3, "excepted", False), (3, "excepted", True)]
    for one in (*CUTS, *range(7), *needs, *contradictions):
        assert met[one] > 5, one


# --- of one scorecard ---


def at_least(high: Result, low: Result) -> bool:
    """Nothing of `low` is above `high`: A, attained, secured, reach, H."""
    numbers = ("attained", "secured", "reach", "height")
    fine = all(getattr(high, name) >= getattr(low, name) - 1e-9 for name in numbers)
    return fine and all(a >= b - 1e-9 for a, b in zip(shares(high), shares(low), strict=True))


def test_the_three_results_are_ordered() -> None:
    """verified ≤ consistent ≤ claimed, and in each secured ≤ attained ≤ reach."""
    for card in cards():
        assert at_least(card.claimed, card.consistent)
        assert at_least(card.consistent, card.verified)
        for result in card.results.values():
            assert result.secured <= result.attained <= result.reach


def test_bounds_contain_the_achievement() -> None:
    """lower ≤ A ≤ upper in every result, and the claimed result is between what is open at N and at F."""
    for card in cards():
        for level in (level for result in card.results.values() for level in result.levels):
            if level.achievement is not None:
                assert level.lower - 1e-9 <= level.achievement <= level.upper + 1e-9
        assert at_least(card.claimed, card.if_unknown_n)
        assert at_least(card.if_unknown_f, card.claimed)


def test_proof_is_what_counts() -> None:
    """It agrees with the rating that counts in verified: whole, lower but not N, N."""
    for mark in (mark for card in cards() for mark in card.marks):
        assert mark.proof in PROOFS
        assert (mark.proof == "unrated") == (mark.answer.rating is None)
        if mark.proof == "proved":
            assert mark.counted == mark.answer.rating and mark.grade >= PROVING_GRADE
        if mark.proof == "partly":
            assert "N" != mark.counted != mark.answer.rating
        if mark.proof == "unproved":
            assert mark.counted == "N"


def test_why_not_explains_every_stop() -> None:
    """Below level 6 there is always a reason, none twice, and none above the next level."""
    for card in cards():
        for name, result in card.results.items():
            why = card.why_not[name]
            numbers = [[level.key for level in result.levels].index(one.level) for one in why]
            assert bool(why) == (result.attained < 6)
            assert len({(one.level, one.need) for one in why}) == len(why)
            assert all(number <= result.attained for number in numbers)


# --- of two ---

any_company = given(st.integers(0, 2**32))
many = settings(deadline=None)


def never_lower(before: Assessment, after: Assessment, content: Content) -> None:
    """Nothing of the three results falls by a change."""
    old, new = scored(before, content), scored(after, content)
    for name in old.results:
        assert at_least(new.results[name], old.results[name]), name


@many
@any_company
def test_raising_a_rating_never_lowers(seed: int) -> None:
    """In claimed and consistent, and in verified with the links as they were."""
    assessment, content = case(seed)
    low = {key: answer for key, answer in assessment.answers.items() if answer.rating in ("N", "P", "L")}
    for key in Random(seed).sample(sorted(low), min(1, len(low))):
        better = Random(seed).choice(RATINGS[RATINGS.index(low[key].rating) + 1 :])
        raised = low[key].model_copy(update={"rating": better})
        never_lower(assessment, assessment.answer(key, raised), content)


@many
@any_company
def test_better_evidence_never_lowers(seed: int) -> None:
    """Raising the grade of a record (here: one that is current, of the best kind) lowers nothing."""
    assessment, content = case(seed)
    records = list(assessment.evidence)
    index = Random(seed).randrange(len(records))
    records[index] = records[index].model_copy(update={"kind": "corroborated", "on": ON})
    never_lower(assessment, assessment.replaced(evidence=tuple(records)), content)


@many
@any_company
def test_a_lower_severity_never_lowers(seed: int) -> None:
    """Less of a mistake lowers nothing."""
    assessment, content = case(seed)
    severe = {key: judgement.severity for key, judgement in assessment.mistakes.items() if judgement.severity}
    for key in Random(seed).sample(sorted(severe), min(1, len(severe))):
        milder = Judgement(severity=Random(seed).randrange(severe[key]))
        never_lower(assessment, assessment.judge(key, milder), content)


@many
@any_company
def test_answering_an_unknown_never_lowers_verified(seed: int) -> None:
    """Unknown already counts as N there."""
    assessment, content = case(seed)
    open_ = [key for key, answer in assessment.answers.items() if answer.state in ("unknown", "unanswered")]
    for key in Random(seed).sample(open_, min(1, len(open_))):
        answer = Answer(state="rated", rating=Random(seed).choice(RATINGS))
        after = scored(assessment.answer(key, answer), content)
        assert at_least(after.verified, scored(assessment, content).verified)


@many
@any_company
def test_order_changes_nothing(seed: int) -> None:
    """Answers, mistakes, exceptions and evidence in any order give the same result."""
    assessment, content = case(seed)
    shuffled: dict[str, Any] = {}
    for field in ("answers", "mistakes", "evidence", "exceptions"):
        value = getattr(assessment, field)
        entries = list(value.items()) if isinstance(value, dict) else list(value)
        Random(seed).shuffle(entries)
        shuffled[field] = dict(entries) if isinstance(value, dict) else tuple(entries)
    other = assessment.model_copy(update=shuffled)
    assert scored(other, content).as_dict() == scored(assessment, content).as_dict()
