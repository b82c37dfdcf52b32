"""Commands for where one works: init, lab, app, doctor."""

from __future__ import annotations

import shutil
import signal
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text as Styled

from cxassess.cli.doctor import checks
from cxassess.cli.options import ContentDir, File, NoBrowser, Port, read_lang
from cxassess.cli.servers import Server, app_server, is_root, lab_server, opened_in_browser
from cxassess.cli.terminal import err, out, quoted, this_program
from cxassess.content.reading import load_content
from cxassess.errors import CxError, Problem
from cxassess.places import examples_dir, notebooks_dir
from cxassess.text import Lang

commands = typer.Typer()


@commands.command()
def init(folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new or empty folder.")]) -> None:
    """Lay out a workspace of your own: notebooks, examples, and folders for assessments and reports."""
    if folder.exists() and any(folder.iterdir()):
        raise CxError("problem-nothing-written", [Problem(str(folder), "problem-folder-not-empty")])
    for name, source in (("notebooks", notebooks_dir()), ("examples", examples_dir())):
        ignored = shutil.ignore_patterns(".*", "__pycache__")
        shutil.copytree(source, folder / name, ignore=ignored)
    for name in ("assessments", "reports"):
        (folder / name).mkdir(parents=True)
    next_ = f'{this_program()} new "Company name" --dir {quoted(folder / "assessments")}'
    out.print(Styled(f"{folder} is ready. Next: {next_}"))


@commands.command()
def lab(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The workspace to open.")] = Path(),
    no_browser: NoBrowser = False,
    port: Port = 8888,
) -> None:
    """Open JupyterLab on a workspace, on this machine only."""
    if is_root():
        err.print("You are root: so is every notebook that you run here (--allow-root).")
    _keep_open(lab_server(folder, port=port), folder, no_browser)


@commands.command()
def app(
    file: File,
    lang: Annotated[
        Lang | None,
        typer.Option("--lang", parser=read_lang, help="id or en; else the working language.", metavar="LANG"),
    ] = None,
    content_dir: ContentDir = None,
    no_browser: NoBrowser = False,
    port: Port = 8866,
) -> None:
    """Fill in an assessment in the browser, without code, on this machine only."""
    _keep_open(app_server(file, load_content(content_dir), lang=lang, port=port), file, no_browser)


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


@commands.command()
def doctor(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where you mean to work.")] = Path(),
) -> None:
    """Check whether this machine is fit: Python, content, folder, fonts, charts, kernel, app."""
    good = True
    for check in checks(folder):
        good = good and check.good
        out.print(Styled(f"{'good' if check.good else 'to mend':8}{check.name}: {check.finding}"))
        if not check.good:
            out.print(Styled(f"{'':8}{check.mend}"))
    if not good:
        raise typer.Exit(1)
