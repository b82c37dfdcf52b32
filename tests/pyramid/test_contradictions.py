"""Where answers and mistakes cannot both be true: when a mistake caps a level, and for how long."""

from dataclasses import replace

import pytest
from kit.cards import CONTENT, answered, link_of, scored
from kit.made import blank, rated, records

from cxassess.document.answers import Exemption, Judgement
from cxassess.document.assessment import Assessment
from cxassess.pyramid.contradictions import Contradiction, caps

OPEN = Contradiction(mistake="silos", level="resolve", severity=3, state="open", proved=False)
EXCEPTED = replace(OPEN, state="excepted")


def test_the_lowest_cap_counts() -> None:
    """Two mistakes against one level do not add up: one fact is not counted twice."""
    milder = replace(OPEN, mistake="long-waits", severity=2)
    assert caps([OPEN, milder], ["inform", "resolve"], verified=False) == [1.0, 0.5]
    assert caps([milder], ["inform", "resolve"], verified=False) == [1.0, 0.85]


def test_when_it_stands() -> None:
    """Open: in both. Excepted: in verified until it is proved."""
    assert OPEN.stands(verified=False) and OPEN.stands(verified=True)
    assert not EXCEPTED.stands(verified=False) and EXCEPTED.stands(verified=True)
    assert not replace(EXCEPTED, proved=True).stands(verified=True)


@pytest.mark.parametrize(
    ("severity", "letter", "capped"),
    [(3, "F", 0.5), (3, "L", 0.5), (3, "P", None), (2, "F", 0.85), (2, "L", None), (1, "F", None), (0, "F", None)],
)
def test_when_a_mistake_contradicts(severity: int, letter: str, capped: float | None) -> None:
    """Severity 3 contradicts L and F and leaves 1/2; severity 2 contradicts F only and leaves .85."""
    assessment = rated(CONTENT, letter * 6).judge("unresolved-problems", Judgement(severity=severity))
    card = scored(assessment)
    claimed = card.claimed.levels[1].achievement or 0
    assert card.consistent.levels[1].achievement == (capped if capped is not None else pytest.approx(claimed))
    assert [(one.mistake, one.level) for one in card.contradictions] == (
        [("unresolved-problems", "resolve")] if capped is not None else []
    )


def test_a_mistake_nobody_judged_contradicts_nothing() -> None:
    """No severity is not severity 0: nothing is capped, but the scorecard is a draft and names the mistake."""
    assessment = rated(CONTENT, "FFFFFF")
    unjudged = {key: judgement for key, judgement in assessment.mistakes.items() if key != "silos"}
    card = scored(assessment.replaced(mistakes=unjudged))
    assert card.contradictions == ()
    assert (card.unjudged, card.draft) == (("silos",), True)
    assert not scored(assessment).draft


def test_contradictions_stand_in_the_order_of_the_content() -> None:
    """Mistake by mistake, each with its links in order; one a mistake and level."""
    assessment = rated(CONTENT, "FFFFFF")
    for mistake in ("silos", "one-mass"):
        assessment = assessment.judge(mistake, Judgement(severity=3))
    found = [(one.mistake, one.level) for one in scored(assessment).contradictions]
    assert found == [
        ("one-mass", "resolve"),
        ("one-mass", "anticipate"),
        ("one-mass", "predict"),
        ("silos", "resolve"),
        ("silos", "respond"),
    ]


def excepted(*kinds: str, level: str = "resolve") -> Assessment:
    """All F, all proved, a systemic mistake against level 2, and an exception with evidence of some kinds."""
    everything = {question.key: answered("F", link_of("document", "F")) for question in CONTENT.questions}
    assessment = rated(CONTENT, "FFFFFF").replaced(answers=everything, evidence=records(CONTENT))
    proof = tuple(link_of(kind, "F").evidence for kind in kinds)
    exempt = Exemption(mistake="unresolved-problems", level=level, reason="one outlet", evidence=proof)
    return assessment.judge("unresolved-problems", Judgement(severity=3)).replaced(exceptions=(exempt,))


@pytest.mark.parametrize(
    ("kinds", "verified"),
    [((), 0.5), (("interview",), 0.5), (("document",), 1.0), (("interview", "document"), 1.0)],
)
def test_an_exception_lifts_the_cap_and_in_verified_needs_proof(kinds: tuple[str, ...], verified: float) -> None:
    """Excepted, consistent is whole again; verified only with evidence of grade 2 or more: unproved it clashes."""
    card = scored(excepted(*kinds))
    assert card.consistent.levels[1].achievement == 1.0
    assert card.verified.levels[1].achievement == verified
    assert card.contradictions[0].state == "excepted"
    assert [one.need for one in card.why_not["consistent"]] == []
    assert [one.need for one in card.why_not["verified"]] == (["contradiction"] if verified == 0.5 else [])


def test_an_exception_is_for_its_level_only() -> None:
    """Excepted at another level, the contradiction stands open."""
    card = scored(excepted("document", level="respond"))
    assert (card.contradictions[0].state, card.consistent.levels[1].achievement) == ("open", 0.5)


@pytest.mark.parametrize(
    ("ratings", "letter", "tense"),
    [("FFFFNN", "P", True), ("FFFFNN", "N", True), ("FFFFNN", "L", False), ("FFFNNN", "P", False)],
)
def test_tension(ratings: str, letter: str, *, tense: bool) -> None:
    """Level 4 claimed while an indicator is at N or P is shown at the level claimed, and caps nothing."""
    assessment = rated(CONTENT, ratings).replaced(indicators={"voice-first": answered(letter)})
    card = scored(assessment)
    found = [(one.indicator, one.rating, one.level) for one in card.tensions]
    assert found == ([("voice-first", letter, "anticipate")] if tense else [])
    assert card.consistent.attained == card.claimed.attained


def test_an_indicator_without_an_answer_is_no_tension() -> None:
    """What nobody asked is no sign against the level."""
    assert scored(blank(CONTENT, answers=rated(CONTENT, "FFFFFF").answers)).tensions == ()
