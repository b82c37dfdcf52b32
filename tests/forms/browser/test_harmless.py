"""The form in a real browser: nothing typed runs, everyone can use it, clients see no results. Group `browser`."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from kit.seat import Seat, barriers, example
from playwright.sync_api import expect

from cxassess.document.answers import Answer, Evidence, Exemption, Judgement
from cxassess.document.assessment import Assessment, Profile, Target, Unit
from cxassess.document.fields import fields_of
from cxassess.forms.pages import page_keys
from cxassess.text import LANGS

pytestmark = pytest.mark.browser
BAD = """</textarea><script>window.ran = 1</script>'"><img src=x onerror="window.ran = 1">"""
BAD += '<svg onload="window.ran = 1">'
TEXTS = ("note", "line", "text", "lines", "notes")
MODELS = (Assessment, Profile, Unit, Target, Evidence, Answer, Judgement, Exemption)
FIELDS = [field for model in MODELS for field in fields_of(model).values()]
TYPED = {"commentary", *(field.name for field in FIELDS if field.kind in TEXTS)}


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


def test_what_people_typed_runs_nowhere(seat: Seat, tmp_path: Path) -> None:
    """Names and notes full of markup are text on every page, in clashes and notices, typed here or read."""
    seat.sit_down(example(tmp_path, hostile_document), "en")
    for page in page_keys(seat.content):
        seat.go(page)
        assert seat.at(":is(img, script, [onerror], [onload])").count() == 0, page
    seat.go("profile")
    seat.at("#cx-profile-trade_text-en").fill(BAD)
    seat.at("#cx-profile-organisation").fill(f"{BAD} Ltd")
    seat.press("Tab")
    expect(seat.at(".cx-who h2")).to_have_text(f"{BAD} Ltd")
    others = json.loads(seat.file.read_text(encoding="utf-8"))
    others["profile"]["trade_text"] = others["profile"]["note"] = f"{BAD} by others"
    seat.file.write_text(json.dumps(others), encoding="utf-8")
    seat.at("#cx-profile-note-en").fill(f"{BAD} mine")
    seat.press("Tab")
    expect(seat.at(".cx-clash dd >> nth=0")).to_contain_text(f"{BAD} mine")
    seat.at("#cx-undo").click()
    seat.settled()
    assert seat.at(":is(img, script, [onerror], [onload])").count() == 0
    assert seat.page.evaluate("window.ran") is None


def test_the_form_is_accessible(seat: Seat, tmp_path: Path) -> None:
    """axe-core finds nothing serious on any page in either language."""
    seat.sit_down(example(tmp_path), "en")
    found = []
    for lang in LANGS:
        seat.at(f"#cx-lang-{lang}").click()
        for page in page_keys(seat.content):
            seat.go(page)
            found += barriers(seat, f"{page} {lang}")
    assert found == []


@pytest.fixture
def narrow(seat: Seat) -> Iterator[Seat]:
    """A small window, with the list of files folded away."""
    toggle = "() => window.jupyterapp.commands.execute('application:toggle-left-area')"
    seat.page.evaluate(toggle)
    seat.page.set_viewport_size({"width": 500, "height": 900})
    yield seat
    seat.page.set_viewport_size({"width": 1280, "height": 900})
    seat.page.evaluate(toggle)


def test_the_form_fits_a_narrow_column(narrow: Seat, tmp_path: Path) -> None:
    """The list of pages folds, nothing scrolls sideways, and axe-core finds nothing serious there either."""
    narrow.sit_down(example(tmp_path), "id")
    found = []
    for page in page_keys(narrow.content):
        narrow.go(page)
        assert narrow.at(".cx-menu > ul").is_hidden()
        assert narrow.at(".cx-pane").evaluate("pane => pane.scrollWidth <= pane.clientWidth"), page
        found += barriers(narrow, f"{page} narrow")
    assert found == []


def test_a_client_sees_no_results(seat: Seat, tmp_path: Path) -> None:
    """In the client's view no page shows a level, a contradiction or an internal note."""
    seat.sit_down(example(tmp_path), "en")
    seat.at("#cx-client").click()
    seat.settled()
    for page in [*seat.content.level_keys, "mistakes", "indicators", "profile"]:
        seat.go(page)
        for hidden in (
            ".cx-told",
            ".cx-results",
            ".cx-contradiction",
            ".cx-tension",
            ".cx-private",
            ".cx-proof",
        ):
            assert seat.at(f"{hidden}:visible").count() == 0, (page, hidden)
    seat.at("#cx-client").click()
    seat.settled()
    seat.go("result")
    seat.at("#cx-client").click()
    seat.settled()
    assert seat.at(".cx-report:visible").count() == 0
