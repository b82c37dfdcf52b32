"""Every field of every document is asked for in the form and said in the report, or it is known why it is not."""

from collections.abc import Iterator
from pkgutil import iter_modules

import pytest
from kit.fields import Path
from kit.form import book_of, html_of
from kit.pairs import Pair, pairs

from cxassess import charts
from cxassess.chapters import CHAPTERS, Manuscript
from cxassess.charts import drawing
from cxassess.content.reading import Content
from cxassess.content.voice import Voice
from cxassess.document.assessment import Assessment
from cxassess.pyramid.scoring import score

# Why the form does not ask for it.
NOT_ASKED: dict[Path, str] = {
    ("note",): "what is said of all of an assessment is said in the chapters' own words",
    ("private",): "what one keeps to oneself stands with what it is about",
    ("content", "model"): "it is the content that is loaded",
    ("content", "version"): "it is the content that is loaded",
    ("weights", "*"): "weights are agreed before the first question is asked, and stand in the file",
    ("indicators", "*", "reason"): "an indicator always applies",
    ("targets", "*", "note"): "a target is a level and a day; who wants more writes it in the file",
    ("targets", "*", "private"): "a target is a level and a day; who wants more writes it in the file",
}
# Why the report does not say it. What is private never leaves the file.
NOT_SAID: dict[Path, str] = {
    ("content", "model"): "an assessment of another content is refused",
    ("content", "version"): "an assessment of another content is refused",
    ("profile", "trade"): "where a trade is said in words, these say more than its name",
    ("profile", "report_languages"): "it says which reports are made",
    (
        "evidence",
        "*",
        "file",
    ): "it was named for oneself, and may tell whom one spoke to",
}


@pytest.fixture(scope="module")
def everything(content: Content) -> list[Pair]:
    """For every field two assessments that differ in it."""
    return list(pairs(content))


@pytest.fixture(autouse=True)
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Charts take long, and show no more than is said."""
    for module in iter_modules(charts.__path__):
        monkeypatch.setattr(f"cxassess.charts.{module.name}.draw", lambda *_: None, raising=False)
    monkeypatch.setattr(drawing, "svg_of", lambda _: ("", {}))


def test_the_form_asks_for_every_field(content: Content, everything: list[Pair]) -> None:
    """Another value is another page: that on which the field stands."""
    same = {pair.path for pair in everything if _page(pair.one, pair, content) == _page(pair.other, pair, content)}
    assert same == set(NOT_ASKED)


def _page(assessment: Assessment, pair: Pair, content: Content) -> str:
    """The page on which a field stands, without what is around it: results hang on everything."""
    # Of a list, all of one record is shown where one was led to it.
    book = book_of(assessment, content, anchor="-".join(("cx", *pair.place)))
    return html_of(book, book.page_of(pair.place).key).partition('class="cx-pane"')[2]


def test_the_report_says_every_field(content: Content, everything: list[Pair]) -> None:
    """Another value is another chapter, or another cover. What is private is in none."""
    same = {pair.path for pair in everything if _is_same_report(pair, content)}
    assert same == {*NOT_SAID, *(pair.path for pair in everything if pair.path[-1] == "private")}


def _is_same_report(pair: Pair, content: Content) -> bool:
    chapters = zip(_chapters(pair.one, content), _chapters(pair.other, content), strict=True)
    return all(one == other for one, other in chapters)


def _chapters(assessment: Assessment, content: Content) -> Iterator[str]:
    """The chapters of a report, one after another, and its cover."""
    manuscript = Manuscript(score(assessment, content, on=assessment.on), Voice(content, "en"))
    yield from (manuscript.chapter(chapter.key).html() for chapter in CHAPTERS)
    yield manuscript.cover().html()
