"""Documents: immutable, checked, and discreet."""

from datetime import date
from decimal import Decimal

import pytest
from kit.made import blank
from pydantic import ValidationError

from cxassess.content.model import EvidenceKind
from cxassess.content.reading import Content
from cxassess.document.answers import Answer, Evidence, EvidenceLink
from cxassess.document.assessment import Profile, Unit
from cxassess.document.checking import check_assessment
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


def test_shelf_life_is_inclusive() -> None:
    """METHOD 4: it counts from its date to date + shelf life, both inclusive; then at most as E1."""
    kind = EvidenceKind(key="observation", name={"id": "x", "en": "x"}, grade=3, days=180)
    seen = Evidence(key="E-01", kind="observation", source="s", on=date(2026, 1, 1))
    days = (date(2025, 12, 31), date(2026, 1, 1), date(2026, 6, 30), date(2026, 7, 1))
    assert [seen.grade(kind, on=day) for day in days] == [0, 3, 3, 1]


def test_undated_evidence_proves_nothing() -> None:
    """Without a date it cannot be current."""
    kind = EvidenceKind(key="document", name={"id": "x", "en": "x"}, grade=2, days=365)
    assert Evidence(key="E-01", kind="document", source="s").grade(kind, on=date(2026, 1, 1)) == 1


def test_what_does_not_fit_its_content_is_told(content: Content) -> None:
    """A document made in memory is checked like a file, on demand."""
    link = EvidenceLink(evidence="E-99", supports="F")
    unfit = blank(content).answer("inform-1", Answer(state="rated", rating="F", evidence=(link,)))
    with pytest.raises(AssessmentError, match="E-99 is not in the evidence list"):
        check_assessment(unfit, content)
    check_assessment(blank(content), content)


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


@pytest.mark.parametrize("person", ["", "   ", "two\nlines", "\x1b[31mred"])
def test_a_name_is_one_line(person: str) -> None:
    """It stands in a table cell, and in the terminal when something is wrong with it."""
    with pytest.raises(ValidationError):
        Evidence(key="E-01", kind="interview", source="s", person=person)
