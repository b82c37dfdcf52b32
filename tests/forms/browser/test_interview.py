"""An interview in a real browser: what is rated is linked, single views, a file, many ticks. Group `browser`."""

from pathlib import Path

import pytest
from kit.answers import proved
from kit.seat import Seat, barriers, example
from playwright.sync_api import expect

from cxassess.document.answers import EvidenceLink

pytestmark = pytest.mark.browser
MEGABYTES = 3


def begin(seat: Seat, role: str) -> None:
    """Begin an interview with somebody new."""
    seat.at("#cx-talk-begin > summary").click()
    seat.at("#cx-talk-new-source").fill(role)
    seat.at("#cx-talk-new-person").fill("Rini Hartono")
    seat.at("#cx-talk-new [type=submit]").click()
    expect(seat.at(".cx-talking")).to_contain_text(role)
    seat.settled()


def test_an_interview_is_linked_as_one_rates(seat: Seat) -> None:
    """From beginning to end; a rating that moves takes its link along; the view of a nurse stands beside."""
    seat.go("inform")
    begin(seat, "head nurse")
    seat.answer("inform-1", "P")
    seat.answer("inform-1", "L")
    seat.at("label[for=cx-answers-inform-2-unknown]").click()
    seat.settled()
    assert seat.on_disk().answer_to("inform-1") == proved("E-01", rating="L")
    assert seat.on_disk().answer_to("inform-2").evidence == ()
    seat.at("#cx-answers-inform-1-opinions > summary").click()
    expect(seat.at("#cx-answers-inform-1-opine-who")).to_have_value("head nurse")
    seat.at("#cx-answers-inform-1-opine-rating").select_option("N")
    seat.at("#cx-answers-inform-1-opine [type=submit]").click()
    seat.becomes(lambda one: [view.who for view in one.on_disk().answer_to("inform-1").opinions], ["head nurse"])
    seat.at("#cx-client").click()
    expect(seat.at(".cx-talking")).not_to_contain_text("Rini")
    seat.at("#cx-client").click()
    seat.settled()
    seat.at(".cx-talking button").click()
    expect(seat.at(".cx-talking")).to_have_count(0)
    seat.answer("inform-3", "F")
    assert seat.on_disk().answer_to("inform-3").evidence == ()


def test_a_file_of_three_megabytes_is_attached(seat: Seat, tmp_path: Path) -> None:
    """It comes in pieces, lies whole beside the assessment, and stands with its size; a program is refused."""
    data = bytes(range(256)) * (MEGABYTES * 4000)
    (tmp_path / "SOP Kasir.pdf").write_bytes(data)
    (tmp_path / "x.exe").write_bytes(b"x")
    seat.go("evidence")
    seat.at("#cx-evidence-new > summary").click()
    seat.at("#cx-evidence-new-kind").select_option("document")
    seat.at("#cx-evidence-new-source").fill("SOP")
    seat.at("#cx-evidence-new-form [type=submit]").click()
    seat.at("#cx-row-E-01").click()
    seat.at("#cx-evidence-E-01-attach").set_input_files(tmp_path / "SOP Kasir.pdf")
    expect(seat.at("#cx-evidence-E-01-file")).to_contain_text("sop-kasir.pdf · 3.1 MB")
    assert (seat.file.parent / "attachments" / "sop-kasir.pdf").read_bytes() == data
    assert seat.on_disk().evidence[0].file == "sop-kasir.pdf"
    seat.at("#cx-evidence-E-01-attach").set_input_files(tmp_path / "x.exe")
    expect(seat.at(".cx-alert").filter(has_text=".exe")).to_be_visible()
    seat.at("#cx-evidence-E-01-link").fill("https://a.example/x")
    seat.at("#cx-evidence-E-01-person").focus()
    seat.becomes(lambda one: one.on_disk().evidence[0].link, "https://a.example/x")
    seat.at("#cx-row-E-01").click()
    expect(seat.at("#cx-evidence-E-01-form")).to_have_count(0)
    expect(seat.at("#cx-row-E-01")).to_be_focused()


def test_many_are_ticked_and_each_is_asked_what_it_shows(seat: Seat, tmp_path: Path) -> None:
    """One event; nothing is proved until that is said below the question."""
    seat.sit_down(example(tmp_path), "en")
    seat.go("evidence")
    seat.at("#cx-seek-text").press_sequentially("check of 24")
    expect(seat.at(".cx-record")).to_have_count(1)
    seat.at("#cx-row-E-09").click()
    seat.at("#cx-evidence-E-09-ticks > summary").click()
    for key in ("resolve-1", "resolve-2"):
        seat.at(f"#cx-evidence-E-09-tick-answers-{key}").check()
    seat.at("#cx-evidence-E-09-tick [type=submit]").click()
    seat.becomes(lambda one: EvidenceLink(evidence="E-09") in one.on_disk().answer_to("resolve-2").evidence, True)
    assert EvidenceLink(evidence="E-09") in seat.on_disk().answer_to("resolve-1").evidence
    seat.go("resolve")
    seat.at("#cx-answers-resolve-1-link-E-09 select").select_option("P")
    said = EvidenceLink(evidence="E-09", supports="P")
    seat.becomes(lambda one: said in one.on_disk().answer_to("resolve-1").evidence, True)
    seat.go("evidence")
    expect(seat.at("#cx-seek-text")).to_have_value("check of 24")


@pytest.mark.parametrize("lang", ["id", "en"])
def test_everyone_can_use_it(seat: Seat, tmp_path: Path, lang: str) -> None:
    """axe-core finds nothing serious with a record open, an interview on, and single views noted."""
    document = example(tmp_path, _with_views)
    seat.sit_down(document, lang)
    seat.go("evidence")
    seat.at("#cx-row-E-09").click()
    expect(seat.at("#cx-evidence-E-09-form")).to_be_visible()
    found = barriers(seat, "evidence")
    seat.at("#cx-talk-begin").evaluate("(one) => { one.open = true; }")
    found += barriers(seat, "beginning")
    seat.at("#cx-talk-begin li button").first.click()
    expect(seat.at(".cx-talking")).to_be_visible()
    seat.go("inform")
    assert found + barriers(seat, "inform") == []


def _with_views(document: dict) -> dict:
    document["answers"]["inform-1"]["opinions"] = [{"who": "nurse", "rating": "P", "note": "x"}]
    return document
