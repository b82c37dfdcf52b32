"""Kernels that Jupyter finds where a test puts them."""

import json
import sys
from pathlib import Path

import pytest


def kernel_of(python: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a kernel of another Python before ours."""
    spec = folder / "kernels" / "python3"
    spec.mkdir(parents=True)
    packages = next(path for path in sys.path if path.endswith("site-packages"))
    kernel = {
        "argv": [str(python), "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        "display_name": "Other",
        "language": "python",
        "env": {"PYTHONPATH": packages},
    }
    (spec / "kernel.json").write_text(json.dumps(kernel), encoding="utf-8")
    monkeypatch.setenv("JUPYTER_PATH", str(folder))
    return spec
