"""A JupyterLab of its own, with nobody's settings, and notebooks opened in it. For tests and benchmarks."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from cxassess.places import notebooks_dir

QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
QUIET += ["--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage"]
FOLDERS = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
FOLDERS += ("JUPYTERLAB_SETTINGS_DIR", "JUPYTERLAB_WORKSPACES_DIR")
# "Run all" before the kernel is connected is ignored without a word.
READY = """async () => {
  const app = window.jupyterapp;
  await app.restored;
  for (;;) {
    const panel = app.shell.currentWidget;
    if (panel?.sessionContext && panel.content?.widgets) {
      await panel.context.ready;
      await panel.revealed;
      await panel.sessionContext.ready;
      const kernel = panel.sessionContext.session?.kernel;
      if (kernel?.connectionStatus === "connected") { await kernel.info; return; }
    }
    await new Promise((done) => setTimeout(done, 50));
  }
}"""
RUN = "() => window.jupyterapp.commands.execute('notebook:run-all-cells')"


@dataclass(frozen=True)
class Lab:
    """A running JupyterLab: its folder, its address, and the word that opens it."""

    folder: Path
    address: str
    token: str

    def ask(self, path: str, method: str = "GET") -> Any:
        """What the server answers; None where it answers nothing."""
        headers = {"Authorization": f"token {self.token}"}
        request = urllib.request.Request(f"{self.address}/api/{path}", headers=headers, method=method)
        with urllib.request.urlopen(request, timeout=30) as answer:
            said = answer.read()
        return json.loads(said) if said else None

    def copy(self, name: str, file: Path, *, lang: str, who: str = "") -> None:
        """Put a copy of the notebook of the form into the folder, with its parameters; the whole form alone."""
        notebook = json.loads((notebooks_dir() / "assess.ipynb").read_text(encoding="utf-8"))
        notebook["cells"] = [*notebook["cells"][:3], notebook["cells"][-1]]
        notebook["cells"][1]["source"] = parameters(file, lang=lang, who=who)
        (self.folder / name).write_text(json.dumps(notebook), encoding="utf-8")

    def open(self, page: Page, name: str) -> None:
        """Open a notebook, and wait until its kernel would run it."""
        page.goto(f"{self.address}/lab/tree/{name}?reset&token={self.token}")
        page.wait_for_function("() => window.jupyterapp")
        page.evaluate(READY)


def parameters(file: Path, *, lang: str, who: str = "") -> str:
    """The first code cell of the notebook, filled in as a consultant would."""
    return f'file = {str(file)!r}\nlang = "{lang}"\nwho = "{who}"\ncontent_dir = ""'


def run(page: Page) -> None:
    """Run every cell, and wait for the form."""
    assert page.evaluate(RUN)
    page.wait_for_selector(".cx-shell")


@contextmanager
def running_lab(folder: Path) -> Iterator[Lab]:
    """A JupyterLab that serves `folder/work`, until the end of the block."""
    work, port = folder / "work", free_port()
    lab = Lab(work, f"http://127.0.0.1:{port}", "letmein")
    work.mkdir()
    settings = folder / "JUPYTERLAB_SETTINGS_DIR" / "@jupyterlab" / "apputils-extension"
    settings.mkdir(parents=True)
    quiet = {"fetchNews": "false", "checkForUpdates": False}
    (settings / "notification.jupyterlab-settings").write_text(json.dumps(quiet), encoding="utf-8")
    options = [f"--port={port}", f"--IdentityProvider.token={lab.token}", f"--ServerApp.root_dir={work}"]
    options += ["--no-browser", "--allow-root", "--ip=127.0.0.1", "--ServerApp.port_retries=0"]
    options += ["--LabApp.expose_app_in_browser=True", "--LabApp.extension_manager=readonly"]
    command = [sys.executable, "-m", "jupyterlab", *options]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(command, env=environment(folder), stdout=log, stderr=log)
        try:
            wait_for(lab, server)
            yield lab
        finally:
            stop(server)


def stop(server: "subprocess.Popen[bytes]") -> None:
    """End a server, and its kernels with it."""
    server.terminate()
    try:
        server.wait(15)
    except subprocess.TimeoutExpired:  # it waits for a kernel that is being restarted; kernels follow it
        server.kill()
        server.wait()


def environment(folder: Path) -> dict[str, str]:
    """The environment of a Lab that reads and writes nothing of whoever runs it."""
    own = {name: str(folder / name) for name in FOLDERS}
    return {**os.environ, **own, "JUPYTER_NO_CONFIG": "1", "JUPYTER_PREFER_ENV_PATH": "1"}


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(lab: Lab, server: "subprocess.Popen[bytes]") -> None:
    """Wait until the server answers."""
    for _ in range(600):
        assert server.poll() is None, (lab.folder.parent / "log").read_text(encoding="utf-8")
        try:
            lab.ask("status")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(f"{lab.address} does not answer")
