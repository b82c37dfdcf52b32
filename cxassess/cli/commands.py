"""The command line: init, new, check, score, report, batch, proof, demo, lab, app, doctor."""

from __future__ import annotations

import json
import shutil
import signal
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text as Styled

from cxassess.batch.planning import find_assessments
from cxassess.batch.rendering import Batch, render_batch
from cxassess.batch.stopping import stopped_by_signals
from cxassess.cli import progress
from cxassess.cli.doctor import checks
from cxassess.cli.servers import Server, app_server, is_root, lab_server, opened_in_browser
from cxassess.content.reading import Content, load_content
from cxassess.content.voice import Voice
from cxassess.document.assessment import Assessment
from cxassess.document.assessmentfile import load_assessment, new_assessment
from cxassess.errors import AssessmentError, CxError, Problem
from cxassess.files import slug, write_whole
from cxassess.page.brand import load_brand
from cxassess.places import examples_dir, notebooks_dir
from cxassess.pyramid.scorecard import RESULTS, Scorecard
from cxassess.pyramid.scoring import score
from cxassess.report.edition import Edition
from cxassess.report.notebookfile import beside
from cxassess.report.printing import pages_from
from cxassess.report.proof import proof_page
from cxassess.report.rendering import render_report
from cxassess.text import LANGS, Lang

