"""One assessment, one language → one report under one name: notebook, HTML page and PDF, whole or not at all."""

from __future__ import annotations

import hashlib
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from itertools import chain, count
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from cxassess.document.assessment import Assessment
from cxassess.document.assessmentfile import load_assessment
from cxassess.errors import Problem, ReportError
from cxassess.files import shortened, slug, write_whole
from cxassess.page.imprint import FORMATS, Format, Imprint
from cxassess.places import templates_dir
from cxassess.pyramid.scorecard import Scorecard
from cxassess.pyramid.scoring import score
from cxassess.report.carrying import CarriedCells, Draft, drafts, has_own_outputs, is_as_template, prints_of
from cxassess.report.edition import Edition, client_of, imprint_for
from cxassess.report.engine import Kernel
from cxassess.report.former import Former, former_of, refuse_foreign
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
from cxassess.series.siblings import refuse_doubtful
from cxassess.text import Lang

if TYPE_CHECKING:
    from nbformat import NotebookNode


# With its longest ending, a file name of 100 letters; and of fewer bytes than any file system takes.
_NAME_LETTERS = 100 - len(".failed.ipynb")
_NAME_BYTES = 160


@dataclass(frozen=True)
class Report:
    """A report that was made: what it says, where it stands, how long it took.

    `edited` says that a person had changed the notebook, and nothing else: it was kept, and page and PDF were made
    from it. Where more had changed, `carried` says what became of the person's cells. `lost` names what of the
    notebook the PDF could not carry.
    """

    file: Path
    lang: Lang
    card: Scorecard
    notebook: Path
    lost: tuple[str, ...]
    seconds: float
    edited: bool = False
    carried: CarriedCells | None = None
    formats: tuple[Format, ...] = FORMATS

    @property
    def pages(self) -> dict[Format, Path]:
        """What was made of the notebook, beside it."""
        return {one: beside(self.notebook, f".{one}") for one in self.formats}


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

    What a person changed in the report notebook is lost by `edition.force` only: where all else is as it was, page
    and PDF are made from it; else the cells go into the new one, and what cannot is kept beside. `kernel` is used
    if given, else one is started and stopped.

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
    job = _Job(file, edition, lang, edition.folder / f"{report_name(assessment, lang)}.ipynb")
    client = client_of(assessment.profile, edition.content)
    former = former_of(job.notebook, client, force=edition.force)
    sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
    imprint = imprint_for(card, edition, lang=lang, sha256=sha256, file=seen_from(edition.folder, file))
    if former:
        refuse_foreign(former, client, file, force=edition.force)
    edited = former if former and is_edited(former.node) and not edition.force else None
    if edited and edited.is_made_as(imprint):
        lost = _print_again(edited, imprint)
        seconds = time.perf_counter() - began
        return Report(file, lang, card, edited.notebook, lost, seconds, edited=True, formats=edition.formats)
    with nullcontext(kernel) if kernel else Kernel() as running:
        ran = _ran_with_cells_of(edited, job, running) if edited else _ran(job, running)
    lost = _write(job, ran, imprint)
    if former:
        former.give_way(job.notebook)
    seconds = time.perf_counter() - began
    return Report(file, lang, card, job.notebook, lost, seconds, carried=ran.carried, formats=edition.formats)


def _print_again(edited: Former, imprint: Imprint) -> tuple[str, ...]:
    """Make of a notebook that a person edited what is wanted now; it stays as it is but for saying so."""
    if edited.imprint.formats == imprint.formats:
        return write_pages(edited.notebook, edited.node)
    edited.node.metadata["cxassess"]["formats"] = list(imprint.formats)
    return write_pages(edited.notebook, edited.node, {edited.notebook: notebook_bytes(edited.node)})


class _Job(NamedTuple):
    """One report to make: from a file, into the place of its notebook."""

    file: Path
    edition: Edition
    lang: Lang
    notebook: Path


