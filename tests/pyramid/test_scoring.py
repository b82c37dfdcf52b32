"""From answers to a scorecard: the worked example to the printed digits, and what must hold for any answers."""

import json
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from kit.made import ON, assessments, blank, records

from cxassess.content.model import RATINGS
from cxassess.content.reading import Content, load_content
from cxassess.document.answers import Answer, EvidenceLink, Exemption, Judgement, Sample
from cxassess.document.assessment import Assessment
from cxassess.pyramid.contradictions import PROVING_GRADE
from cxassess.pyramid.scorecard import PROOFS, Result, Scorecard
from cxassess.pyramid.scoring import score

CONTENT = load_content()
any_assessment = assessments(CONTENT)
many = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


def rated(rating: str, *evidence: EvidenceLink) -> Answer:
    return Answer(state="rated", rating=rating, evidence=evidence)


def full(content: Content, ratings: str) -> Assessment:
    """Every question of a level rated alike, one letter a level; every mistake at severity 0."""
    given_ = {q.key: rated(ratings[content.level_keys.index(q.level)]) for q in content.questions}
    none = {mistake.key: Judgement(severity=0) for mistake in content.mistakes}
    return blank(content, answers=given_, mistakes=none)


def scored(assessment: Assessment, content: Content = CONTENT) -> Scorecard:
    return score(assessment, content, on=ON)


def shares(result: Result) -> list[float]:
    """Achievements as they count: 0 where not rated."""
    return [level.achievement or 0.0 for level in result.levels]


def at_least(high: Result, low: Result) -> bool:
    """Nothing of `low` is above `high`: A, attained, secured, reach, H."""
    numbers = ("attained", "secured", "reach", "height")
    fine = all(getattr(high, name) >= getattr(low, name) - 1e-9 for name in numbers)
    return fine and all(a >= b - 1e-9 for a, b in zip(shares(high), shares(low), strict=True))


# --- METHOD 10 --------------------------------------------------------------------------------


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


def test_kopi_kencana_why_not(golden: Assessment, golden_content: Content) -> None:
    """The unmet conditions of the next level, each with what it hangs on."""
    why = scored(golden, golden_content).why_not
    assert [(one.level, one.need) for one in why["claimed"]] == [
        ("anticipate", "gate"),
        ("predict", "achievement"),
    ]
    assert why["claimed"][0].questions == ("anticipate-3",)
    assert why["claimed"][1].questions == ("predict-1", "predict-2", "predict-4")
    (standing,) = why["consistent"]
    assert (standing.need, standing.mistakes) == ("contradiction", ("impersonal-service",))
    assert [(one.level, one.need) for one in why["verified"]] == [("respond", "achievement")]


# --- states and caps ------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["N", "unknown", "unanswered"])
def test_a_core_question_caps_its_level(state: str) -> None:
    """A core question at N, unknown or unanswered holds its level at 1/2, and the reason is named."""
    core = rated("N") if state == "N" else Answer(state=state)
    card = scored(full(CONTENT, "FFFFFF").answer("respond-3", core))
    level = card.claimed.levels[2]
    assert level.achievement == 0.5
    assert level.upper == (0.5 if state == "N" else 1.0)
    assert card.claimed.attained == 2
    assert [(one.need, one.questions) for one in card.why_not["claimed"]] == [("core", ("respond-3",))]


def test_not_rated_says_at_least() -> None:
    """Where only a not-rated level stops the climb, it is named: the truth is "at least"."""
    assessment = full(CONTENT, "FFFFFF")
    for n in (1, 2):
        assessment = assessment.answer(f"respond-{n}", Answer(state="unknown"))
    claimed = scored(assessment).claimed
    assert (claimed.attained, claimed.not_rated_at) == (2, "respond")
    assert claimed.levels[2].achievement is None
    assert (claimed.levels[2].lower, claimed.levels[2].upper) == (0.6, 1.0)
    (why,) = scored(assessment).why_not["claimed"]
    assert (why.need, why.has, why.questions) == ("rated", 0.6, ("respond-1", "respond-2"))


def test_a_weak_level_below_means_exactly() -> None:
    """Level 2 at 60 % carries nothing, so level 3, not rated, does not make it "at least level 2"."""
    assessment = full(CONTENT, "FFFFFF")
    for n, rating in enumerate("LPPLF", start=1):
        assessment = assessment.answer(f"resolve-{n}", rated(rating))
    for n in (1, 2):
        assessment = assessment.answer(f"respond-{n}", Answer(state="unknown"))
    card = scored(assessment)
    assert (card.claimed.attained, card.claimed.not_rated_at) == (2, None)
    assert [(one.level, one.need) for one in card.why_not["claimed"]] == [
        ("resolve", "gate"),
        ("respond", "rated"),
    ]


