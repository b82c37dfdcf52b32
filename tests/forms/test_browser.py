"""The form in a real browser and a real JupyterLab: nothing lost, nothing run, no mouse. Group `browser`."""

import json
import os
import re
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from kit.lab import QUIET, READY, Lab, parameters, run, running_lab
from playwright.sync_api import Browser, Dialog, Locator, Page, Route, expect, sync_playwright

from cxassess.content.reading import Content
from cxassess.document.assessment import Assessment
from cxassess.document.assessmentfile import load_assessment, new_assessment
from cxassess.places import examples_dir
from cxassess.text import LANGS, Lang

pytestmark = pytest.mark.browser
ELSEWHERE = re.compile(r"^(?!http://127\.0\.0\.1[:/]|data:|blob:)")
BAD = """</textarea><script>window.ran = 1</script>'"><img src=x onerror="window.ran = 1">"""
BAD += '<svg onload="window.ran = 1">'
TYPED = {"note", "private", "source", "person", "organisation", "group", "name", "trade", "objective", "reason"}
TYPED |= {"customer_groups", "competitors", "commentary"}
CELLS = """() => window.jupyterapp.shell.currentWidget.content.widgets
  .map((cell) => [cell.model.id, cell.model.type, cell.model.sharedModel.getSource()])"""


@dataclass
class Desk:
    """A person at a browser: the page, the file of the form on it, and what must not be heard of it."""

    page: Page
    content: Content
    who: str
    file: Path = Path()
    heard: list[str] = field(default_factory=list)

    def sit_down(self, file: Path, lang: Lang) -> None:
        """Show the form of a file, by the kernel that runs already."""
        self.file = file
        self.page.evaluate("() => window.jupyterapp.commands.execute('notebook:clear-all-cell-outputs')")
        expect(self.page.locator(".cx-form")).to_have_count(0)
        self.page.evaluate(
            "(text) => window.jupyterapp.shell.currentWidget.content.widgets[1].model.sharedModel.setSource(text)",
            parameters(file, lang=lang, who=self.who),
        )
        run(self.page)

    def say(self, word: str) -> str:
        """A word of the form in English, as far as its first gap."""
        return self.content.words[word].en.split("{")[0]

    def at(self, selector: str) -> Locator:
        return self.page.locator(f".cx-form {selector}")

    def go(self, page: str) -> None:
        """Go to a page by its button."""
        button = self.at(f".cx-menu [data-at='{page}']")
        if not button.is_visible():
            self.at(".cx-menu > summary").click()
        button.click()
        expect(self.at(f"#cx-pane-{page}")).to_be_visible()
        self.settled()

    def answer(self, key: str, choice: str) -> None:
        """Choose an answer by the mouse, and wait until that is answered."""
        self.at(f"label[for=cx-answers-{key}-{choice}]").click()
        self.settled()

    def settled(self) -> None:
        """Wait until the kernel has answered all there was."""
        expect(self.page.locator(".cx-form:not([data-saving])")).to_be_attached()

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def tab_to(self, selector: str) -> None:
        """Press Tab until the focus is there; it never leaves the form."""
        for _ in range(60):
            self.press("Tab")
            assert self.has_focus()
            if self.page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
                return
        raise AssertionError(f"Tab does not lead to {selector}")

    def has_focus(self) -> bool:
        return bool(self.page.evaluate("document.activeElement.closest('.cx-form') !== null"))

    def on_disk(self) -> Assessment:
        return load_assessment(self.file, self.content)

    def choices(self) -> dict[str, str | int]:
        """What is on disk: the rating or state of every answer, the severity of every mistake."""
        one = self.on_disk()
        ratings = {key: answer.rating or answer.state for key, answer in one.answers.items()}
        return {**ratings, **{key: judgement.severity for key, judgement in one.mistakes.items()}}

    def becomes(self, seen: Callable[["Desk"], Any], wanted: Any, seconds: float = 5) -> None:
        """Wait until something of the file is as wanted."""
        end = time.monotonic() + seconds
        while (found := seen(self)) != wanted and time.monotonic() < end:
            self.page.wait_for_timeout(50)
        assert found == wanted

    def checked(self) -> list[str]:
        """The radios that are checked on screen."""
        return [radio.get_attribute("id") or "" for radio in self.at("[type=radio]:checked").all()]


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    with running_lab(tmp_path_factory.mktemp("lab")) as lab:
        yield lab


