"""What several pages show: notes by language, private notes, what an answer was before."""

from dataclasses import replace
from typing import Any

import pytest
from kit.answers import L
from kit.form import Opener, book_of, made_case, page_of
from kit.made import blank

from cxassess.content.reading import Content
from cxassess.document.answers import Answer
from cxassess.text import Lang


@pytest.mark.parametrize(
    ("note", "reports", "lang", "offered"),
    [
        (None, ("id", "en"), "en", ["en", "id"]),
        (None, ("id",), "id", ["id"]),
        ("antre", ("id",), "id", ["id"]),
        ("antre", ("id",), "en", ["id"]),
        ("antre", ("id", "en"), "en", ["id", "en"]),
        ({"en": "queue"}, ("id",), "id", ["en", "id"]),
        ({"id": "antre", "en": "queue"}, ("id",), "en", ["en", "id"]),
    ],
)
def test_a_note_is_offered_in_the_languages_it_needs(
    content: Content, note: Any, reports: tuple[Lang, ...], lang: Lang, offered: list[str]
) -> None:
    """The version that is shown first, then those that are there or that reports need; an empty one is folded."""
    profile = blank(content).profile.model_copy(update={"report_languages": reports})
    answers = {"inform-1": Answer(state="unanswered", note=note)} if note else {}
    page = page_of(blank(content, profile=profile, answers=answers), content, "inform", lang=lang)
    areas = [a for a in page.all("section", id="cx-answers-inform-1")[0].all("textarea") if "lang" in a.attrs]
    assert [area.attrs["lang"] for area in areas] == offered
    folded = [area.attrs["lang"] for area in areas if any(node.tag == "details" for node in area.above)]
    assert folded == [area.attrs["lang"] for area in areas[1:] if not area.value()]


def test_private_notes_are_for_the_consultant(content: Content) -> None:
    """The form shows them where they were written."""
    case = made_case(content).answer("inform-1", L.model_copy(update={"private": "doubtful"}))
    (form,) = page_of(case, content, "inform").all("form", data_set="answers/inform-1")
    assert form.values()["private"] == "doubtful"


def test_what_an_answer_was(open_: Opener, content: Content) -> None:
    """Its last choice, when and by whom it was changed; a note written since does not hide it."""
    browser, place = open_(blank(content)), "answers/inform-1"
    browser.go("inform")
    browser.fill(place, choice="L")
    assert all(not span.text for p in browser.page.all("p", class_="cx-before") for span in p.all("span"))
    other = open_(who="budi")
    other.go("inform")
    other.fill(place, choice="F")
    other.fill(place, {"note.en": "since March"})
    browser.send("look")
    for lang, rating, day in (
        ("en", "L – largely", "22 November 2026"),
        ("id", "L – sebagian besar", "22 November 2026"),
    ):
        browser.press("lang", lang)
        (told,) = browser.page.all("p", class_="cx-before")
        for words in (rating, day, "budi"):
            assert words in told.text
    browser.go("mistakes")
    for severity in "20":
        browser.fill("mistakes/silos", choice=severity)
    (told,) = browser.page.all("p", class_="cx-before")
    assert "2 – berulang" in told.text
    assert "sari" in told.text


def test_a_page_hides_what_a_role_is_not_asked(content: Content) -> None:
    """And whatever belongs to that, an exception of a mistake, too; without a role, and elsewhere, nothing."""
    book = book_of(blank(content), content)
    assert [page.key for page in book.pages if page.hidden] == []
    asked = replace(book, role="customer")
    hidden = {page.key: page.hidden for page in asked.pages if page.hidden}
    assert hidden["resolve"] == ("resolve-5",)
    assert hidden["mistakes"] == ("no-money-link",)
    assert set(hidden) == {*content.level_keys, "mistakes", "indicators"}
    mistakes = asked.page("mistakes")
    assert mistakes.hides("cx-exceptions-no-money-link-elevate")
    assert not mistakes.hides("cx-mistakes-silos")
