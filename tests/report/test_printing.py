"""From a notebook to page and PDF, and pages of our own."""

from pathlib import Path
from typing import Any

import nbformat
import pytest
from kit.notebooks import imprinted, shows
from nbformat import NotebookNode
from nbformat.v4 import new_notebook

from cxassess.content.reading import Content
from cxassess.content.voice import Voice
from cxassess.errors import ReportError
from cxassess.page.blocks import MIME, Heading, Part
from cxassess.report.printing import page_of, pages_from


def kept(folder: Path, notebook: NotebookNode) -> Path:
    """A notebook as it lies in a folder."""
    path = folder / "a.ipynb"
    nbformat.write(notebook, path)
    return path


@pytest.mark.parametrize(
    "fields", [{"brand": {"name": "x", "colours": {"primary": "red;}"}}}, {"words": {"contents": 5}}]
)
def test_a_damaged_imprint_is_told(tmp_path: Path, fields: dict[str, Any]) -> None:
    """A notebook may come from anyone: what is no imprint is refused in words, and nothing is written."""
    with pytest.raises(ReportError, match="is damaged; restore it, or render it anew"):
        pages_from(kept(tmp_path, imprinted(**fields)))
    assert [path.name for path in tmp_path.iterdir()] == ["a.ipynb"]


def test_a_notebook_of_nobody_makes_pages_too(tmp_path: Path) -> None:
    """Without an imprint, in plain English."""
    assert pages_from(kept(tmp_path, new_notebook(cells=[shows({"text/html": "<p>x</p>"})]))) != ()
    page = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert '<html lang="en">' in page and "Skip to the content" in page
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize(
    "damaged", ["text", {"format": 1}, {"format": 1, "blocks": [{"kind": "chart"}]}, {"blocks": [7]}]
)
@pytest.mark.parametrize("interactive", [False, True])
def test_damaged_data_in_a_notebook_stops_no_page(tmp_path: Path, damaged: Any, interactive: bool) -> None:
    """Live or not, what is none of our data is told as lost; the page still shows the HTML beside it."""
    notebook = imprinted(shows({"text/html": "<p>shown</p>", MIME: damaged}), interactive=interactive)
    assert len(pages_from(kept(tmp_path, notebook))) == 1
    assert "<p>shown</p>" in (tmp_path / "a.html").read_text(encoding="utf-8")


def test_a_page_of_our_own(content: Content) -> None:
    """The proof and the index are pages in the same theme, though no notebook was run for them."""
    page = page_of(Part(Heading(level=1, text="A & B")), Voice(content, "id"), title="<T>")
    assert '<html lang="id">' in page and "<title>&lt;T&gt;</title>" in page and "<h1>A &amp; B</h1>" in page
    assert content.words["skip-link"].id in page


def test_only_the_formats_that_are_wanted(tmp_path: Path) -> None:
    """A PDF alone, then a page alone: what is not wanted any more goes, for it would tell of other answers."""
    for formats in (("html", "pdf"), ("pdf",), ("html",)):
        pages_from(kept(tmp_path, imprinted(formats=list(formats))))
        assert {path.suffix for path in tmp_path.iterdir()} == {".ipynb", *(f".{one}" for one in formats)}
