"""A Lab, a browser, and two people at it. To open a notebook takes five seconds, so those of a module share it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from kit.lab import QUIET, Lab, running_lab
from kit.seat import Seat, opened, seated
from playwright.sync_api import Browser, sync_playwright

from cxassess.content.reading import Content


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    with running_lab(tmp_path_factory.mktemp("lab")) as lab:
        yield lab


@pytest.fixture(scope="module")
def ann(browser: Browser, lab: Lab, content: Content) -> Iterator[Seat]:
    """A notebook that most tests share: to open one takes five seconds."""
    yield from opened(browser, lab, content, "Ann")


@pytest.fixture(scope="module")
def ben(browser: Browser, lab: Lab, content: Content) -> Iterator[Seat]:
    """Another, with a kernel of its own."""
    yield from opened(browser, lab, content, "Ben")


@pytest.fixture
def seat(ann: Seat, tmp_path: Path) -> Iterator[Seat]:
    """Ann and a new assessment; whatever a test does there, nobody else is asked for anything."""
    yield from seated(ann, tmp_path)


@pytest.fixture
def other(ben: Seat, tmp_path: Path) -> Iterator[Seat]:
    """Ben and another."""
    (tmp_path / "other").mkdir()
    yield from seated(ben, tmp_path / "other")
