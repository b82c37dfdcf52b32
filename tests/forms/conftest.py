"""What the tests of the form share."""

from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from kit.form import Gallery, Opener, book_of, html_of, made_case, opener
from kit.made import blank
from kit.page import read

from cxassess.content.reading import Content
from cxassess.document.assessmentfile import load_assessment
from cxassess.places import examples_dir
from cxassess.text import LANGS


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The threads that would run beside the work; here none does."""
    threads: list[Any] = []
    monkeypatch.setattr(Thread, "start", lambda self: threads.append(self))
    return threads


@pytest.fixture
def open_(tmp_path: Path, content: Content) -> Opener:
    return opener(tmp_path, content)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "acme.json"


@pytest.fixture(scope="session")
def gallery(content: Content) -> Gallery:
    """Every page of every example in both languages, and of two made cases."""
    cases = {path.stem: load_assessment(path, content) for path in sorted(examples_dir().glob("*.json"))}
    cases |= {"blank": blank(content), "made": made_case(content)}
    found: Gallery = {}
    for name, one in cases.items():
        for lang in LANGS:
            book = book_of(one, content, lang=lang)
            for page in book.pages:
                found[name, lang, page.key] = one, read(html_of(book, page.key))
    return found
