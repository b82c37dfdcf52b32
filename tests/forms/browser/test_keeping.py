"""The form in a real browser: no answer is lost by files, kernels, reloads or a second person. Group `browser`."""

import os
import re
import signal
import subprocess
from typing import Any

import pytest
from kit.lab import READY, Lab, run
from kit.seat import Seat, barriers
from playwright.sync_api import expect

from cxassess.document.assessmentfile import load_assessment

pytestmark = pytest.mark.browser


def test_a_save_that_fails_is_told_and_tried_again(seat: Seat) -> None:
    """With its file gone the form says so, keeps every answer, offers a copy, and saves when the file is back."""
    seat.go("inform")
    seat.answer("inform-1", "F")
    away = seat.file.rename(seat.file.with_name("away.json"))
    seat.answer("inform-2", "L")
    expect(seat.at("#cx-trouble")).to_contain_text(seat.say("form-file-gone"))
    expect(seat.at(".cx-saved")).to_have_text(seat.say("form-not-saved"))
    seat.answer("inform-3", "P")
    seat.go("resolve")
    seat.go("inform")
    assert barriers(seat, "trouble") == []
    with seat.page.expect_download() as download:
        seat.at("[data-do=copy]").click()
    copy = load_assessment(download.value.path(), seat.content)
    answers = {"inform-1": "F", "inform-2": "L", "inform-3": "P"}
    assert {key: answer.rating for key, answer in copy.answers.items()} == answers
    assert re.fullmatch(r"a-\d{4}-\d\d-\d\d-\d\d-\d\d-\d\d\.json", download.value.suggested_filename)
    away.rename(seat.file)
    expect(seat.at("#cx-trouble")).to_have_count(0, timeout=7000)
    expect(seat.at(".cx-saved")).to_have_text(re.compile("^Saved"))
    assert seat.choices() == answers


def test_leaving_with_something_unsaved_is_asked_about(seat: Seat) -> None:
    """While an answer is not on disk, closing the page asks first; once it is, it does not."""
    leave = "() => window.dispatchEvent(new Event('beforeunload', { cancelable: true }))"
    seat.go("inform")
    away = seat.file.rename(seat.file.with_name("away.json"))
    seat.answer("inform-1", "F")
    expect(seat.at("#cx-trouble")).to_be_visible()
    assert seat.page.evaluate(leave) is False
    away.rename(seat.file)
    seat.at("[data-do=retry]").click()
    expect(seat.at("#cx-trouble")).to_have_count(0)
    assert seat.page.evaluate(leave) is True


def test_two_people_on_one_file(seat: Seat, other: Seat) -> None:
    """Different answers meet, and both show what stands."""
    seat.sit_down(other.file, "en")
    for one in (seat, other):
        one.go("inform")
    seat.answer("inform-1", "L")
    other.answer("inform-2", "P")
    assert seat.choices() == {"inform-1": "L", "inform-2": "P"}
    seat.press("Control+s")
    seat.settled()
    assert seat.checked() == other.checked() == [f"cx-answers-inform-{one}" for one in ("1-L", "2-P")]


def test_the_form_comes_back(other: Seat, lab: Lab) -> None:
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
    other.becomes(Seat.choices, {"inform-1": "L", "inform-2": "F"})
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


def test_a_killed_kernel_loses_no_answer(other: Seat, lab: Lab) -> None:
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
    other.becomes(Seat.choices, {**acknowledged, "inform-4": "F"}, seconds=20)
    expect(other.at(".cx-saved")).to_have_text(re.compile("^Saved"))
    expect(other.at(".cx-lost")).to_be_hidden()
    other.go("inform")
    assert other.checked() == [f"cx-answers-inform-{one}" for one in ("1-L", "2-L", "3-L", "4-F")]


def test_an_answer_just_before_the_cells_run_again(seat: Seat) -> None:
    """Clicked on a form whose kernel was restarted, and the cells run at once: it is saved by the new form."""
    seat.go("inform")
    seat.answer("inform-1", "L")
    seat.page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()")
    seat.page.evaluate(READY)
    seat.at("label[for=cx-answers-inform-2-F]").click()
    run(seat.page)
    seat.becomes(Seat.choices, {"inform-1": "L", "inform-2": "F"})


def test_what_was_refused_can_be_taken_back(seat: Seat) -> None:
    """It is told beside its question until then; after that the screen shows what the file holds."""
    seat.go("inform")
    seat.answer("inform-1", "L")
    for way in ("[data-do=clear]", "#cx-undo"):
        seat.answer("inform-1", "not-applicable")
        seat.answer("inform-2", "F")
        expect(seat.at("#cx-answers-inform-1-form .cx-refused")).to_be_visible()
        seat.at(way).first.click()
        seat.settled()
        expect(seat.at("#cx-answers-inform-1-form .cx-refused")).to_be_hidden()
        shown = {one.split("-", 2)[2] for one in seat.checked()}
        assert shown == {f"{key}-{choice}" for key, choice in seat.choices().items() if choice != "unanswered"}


def test_a_refusal_holds_only_what_one_typed(seat: Seat, other: Seat) -> None:
    """The rest of the group shows what stands, so a colleague's change is not overwritten unseen."""
    seat.sit_down(other.file, "en")
    seat.go("profile")
    other.go("profile")
    seat.at("#cx-profile-organisation").fill("")
    seat.press("Tab")
    expect(seat.at(".cx-alert[role=alert]:visible")).to_contain_text(seat.say("form-needs-organisation"))
    other.at("#cx-profile-size").select_option("large")
    other.settled()
    seat.press("Control+s")
    seat.settled()
    seat.at("#cx-profile-organisation").fill("Acme 2")
    seat.press("Tab")
    seat.becomes(
        lambda seat: (seat.on_disk().profile.organisation, seat.on_disk().profile.size), ("Acme 2", "large")
    )
