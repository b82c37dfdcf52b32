"""The form as widgets: every browser is told, and notebooks keep nothing of a client."""

import asyncio
import json
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from kit.answers import L, P
from kit.form import Opener
from kit.made import blank
from kit.page import read

from cxassess.content.reading import Content
from cxassess.document.assessmentfile import load_assessment
from cxassess.filling import widget
from cxassess.filling.edits import Event
from cxassess.filling.widget import AssessmentForm, Screen


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The threads that would run beside the work; here none does."""
    threads: list[Any] = []
    monkeypatch.setattr(Thread, "start", lambda self: threads.append(self))
    return threads


def test_setting_the_value_saves_it(open_: Opener, content: Content, file: Path) -> None:
    """And shows it."""
    browser = open_(blank(content))
    browser.form.value = browser.value.replaced(private="seen").answer("inform-1", L)
    assert load_assessment(file, content) == browser.value == browser.form.sitting.assessment
    assert browser.says("form-saved", time="10:31:05")
    browser.go("inform")
    assert browser.the_form("answers/inform-1").values()["choice"] == "L"


def test_every_browser_is_told(open_: Opener, content: Content, monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands after an event, and after a value set by a notebook."""
    form, sent = open_(blank(content)).form, []
    monkeypatch.setattr(Screen, "send", lambda self, told: sent.append(told))
    form.take(Event(do="go", at=("inform",)))
    form.value = form.value.answer("inform-1", L)
    assert [told["html"] for told in sent] == [sent[0]["html"], form.view["html"]]
    assert sent[0] != sent[1]


@pytest.mark.usefixtures("started")
def test_a_message_is_an_event(open_: Opener, content: Content) -> None:
    """What a browser sends, as it sends it."""
    form = open_(blank(content)).form
    message = {"do": "set", "at": ["answers", "inform-1"], "values": {"choice": "P"}, "client": "c", "seq": 1}
    form._handle_custom_msg(json.loads(json.dumps(message)), [])
    assert form.value.answer_to("inform-1") == P


def test_a_notebook_keeps_no_client_data(open_: Opener, content: Content) -> None:
    """Beside the form stands the file's name; the state that a notebook may keep of a widget holds no more."""
    profile = blank(content).profile.model_copy(update={"organisation": "Rahasia", "private": "hush"})
    form = open_(blank(content, profile=profile)).form
    assert repr(form) == str(form) == "AssessmentForm('acme.json')"
    data, _ = form._repr_mimebundle_()
    assert data["text/plain"] == repr(form)
    assert "Rahasia" not in str(data)
    assert "Rahasia" not in str(form.get_state())
    assert "Rahasia" in form.view["html"]


def test_the_result_is_drawn_ahead(open_: Opener, content: Content, started: list[Any]) -> None:
    """Once somebody works on it, by a thread that does not keep the kernel alive; opening it draws nothing."""
    form = open_(blank(content)).form
    assert not started
    form._handle_custom_msg({"do": "look"}, [])
    (timer,) = started
    assert timer.daemon
    assert "<svg" in timer.function()


def test_a_page_alone(open_: Opener, content: Content) -> None:
    """One page of the form, a widget of its own; what is done there is done in the form."""
    form = open_(blank(content)).form
    alone = form.page("inform")
    assert alone is form.page("inform")
    alone.take(Event(do="set", at=("answers", "inform-1"), values={"choice": "L"}, client="a", seq=1))
    assert form.value.answer_to("inform-1") == L
    assert read(alone.view["html"]).all("form", data_set="answers/inform-1")
    assert not read(alone.view["html"]).all("nav")
    assert read(form.view["html"]).all("nav")
    assert form.filling.page == "profile"


