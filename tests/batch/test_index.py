"""The index of a batch: what it counts, what it leads to, and that a name on it is never more than text."""

import base64
import hashlib
import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, cast
from urllib.parse import unquote

import pytest
from kit.reports import named, reports_of

from cxassess import theme
from cxassess.batch.index import index_page
from cxassess.content.reading import Content
from cxassess.content.voice import Voice
from cxassess.document.answers import Answer
from cxassess.document.assessment import Assessment, Unit
from cxassess.document.assessmentfile import load_assessment
from cxassess.places import examples_dir, templates_dir
from cxassess.report.rendering import Report
from cxassess.text import LANGS, Lang, escaped

HOSTILE = '"><img src=x onerror=alert(1)></script><!--<script>alert(2)//'
LETTERS = slice(5, 11)
NO_FAILURES: list[tuple[Path, list[str]]] = []


@pytest.fixture(scope="module")
def made(content: Content) -> list[Report]:
    """The reports of the examples: seven assessments, one of them with results "at least", one a draft."""
    files = sorted(examples_dir().glob("*.json"))
    return [one for file in files for one in reports_of(file, load_assessment(file, content), content)]


@pytest.fixture(scope="module", params=LANGS)
def lang(request: pytest.FixtureRequest) -> Lang:
    return cast(Lang, request.param)


@pytest.fixture(scope="module")
def page(made: list[Report], content: Content, lang: Lang) -> str:
    return index_page(made, NO_FAILURES, Voice(content, lang))


def english(reports: Sequence[Report], content: Content) -> str:
    return index_page(reports, NO_FAILURES, Voice(content, "en"))


class _Tables(HTMLParser):
    """The body rows of every table, as texts of cells with their classes."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[list[tuple[str, str]]]] = []
        self.in_body = self.in_cell = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.tables.append([])
        self.in_body = tag == "tbody" or (self.in_body and tag != "thead")
        if self.in_body and tag == "tr":
            self.tables[-1].append([])
        if self.in_body and tag in ("th", "td"):
            self.in_cell = True
            self.tables[-1][-1].append(("", dict(attrs).get("class") or ""))

    def handle_endtag(self, tag: str) -> None:
        self.in_cell = self.in_cell and tag not in ("th", "td")
        self.in_body = self.in_body and tag != "tbody"

    def handle_data(self, data: str) -> None:
        if self.in_cell:
            text, style = self.tables[-1][-1][-1]
            self.tables[-1][-1][-1] = (text + data, style)


def tables(page: str) -> list[list[list[tuple[str, str]]]]:
    parser = _Tables()
    parser.feed(page)
    return parser.tables


def texts(row: list[tuple[str, str]]) -> list[str]:
    return [text for text, _ in row]


def data_of(page: str) -> dict[str, Any]:
    (data,) = re.findall(r'<script id="cx-data"[^>]*>(.*?)</script>', page, re.DOTALL)
    return cast(dict[str, Any], json.loads(data))


def links(page: str) -> list[tuple[str, str, str]]:
    """Address, name for those who hear it, and words for those who see it."""
    found = re.findall(r'<a aria-label="([^"]*)" href="([^"#]+)">(.*?)</a>', page)
    return [(href, unescape(name), unescape(shown)) for name, href, shown in found]


# --- what it says ---


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("id", "Perusahaan: 6 · Penilaian: 7 · Laporan: 12 · Keadaan per 31 Maret 2026 sampai 31 Maret 2027"),
        ("en", "Companies: 6 · Assessments: 7 · Reports: 12 · As of 31 March 2026 to 31 March 2027"),
    ],
)
def test_one_line_says_how_much_there_is(made: list[Report], content: Content, lang: Lang, line: str) -> None:
    """A company assessed twice is one company, an assessment in two languages one assessment."""
    shown = index_page(made, NO_FAILURES, Voice(content, lang))
    assert f'<html lang="{lang}">' in shown
    assert f"</h1><p>{line}</p>" in shown
    assert Voice(content, lang).say("index-internal") in shown


def test_one_date_is_said_once(content: Content) -> None:
    """Not "as of 31 March to 31 March"; a company is the same however its name is written."""
    shown = english(
        [*named(content, "Kafé Élan"), *named(content, "kafe elan ", unit=Unit(kind="outlet", name="X"))], content
    )
    assert "<p>Companies: 1 · Assessments: 2 · Reports: 4 · As of 31 March 2026</p>" in shown
    assert Voice(content, "en").say("index-internal") not in shown


def test_the_distribution_counts_every_assessment_once(made: list[Report], page: str) -> None:
    """Level by level, top first, as the scorecards have it; reports in two languages do not count twice."""
    counted, _ = tables(page)
    cards = list({one.file: one.card for one in made}.values())
    for column, name in enumerate(("claimed", "consistent", "verified"), start=1):
        attained = Counter(card.results[name].attained for card in cards)
        assert [int(row[column][0]) for row in counted] == [attained[level] for level in range(6, -1, -1)]
        assert sum(int(row[column][0]) for row in counted) == 7
    assert [row[0][0][0] for row in counted] == list("6543210")


def test_the_drawing_says_the_same_as_the_table(page: str) -> None:
    """Every figure stands in it as text, level by level; every colour is the theme's."""
    (svg,) = re.findall(r"<svg.*?</svg>", page, re.DOTALL)
    figures = [int(text) for text in re.findall(r'font-weight="bold"[^>]*>(\d+)</text>', svg)]
    assert figures == [int(text) for row in tables(page)[0] for text in texts(row)[1:]]
    assert set(re.findall(r"#[0-9a-f]{6}", svg)) <= set(theme.colours().values())
    assert float(re.findall(r'<svg[^>]* width="([\d.]+)"', svg)[0]) <= 560


