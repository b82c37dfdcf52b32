"""Text that people typed stays text, on every page and in every event."""

import json

from kit.form import HOSTILE, Browser, Opener
from kit.made import rated
from kit.page import Node

from cxassess.content.reading import Content
from cxassess.document.answers import Judgement
from cxassess.document.assessmentfile import dumps
from cxassess.forms.pages import page_keys
from cxassess.text import LANGS


def hostile(open_: Opener, content: Content) -> Browser:
    """A form into whose every field somebody typed the same hostile text."""
    browser = open_(rated(content, "LLLLLL").judge("silos", Judgement(severity=3)), who=HOSTILE)
    browser.go("evidence")
    browser.fill("", {"kind": "document", "source.en": HOSTILE}, do="add-evidence")
    browser.send("link", "answers/inform-1/E-01")
    browser.send("link", "mistakes/silos/E-01")
    browser.send("set", "exceptions/silos/resolve", {"reason.en": HOSTILE})
    browser.send("add-interview", "", {"kind": "interview", "source.en": HOSTILE, "person": HOSTILE})
    browser.send("add-opinion", "answers/inform-1", {"who": HOSTILE, "rating": "P"})
    browser.send("seek", "evidence", {"text": HOSTILE})
    browser.send("seek", "answers/inform-2", {"text": HOSTILE})
    for page in page_keys(content):
        open_page(browser, page)
        for form in browser.page.all("form"):
            if at := form.attrs.get("data-set"):
                texts = filter(_is_text, form.all("input", "textarea"))
                typed = {field.attrs["name"]: HOSTILE for field in texts}
                browser.fill(at, typed | ({"unit": "outlet"} if at == "profile" else {}))
    browser.send("set", "answers/inform-1", {"choice": "F"})
    return browser


def open_page(browser: Browser, page: str) -> None:
    """Open a page; of the list of evidence, with all of one record."""
    browser.send("go", f"{page}/cx-evidence-E-01" if page == "evidence" else page)


def test_hostile_text_stays_text(open_: Opener, content: Content) -> None:
    """In every field a person can type into, on every page, in both languages, and where two people clash."""
    browser = hostile(open_, content)
    assert not browser.form.view["refused"]
    dumped = dumps(browser.value)
    assert dumped.count(json.dumps(HOSTILE)[1:-1]) > 150
    other = open_(who="budi")
    theirs = {"organisation": f"2{HOSTILE}", "trade_text": dict.fromkeys(LANGS, f"2{HOSTILE}")}
    other.form.value = other.value.replaced(profile=other.value.profile.model_copy(update=theirs))
    for at in ("profile", "answers/inform-1"):
        browser.send("set", at, {"organisation": f"3{HOSTILE}", "trade_text.en": f"3{HOSTILE}"})
    assert browser.page.all("button", data_do="mine")
    for lang in LANGS:
        browser.press("lang", lang)
        for page in page_keys(content):
            open_page(browser, page)
            node = browser.page
            assert not node.all("img", "script", "iframe", "object"), page
            assert not [name for one in node.all() for name in one.attrs if name.startswith("on")], page
            assert HOSTILE in node.all("h2")[0].text
            assert HOSTILE in node.all("dl")[0].text
            assert "49" not in node.all("h2")[0].text
            areas = [area for area in node.all("textarea") if area.attrs["name"] != "reason"]
            assert all(HOSTILE in (area.value() or "") for area in areas if _is_typed(area)), page


def _is_text(field: Node) -> bool:
    """Whether a person can type anything into it."""
    return field.tag == "textarea" or not {"type", "inputmode"} & set(field.attrs)


def _is_typed(area: Node) -> bool:
    """Whether it is a field of an entry that is there, not of one that could be made."""
    form = next(node for node in area.above if node.tag == "form")
    return "data-set" in form.attrs
