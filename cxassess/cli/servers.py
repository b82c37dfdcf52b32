"""JupyterLab and the app, opened on this machine only, and whether the machine is fit for them."""

from __future__ import annotations

import ast
import http.client
import os
import platform
import secrets
import socket
import subprocess
import sys
import tempfile
import time
import webbrowser
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cxassess.charts import svg_of
from cxassess.content.reading import Content, load_content
from cxassess.document.assessmentfile import load_assessment, locked
from cxassess.errors import AssessmentError, ContentError, CxError, Problem
from cxassess.places import notebooks_dir, slug, templates_dir, write_whole
from cxassess.text import Lang

if TYPE_CHECKING:
    from jupyter_client.manager import KernelManager

_HERE = "127.0.0.1"
_PORTS_TRIED = 100
# A first start on a slow disk, with a virus scanner reading along, takes a minute.
_START_SECONDS = 120
_STOP_SECONDS = 10
_KERNEL_SECONDS = 60
_OLDEST, _NEWEST = (3, 11), (3, 14)
_FACES = 4  # regular, bold, italic, bold italic


class Server(NamedTuple):
    """A Jupyter server that runs, and the address that opens it, with its token."""

    address: str
    process: subprocess.Popen[bytes]


@contextmanager
def lab_server(folder: Path, *, port: int = 8888) -> Iterator[Server]:
    """JupyterLab on a folder, until the block ends; what never changes of its settings is in `templates/lab/`.

    Where the port is taken, the next free one. Raises CxError where there is no such folder or no server comes up.
    """
    if not folder.is_dir():
        raise _unopened(str(folder), "is no folder; name one, or lay one out: cxassess init DIR")
    free = _free_port(port)
    with _home() as home:
        argv = ["jupyterlab", f"--ServerApp.ip={_HERE}", f"--ServerApp.port={free}"]
        argv += [f"--ServerApp.root_dir={folder.resolve()}", "--LabApp.extension_manager=readonly"]
        argv += ["--allow-root"] if is_root() else []
        # First in their paths: they add to the user's own settings and kernels, and touch none of them.
        environment = {
            "JUPYTER_CONFIG_PATH": _before(templates_dir() / "lab", "JUPYTER_CONFIG_PATH"),
            "JUPYTER_PATH": _before(home, "JUPYTER_PATH"),
        }
        with _running(argv, environment, home, at=f"{_HERE}:{free}", page="/lab", ready="/api") as server:
            yield server


@contextmanager
def app_server(
    file: Path, content: Content, *, lang: Lang | None = None, content_dir: Path | None = None, port: int = 8866
) -> Iterator[Server]:
    """The interactive assessment of a file, without code, until the block ends; else in its working language.

    Raises AssessmentError where the file cannot be used, CxError where Voilà is missing or does not come up.
    """
    if not file.is_file():
        raise _unopened(str(file), 'is not there; check the name, or begin one: cxassess new "Company name"')
    profile = load_assessment(file, content).profile
    if find_spec("voila") is None:
        raise _unopened("voila", 'is missing; run pip install "cxassess[app]"')
    free, lang = _free_port(port), lang or profile.working_language
    with _home() as home:
        page, folder = home / "page" / f"{slug(profile.organisation)}.ipynb", content_dir
        parameters = {
            "file": str(file.resolve()),
            "lang": lang,
            "content_dir": str(folder.resolve()) if folder else "",
        }
        _write_page(page, profile.organisation, parameters)
        argv = ["voila", f"--Voila.ip={_HERE}", f"--Voila.port={free}", f"--HTMLExporter.language_code={lang}"]
        # Nothing of the user's own Jupyter: its settings and extensions are for Lab.
        environment = {
            "JUPYTER_CONFIG_PATH": str(templates_dir() / "voila"),
            "JUPYTER_CONFIG_DIR": str(home / "config"),
            "JUPYTER_DATA_DIR": str(home / "data"),
            "JUPYTER_PATH": os.pathsep.join(map(str, (home, templates_dir()))),
            "IPYTHONDIR": str(home / "ipython"),
        }
        at, ready = f"{_HERE}:{free}", "/voila/static/voila.js"
        with _running([*argv, str(page)], environment, home, at=at, page="/", ready=ready) as server:
            yield server


def opened_in_browser(address: str) -> bool:
    """Whether a browser took the address; without a screen, only one in the terminal would, and none is asked."""
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")
    has_screen = sys.platform in ("win32", "darwin") or any(map(os.environ.get, screens))
    return has_screen and webbrowser.open(address)


