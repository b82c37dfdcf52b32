"""JupyterLab and the app, opened on this machine only, until the block ends."""

from __future__ import annotations

import http.client
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from cxassess.cli.terminal import install_command
from cxassess.content.reading import Content
from cxassess.document.assessmentfile import load_assessment
from cxassess.errors import CxError, Problem
from cxassess.files import slug
from cxassess.places import notebooks_dir, templates_dir
from cxassess.text import Lang
from cxassess.workspace import Workspace

# In a workspace, the notebook of its desk.
START = "notebooks/start.ipynb"
_HERE = "127.0.0.1"
_PORTS_TRIED = 100
# A first start on a slow disk, with a virus scanner reading along, takes a minute.
_START_SECONDS = 120
# A server that is killed leaves its kernels to find out by themselves.
_STOP_SECONDS = 30


class Server(NamedTuple):
    """A Jupyter server that runs, and the address that opens it, with its token."""

    address: str
    process: subprocess.Popen[bytes]


@contextmanager
def lab_server(folder: Path, *, port: int = 8888) -> Iterator[Server]:
    """JupyterLab on a folder, until the block ends; what never changes of its settings is in `templates/lab/`.

    A workspace shows the notebook of its desk. Where the port is taken, the next free one. Raises CxError where
    there is no such folder or no server comes up.
    """
    if not folder.is_dir():
        raise _unopened(str(folder), "problem-no-folder", command="cxassess init DIR")
    free = _free_port(port)
    with jupyter_home() as home:
        argv = ["jupyterlab", f"--ServerApp.ip={_HERE}", f"--ServerApp.port={free}"]
        argv += [f"--ServerApp.root_dir={folder.resolve()}", "--LabApp.extension_manager=readonly"]
        argv += ["--allow-root"] if is_root() else []
        # First in their paths: they add to the user's own settings and kernels, and touch none of them.
        environment = {
            "JUPYTER_CONFIG_PATH": _before(templates_dir() / "lab", "JUPYTER_CONFIG_PATH"),
            "JUPYTER_PATH": _before(home, "JUPYTER_PATH"),
        }
        start = f"/tree/{START}" if (folder / START).is_file() else ""
        at, page = f"{_HERE}:{free}", f"/lab{start}"
        with _running(argv, environment, home, at=at, page=page, ready="/api") as server:
            yield server


@contextmanager
def app_server(place: Path, content: Content, *, lang: Lang | None = None, port: int = 8866) -> Iterator[Server]:
    """The app, without code, until the block ends: the form of a file, or the desk of a workspace's folder.

    Without `lang` in the file's working language, or the workspace's. Raises AssessmentError where the file cannot
    be used, CxError where the folder is no workspace, or Voilà is missing or does not come up.
    """
    shown = _desk(place, lang) if place.is_dir() else _form(place, content, lang)
    if find_spec("voila") is None:
        raise _unopened("voila", "problem-not-installed", command=install_command("voila"))
    free = _free_port(port)
    with jupyter_home() as home:
        page = home / "page" / f"{slug(shown.title)}.ipynb"
        _write_page(page, shown, {**shown.parameters, "content_dir": str(content.folder.resolve())})
        argv = ["voila", f"--Voila.ip={_HERE}", f"--Voila.port={free}"]
        argv += [f"--HTMLExporter.language_code={shown.lang}"]
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


def is_root() -> bool:
    """Whether this is the superuser; Jupyter wants to be told that it is meant."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _unopened(where: str, key: str, **values: object) -> CxError:
    return CxError("problem-nothing-opened", [Problem(where, key, **values)])


class _Shown(NamedTuple):
    """What the app shows: its title and language, and what its notebook is told."""

    title: str
    lang: Lang
    parameters: Mapping[str, str]


def _desk(folder: Path, lang: Lang | None) -> _Shown:
    work = Workspace.load(folder)
    return _Shown(work.name, lang or work.lang, {"workspace": str(work.folder), "lang": lang or ""})


def _form(file: Path, content: Content, lang: Lang | None) -> _Shown:
    if not file.is_file():
        raise _unopened(str(file), "problem-not-there", command='cxassess new "Company name"')
    profile = load_assessment(file, content).profile
    lang, file = lang or profile.working_language, file.absolute()
    parameters = {"workspace": str(Workspace.around(file).folder), "file": str(file), "lang": lang}
    return _Shown(profile.organisation, lang, parameters)


def _write_page(page: Path, shown: _Shown, parameters: Mapping[str, str]) -> None:
    import nbformat
    from papermill.iorw import load_notebook_node
    from papermill.parameterize import parameterize_notebook

    template = load_notebook_node(str(notebooks_dir() / "start.ipynb"))
    node = parameterize_notebook(template, dict(parameters))
    node.metadata.title = shown.title
    page.parent.mkdir()
    nbformat.write(node, page)


@contextmanager
def jupyter_home() -> Iterator[Path]:
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
            raise _unopened("Jupyter", "problem-not-started", command="cxassess doctor")
        if time.monotonic() > end:
            raise _unopened("Jupyter", "problem-not-answering", seconds=_START_SECONDS, command="cxassess doctor")
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
    raise _unopened(f"port {first}", "problem-port-taken", more=_PORTS_TRIED, option="--port")


def _before(first: Path, variable: str) -> str:
    """A folder put before those that an environment variable names."""
    return os.pathsep.join(filter(None, (str(first), os.environ.get(variable))))
