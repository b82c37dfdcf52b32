"""The scorer against a second one in exact fractions (tests/kit/scorer.py), on companies that lie on the cuts."""

from collections import Counter
from dataclasses import fields, is_dataclass
from fractions import Fraction
from typing import Any

import pytest
from kit.cases import CUTS, case
from kit.made import ON
from kit.scorer import plain_score

from cxassess.pyramid.scorecard import Scorecard
from cxassess.pyramid.scoring import score

# What of a scorecard is asked or handed on, not computed.
GIVEN = {"assessment", "model", "version", "on", "marks"}


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


def both(seed: int) -> tuple[dict[str, Any], Scorecard]:
    """What the two scorers make of one company."""
    assessment, content = case(seed)
    return plain_score(assessment, content, on=ON), score(assessment, content, on=ON)


@pytest.fixture(scope="module")
def cards() -> dict[int, tuple[dict[str, Any], Scorecard]]:
    return {seed: both(seed) for seed in range(400)}


def test_two_scorers_agree(cards: dict[int, tuple[dict[str, Any], Scorecard]]) -> None:
    """400 companies: every field of every result, reasons, contradictions, tensions, leverage, the open at N and F."""
    found = {seed: differences(plain, card) for seed, (plain, card) in cards.items()}
    assert {seed: lines for seed, lines in found.items() if lines} == {}


def test_the_companies_lie_on_the_cuts(cards: dict[int, tuple[dict[str, Any], Scorecard]]) -> None:
    """Or this comparison would prove little: every cut is met exactly, every level reached, every need named."""
    met: Counter[object] = Counter()
    for plain, card in cards.values():
        for result in (plain["claimed"], plain["verified"]):
            met.update(level["achievement"] for level in result["levels"])
            met[result["attained"]] += 1
        met.update(unmet.need for reasons in card.why_not.values() for unmet in reasons)
        met.update((one.severity, one.state, one.proved) for one in card.contradictions)
    for cut in CUTS:
        assert met[cut] > 5
    needs = ("achievement", "gate", "core", "rated", "contradiction")
    contradictions = [(2, "open", False), (3, "open", False), (3, "excepted", False), (3, "excepted", True)]
    for one in (*range(7), *needs, *contradictions):
        assert met[one] > 5, one


@pytest.mark.long
def test_two_scorers_agree_at_length() -> None:
    """The same on 10,000 more."""
    for seed in range(400, 10_400):
        assert differences(*both(seed)) == [], seed