def test_the_drawing_is_described(made: list[Report], content: Content) -> None:
    """Those who do not see it hear its figures."""
    assert (
        'aria-label="Number of assessments at each level. Claimed: 1 at level 5, 2 at level 4, 2 at level 3, '
        "1 at level 2 and 1 at level 0. Consistent: " in english(made, content)
    )


def test_at_least_is_counted_where_it_stands_and_said(made: list[Report], content: Content) -> None:
    """One example reaches "at least 3" twice: it counts at 3, and a remark says so."""
    shown = english(made, content)
    said = Voice(content, "en").say("index-at-least", counts="Claimed 1 and Consistent 1")
    assert f'<p class="cx-fine">{escaped(said)}</p>' in shown
    (row,) = [texts(row) for row in tables(shown)[1] if "Lintas Armada" in row[0][0]]
    assert row[2:5] == ["≥ 3", "≥ 3", "2"]
    without = english([one for one in made if one.file.stem != "lintas-armada"], content)
    assert "≥" not in re.sub("<script.*?</script>|<style.*?</style>", "", without, flags=re.DOTALL)


def test_want_of_proof_and_drafts_are_told(made: list[Report], content: Content) -> None:
    """Verified 0 with more behind it is want of proof; a draft among the counted is named."""
    shown = english(made, content)
    said = [Voice(content, "en").say(word, count=1) for word in ("index-unproved", "index-drafts")]
    assert all(f'<p class="cx-fine">{text}</p>' in shown for text in said)
    whole = english([one for one in made if one.file.stem == "kopi-lereng-2027"] * 2, content)
    assert not any(text in whole for text in said)


def test_one_assessment_is_no_portfolio(made: list[Report], content: Content) -> None:
    """Nothing to distribute, to search or to sort."""
    shown = english(made[:1], content)
    assert "<svg" not in shown and "<script" not in shown
    assert "script-src 'none'" in shown
    assert len(tables(shown)) == 1


# --- the list ---


def test_the_list_stands_by_company_then_newest(made: list[Report], content: Content) -> None:
    """Whatever the order of the files; capitals and accents make no difference."""
    first = [texts(row)[0] for row in tables(english(made, content))[1]]
    assert first == [texts(row)[0] for row in tables(english(made[::-1], content))[1]]
    assert [name[:11] for name in first][2:4] == ["Kopi Lereng", "Kopi Lereng"]
    assert [texts(row)[1] for row in tables(english(made, content))[1]][2:4] == ["31 March 2027", "31 March 2026"]
    names = ["beta", "Ángel", "alfa", "Zeta"]
    reports = [one for name in names for one in named(content, name)]
    assert [texts(row)[0] for row in tables(english(reports, content))[1]] == ["alfa", "Ángel", "beta", "Zeta"]


