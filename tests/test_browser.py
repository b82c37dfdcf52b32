"""The report in a real browser: silent, harmless, readable on a phone. Group `browser`."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from kit.logos import HOSTILE_LOGO, branded, notebook
from kit.reports import listed_of, named, reports_of
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from cxassess.batch.bulkhead import Failure
from cxassess.batch.index import index_page
from cxassess.batch.listing import listing_of
from cxassess.content.reading import Content
from cxassess.content.voice import Voice
from cxassess.document.assessment import Unit
from cxassess.document.assessmentfile import load_assessment, new_assessment
from cxassess.errors import CxError, Problem
from cxassess.page.brand import load_brand
from cxassess.places import examples_dir
from cxassess.report.edition import Edition
from cxassess.report.engine import Kernel
from cxassess.report.printing import to_html
from cxassess.report.rendering import render_report
from cxassess.text import LANGS

pytestmark = pytest.mark.browser
HOSTILE = 'Toko {A}/..\\"<img src=x onerror=alert(1)>"'


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
    quiet += ["--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=quiet)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory, content: Content, kernel: Kernel) -> Path:
    """A report in English of a company with a hostile name and hostile notes."""
    folder = tmp_path_factory.mktemp("report")
    document = json.loads((examples_dir() / "kopi-lereng.json").read_text(encoding="utf-8"))
    document["profile"]["organisation"] = document["profile"]["trade_text"] = document["note"] = HOSTILE
    file = folder / "a.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    return render_report(file, Edition(content, folder), lang="en", kernel=kernel).pages["html"]


@pytest.mark.parametrize("width", [390, 1280])
def test_the_report_asks_for_nothing_and_runs_nothing(browser: Browser, report: Path, width: int) -> None:
    """One request, its own; no message, no dialog, no sideways scrolling, on a phone and on a desk."""
    page = browser.new_page(viewport={"width": width, "height": 800})
    requests: list[str] = []
    troubles: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: troubles.append(message.text))
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("dialog", lambda dialog: troubles.append(dialog.message))
    page.goto(report.as_uri())
    assert requests == [report.as_uri()]
    assert troubles == []
    assert page.locator("h1").inner_text() == HOSTILE
    assert page.locator("img").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("svg").first.bounding_box()["width"] > min(width * 0.8, 500)
    page.close()


def serious(page: Page) -> list[str]:
    """What axe-core finds that keeps people out, and where."""
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {[node['target'] for node in one['nodes']][:5]}"
        for one in found
        if one["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("lang", LANGS)
def test_the_report_is_accessible(
    browser: Browser, content: Content, kernel: Kernel, tmp_path: Path, lang: str, width: int
) -> None:
    """axe-core finds nothing serious in a branded report with everything in it."""
    brand = load_brand(examples_dir() / "brand" / "brand.yaml")
    file = examples_dir() / "rs-puspa-husada.json"
    made = render_report(file, Edition(content, tmp_path, brand=brand), lang=lang, kernel=kernel)
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(made.pages["html"].as_uri())
    assert serious(page) == []
    page.close()


def test_an_empty_report_is_accessible(browser: Browser, content: Content, kernel: Kernel, tmp_path: Path) -> None:
    """Nor in one without any data."""
    file = tmp_path / "a.json"
    new_assessment(file, content, organisation="N" * 200, on=date(2026, 3, 1))
    page = browser.new_page(viewport={"width": 390, "height": 900})
    page.goto(render_report(file, Edition(content, tmp_path), lang="id", kernel=kernel).pages["html"].as_uri())
    assert serious(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.close()


def test_charts_answer_to_the_pointer(browser: Browser, content: Content, kernel: Kernel, tmp_path: Path) -> None:
    """`interactive`: every drawing becomes a live chart, by one script of the page's own, without a network."""
    file = examples_dir() / "kopi-lereng.json"
    made = render_report(file, Edition(content, tmp_path, interactive=True), lang="id", kernel=kernel)
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    requests: list[str] = []
    troubles: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: troubles.append(message.text))
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.goto(made.pages["html"].as_uri())
    count = page.locator("[data-chart]").count()
    expect(page.locator("[data-chart] .vega-embed")).to_have_count(count)
    assert count == 7
    assert (requests, troubles) == ([made.pages["html"].as_uri()], [])
    assert made.pages["html"].stat().st_size < 2_000_000
    page.close()


def test_the_report_prints(browser: Browser, report: Path, tmp_path: Path) -> None:
    """Chromium makes a PDF of it, so print styles at least parse."""
    page = browser.new_page()
    page.goto(report.as_uri())
    page.pdf(path=tmp_path / "report.pdf", format="A4")
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")