def test_too_much_left_out_is_not_rated() -> None:
    """Three of five not applicable: not rated, and rated N instead the level would be rated."""
    assessment = full(CONTENT, "FFFFFF")
    for n in (1, 2, 4):
        dropped = Answer(state="not-applicable", reason="not-offered", note="none")
        assessment = assessment.answer(f"predict-{n}", dropped)
    card = scored(assessment)
    (leverage,) = card.not_applicable
    assert card.claimed.level("predict").achievement is None
    assert leverage.as_is.level("predict").achievement is None
    assert leverage.if_n.level("predict").achievement == pytest.approx(0.4)
    (why,) = card.why_not["claimed"]
    assert (why.need, why.has, why.wants) == ("rated", 0.6, 0.4)


def test_unknown_counted_as_n_is_told() -> None:
    """When every unknown at N would change the level, that level is there to print."""
    assessment = full(CONTENT, "FFFLNN").answer("anticipate-1", Answer(state="unknown"))
    card = scored(assessment.answer("anticipate-2", rated("P")))
    assert card.claimed.attained == 4
    assert card.if_unknown_n.attained == 3


def test_nothing_applicable_is_left_out_not_unrated(golden: Assessment, golden_content: Content) -> None:
    """Where a whole level is not applicable, that is the reason given."""
    for n in range(1, 5):
        dropped = Answer(state="not-applicable", reason="not-offered", note="none")
        golden = golden.answer(f"respond-{n}", dropped)
    (why,) = scored(golden, golden_content).why_not["claimed"]
    assert (why.need, why.has, why.wants) == ("rated", 1.0, 0.4)


def test_weights_count() -> None:
    """A question of weight 3 counts three times."""
    assessment = blank(CONTENT).weigh({"inform-1": Decimal("3")})
    assessment = assessment.replaced(answers=full(CONTENT, "NNNNNN").answers).answer("inform-1", rated("F"))
    assert scored(assessment.answer("inform-3", rated("F"))).claimed.levels[0].achievement == pytest.approx(4 / 7)


# --- evidence -------------------------------------------------------------------------------------


def link_of(kind: str, supports: str, *, current: bool = True) -> EvidenceLink:
    """A link to the made record of a kind."""
    mine = [record.key for record in records(CONTENT) if record.kind == kind]
    return EvidenceLink(evidence=mine[0 if current else 1], supports=supports)


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
    assessment = full(CONTENT, "FFFFFF").answer("inform-1", rated("F", link)).replaced(evidence=records(CONTENT))
    assert scored(assessment).mark("inform-1").counted == proved


def test_proof_never_raises() -> None:
    """Evidence for more than the rating leaves the rating."""
    proof = link_of("document", "F")
    assessment = full(CONTENT, "FFFFFF").answer("inform-1", rated("P", proof)).replaced(evidence=records(CONTENT))
    mark = scored(assessment).mark("inform-1")
    assert (mark.counted, mark.proof) == ("P", "proved")


# --- contradictions and tensions ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "proof"),
    [
        (rated("L", link_of("observation", "L")), "proved"),
        (rated("L", link_of("observation", "F")), "proved"),
        (rated("L", link_of("observation", "P")), "partly"),
        (rated("L", link_of("observation", "N")), "unproved"),
        (rated("L", link_of("interview", "L")), "unproved"),
        (rated("L", link_of("observation", "L", current=False)), "unproved"),
        (
            rated("F", EvidenceLink(evidence=link_of("observation", "N").evidence, sample=Sample(k=22, n=30))),
            "partly",
        ),
        (rated("L"), "unproved"),
        (rated("N"), "unproved"),
        (rated("N", link_of("observation", "N")), "proved"),
        (Answer(state="unknown", evidence=(link_of("observation", "F"),)), "unrated"),
        (Answer(state="not-applicable", reason="not-offered", note="x"), "unrated"),
        (Answer(state="unanswered"), "unrated"),
    ],
)
def test_how_far_evidence_carries_an_answer(answer: Answer, proof: str) -> None:
    """Proved, in part, not at all; what has no rating has nothing to prove."""
    card = scored(blank(CONTENT, evidence=records(CONTENT)).answer("inform-2", answer))
    assert card.mark("inform-2").proof == proof


