"""A day at the desk in a real browser, by the app alone: begun, broken off, handed on. Group `browser`."""

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from kit.lab import QUIET
from kit.seat import ELSEWHERE
from playwright.sync_api import Page, expect, sync_playwright

from cxassess.batch.planning import find_assessments
from cxassess.cli.servers import Server, app_server
from cxassess.content.reading import Content
from cxassess.document.assessmentfile import load_assessment
from cxassess.places import examples_dir
from cxassess.workspace import settings_text

pytestmark = pytest.mark.browser

SOON = 60_000  # a kernel that starts on a busy machine


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with nothing in it but a brand; what is opened from it is written down."""
    folder = tmp_path_factory.mktemp("work")
    brand = (examples_dir() / "brand" / "brand.yaml").as_posix()
    (folder / "workspace.yaml").write_text(
        settings_text("Konsultan Arumdalu", brand=brand, lang="en"), encoding="utf-8"
    )
    (folder / "assessments").mkdir()
    browser = folder / "browser.sh"
    browser.write_text(f'#!/bin/sh\necho "$1" >> "{folder}/opened"\n', encoding="utf-8")
    browser.chmod(0o755)
    return folder


@pytest.fixture(scope="module")
def server(work: Path, content: Content) -> Iterator[Server]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BROWSER", f"{work}/browser.sh %s")
        with app_server(work, content, port=9066) as server:  # away from those of other tests
            yield server


@pytest.fixture(scope="module")
def page(chromium: str, server: Server) -> Iterator[Page]:
    """One tab, kept for the whole day; it reaches nobody else."""
    heard: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.route(ELSEWHERE, lambda route: (heard.append(route.request.url), route.abort()))
        page.on("pageerror", lambda error: heard.append(str(error)))
        page.on("dialog", lambda dialog: (heard.append(dialog.message), dialog.accept()))
        page.goto(server.address)
        yield page
        assert heard == []
        browser.close()


def settled(page: Page) -> None:
    expect(page.locator(".cx-form:not([data-saving])")).to_be_attached(timeout=SOON)


def barriers(page: Page) -> list[str]:
    page.evaluate("document.querySelectorAll('.cx-pane details').forEach((one) => { one.open = true; })")
    found = Axe().run(page, context=".cx-form").response["violations"]
    return [f"{one['id']}: {[node['target'] for node in one['nodes']][:3]}" for one in found]


def answer(page: Page, key: str, choice: str) -> None:
    page.locator(f"label[for=cx-answers-{key}-{choice}]").click()
    settled(page)


def only_file(work: Path) -> Path:
    (file,) = find_assessments([work / "assessments"])
    return file


def test_an_assessment_is_begun(page: Page, work: Path, content: Content) -> None:
    """From an empty desk, by its name alone; what is answered is on disk, under the name that the form shows."""
    expect(page.locator(".cx-desk")).to_be_visible(timeout=SOON)
    assert barriers(page) == []
    page.locator("#cx-new-organisation").fill("Klinik Melati")
    page.locator("#cx-new-form button").click()
    expect(page.locator(".cx-way")).to_be_visible(timeout=SOON)
    page.locator(".cx-menu [data-at=inform]").click()
    for n in range(1, 6):
        answer(page, f"inform-{n}", "L")
    file = only_file(work)
    expect(page.locator(".cx-file")).to_have_text(file.relative_to(work).as_posix())
    assert len(load_assessment(file, content).answers) == 5


def test_a_reload_goes_on_where_one_was(page: Page) -> None:
    """The same file, the same page, the same question in sight."""
    answer(page, "inform-5", "P")
    page.reload()
    expect(page.locator("#cx-pane-inform")).to_be_visible(timeout=SOON)
    expect(page.locator("#cx-answers-inform-5")).to_be_in_viewport()


def test_a_dead_kernel_loses_nothing(page: Page, work: Path, content: Content, server: Server) -> None:
    """Clicks and words after its death are told as not saved, and come back once the page is loaded anew."""
    settled(page)
    for kernel in kernels_of(server):
        os.kill(kernel, signal.SIGKILL)
    page.locator("label[for=cx-answers-inform-4-F]").click()
    page.locator("#cx-answers-inform-5-note-en").fill("the last words")
    expect(page.locator(".cx-lost")).to_be_visible(timeout=9000)
    page.locator("[data-do=reload]").click()
    expect(page.locator("#cx-pane-inform")).to_be_visible(timeout=SOON)
    expect(page.locator("#cx-answers-inform-4-F")).to_be_checked()
    settled(page)
    saved = load_assessment(only_file(work), content)
    assert saved.answer_to("inform-4").rating == "F"
    assert saved.answer_to("inform-5").note == "the last words"


def kernels_of(server: Server) -> list[int]:
    """The kernels that a server started."""
    listed = subprocess.run(["ps", "-ww", "-eo", "pid=,ppid=,args="], check=True, capture_output=True, text=True)
    rows = [line.split(None, 2) for line in listed.stdout.splitlines()]
    return [int(pid) for pid, parent, args in rows if parent == str(server.process.pid) and "ipykernel" in args]


def test_reports_are_made_and_opened(page: Page, work: Path) -> None:
    """Branded, in both languages, without leaving the page; the next wave begins beside the old one."""
    page.locator("#cx-to-desk").click()
    expect(page.locator(".cx-rows")).to_be_visible(timeout=SOON)
    page.locator("[data-do=choose]").click()
    page.locator("#cx-report [type=submit]").click()
    expect(page.locator(".cx-order li")).to_have_count(2, timeout=SOON)
    expect(page.locator(".cx-order progress")).to_have_count(0, timeout=SOON)
    assert barriers(page) == []
    for kind in (".html", ".pdf"):
        page.locator(f".cx-order [data-do=page][data-at$='{kind}']").first.click()
        settled(page)
    opened = (work / "opened").read_text(encoding="utf-8").splitlines()
    assert [Path(one).suffix for one in opened] == [".html", ".pdf"]
    assert "Tilikrasa" in Path(opened[0].removeprefix("file://")).read_text(encoding="utf-8")
    page.locator("#cx-wave-on").fill("2099-01-31")
    page.locator("#cx-wave [type=submit]").click()
    page.locator(".cx-menu [data-at=inform]").click()
    expect(page.locator("#cx-answers-inform-1")).to_contain_text("Last time")
    assert len(find_assessments([work / "assessments"])) == 2


@pytest.mark.parametrize("width", [640, 390])
def test_the_desk_fits_a_small_screen(page: Page, width: int) -> None:
    """Twice as large, and on a phone: nothing is cut at its side."""
    if page.locator("#cx-to-desk").count():
        page.locator("#cx-to-desk").click()
    expect(page.locator(".cx-rows")).to_be_visible(timeout=SOON)
    page.set_viewport_size({"width": width, "height": 800})
    every, right = "[...document.querySelectorAll('.cx-form *')]", "one.getBoundingClientRect().right"
    page.wait_for_timeout(300)  # the form folds what has no room when it is told its new size
    cut = f"{every}.filter((one) => {right} > innerWidth + 1).map((one) => one.outerHTML.slice(0, 120))"
    assert page.evaluate(cut) == []
    assert barriers(page) == []
