"""Documents: immutable, checked, and discreet."""

from decimal import Decimal

import pytest
from kit.made import blank

from cxassess.content.reading import Content
from cxassess.document.answers import Answer, Evidence
from cxassess.document.assessment import Profile, Unit
from cxassess.errors import AssessmentError


def test_weights_come_before_the_first_answer(content: Content) -> None:
    """Once a question is answered, the weights stay."""
    answered = blank(content).answer("inform-1", Answer(state="unknown"))
    with pytest.raises(AssessmentError, match="weights stay"):
        answered.weigh({"inform-1": Decimal(2)})


def test_a_change_is_a_checked_copy(content: Content) -> None:
    """The old one stays; a change that does not fit is refused like a file."""
    before = blank(content)
    after = before.answer("inform-1", Answer(state="rated", rating="L"))
    assert (before.answers, after.answer_to("inform-1").rating) == ({}, "L")
    with pytest.raises(AssessmentError):
        before.replaced(on="yesterday")


def test_private_notes_are_not_shown_by_accident(content: Content) -> None:
    """A notebook cell that ends with an assessment prints it: without what is private."""
    answer = Answer(state="unknown", note="seen", private="CANARY")
    shown = repr(blank(content, private="CANARY").answer("inform-1", answer))
    assert "seen" in shown
    assert "CANARY" not in shown


def test_people_are_not_named_unless_asked() -> None:
    """Reports go further than files do: no name is printed without a word in the profile."""
    assert not Profile(organisation="Acme", unit=Unit(kind="company")).print_names
    assert Evidence(key="E-01", kind="interview", source="Kepala gerai").person is None
