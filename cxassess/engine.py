"""One kernel that runs notebooks through Papermill, one after another, nothing left from the one before."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from cxassess.errors import Problem, ReportError

if TYPE_CHECKING:
    from jupyter_client.manager import KernelManager
    from nbformat import NotebookNode

CELL_SECONDS = 300
START_SECONDS = 90
# Some libraries put a whole data set into an error message.
_MOST_LETTERS = 1_000


class Kernel:
    """A kernel process of one thread. Starting it costs seconds; a report in a started one, less than one.

    Between notebooks the user's names are wiped; imported modules stay, so they must hold nothing of a client.

    >>> with Kernel() as kernel:  # doctest: +SKIP
    ...     kernel.run(Path("report.ipynb"), {"file": "acme.json"}, Path("out.ipynb"))
    """

    def __init__(self) -> None:
        self._manager: KernelManager | None = None
        self._home = ""

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
        manager = self._started()
        try:
            self._wipe(manager)
            node: NotebookNode = papermill.execute_notebook(
                str(template),
                # papermill reads its output path as a format string
                str(out).replace("{", "{{").replace("}", "}}"),
                parameters=parameters,
                km=manager,
                progress_bar=False,
                log_output=False,
                execution_timeout=CELL_SECONDS,
                start_timeout=START_SECONDS,
            )
        except PapermillException as error:
            raise _failed(template, error) from error
        except (RuntimeError, OSError, TimeoutError) as error:
            # The kernel died or did not start: the next job gets a new one.
            self.close()
            raise _failed(template, error) from error
        return node

    def close(self) -> None:
        """Stop the kernel and remove its folder. A later run starts a new one."""
        if self._manager is not None:
            self._manager.shutdown_kernel(now=True)
            self._manager.cleanup_resources()
            shutil.rmtree(self._home, ignore_errors=True)
            self._manager = None

    def _started(self) -> KernelManager:
        if self._manager is None or not self._manager.is_alive():
            self.close()
            self._manager = self._start()
        return self._manager

    def _start(self) -> KernelManager:
        """A kernel of this very Python, whatever kernels are installed, in a folder of its own.

        The folder makes it work where HOME cannot be written; encryption keeps client data from other
        users of the machine.
        """
        from jupyter_client.manager import KernelManager

        self._home = tempfile.mkdtemp(prefix="cxassess-kernel-")
        manager = KernelManager(
            kernel_name="python3",
            connection_file=str(Path(self._home) / "kernel.json"),
            transport_encryption="required",
        )
        environment = {**os.environ, "IPYTHONDIR": self._home, "JUPYTER_PREFER_ENV_PATH": "1"}
        manager.start_kernel(env=environment)
        return manager

    def _wipe(self, manager: KernelManager) -> None:
        client = manager.blocking_client()
        client.start_channels()
        try:
            client.wait_for_ready(timeout=START_SECONDS)
            client.execute_interactive("%reset -f", silent=True, timeout=CELL_SECONDS)
        finally:
            client.stop_channels()

    @staticmethod
    def _refuse_unknown(template: Path, parameters: dict[str, str]) -> None:
        """Papermill only warns of a parameter that the notebook does not have."""
        import papermill

        known = papermill.inspect_notebook(str(template))
        unknown = [name for name in parameters if name not in known]
        if unknown:
            what = f"has no parameter {', '.join(unknown)}; it knows {', '.join(known) or 'none'}"
            raise ReportError(f"{template.name} cannot be run", [Problem(template.name, what)])


def _failed(template: Path, error: Exception) -> ReportError:
    name, value = getattr(error, "ename", type(error).__name__), str(getattr(error, "evalue", error))
    what = f"stopped with {name}: {value.strip()[:_MOST_LETTERS]}"
    return ReportError(f"{template.name} stopped", [Problem(template.name, what)])
