"""What to do next: everything can be recommended, nothing twice, and first things first."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kit.cards import CONTENT, DROPPED, UNKNOWN, answered, link_of, scored
from kit.cases import case
from kit.made import blank, rated, records

from cxassess.content.reading import Content
from cxassess.document.answers import UNANSWERED, Answer, Judgement
from cxassess.document.assessment import Assessment
from cxassess.pyramid.advice import grouped, recommend, unproved
from cxassess.pyramid.scorecard import Recommendation


def found(assessment: Assessment, content: Content = CONTENT) -> tuple[Recommendation, ...]:
    return scored(assessment, content).recommendations


def changed(**changes: dict[str, object]) -> Content:
    """The shipped content with some fields of some advice changed (inform_1_p={"days": 3})."""
    by_key = {key.replace("_", "-"): fields for key, fields in changes.items()}
    advice = [piece.model_copy(update=by_key.get(piece.key, {})) for piece in CONTENT.advice]
    return CONTENT.model_copy(update={"advice": tuple(advice)})


def keys(recommendations: tuple[Recommendation, ...]) -> list[str]:
    return [one.advice.key for one in recommendations]


def all_at(rating: str, severity: int = 0) -> Assessment:
    """Every question and indicator rated alike, every mistake at one severity."""
    answer = answered(rating)
    return blank(
        CONTENT,
        answers={question.key: answer for question in CONTENT.questions},
        indicators={indicator.key: answer for indicator in CONTENT.indicators},
        mistakes={mistake.key: Judgement(severity=severity) for mistake in CONTENT.mistakes},
    )


def test_each_piece_of_advice_can_fire() -> None:
    """Every question and step, every mistake and indicator, for some assessment; and there is no other advice."""
    fired = set(keys(found(all_at("N", severity=1))) + keys(found(all_at("P"))) + keys(found(all_at("L"))))
    assert fired == {piece.key for piece in CONTENT.advice}
    assert len(CONTENT.advice) == 30 * 3 + 11 + 4


def test_a_perfect_company_needs_none() -> None:
    """F everywhere, no mistake: nothing to do."""
    assert found(all_at("F")) == ()


@pytest.mark.parametrize(
    ("answer", "key"),
    [
        (answered("N"), "respond-2-p"),
        (answered("P"), "respond-2-l"),
        (answered("L"), "respond-2-f"),
        (UNKNOWN, "respond-2-p"),
        (UNANSWERED, "respond-2-p"),
    ],
)
def test_the_next_step_is_recommended(answer: Answer, key: str) -> None:
    """One step at a time; what nobody knows starts at N."""
    assert keys(found(all_at("F").answer("respond-2", answer))) == [key]


def test_not_applicable_needs_no_advice() -> None:
    """Nothing is recommended for what a company does not do."""
    assert found(all_at("F").answer("respond-2", DROPPED)) == ()


@pytest.mark.parametrize(
    ("answer", "fires"),
    [
        (answered("N"), True),
        (answered("P"), True),
        (answered("L"), False),
        (answered("F"), False),
        (UNKNOWN, True),
        (UNANSWERED, True),
        (None, False),
    ],
)
def test_indicators_are_worked_on_below_l(answer: Answer | None, *, fires: bool) -> None:
    """What nobody knows counts as N; what was never asked is left alone."""
    indicators = {} if answer is None else {"voice-first": answer}
    assert keys(found(all_at("F").replaced(indicators=indicators))) == (["voice-first"] if fires else [])


def test_days_follow_the_size() -> None:
    """A large company needs more days for the same step; without a size it counts as medium."""
    assessment = all_at("F").answer("respond-2", answered("N"))
    days = {}
    for size in (None, "micro", "medium", "large"):
        profile = assessment.profile.model_copy(update={"size": size})
        (days[size],) = [one.days for one in found(assessment.replaced(profile=profile))]
    assert days[None] == days["medium"]
    assert days["micro"] < days["medium"] < days["large"]


def test_what_the_next_level_hangs_on_comes_first() -> None:
    """The claimed level 3 hangs on one question of level 2: its advice stands before all that hang on nothing."""
    assessment = all_at("L").answer("resolve-1", answered("N"))
    first = found(assessment)[0]
    assert "claimed" in first.holds_back
    ranks = [bool(one.holds_back) for one in found(assessment) if not one.waits_for]
    assert ranks == sorted(ranks, reverse=True)


def test_what_lacks_only_proof_is_not_said_to_hold_back() -> None:
    """Verified wants evidence there, not more of the practice: no advice on it is called pressing for that."""
    assert all("verified" not in one.holds_back for one in found(all_at("L")))
    weak = found(all_at("F").answer("inform-3", answered("N")))
    assert [one.holds_back for one in weak] == [("claimed", "consistent", "verified")]


@pytest.mark.parametrize(
    ("first", "second", "order"),
    [
        ({"impact": 1, "days": 2}, {"impact": 3, "days": 10}, ["inform-1-p", "inform-2-p"]),
        ({"impact": 1, "days": 2}, {"impact": 3, "days": 4}, ["inform-2-p", "inform-1-p"]),
        ({"impact": 2, "days": 4}, {"impact": 1, "days": 2}, ["inform-1-p", "inform-2-p"]),
    ],
)
def test_impact_per_day_ranks(first: dict[str, object], second: dict[str, object], order: list[str]) -> None:
    """Neither the greatest impact nor the fewest days alone; at a tie the order of the content."""
    content = changed(inform_1_p=first | {"after": ()}, inform_2_p=second | {"after": ()})
    assessment = all_at("F").answer("inform-1", answered("N")).answer("inform-2", answered("N"))
    assert keys(found(assessment, content)) == order


def test_the_lowest_level_ranks_before_impact() -> None:
    """What verified level 1 hangs on comes before what claimed level 2 hangs on, whatever it gives a day."""
    content = changed(inform_5_p={"impact": 1, "days": 100}, resolve_3_p={"impact": 3, "days": 1})
    assessment = rated(CONTENT, "FFFFFF").answer("inform-5", answered("N")).answer("resolve-3", answered("N"))
    first, second = found(assessment, content)
    assert (first.advice.key, first.holds_back) == ("inform-5-p", ("verified",))
    assert (second.advice.key, second.holds_back) == ("resolve-3-p", ("claimed", "consistent"))


@pytest.mark.parametrize(
    ("kind", "days", "size", "quick"),
    [
        ("quick-win", 10, "medium", True),
        ("quick-win", 11, "medium", False),
        ("quick-win", 5, "large", True),
        ("quick-win", 6, "large", False),
        ("project", 1, "micro", False),
    ],
)
def test_a_quick_win_takes_ten_days_at_most(kind: str, days: int, size: str, *, quick: bool) -> None:
    """Of this company's days: what is quick in a small one may be a project in a large one."""
    assessment = all_at("F").answer("inform-1", answered("N"))
    profile = assessment.profile.model_copy(update={"size": size})
    content = changed(inform_1_p={"kind": kind, "days": days})
    assert [one.is_quick for one in found(assessment.replaced(profile=profile), content)] == [quick]


