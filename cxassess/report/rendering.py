"""One assessment, one language → one report under one name: notebook, HTML page and PDF, whole or not at all."""

from __future__ import annotations

import hashlib
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from cxassess.document.assessment import Assessment
from cxassess.document.assessmentfile import load_assessment
from cxassess.document.siblings import refuse_doubtful
from cxassess.errors import Problem, ReportError
from cxassess.files import shortened, slug, write_whole
from cxassess.places import templates_dir
from cxassess.pyramid.scorecard import Scorecard
from cxassess.pyramid.scoring import score
from cxassess.report.edition import Edition, client_of, imprint_for
from cxassess.report.engine import Kernel
from cxassess.report.former import former_of, refuse_foreign
from cxassess.report.notebookfile import (
    beside,
    digest_of,
    is_edited,
    leave_no_trace,
    notebook_bytes,
    read_notebook,
    seen_from,
)
from cxassess.report.printing import write_pages
from cxassess.text import Lang

if TYPE_CHECKING:
    from nbformat import NotebookNode


# With its longest ending, a file name of 100 letters; and of fewer bytes than any file system takes.
_NAME_LETTERS = 100 - len(".failed.ipynb")
_NAME_BYTES = 160


@dataclass(frozen=True)
class Report:
    """A report that was made: what it says, where it stands, how long it took.

    `edited` says that a person had changed the notebook: it was kept, and page and PDF were made from it. `lost`
    names what of the notebook the PDF could not carry.
    """

    file: Path
    lang: Lang
    card: Scorecard
    notebook: Path
    lost: tuple[str, ...]
    seconds: float
    edited: bool = False

    @property
    def html(self) -> Path:
        """The page, beside the notebook."""
        return beside(self.notebook, ".html")

    @property
    def pdf(self) -> Path:
        """The PDF, beside the notebook."""
        return beside(self.notebook, ".pdf")


def report_name(assessment: Assessment, lang: Lang) -> str:
    """The file name of a report, without extension: organisation, unit, date, language; cut where it is long.

    >>> from cxassess.document.assessment import ContentVersion, Profile, Unit
    >>> import datetime
    >>> unit = Unit(kind="outlet", name="Dago")
    >>> version = ContentVersion(model="m", version="1.0")
    >>> profile = Profile(organisation="Toko {A}/..", unit=unit)
    >>> report_name(Assessment(content=version, on=datetime.date(2026, 3, 1), profile=profile), "id")
    'toko-a-dago-2026-03-01-id'
    """
    unit = assessment.profile.unit.name
    names = [assessment.profile.organisation, *([unit] if unit else [])]
    end = f"-{assessment.on.isoformat()}-{lang}"
    return shortened("-".join(map(slug, names)), letters=_NAME_LETTERS - len(end), most_bytes=_NAME_BYTES) + end


def render_report(file: Path, edition: Edition, *, lang: Lang, kernel: Kernel | None = None) -> Report:
    """Render one assessment in one language: check it, run the template notebook, make page and PDF.

    A report notebook that a person edited is not overwritten, unless by `edition.force`: page and PDF are made
    from it. `kernel` is used if given, else one is started and stopped.

    Raises AssessmentError before a kernel starts, also where it is doubtful that this file is meant, unless by
    `edition.force`; ReportError where the report of another client or assessment stands in its place, or when a
    cell fails: the half-run notebook is then kept beside the report's place, which itself stays as it was. OSError
    where a file cannot be read or written.
    """
    began = time.perf_counter()
    assessment = load_assessment(file, edition.content)
    if not edition.force:
        refuse_doubtful(file, assessment)
    card = score(assessment, edition.content, on=assessment.on)
    notebook = edition.folder / f"{report_name(assessment, lang)}.ipynb"
    client = client_of(assessment.profile, edition.content)
    former = former_of(notebook, client, force=edition.force)
    if former:
        refuse_foreign(former, client, file, force=edition.force)
        if is_edited(former.node) and not edition.force:
            lost = write_pages(former.notebook, former.node)
            return Report(file, lang, card, former.notebook, lost, time.perf_counter() - began, edited=True)
    executed = _executed(file, edition, lang, notebook, kernel)
    sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
    imprint = imprint_for(card, edition, lang=lang, sha256=sha256, file=seen_from(edition.folder, file))
    imprint = imprint.model_copy(update={"digest": digest_of(executed)})
    executed.metadata["cxassess"] = imprint.model_dump(mode="json")
    lost = write_pages(notebook, executed, {notebook: notebook_bytes(executed)})
    if former:
        former.give_way(notebook)
    _failed_place(notebook).unlink(missing_ok=True)
    return Report(file, lang, card, notebook, lost, time.perf_counter() - began)


# --- the notebook, run ---


def _executed(file: Path, edition: Edition, lang: Lang, notebook: Path, kernel: Kernel | None) -> NotebookNode:
    """The template, run in a folder of its own, and without its traces.

    After a failure what had run is kept beside the report's place.
    """
    given = _parameters(file, edition, lang, lambda path: str(path.resolve()))
    kept = _parameters(file, edition, lang, partial(seen_from, edition.folder))
    with ExitStack() as stack:
        own = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="cxassess-report-")))
        kernel = kernel or stack.enter_context(Kernel())
        out = own / "report.ipynb"
        try:
            executed = kernel.run(templates_dir() / "report.ipynb", given, out)
        except ReportError as error:
            if not out.exists():
                raise
            raise _failed(error, out, kept, _failed_place(notebook)) from error
    leave_no_trace(executed, kept)
    return executed


def _parameters(file: Path, edition: Edition, lang: Lang, name: Callable[[Path], str]) -> dict[str, str]:
    """What the template is told; `name` is how it is to call a path."""
    content = edition.content
    content_dir = "" if content.is_shipped else name(content.folder)
    return {"file": name(file), "lang": lang, "content_dir": content_dir}


def _failed(error: ReportError, half_run: Path, parameters: dict[str, str], place: Path) -> ReportError:
    """The error, with the place where the half-run notebook is kept; what its cells printed of the error stays."""
    try:
        node = read_notebook(half_run)
    except ReportError:
        return error  # not even half
    leave_no_trace(node, parameters)
    write_whole(place, notebook_bytes(node))
    return ReportError(error.key, [*error.problems, Problem(str(place), "problem-half-run")], **error.values)


def _failed_place(notebook: Path) -> Path:
    return beside(notebook, ".failed.ipynb")
