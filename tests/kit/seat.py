"""A person at the form in a real browser and a real JupyterLab."""

import json
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Dialog, Locator, Page, Route, expect

from cxassess.content.reading import Content
from cxassess.document.assessment import Assessment
from cxassess.document.assessmentfile import load_assessment, new_assessment
from cxassess.places import examples_dir
from cxassess.text import Lang
from kit.lab import Lab, parameters, run

ELSEWHERE = re.compile(r"^(?!http://127\.0\.0\.1[:/]|data:|blob:)")


@dataclass
class Seat:
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

    def becomes(self, seen: Callable[["Seat"], Any], wanted: Any, seconds: float = 5) -> None:
        """Wait until something of the file is as wanted."""
        end = time.monotonic() + seconds
        while (found := seen(self)) != wanted and time.monotonic() < end:
            self.page.wait_for_timeout(50)
        assert found == wanted

    def checked(self) -> list[str]:
        """The radios that are checked on screen."""
        return [radio.get_attribute("id") or "" for radio in self.at("[type=radio]:checked").all()]


def opened(browser: Browser, lab: Lab, content: Content, who: str) -> Iterator[Seat]:
    """A notebook in a browser of its own that reaches nobody else; its kernel runs, its cells have not run."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    seat = Seat(context.new_page(), content, who)

    def refuse(route: Route) -> None:
        seat.heard.append(route.request.url)
        route.abort()

    context.route(ELSEWHERE, refuse)
    seat.page.on("websocket", lambda one: seat.heard.append(one.url) if "//127.0.0.1:" not in one.url else None)
    seat.page.on("pageerror", lambda error: seat.heard.append(str(error)))
    seat.page.on("dialog", lambda dialog: answered(dialog, seat.heard))
    lab.copy(f"{who}.ipynb", Path("none"), lang="en")
    lab.open(seat.page, f"{who}.ipynb")
    yield seat
    context.close()


def answered(dialog: Dialog, heard: list[str]) -> None:
    """Lab asks before one leaves a notebook that is not saved; nothing else may open a dialog."""
    if dialog.type == "beforeunload":
        dialog.accept()
    else:
        heard.append(dialog.message)
        dialog.dismiss()


def seated(seat: Seat, folder: Path) -> Iterator[Seat]:
    seat.heard.clear()
    seat.sit_down(blank(folder, seat.content), "en")
    yield seat
    assert seat.heard == []


def blank(folder: Path, content: Content) -> Path:
    """An assessment without any answer."""
    new_assessment(folder / "a.json", content, organisation="Acme", on=date(2026, 3, 1), working_language="en")
    return folder / "a.json"


def example(folder: Path, edit: Callable[[Any], Any] = lambda document: document) -> Path:
    """A copy of an example with everything in it, edited."""
    document = json.loads((examples_dir() / "kopi-lereng.json").read_text(encoding="utf-8"))
    (folder / "example.json").write_text(json.dumps(edit(document)), encoding="utf-8")
    return folder / "example.json"


def note_on_disk(seat: Seat) -> Any:
    """The note of the first question."""
    answer = seat.on_disk().answers.get("inform-1")
    return answer and answer.note


def barriers(seat: Seat, where: str) -> list[str]:
    """What axe-core finds in the form that keeps people out, with everything unfolded: it skips what is hidden."""
    seat.page.evaluate("document.querySelectorAll('.cx-pane details').forEach((one) => { one.open = true; })")
    found = Axe().run(seat.page, context=".cx-form").response["violations"]
    return [
        f"{where}: {one['id']}: {[node['target'] for node in one['nodes']][:3]}"
        for one in found
        if one["impact"] in ("serious", "critical")
    ]