def test_a_mistake_stands_at_its_first_level() -> None:
    """One mass for all contradicts levels 2, 4 and 5: the advice stands at 2. A mistake without links has none."""
    levels = {one.advice.key: one.level for one in found(all_at("F", severity=1))}
    assert (levels["one-mass"], levels["no-money-link"]) == ("resolve", None)
    assert found(all_at("F").answer("respond-2", answered("L")))[0].level == "respond"


@pytest.mark.parametrize(
    ("after", "assessment", "waits"),
    [
        ("resolve-2-l", all_at("F"), False),
        ("resolve-2-l", all_at("F").answer("resolve-2", answered("L")), False),
        ("resolve-2-l", all_at("F").answer("resolve-2", answered("P")), True),
        ("resolve-2-p", all_at("F").answer("resolve-2", UNKNOWN), True),
        ("silos", all_at("F"), False),
        ("silos", all_at("F", severity=1), True),
        ("silos", all_at("F").replaced(mistakes={}), True),
        ("voice-first", all_at("F"), False),
        ("voice-first", all_at("F").replaced(indicators={"voice-first": answered("L")}), False),
        ("voice-first", all_at("F").replaced(indicators={"voice-first": answered("P")}), True),
        ("voice-first", all_at("F").replaced(indicators={"voice-first": UNKNOWN}), True),
        ("voice-first", all_at("F").replaced(indicators={}), True),
    ],
)
def test_when_advice_is_done(after: str, assessment: Assessment, *, waits: bool) -> None:
    """Its rating reached, its mistake judged absent, its sign at L or F; what nobody answered is not done."""
    content = changed(inform_1_p={"after": (after,)})
    recommendations = found(assessment.answer("inform-1", answered("N")), content)
    (one,) = (one for one in recommendations if one.advice.key == "inform-1-p")
    assert one.waits_for == ((after,) if waits else ())


def test_what_must_be_done_before_stands_before() -> None:
    """However far down it would rank by itself; and what it waits for in turn."""
    content = changed(
        inform_1_p={"after": ("elevate-1-p",), "days": 1},
        elevate_1_p={"after": ("elevate-2-p",), "days": 120},
        elevate_2_p={"days": 120},
    )
    assessment = all_at("F")
    for key in ("inform-1", "elevate-1", "elevate-2"):
        assessment = assessment.answer(key, answered("N"))
    assert keys(found(assessment, content)) == ["elevate-2-p", "elevate-1-p", "inform-1-p"]


def test_what_lacks_only_proof_is_named() -> None:
    """Rated L or F and no evidence that counts; not what is rated lower, nor what evidence shows to be less."""
    weak, strong = link_of("interview", "F"), link_of("document", "P")
    answers = {
        "inform-1": answered("F"),
        "inform-2": answered("L", weak),
        "inform-3": answered("F", strong),
        "inform-4": answered("P"),
        "inform-5": UNKNOWN,
    }
    assert unproved(scored(blank(CONTENT, answers=answers, evidence=records(CONTENT)))) == ("inform-1", "inform-2")


any_company = given(st.integers(0, 2**32))


@settings(deadline=None)
@any_company
def test_first_things_first(seed: int) -> None:
    """Nothing stands twice, and nothing before what must be done before it."""
    recommendations = found(*case(seed))
    order = keys(recommendations)
    assert len(set(order)) == len(order)
    for one in recommendations:
        for key in one.waits_for:
            assert key not in order or order.index(key) < order.index(one.advice.key)


@settings(deadline=None)
@any_company
def test_readings_lose_nothing(seed: int) -> None:
    """By level and by owner each stands once; by lever under each lever it pulls; always in rank order."""
    all_ = found(*case(seed))
    for by in ("level", "owner", "lever"):
        groups = grouped(all_, by)
        assert {one for group in groups.values() for one in group} == set(all_)
        for group in groups.values():
            assert list(group) == [one for one in all_ if one in group]
    assert sum(len(group) for group in grouped(all_, "owner").values()) == len(all_)
    assert grouped(all_, "level").get("", ()) == tuple(one for one in all_ if one.level is None)
    assert recommend(scored(*case(seed)), case(seed)[1]) == all_


def test_content_without_advice_recommends_nothing(golden: Assessment, golden_content: Content) -> None:
    """A content folder of one's own may do without."""
    assert found(golden, golden_content) == ()