@many
@given(any_assessment)
def test_proof_is_what_counts(assessment: Assessment) -> None:
    """It agrees with the rating that counts in verified: whole, lower but not N, N."""
    for mark in scored(assessment).marks:
        assert mark.proof in PROOFS
        assert (mark.proof == "unrated") == (mark.answer.rating is None)
        if mark.proof == "proved":
            assert mark.counted == mark.answer.rating and mark.grade >= PROVING_GRADE
        if mark.proof == "partly":
            assert "N" != mark.counted != mark.answer.rating
        if mark.proof == "unproved":
            assert mark.counted == "N"


@pytest.mark.parametrize(
    ("severity", "letter", "capped"),
    [(3, "F", 0.5), (3, "L", 0.5), (3, "P", None), (2, "F", 0.85), (2, "L", None), (1, "F", None), (0, "F", None)],
)
def test_when_a_mistake_contradicts(severity: int, letter: str, capped: float | None) -> None:
    """Severity 3 contradicts L and F and leaves 1/2; severity 2 contradicts F only and leaves .85."""
    assessment = full(CONTENT, letter * 6).judge("unresolved-problems", Judgement(severity=severity))
    card = scored(assessment)
    claimed = card.claimed.levels[1].achievement or 0
    assert card.consistent.levels[1].achievement == (capped if capped is not None else pytest.approx(claimed))
    assert [(one.mistake, one.level) for one in card.contradictions] == (
        [("unresolved-problems", "resolve")] if capped is not None else []
    )


def test_an_exception_lifts_the_cap_and_in_verified_needs_proof() -> None:
    """Excepted: consistent is whole again; verified only with evidence of grade 2 or more."""
    everything = {q.key: rated("F", link_of("document", "F")) for q in CONTENT.questions}
    assessment = full(CONTENT, "FFFFFF").replaced(answers=everything, evidence=records(CONTENT))
    assessment = assessment.judge("unresolved-problems", Judgement(severity=3))
    for kind, verified in (("interview", 0.5), ("document", 1.0)):
        key = link_of(kind, "F").evidence
        exempt = Exemption(mistake="unresolved-problems", level="resolve", reason="one outlet", evidence=(key,))
        card = scored(assessment.replaced(exceptions=(exempt,)))
        assert card.consistent.levels[1].achievement == 1.0
        assert card.verified.levels[1].achievement == verified
        assert card.contradictions[0].state == "excepted"


def test_tension() -> None:
    """Level 4 claimed while an indicator is at P is shown, and caps nothing."""
    assessment = full(CONTENT, "FFFFNN").replaced(indicators={"voice-first": rated("P")})
    card = scored(assessment)
    assert [(one.indicator, one.rating, one.level) for one in card.tensions] == [
        ("voice-first", "P", "anticipate")
    ]
    assert card.consistent.attained == card.claimed.attained == 4
    assert scored(full(CONTENT, "FFFNNN").replaced(indicators=assessment.indicators)).tensions == ()


# --- METHOD 11 --------------------------------------------------------------------------------


@many
@given(any_assessment)
def test_the_three_results_are_ordered(assessment: Assessment) -> None:
    """verified ≤ consistent ≤ claimed, and in each secured ≤ attained ≤ reach."""
    card = scored(assessment)
    assert at_least(card.claimed, card.consistent)
    assert at_least(card.consistent, card.verified)
    for result in card.results.values():
        assert result.secured <= result.attained <= result.reach


@many
@given(any_assessment)
def test_bounds_contain_the_achievement(assessment: Assessment) -> None:
    """lower ≤ A ≤ upper in every result."""
    for result in scored(assessment).results.values():
        for level in result.levels:
            if level.achievement is not None:
                assert level.lower - 1e-9 <= level.achievement <= level.upper + 1e-9
    card = scored(assessment)
    assert card.claimed.attained <= card.if_unknown_f.attained
    assert card.claimed.height <= card.if_unknown_f.height + 1e-9


