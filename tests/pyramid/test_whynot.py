"""Why not the next level: the conditions that do not hold, and what each hangs on. METHOD 7."""

from decimal import Decimal

import pytest
from kit.cards import CONTENT, DROPPED, UNKNOWN, answered, link_of, scored
from kit.made import blank, rated, records

from cxassess.content.reading import Content
from cxassess.document.answers import Answer, Judgement
from cxassess.document.assessment import Assessment
from cxassess.pyramid.scorecard import Unmet


def reasons(assessment: Assessment, result: str = "claimed") -> tuple[Unmet, ...]:
    return scored(assessment).why_not[result]


def with_level(assessment: Assessment, level: str, *answers: Answer) -> Assessment:
    """The first questions of a level answered so."""
    for number, answer in enumerate(answers, start=1):
        assessment = assessment.answer(f"{level}-{number}", answer)
    return assessment


def test_kopi_kencana(golden: Assessment, golden_content: Content) -> None:
    """The unmet conditions of the next level, each with what it hangs on."""
    why = scored(golden, golden_content).why_not
    assert [(one.level, one.need) for one in why["claimed"]] == [
        ("anticipate", "gate"),
        ("predict", "achievement"),
    ]
    assert why["claimed"][0].questions == ("anticipate-3",)
    assert why["claimed"][1].questions == ("predict-1", "predict-2", "predict-4")
    (clash,) = why["consistent"]
    assert (clash.need, clash.mistakes) == ("contradiction", ("impersonal-service",))
    assert [(one.level, one.need) for one in why["verified"]] == [("respond", "achievement")]


@pytest.mark.parametrize(
    ("ratings", "gated"),
    [("LLLLL", False), ("LLLPF", False), ("LLLPL", True), ("LLLNF", True)],
)
def test_exactly_two_thirds_carry_the_next_level(ratings: str, *, gated: bool) -> None:
    """Two thirds of level 1 are enough; a hair less is not, and the reason names what to raise."""
    first = with_level(rated(CONTENT, "FPPPPP"), "inform", *map(answered, ratings))
    gates = [one for one in reasons(first) if one.need == "gate"]
    assert [(one.level, one.wants) for one in gates] == ([("inform", pytest.approx(2 / 3))] if gated else [])
    assert all(one.questions == ("inform-4",) for one in gates)


def test_what_is_wanted_and_what_is_there() -> None:
    """The next level at 1/3 wants more than 1/2; only what is rated below L is named."""
    level = with_level(rated(CONTENT, "FPPPPP"), "resolve", *map(answered, "LNPP"))
    (why,) = reasons(level.answer("resolve-5", UNKNOWN))
    assert (why.need, why.has, why.wants) == ("achievement", pytest.approx(1 / 3), 0.5)
    assert why.questions == ("resolve-2", "resolve-3", "resolve-4")
    assert why.mistakes == ()


def test_exactly_half_is_not_more_than_half() -> None:
    """P and L in equal parts, and one left out: half of the level works, which is not enough."""
    level = with_level(rated(CONTENT, "FPPPPP"), "resolve", *map(answered, "PPLL"), DROPPED)
    (why,) = reasons(level)
    assert (why.need, why.has, why.wants) == ("achievement", pytest.approx(0.5), 0.5)


def test_a_core_question_is_named_with_its_level() -> None:
    """Core at N below a good mean: the core alone is the reason. Below a poor one: both are."""
    good = rated(CONTENT, "FFFFFF").answer("respond-3", answered("N"))
    (why,) = reasons(good)
    assert (why.level, why.need, why.questions) == ("respond", "core", ("respond-3",))
    assert (why.has, why.wants) == (0, pytest.approx(1 / 3))
    poor = rated(CONTENT, "FFPFFF").answer("respond-3", answered("N"))
    assert [one.need for one in reasons(poor)] == ["achievement", "core"]


def test_a_level_that_is_not_rated_has_one_reason() -> None:
    """The open questions, and nothing else of that level."""
    level = with_level(rated(CONTENT, "FFNNNN"), "respond", UNKNOWN, UNKNOWN)
    (why,) = reasons(level)
    assert (why.level, why.need, why.has, why.wants) == ("respond", "rated", 0.6, 0.7)
    assert why.questions == ("respond-1", "respond-2")


def test_too_much_left_out_names_what_is_not_applicable() -> None:
    """Three of five, where 2/5 are the limit."""
    level = rated(CONTENT, "FFFFFF")
    for number in (1, 2, 4):
        level = level.answer(f"predict-{number}", DROPPED)
    (why,) = reasons(level)
    assert (why.need, why.has, why.wants) == ("rated", 0.6, 0.4)
    assert why.questions == ("predict-1", "predict-2", "predict-4")


