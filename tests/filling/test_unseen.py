"""Who clicks before the screen shows what another did is asked, and takes nothing of anybody's back."""

from kit.answers import F, L, P
from kit.form import Browser, Opener, two
from kit.made import blank

from cxassess.content.reading import Content
from cxassess.filling.edits import Event


def rate(browser: Browser, key: str, choice: str, seen: int) -> None:
    values = {"choice": choice}
    browser.form.take(Event(do="set", at=("answers", key), values=values, client="a", seen=seen))


def test_a_click_on_an_old_screen_is_a_clash(open_: Opener, content: Content) -> None:
    """The form knows what budi rated, the screen has not shown it: sari is asked, by name, and his stands."""
    sari, budi = two(open_, blank(content))
    sari.go("inform")
    seen = sari.form.view["number"]
    budi.send("set", "answers/inform-1", {"choice": "F"})
    assert sari.form.filling.look()
    rate(sari, "inform-1", "N", seen)
    assert sari.value.answer_to("inform-1") == F
    (clash,) = sari.page.all("section", class_="cx-alert cx-clash")
    assert "budi" in clash.text
    (button,) = clash.all("button", data_do="mine")
    sari.press("mine", button.attrs["data-at"])
    assert sari.value.answer_to("inform-1").rating == "N"


def test_a_click_on_what_is_shown_is_none(open_: Opener, content: Content) -> None:
    """Who saw the other's rating and gives another one means that."""
    sari, budi = two(open_, blank(content))
    budi.send("set", "answers/inform-1", {"choice": "F"})
    sari.go("inform")
    rate(sari, "inform-1", "P", sari.form.view["number"])
    assert sari.value.answer_to("inform-1") == P
    assert not sari.page.all("section", class_="cx-alert cx-clash")


def test_other_fields_meet(open_: Opener, content: Content) -> None:
    """All that was not seen stands; and one click of mine after another is no clash with myself."""
    sari, budi = two(open_, blank(content))
    sari.go("inform")
    seen = sari.form.view["number"]
    budi.send("set", "answers/inform-2", {"choice": "F"})
    sari.form.filling.look()
    for choice in ("N", "L"):
        rate(sari, "inform-1", choice, seen)
    answers = sari.value.answers
    assert (answers["inform-1"], answers["inform-2"]) == (L, F)
    assert not sari.page.all("section", class_="cx-alert cx-clash")


def test_what_a_save_brought_in_was_not_seen(open_: Opener, content: Content) -> None:
    """Another's rating that came in with one's own save is as new to the screen as one that came by itself."""
    sari, budi = two(open_, blank(content))
    sari.go("inform")
    seen = sari.form.view["number"]
    budi.send("set", "answers/inform-2", {"choice": "F"})
    rate(sari, "inform-1", "L", seen)
    rate(sari, "inform-2", "N", seen)
    assert sari.value.answer_to("inform-2") == F
    assert sari.page.all("section", class_="cx-alert cx-clash")