@pytest.fixture(scope="module")
def ann(browser: Browser, lab: Lab, content: Content) -> Iterator[Desk]:
    """A notebook that most tests share: to open one takes five seconds."""
    yield from opened(browser, lab, content, "Ann")


@pytest.fixture(scope="module")
def ben(browser: Browser, lab: Lab, content: Content) -> Iterator[Desk]:
    """Another, with a kernel of its own."""
    yield from opened(browser, lab, content, "Ben")


def opened(browser: Browser, lab: Lab, content: Content, who: str) -> Iterator[Desk]:
    """A notebook in a browser of its own that reaches nobody else; its kernel runs, its cells have not run."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    desk = Desk(context.new_page(), content, who)

    def refuse(route: Route) -> None:
        desk.heard.append(route.request.url)
        route.abort()

    context.route(ELSEWHERE, refuse)
    desk.page.on("websocket", lambda one: desk.heard.append(one.url) if "//127.0.0.1:" not in one.url else None)
    desk.page.on("pageerror", lambda error: desk.heard.append(str(error)))
    desk.page.on("dialog", lambda dialog: answered(dialog, desk.heard))
    lab.copy(f"{who}.ipynb", Path("none"), lang="en")
    lab.open(desk.page, f"{who}.ipynb")
    yield desk
    context.close()


def answered(dialog: Dialog, heard: list[str]) -> None:
    """Lab asks before one leaves a notebook that is not saved; nothing else may open a dialog."""
    if dialog.type == "beforeunload":
        dialog.accept()
    else:
        heard.append(dialog.message)
        dialog.dismiss()


@pytest.fixture
def desk(ann: Desk, tmp_path: Path) -> Iterator[Desk]:
    """Ann and a new assessment; whatever a test does there, nobody else is asked for anything."""
    yield from seated(ann, tmp_path)


@pytest.fixture
def other(ben: Desk, tmp_path: Path) -> Iterator[Desk]:
    """Ben and another."""
    (tmp_path / "other").mkdir()
    yield from seated(ben, tmp_path / "other")


def seated(desk: Desk, folder: Path) -> Iterator[Desk]:
    desk.heard.clear()
    desk.sit_down(blank(folder, desk.content), "en")
    yield desk
    assert desk.heard == []


def blank(folder: Path, content: Content) -> Path:
    """An assessment without any answer."""
    new_assessment(folder / "a.json", content, organisation="Acme", on=date(2026, 3, 1), working_language="en")
    return folder / "a.json"


def example(folder: Path, edit: Callable[[Any], Any] = lambda document: document) -> Path:
    """A copy of an example with everything in it, edited."""
    document = json.loads((examples_dir() / "kopi-lereng.json").read_text(encoding="utf-8"))
    (folder / "example.json").write_text(json.dumps(edit(document)), encoding="utf-8")
    return folder / "example.json"


# --- to answer ---


def test_an_answer_by_mouse_is_saved_and_shown(desk: Desk) -> None:
    """Each click is on disk when the form says so, the pyramid fills, a contradiction shows where it arises."""
    polygon = desk.at(".cx-storeys li:last-child .cx-fill-claimed")
    empty = polygon.get_attribute("points")
    desk.go("inform")
    for n in range(1, 6):
        desk.answer(f"inform-{n}", "F")
        expect(desk.at(".cx-saved")).to_have_text(re.compile(r"^Saved \d\d:\d\d:\d\d$"))
        assert desk.choices() == {f"inform-{i}": "F" for i in range(1, n + 1)}
    said = datetime.strptime(desk.at(".cx-saved").inner_text(), "Saved %H:%M:%S")
    assert abs(datetime.now().replace(1900, 1, 1) - said) < timedelta(seconds=5)
    full = polygon.get_attribute("points")
    assert full != empty
    desk.go("mistakes")
    desk.at("label[for=cx-mistakes-hard-to-use-3]").click()
    expect(desk.at("#cx-contradiction-hard-to-use-inform")).to_be_visible()
    expect(desk.at(".cx-storeys li:last-child strong")).to_have_text(desk.say("form-contradicted"))
    assert desk.choices()["hard-to-use"] == 3
    desk.go("inform")
    expect(desk.at("#cx-contradiction-hard-to-use-inform")).to_be_visible()


def test_a_level_is_answered_by_keyboard(desk: Desk) -> None:
    """Tab, arrows, Space and letters are enough, from the list of pages to the last answer and a note."""
    desk.at("#cx-undo").focus()
    desk.tab_to("[data-at=inform]")
    desk.press("Enter")
    expect(desk.at("#cx-page")).to_be_focused()
    desk.tab_to("#cx-answers-inform-1-N")
    desk.press("l")
    desk.tab_to("#cx-answers-inform-1-note-en")
    desk.page.keyboard.type("No x d d, 0 0: just a note.")
    desk.tab_to("#cx-answers-inform-2-N")
    desk.press("Space", "ArrowDown", "ArrowDown", "ArrowUp")
    desk.tab_to("#cx-answers-inform-3-N")
    desk.press("f")
    desk.tab_to("#cx-answers-inform-4-N")
    desk.press("p", "u")
    desk.tab_to("#cx-answers-inform-5-N")
    desk.press("f", "n")
    desk.settled()
    wanted = {"inform-1": "L", "inform-2": "P", "inform-3": "F", "inform-4": "unknown", "inform-5": "N"}
    assert desk.choices() == wanted
    assert desk.on_disk().answers["inform-1"].note == "No x d d, 0 0: just a note."
    assert [one.split("-", 2)[2] for one in desk.checked()] == [
        *("inform-1-L", "inform-2-P", "inform-3-F", "inform-4-unknown", "inform-5-N")
    ]


KEYS = ("x", "d", "d", "0", "0", "a", "b", "m", "z", "Enter", "Delete")


def test_keys_typed_in_the_form_stay_there(desk: Desk) -> None:
    """On a radio, a summary, a select, a button, or the heading of a new page: no cell is cut or changed."""
    cells = desk.page.evaluate(CELLS)
    for selector in ("#cx-profile-size", "#cx-profile-on", "#cx-redo", "#cx-lang-en"):
        desk.at(selector).focus()
        desk.press(*KEYS)
        assert desk.page.evaluate(CELLS) == cells, selector
    desk.go("inform")
    expect(desk.at("#cx-page")).to_be_focused()
    desk.press(*KEYS)
    for selector in ("#cx-answers-inform-1-F", "#cx-answers-inform-1-guide > summary"):
        desk.at(selector).focus()
        desk.press(*KEYS)
    desk.settled()
    assert desk.page.evaluate(CELLS) == cells
    assert desk.page.locator(".jp-Dialog").count() == 0


def test_the_focus_stays_in_the_form(desk: Desk, tmp_path: Path) -> None:
    """Also where the button that was pressed goes away by that; so keys and Tab go on from there."""
    desk.sit_down(example(tmp_path), "en")
    cells = desk.page.evaluate(CELLS)
    pressed = [("inform", "[data-do=link]"), ("inform", "[data-do=unlink]"), ("mistakes", "[data-do=unlink]")]
    lost = []
    for page, selector in [*pressed, ("evidence", "[data-do=remove]")]:
        desk.go(page)
        if page == "evidence":
            desk.at(".cx-record summary").first.click()
        desk.at(selector).first.focus()
        desk.press("Enter")
        desk.settled()
        if not desk.has_focus():
            lost.append((page, selector))
        desk.press(*KEYS)
        assert desk.page.evaluate(CELLS) == cells
    assert lost == []


def test_ten_clicks_at_once_are_ten_answers(desk: Desk) -> None:
    """A redraw by one takes no other back, not for a moment: in one go, or one every few milliseconds."""
    desk.go("mistakes")
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
    keys = [one.key for one in desk.content.mistakes][:10]
    for severity, pause in ((1, 0), (2, 7), (3, 40)):
        assert desk.page.evaluate(click, [severity, pause]) == 0
        assert desk.choices() == dict.fromkeys(keys, severity)
        assert desk.checked() == [f"cx-mistakes-{key}-{severity}" for key in keys]


def test_half_typed_text_is_kept(desk: Desk) -> None:
    """A save while one types moves neither text nor caret; leaving the field or the page saves at once."""
    desk.go("inform")
    note = desk.at("#cx-answers-inform-1-note-en")
    note.click()
    for words in ("one", " two", " three"):
        desk.page.keyboard.type(words, delay=30)
        desk.page.wait_for_timeout(780)  # the form waits 800: the next words come while it saves
    desk.press("Home")
    desk.page.keyboard.type("zero ")
    desk.becomes(note_on_disk, "zero one two three")
    desk.settled()
    assert note.evaluate("field => [field.selectionStart, document.activeElement === field]") == [5, True]
    desk.page.keyboard.type("and ")
    assert note.input_value() == "zero and one two three"
    desk.press("Tab")
    assert desk.at(".cx-saving").is_visible() or note_on_disk(desk) == "zero and one two three"
    desk.becomes(note_on_disk, "zero and one two three")
    note.fill("gone elsewhere")
    desk.go("resolve")
    assert note_on_disk(desk) == "gone elsewhere"


def note_on_disk(desk: Desk) -> Any:
    """The note of the first question."""
    answer = desk.on_disk().answers.get("inform-1")
    return answer and answer.note


def test_a_new_record_half_typed_is_kept(desk: Desk) -> None:
    """Fields that are sent by a button keep what stands in them while other answers redraw the page."""
    desk.go("inform")
    desk.answer("inform-1", "F")
    desk.at("#cx-answers-inform-1-new > summary").click()
    desk.at("#cx-answers-inform-1-new-kind").select_option("document")
    desk.at("#cx-answers-inform-1-new-source").fill("Opening hours")
    desk.answer("inform-1", "P")
    desk.answer("inform-2", "P")
    desk.at("#cx-answers-inform-1-new button").click()
    desk.becomes(lambda desk: [one.source for one in desk.on_disk().evidence], ["Opening hours"])
    desk.settled()
    assert desk.at("#cx-answers-inform-1-new-source").input_value() == ""


def test_the_language_changes_in_place(desk: Desk) -> None:
    """Page, answers, half-typed text and an incomplete “not applicable” stay as they are, there and back."""
    desk.go("inform")
    desk.answer("inform-1", "F")
    desk.at("label[for=cx-answers-inform-2-not-applicable]").click()
    expect(desk.at(".cx-alert[role=alert]:visible")).to_have_text(desk.say("form-needs-why"))
    desk.at("#cx-answers-inform-3-note-en").press_sequentially("half a sen")
    for lang, name in (("id", "1. Informasi dasar"), ("en", "1. Basic information")):
        desk.at(f"#cx-lang-{lang}").click()
        desk.settled()
        expect(desk.at(".cx-shell")).to_have_attribute("lang", lang)
        expect(desk.at("#cx-page")).to_have_text(re.compile(rf"^{name[:3]}"))
        assert desk.checked() == ["cx-answers-inform-1-F", "cx-answers-inform-2-not-applicable"]
        assert desk.at("#cx-answers-inform-3 textarea").first.input_value() == "half a sen"
        assert desk.at("#cx-answers-inform-2-reason").is_visible()
    assert desk.choices() == {"inform-1": "F", "inform-3": "unanswered"}
    desk.at("#cx-answers-inform-2-reason").select_option("not-offered")
    desk.at("#cx-answers-inform-2-note-en").fill("There are no outlets.")
    desk.press("Tab")
    desk.becomes(lambda desk: desk.choices().get("inform-2"), "not-applicable")


# --- to be harmless, and fit for everyone ---


def hostile(value: Any, typed: bool = False) -> Any:
    """A document with every text that people type made hostile."""
    if isinstance(value, Mapping):
        return {key: hostile(one, typed or key in TYPED) for key, one in value.items()}
    if isinstance(value, list):
        return [hostile(one, typed) for one in value]
    return f"{BAD}{value}" if typed and isinstance(value, str) else value


def hostile_document(document: Any) -> Any:
    reasons = {key: answer["reason"] for key, answer in document["answers"].items() if "reason" in answer}
    document["exceptions"] = [{"mistake": "one-mass", "level": "resolve", "reason": "Why", "private": "p"}]
    document["commentary"] = {"summary": "Words", "advice": {"id": "Kata", "en": "Words"}}
    document = hostile(document)
    for key, reason in reasons.items():
        document["answers"][key]["reason"] = reason
    document["profile"]["unit"] = {"kind": "brand", "name": BAD}
    return document


def test_what_people_typed_runs_nowhere(desk: Desk, tmp_path: Path) -> None:
    """Names and notes full of markup are text on every page, in clashes and notices, typed here or read."""
    desk.sit_down(example(tmp_path, hostile_document), "en")
    for page in pages(desk.content):
        desk.go(page)
        assert desk.at(":is(img, script, [onerror], [onload])").count() == 0, page
    desk.go("profile")
    desk.at("#cx-profile-trade-en").fill(BAD)
    desk.at("#cx-profile-organisation").fill(f"{BAD} Ltd")
    desk.press("Tab")
    expect(desk.at(".cx-who h2")).to_have_text(f"{BAD} Ltd")
    others = json.loads(desk.file.read_text(encoding="utf-8"))
    others["profile"]["trade"] = others["profile"]["note"] = f"{BAD} by others"
    desk.file.write_text(json.dumps(others), encoding="utf-8")
    desk.at("#cx-profile-note-en").fill(f"{BAD} mine")
    desk.press("Tab")
    expect(desk.at(".cx-clash dd >> nth=0")).to_contain_text(f"{BAD} mine")
    desk.at("#cx-undo").click()
    desk.settled()
    assert desk.at(":is(img, script, [onerror], [onload])").count() == 0
    assert desk.page.evaluate("window.ran") is None


def pages(content: Content) -> list[str]:
    return ["profile", *content.level_keys, "mistakes", "indicators", "evidence", "review", "result"]


def barriers(desk: Desk, where: str) -> list[str]:
    """What axe-core finds in the form that keeps people out, with everything unfolded: it skips what is hidden."""
    desk.page.evaluate("document.querySelectorAll('.cx-pane details').forEach((one) => { one.open = true; })")
    found = Axe().run(desk.page, context=".cx-form").response["violations"]
    return [
        f"{where}: {one['id']}: {[node['target'] for node in one['nodes']][:3]}"
        for one in found
        if one["impact"] in ("serious", "critical")
    ]


def test_the_form_is_accessible(desk: Desk, tmp_path: Path) -> None:
    """axe-core finds nothing serious on any page in either language."""
    desk.sit_down(example(tmp_path), "en")
    found = []
    for lang in LANGS:
        desk.at(f"#cx-lang-{lang}").click()
        for page in pages(desk.content):
            desk.go(page)
            found += barriers(desk, f"{page} {lang}")
    assert found == []


@pytest.fixture
def narrow(desk: Desk) -> Iterator[Desk]:
    """A small window, with the list of files folded away."""
    toggle = "() => window.jupyterapp.commands.execute('application:toggle-left-area')"
    desk.page.evaluate(toggle)
    desk.page.set_viewport_size({"width": 500, "height": 900})
    yield desk
    desk.page.set_viewport_size({"width": 1280, "height": 900})
    desk.page.evaluate(toggle)


def test_the_form_fits_a_narrow_column(narrow: Desk, tmp_path: Path) -> None:
    """The list of pages folds, nothing scrolls sideways, and axe-core finds nothing serious there either."""
    narrow.sit_down(example(tmp_path), "id")
    found = []
    for page in pages(narrow.content):
        narrow.go(page)
        assert narrow.at(".cx-menu > ul").is_hidden()
        assert narrow.at(".cx-pane").evaluate("pane => pane.scrollWidth <= pane.clientWidth"), page
        found += barriers(narrow, f"{page} narrow")
    assert found == []


# --- to lose nothing ---


def test_a_save_that_fails_is_told_and_tried_again(desk: Desk) -> None:
    """With its file gone the form says so, keeps every answer, offers a copy, and saves when the file is back."""
    desk.go("inform")
    desk.answer("inform-1", "F")
    away = desk.file.rename(desk.file.with_name("away.json"))
    desk.answer("inform-2", "L")
    expect(desk.at("#cx-trouble")).to_contain_text(desk.say("form-file-gone"))
    expect(desk.at(".cx-saved")).to_have_text(desk.say("form-not-saved"))
    desk.answer("inform-3", "P")
    desk.go("resolve")
    desk.go("inform")
    assert barriers(desk, "trouble") == []
    with desk.page.expect_download() as download:
        desk.at("[data-do=copy]").click()
    copy = load_assessment(download.value.path(), desk.content)
    answers = {"inform-1": "F", "inform-2": "L", "inform-3": "P"}
    assert {key: answer.rating for key, answer in copy.answers.items()} == answers
    assert re.fullmatch(r"a-\d{4}-\d\d-\d\d-\d\d-\d\d-\d\d\.json", download.value.suggested_filename)
    away.rename(desk.file)
    expect(desk.at("#cx-trouble")).to_have_count(0, timeout=7000)
    expect(desk.at(".cx-saved")).to_have_text(re.compile("^Saved"))
    assert desk.choices() == answers


def test_leaving_with_something_unsaved_is_asked_about(desk: Desk) -> None:
    """While an answer is not on disk, closing the page asks first; once it is, it does not."""
    leave = "() => window.dispatchEvent(new Event('beforeunload', { cancelable: true }))"
    desk.go("inform")
    away = desk.file.rename(desk.file.with_name("away.json"))
    desk.answer("inform-1", "F")
    expect(desk.at("#cx-trouble")).to_be_visible()
    assert desk.page.evaluate(leave) is False
    away.rename(desk.file)
    desk.at("[data-do=retry]").click()
    expect(desk.at("#cx-trouble")).to_have_count(0)
    assert desk.page.evaluate(leave) is True


def test_two_people_on_one_file(desk: Desk, other: Desk) -> None:
    """Different answers meet; the same one is asked about in the second form, and both then show what stands."""
    desk.sit_down(other.file, "en")
    for one in (desk, other):
        one.go("inform")
    desk.answer("inform-1", "L")
    other.answer("inform-2", "P")
    assert desk.choices() == {"inform-1": "L", "inform-2": "P"}
    desk.answer("inform-3", "F")
    other.answer("inform-3", "N")
    expect(other.at(".cx-clash")).to_contain_text(other.say("form-clash"))
    assert barriers(other, "clash") == []
    assert other.choices()["inform-3"] == "F"
    other.at("[data-do=mine]").click()
    expect(other.at(".cx-clash")).to_have_count(0)
    other.settled()
    desk.press("Control+s")
    desk.settled()
    assert desk.choices() == {"inform-1": "L", "inform-2": "P", "inform-3": "N"}
    assert desk.checked() == other.checked() == [f"cx-answers-inform-{one}" for one in ("1-L", "2-P", "3-N")]


def test_the_form_comes_back(other: Desk, lab: Lab) -> None:
    """After a reload it stands as it stood; a fresh kernel has everything, too, and undo takes the last back."""
    other.go("inform")
    for key, choice in (("inform-1", "L"), ("inform-2", "F")):
        other.answer(key, choice)
    other.page.evaluate("() => window.jupyterapp.commands.execute('docmanager:save')")
    other.page.reload()
    expect(other.at("#cx-pane-inform")).to_be_visible(timeout=20_000)
    assert other.checked() == ["cx-answers-inform-1-L", "cx-answers-inform-2-F"]
    other.answer("inform-3", "P")
    assert other.choices() == {"inform-1": "L", "inform-2": "F", "inform-3": "P"}
    lab.ask(f"sessions/{session(lab, 'Ben.ipynb')['id']}", "DELETE")
    lab.open(other.page, "Ben.ipynb")
    run(other.page)
    other.go("inform")
    assert other.checked() == [f"cx-answers-inform-{one}" for one in ("1-L", "2-F", "3-P")]
    other.at("#cx-undo").click()
    other.becomes(Desk.choices, {"inform-1": "L", "inform-2": "F"})
    expect(other.at(".cx-notice")).to_contain_text(other.say("form-undone"))


def session(lab: Lab, notebook: str) -> Any:
    """What runs a notebook."""
    return next(one for one in lab.ask("sessions") if one["path"] == notebook)


def kill_kernel(lab: Lab, notebook: str) -> None:
    """Kill the kernel of a notebook, as a system does that runs out of memory."""
    name = f"kernel-{session(lab, notebook)['kernel']['id']}.json"
    listing = subprocess.run(["ps", "-ww", "-eo", "pid=,args="], check=True, capture_output=True, text=True).stdout
    (line,) = [line for line in listing.splitlines() if name in line]
    os.kill(int(line.split()[0]), signal.SIGKILL)


def test_a_killed_kernel_loses_no_answer(other: Desk, lab: Lab) -> None:
    """What was acknowledged is on disk; what was not is told in six seconds, and sent again after a restart."""
    other.go("inform")
    for n in (1, 2, 3):
        other.answer(f"inform-{n}", "L")
    kill_kernel(lab, "Ben.ipynb")
    other.at("label[for=cx-answers-inform-4-F]").click()
    expect(other.at(".cx-lost")).to_be_visible(timeout=6000)
    expect(other.at(".cx-lost")).to_contain_text(other.say("form-no-answer"))
    acknowledged = {f"inform-{n}": "L" for n in (1, 2, 3)}
    assert other.choices() == acknowledged
    button = other.page.locator(".jp-Dialog .jp-mod-accept")
    button.click()  # Lab tells that the kernel died
    other.page.evaluate("() => { window.jupyterapp.commands.execute('notebook:restart-run-all'); }")
    button.click()
    other.becomes(Desk.choices, {**acknowledged, "inform-4": "F"}, seconds=20)
    expect(other.at(".cx-saved")).to_have_text(re.compile("^Saved"))
    expect(other.at(".cx-lost")).to_be_hidden()
    other.go("inform")
    assert other.checked() == [f"cx-answers-inform-{one}" for one in ("1-L", "2-L", "3-L", "4-F")]


def test_an_answer_just_before_the_cells_run_again(desk: Desk) -> None:
    """Clicked on a form whose kernel was restarted, and the cells run at once: it is saved by the new form."""
    desk.go("inform")
    desk.answer("inform-1", "L")
    desk.page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()")
    desk.page.evaluate(READY)
    desk.at("label[for=cx-answers-inform-2-F]").click()
    run(desk.page)
    desk.becomes(Desk.choices, {"inform-1": "L", "inform-2": "F"})


def test_a_double_click_adds_one(desk: Desk) -> None:
    """The second press of a button that adds finds the first under way."""
    desk.go("evidence")
    desk.at("#cx-evidence-new > summary").click()
    desk.at("#cx-evidence-new-kind").select_option("document")
    desk.at("#cx-evidence-new-source").fill("Opening hours")
    desk.at("#cx-evidence-new-form button").evaluate("button => { button.click(); button.click(); }")
    desk.settled()
    assert [one.source for one in desk.on_disk().evidence] == ["Opening hours"]


def test_a_half_typed_record_waits_on_its_page(desk: Desk) -> None:
    """One turns to another page and comes back: what was typed stands there, unfolded."""
    desk.go("evidence")
    desk.at("#cx-evidence-new > summary").click()
    desk.at("#cx-evidence-new-source").fill("Opening h")
    desk.go("review")
    desk.go("evidence")
    assert desk.at("#cx-evidence-new-source").input_value() == "Opening h"
    assert desk.at("#cx-evidence-new-source").is_visible()


def test_a_date_is_saved_once(desk: Desk) -> None:
    """Not with every digit of its year, which would make dates nobody meant, and steps to undo."""
    desk.at("#cx-profile-on").focus()
    desk.page.keyboard.type("04052026", delay=40)
    desk.press("Tab")
    desk.becomes(lambda desk: str(desk.on_disk().on), "2026-04-05")
    desk.settled()
    desk.at("#cx-undo").click()
    desk.becomes(lambda desk: str(desk.on_disk().on), "2026-03-01")


def test_blanks_stay_while_one_thinks(desk: Desk) -> None:
    """The file holds no blanks at an end, but the field does: the next word is not joined to the last."""
    desk.go("inform")
    desk.at("#cx-answers-inform-1-note-en").click()
    for words in ("Long ", "queue\n", "second line"):
        desk.page.keyboard.type(words)
        desk.page.wait_for_timeout(1000)
        desk.settled()
    desk.becomes(note_on_disk, "Long queue\nsecond line")
    desk.go("profile")
    desk.at("#cx-profile-competitors").click()
    for words in ("Alpha\n", "Beta"):
        desk.page.keyboard.type(words)
        desk.page.wait_for_timeout(1000)
    desk.becomes(lambda desk: desk.on_disk().profile.competitors, ("Alpha", "Beta"))


def test_what_was_refused_can_be_taken_back(desk: Desk) -> None:
    """It is told beside its question until then; after that the screen shows what the file holds."""
    desk.go("inform")
    desk.answer("inform-1", "L")
    for way in ("[data-do=clear]", "#cx-undo"):
        desk.answer("inform-1", "not-applicable")
        desk.answer("inform-2", "F")
        expect(desk.at("#cx-answers-inform-1-form .cx-refused")).to_be_visible()
        desk.at(way).first.click()
        desk.settled()
        expect(desk.at("#cx-answers-inform-1-form .cx-refused")).to_be_hidden()
        shown = {one.split("-", 2)[2] for one in desk.checked()}
        assert shown == {f"{key}-{choice}" for key, choice in desk.choices().items() if choice != "unanswered"}


def test_a_refusal_holds_only_what_one_typed(desk: Desk, other: Desk) -> None:
    """The rest of the group shows what stands, so a colleague's change is not overwritten unseen."""
    desk.sit_down(other.file, "en")
    desk.go("profile")
    other.go("profile")
    desk.at("#cx-profile-organisation").fill("")
    desk.press("Tab")
    expect(desk.at(".cx-alert[role=alert]:visible")).to_contain_text(desk.say("form-needs-name"))
    other.at("#cx-profile-size").select_option("large")
    other.settled()
    desk.press("Control+s")
    desk.settled()
    desk.at("#cx-profile-organisation").fill("Acme 2")
    desk.press("Tab")
    desk.becomes(
        lambda desk: (desk.on_disk().profile.organisation, desk.on_disk().profile.size), ("Acme 2", "large")
    )


def test_a_client_sees_no_results(desk: Desk, tmp_path: Path) -> None:
    """In the client's view no page shows a level, a contradiction or an internal note."""
    desk.sit_down(example(tmp_path), "en")
    desk.at("#cx-client").click()
    desk.settled()
    for page in [*desk.content.level_keys, "mistakes", "indicators", "profile"]:
        desk.go(page)
        for hidden in (
            ".cx-told",
            ".cx-results",
            ".cx-contradiction",
            ".cx-tension",
            ".cx-private",
            ".cx-proof",
        ):
            assert desk.at(f"{hidden}:visible").count() == 0, (page, hidden)
    desk.at("#cx-client").click()
    desk.settled()
    desk.go("result")
    desk.at("#cx-client").click()
    desk.settled()
    assert desk.at(".cx-report:visible").count() == 0
