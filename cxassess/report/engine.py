"""One kernel that runs notebooks through Papermill, one after another, nothing left from the one before."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from cxassess.errors import Problem, ReportError

if TYPE_CHECKING:
    from nbformat import NotebookNode

CELL_SECONDS = 300
START_SECONDS = 90
_WIPE_SECONDS = 20
# `%reset -f` would keep the inputs, and with them the parameters of the client before.
_FORGET = "get_ipython().reset(new_session=True)"
# Some libraries put a whole data set into an error message.
_MOST_LETTERS = 1_000


class Kernel:
    """A kernel process of one thread. Starting it costs seconds; a report in a started one, less than one.

    Between notebooks the user's names are wiped; imported modules stay, so they must hold nothing of a client.

    >>> with Kernel() as kernel:  # doctest: +SKIP
    ...     kernel.run(Path("report.ipynb"), {"file": "acme.json"}, Path("out.ipynb"))
    """

    def __init__(self) -> None:
        self._process: _Process | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def run(self, template: Path, parameters: dict[str, str], out: Path) -> NotebookNode:
        """Run a notebook with parameters and write it executed, whole or half, to `out`.

        Raises ReportError for a parameter the notebook does not know, a cell that fails or a kernel that dies;
        what had run until then stands in `out`.
        """
        import papermill
        from papermill.exceptions import PapermillException

        self._refuse_unknown(template, parameters)
        process = self._started()
        try:
            node: NotebookNode = papermill.execute_notebook(
                str(template),
                # papermill reads its output path as a format string
                str(out).replace("{", "{{").replace("}", "}}"),
                parameters=parameters,
                km=process.manager,
                progress_bar=False,
                log_output=False,
                # Times of running would make every run of the same report another notebook.
                record_timing=False,
                execution_timeout=CELL_SECONDS,
                start_timeout=START_SECONDS,
            )
        except PapermillException as error:
            self._wipe()
            raise _failed(template, error) from error
        except (RuntimeError, OSError) as error:
            # The kernel died, did not start or hangs: the next job gets a new one.
            self.close()
            raise _failed(template, error) from error
        except BaseException:  # nobody knows what it left behind
            self.close()
            raise
        self._wipe()
        for cell in node.cells:
            if "injected-parameters" in cell.metadata.get("tags", []):
                cell.id = "injected-parameters"  # Papermill's own is random
        return node

    def _wipe(self) -> None:
        """Forget the client; a kernel that cannot is stopped, and the next report gets a new one."""
        wiped = False
        try:
            wiped = self._process is None or self._process.wipe()
        finally:
            if not wiped:
                self.close()

    def close(self) -> None:
        """Stop the kernel. A later run starts a new one."""
        process, self._process = self._process, None
        if process is not None:
            process.stop()

    def _started(self) -> _Process:
        if self._process is None or not self._process.is_alive():
            self.close()
            self._process = _Process()
        return self._process

    @staticmethod
    def _refuse_unknown(template: Path, parameters: dict[str, str]) -> None:
        """Papermill only warns of a parameter that the notebook does not have."""
        import papermill

        known = papermill.inspect_notebook(str(template))
        unknown = [name for name in parameters if name not in known]
        if unknown:
            names, there = ", ".join(unknown), ", ".join(known) or "–"
            problem = Problem(template.name, "problem-no-parameter", names=names, known=there)
            raise ReportError("problem-notebook-refused", [problem], notebook=template.name)


class _Process:
    """A kernel of this very Python, whatever kernels are installed, in a folder of its own.

    The folder makes it work where HOME cannot be written; encryption keeps client data from other users of the
    machine. It is asynchronous because nbclient sees the death of no other: a blocking client waits for ever.
    """

    def __init__(self) -> None:
        self.home = tempfile.mkdtemp(prefix="cxassess-kernel-")
        try:
            self.manager = self._start()
        except BaseException:
            shutil.rmtree(self.home, ignore_errors=True)
            raise

    def _start(self) -> Any:  # noqa: ANN401 - a manager, as below
        from jupyter_client.kernelspec import KernelSpecManager

        manager = _manager_class()(
            kernel_name="python3",
            # No folder is searched: what remains is ipykernel's own kernel, run by this very Python.
            kernel_spec_manager=KernelSpecManager(kernel_dirs=[]),
            connection_file=str(Path(self.home) / "kernel.json"),
            transport_encryption="required",
        )
        environment = {**os.environ, "IPYTHONDIR": self.home}
        # Its own folder is its current one too: a `babel.py` lying in a client's folder is not imported.
        _now(manager.start_kernel, env=environment, cwd=self.home)
        return manager

    def is_alive(self) -> bool:
        return bool(_now(self.manager.is_alive))

    def wipe(self) -> bool:
        """Forget the names, inputs and results of the notebook that ran; whether that worked."""
        if self.manager.last is None:
            return True
        try:
            reply = _now(self.manager.last.execute_interactive, _FORGET, silent=True, timeout=_WIPE_SECONDS)
        except (TimeoutError, RuntimeError):
            return False
        self._let_go()
        return bool(reply["content"]["status"] == "ok")

    def stop(self) -> None:
        try:
            self._let_go()
            _now(self.manager.shutdown_kernel, now=True)
            _now(self.manager.cleanup_resources)
        finally:
            shutil.rmtree(self.home, ignore_errors=True)

    def _let_go(self) -> None:
        if self.manager.last is not None:
            self.manager.last.stop_channels()
            self.manager.last = None


def _manager_class() -> Any:  # noqa: ANN401 - made here, because its base class is slow to import
    from jupyter_client.manager import AsyncKernelManager

    class Manager(AsyncKernelManager):
        """Holds on to the client it gave last: nbclient leaves it open, and its sockets with it."""

        last: Any = None

        def client(self, **kwargs: object) -> Any:  # noqa: ANN401 - a client of jupyter_client
            self.last = super().client(**kwargs)
            return self.last

    return Manager


def _now(ask: Callable[..., Any], *args: object, **named: object) -> Any:  # noqa: ANN401 - what jupyter answers
    """Ask an asynchronous manager or client and wait for the answer, on this thread's own event loop."""
    from jupyter_core.utils import run_sync

    return run_sync(ask)(*args, **named)


def _failed(template: Path, error: Exception) -> ReportError:
    name, value = getattr(error, "ename", type(error).__name__), str(getattr(error, "evalue", error))
    reason = value.strip()[:_MOST_LETTERS]
    problem = Problem(template.name, "problem-cell-stopped", error=name, reason=reason)
    return ReportError("problem-notebook-stopped", [problem], notebook=template.name)
