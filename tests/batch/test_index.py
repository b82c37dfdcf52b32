"""The index of a batch: what it counts, what it leads to, and that a name on it is never more than text."""

import base64
import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any, cast
from urllib.parse import unquote

import pytest
from kit.page import tables, texts
from kit.reports import listed_of, named, reports_of

from cxassess.batch.bulkhead import Failure
from cxassess.batch.index import index_page
from cxassess.batch.listing import listing_of
from cxassess.content.reading import Content
from cxassess.content.voice import Voice
from cxassess.document.assessment import Assessment, Unit
from cxassess.document.assessmentfile import load_assessment
from cxassess.errors import CxError, Problem
from cxassess.places import examples_dir, templates_dir
from cxassess.report.rendering import Report
from cxassess.text import LANGS, Lang

HOSTILE = '"><img src=x onerror=alert(1)></script><!--<script>alert(2)//'
LETTERS = slice(5, 11)
NO_FAILURES: list[Failure] = []


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
    return page_on(made, Voice(content, lang))


def page_on(reports: Sequence[Report], voice: Voice) -> str:
    """The index of a folder in which these reports stand."""
    return index_page(listing_of([listed_of(report, voice.content) for report in reports]), NO_FAILURES, voice)


def english(reports: Sequence[Report], content: Content) -> str:
    return page_on(reports, Voice(content, "en"))


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
    shown = page_on(made, Voice(content, lang))
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
        assert [cell.attrs.get("class", "") for cell in row[LETTERS]] == shades
    assert "–" in texts(rows[4])[LETTERS]


def test_every_report_is_linked(made: list[Report], page: str) -> None:
    """Page and PDF in each language, beside the index."""
    wanted = {file.name for one in made for file in one.pages.values()}
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
    assert status == ["Complete Edited: Indonesian", "Draft"]


def test_unit_and_trade_stand_with_the_company(content: Content) -> None:
    """A trade that was typed in the other language says so."""
    unit = Unit(kind="outlet", name="Dago")
    shown = english(named(content, "Acme", unit=unit, trade_text="Kedai kopi"), content)
    assert '<p>Acme</p><p class="cx-small">Outlet: Dago</p><p class="cx-small" lang="id">Kedai kopi</p>' in shown


# --- failures, and what is not listed ---


def failure(file: str, *wrong: str, client: str = "", log: str = "") -> Failure:
    """A failure; what is wrong is named among its problems as something unknown."""
    problems = [Problem(file, "problem-unknown-names", names=name) for name in wrong]
    error = CxError("problem-file-unusable", problems, path=file)
    return Failure(Path(file), "en" if client else None, client, error, Path("out", log) if log else None)


def test_failures_stand_before_everything_else(made: list[Report], content: Content) -> None:
    """Right below the first line, with every reason, in the language of the page."""
    failed = [failure("a/x.json", "z", "<b>"), failure("y.json")]
    listing = listing_of([listed_of(report, content) for report in made])
    shown = index_page(listing, failed, Voice(content, "id"))
    assert re.search(r'</h1><p>[^<]*</p>(<p class="cx-fine">[^<]*</p>)?<h2 id="failed">Gagal: 2</h2>', shown)
    assert shown.index('id="failed"') < shown.index('id="portfolio"') < shown.index('id="reports"')
    unknown = "tidak dikenal; periksa ejaannya"
    assert f"<p>a/x.json: z {unknown}</p><p>a/x.json: &lt;b&gt; {unknown}</p>" in shown
    assert "<p>y.json tidak dapat dipakai</p>" in shown
    assert [texts(row)[0] for row in tables(shown)[0]] == ["a/x.json", "y.json"]


