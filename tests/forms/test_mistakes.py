"""The mistakes' page: judgements, and exceptions from what they contradict."""

import pytest
from kit.answers import PAPER
from kit.form import done, made_case, page_of
from kit.made import blank

from cxassess.content.reading import Content
from cxassess.content.voice import Voice
from cxassess.document.answers import Exemption, Judgement
from cxassess.errors import AssessmentError


def test_an_exception_is_shown(content: Content) -> None:
    """With its reason, that proof is wanting until there is some, and how to withdraw it."""
    case = made_case(content)
    unproved = page_of(case, content, "mistakes").all(id="cx-contradiction-silos-resolve")[0]
    assert Voice(content, "en").say("form-ways-out") not in unproved.text
    assert Voice(content, "en").say("contradiction-unproved") in unproved.text
    assert unproved.all("form", data_set="exceptions/silos/resolve")[0].values()["reason.id"] == "one till"
    assert unproved.all("button", data_do="remove", data_at="exceptions/silos/resolve")
    assert unproved.all("button", data_do="link", data_at="exceptions/silos/resolve/E-01")
    linked = case.exceptions[0].model_copy(update={"evidence": ("E-01",)})
    proved_ = page_of(case.replaced(exceptions=(linked,)), content, "mistakes")
    (box,) = proved_.all(id="cx-contradiction-silos-resolve")
    assert Voice(content, "en").say("contradiction-unproved") not in box.text
    assert box.all("button", data_do="unlink", data_at="exceptions/silos/resolve/E-01")
    assert not box.all("button", data_do="link", data_at="exceptions/silos/resolve/E-01")


def test_an_exception_that_excepts_nothing_can_be_withdrawn(content: Content) -> None:
    """The severity was lowered since: its reason and its evidence are still in the file."""
    case = made_case(content).judge("silos", Judgement(severity=1))
    page = page_of(case, content, "mistakes")
    assert page.all("button", data_do="remove", data_at="exceptions/silos/resolve")


def test_judging(content: Content) -> None:
    """A severity with its notes; without one there is nothing; evidence stays when it changes."""
    new, _ = done(blank(content, evidence=(PAPER,)), "set", "mistakes/silos", {"choice": "3"})
    assert new.mistakes == {"silos": Judgement(severity=3)}
    new, _ = done(new, "link", "mistakes/silos/E-01")
    new, _ = done(new, "set", "mistakes/silos", {"choice": "0", "note.id": "n", "private": "p"})
    assert new.mistakes == {"silos": Judgement(severity=0, note="n", private="p", evidence=("E-01",))}
    assert done(new, "set", "mistakes/silos", {}).assessment == new
    assert done(new, "set", "mistakes/silos", {"choice": "unanswered"}).assessment.mistakes == {}
    with pytest.raises(AssessmentError):
        done(new, "set", "mistakes/silos", {"choice": "9"})


def test_an_exception(content: Content) -> None:
    """It needs a reason and keeps it; evidence can be linked and unlinked; it can be withdrawn."""
    at, before = "exceptions/silos/resolve", blank(content, evidence=(PAPER,))
    assert done(before, "set", at, {"reason.id": " "}) == (before, "form-needs-reason")
    made, missing = done(before, "set", at, {"reason.id": "one till", "reason.en": "", "private": "doubtful"})
    stands = Exemption(mistake="silos", level="resolve", reason="one till", private="doubtful")
    assert (made.exceptions, missing) == ((stands,), "")
    assert done(made, "set", at, {"reason.id": ""}) == (made, "form-needs-reason")
    linked, _ = done(made, "link", f"{at}/E-01")
    assert linked.exceptions == (stands.model_copy(update={"evidence": ("E-01",)}),)
    again, _ = done(linked, "set", at, {"reason.en": "one counter"})
    assert again.exceptions[0].evidence == ("E-01",)
    assert again.exceptions[0].reason == {"id": "one till", "en": "one counter"}
    assert done(linked, "unlink", f"{at}/E-01").assessment == made
    assert done(linked, "remove", at).assessment == before


def test_a_severity_that_is_none_is_refused(content: Content) -> None:
    """As any other value that cannot stand."""
    for choice in ("x", "4", "-1", "1.5"):
        with pytest.raises(AssessmentError):
            done(blank(content), "set", "mistakes/silos", {"choice": choice})
