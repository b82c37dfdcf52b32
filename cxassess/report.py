"""One assessment, one language → one report: executed notebook and HTML page, whole or not at all."""

from __future__ import annotations

import json
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cxassess.assessment import Assessment
from cxassess.assessmentfile import load_assessment
from cxassess.content import Content
from cxassess.engine import Kernel
from cxassess.errors import Problem, ReportError
from cxassess.paths import slug, templates_dir, write_together, write_whole
from cxassess.scoring import Scorecard, score
from cxassess.text import Lang

if TYPE_CHECKING:
    from nbformat import NotebookNode


@dataclass(frozen=True)
class Report:
    """A report that was made: what it says, where it stands, how long it took."""

    file: Path
    lang: Lang
    card: Scorecard
    html: Path
    notebook: Path
    seconds: float


def report_name(assessment: Assessment, lang: Lang) -> str:
    """The file name of a report, without extension: organisation, unit, date, language.

    >>> from cxassess.assessment import ContentVersion, Profile, Unit
    >>> import datetime
    >>> unit = Unit(kind="outlet", name="Dago")
    >>> version = ContentVersion(model="m", version="1.0")
    >>> profile = Profile(organisation="Toko {A}/..", unit=unit)
    >>> report_name(Assessment(content=version, on=datetime.date(2026, 3, 1), profile=profile), "id")
    'toko-a-dago-2026-03-01-id'
    """
    unit = assessment.profile.unit.name
    names = [assessment.profile.organisation, *([unit] if unit else [])]
    return "-".join([*map(slug, names), assessment.on.isoformat(), lang])


def render_report(
    file: Path,
    content: Content,
    *,
    lang: Lang,
    folder: Path,
    content_dir: Path | None = None,
    kernel: Kernel | None = None,
) -> Report:
    """Render one assessment in one language: check it, run the template notebook, make the page.

    `content_dir` is the folder `content` was read from, None for the shipped one; `kernel` is used if given,
    else one is started and stopped. Raises AssessmentError before a kernel starts; ReportError where the report
    of another client stands in its place, or when a cell fails: the half-run notebook is then kept beside the
    report's place, which itself stays as it was.
    """
    began = time.perf_counter()
    assessment = load_assessment(file, content)
    card = score(assessment, content, on=assessment.on)
    place = folder / report_name(assessment, lang)
    unit = assessment.profile.unit
    whose = [assessment.profile.organisation, unit.kind, unit.name or ""]
    _refuse_foreign(place, whose)
    parameters = {
        "file": str(file.resolve()),
        "lang": lang,
        "content_dir": str(content_dir.resolve()) if content_dir else "",
    }
    with ExitStack() as stack:
        own = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="cxassess-report-")))
        kernel = kernel or stack.enter_context(Kernel())
        executed = _executed(kernel, parameters, own / "report.ipynb", place)
    executed.metadata["cxassess"] = {
        "whose": whose,
        "lang": lang,
        "title": f"{assessment.profile.organisation} · {content.say('report-title', lang=lang)}",
        "skip": content.say("skip-link", lang=lang),
    }
    html, notebook = place.with_name(f"{place.name}.html"), place.with_name(f"{place.name}.ipynb")
    page = to_html(executed)
    write_together({notebook: _text_of(executed).encode(), html: page.encode(errors="replace")})
    _failed_place(place).unlink(missing_ok=True)
    return Report(file, lang, card, html, notebook, time.perf_counter() - began)


def _refuse_foreign(place: Path, whose: list[str]) -> None:
    """Two names can make one file name ("C++" and "C#"); one client's report must not replace another's."""
    notebook = place.with_name(f"{place.name}.ipynb")
    if not notebook.exists():
        return
    try:
        stands = json.loads(notebook.read_bytes())["metadata"]["cxassess"]["whose"]
    except (ValueError, KeyError, TypeError):
        return
    if stands != whose:
        what = f"is the report of {stands[0]}; choose another folder with --out, or give one another unit name"
        raise ReportError("nothing was written", [Problem(str(notebook), what)])


def _executed(kernel: Kernel, parameters: dict[str, str], out: Path, place: Path) -> NotebookNode:
    """The template, run in a folder of its own; after a failure what had run is kept beside the report's place."""
    try:
        return kernel.run(templates_dir() / "report.ipynb", parameters, out)
    except ReportError as error:
        if not out.exists():
            raise
        kept = _failed_place(place)
        write_whole(kept, out.read_bytes())
        where = Problem(str(kept), "is the half-run notebook; open it to see the cell that failed")
        raise ReportError(error.summary, [*error.problems, where]) from error


def _failed_place(place: Path) -> Path:
    return place.with_name(f"{place.name}.failed.ipynb")


def _text_of(notebook: NotebookNode) -> str:
    import nbformat

    text: str = nbformat.writes(notebook)
    return text + "\n"


def to_html(notebook: NotebookNode) -> str:
    """An executed notebook as one self-contained page in the cxassess theme.

    `notebook.metadata["cxassess"]` may hold `lang`, `title` and `skip` (the text of the skip link).
    """
    from nbconvert.exporters import get_exporter

    page, _ = get_exporter("cxreport")().from_notebook_node(notebook)
    return str(page)
