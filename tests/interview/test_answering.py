"""What single people would rate stands beside an answer, and enters no score."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kit.answers import P
from kit.form import done
from kit.made import assessments, blank

from cxassess.content.reading import Content
from cxassess.document.answers import Answer, Opinion
from cxassess.errors import AssessmentError
from cxassess.pyramid.scoring import score

views = st.dictionaries(st.sampled_from(["director", "nurse", "till"]), st.sampled_from("NPLF"), max_size=3)


@settings(deadline=None, max_examples=40)
@given(st.data())
def test_opinions_enter_no_score(content: Content, data: st.DataObject) -> None:
    """Whatever anybody would rate, every figure is the same."""
    before = data.draw(assessments(content))
    after = before
    for number, held in enumerate(data.draw(st.lists(views, max_size=4))):
        key = content.questions[number * 7].key
        opinions = tuple(Opinion(who=who, rating=rating) for who, rating in held.items())
        after = after.answer(key, after.answer_to(key).model_copy(update={"opinions": opinions}))
    one, other = (score(each, content, on=before.on).as_dict() for each in (before, after))
    assert one == other


def test_an_opinion_is_noted_changed_and_withdrawn(content: Content) -> None:
    """By its role, whatever stands in that; the answer stays."""
    who = "head of A/B, e.g. tills"
    now = blank(content).answer("inform-1", P)
    values = {"who": f" {who} ", "rating": "N"}
    now, missing = done(now, "add-opinion", "answers/inform-1", values)
    assert (now.answer_to("inform-1").opinions, missing) == ((Opinion(who=who, rating="N"),), "")
    assert done(now, "add-opinion", "answers/inform-1", values) == (now, "form-opinion-there")
    now, _ = done(now, "set", f"answers/inform-1/{who}", {"rating": "L", "note.en": "in town"})
    assert now.answer_to("inform-1").opinions == (Opinion(who=who, rating="L", note={"en": "in town"}),)
    now, _ = done(now, "set", "answers/inform-1", {"choice": "F"})
    assert now.answer_to("inform-1").opinions[0].rating == "L"
    now, _ = done(now, "remove", f"answers/inform-1/{who}")
    assert now.answer_to("inform-1") == Answer(state="rated", rating="F")
    with pytest.raises(AssessmentError):
        done(now, "remove", f"answers/inform-1/{who}")


@pytest.mark.parametrize("values", [{"who": "nurse", "rating": ""}, {"who": " ", "rating": "P"}, {}])
def test_an_opinion_needs_role_and_rating(content: Content, values: dict[str, str]) -> None:
    """Nothing more; else nothing is saved, and that is told."""
    assert done(blank(content), "add-opinion", "answers/inform-1", values) == (
        blank(content),
        "form-needs-opinion",
    )


def test_a_question_may_have_opinions_and_no_answer(content: Content) -> None:
    """It stays unanswered; with the last opinion nothing is left."""
    now, _ = done(blank(content), "add-opinion", "answers/inform-1", {"who": "nurse", "rating": "P"})
    assert now.answer_to("inform-1").state == "unanswered"
    assert done(now, "remove", "answers/inform-1/nurse").assessment == blank(content)


def test_two_of_one_role_are_refused() -> None:
    """They could not be told apart."""
    with pytest.raises(ValueError, match="nurse"):
        Answer(state="unanswered", opinions=(Opinion(who="nurse", rating="P"), Opinion(who="nurse", rating="L")))
