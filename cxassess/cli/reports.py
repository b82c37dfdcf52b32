"""Commands that make what is handed out: report, batch, sheet, proof, demo."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text as Styled

from cxassess.batch.rendering import Batch, render_batch
from cxassess.batch.stopping import stopped_by_signals
from cxassess.cli import progress
from cxassess.cli.options import (
    ContentDir,
    Files,
    Force,
    Formats,
    Interactive,
    OfRole,
    OpenOnly,
    Out,
    OwnBrand,
    ReportLang,
    SheetLang,
    SheetOut,
    assessments_in,
    chosen,
)
from cxassess.cli.settings import Settings
from cxassess.cli.terminal import err, near, out, quoted, this_program
from cxassess.content.reading import load_content
from cxassess.content.voice import Voice
from cxassess.desk.sheets import sheet_name, sheet_pdf
from cxassess.document.assessment import Assessment
from cxassess.document.assessmentfile import load_assessment
from cxassess.errors import CxError, Problem
from cxassess.files import write_whole
from cxassess.interview.translating import untranslated
from cxassess.page.brand import load_brand
from cxassess.page.imprint import imprint_of
from cxassess.places import examples_dir
from cxassess.report.edition import Edition
from cxassess.report.notebookfile import beside, read_notebook
from cxassess.report.printing import pages_from
from cxassess.report.proof import proof_page
from cxassess.report.rendering import render_report
from cxassess.text import Lang

commands = typer.Typer()


@commands.command()
def report(
    file: Annotated[Path | None, typer.Argument(help="An assessment file.", metavar="FILE")] = None,
    lang: ReportLang = None,
    folder: Out = None,
    content_dir: ContentDir = None,
    brand: OwnBrand = None,
    interactive: Interactive = False,
    formats: Formats = None,
    force: Force = False,
    notebook: Annotated[
        Path | None,
        typer.Option("--from", help="An edited report notebook: make its page and PDF again.", metavar="NOTEBOOK"),
    ] = None,
) -> None:
    """Render the report of one assessment: an HTML page, a PDF, and the notebook they came from."""
    if (file is None) == (notebook is None):
        problem = Problem("report", "problem-report-of-what", file="FILE", option="--from NOTEBOOK")
        raise CxError("problem-nothing-to-do", [problem])
    if notebook:
        lost = pages_from(notebook)
        for made_as in imprint_of(read_notebook(notebook)).formats:
            out.print(Styled(str(beside(notebook, f".{made_as}"))))
        _tell_lost(lost)
    if file:
        settings = Settings(file)
        edition = Edition(
            settings.content(content_dir),
            settings.reports(folder),
            brand=settings.brand(brand),
            lang=lang,
            interactive=interactive,
            formats=chosen(formats),
            force=force,
        )
        settings.tell()
        assessment = load_assessment(file, edition.content)
        for one in edition.languages_for(assessment.profile):
            made = render_report(file, edition, lang=one)
            first, *others = map(str, made.pages.values())
            out.print(Styled("\n".join([first + progress.as_edited(made), *others])))
            for told in progress.of_cells(made):
                err.print(Styled(told))
            _tell_lost(made.lost)
            _tell_untranslated(assessment, Voice(edition.content, "en"), one)


def _tell_lost(lost: Sequence[str]) -> None:
    for what in lost:
        err.print(Styled(progress.not_in_pdf(what)))


def _tell_untranslated(assessment: Assessment, voice: Voice, lang: Lang) -> None:
    """Say how many texts a report shows in another language than its own, and where to write their versions."""
    count = sum(one.lang == lang for one in untranslated(assessment))
    if count:
        texts = "1 text has" if count == 1 else f"{count} texts have"
        page = voice.say("form-page-translation")
        err.print(Styled(f"{texts} no {voice.language(lang)} version; the form's page “{page}” lists them"))


@commands.command()
def batch(
    files: Files,
    lang: ReportLang = None,
    folder: Out = None,
    content_dir: ContentDir = None,
    brand: OwnBrand = None,
    interactive: Interactive = False,
    formats: Formats = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Reports made at once; else one a core.")] = None,
    force: Force = False,
) -> None:
    """Render many assessments and an index page; a file that fails is named and stops no other."""
    paths, settings = assessments_in(files), Settings(*files)
    edition = Edition(
        settings.content(content_dir),
        settings.reports(folder),
        brand=settings.brand(brand),
        lang=lang,
        interactive=interactive,
        formats=chosen(formats),
        force=force,
    )
    settings.tell()
    _rendered(paths, edition, workers=workers)


@commands.command()
def sheet(
    file: Annotated[
        Path | None, typer.Argument(help="An assessment file; none, for a blank.", metavar="FILE")
    ] = None,
    lang: SheetLang = None,
    role: OfRole = None,
    open_only: OpenOnly = False,
    pdf: SheetOut = None,
    content_dir: ContentDir = None,
    brand: OwnBrand = None,
) -> None:
    """Print interview sheets for a pen: A4, one language, whole or what one role is asked."""
    if open_only and not file:
        problem = Problem("sheet", "problem-sheet-open-of-what", command="sheet FILE --open-only")
        raise CxError("problem-nothing-to-do", [problem])
    if pdf and pdf.suffix.lower() != ".pdf":
        raise CxError("problem-nothing-to-do", [Problem("--out", "problem-sheet-no-pdf", file=pdf)])
    settings = Settings(*filter(None, [file]))
    content, brand = settings.content(content_dir), settings.brand(brand)
    assessment = load_assessment(file, content) if file else None
    voice = Voice(
        content, lang or (assessment.profile.working_language if assessment else settings.lang(None, default="id"))
    )
    data = sheet_pdf(voice, role=role, assessment=assessment, open_only=open_only, brand=brand)
    made = pdf or settings.reports(None) / sheet_name(voice, role=role, assessment=assessment)
    settings.tell()
    write_whole(made, data)
    out.print(Styled(str(made)))


@commands.command()
def proof(
    file: Annotated[
        Path | None, typer.Option("--out", help="The page to write; else proof.html in reports.", metavar="FILE")
    ] = None,
    content_dir: ContentDir = None,
) -> None:
    """Write all content side by side in both languages, as one printable page."""
    settings = Settings()
    page = file or settings.reports(None) / "proof.html"
    content = settings.content(content_dir)
    settings.tell()
    write_whole(page, proof_page(content).encode())
    out.print(Styled(str(page)))


@commands.command()
def demo(
    folder: Annotated[Path, typer.Option("--out", help="Where reports go.", metavar="DIR")] = Path("reports"),
) -> None:
    """Render the shipped example companies, in the colours of a shipped example consultancy."""
    progress.out.print(
        "Rendering the example companies; the first reports take some seconds while Jupyter starts."
    )
    brand = load_brand(examples_dir() / "brand" / "brand.yaml")
    done = _rendered(assessments_in([examples_dir()]), Edition(load_content(), folder, brand=brand))
    progress.out.print(Styled(f"Next: {this_program()} report {quoted(near(done.reports[0].file))} --lang en"))


def _rendered(files: Sequence[Path], edition: Edition, *, workers: int | None = None) -> Batch:
    """Render with a line as each report comes, then the table, the failures and the index; else exit code 1."""
    with stopped_by_signals() as stop:
        done = render_batch(files, edition, workers=workers, tell=progress.tell_result, stop=stop)
    progress.tell_end(done, stop)
    if stop.is_asked or done.failures:
        raise typer.Exit(stop.exit_code or 1)
    return done
