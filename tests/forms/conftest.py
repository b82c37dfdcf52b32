"""What the tests of the form share."""

import pytest
from kit.form import Gallery, book_of, html_of, made_case
from kit.made import blank
from kit.page import read

from cxassess.content.reading import Content
from cxassess.document.assessmentfile import load_assessment
from cxassess.places import examples_dir
from cxassess.text import LANGS


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
