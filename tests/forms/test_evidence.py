"""The evidence page: pieces of evidence added, edited, linked and removed."""

import pytest
from kit.answers import CHAT, PAPER, P, proved, silent
from kit.form import book_of, done, made_case, page_of
from kit.made import ON, blank, rated
from kit.page import Node

from cxassess.content.reading import Content
from cxassess.content.voice import Voice
from cxassess.document.answers import Answer, Evidence, Exemption, Judgement
from cxassess.document.checking import check_assessment
from cxassess.pyramid.scoring import score


def test_a_piece_of_evidence_says_what_it_is_for(content: Content) -> None:
    """Where it is used, what it lacks, how long it counts."""
    page = page_of(made_case(content), content, "evidence")
    assert [len(row.all("form")) for row in page.all("li", class_="cx-record")] == [0, 0, 0]
    assert "E2" in page.all("li", id="cx-evidence-E-01")[0].text
    one, two, three = (opened(n, content) for n in (1, 2, 3))
    assert [b.text for b in one.all("button", class_="cx-quiet", data_do="go")] == [
        content.by_key[key].name.en for key in ("inform-4", "inform-5")
    ]
    ways = two.all("button", class_="cx-quiet", data_do="go")
    assert [b.attrs["data-at"] for b in ways] == ["mistakes/cx-mistakes-silos"]
    assert Voice(content, "en").say("form-unused") in three.text


def opened(n: int, content: Content) -> Node:
    """A record with all of it shown."""
    (record,) = page_of(made_case(content), content, "evidence", anchor=f"cx-evidence-E-0{n}").all(
        "li", class_="cx-record cx-open"
    )
    return record


@pytest.mark.parametrize("rating", "NPLF")
def test_a_link_is_one_event(content: Content, rating: str) -> None:
    """A talk supports the rating the answer has now; a later rating leaves it as it is."""
    before = blank(content, evidence=(CHAT,)).answer("inform-1", Answer(state="rated", rating=rating))
    new, missing = done(before, "link", "answers/inform-1/E-02")
    assert (new.answer_to("inform-1"), missing) == (proved("E-02", rating=rating), "")
    new, _ = done(new, "set", "answers/inform-1", {"choice": "F"})
    assert new.answer_to("inform-1").evidence[0].supports == rating


@pytest.mark.parametrize("rating", "NPLF")
def test_one_click_makes_no_proof(content: Content, rating: str) -> None:
    """A document linked says nothing, and proves nothing, until a person has said what it shows. METHOD 4."""
    dated = PAPER.model_copy(update={"on": ON})
    before = blank(content, evidence=(dated,)).answer("inform-1", Answer(state="rated", rating=rating))
    new, _ = done(before, "link", "answers/inform-1/E-01")
    assert new.answer_to("inform-1") == silent("E-01", rating=rating)
    assert score(new, content, on=ON).mark("inform-1").proof == "unproved"
    book = book_of(new, content)
    assert [spot.anchor for spot in book.page("inform").unproved()["form-review-silent"]] == [
        "cx-answers-inform-1-link-E-01"
    ]
    (asked,) = page_of(new, content, "inform").all("li", class_="cx-asks")
    assert Voice(content, "en").say("form-shows-what") in asked.text
    said, _ = done(new, "set", "answers/inform-1", {"supports.E-01": rating, "k.E-01": "", "n.E-01": ""})
    assert score(said, content, on=ON).mark("inform-1").proof == "proved"
    assert book_of(said, content).page("inform").unproved()["form-review-silent"] == []


def test_many_answers_are_ticked_at_once(content: Content) -> None:
    """One event; unticking removes a link; what another linked since the boxes were drawn stays."""
    links = {"inform-1": proved("E-02"), "inform-2": proved("E-02"), "inform-3": P, "inform-4": P}
    before = blank(content, evidence=(PAPER, CHAT)).replaced(answers=links)
    uses = " answers/inform-1 answers/inform-3 answers/inform-5"
    new, missing = done(before, "tick", "evidence/E-02", {"uses": uses, "were": "answers/inform-1"})
    assert missing == ""
    assert new.answers == links | {"inform-3": proved("E-02", rating="P")}
    new, _ = done(new, "tick", "evidence/E-02", {"uses": "", "were": "answers/inform-1 answers/inform-2"})
    assert [key for key, answer in new.answers.items() if answer.evidence] == ["inform-3"]
    new, _ = done(new, "tick", "evidence/E-01", {"uses": "answers/inform-4", "were": ""})
    assert new.answer_to("inform-4") == silent("E-01", rating="P")


