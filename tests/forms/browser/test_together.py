"""Two people in two browsers on one file: each sees what the other does, undisturbed. Group `browser`."""

from collections.abc import Iterator

import pytest
from kit.seat import Seat, barriers
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
SOON = 3000  # milliseconds until one sees what another did


@pytest.fixture
def pair(seat: Seat, other: Seat) -> Iterator[tuple[Seat, Seat]]:
    """Ann who rates, and Ben who writes, on the same level of the same file."""
    seat.sit_down(other.file, "en")
    for one in (seat, other):
        one.go("inform")
    yield seat, other
    for one in (seat, other):
        expect(one.at("#cx-trouble")).to_have_count(0)


def note(seat: Seat, key: str) -> str:
    return f"#cx-answers-{key}-note-en"


@pytest.mark.parametrize("rounds", [10, pytest.param(200, marks=pytest.mark.long)])
def test_one_rates_while_another_writes(pair: tuple[Seat, Seat], rounds: int) -> None:
    """On the same questions, at the same time: nothing is lost, nobody is asked, and both see all of it."""
    ann, ben = pair
    ratings, notes = {}, {}
    for n in range(rounds):
        key, choice = f"inform-{n % 5 + 1}", "NPLF"[(n // 5 + n) % 4]
        ben.at(note(ben, key)).fill(f"round {n}")
        ann.at(f"label[for=cx-answers-{key}-{choice}]").click()
        ratings[key], notes[key] = choice, f"round {n}"
    ben.press("Tab")
    for one in pair:
        one.settled()
        for key in ratings:
            expect(one.at(f"#cx-answers-{key}-{ratings[key]}")).to_be_checked(timeout=SOON)
            expect(one.at(note(one, key))).to_have_value(notes[key], timeout=SOON)
        expect(one.at(".cx-clash")).to_have_count(0)
    answers = ann.on_disk().answers
    assert {key: answer.rating for key, answer in answers.items()} == ratings
    assert {key: answer.note for key, answer in answers.items()} == notes


def test_who_came_second_is_told_who_came_first(pair: tuple[Seat, Seat]) -> None:
    """Both rate the same question at once: the clash stands on the second screen, with the name.

    A kernel may just have looked; so they rate more than one.
    """
    ann, ben = pair
    ann.answer("inform-1", "L")
    expect(ben.at("#cx-answers-inform-1-L")).to_be_checked(timeout=SOON)
    for n in (1, 2, 3):
        ann.at(f"label[for=cx-answers-inform-{n}-F]").click()
        ben.at(f"label[for=cx-answers-inform-{n}-N]").click()
    clash = ben.at(".cx-clash").first
    expect(clash).to_contain_text(ann.who)
    assert barriers(ben, "clash") == []
    mine = clash.locator("[data-do=mine]")
    key = (mine.get_attribute("data-at") or "").split("/")[1]
    mine.click()
    expect(ann.at(f"#cx-answers-{key}-N")).to_be_checked(timeout=SOON)
    assert ann.choices()[key] == "N"


STATE = """() => {
  const one = document.activeElement, pane = document.querySelector(".cx-pane");
  const open = [...document.querySelectorAll(".cx-pane details[open]")].map(({ id }) => id);
  return [one.id, one.value, one.selectionStart, open, pane.scrollTop, window.scrollY];
}"""


def test_what_another_does_disturbs_nobody(pair: tuple[Seat, Seat]) -> None:
    """Focus, caret, half a word, half a date, an opened part and the place one reads stay, on all that is sent."""
    ann, ben = pair
    ben.at("#cx-answers-inform-3-guide > summary").click()
    ben.at(note(ben, "inform-3")).click()
    ben.page.keyboard.type("half a wo", delay=20)
    ben.press("ArrowLeft", "ArrowLeft")
    before = ben.page.evaluate(STATE)
    assert "cx-answers-inform-3-guide" in before[3]
    ann.answer("inform-3", "F")
    ann.answer("inform-4", "P")
    expect(ben.at("#cx-answers-inform-4-P")).to_be_checked(timeout=SOON)
    assert ben.page.evaluate(STATE) == before
    ben.page.keyboard.type("X")
    assert ben.page.evaluate(STATE)[1] == "half a Xwo"
    ben.go("profile")
    ben.at("#cx-target-by").focus()
    ben.page.keyboard.type("12")
    ben.at("#cx-target-by").evaluate("(one) => { window.half = one.validity.badInput; }")
    ann.answer("inform-5", "N")
    ben.page.wait_for_timeout(2000)
    assert ben.page.evaluate("() => document.activeElement.id") == "cx-target-by"
    assert ben.at("#cx-target-by").evaluate("(one) => window.half && one.validity.badInput")
    ben.page.keyboard.type("052027")
    expect(ben.at("#cx-target-by")).to_have_value("2027-12-05")


def test_other_screens_of_one_kernel_follow(pair: tuple[Seat, Seat]) -> None:
    """A second view of the same form shows what another saved, too."""
    ann, ben = pair
    ben.page.evaluate("() => window.jupyterapp.commands.execute('notebook:create-output-view')")
    expect(ben.page.locator(".cx-form")).to_have_count(2)
    ann.answer("inform-2", "F")
    expect(ben.page.locator("#cx-answers-inform-2-F:checked")).to_have_count(2, timeout=SOON)
    ben.page.evaluate("() => window.jupyterapp.shell.currentWidget.close()")