def test_a_hostile_logo_is_only_looked_at(browser: Browser, tmp_path: Path) -> None:
    """A brand's drawing with scripts and addresses in it is drawn; nothing runs and nothing is asked for."""
    file = tmp_path / "report.html"
    file.write_text(to_html(notebook(branded(tmp_path, HOSTILE_LOGO))), encoding="utf-8")
    page = browser.new_page()
    requests: list[str] = []
    troubles: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: troubles.append(message.text))
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("dialog", lambda dialog: (troubles.append(dialog.message), dialog.dismiss()))
    page.goto(file.as_uri(), wait_until="networkidle")
    assert page.locator("header img").evaluate("image => image.complete && image.naturalWidth") > 0
    page.locator("header img").click()
    assert [url for url in requests if not url.startswith("data:")] == [file.as_uri()] == [page.url]
    assert troubles == []
    page.close()


# --- the index of a batch ---


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory, content: Content) -> Path:
    """The index of the examples and of two companies with names that make trouble."""
    files = sorted(examples_dir().glob("*.json"))
    reports = [one for file in files for one in reports_of(file, load_assessment(file, content), content)]
    reports += named(content, HOSTILE, trade_text=HOSTILE, group=(HOSTILE, "x" * 200))
    reports += named(content, "Kafé Élan", unit=Unit(kind="outlet", name="y" * 200), report_languages=("en",))
    listing = listing_of([listed_of(report, content) for report in reports])
    name = "z" * 200
    failed = Failure(
        Path(name),
        None,
        "",
        CxError("problem-report-unmade", [Problem(name, "problem-unforeseen", error=HOSTILE)]),
        None,
    )
    file = tmp_path_factory.mktemp("batch") / "index.html"
    file.write_text(index_page(listing, [failed], Voice(content, "en")), encoding="utf-8")
    return file