class _Ran(NamedTuple):
    """A notebook that was run, and what its imprint says of it; what was carried into it, and goes beside it."""

    executed: NotebookNode
    imprinted: dict[str, object]
    carried: CarriedCells | None = None
    more: Mapping[Path, bytes] = MappingProxyType({})


def _write(job: _Job, ran: _Ran, imprint: Imprint) -> tuple[str, ...]:
    """Write notebook, page and PDF together; what the PDF could not carry."""
    imprint = imprint.model_copy(update=ran.imprinted)
    ran.executed.metadata["cxassess"] = imprint.model_dump(mode="json")
    more = {**ran.more, job.notebook: notebook_bytes(ran.executed)}
    lost = write_pages(job.notebook, ran.executed, more)
    _failed_place(job.notebook).unlink(missing_ok=True)
    return lost


# --- the notebook, run ---


def _template() -> Path:
    return templates_dir() / "report.ipynb"


def _ran(job: _Job, kernel: Kernel) -> _Ran:
    """The template, run."""
    executed = _executed(job, _template(), kernel)
    cells = prints_of(read_notebook(_template()), executed)
    return _Ran(executed, {"digest": digest_of(executed), "cells": cells})


def _ran_with_cells_of(former: Former, job: _Job, kernel: Kernel) -> _Ran:
    """The template with the cells that a person changed, run; with as many of them as will run.

    Raises ReportError where not even the template runs.
    """
    template = read_notebook(_template())
    why: Problem | None = None
    failed: ReportError | None = None
    for draft in drafts(template, former.node):
        try:
            executed = _executed_draft(job, draft, kernel)
            break
        except ReportError as error:
            failed, why = error, why or error.problems[0]
        finally:
            if draft.has_code:  # what it leaves behind in modules goes with its kernel
                kernel.close()
    else:
        assert failed
        raise failed
    kept = _kept_place(job.notebook) if draft.refused or has_own_outputs(template, former.node) else None
    more = {kept: former.notebook.read_bytes()} if kept else {}
    carried = CarriedCells(draft.cells, draft.removed, draft.refused, why, kept)
    digest = digest_of(executed) if is_as_template(draft, template) else ""
    return _Ran(executed, {"digest": digest, "cells": prints_of(template, executed)}, carried, more)


def _executed_draft(job: _Job, draft: Draft, kernel: Kernel) -> NotebookNode:
    with tempfile.TemporaryDirectory(prefix="cxassess-report-") as own:
        path = Path(own) / _template().name
        path.write_bytes(notebook_bytes(draft.node))
        return _executed(job, path, kernel)


def _executed(job: _Job, template: Path, kernel: Kernel) -> NotebookNode:
    """A notebook, run in a folder of its own, and without its traces.

    After a failure what had run is kept beside the report's place.
    """
    given = _parameters(job, lambda path: str(path.resolve()))
    kept = _parameters(job, partial(seen_from, job.edition.folder))
    with tempfile.TemporaryDirectory(prefix="cxassess-report-") as own:
        out = Path(own) / "report.ipynb"
        try:
            executed = kernel.run(template, given, out)
        except ReportError as error:
            if not out.exists():
                raise
            raise _failed(error, out, kept, _failed_place(job.notebook)) from error
    leave_no_trace(executed, kept)
    return executed


def _parameters(job: _Job, name: Callable[[Path], str]) -> dict[str, str]:
    """What the template is told; `name` is how it is to call a path."""
    content = job.edition.content
    content_dir = "" if content.is_shipped else name(content.folder)
    return {"file": name(job.file), "lang": job.lang, "content_dir": content_dir}


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


def _kept_place(notebook: Path) -> Path:
    """Where a notebook is kept that is replaced, beside what was kept before."""
    endings = chain([".kept.ipynb"], (f".kept-{n}.ipynb" for n in count(2)))
    return next(place for ending in endings if not (place := beside(notebook, ending)).exists())
