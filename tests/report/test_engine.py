"""One kernel, many notebooks: nothing left over, nothing lost when one fails."""

import json
import os
import signal
import tempfile
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from cxassess.errors import ReportError
from cxassess.report import engine
from cxassess.report.engine import Kernel


def notebook(folder: Path, *sources: str) -> Path:
    """A notebook with the parameter `name` and some cells."""
    cells = [new_code_cell('name = ""', metadata={"tags": ["parameters"]}), *map(new_code_cell, sources)]
    kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    file = folder / "template.ipynb"
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": kernelspec}), file)
    return file


def texts(node: nbformat.NotebookNode) -> str:
    return json.dumps([cell.get("outputs", []) for cell in node.cells])


def test_nothing_of_one_client_reaches_the_next(tmp_path: Path, kernel: Kernel) -> None:
    """Names, display history and last results of a run are gone in the next one of the same kernel."""
    first = notebook(tmp_path, "secret = name", "name", "1 + 1")
    kernel.run(first, {"name": "CANARY"}, tmp_path / "a.ipynb")
    look = "[n for n in list(globals()) if 'CAN' + 'ARY' in repr(globals()[n])]"
    second = notebook(tmp_path, look, "'secret' in globals()", "dict(Out), list(In)")
    node = kernel.run(second, {"name": "other"}, tmp_path / "b.ipynb")
    assert "CANARY" not in texts(node)
    assert "[]" in texts(node) and "False" in texts(node)


def test_an_unknown_parameter_is_an_error(tmp_path: Path, kernel: Kernel) -> None:
    """Papermill would only warn, and render the default company for a client."""
    with pytest.raises(ReportError) as caught:
        kernel.run(notebook(tmp_path), {"nmae": "x"}, tmp_path / "out.ipynb")
    assert "has no parameter nmae; it knows name" in str(caught.value)


def test_a_failing_cell_is_named_and_the_half_run_kept(tmp_path: Path, kernel: Kernel) -> None:
    """The error says what the cell said; the notebook so far is there to look at; the kernel goes on."""
    with pytest.raises(ReportError, match="stopped") as caught:
        kernel.run(notebook(tmp_path, "print('before')", "1 / 0"), {}, tmp_path / "out.ipynb")
    assert "ZeroDivisionError: division by zero" in str(caught.value)
    assert "before" in (tmp_path / "out.ipynb").read_text(encoding="utf-8")
    kernel.run(notebook(tmp_path, "name"), {}, tmp_path / "next.ipynb")


def test_a_dead_kernel_is_told_and_replaced(tmp_path: Path, kernel: Kernel) -> None:
    """A killed process fails its own notebook only; the next gets a new kernel."""
    die = f"import os; os.kill(os.getpid(), {int(signal.SIGKILL)})"
    with pytest.raises(ReportError, match="stopped"):
        kernel.run(notebook(tmp_path, die), {}, tmp_path / "out.ipynb")
    node = kernel.run(notebook(tmp_path, "name + 'alive'"), {"name": "still "}, tmp_path / "next.ipynb")
    assert "still alive" in texts(node)


def test_a_kernel_that_cannot_forget_is_stopped(
    tmp_path: Path, kernel: Kernel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If the wipe fails, the next client gets a new kernel, not an old one with names in it."""
    monkeypatch.setattr(engine, "_FORGET", "1 / 0")
    kernel.run(notebook(tmp_path, "secret = name"), {"name": "x"}, tmp_path / "a.ipynb")
    node = kernel.run(notebook(tmp_path, "'secret' in globals()"), {}, tmp_path / "b.ipynb")
    assert "False" in texts(node)


def test_braces_in_a_path_are_a_path(tmp_path: Path, kernel: Kernel) -> None:
    """Papermill formats its output path; a folder called {client} must not break it."""
    out = tmp_path / "Toko {A}" / "out.ipynb"
    out.parent.mkdir()
    kernel.run(notebook(tmp_path, "name"), {"name": "x"}, out)
    assert out.exists()


@pytest.mark.skipif(os.name == "nt", reason="POSIX folders")
def test_home_is_not_needed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A kernel starts where HOME does not exist and no language is set."""
    monkeypatch.setenv("HOME", "/nonexistent")
    for name in ("LANG", "LC_ALL", "XDG_DATA_HOME", "JUPYTER_RUNTIME_DIR"):
        monkeypatch.delenv(name, raising=False)
    with Kernel() as own:
        node = own.run(notebook(tmp_path, "name"), {"name": "Élan"}, tmp_path / "out.ipynb")
    assert "\\u00c9lan" in texts(node)


class Odd:
    """A kernel process that only notes that it was stopped, and may fail at that."""

    def __init__(self, *, fails: bool = False) -> None:
        self.stopped = False
        self.fails = fails

    def is_alive(self) -> bool:
        return True

    def wipe(self) -> bool:
        raise KeyError("wiping")

    def stop(self) -> None:
        self.stopped = True
        if self.fails:
            raise RuntimeError("still here")

    manager = None


@pytest.mark.parametrize("fails", [False, True])
@pytest.mark.parametrize("where", ["run", "wipe"])
def test_after_what_nobody_foresaw_the_next_gets_a_new_kernel(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str, fails: bool
) -> None:
    """Nobody knows what is left in this one: it is stopped and forgotten, even if it does not stop well."""

    def execute(*_: object, **__: object) -> nbformat.NotebookNode:
        if where == "run":
            raise KeyError("running")
        return new_notebook()

    monkeypatch.setattr("papermill.execute_notebook", execute)
    kernel, odd = Kernel(), Odd(fails=fails)
    monkeypatch.setattr(kernel, "_process", odd)
    with pytest.raises((KeyError, RuntimeError)):
        kernel.run(notebook(tmp_path), {}, tmp_path / "out.ipynb")
    assert odd.stopped
    assert kernel._process is None


def test_a_kernel_that_does_not_start_leaves_no_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without room for a process keeps its room for files."""

    def none_left() -> object:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    home = tmp_path / "tmp"
    home.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(home))
    monkeypatch.setattr(engine, "_manager_class", none_left)
    with pytest.raises(BlockingIOError):
        Kernel().run(notebook(tmp_path), {}, tmp_path / "out.ipynb")
    assert list(home.iterdir()) == []
