"""The form has room: for six choices on one screen, at 200 %, on paper, in anyone's colours. Group `browser`."""

import io
from collections.abc import Iterator
from pathlib import Path
from unicodedata import normalize

import pytest
from kit.seat import Seat, example
from pypdf import PdfReader

from cxassess.text import LANGS

pytestmark = pytest.mark.browser

# How high each question is from its name to its last choice, and how much of the page one sees.
HEIGHTS = """() => [...document.querySelectorAll(".cx-form .cx-question:has(.cx-choices)")].map((question) => {
  const bottoms = [...question.querySelectorAll(".cx-choice")].map((one) => one.getBoundingClientRect().bottom);
  const pane = document.querySelector(".cx-form .cx-pane").getBoundingClientRect();
  const top = question.querySelector("h4").getBoundingClientRect().top;
  return [question.id, Math.max(...bottoms) - top, Math.min(pane.bottom, innerHeight) - pane.top];
})"""


@pytest.fixture
def small(seat: Seat) -> Iterator[Seat]:
    """The window of a small laptop."""
    seat.page.set_viewport_size({"width": 1280, "height": 800})
    yield seat
    seat.page.set_viewport_size({"width": 1280, "height": 900})


def test_six_choices_stand_beside_their_question(small: Seat, tmp_path: Path) -> None:
    """In JupyterLab at 1280 by 800, its list of files unfolded, in both languages: nobody scrolls to compare."""
    small.sit_down(example(tmp_path), "en")
    small.page.evaluate("document.querySelector('.cx-form').scrollIntoView({ block: 'center' })")
    cut, seen = [], 0
    for lang in LANGS:
        small.at(f"#cx-lang-{lang}").click()
        for level in small.content.level_keys:
            small.go(level)
            found = small.page.evaluate(HEIGHTS)
            seen += len(found)
            cut += [(key, lang, height, room) for key, height, room in found if height > room]
    assert (seen, cut) == (60, [])


def test_the_list_of_pages_folds(seat: Seat) -> None:
    """In the column that Lab gives it, at first; unfolded it stays so while one answers, by the keyboard, too."""
    menu = seat.at(".cx-menu")
    assert not menu.evaluate("menu => menu.open")
    seat.at(".cx-menu > summary").focus()
    seat.press("Enter")
    seat.at("#cx-profile-note-en").fill("typed")
    seat.press("Tab")
    seat.settled()
    assert menu.evaluate("menu => menu.open")
    way, pane = menu.bounding_box(), seat.at(".cx-pane").bounding_box()
    assert way and pane and way["x"] + way["width"] <= pane["x"]


def test_at_200_per_cent_nothing_is_cut(small: Seat, tmp_path: Path) -> None:
    """Half as many pixels each way: nothing scrolls sideways or within what scrolls, every choice is reached."""
    small.sit_down(example(tmp_path), "id")
    small.page.set_viewport_size({"width": 640, "height": 400})
    small.go("inform")
    pane = small.at(".cx-pane")
    assert pane.evaluate("pane => pane.scrollWidth <= pane.clientWidth && pane.scrollHeight <= pane.clientHeight")
    choice = small.at("label[for=cx-answers-inform-5-N]")
    choice.scroll_into_view_if_needed()
    choice.click()
    small.settled()
    assert "cx-answers-inform-5-N" in small.checked()


@pytest.mark.parametrize("page", ["inform", "evidence", "profile"])
def test_the_page_prints_whole(seat: Seat, tmp_path: Path, page: str) -> None:
    """On sheets of A4, all that is on it and what was typed, but no internal note; then all is as before."""
    private = {"private": "between us"}
    seat.sit_down(example(tmp_path, lambda one: {**one, "profile": one["profile"] | private}), "en")
    seat.go(page)
    named = seat.at(":is(.cx-question h4, .cx-record strong, [data-set] .cx-field label):visible")
    names = [one.inner_text() for one in named.all()]
    typed = [area.input_value() for area in seat.at(".cx-field textarea:visible").all()]
    printed = PdfReader(io.BytesIO(seat.page.pdf(format="A4")))
    ligatures = " ".join(sheet.extract_text() for sheet in printed.pages)
    text = " ".join(normalize("NFKC", ligatures).split())
    wanted = [" ".join(part.split()) for part in (*names, *typed)]
    assert [part for part in wanted if part not in text] == []
    assert {round(float(sheet.mediabox.width)) for sheet in printed.pages} == {596}
    assert "between us" not in text
    assert seat.page.locator(".cx-paper").count() == 0


def test_what_is_pressed_shows_in_anyones_colours(seat: Seat) -> None:
    """With colours forced by the system, a pressed button and a chosen answer look unlike the others."""
    seat.go("inform")
    seat.answer("inform-1", "N")
    seat.page.emulate_media(forced_colors="active")
    look = "(one) => [getComputedStyle(one).backgroundColor, getComputedStyle(one).outlineStyle]"
    for one, other in (
        ("#cx-lang-en", "#cx-lang-id"),
        (".cx-choice:has(#cx-answers-inform-1-N)", ".cx-choice:has(#cx-answers-inform-1-P)"),
    ):
        assert seat.at(one).evaluate(look) != seat.at(other).evaluate(look)
    seat.page.emulate_media(forced_colors="none")