@pytest.fixture
def listing(browser: Browser, index: Path) -> Iterator[Page]:
    """The index, opened from a file; whatever a test does there, it asks for nothing and says nothing."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    heard: list[str] = []
    page.on("request", lambda request: heard.append(request.url))
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("dialog", lambda dialog: (heard.append(dialog.message), dialog.dismiss()))
    page.goto(index.as_uri())
    yield page
    assert {told for told in heard if not told.startswith("data:")} <= {index.as_uri()}
    page.close()


def column(page: Page, number: int) -> list[str]:
    """The texts of one column, row by row, of the rows that can be seen."""
    rows = page.locator("#reports ~ .cx-table tbody tr:visible")
    return [row.locator("> *").nth(number).inner_text().split("\n")[0] for row in rows.all()]


def head(page: Page, name: str) -> Locator:
    return page.locator("#reports ~ .cx-table thead").get_by_role("button", name=name, exact=True)


def control(page: Page, key: str) -> Locator:
    """A control of the list; that it has a label is for axe to see."""
    return page.locator(f".cx-control-{key}").locator("input, select")


def told(page: Page) -> str:
    """What is said aloud when the list changes."""
    return page.get_by_role("status").inner_text()


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("LERENG", ["Kopi Lereng", "Kopi Lereng"]),
        ("kafe elan", ["Kafé Élan"]),
        ("  semarang private ", ["RS Puspa Husada Arumdalu"]),
        ("kantor cabang", ["Bank Teluk Biru"]),
        ("maasdelta", ["Polderfiets"]),
        ("onerror", [HOSTILE]),
        ("nowhere", []),
    ],
)
def test_the_search_narrows_the_list(listing: Page, typed: str, found: list[str]) -> None:
    """By company, unit, trade or group, whatever the capitals and accents; how many are left is announced."""
    assert told(listing) == "Showing 9 of 9"
    control(listing, "q").fill(typed)
    assert column(listing, 0) == found
    assert told(listing) == f"Showing {len(found)} of 9"
    assert listing.locator(".cx-no-match").is_visible() is not bool(found)


def test_heads_sort_the_list(listing: Page) -> None:
    """Dates as dates, "at least 3" above 3, letters from F down; a second time the other way round."""
    dates = ["31 March 2027", "31 August 2026", "20 July 2026", "15 June 2026", "20 May 2026", "15 April 2026"]
    head(listing, "Date").click()
    assert column(listing, 1)[:6] == dates
    assert [one.inner_text() for one in listing.locator("th[aria-sort=descending]").all()] == ["Date"]
    head(listing, "Date").click()
    assert column(listing, 1)[-6:] == dates[::-1]
    assert listing.locator("th[aria-sort]").get_attribute("aria-sort") == "ascending"
    head(listing, "Claimed").click()
    assert column(listing, 2) == ["5", "4", "4", "≥ 3", "3", "2", "≥ 0", "≥ 0", "0"]
    head(listing, "4").click()
    assert column(listing, 8) == ["F", "L", "L", "L", "L", "P", "–", "–", "–"]
    head(listing, "Company").click()
    assert column(listing, 0)[:3] == ["Bank Teluk Biru", "Jaringan Nusa Elok", "Kafé Élan"]
    head(listing, "Company").click()
    assert column(listing, 0)[0] == HOSTILE


def test_the_list_is_sorted_by_keyboard(listing: Page) -> None:
    """From the company's head, Tab leads to the date's; Enter and Space turn it, and it keeps the focus."""
    head(listing, "Company").focus()
    listing.keyboard.press("Tab")
    for key, order in (("Enter", "descending"), ("Space", "ascending")):
        listing.keyboard.press(key)
        assert listing.evaluate("document.activeElement.parentElement.getAttribute('aria-sort')") == order
        assert listing.evaluate("document.activeElement.textContent") == "Date"


def test_filters_narrow_together(listing: Page) -> None:
    """By level, status, language and group; one button undoes them all."""
    control(listing, "claimed").select_option("3")
    assert column(listing, 2) == ["3", "4", "4", "≥ 3", "5"]
    control(listing, "verified").select_option("2")
    assert column(listing, 4) == ["4", "2", "2"]
    control(listing, "language").select_option("English")
    assert column(listing, 0) == ["Kopi Lereng", "Kopi Lereng"]
    control(listing, "status").select_option("Draft")
    assert told(listing) == "Showing 0 of 9"
    listing.locator(".cx-controls button").click()
    assert told(listing) == "Showing 9 of 9"
    control(listing, "status").select_option("Draft")
    assert column(listing, 0) == ["Kafé Élan", "Polderfiets", HOSTILE]
    control(listing, "group").select_option("Maasdelta Holding")
    assert column(listing, 0) == ["Polderfiets"]
    control(listing, "group").select_option("Maasdelta Holding › Mobility")
    assert told(listing) == "Showing 1 of 9"


def test_a_view_has_an_address(listing: Page, browser: Browser) -> None:
    """What was searched, filtered and sorted stands in the address, and the address shows it again."""
    control(listing, "q").fill("kopi")
    head(listing, "Verified").click()
    listing.wait_for_url("**#q=kopi&sort=-verified")
    again = browser.new_page()
    again.goto(listing.url)
    assert column(again, 4) == column(listing, 4) == ["4", "2"]
    assert told(again) == "Showing 2 of 9"
    again.evaluate("location.hash = '#content'")
    assert told(again) == "Showing 2 of 9"
    again.evaluate("location.hash = '#q=<img>&claimed=nine&sort=x'")
    again.wait_for_function("document.querySelector('[role=status]').textContent === 'Showing 0 of 9'")
    assert again.locator("th[aria-sort]").inner_text() == "Company"
    again.close()


def test_without_scripts_the_whole_list_stands(browser: Browser, index: Path) -> None:
    """And nothing that would not work is shown."""
    page = browser.new_page(java_script_enabled=False)
    page.goto(index.as_uri())
    assert len(column(page, 0)) == 9
    assert page.locator("form, input, select, button").count() == 0
    page.close()


@pytest.mark.parametrize("width", [320, 390, 720, 1280])
def test_the_index_fits_the_screen(listing: Page, width: int) -> None:
    """Whatever the names, nothing makes the page scroll sideways; on a phone the six letters share a line."""
    listing.set_viewport_size({"width": width, "height": 800})
    assert listing.evaluate("document.documentElement.scrollWidth") <= width
    letters = listing.locator("#reports ~ .cx-table tbody tr").nth(1).locator("td[class^=cx-shade]").all()
    boxes = [letter.bounding_box() for letter in letters]
    assert len({box["y"] for box in boxes if box}) == 1
    assert control(listing, "sort").is_visible() is (width < 704)
    assert listing.locator("img").count() == 0


def test_a_phone_sorts_by_a_list_of_orders(listing: Page) -> None:
    """Where there are no heads to press; searching hides cards as it hides rows."""
    listing.set_viewport_size({"width": 390, "height": 800})
    control(listing, "sort").select_option("Claimed, descending")
    assert column(listing, 2)[:3] == ["5", "4", "4"]
    control(listing, "q").fill("kopi")
    assert column(listing, 0) == ["Kopi Lereng", "Kopi Lereng"]


def test_a_long_list_grows_as_one_reads(browser: Browser, tmp_path: Path, content: Content) -> None:
    """Laying all of it out at each key would be slow; on paper it is whole, and the count is that of all."""
    listing = listing_of([listed_of(named(content, f"Acme {n}")[0], content) for n in range(120)])
    file = tmp_path / "index.html"
    file.write_text(index_page(listing, [], Voice(content, "en")), encoding="utf-8")
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(file.as_uri())
    rows = page.locator("#reports ~ .cx-table tbody tr:visible")
    assert rows.count() < 120
    assert told(page) == "Showing 120 of 120"
    for _ in range(100):
        page.mouse.wheel(0, 2000)
        page.wait_for_timeout(20)
    assert rows.count() == 120
    control(page, "q").fill("acme")
    assert rows.count() < 120
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert rows.count() == 120
    page.close()