def test_letters_are_those_of_the_claimed_levels(made: list[Report], content: Content) -> None:
    """Six a row, the shade of each cell its own letter's, a dash without shade where a level is not rated."""
    rows = tables(english(made, content))[1]
    cards = {f"{one.card.assessment.profile.organisation} {one.card.on}": one.card for one in made}
    by_name = sorted(cards.values(), key=lambda card: (card.assessment.profile.organisation, -card.on.toordinal()))
    for row, card in zip(rows, by_name, strict=True):
        letters = [level.letter or "–" for level in card.claimed.levels]
        assert texts(row)[LETTERS] == letters
        shades = [f"cx-shade-{letter.lower()}" if letter != "–" else "" for letter in letters]
        assert [style for _, style in row[LETTERS]] == shades
    assert "–" in texts(rows[4])[LETTERS]


def test_every_report_is_linked(made: list[Report], page: str) -> None:
    """Page and PDF in each language, beside the index."""
    wanted = {file.name for one in made for file in (one.html, one.pdf)}
    assert {unquote(href) for href, _, _ in links(page)} == wanted
    assert len(links(page)) == len(wanted) == 24


def test_no_two_links_sound_alike(page: str) -> None:
    """A list of all links can be told apart by ear, and each name holds the words that are seen."""
    names = [name for _, name, _ in links(page)]
    assert len(set(names)) == len(names)
    assert all(shown in name for _, name, shown in links(page))
    assert any("Bank Teluk Biru, Kantor cabang dan aplikasi ponsel, 15 April 2026" in name for name in names)


def test_drafts_and_edited_reports_are_marked(content: Content) -> None:
    """The status says draft or complete, and which report a person has edited."""
    files = [examples_dir() / f"{name}.json" for name in ("kopi-lereng", "polderfiets")]
    reports = [
        one
        for file, edited in zip(files, ("id", None), strict=True)
        for one in reports_of(file, load_assessment(file, content), content, edited=edited)
    ]
    status = [texts(row)[11] for row in tables(english(reports, content))[1]]
    assert status == ["CompleteEdited: Indonesian", "Draft"]


def test_unit_and_trade_stand_with_the_company(content: Content) -> None:
    """A trade that was typed in the other language says so."""
    unit = Unit(kind="outlet", name="Dago")
    shown = english(named(content, "Acme", unit=unit, trade_text="Kedai kopi"), content)
    assert '<p>Acme</p><p class="cx-small">Outlet: Dago</p><p class="cx-small" lang="id">Kedai kopi</p>' in shown


# --- failures ---


def test_failures_stand_before_everything_else(made: list[Report], content: Content) -> None:
    """Right below the first line, with every reason, marked as English."""
    failed = [(Path("a/x.json"), ["x.json:3 a: is missing; add it", "x.json:9 b: <b>"]), (Path("y.json"), ["z"])]
    shown = index_page(made, failed, Voice(content, "id"))
    assert re.search(r'</h1><p>[^<]*</p>(<p class="cx-fine">[^<]*</p>)?<h2 id="failed">Gagal: 2</h2>', shown)
    assert shown.index('id="failed"') < shown.index('id="portfolio"') < shown.index('id="reports"')
    assert '<p lang="en">x.json:3 a: is missing; add it</p><p lang="en">x.json:9 b: &lt;b&gt;</p>' in shown
    assert [texts(row)[0] for row in tables(shown)[0]] == ["a/x.json", "y.json"]


def test_file_names_that_are_no_text_are_shown(content: Content) -> None:
    """A byte that is no letter becomes a question mark, in the name and in the reason."""
    failed = [(Path("a\udcff.json"), ["a\udcff.json: is no JSON"])]
    (row,) = tables(index_page([], failed, Voice(content, "en")))[0]
    assert texts(row) == ["a?.json", "a?.json: is no JSON"]


def test_where_everything_failed_there_is_no_list(content: Content) -> None:
    """No counts of nothing, no script."""
    shown = index_page([], [(Path("x.json"), ["is missing"])], Voice(content, "en"))
    assert "Failed: 1" in shown and "Companies:" not in shown and "<script" not in shown
    assert len(tables(shown)) == 1


# --- hostile names, the script, the network ---