app = typer.Typer(
    help="Place a company on a six-level customer-experience pyramid, and report it in Indonesian and English.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
# Paths must stay whole when output is not a terminal: people copy them.
out = Console(soft_wrap=True, highlight=False, markup=False)
err = Console(stderr=True, soft_wrap=True, highlight=False, markup=False)

ContentOption = Annotated[
    Path | None, typer.Option("--content", help="A content folder of your own.", metavar="DIR")
]
LangOption = Annotated[
    str | None, typer.Option("--lang", help="id or en; without it, the report languages of the profile.")
]
OutOption = Annotated[Path, typer.Option("--out", help="Where reports go.", metavar="DIR")]
ForceOption = Annotated[
    bool, typer.Option("--force", help="Render anew even where a person edited the report notebook.")
]
BrandOption = Annotated[
    Path | None, typer.Option("--brand", help="Your brand file: name, logo, colours, contact.", metavar="FILE")
]
InteractiveOption = Annotated[
    bool, typer.Option("--interactive", help="Charts in the page answer to the pointer (a page of 1 MB).")
]
FileArgument = Annotated[Path, typer.Argument(help="An assessment file.", metavar="FILE")]
NoBrowserOption = Annotated[bool, typer.Option("--no-browser", help="Print the address; open no browser.")]
OnOption = Annotated[str | None, typer.Option("--on", help="As of this date: YYYY-MM-DD.", metavar="DATE")]


def main() -> None:
    """Run the command line; what went wrong is told in words, exit code 1."""
    for stream in filter(None, (sys.stdout, sys.stderr)):  # a program may be started without them
        # A console that cannot show a letter shows a stand-in instead of stopping.
        stream.reconfigure(errors="replace")
    try:
        app()
    except CxError as error:
        err.print(Styled(str(error)))
        sys.exit(1)
    except OSError as error:
        err.print(
            Styled(f"{error.filename or 'file'}: {error.strerror or error}; check the folder and its rights")
        )
        sys.exit(1)


@app.command()
def init(folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new or empty folder.")]) -> None:
    """Lay out a workspace of your own: notebooks, examples, and folders for assessments and reports."""
    if folder.exists() and any(folder.iterdir()):
        raise CxError("problem-nothing-written", [Problem(str(folder), "problem-folder-not-empty")])
    for name, source in (("notebooks", notebooks_dir()), ("examples", examples_dir())):
        ignored = shutil.ignore_patterns(".*", "__pycache__")
        shutil.copytree(source, folder / name, ignore=ignored)
    for name in ("assessments", "reports"):
        (folder / name).mkdir(parents=True)
    next_ = f'{_command()} new "Company name" --dir {_quoted(folder / "assessments")}'
    out.print(Styled(f"{folder} is ready. Next: {next_}"))


@app.command()
def new(
    organisation: Annotated[str, typer.Argument(help="Its name, as the report will print it.")],
    folder: Annotated[Path, typer.Option("--dir", help="Where assessments live.", metavar="DIR")] = Path(),
    on: OnOption = None,
    lang: Annotated[str, typer.Option("--lang", help="Working language: id or en.")] = "id",
    content_dir: ContentOption = None,
) -> None:
    """Begin an assessment: DIR/company/date.json, empty but for the profile."""
    day = _day(on) or date.today()
    file = folder / slug(organisation) / f"{day.isoformat()}.json"
    content = load_content(content_dir)
    new_assessment(file, content, organisation=organisation, on=day, working_language=_lang(lang) or "id")
    out.print(Styled(str(file)))
    err.print(Styled(f"Next: {_command()} app {_quoted(file)}"))


@app.command()
def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Assessment files or folders of them.")],
    content_dir: ContentOption = None,
) -> None:
    """Check assessments: every problem with its line, and how far each one is."""
    content = load_content(content_dir)
    is_good = True
    for file in _found(files):
        try:
            assessment = load_assessment(file, content)
        except AssessmentError as error:
            is_good = False
            err.print(Styled(str(error)))
        else:
            out.print(Styled(f"{file}: {_progress(assessment, content)}"))
    if not is_good:
        raise typer.Exit(1)


def _progress(assessment: Assessment, content: Content) -> str:
    card = score(assessment, content, on=assessment.on)
    answered = len(content.questions) - len(card.unanswered)
    judged = len(content.mistakes) - len(card.unjudged)
    asked, listed = len(content.questions), len(content.mistakes)
    said = f"good; {answered} of {asked} answered, {judged} of {listed} mistakes judged"
    kinds = content.evidence_kinds
    idle = [
        one.key
        for one in assessment.evidence
        if one.validity(kinds[one.kind], on=assessment.on) in ("undated", "later")
    ]
    return f"{said}; no date, or one after {assessment.on}, so no proof: {', '.join(idle)}" if idle else said


@app.command("score")
def score_(
    file: FileArgument,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
    on: OnOption = None,
    lang: LangOption = None,
    content_dir: ContentOption = None,
) -> None:
    """Show where an assessment stands: claimed, consistent, verified, level by level."""
    content = load_content(content_dir)
    assessment = load_assessment(file, content)
    card = score(assessment, content, on=_day(on) or assessment.on)
    if as_json:
        # Not through rich, which would wrap; ASCII, so that any console and any pipe takes it.
        sys.stdout.write(json.dumps(card.as_dict(), indent=2) + "\n")
        return
    out.print(_score_table(card, Voice(content, _lang(lang) or "en")))


def _score_table(card: Scorecard, voice: Voice) -> Table:
    """Level by level, then the levels reached."""
    draft = f", {voice.say('draft').lower()}" if card.draft else ""
    table = Table(title=Styled(f"{card.assessment.profile.organisation}, {card.on.isoformat()}{draft}"))
    for word in ("level", *RESULTS):
        table.add_column(voice.say(word), justify="left" if word == "level" else "right")
    for index, level in reversed(list(enumerate(voice.content.levels))):
        found = [result.levels[index] for result in card.results.values()]
        shown = [f"{one.achievement:.2f} {one.letter}" if one.rated else "–" for one in found]
        table.add_row(f"{index + 1}. {voice.text(level.name)}", *shown)
    table.add_section()
    table.add_row(voice.say("level"), *(result.shown for result in card.results.values()))
    return table


@app.command()
def report(
    file: Annotated[Path | None, typer.Argument(help="An assessment file.", metavar="FILE")] = None,
    lang: LangOption = None,
    folder: OutOption = Path("reports"),
    content_dir: ContentOption = None,
    brand_file: BrandOption = None,
    interactive: InteractiveOption = False,
    force: ForceOption = False,
    notebook: Annotated[
        Path | None, typer.Option("--from", help="An edited report notebook: make its page and PDF again.")
    ] = None,
) -> None:
    """Render the report of one assessment: an HTML page, a PDF, and the notebook they came from."""
    if (file is None) == (notebook is None):
        problem = Problem("report", "problem-report-of-what", file="FILE", option="--from NOTEBOOK")
        raise CxError("problem-nothing-to-do", [problem])
    if notebook:
        lost = pages_from(notebook)
        out.print(Styled(f"{beside(notebook, '.html')}\n{beside(notebook, '.pdf')}"))
        _tell_lost(lost)
    if file:
        edition = Edition(
            load_content(content_dir),
            folder,
            brand=load_brand(brand_file) if brand_file else None,
            lang=_lang(lang),
            interactive=interactive,
            force=force,
        )
        profile = load_assessment(file, edition.content).profile
        for one in edition.languages_for(profile):
            made = render_report(file, edition, lang=one)
            out.print(Styled(f"{made.html}{progress.as_edited(made)}\n{made.pdf}"))
            _tell_lost(made.lost)


def _tell_lost(lost: Sequence[str]) -> None:
    for what in lost:
        err.print(Styled(progress.not_in_pdf(what)))


@app.command()
def batch(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Assessment files or folders of them.")],
    lang: LangOption = None,
    folder: OutOption = Path("reports"),
    content_dir: ContentOption = None,
    brand_file: BrandOption = None,
    interactive: InteractiveOption = False,
    workers: Annotated[int | None, typer.Option(min=1, help="Reports made at once; else one a core.")] = None,
    force: ForceOption = False,
) -> None:
    """Render many assessments and an index page; a file that fails is named and stops no other."""
    edition = Edition(
        load_content(content_dir),
        folder,
        brand=load_brand(brand_file) if brand_file else None,
        lang=_lang(lang),
        interactive=interactive,
        force=force,
    )
    _rendered(_found(files), edition, workers=workers)


@app.command()
def proof(
    file: Annotated[Path, typer.Option("--out", help="The page to write.", metavar="FILE")] = Path(
        "reports/proof.html"
    ),
    content_dir: ContentOption = None,
) -> None:
    """Write all content side by side in both languages, as one printable page."""
    write_whole(file, proof_page(load_content(content_dir)).encode())
    out.print(Styled(str(file)))


@app.command()
def demo(folder: OutOption = Path("reports")) -> None:
    """Render the shipped example companies, in the colours of a shipped example consultancy."""
    progress.out.print(
        "Rendering the example companies; the first reports take some seconds while Jupyter starts."
    )
    brand = load_brand(examples_dir() / "brand" / "brand.yaml")
    done = _rendered(_found([examples_dir()]), Edition(load_content(), folder, brand=brand))
    progress.out.print(
        Styled(f"Next: {_command()} report {_quoted(progress.near(done.reports[0].file))} --lang en")
    )


def _rendered(files: Sequence[Path], edition: Edition, *, workers: int | None = None) -> Batch:
    """Render with a line as each report comes, then the table, the failures and the index; else exit code 1."""
    with stopped_by_signals() as stop:
        done = render_batch(files, edition, workers=workers, tell=progress.tell_result, stop=stop)
    progress.tell_end(done, stop)
    if stop.is_asked or done.failures:
        raise typer.Exit(stop.exit_code or 1)
    return done


def _found(paths: Sequence[Path]) -> list[Path]:
    found = find_assessments(paths)
    if not found:
        where = ", ".join(map(str, paths))
        raise CxError("problem-nothing-to-do", [Problem(where, "problem-no-files")])
    return found


def _lang(given: str | None) -> Lang | None:
    if given is None:
        return None
    for lang in LANGS:
        if given == lang:
            return lang
    raise CxError(
        "problem-unknown-language", [Problem("--lang", "problem-language-unknown", given=given, known=LANGS)]
    )


def _command() -> str:
    """This program as one would type it from here, in an environment that is not activated."""
    return _quoted(progress.near(Path(sys.argv[0])))


def _day(given: str | None) -> date | None:
    if given is None:
        return None
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise CxError("problem-unknown-date", [Problem("--on", "problem-date-unknown", given=given)]) from None


def _quoted(path: Path) -> str:
    return f'"{path}"' if " " in str(path) else str(path)


@app.command()
def lab(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The workspace to open.")] = Path(),
    no_browser: NoBrowserOption = False,
    port: Annotated[int, typer.Option(min=1, max=65_535, help="Or the next free one.")] = 8888,
) -> None:
    """Open JupyterLab on a workspace, on this machine only."""
    if is_root():
        err.print("You are root: so is every notebook that you run here (--allow-root).")
    _keep_open(lab_server(folder, port=port), folder, no_browser)


@app.command("app")
def app_(
    file: FileArgument,
    lang: Annotated[str | None, typer.Option("--lang", help="id or en; else the working language.")] = None,
    content_dir: ContentOption = None,
    no_browser: NoBrowserOption = False,
    port: Annotated[int, typer.Option(min=1, max=65_535, help="Or the next free one.")] = 8866,
) -> None:
    """Fill in an assessment in the browser, without code, on this machine only."""
    server = app_server(file, load_content(content_dir), lang=_lang(lang), port=port)
    _keep_open(server, file, no_browser)


def _keep_open(opening: AbstractContextManager[Server], what: Path, no_browser: bool) -> None:
    """Until Ctrl-C, or until the server is shut down from its own page."""
    # A program that is told to end, or loses its terminal, would else leave its server behind.
    for name in {"SIGTERM", "SIGHUP"} & {one.name for one in signal.Signals}:
        signal.signal(signal.Signals[name], signal.default_int_handler)
    try:
        with opening as server:
            seen = not no_browser and opened_in_browser(server.address)
            out.print(Styled(f"{what.resolve()} is open {'in your browser, ' if seen else ''}at {server.address}"))
            out.print("To stop: Ctrl-C, here.")
            server.process.wait()
    except KeyboardInterrupt:
        out.print("Stopped.")


@app.command()
def doctor(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where you mean to work.")] = Path(),
) -> None:
    """Check whether this machine is fit: Python, content, folder, fonts, charts, kernel, app."""
    good = True
    for check in checks(folder):
        good = good and check.good
        out.print(Styled(f"{'good' if check.good else 'to mend':8}{check.name}: {check.said}"))
        if not check.good:
            out.print(Styled(f"{'':8}{check.mend}"))
    if not good:
        raise typer.Exit(1)
