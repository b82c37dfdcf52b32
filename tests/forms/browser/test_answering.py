"""The form in a real browser: answered by mouse and keyboard, and nothing half typed is lost. Group `browser`."""

import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from kit.seat import Seat, example, note_on_disk
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


CELLS = """() => window.jupyterapp.shell.currentWidget.content.widgets
  .map((cell) => [cell.model.id, cell.model.type, cell.model.sharedModel.getSource()])"""


def test_an_answer_by_mouse_is_saved_and_shown(seat: Seat) -> None:
    """Each click is on disk when the form says so, the pyramid fills, a contradiction shows where it arises."""
    polygon = seat.at(".cx-storeys li:last-child .cx-fill-claimed")
    empty = polygon.get_attribute("points")
    seat.go("inform")
    for n in range(1, 6):
        seat.answer(f"inform-{n}", "F")
        expect(seat.at(".cx-saved")).to_have_text(re.compile(r"^Saved \d\d:\d\d:\d\d$"))
        assert seat.choices() == {f"inform-{i}": "F" for i in range(1, n + 1)}
    said = datetime.strptime(seat.at(".cx-saved").inner_text(), "Saved %H:%M:%S")
    assert abs(datetime.now().replace(1900, 1, 1) - said) < timedelta(seconds=5)
    full = polygon.get_attribute("points")
    assert full != empty
    seat.go("mistakes")
    seat.at("label[for=cx-mistakes-hard-to-use-3]").click()
    expect(seat.at("#cx-contradiction-hard-to-use-inform")).to_be_visible()
    expect(seat.at(".cx-storeys li:last-child strong")).to_have_text(seat.say("form-contradicted"))
    assert seat.choices()["hard-to-use"] == 3
    seat.go("inform")
    expect(seat.at("#cx-contradiction-hard-to-use-inform")).to_be_visible()


def test_a_level_is_answered_by_keyboard(seat: Seat) -> None:
    """Tab, arrows, Space and letters are enough, from the list of pages to the last answer and a note."""
    seat.at("#cx-undo").focus()
    seat.tab_to("[data-at=inform]")
    seat.press("Enter")
    expect(seat.at("#cx-page")).to_be_focused()
    seat.tab_to("#cx-answers-inform-1-N")
    seat.press("l")
    seat.tab_to("#cx-answers-inform-1-note-en")
    seat.page.keyboard.type("No x d d, 0 0: just a note.")
    seat.tab_to("#cx-answers-inform-2-N")
    seat.press("Space", "ArrowDown", "ArrowDown", "ArrowUp")
    seat.tab_to("#cx-answers-inform-3-N")
    seat.press("f")
    seat.tab_to("#cx-answers-inform-4-N")
    seat.press("p", "u")
    seat.tab_to("#cx-answers-inform-5-N")
    seat.press("f", "n")
    seat.settled()
    wanted = {"inform-1": "L", "inform-2": "P", "inform-3": "F", "inform-4": "unknown", "inform-5": "N"}
    assert seat.choices() == wanted
    assert seat.on_disk().answers["inform-1"].note == "No x d d, 0 0: just a note."
    assert [one.split("-", 2)[2] for one in seat.checked()] == [
        *("inform-1-L", "inform-2-P", "inform-3-F", "inform-4-unknown", "inform-5-N")
    ]


KEYS = ("x", "d", "d", "0", "0", "a", "b", "m", "z", "Enter", "Delete")


def test_keys_typed_in_the_form_stay_there(seat: Seat) -> None:
    """On a radio, a summary, a select, a button, or the heading of a new page: no cell is cut or changed."""
    cells = seat.page.evaluate(CELLS)
    for selector in ("#cx-profile-size", "#cx-profile-on", "#cx-redo", "#cx-lang-en"):
        seat.at(selector).focus()
        seat.press(*KEYS)
        assert seat.page.evaluate(CELLS) == cells, selector
    seat.go("inform")
    expect(seat.at("#cx-page")).to_be_focused()
    seat.press(*KEYS)
    for selector in ("#cx-answers-inform-1-F", "#cx-answers-inform-1-guide > summary"):
        seat.at(selector).focus()
        seat.press(*KEYS)
    seat.settled()
    assert seat.page.evaluate(CELLS) == cells
    assert seat.page.locator(".jp-Dialog").count() == 0