def is_root() -> bool:
    """Whether this is the superuser; Jupyter wants to be told that it is meant."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _unopened(where: str, what: str) -> CxError:
    return CxError("nothing was opened", [Problem(where, what)])


def _write_page(page: Path, title: str, parameters: Mapping[str, str]) -> None:
    import nbformat
    from papermill.iorw import load_notebook_node
    from papermill.parameterize import parameterize_notebook

    template = load_notebook_node(str(notebooks_dir() / "assess.ipynb"))
    node = parameterize_notebook(template, dict(parameters))
    node.metadata.title = title
    page.parent.mkdir()
    nbformat.write(node, page)


@contextmanager
def _home() -> Iterator[Path]:
    """A folder for what a server leaves lying about, with the kernel of this very Python in it."""
    from ipykernel.kernelspec import write_kernel_spec

    # Windows may hold a file of a kernel that has just been stopped.
    with tempfile.TemporaryDirectory(prefix="cxassess-lab-", ignore_cleanup_errors=True) as name:
        home = Path(name).resolve()
        write_kernel_spec(home / "kernels" / "python3")
        yield home


@contextmanager
def _running(
    argv: list[str], environment: dict[str, str], home: Path, *, at: str, page: str, ready: str
) -> Iterator[Server]:
    token = secrets.token_hex(24)
    process = subprocess.Popen(
        # -P and a folder of its own: no `voila.py` that lies in the current one is run.
        [sys.executable, "-P", "-m", *argv],
        cwd=home,
        # The token is not on the command line, where every user of the machine could read it.
        env={
            **os.environ,
            **environment,
            "JUPYTER_PREFER_ENV_PATH": "1",
            "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
            "JUPYTER_TOKEN": token,
        },
        stdin=subprocess.DEVNULL,
        # Ctrl-C is for us alone: we stop it in order.
        process_group=0,
        creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
    )
    try:
        _wait_for(process, at, ready)
        yield Server(f"http://{at}{page}?token={token}", process)
    finally:
        _stop(process)


def _wait_for(process: subprocess.Popen[bytes], at: str, ready: str) -> None:
    """Until the server answers; what is asked for needs no token and starts no kernel."""
    end = time.monotonic() + _START_SECONDS
    while not _answers(at, ready):
        if process.poll() is not None:
            raise _unopened("Jupyter", "did not start; what it said stands above; try cxassess doctor")
        if time.monotonic() > end:
            raise _unopened("Jupyter", f"did not answer within {_START_SECONDS} seconds; try cxassess doctor")
        time.sleep(0.1)


def _answers(at: str, path: str) -> bool:
    # http.client knows no proxies: a company's must not be asked for this machine.
    connection = http.client.HTTPConnection(at, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End a server and wait for it; its kernels end with it."""
    process.terminate()
    try:
        process.wait(_STOP_SECONDS)
    except (subprocess.TimeoutExpired, KeyboardInterrupt):
        process.kill()
        process.wait()


def _free_port(first: int) -> int:
    for port in range(first, min(first + _PORTS_TRIED, 65_536)):
        with socket.socket() as probe:
            try:
                probe.bind((_HERE, port))
            except OSError:
                continue
            return port
    raise _unopened(f"port {first}", f"is taken, and so are the {_PORTS_TRIED} above it; choose another by --port")


def _before(first: Path, variable: str) -> str:
    """A folder put before those that an environment variable names."""
    return os.pathsep.join(filter(None, (str(first), os.environ.get(variable))))


# --- the doctor ---


class Check(NamedTuple):
    """What was looked at, whether it is good, what was found and, where it is not good, how to mend it."""

    name: str
    good: bool
    said: str
    mend: str = ""


def checks(folder: Path) -> Iterator[Check]:
    """Everything that notebooks, reports and the app need of this machine, looked at one by one."""
    yield _python()
    yield _content()
    yield _writing(folder)
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


def _fonts() -> Check:
    import typst

    folder = templates_dir() / "fonts"
    seen = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])
    faces = sum(font.family == "Noto Sans" for font in seen.fonts())
    said = f"{faces} of {_FACES} faces of Noto Sans in {folder}"
    return Check("fonts", faces >= _FACES, said, "restore templates/fonts/, or install cxassess again")


def _renderer() -> Check:
    """A chart drawn here: no script, no other server."""
    try:
        import altair as alt

        svg, _ = svg_of(alt.LayerChart(layer=[alt.Chart().mark_point()]))
    except (ImportError, OSError, ValueError) as error:
        mend = "run pip install --force-reinstall altair vl-convert-python"
        return Check("charts", False, f"cannot be drawn: {error}", mend)
    return Check("charts", svg.startswith("<svg"), "are drawn without a network", "install cxassess again")


def _kernel() -> Check:
    """The kernel that any Jupyter of this machine would start for our notebooks: it must be this Python's."""
    from jupyter_client.manager import KernelManager

    with _home() as home:
        manager = KernelManager(kernel_name="python3", connection_file=str(home / "kernel.json"))
        spec = Path(getattr(manager.kernel_spec, "resource_dir", ""))
        try:
            prefix = _prefix_of(manager, home)
        except (OSError, RuntimeError) as error:
            said = f"python3 of {spec} does not answer: {error}"
        else:
            if prefix.resolve() == Path(sys.prefix).resolve():
                return Check("kernel", True, f"python3 answers, from {prefix}")
            said = f"python3 of {spec} is that of another Python: {prefix}"
    mend = f"rename {spec}; until then, open notebooks with cxassess lab, which brings its own kernel"
    if spec.is_relative_to(sys.prefix):
        mend = f'run "{sys.executable}" -m pip install --force-reinstall ipykernel'
    return Check("kernel", False, said, mend)


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
    said = "is installed" if has else 'is not installed; for cxassess app, run pip install "cxassess[app]"'
    return Check("app", True, said)
