"""The report in a real browser: silent, harmless, readable on a phone. Group `browser`."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from cxassess.content import Content
from cxassess.engine import Kernel
from cxassess.paths import examples_dir
from cxassess.report import render_report

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
    document["profile"]["organisation"] = document["profile"]["trade"] = document["note"] = HOSTILE
    file = folder / "a.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    return render_report(file, content, lang="en", folder=folder, kernel=kernel).html


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
    assert page.locator("svg").first.bounding_box()["width"] > width / 2
    page.close()


def test_the_report_prints(browser: Browser, report: Path, tmp_path: Path) -> None:
    """Chromium makes a PDF of it, so print styles at least parse."""
    page = browser.new_page()
    page.goto(report.as_uri())
    page.pdf(path=tmp_path / "report.pdf", format="A4")
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")