def test_hostile_names_are_text(content: Content) -> None:
    """In the table, in the names of links, in addresses, and in the data of the script."""
    unit = Unit(kind="outlet", name=HOSTILE)
    reports = [*named(content, HOSTILE, unit=unit, trade_text=HOSTILE, group=(HOSTILE,)), *named(content, "Élan")]
    shown = english(reports, content)
    assert "<img" not in shown and "<!--" not in shown
    assert [texts(row)[0] for row in tables(shown)[1]] == [f"{HOSTILE}Outlet: {HOSTILE}{HOSTILE}", "Élan"]
    assert [row["group"] for row in data_of(shown)["rows"]] == [[HOSTILE], []]
    assert shown.count("<script") == 2
    assert all(re.fullmatch(r"[\w.%-]+", href, re.ASCII) for href, _, _ in links(shown))


def test_only_our_script_may_run(page: str) -> None:
    """The policy names the script that is in the page by its hash, and no other."""
    (script,) = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    source = templates_dir() / "nbconvert" / "cxreport" / "static" / "index.js"
    assert script == source.read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}';" in page


def test_nothing_is_asked_of_the_network(page: str) -> None:
    """No address but the name of the SVG language."""
    bare = re.sub(r'xmlns(:\w+)?="[^"]*"', "", page)
    assert "http:" not in bare and "https:" not in bare and "@import" not in bare


def test_the_script_has_all_its_words(page: str, content: Content, lang: Lang) -> None:
    """Each word it asks for is given in the language of the page, and none in vain."""
    script = (templates_dir() / "nbconvert" / "cxreport" / "static" / "index.js").read_text(encoding="utf-8")
    asked = {*re.findall(r'words\["([^"]+)"\]', script), "draft", "index-complete", "language-id", "language-en"}
    words = data_of(page)["words"]
    assert set(words) == asked
    assert words == {key: content.words[key].in_(lang) for key in asked}
    assert "innerHTML" not in script


def test_the_script_knows_what_to_sort_by(made: list[Report], page: str) -> None:
    """Each row of its data is the row that stands there: levels with "at least" above plain ones, dates."""
    data = data_of(page)
    rows = tables(page)[1]
    assert [row["keys"][0] for row in data["rows"]] == list(range(7))
    for row, told in zip(rows, data["rows"], strict=True):
        keys = dict(zip(data["columns"], told["keys"], strict=True))
        assert [keys[name] for name in ("claimed", "consistent", "verified")] == [
            int(text.removeprefix("≥ ")) + 0.5 * text.startswith("≥") for text in texts(row)[2:5]
        ]
        assert [keys[name] for name in "123456"] == ["–NPLF".index(letter) for letter in texts(row)[LETTERS]]
    assert {row["keys"][1] for row in data["rows"]} == {one.card.on.isoformat() for one in made}
    assert data["rows"][5]["keys"][11:] == ["draft", "en id"]
    assert data["rows"][2]["keys"][11:] == ["index-complete", "en id"]
    assert data["rows"][0]["group"] == ["Teluk Biru Finansial", "Perbankan Ritel"]


def test_same_reports_same_page(made: list[Report], content: Content) -> None:
    """Made twice, it is the same."""
    assert english(made, content) == english(made, content)


def test_a_thousand_reports_are_no_burden(made: list[Report], content: Content) -> None:
    """Under 2 MB with a thousand assessments in both languages."""
    both = [one for one in made if one.file.stem == "kopi-lereng"]
    reports = [replace(one, file=Path(f"{n}.json")) for n in range(1000) for one in both]
    shown = index_page(reports, NO_FAILURES, Voice(content, "id"))
    assert "Penilaian: 1.000 · Laporan: 2.000" in shown
    assert len(shown.encode()) < 2_000_000


def test_other_content_can_be_indexed(golden: Assessment, golden_content: Content) -> None:
    """The names of the levels are the content's own."""
    other = golden.answer(golden_content.questions[0].key, Answer(state="unknown"))
    reports = [
        one
        for n, each in enumerate((golden, other))
        for one in reports_of(Path(f"{n}.json"), each, golden_content)
    ]
    first = tables(english(reports, golden_content))[0][0][0][0]
    assert first == f"6. {golden_content.levels[5].name.en}"
