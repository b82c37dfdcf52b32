"""One assessment, one language → one report: executed notebook, HTML page and PDF, whole or not at all."""

from __future__ import annotations

import hashlib
import json
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cxassess.content.reading import Content
from cxassess.content.voice import Voice
from cxassess.document.assessment import Assessment
from cxassess.document.assessmentfile import load_assessment
from cxassess.errors import Problem, ReportError
from cxassess.files import slug, write_together, write_whole
from cxassess.page.blocks import Part
from cxassess.page.brand import Brand
from cxassess.page.pdf import WORDS, to_pdf
from cxassess.places import templates_dir
from cxassess.pyramid.scorecard import Scorecard
from cxassess.pyramid.scoring import score
from cxassess.report.engine import Kernel
from cxassess.text import Lang

if TYPE_CHECKING:
    from nbformat import NotebookNode


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


def beside(notebook: Path, ending: str) -> Path:
    """The page or PDF of a report notebook.

    >>> beside(Path("reports/pt.-acme-2026-03-01-id.ipynb"), ".pdf").name
    'pt.-acme-2026-03-01-id.pdf'
    """
    return notebook.with_name(f"{notebook.name.removesuffix('.ipynb')}{ending}")


def report_name(assessment: Assessment, lang: Lang) -> str:
    """The file name of a report, without extension: organisation, unit, date, language.

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
    return "-".join([*map(slug, names), assessment.on.isoformat(), lang])


def render_report(
    file: Path,
    content: Content,
    *,
    lang: Lang,
    folder: Path,
    content_dir: Path | None = None,
    brand: Brand | None = None,
    interactive: bool = False,
    kernel: Kernel | None = None,
    force: bool = False,
) -> Report:
    """Render one assessment in one language: check it, run the template notebook, make page and PDF.

    A report notebook that a person edited is not overwritten, unless by `force`: page and PDF are made from it.

    `content_dir` is the folder `content` was read from, None for the shipped one; `interactive` makes the page's
    charts answer to the pointer; `kernel` is used if given, else one is started and stopped. Raises
    AssessmentError before a kernel starts; ReportError where the report of another client stands in its place, or
    when a cell fails: the half-run notebook is then kept beside the report's place, which itself stays as it was.
    """
    began = time.perf_counter()
    assessment = load_assessment(file, content)
    card = score(assessment, content, on=assessment.on)
    notebook = folder / f"{report_name(assessment, lang)}.ipynb"
    if standing := _standing(notebook, force=force):
        _refuse_foreign(notebook, standing, _whose(assessment))
        if is_edited(standing) and not force:
            lost = _write_pages(notebook, standing)
            return Report(file, lang, card, notebook, lost, time.perf_counter() - began, edited=True)
    parameters = {
        "file": str(file.resolve()),
        "lang": lang,
        "content_dir": str(content_dir.resolve()) if content_dir else "",
    }
    with ExitStack() as stack:
        own = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="cxassess-report-")))
        kernel = kernel or stack.enter_context(Kernel())
        executed = _executed(kernel, parameters, own / "report.ipynb", notebook)
    executed.metadata["cxassess"] = {
        **_told(assessment, Voice(content, lang)),
        "digest": _digest(executed),
        "interactive": interactive,
        "brand": brand.model_dump(mode="json") if brand else None,
    }
    lost = _write_pages(notebook, executed, {notebook: _text_of(executed).encode()})
    _failed_place(notebook).unlink(missing_ok=True)
    return Report(file, lang, card, notebook, lost, time.perf_counter() - began)


def _whose(assessment: Assessment) -> list[str]:
    unit = assessment.profile.unit
    return [assessment.profile.organisation, unit.kind, unit.name or ""]


def _told(assessment: Assessment, voice: Voice) -> dict[str, Any]:
    """What a report notebook carries along for its page and PDF, which are made without content or assessment."""
    return {
        "whose": _whose(assessment),
        "lang": voice.lang,
        "on": assessment.on.isoformat(),
        "title": f"{assessment.profile.organisation} · {voice.say('report-title')}",
        "skip": voice.say("skip-link"),
        "words": {key: voice.content.words[f"pdf-{key}"].in_(voice.lang) for key in WORDS},
    }


def _write_pages(notebook: Path, node: NotebookNode, more: dict[Path, bytes] | None = None) -> tuple[str, ...]:
    """Write page and PDF, and whatever belongs to them, together; what the PDF could not carry."""
    page, pdf = to_html(node), to_pdf(node)
    html = page.encode(errors="replace")
    write_together({**(more or {}), beside(notebook, ".html"): html, beside(notebook, ".pdf"): pdf.data})
    return pdf.lost


def pages_from(notebook: Path) -> tuple[str, ...]:
    """Make page and PDF of a report notebook again, as it stands now, beside it. Raises ReportError.

    This is how what a consultant wrote into a report reaches the client. Returns what the PDF could not carry.
    """
    return _write_pages(notebook, _read_notebook(notebook))


def is_edited(notebook: NotebookNode) -> bool:
    """Whether a person changed the text, the cells or the outputs of a report notebook since it was rendered."""
    rendered = notebook.metadata.get("cxassess", {}).get("digest")
    return bool(rendered != _digest(notebook))


def _digest(notebook: NotebookNode) -> str:
    """What a reader sees of a notebook, as a hash; not its counters and other traces of running or saving it."""
    seen = [
        [cell.cell_type, cell.source, [[out.get("data"), out.get("text")] for out in cell.get("outputs", [])]]
        for cell in notebook.cells
    ]
    return hashlib.sha256(json.dumps(seen, sort_keys=True).encode()).hexdigest()


def _read_notebook(notebook: Path) -> NotebookNode:
    import nbformat

    try:
        node: NotebookNode = nbformat.read(notebook, as_version=4)
    except (nbformat.reader.NotJSONError, nbformat.ValidationError, UnicodeDecodeError) as error:
        problem = Problem(str(notebook), "problem-no-notebook", option="--force")
        raise ReportError("problem-nothing-written", [problem]) from error
    told = node.metadata.get("cxassess", {})
    words = told.get("words", {}) if isinstance(told, dict) else None
    if not isinstance(words, dict) or not all(isinstance(word, str) for word in words.values()):
        problem = Problem(str(notebook), "problem-notebook-damaged", field="metadata.cxassess", option="--force")
        raise ReportError("problem-nothing-written", [problem])
    return node


def _standing(notebook: Path, *, force: bool) -> NotebookNode | None:
    """The report notebook in a place, if there is one; by `force` a broken one may be lost."""
    try:
        return _read_notebook(notebook) if notebook.exists() else None
    except ReportError:
        if force:
            return None
        raise


def _refuse_foreign(place: Path, standing: NotebookNode, whose: list[str]) -> None:
    """Two names can make one file name ("C++" and "C#"); one client's report must not replace another's."""
    theirs = standing.metadata.get("cxassess", {}).get("whose", whose)
    if theirs != whose:
        problem = Problem(str(place), "problem-foreign-report", organisation=theirs[0], option="--out")
        raise ReportError("problem-nothing-written", [problem])


def _executed(kernel: Kernel, parameters: dict[str, str], out: Path, notebook: Path) -> NotebookNode:
    """The template, run in a folder of its own; after a failure what had run is kept beside the report's place."""
    try:
        return kernel.run(templates_dir() / "report.ipynb", parameters, out)
    except ReportError as error:
        if not out.exists():
            raise
        kept = _failed_place(notebook)
        write_whole(kept, out.read_bytes())
        half_run = Problem(str(kept), "problem-half-run")
        raise ReportError(error.key, [*error.problems, half_run], **error.values) from error


def _failed_place(notebook: Path) -> Path:
    return beside(notebook, ".failed.ipynb")


def _text_of(notebook: NotebookNode) -> str:
    import nbformat

    text: str = nbformat.writes(notebook)
    return text + "\n"


def to_html(notebook: NotebookNode) -> str:
    """An executed notebook as one self-contained page in the cxassess theme."""
    from nbconvert.exporters import get_exporter

    page, _ = get_exporter("cxreport")().from_notebook_node(notebook)
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
    told: dict[str, Any] = {"lang": voice.lang, "title": title, "skip": voice.say("skip-link")}
    told |= {"script": script, "script_data": data}
    return to_html(new_notebook(cells=[cell], metadata={"cxassess": told}))
