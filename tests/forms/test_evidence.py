"""The evidence page: pieces of evidence added, edited, linked and removed."""

import pytest
from kit.answers import CHAT, PAPER, P, proved
from kit.form import done, made_case, page_of
from kit.made import blank, rated

from cxassess.content.reading import Content
from cxassess.content.voice import Voice
from cxassess.document.answers import Answer, Evidence, Exemption, Judgement
from cxassess.document.checking import check_assessment


def test_a_piece_of_evidence_says_what_it_is_for(content: Content) -> None:
    """Where it is used, what it lacks, how long it counts."""
    page = page_of(made_case(content), content, "evidence")
    one, two, three = (page.all("details", id=f"cx-evidence-E-0{n}")[0] for n in (1, 2, 3))
    assert [b.text for b in one.all("button", data_do="go")] == [
        content.by_key[key].name.en for key in ("inform-4", "inform-5")
    ]
    assert [b.attrs["data-at"] for b in two.all("button", data_do="go")] == ["mistakes/cx-mistakes-silos"]
    assert Voice(content, "en").say("form-unused") in three.text
    assert ("open" in one.attrs, "open" in two.attrs) == (False, True)
    assert "E2" in one.all("summary")[0].text


@pytest.mark.parametrize("rating", "NPLF")
def test_a_link_is_one_event(content: Content, rating: str) -> None:
    """It supports the rating the answer has now; a later rating leaves it as it is."""
    before = blank(content, evidence=(PAPER,)).answer("inform-1", Answer(state="rated", rating=rating))
    new, missing = done(before, "link", "answers/inform-1/E-01")
    assert (new.answer_to("inform-1"), missing) == (proved("E-01", rating=rating), "")
    new, _ = done(new, "set", "answers/inform-1", {"choice": "F"})
    assert new.answer_to("inform-1").evidence[0].supports == rating


def test_linking_twice_links_once(content: Content) -> None:
    """Two clicks come before the first has been drawn."""
    before = rated(content, "LLLLLL").replaced(evidence=(PAPER,)).judge("silos", Judgement(severity=1))
    for place in ("answers/inform-1", "mistakes/silos"):
        once = done(before, "link", f"{place}/E-01").assessment
        assert done(once, "link", f"{place}/E-01").assessment == once


def test_a_link_needs_a_rating(content: Content) -> None:
    """Also where another person has meanwhile cleared the answer, the severity or the exception."""
    before = blank(content, evidence=(PAPER,)).answer("inform-2", Answer(state="unknown"))
    for at in ("answers/inform-1", "answers/inform-2", "mistakes/silos", "exceptions/silos/resolve"):
        assert done(before, "link", f"{at}/E-01") == (before, "form-needs-rating")


def test_unlinking(content: Content) -> None:
    """One link goes, the others and the answer stay."""
    before = blank(content, evidence=(PAPER, CHAT)).answer("inform-1", proved("E-01", "E-02", note="n"))
    new, _ = done(before, "unlink", "answers/inform-1/E-01")
    assert new.answer_to("inform-1") == proved("E-02", note="n")
    assert done(new, "unlink", "answers/inform-1/E-01").assessment == new
    assert done(new, "unlink", "answers/resolve-1/E-02").assessment == new


def test_new_evidence_needs_kind_and_source(content: Content) -> None:
    """Nothing more; it is linked where it was typed, and gets the next number."""
    before = blank(content, evidence=(PAPER.model_copy(update={"key": "E-09"}),)).answer("inform-1", P)
    for lacking in ({"kind": ""}, {"source.id": " "}):
        values = {"kind": "document", "source.id": "SOP"} | lacking
        assert done(before, "add-evidence", "answers/inform-1", values) == (before, "form-needs-source")
    new, _ = done(before, "add-evidence", "answers/inform-1", {"kind": "document", "source.id": "SOP"})
    assert new.evidence[1:] == (Evidence(key="E-10", kind="document", source="SOP"),)
    assert new.answer_to("inform-1") == proved("E-10", rating="P")
    values = {"kind": "interview", "source.en": "CEO", "on": "2026-03-02"}
    new, missing = done(new, "add-evidence", "", values)
    wanted = Evidence(key="E-11", kind="interview", source={"en": "CEO"}, on="2026-03-02")
    assert (new.evidence[-1], missing) == (wanted, "")


def test_new_evidence_where_the_answer_was_cleared(content: Content) -> None:
    """The evidence is kept, without a link; nothing is refused, or it would be added once more."""
    new, missing = done(blank(content), "add-evidence", "answers/inform-1", {"kind": "document", "source.id": "a"})
    assert ([record.key for record in new.evidence], new.answers) == (["E-01"], {})
    assert missing == ""


def test_evidence_is_edited(content: Content) -> None:
    """Every field of it; without a source it keeps the old one, and the rest is saved."""
    before = blank(content, evidence=(PAPER, CHAT))
    values = {
        "kind": "observation",
        "on": "2026-03-01",
        "person": " Rini ",
        "source.id": "antrean",
        "source.en": "queue",
        "note.en": "seen",
        "private": "p",
    }
    new, missing = done(before, "set", "evidence/E-01", values)
    wanted = Evidence(
        key="E-01",
        kind="observation",
        on="2026-03-01",
        person="Rini",
        source={"id": "antrean", "en": "queue"},
        note={"en": "seen"},
        private="p",
    )
    assert (new.evidence, missing) == ((wanted, CHAT), "")
    emptied = dict.fromkeys(values, "") | {"kind": "document"}
    new, missing = done(new, "set", "evidence/E-01", emptied)
    wanted = Evidence(key="E-01", kind="document", source={"id": "antrean", "en": "queue"})
    assert (new.evidence, missing) == ((wanted, CHAT), "form-needs-source")


def test_removing_evidence_removes_every_link(content: Content) -> None:
    """In answers, indicators, mistakes and exceptions; links to other evidence stay."""
    both = ("E-01", "E-02")
    indicator = content.indicators[0].key
    before = blank(
        content,
        evidence=(PAPER, CHAT),
        answers={"inform-1": proved(*both), "inform-2": proved("E-02")},
        indicators={indicator: proved(*both)},
        mistakes={"silos": Judgement(severity=2, evidence=both)},
        exceptions=(Exemption(mistake="silos", level="resolve", reason="r", evidence=both),),
    )
    new, _ = done(before, "remove", "evidence/E-01")
    check_assessment(new, content)
    assert new.evidence == (CHAT,)
    assert new.answers == {"inform-1": proved("E-02"), "inform-2": proved("E-02")}
    assert new.indicators == {indicator: proved("E-02")}
    assert (new.mistakes["silos"].evidence, new.exceptions[0].evidence) == (("E-02",), ("E-02",))
    assert done(new, "remove", "evidence/E-01").assessment == new
