"""From answers to a scorecard: the worked example to the printed digits, states, weights, evidence, dates."""

import subprocess
import sys
from dataclasses import replace
from decimal import Decimal

import pytest
from kit.cards import CONTENT, DROPPED, UNKNOWN, answered, link_of, scored, shares
from kit.made import ON, blank, rated, records

from cxassess.content.reading import Content
from cxassess.document.answers import UNANSWERED, Answer, EvidenceLink, Judgement, Sample
from cxassess.document.assessment import Assessment
from cxassess.pyramid.scoring import score, supported

# --- METHOD 10 ---


def test_kopi_kencana_claimed(golden: Assessment, golden_content: Content) -> None:
    """METHOD 10: attained 4, secured 3, reach 4, H = 3.3576, and the column A with level 6's bounds."""
    claimed = scored(golden, golden_content).claimed
    assert (claimed.attained, claimed.secured, claimed.reach) == (4, 3, 4)
    assert round(claimed.height, 4) == 3.3576
    assert [round(x, 4) for x in shares(claimed)] == [0.9167, 0.8889, 0.75, 0.5833, 0.25, 0]
    assert (claimed.levels[5].lower, claimed.levels[5].upper) == (0, 0.25)


def test_kopi_kencana_consistent(golden: Assessment, golden_content: Content) -> None:
    """METHOD 10: "impersonal service" at 3 leaves A4 = .50 and 3, 3, 3, H = 3.2431."""
    consistent = scored(golden, golden_content).consistent
    assert (consistent.attained, consistent.secured, consistent.reach) == (3, 3, 3)
    assert round(consistent.height, 4) == 3.2431
    assert shares(consistent)[3] == 0.5


@pytest.mark.parametrize("severity", [3, 0])
def test_kopi_kencana_verified(golden: Assessment, golden_content: Content, severity: int) -> None:
    """METHOD 10: verified is 2 with H = 1.9931, that contradiction open or not."""
    judged = golden.judge("impersonal-service", Judgement(severity=severity))
    verified = scored(judged, golden_content).verified
    assert (verified.attained, verified.secured, verified.reach) == (2, 2, 2)
    assert round(verified.height, 4) == 1.9931
    assert [round(x, 4) for x in shares(verified)] == [0.9167, 0.8889, 0.1667, 0.0833, 0, 0]


def test_kopi_kencana_leverage(golden: Assessment, golden_content: Content) -> None:
    """METHOD 10: level 2's not-applicable answer is worth .2222; level 4 either way."""
    (leverage,) = scored(golden, golden_content).not_applicable
    assert leverage.level == "resolve"
    before, after = (result.levels[1].achievement or 0 for result in (leverage.as_is, leverage.if_n))
    assert round(before - after, 4) == 0.2222
    assert (leverage.as_is.attained, leverage.if_n.attained) == (4, 4)


# --- states and caps ---


@pytest.mark.parametrize("core", [answered("N"), UNKNOWN, UNANSWERED])
def test_a_core_question_caps_its_level(core: Answer) -> None:
    """At N, unknown or unanswered it holds its level at 1/2; open, it might yet be F: the upper bound is free."""
    card = scored(rated(CONTENT, "FFFFFF").answer("respond-3", core))
    level = card.claimed.levels[2]
    assert (level.achievement, level.lower) == (0.5, 0.5)
    assert level.upper == (0.5 if core.rating == "N" else 1.0)
    assert level.mean == pytest.approx(0.8 if core.rating == "N" else 1.0)
    assert card.claimed.attained == 2


def test_not_rated_says_at_least() -> None:
    """Where only a not-rated level stops the climb, it is named: the truth is "at least"; it has bounds still."""
    claimed = scored(rated(CONTENT, "FFFFFF").answer("respond-1", UNKNOWN).answer("respond-2", UNKNOWN)).claimed
    assert (claimed.attained, claimed.not_rated_at) == (2, "respond")
    assert (claimed.levels[2].achievement, claimed.levels[2].letter) == (None, None)
    assert (claimed.levels[2].lower, claimed.levels[2].upper) == (0.6, 1.0)


def test_a_weak_level_below_means_exactly() -> None:
    """Level 2 at 60 % carries nothing, so level 3, not rated, does not make it "at least level 2"."""
    assessment = rated(CONTENT, "FFFFFF").answer("respond-1", UNKNOWN).answer("respond-2", UNKNOWN)
    for n, rating in enumerate("LPPLF", start=1):
        assessment = assessment.answer(f"resolve-{n}", answered(rating))
    claimed = scored(assessment).claimed
    assert (claimed.attained, claimed.not_rated_at) == (2, None)
    carried = assessment.answer("resolve-2", answered("L"))
    assert scored(carried).claimed.not_rated_at == "respond"


def test_too_much_left_out_is_not_rated() -> None:
    """Three of five not applicable: not rated, and rated N instead the level would be rated."""
    assessment = rated(CONTENT, "FFFFFF")
    for n in (1, 2, 4):
        assessment = assessment.answer(f"predict-{n}", DROPPED)
    card = scored(assessment)
    (leverage,) = card.not_applicable
    assert card.claimed.level("predict").achievement is None
    assert leverage.questions == ("predict-1", "predict-2", "predict-4")
    assert leverage.as_is.level("predict").achievement is None
    assert leverage.if_n.level("predict").achievement == pytest.approx(0.4)


def test_unknown_counted_as_n_is_told() -> None:
    """When every unknown at N would change the level, that level is there to print."""
    assessment = rated(CONTENT, "FFFLNN").answer("anticipate-1", UNKNOWN)
    card = scored(assessment.answer("anticipate-2", answered("P")))
    assert card.claimed.attained == 4
    assert card.if_unknown_n.attained == 3


