"""What to do next: everything can be recommended, nothing twice, and first things first."""

import pytest
from hypothesis import given, settings
from kit.made import ON, assessments, blank

from cxassess.content.reading import Content, load_content
from cxassess.document.answers import Answer, Judgement
from cxassess.document.assessment import Assessment
from cxassess.pyramid.advice import Recommendation, grouped, recommend
from cxassess.pyramid.scoring import score

CONTENT = load_content()


def found(assessment: Assessment, content: Content = CONTENT) -> tuple[Recommendation, ...]:
    return recommend(score(assessment, content, on=ON), content)


def keys(recommendations: tuple[Recommendation, ...]) -> list[str]:
    return [one.advice.key for one in recommendations]


def all_at(rating: str, severity: int = 0) -> Assessment:
    """Every question and indicator rated alike, every mistake at one severity."""
    answer = Answer(state="rated", rating=rating)
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
        (Answer(state="rated", rating="N"), "respond-2-p"),
        (Answer(state="rated", rating="P"), "respond-2-l"),
        (Answer(state="rated", rating="L"), "respond-2-f"),
        (Answer(state="unknown"), "respond-2-p"),
        (Answer(state="unanswered"), "respond-2-p"),
    ],
)
def test_the_next_step_is_recommended(answer: Answer, key: str) -> None:
    """One step at a time; what nobody knows starts at N."""
    assert keys(found(all_at("F").answer("respond-2", answer))) == [key]


def test_not_applicable_needs_no_advice() -> None:
    """Nothing is recommended for what a company does not do."""
    dropped = Answer(state="not-applicable", reason="not-offered", note="x")
    assert found(all_at("F").answer("respond-2", dropped)) == ()


def test_days_follow_the_size() -> None:
    """A large company needs more days for the same step; without a size it counts as medium."""
    assessment = all_at("F").answer("respond-2", Answer(state="rated", rating="N"))
    days = {}
    for size in (None, "micro", "medium", "large"):
        profile = assessment.profile.model_copy(update={"size": size})
        (days[size],) = [one.days for one in found(assessment.replaced(profile=profile))]
    assert days[None] == days["medium"]
    assert days["micro"] < days["medium"] < days["large"]


def test_what_the_next_level_hangs_on_comes_first() -> None:
    """The claimed level 3 hangs on one question of level 2: its advice stands before all that hang on nothing."""
    assessment = all_at("L").answer("resolve-1", Answer(state="rated", rating="N"))
    first = found(assessment)[0]
    assert "claimed" in first.holds_back
    ranks = [bool(one.holds_back) for one in found(assessment) if not one.waits_for]
    assert ranks == sorted(ranks, reverse=True)


def test_what_lacks_only_proof_is_not_said_to_hold_back() -> None:
    """Verified wants evidence there, not more of the practice: no advice on it is called pressing for that."""
    assert all("verified" not in one.holds_back for one in found(all_at("L")))
    weak = found(all_at("F").answer("inform-3", Answer(state="rated", rating="N")))
    assert [one.holds_back for one in weak] == [("claimed", "consistent", "verified")]


@settings(max_examples=60, deadline=None)
@given(assessments(CONTENT))
def test_first_things_first(assessment: Assessment) -> None:
    """Nothing stands twice, and nothing before what must be done before it."""
    told = keys(found(assessment))
    assert len(set(told)) == len(told)
    for one in found(assessment):
        for key in one.waits_for:
            assert key not in told or told.index(key) < told.index(one.advice.key)


@settings(max_examples=30, deadline=None)
@given(assessments(CONTENT))
def test_readings_lose_nothing(assessment: Assessment) -> None:
    """By level and by owner each stands once; by lever under each lever it pulls; always in rank order."""
    all_ = found(assessment)
    for by in ("level", "owner", "lever"):
        groups = grouped(all_, by)
        assert {one for group in groups.values() for one in group} == set(all_)
        for group in groups.values():
            assert list(group) == [one for one in all_ if one in group]
    assert sum(len(group) for group in grouped(all_, "owner").values()) == len(all_)


def test_content_without_advice_recommends_nothing(golden: Assessment, golden_content: Content) -> None:
    """A content folder of one's own may do without."""
    assert found(golden, golden_content) == ()
