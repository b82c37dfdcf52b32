"""Whether this machine is fit for notebooks, reports and the app, looked at one by one."""

from __future__ import annotations

import ast
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cxassess.charts.drawing import svg_of
from cxassess.cli.servers import jupyter_home
from cxassess.cli.terminal import install_command
from cxassess.content.reading import load_content
from cxassess.errors import AssessmentError, ContentError, CxError
from cxassess.files import locked, write_whole
from cxassess.page.brand import load_brand
from cxassess.places import templates_dir
from cxassess.workspace import SETTINGS, Workspace, settings_folder

if TYPE_CHECKING:
    from jupyter_client.manager import KernelManager

_KERNEL_SECONDS = 60
_OLDEST, _NEWEST = (3, 11), (3, 14)
_FACES = 4  # regular, bold, italic, bold italic


class Check(NamedTuple):
    """What was looked at, whether it is good, what was found and, where it is not good, how to mend it."""

    name: str
    good: bool
    finding: str
    mend: str = ""


def checks(folder: Path) -> Iterator[Check]:
    """Everything that notebooks, reports and the app need of this machine, looked at one by one."""
    yield _python()
    yield _content()
    yield _writing(folder)
    yield from _workspace(folder)
    yield _fonts()
    yield _renderer()
    yield _kernel()
    yield _app()


def _python() -> Check:
    oldest, newest = (".".join(map(str, version)) for version in (_OLDEST, _NEWEST))
    good = _OLDEST <= sys.version_info[:2] <= _NEWEST
    mend = f"install Python {oldest} to {newest} and make a new environment with it"
    return Check("Python", good, f"{platform.python_version()}, {sys.executable}", mend)


def _content() -> Check:
    try:
        content = load_content()
    except ContentError as error:
        return Check("content", False, str(error), "restore content/, or install cxassess again")
    return Check(
        "content", True, f"{content.model.key} {content.model.version}, {len(content.questions)} questions"
    )


def _writing(folder: Path) -> Check:
    """Write, lock and replace as a save does, in a folder of its own that goes away again."""
    if not folder.is_dir():
        return Check(
            "folder", False, f"{folder} is no folder", "name the folder you mean to work in: cxassess doctor DIR"
        )
    try:
        with tempfile.TemporaryDirectory(prefix=".cxassess-", dir=folder) as name:
            file = Path(name) / "check.json"
            with locked(file):
                write_whole(file, b"1")
                write_whole(file, b"2")
    except (OSError, AssessmentError) as error:
        mend = "choose a folder on this computer that you may write to: cxassess doctor DIR"
        return Check("folder", False, f"{folder} cannot be written to: {error}", mend)
    return Check("folder", True, f"{folder.resolve()} can be written to")


def _workspace(folder: Path) -> Iterator[Check]:
    """The settings of the workspace, and what they name; nothing where there is none."""
    at = settings_folder(folder)
    if at is None:
        return
    try:
        work = Workspace.load(at)
        brand = load_brand(work.brand).name if work.brand else "no brand"
        load_content(work.content)
    except CxError as error:
        yield Check("workspace", False, str(error), "mend it in any editor")
    else:
        yield Check("workspace", True, f"{work.name}, {brand}, {at / SETTINGS}")


def _fonts() -> Check:
    import typst

    folder = templates_dir() / "fonts"
    seen = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])
    faces = sum(font.family == "Noto Sans" for font in seen.fonts())
    finding = f"{faces} of {_FACES} faces of Noto Sans in {folder}"
    return Check("fonts", faces >= _FACES, finding, "restore templates/fonts/, or install cxassess again")


def _renderer() -> Check:
    """A chart drawn here: no script, no other server."""
    try:
        import altair as alt

        svg, _ = svg_of(alt.LayerChart(layer=[alt.Chart().mark_point()]))
    except (ImportError, OSError, ValueError) as error:
        mend = f"run {install_command('--force-reinstall', 'altair', 'vl-convert-python')}"
        return Check("charts", False, f"cannot be drawn: {error}", mend)
    return Check("charts", svg.startswith("<svg"), "are drawn without a network", "install cxassess again")


def _kernel() -> Check:
    """The kernel that any Jupyter of this machine would start for our notebooks: it must be this Python's."""
    from jupyter_client.manager import KernelManager

    with jupyter_home() as home:
        manager = KernelManager(kernel_name="python3", connection_file=str(home / "kernel.json"))
        spec = Path(getattr(manager.kernel_spec, "resource_dir", ""))
        try:
            prefix = _prefix_of(manager, home)
        except (OSError, RuntimeError) as error:
            finding = f"python3 of {spec} does not answer: {error}"
        else:
            if prefix.resolve() == Path(sys.prefix).resolve():
                return Check("kernel", True, f"python3 answers, from {prefix}")
            finding = f"python3 of {spec} is that of another Python: {prefix}"
    mend = f"rename {spec}; until then, open notebooks with cxassess lab, which brings its own kernel"
    if spec.is_relative_to(sys.prefix):
        mend = f"run {install_command('--force-reinstall', 'ipykernel')}"
    return Check("kernel", False, finding, mend)


def _prefix_of(manager: KernelManager, home: Path) -> Path:
    """Start a kernel, ask it where its Python lives, stop it. Raises OSError or RuntimeError."""
    environment = {**os.environ, "IPYTHONDIR": str(home)}
    silent = subprocess.DEVNULL
    manager.start_kernel(cwd=str(home), env=environment, stdout=silent, stderr=silent)
    client = manager.client()
    try:
        client.start_channels()
        client.wait_for_ready(timeout=_KERNEL_SECONDS)
        asked = {"prefix": "__import__('sys').prefix"}
        reply = client.execute_interactive("1 + 1", silent=True, user_expressions=asked, timeout=_KERNEL_SECONDS)
        return Path(ast.literal_eval(reply["content"]["user_expressions"]["prefix"]["data"]["text/plain"]))
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
        manager.cleanup_resources()


def _app() -> Check:
    has = find_spec("voila") is not None
    return Check("app", has, "is installed" if has else "Voilà is missing", f"run {install_command('voila')}")
