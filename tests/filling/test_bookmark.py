"""Where a person was: kept beside the file, and found again."""

from pathlib import Path

import pytest
from kit.form import Opener, two
from kit.made import blank

from cxassess.content.reading import Content
from cxassess.document.history import History
from cxassess.filling.bookmark import Bookmark, bookmark_in


def test_a_form_opens_where_one_was(open_: Opener, content: Content) -> None:
    """The same page, and on it the question answered last; the language chosen in the form, too."""
    browser = open_(blank(content))
    browser.go("respond")
    browser.send("set", "answers/respond-3", {"choice": "L"})
    browser.press("lang", "id")
    again = open_().form
    assert (again.filling.page, again.view["anchor"]) == ("respond", "cx-answers-respond-3")
    assert again.filling.lang == "id"


def test_another_language_asked_for_wins(open_: Opener, content: Content) -> None:
    """Who opens the form in another language than before means that."""
    browser = open_(blank(content), lang="en")
    browser.go("resolve")
    assert open_(lang="id").form.filling.lang == "id"


def test_each_person_is_elsewhere(open_: Opener, content: Content) -> None:
    """One's page is not the other's."""
    sari, budi = two(open_, blank(content))
    sari.go("inform")
    budi.go("elevate")
    pages = [open_(who=who).form.filling.page for who in ("sari", "budi", "tuti")]
    assert pages == ["inform", "elevate", "profile"]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"page": 3}', '{"page": "inform", "lang": "fr"}'])
def test_a_damaged_bookmark_is_none(text: str, tmp_path: Path) -> None:
    """A form then opens at its beginning."""
    history = History(tmp_path / "a.json", "sari")
    (tmp_path / "a.json").write_bytes(b"{}")
    history.keep_bookmark(text)
    assert bookmark_in(history) is None


def test_a_page_that_is_no_more(open_: Opener, content: Content, file: Path) -> None:
    """A bookmark of other content leads to the first page."""
    open_(blank(content))
    History(file, "sari").keep_bookmark(Bookmark(page="gone").model_dump_json())
    assert open_().form.filling.page == "profile"


def test_no_bookmark_troubles_nobody(open_: Opener, content: Content, file: Path) -> None:
    """Where it cannot be kept, the form goes on."""
    browser = open_(blank(content))
    file.with_name(f".{file.name}.history").write_text("in the way", encoding="utf-8")
    browser.go("inform")
    assert browser.form.filling.page == "inform"
    assert not browser.form.view["unsaved"]