def test_the_focus_stays_in_the_form(seat: Seat, tmp_path: Path) -> None:
    """Also where the button that was pressed goes away by that; so keys and Tab go on from there."""
    seat.sit_down(example(tmp_path), "en")
    cells = seat.page.evaluate(CELLS)
    pressed = [("inform", "[data-do=link]"), ("inform", "[data-do=unlink]"), ("mistakes", "[data-do=unlink]")]
    lost = []
    for page, selector in [*pressed, ("evidence", "[data-do=remove]")]:
        seat.go(page)
        if page == "evidence":
            seat.at(".cx-record > button").first.click()
        seat.at(selector).first.focus()
        seat.press("Enter")
        seat.settled()
        if not seat.has_focus():
            lost.append((page, selector))
        seat.press(*KEYS)
        assert seat.page.evaluate(CELLS) == cells
    assert lost == []


def test_ten_clicks_at_once_are_ten_answers(seat: Seat) -> None:
    """A redraw by one takes no other back, not for a moment: in one go, or one every few milliseconds."""
    seat.go("mistakes")
    click = """async ([severity, pause]) => {
      const root = document.querySelector(".cx-form"), clicked = [];
      let taken = 0;
      const observer = new MutationObserver(() => { taken += clicked.some((radio) => !radio.checked); });
      observer.observe(root, { subtree: true, childList: true, attributes: true });
      for (const radio of [...root.querySelectorAll(`input[value="${severity}"]`)].slice(0, 10)) {
        radio.click();
        clicked.push(radio);
        if (pause) await new Promise((done) => setTimeout(done, pause));
      }
      while (root.dataset.saving !== undefined) await new Promise((done) => setTimeout(done, 10));
      observer.disconnect();
      return taken;
    }"""
    keys = [one.key for one in seat.content.mistakes][:10]
    for severity, pause in ((1, 0), (2, 7), (3, 40)):
        assert seat.page.evaluate(click, [severity, pause]) == 0
        assert seat.choices() == dict.fromkeys(keys, severity)
        assert seat.checked() == [f"cx-mistakes-{key}-{severity}" for key in keys]


def test_half_typed_text_is_kept(seat: Seat) -> None:
    """A save while one types moves neither text nor caret; leaving the field or the page saves at once."""
    seat.go("inform")
    note = seat.at("#cx-answers-inform-1-note-en")
    note.click()
    for words in ("one", " two", " three"):
        seat.page.keyboard.type(words, delay=30)
        seat.page.wait_for_timeout(780)  # the form waits 800: the next words come while it saves
    seat.press("Home")
    seat.page.keyboard.type("zero ")
    seat.becomes(note_on_disk, "zero one two three")
    seat.settled()
    assert note.evaluate("field => [field.selectionStart, document.activeElement === field]") == [5, True]
    seat.page.keyboard.type("and ")
    assert note.input_value() == "zero and one two three"
    seat.press("Tab")
    assert seat.at(".cx-saving").is_visible() or note_on_disk(seat) == "zero and one two three"
    seat.becomes(note_on_disk, "zero and one two three")
    note.fill("gone elsewhere")
    seat.go("resolve")
    assert note_on_disk(seat) == "gone elsewhere"


def test_a_new_record_half_typed_is_kept(seat: Seat) -> None:
    """Fields that are sent by a button keep what stands in them while other answers redraw the page."""
    seat.go("inform")
    seat.answer("inform-1", "F")
    seat.at("#cx-answers-inform-1-new > summary").click()
    seat.at("#cx-answers-inform-1-new-kind").select_option("document")
    seat.at("#cx-answers-inform-1-new-source").fill("Opening hours")
    seat.answer("inform-1", "P")
    seat.answer("inform-2", "P")
    seat.at("#cx-answers-inform-1-new button").click()
    seat.becomes(lambda seat: [one.source for one in seat.on_disk().evidence], ["Opening hours"])
    seat.settled()
    assert seat.at("#cx-answers-inform-1-new-source").input_value() == ""


