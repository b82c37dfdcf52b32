"""What stands in a report's place already: whose it is, what it was made of, and whether it may be replaced."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cxassess.errors import Problem, ReportError
from cxassess.page.imprint import Client, Imprint, imprint_of
from cxassess.report.notebookfile import beside, read_notebook
from cxassess.text import known_as

if TYPE_CHECKING:
    from nbformat import NotebookNode


class Former(NamedTuple):
    """The report that stands in a place, or under the same name in another spelling."""

    notebook: Path
    node: NotebookNode

    @property
    def imprint(self) -> Imprint:
        """Whose it is."""
        return imprint_of(self.node, name=str(self.notebook))

    def is_made_as(self, imprint: Imprint) -> bool:
        """Whether it was made of the same answers and content, in the same look; wherever the file lies."""
        return _look(self.imprint) == _look(imprint)

    def give_way(self, notebook: Path) -> None:
        """Remove it, where what replaces it has another name."""
        if self.notebook != notebook:
            for old in (self.notebook, beside(self.notebook, ".html"), beside(self.notebook, ".pdf")):
                old.unlink(missing_ok=True)


def _look(imprint: Imprint) -> tuple[object, ...]:
    sources = imprint.sources and imprint.sources.model_copy(update={"file": ""})
    return sources, imprint.brand, imprint.interactive


def former_of(notebook: Path, client: Client, *, force: bool) -> Former | None:
    """What stands in a place, or what a report of the client is called whose name was typed otherwise before.

    Raises ReportError where the notebook in the place is broken; by `force` it may be lost.
    """
    try:
        if notebook.exists():
            return Former(notebook, read_notebook(notebook))
    except ReportError:
        if not force:
            raise
        return None
    return _spelt_otherwise(notebook, client)


def _spelt_otherwise(notebook: Path, client: Client) -> Former | None:
    *_, year, month, day, lang = notebook.stem.split("-")
    for other in sorted(notebook.parent.glob(f"*-{year}-{month}-{day}-{lang}.ipynb")):
        if other != notebook and known_as(other.stem) == known_as(notebook.stem):
            try:
                former = Former(other, read_notebook(other))
            except (ReportError, OSError):  # it stays as it is, under its own name
                continue
            theirs = former.imprint.client
            if theirs and theirs.known_unit == client.known_unit:
                return former
    return None


def refuse_foreign(former: Former, client: Client, file: Path, *, force: bool) -> None:
    """Raise ReportError where a report must not be replaced by that of a client, made from a file.

    Two names can make one file name ("C++" and "C#"): the report of another client stays, come what may. That of
    another assessment, made from a file that still stands, is replaced by `force` only.
    """
    imprint, place = former.imprint, str(former.notebook)
    theirs = imprint.client
    if theirs and theirs.known_unit != client.known_unit:
        problem = Problem(place, "problem-foreign-report", organisation=theirs.organisation, option="--out")
        raise ReportError("problem-nothing-written", [problem])
    named = imprint.sources.file if imprint.sources else ""
    source = former.notebook.parent / named
    if named and not force and source.is_file() and source.read_bytes() != file.read_bytes():
        problem = Problem(place, "problem-report-of-other-file", other=named, option="--force")
        raise ReportError("problem-nothing-written", [problem])