def test_unknown_counted_as_n_keeps_the_caps_of_claimed() -> None:
    """A core question that nobody knows caps there too; a contradiction, which is no part of claimed, does not."""
    assessment = rated(CONTENT, "FFFFFF").answer("respond-3", UNKNOWN)
    card = scored(assessment.judge("unresolved-problems", Judgement(severity=3)))
    assert card.if_unknown_n.levels[2].achievement == 0.5
    assert card.if_unknown_f.levels[2].achievement == 1.0
    assert (card.if_unknown_n.levels[1].achievement, card.consistent.levels[1].achievement) == (1.0, 0.5)
    assert (card.if_unknown_n.attained, card.if_unknown_f.attained) == (2, 6)


def test_verified_leaves_nothing_open() -> None:
    """What nobody knows counts as N there already: lower and upper bound are the achievement, caps and all."""
    strong = answered("F", link_of("document", "F"))
    answers = {question.key: strong for question in CONTENT.questions}
    answers |= {"respond-1": UNKNOWN, "inform-3": UNKNOWN}
    assessment = rated(CONTENT, "FFFFFF").replaced(answers=answers, evidence=records(CONTENT))
    verified = scored(assessment.judge("silos", Judgement(severity=3))).verified
    bounds = [(level.achievement, level.lower, level.upper) for level in verified.levels]
    assert bounds[:3] == [(0.5, 0.5, 0.5), (0.5, 0.5, 0.5), (0.5, 0.5, 0.5)]
    assert bounds[3:] == [(1.0, 1.0, 1.0)] * 3


def test_weights_count() -> None:
    """A question of weight 3 counts three times."""
    answers = {**rated(CONTENT, "NNNNNN").answers, "inform-1": answered("F"), "inform-3": answered("F")}
    assessment = blank(CONTENT).weigh({"inform-1": Decimal("3")}).replaced(answers=answers)
    assert scored(assessment).claimed.levels[0].achievement == pytest.approx(4 / 7)


# --- evidence and dates ---


@pytest.mark.parametrize(
    ("link", "proved"),
    [
        (link_of("assertion", "F"), "N"),
        (link_of("interview", "F"), "N"),
        (link_of("document", "F"), "F"),
        (link_of("document", "L"), "L"),
        (link_of("document", "F", current=False), "N"),
        (link_of("corroborated", "F", current=False), "N"),
        (EvidenceLink(evidence=link_of("observation", "N").evidence, sample=Sample(k=22, n=30)), "L"),
    ],
)
def test_what_evidence_proves(link: EvidenceLink, proved: str) -> None:
    """Only current evidence of grade 2 or more proves, and only the rating it supports; a sample its own."""
    assessment = blank(CONTENT, evidence=records(CONTENT)).answer("inform-1", answered("F", link))
    assert scored(assessment).mark("inform-1").counted == proved


@pytest.mark.parametrize("rating", "NPLF")
@pytest.mark.parametrize("kind", ["observation", "corroborated"])
def test_a_link_that_says_nothing_proves_nothing(kind: str, rating: str) -> None:
    """Not even N: nobody has said yet what the evidence shows. It counts as E1, beside one that proves."""
    silent = EvidenceLink(evidence=link_of(kind, "F").evidence)
    assessment = blank(CONTENT, evidence=records(CONTENT))
    alone = scored(assessment.answer("inform-1", answered(rating, silent))).mark("inform-1")
    assert (alone.counted, alone.proof, alone.grade) == ("N", "unproved", 1)
    assert (supported(silent), supported(link_of(kind, "P"))) == (None, "P")
    beside = scored(assessment.answer("inform-1", answered(rating, silent, link_of("document", rating))))
    assert beside.mark("inform-1").proof == "proved"


def test_proof_never_raises() -> None:
    """Evidence for more than the rating leaves the rating."""
    proof = link_of("document", "F")
    assessment = blank(CONTENT, evidence=records(CONTENT)).answer("inform-1", answered("P", proof))
    mark = scored(assessment).mark("inform-1")
    assert (mark.counted, mark.proof) == ("P", "proved")


def test_hash_seeds_change_nothing() -> None:
    """Two interpreters with other hash seeds print the same bytes."""
    program = (
        "import json;from cxassess import *;from cxassess.places import examples_dir;c=load_content();"
        "a=load_assessment(examples_dir()/'kopi-lereng.json',c);print(json.dumps(score(a,c,on=a.on).as_dict()))"
    )
    first, second = (
        subprocess.run(
            [sys.executable, "-c", program], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    )
    assert first == second


def test_an_empty_assessment_is_all_not_rated() -> None:
    """Nothing answered: a draft, level 0, every level not rated, bounds 0 to 1."""
    card = scored(blank(CONTENT))
    assert card.draft
    assert card.claimed.attained == 0
    assert card.claimed.not_rated_at == "inform"
    assert all(level.achievement is None and level.letter is None for level in card.claimed.levels)
    assert all((level.lower, level.upper) == (0, 1) for level in card.claimed.levels)


def test_the_date_is_an_argument(golden: Assessment, golden_content: Content) -> None:
    """Years later the same evidence has expired: verified falls, claimed does not."""
    later = score(golden, golden_content, on=ON.replace(year=ON.year + 5))
    assert later.claimed == scored(golden, golden_content).claimed
    assert later.verified.attained == 0
    assert replace(later, on=ON).on == ON
