"""The program as it is typed, in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

PROGRAM = "from cxassess.cli.commands import main; main()"


def cxassess(*words: str, cwd: Path, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder, in a bare environment."""
    # A checkout that is not installed can be tested, too.
    bare = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, *words],
        cwd=cwd,
        env={**bare, "COLUMNS": "160", **(env or {})},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