@many
@given(any_assessment, st.data())
def test_raising_a_rating_never_lowers(assessment: Assessment, data: st.DataObject) -> None:
    """In claimed and consistent, and in verified with the links as they were."""
    lower = [key for key, answer in assessment.answers.items() if answer.rating and answer.rating != "F"]
    if not lower:
        return
    key = data.draw(st.sampled_from(lower))
    answer = assessment.answers[key]
    better = data.draw(st.sampled_from(RATINGS[RATINGS.index(answer.rating) + 1 :]))
    before, after = (
        scored(assessment),
        scored(assessment.answer(key, answer.model_copy(update={"rating": better}))),
    )
    for name in before.results:
        assert at_least(after.results[name], before.results[name]), name


@many
@given(any_assessment, st.data())
def test_better_evidence_never_lowers(assessment: Assessment, data: st.DataObject) -> None:
    """Raising the grade of a record (here: one that is current, of the best kind) lowers nothing."""
    index = data.draw(st.integers(0, len(assessment.evidence) - 1))
    better = assessment.evidence[index].model_copy(update={"kind": "corroborated", "on": ON})
    evidence = (*assessment.evidence[:index], better, *assessment.evidence[index + 1 :])
    before, after = scored(assessment), scored(assessment.replaced(evidence=evidence))
    for name in before.results:
        assert at_least(after.results[name], before.results[name]), name


@many
@given(any_assessment, st.data())
def test_a_lower_severity_never_lowers(assessment: Assessment, data: st.DataObject) -> None:
    """Less of a mistake lowers nothing."""
    severe = [key for key, judgement in assessment.mistakes.items() if judgement.severity]
    if not severe:
        return
    key = data.draw(st.sampled_from(severe))
    milder = data.draw(st.integers(0, assessment.mistakes[key].severity - 1))
    before, after = scored(assessment), scored(assessment.judge(key, Judgement(severity=milder)))
    for name in before.results:
        assert at_least(after.results[name], before.results[name]), name


@many
@given(any_assessment, st.sampled_from("NPLF"), st.data())
def test_answering_an_unknown_never_lowers_verified(
    assessment: Assessment, rating: str, data: st.DataObject
) -> None:
    """Unknown already counts as N there."""
    open_ = [key for key, answer in assessment.answers.items() if answer.state in ("unknown", "unanswered")]
    if not open_:
        return
    answered = assessment.answer(data.draw(st.sampled_from(open_)), rated(rating))
    assert at_least(scored(answered).verified, scored(assessment).verified)


@many
@given(any_assessment, st.randoms(use_true_random=False))
def test_order_changes_nothing(assessment: Assessment, random: Random) -> None:
    """Answers, mistakes, exceptions and evidence in any order give the same result."""
    shuffled = {}
    for field in ("answers", "mistakes", "evidence", "exceptions"):
        value = getattr(assessment, field)
        entries = list(value.items()) if isinstance(value, dict) else list(value)
        random.shuffle(entries)
        shuffled[field] = dict(entries) if isinstance(value, dict) else tuple(entries)
    assert scored(assessment.model_copy(update=shuffled)).as_dict() == scored(assessment).as_dict()


@many
@given(any_assessment)
def test_why_not_explains_every_stop(assessment: Assessment) -> None:
    """Below level 6 there is always a reason, none twice, and none above the next level."""
    card = scored(assessment)
    for name, result in card.results.items():
        why = card.why_not[name]
        assert bool(why) == (result.attained < 6)
        assert len({(one.level, one.need) for one in why}) == len(why)
        assert all(CONTENT.level_keys.index(one.level) <= result.attained for one in why)


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


# --- the object that programs read ----------------------------------------------------------------


def test_the_json_object_keeps_its_shape(golden: Assessment, golden_content: Content) -> None:
    """`cxassess score --json`: the fields programs rely on, levels by key, results by number."""
    shown = json.loads(json.dumps(scored(golden, golden_content).as_dict()))
    assert list(shown) == [
        "organisation", "on", "draft", "content", "claimed", "consistent", "verified",
        "contradictions", "tensions", "why_not",
    ]  # fmt: skip
    assert shown["content"] == {"model": "coffee-bar", "version": "1.0"}
    assert list(shown["claimed"]) == ["attained", "secured", "reach", "height", "not_rated_at", "levels"]
    assert list(shown["claimed"]["levels"][0]) == ["key", "achievement", "lower", "upper", "letter", "rated"]
    assert shown["contradictions"] == [
        {"mistake": "impersonal-service", "level": "anticipate", "severity": 3, "state": "open"}
    ]
    assert list(shown["why_not"]) == ["claimed", "consistent", "verified"]
    assert list(shown["why_not"]["claimed"][0]) == ["level", "need", "has", "wants", "questions", "mistakes"]


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
