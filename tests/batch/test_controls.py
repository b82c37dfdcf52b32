"""What the script of an index is given: words, and the keys of each row."""

import re

import pytest
from kit.reports import listed_of, reports_of

from cxassess.batch.controls import COLUMNS, script_data
from cxassess.batch.listing import Listing, listing_of
from cxassess.content.reading import Content
from cxassess.content.voice import Voice
from cxassess.document.assessmentfile import load_assessment
from cxassess.places import examples_dir, templates_dir
from cxassess.text import LANGS, Lang


@pytest.fixture(scope="module")
def listing(content: Content) -> Listing:
    """The examples: seven assessments in twelve reports."""
    files = sorted(examples_dir().glob("*.json"))
    reports = [one for file in files for one in reports_of(file, load_assessment(file, content), content)]
    return listing_of([listed_of(report, content) for report in reports])


@pytest.mark.parametrize("lang", LANGS)
def test_the_script_has_all_its_words(listing: Listing, content: Content, lang: Lang) -> None:
    """Each word it asks for is given in the language of the page, and none in vain."""
    script = (templates_dir() / "nbconvert" / "cxreport" / "static" / "index.js").read_text(encoding="utf-8")
    asked = {*re.findall(r'words\["([^"]+)"\]', script), "draft", "index-complete", "language-id", "language-en"}
    words = script_data(listing.entries, Voice(content, lang))["words"]
    assert words == {key: content.words[key].in_(lang) for key in asked}
    assert "innerHTML" not in script


def test_rows_are_sorted_by_what_stands_in_them(listing: Listing, content: Content) -> None:
    """Levels with "at least" above plain ones, dates as such, ratings from not rated to F."""
    data = script_data(listing.entries, Voice(content, "en"))
    assert data["columns"] == COLUMNS
    assert [row["keys"][0] for row in data["rows"]] == list(range(7))
    for row, entry in zip(data["rows"], listing.entries, strict=True):
        keys = dict(zip(COLUMNS, row["keys"], strict=True))
        first = entry[0]
        assert keys["date"] == first.on.isoformat()
        for name in ("claimed", "consistent", "verified"):
            reached = first.outcome.results[name]
            assert keys[name] == reached.attained + (0.5 if "≥" in reached.shown else 0)
        assert [keys[n] for n in "123456"] == ["–NPLF".index(letter or "–") for letter in first.outcome.letters]
        assert keys["reports"] in ("en", "en id", "id")
    assert [row["keys"][11] for row in data["rows"]].count("draft") == 1
    assert data["rows"][0]["group"] == ("Teluk Biru Finansial", "Perbankan Ritel")


def test_levels_are_named(listing: Listing, content: Content) -> None:
    """As on the rest of the page."""
    assert script_data(listing.entries, Voice(content, "en"))["levels"][0] == Voice(content, "en").reached(1)