def test_a_failure_has_its_client_and_its_log(content: Content) -> None:
    """The client where the file tells it; a log that lies beside the index is one click away."""
    failed = [failure("x.json", "z", client=HOSTILE, log="acme-{1}.failed.log"), failure("y.json", "z")]
    shown = index_page(listing_of([]), failed, Voice(content, "en"))
    assert [texts(row)[0] for row in tables(shown)[0]] == [f"{HOSTILE} x.json", "y.json"]
    assert [(href, words) for href, words in re.findall(r'<a href="([^"#]+)">(.*?)</a>', shown)] == [
        ("acme-%7B1%7D.failed.log", "Full log")
    ]


def test_file_names_that_are_no_text_are_shown(content: Content) -> None:
    """A byte that is no letter becomes a question mark, in the name and in the reason."""
    (row,) = tables(index_page(listing_of([]), [failure("a\udcff.json", "z")], Voice(content, "en")))[0]
    assert texts(row) == ["a?.json", "a?.json: z is unknown; check the spelling"]


def test_where_everything_failed_there_is_no_list(content: Content) -> None:
    """No counts of nothing, no script."""
    shown = index_page(listing_of([]), [failure("x.json", "z")], Voice(content, "en"))
    assert "Failed: 1" in shown and "Companies:" not in shown and "<script" not in shown
    assert len(tables(shown)) == 1


def test_notebooks_that_cannot_be_read_are_named(made: list[Report], content: Content) -> None:
    """With the reason, apart from what failed in this run."""
    problem = Problem("old.ipynb", "problem-no-notebook", option="--force")
    broken = (Path("out/old.ipynb"), CxError("problem-nothing-written", [problem]))
    listing = listing_of([listed_of(made[0], content)], [broken])
    shown = index_page(listing, NO_FAILURES, Voice(content, "en"))
    assert '<h2 id="unread">Not listed: 1</h2>' in shown and 'id="failed"' not in shown
    assert texts(tables(shown)[0][0]) == [
        "old.ipynb",
        "old.ipynb: is no whole notebook; restore it, or render it anew with --force",
    ]


# --- hostile names, the script, the network ---


def test_hostile_names_are_text(content: Content) -> None:
    """In the table, in the names of links, in addresses, and in the data of the script."""
    unit = Unit(kind="outlet", name=HOSTILE)
    reports = [*named(content, HOSTILE, unit=unit, trade_text=HOSTILE, group=(HOSTILE,)), *named(content, "Élan")]
    shown = english(reports, content)
    assert "<img" not in shown and "<!--" not in shown
    assert [texts(row)[0] for row in tables(shown)[1]] == [f"{HOSTILE} Outlet: {HOSTILE} {HOSTILE}", "Élan"]
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


def test_same_reports_same_page(made: list[Report], content: Content) -> None:
    """Made twice, it is the same."""
    assert english(made, content) == english(made, content)


def test_a_thousand_reports_are_no_burden(made: list[Report], content: Content) -> None:
    """Under 2 MB with a thousand assessments in both languages."""
    both = [one for one in made if one.file.stem == "kopi-lereng"]
    listed = [listed_of(one, content) for one in both]
    clients = [listed[0].client.model_copy(update={"unit_name": f"Outlet {n}"}) for n in range(1000)]
    many = [
        replace(one, client=client, imprint=one.imprint.model_copy(update={"client": client}))
        for client in clients
        for one in listed
    ]
    shown = index_page(listing_of(many), NO_FAILURES, Voice(content, "id"))
    assert "Penilaian: 1.000 · Laporan: 2.000" in shown
    assert len(shown.encode()) < 2_000_000


def test_other_content_can_be_indexed(golden: Assessment, golden_content: Content) -> None:
    """The names of the levels are the content's own."""
    other = golden.replaced(on=golden.on + timedelta(days=1))
    reports = [
        one
        for n, each in enumerate((golden, other))
        for one in reports_of(Path(f"{n}.json"), each, golden_content)
    ]
    first = texts(tables(english(reports, golden_content))[0][0])[0]
    assert first == f"6. {golden_content.levels[5].name.en}"