def test_the_language_changes_in_place(seat: Seat) -> None:
    """Page, answers, half-typed text and an incomplete “not applicable” stay as they are, there and back."""
    seat.go("inform")
    seat.answer("inform-1", "F")
    seat.at("label[for=cx-answers-inform-2-not-applicable]").click()
    expect(seat.at(".cx-alert[role=alert]:visible")).to_have_text(seat.say("form-needs-why"))
    seat.at("#cx-answers-inform-3-note-en").press_sequentially("half a sen")
    for lang, name in (("id", "1. Informasi dasar"), ("en", "1. Basic information")):
        seat.at(f"#cx-lang-{lang}").click()
        seat.settled()
        expect(seat.at(".cx-shell")).to_have_attribute("lang", lang)
        expect(seat.at("#cx-page")).to_have_text(re.compile(rf"^{name[:3]}"))
        assert seat.checked() == ["cx-answers-inform-1-F", "cx-answers-inform-2-not-applicable"]
        assert seat.at("#cx-answers-inform-3 textarea").first.input_value() == "half a sen"
        assert seat.at("#cx-answers-inform-2-reason").is_visible()
    assert seat.choices() == {"inform-1": "F", "inform-3": "unanswered"}
    seat.at("#cx-answers-inform-2-reason").select_option("not-offered")
    seat.at("#cx-answers-inform-2-note-en").fill("There are no outlets.")
    seat.press("Tab")
    seat.becomes(lambda seat: seat.choices().get("inform-2"), "not-applicable")


def test_a_half_typed_record_waits_on_its_page(seat: Seat) -> None:
    """One turns to another page and comes back: what was typed stands there, unfolded."""
    seat.go("evidence")
    seat.at("#cx-evidence-new > summary").click()
    seat.at("#cx-evidence-new-source").fill("Opening h")
    seat.go("review")
    seat.go("evidence")
    assert seat.at("#cx-evidence-new-source").input_value() == "Opening h"
    assert seat.at("#cx-evidence-new-source").is_visible()


def test_a_double_click_adds_one(seat: Seat) -> None:
    """The second press of a button that adds finds the first under way."""
    seat.go("evidence")
    seat.at("#cx-evidence-new > summary").click()
    seat.at("#cx-evidence-new-kind").select_option("document")
    seat.at("#cx-evidence-new-source").fill("Opening hours")
    seat.at("#cx-evidence-new-form button").evaluate("button => { button.click(); button.click(); }")
    seat.settled()
    assert [one.source for one in seat.on_disk().evidence] == ["Opening hours"]


def test_a_date_is_saved_once(seat: Seat) -> None:
    """Not with every digit of its year, which would make dates nobody meant, and steps to undo."""
    seat.at("#cx-profile-on").focus()
    seat.page.keyboard.type("04052026", delay=40)
    seat.press("Tab")
    seat.becomes(lambda seat: str(seat.on_disk().on), "2026-04-05")
    seat.settled()
    seat.at("#cx-undo").click()
    seat.becomes(lambda seat: str(seat.on_disk().on), "2026-03-01")


def test_blanks_stay_while_one_thinks(seat: Seat) -> None:
    """The file holds no blanks at an end, but the field does: the next word is not joined to the last."""
    seat.go("inform")
    seat.at("#cx-answers-inform-1-note-en").click()
    for words in ("Long ", "queue\n", "second line"):
        seat.page.keyboard.type(words)
        seat.page.wait_for_timeout(1000)
        seat.settled()
    seat.becomes(note_on_disk, "Long queue\nsecond line")
    seat.go("profile")
    seat.at("#cx-profile-competitors").click()
    for words in ("Alpha\n", "Beta"):
        seat.page.keyboard.type(words)
        seat.page.wait_for_timeout(1000)
    seat.becomes(lambda seat: seat.on_disk().profile.competitors, ("Alpha", "Beta"))


def test_only_one_role_is_asked(seat: Seat) -> None:
    """By a click, on every page, until everything is asked for again; an answer given meanwhile is saved."""
    if not seat.at("#cx-ask-leader").is_visible():
        seat.at(".cx-menu > summary").click()
    seat.at("#cx-ask-leader").click()
    seat.go("resolve")
    expect(seat.at(".cx-question")).to_have_count(2)
    expect(seat.at("#cx-hidden")).to_contain_text("3 items on this page are not shown")
    seat.answer("resolve-5", "L")
    seat.becomes(Seat.choices, {"resolve-5": "L"})
    seat.at("#cx-hidden button").click()
    expect(seat.at(".cx-question")).to_have_count(5)
    expect(seat.at("#cx-ask-everyone")).to_have_attribute("aria-pressed", "true")