def test_what_is_ticked_is_what_is_linked(content: Content) -> None:
    """A box for every question and indicator, ticked where it is linked; what is not rated cannot be."""
    form = opened(1, content).all("form", data_do="tick")[0]
    boxes = form.all("input", type="checkbox")
    assert len(boxes) == len(content.questions) + len(content.indicators)
    ticked = [box.attrs["value"] for box in boxes if "checked" in box.attrs]
    assert ticked == ["answers/inform-4", "answers/inform-5"]
    assert [one.attrs["value"] for one in form.all("input", name="were")] == ticked
    assert "disabled" in next(box for box in boxes if box.attrs["value"] == "answers/elevate-2").attrs


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({}, ["E-03", "E-02", "E-01"]),
        ({"text": "SHOPS head"}, ["E-02"]),
        ({"text": "wawancara"}, ["E-02"]),
        ({"text": "rini"}, ["E-01"]),
        ({"text": "e-03"}, ["E-03"]),
        ({"text": "zebra"}, []),
        ({"show": "talks"}, ["E-02"]),
        ({"show": "undated"}, ["E-02"]),
        ({"show": "unused"}, ["E-03"]),
        ({"show": "invalid"}, []),
        ({"show": "nonsense", "order": "nonsense"}, ["E-03", "E-02", "E-01"]),
        ({"order": "date"}, ["E-03", "E-01", "E-02"]),
        ({"order": "unused"}, ["E-03", "E-02", "E-01"]),
        ({"order": "kind"}, ["E-02", "E-03", "E-01"]),
    ],
)
def test_the_list_is_searched(content: Content, values: dict[str, str], found: list[str]) -> None:
    """By every word typed, in both languages; shown and sorted as asked for, the newest first."""
    page = page_of(made_case(content), content, "evidence", seeks={("evidence",): values})
    rows = page.all("li", class_="cx-record")
    assert [row.attrs["id"].removeprefix("cx-evidence-") for row in rows] == found


def test_the_log_says_who_when_and_what(content: Content) -> None:
    """A talk in the log: the person, the day, and the questions it bears."""
    talk = CHAT.model_copy(update={"on": ON, "person": "Rini"})
    made = blank(content, evidence=(talk,)).answer("inform-2", proved("E-02"))
    (row,) = page_of(made, content, "evidence", seeks={("evidence",): {"show": "talks"}}).all(
        "li", class_="cx-record"
    )
    for told in ("Rini", Voice(content, "en").day(ON), content.by_key["inform-2"].name.en):
        assert told in row.text


def test_a_file_is_shown_with_its_size_or_told_to_be_lost(content: Content) -> None:
    """On its record, in its row and in the review."""
    made = blank(content, evidence=(PAPER.model_copy(update={"file": "sop.pdf"}),))
    known = {"anchor": "cx-evidence-E-01", "files": {"sop.pdf": 3_100_000}}
    page = page_of(made, content, "evidence", **known)
    assert "sop.pdf · 3.1 MB" in page.text
    assert page.all("button", data_do="locate")
    lost = Voice(content, "en").say("form-attachment-lost", name="sop.pdf")
    assert lost not in page.text
    for anchor in ("", "cx-evidence-E-01"):
        assert lost in page_of(made, content, "evidence", anchor=anchor).text
    book = book_of(made, content)
    assert [spot.anchor for spot in book.page("evidence").unproved()["form-review-lost"]] == ["cx-evidence-E-01"]
    assert done(made, "detach", "evidence/E-01").assessment.evidence == (PAPER,)


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
    assert new.answer_to("inform-1") == silent("E-10", rating="P")
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
