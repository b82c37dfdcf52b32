"""The example companies: each tells another story, and the numbers tell it too."""

import pytest

from cxassess.content.reading import Content
from cxassess.document.assessmentfile import load_assessment
from cxassess.places import examples_dir
from cxassess.pyramid.scorecard import Scorecard
from cxassess.pyramid.scoring import score

# file → claimed / consistent / verified as printed
SHAPES = {
    "bank-teluk-biru": "2 / 2 / 2",  # a strong base, and no more
    "jaringan-nusa-elok": "3 / 1 / 1",  # contradictions everywhere
    "kopi-lereng": "4 / 3 / 2",  # each reading lower than the one before
    "kopi-lereng-2027": "4 / 4 / 4",  # the same company a year later
    "lintas-armada": "≥ 3 / ≥ 3 / 2",  # much is not applicable
    "polderfiets": "0 / 0 / 0",  # an inverted pyramid, and a draft
    "rs-puspa-husada": "5 / 5 / 0",  # high claims, unproved
}


def card(name: str, content: Content) -> Scorecard:
    assessment = load_assessment(examples_dir() / f"{name}.json", content)
    return score(assessment, content, on=assessment.on)


def test_every_example_is_known_here() -> None:
    """Six companies, seven files."""
    assert {path.stem for path in examples_dir().glob("*.json")} == set(SHAPES)


@pytest.mark.parametrize("name", SHAPES)
def test_shape(name: str, content: Content) -> None:
    """The story a trainer tells is the one that is computed."""
    shown = " / ".join(result.shown for result in card(name, content).results.values())
    assert shown == SHAPES[name]


def test_what_each_is_there_for(content: Content) -> None:
    """Islands, contradictions, not-applicable, drafts, want of proof: one company each at least."""
    assert card("polderfiets", content).claimed.reach == 5
    assert card("polderfiets", content).draft
    telecom = card("jaringan-nusa-elok", content).contradictions
    assert sum(one.state == "open" for one in telecom) >= 7
    assert {one.proved for one in telecom if one.state == "excepted"} == {True, False}
    logistics = card("lintas-armada", content)
    assert sum(mark.answer.state == "not-applicable" for mark in logistics.marks) >= 16
    assert logistics.claimed.not_rated_at == "anticipate"
    assert sum(mark.proof == "proved" for mark in card("rs-puspa-husada", content).marks) <= 3


def test_before_and_after_can_be_compared(content: Content) -> None:
    """Same company, unit, weights and questions, a year apart; some answers word for word the same."""
    before, after = (card(name, content).assessment for name in ("kopi-lereng", "kopi-lereng-2027"))
    assert before.profile.organisation == after.profile.organisation
    assert (before.profile.unit, before.weights) == (after.profile.unit, after.weights)
    assert (after.on - before.on).days == 365
    assert set(before.answers) == set(after.answers)
    same = [key for key in before.answers if before.answers[key].note == after.answers[key].note is not None]
    assert 3 <= len(same) <= 15
