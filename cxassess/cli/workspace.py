"""Commands for where one works: init, lab, app, doctor."""

from __future__ import annotations

import os
import shutil
import signal
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text as Styled

from cxassess.cli.doctor import checks
from cxassess.cli.options import ContentDir, NoBrowser, Port, read_lang
from cxassess.cli.servers import Server, app_server, is_root, lab_server
from cxassess.cli.settings import Settings
from cxassess.cli.terminal import err, out, quoted, this_program
from cxassess.errors import CxError, Problem
from cxassess.files import write_whole
from cxassess.opening import opened_in_browser
from cxassess.page.brand import load_brand
from cxassess.places import examples_dir, notebooks_dir
from cxassess.text import Lang
from cxassess.workspace import SETTINGS, Workspace, settings_folder, settings_text

commands = typer.Typer()


@commands.command()
def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new folder, or one with assessments of yours.")],
    name: Annotated[str, typer.Option("--name", help="Of your consultancy; else the folder's name.")] = "",
    brand: Annotated[
        Path | None,
        typer.Option("--brand", help="Your brand file, for every report.", metavar="FILE"),
    ] = None,
    lang: Annotated[
        Lang,
        typer.Option("--lang", parser=read_lang, help="The language at first: id or en.", metavar="LANG"),
    ] = "id",
) -> None:
    """Lay out a workspace of your own: settings, notebooks, examples, folders for assessments and reports."""
    if brand:
        load_brand(brand)  # so that every problem is told before anything is written
    lay_out(folder, settings_text(name or folder.resolve().name, brand=_from(folder, brand), lang=lang))
    out.print(Styled(f"{folder} is ready. Next: {this_program()} app {quoted(folder)}"))


def lay_out(folder: Path, settings: str) -> None:
    """Write a workspace into a folder; what stands there is not touched. Raises CxError where a name is taken."""
    copied = {"notebooks": notebooks_dir(), "examples": examples_dir()}
    taken = [folder / name for name in (SETTINGS, *copied) if (folder / name).exists()]
    taken += [folder / name for name in ("assessments", "reports") if (folder / name).is_file()]
    if taken:
        problems = [Problem(str(path), "problem-name-taken") for path in taken]
        raise CxError("problem-nothing-written", problems)
    for name in ("assessments", "reports"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    # Clients' data stay out of any repository around it, unless its owner has said what is in there.
    if not any((folder / name).exists() for name in (".git", ".gitignore")):
        write_whole(folder / ".gitignore", b"*\n")
    for name, source in copied.items():
        shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns(".*", "__pycache__"))
    # Last: a folder that was written by half is no workspace.
    write_whole(folder / SETTINGS, settings.encode())


def _from(folder: Path, file: Path | None) -> str:
    """A file as `workspace.yaml` names it: relative to its folder, where the system knows such a way."""
    if file is None:
        return ""
    try:
        return Path(os.path.relpath(file, folder)).as_posix()
    except ValueError:  # on another drive
        return file.resolve().as_posix()


@commands.command()
def lab(
    folder: Annotated[
        Path | None, typer.Argument(metavar="DIR", help="Else the workspace, or this folder.")
    ] = None,
    no_browser: NoBrowser = False,
    port: Port = 8888,
) -> None:
    """Open JupyterLab on the workspace, else on this folder, on this machine only."""
    if is_root():
        err.print("You are root: so is every notebook that you run here (--allow-root).")
    opened = folder or settings_folder() or Path()  # also where settings are to be mended
    _keep_open(lab_server(opened, port=port), opened, no_browser)


@commands.command()
def app(
    file: Annotated[
        Path | None,
        typer.Argument(help="An assessment, or a workspace; else this folder's.", metavar="FILE"),
    ] = None,
    lang: Annotated[
        Lang | None,
        typer.Option("--lang", parser=read_lang, help="id or en; else the working language.", metavar="LANG"),
    ] = None,
    content_dir: ContentDir = None,
    no_browser: NoBrowser = False,
    port: Port = 8866,
) -> None:
    """Open your desk, or one assessment, in the browser, without code, on this machine only."""
    place = file if file and not file.is_dir() else Workspace.around(file or "").folder
    settings = Settings(place)
    content = settings.content(content_dir)
    settings.tell()
    _keep_open(app_server(place, content, lang=lang, port=port), place, no_browser)


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