def test_weights_decide_what_is_rated() -> None:
    """An unknown answer that weighs little leaves the level rated; one that weighs much does not."""
    for weight, share in (("1.714", None), ("1.715", 4 / 5.715)):
        weighed = blank(CONTENT).weigh({"inform-1": Decimal(weight)})
        level = weighed.replaced(answers=rated(CONTENT, "FNNNNN").answers).answer("inform-1", UNKNOWN)
        found = [one.has for one in reasons(level) if one.need == "rated"]
        assert found == ([] if share is None else [pytest.approx(share)])


def test_too_few_answers_name_all_that_could_be_more(golden: Assessment, golden_content: Content) -> None:
    """Of four questions one is not applicable and one unknown, and weighs little: two rated are too few."""
    level = golden.replaced(weights={"resolve-2": Decimal("0.1")}).answer("resolve-2", UNKNOWN)
    (why,) = scored(level, golden_content).why_not["claimed"]
    assert (why.level, why.need, why.has, why.wants) == ("resolve", "rated", 2, 3)
    assert why.questions == ("resolve-2", "resolve-3")


@pytest.mark.parametrize(("open_", "dropped"), [("3", "1"), ("2", "6")])
def test_a_limit_that_is_met_is_no_reason(
    golden: Assessment, golden_content: Content, open_: str, dropped: str
) -> None:
    """Exactly 70 % rated, or exactly 2/5 not applicable: with two answers, only their number is too low."""
    weights = dict.fromkeys(("resolve-1", "resolve-4"), Decimal("3.5"))
    weights |= {"resolve-2": Decimal(open_), "resolve-3": Decimal(dropped)}
    level = golden.replaced(weights=weights).answer("resolve-2", UNKNOWN)
    (why,) = scored(level, golden_content).why_not["claimed"]
    assert (why.level, why.need, why.has, why.wants) == ("resolve", "rated", 2, 3)


def test_nothing_applicable_is_left_out_not_unrated(golden: Assessment, golden_content: Content) -> None:
    """Where a whole level is not applicable, that is the reason answered."""
    for number in range(1, 5):
        golden = golden.answer(f"respond-{number}", DROPPED)
    (why,) = scored(golden, golden_content).why_not["claimed"]
    assert (why.need, why.has, why.wants) == ("rated", 1.0, 0.4)
    assert why.questions == ("respond-1", "respond-2", "respond-3", "respond-4")


def test_a_weak_level_below_is_named_too() -> None:
    """Bottom first: what does not carry, then what is not rated."""
    level = with_level(rated(CONTENT, "FFFFFF"), "resolve", *map(answered, "LPPLF"))
    level = with_level(level, "respond", UNKNOWN, UNKNOWN)
    assert [(one.level, one.need) for one in reasons(level)] == [("resolve", "gate"), ("respond", "rated")]


def test_verified_counts_what_is_open_as_n() -> None:
    """An unknown answer is named beside the unproved ones; what is not applicable is not."""
    strong = answered("F", link_of("document", "F"))
    answers = {question.key: strong for question in CONTENT.questions}
    level = rated(CONTENT, "FFFFFF").replaced(answers=answers, evidence=records(CONTENT))
    level = with_level(level, "respond", UNKNOWN, DROPPED, strong, answered("F"), answered("F"))
    (why,) = reasons(level, "verified")
    assert (why.level, why.need, why.has) == ("respond", "achievement", 0.25)
    assert why.questions == ("respond-1", "respond-4", "respond-5")
    assert reasons(level) == ()


def test_a_severe_mistake_is_named_where_it_caps() -> None:
    """Systemic mistakes against the level, all of them; a recurrent one passes both cuts and is not."""
    level = rated(CONTENT, "FFNNNN")
    for mistake, severity in (("long-waits", 3), ("silos", 3), ("rude-staff", 2)):
        level = level.judge(mistake, Judgement(severity=severity))
    assert reasons(level)[0].level == "respond"
    (why,) = (one for one in reasons(level, "consistent") if one.need == "contradiction")
    assert (why.level, why.has, why.wants) == ("resolve", 3, 2)
    assert (why.questions, why.mistakes) == ((), ("long-waits", "silos"))


def test_at_the_top_nothing_is_missing() -> None:
    """Level 6 has no next level."""
    assert reasons(rated(CONTENT, "FFFFFF")) == ()
