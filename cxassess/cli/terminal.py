"""The terminal: where commands print, and paths and commands as one would type them there."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

from rich.console import Console

# Paths must stay whole when output is not a terminal: people copy them.
out = Console(soft_wrap=True, highlight=False, markup=False)
err = Console(stderr=True, soft_wrap=True, highlight=False, markup=False)


def near(path: Path) -> Path:
    """A path as one would type it from here. Links are not followed: a virtual environment is full of them."""
    full, here = path.absolute(), Path.cwd()
    return full.relative_to(here) if full.is_relative_to(here) else full


def quoted(path: Path) -> str:
    """A path as one argument.

    >>> quoted(Path("my work")), quoted(Path("work"))
    ('"my work"', 'work')
    """
    return f'"{path}"' if " " in str(path) else str(path)


def this_program() -> str:
    """This program as one would type it from here, in an environment that is not activated."""
    return quoted(near(Path(sys.argv[0])))


def install_command(*packages: str) -> str:
    """The command that installs packages into the very Python that runs this program, wherever pip itself leads.

    >>> install_command("voila").endswith(" voila")
    True
    """
    python, names = quoted(Path(sys.executable)), " ".join(packages)
    if find_spec("pip"):
        return f"{python} -m pip install {names}"
    return f"uv pip install --python {python} {names}"  # which makes environments without pip
