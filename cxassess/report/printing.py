"""From a report notebook to its page and PDF, written together; and pages that no notebook was run for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from cxassess.content.voice import Voice
from cxassess.files import write_together
from cxassess.page.blocks import Part
from cxassess.page.imprint import FORMATS, Imprint, PageWords, imprint_of
from cxassess.page.pdf import to_pdf
from cxassess.report.notebookfile import beside, read_notebook

if TYPE_CHECKING:
    from nbformat import NotebookNode


def pages_from(notebook: Path) -> tuple[str, ...]:
    """Make page and PDF of a report notebook again, as it stands now, beside it. Raises ReportError.

    This is how what a consultant wrote into a report reaches the client. Returns what the PDF could not carry.
    """
    return write_pages(notebook, read_notebook(notebook))


def write_pages(notebook: Path, node: NotebookNode, more: dict[Path, bytes] | None = None) -> tuple[str, ...]:
    """Write what the imprint says is made of a notebook, and whatever belongs to it, together.

    A page or PDF of earlier answers that is not wanted now goes. Returns what the PDF could not carry.
    """
    formats = imprint_of(node).formats
    files, lost = dict(more or {}), tuple[str, ...]()
    if "html" in formats:
        files[beside(notebook, ".html")] = to_html(node).encode(errors="replace")
    if "pdf" in formats:
        pdf = to_pdf(node)
        files[beside(notebook, ".pdf")], lost = pdf.data, pdf.lost
    write_together(files)
    for unwanted in set(FORMATS) - set(formats):
        beside(notebook, f".{unwanted}").unlink(missing_ok=True)
    return lost


def to_html(notebook: NotebookNode, *, script: str = "", data: dict[str, Any] | None = None) -> str:
    """An executed notebook as one self-contained page in the cxassess theme.

    `script` is one of the theme's, `data` what it works with. Raises ReportError where the imprint is damaged.
    """
    from nbconvert.exporters import get_exporter

    resources = {"script": script, "script_data": data}
    # An entry point, so that `jupyter nbconvert --to cxreport` finds it too: page/html.py, ReportExporter.
    page, _ = get_exporter("cxreport")().from_notebook_node(notebook, resources)
    return str(page)


def page_of(
    part: Part,
    voice: Voice,
    *,
    title: str,
    script: str = "",
    data: dict[str, Any] | None = None,
) -> str:
    """A page of our own that no notebook was run for; `script` is one of the theme's, `data` what it needs."""
    from nbformat.v4 import new_code_cell, new_notebook, new_output

    cell = new_code_cell(outputs=[new_output("execute_result", data={"text/html": part.html()})])
    words = PageWords.of(voice.content.words, lang=voice.lang)
    imprint = Imprint(lang=voice.lang, title=title, words=words).model_dump(mode="json")
    return to_html(new_notebook(cells=[cell], metadata={"cxassess": imprint}), script=script, data=data)