def test_every_page_alone_is_told(open_: Opener, content: Content, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of what was done elsewhere, too, if a browser has it in sight; who acts is told first."""
    form, sent = open_(blank(content)).form, []
    pages = [form.page(key) for key in ("inform", "resolve", "respond")]
    for page in pages:
        page.hear(Event(do="look", client="a"))
    pages.pop().hear(Event(do="leave", client="a"))
    monkeypatch.setattr(Screen, "send", lambda self, told: sent.append(self))
    form.take(Event(do="set", at=("answers", "inform-1"), values={"choice": "L"}))
    assert sent == [form, *pages]
    sent.clear()
    pages[1].take(Event(do="set", at=("answers", "resolve-1"), values={"choice": "L"}))
    assert sent == [pages[1], form, pages[0]]


LOOK = {"do": "look", "client": "a", "seq": 1}
LEAVE = {"do": "leave", "client": "a"}


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch, started: list[Any]) -> list[str]:
    """What browsers are sent, where the file is looked at all the time and nothing is drawn ahead."""
    sent: list[str] = []
    monkeypatch.setattr(Screen, "send", lambda self, told: sent.append(told["html"]))
    monkeypatch.setattr(widget, "_LOOK_SECONDS", 0.01)
    return sent


async def until(form: AssessmentForm, note: str) -> None:
    """Wait until the form shows a note."""
    for _ in range(200):
        if note in form.view["html"]:
            return
        await asyncio.sleep(0.01)
    raise AssertionError(f"{note} is not shown")


def test_what_others_save_comes_by_itself(open_: Opener, content: Content, file: Path, shown: list[str]) -> None:
    """On every screen of the form, once; not while the file is away or half there, and then all the same."""
    sari, budi = open_(blank(content)), open_(who="budi")
    budi.go("profile")

    async def work() -> None:
        sari.form._handle_custom_msg(LOOK, [])
        sari.form.page("profile").hear(Event(do="look", client="b"))
        budi.fill("profile", {"note.id": "pertama"})
        shown.clear()
        await until(sari.form, "pertama")
        await asyncio.sleep(0.1)
        assert len(shown) == 2
        away = file.rename(file.with_suffix(".away"))
        await asyncio.sleep(0.05)
        file.write_text("{", encoding="utf-8")
        await asyncio.sleep(0.05)
        assert (len(shown), sari.form.view["unsaved"]) == (2, False)
        away.replace(file)
        budi.fill("profile", {"note.id": "kedua"})
        await until(sari.form, "kedua")
        assert sari.value == budi.value == load_assessment(file, content)

    asyncio.run(work())


def test_nobody_looks_for_nobody(open_: Opener, content: Content, shown: list[str]) -> None:
    """The looking begins with the first browser, ends with the last or with the widget, and begins anew."""
    form = open_(blank(content)).form

    async def work() -> None:
        form._handle_custom_msg({**LOOK, "client": "b"}, [])
        form._handle_custom_msg(LOOK, [])
        form._handle_custom_msg(LEAVE, [])
        first = form._looking
        await asyncio.sleep(0.05)
        assert first
        assert not first.done()
        form._handle_custom_msg({**LEAVE, "client": "b"}, [])
        await asyncio.wait_for(first, 1)
        form._handle_custom_msg(LOOK, [])
        form.close()
        await asyncio.sleep(0)
        assert form._looking
        await asyncio.wait([form._looking], timeout=1)
        assert form._looking.cancelled()

    asyncio.run(work())
    assert len([one for one in shown if "cx-shell" in one]) == 3


def test_what_waits_to_be_saved_is_not_looked_over(open_: Opener, content: Content, file: Path) -> None:
    """A save that failed is made good by the next, with what others saved; looking does not hide it."""
    sari, budi = open_(blank(content)), open_(who="budi")
    away = file.rename(file.with_suffix(".away"))
    sari.send("set", "answers/inform-1", {"choice": "L"})
    away.rename(file)
    budi.send("set", "answers/inform-2", {"choice": "P"})
    assert not sari.form.filling.look()
    assert (sari.value.answer_to("inform-1"), sari.form.filling.view()["unsaved"]) == (L, True)
    sari.send("retry")
    assert (sari.value.answer_to("inform-1"), sari.value.answer_to("inform-2")) == (L, P)
    assert not sari.form.filling.look()
