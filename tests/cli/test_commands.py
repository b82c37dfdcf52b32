"""The command line as a whole: every command is there, and README names it."""

import re
from pathlib import Path

import typer
from kit.places import ROOT
from kit.program import cxassess

from cxassess.cli.commands import app
from cxassess.places import examples_dir

CAFE = str(examples_dir() / "kopi-lereng.json")
COMMANDS = set(typer.main.get_command(app).commands)  # type: ignore[attr-defined]  # a group of commands


def test_the_readme_names_every_command_and_no_other() -> None:
    """A command is its function and a line of README.md; what README.md says to type can be typed."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"(?<!from )(?<!-n )cxassess ([a-z]+)\b", text)) == COMMANDS


def test_help_lists_every_command(tmp_path: Path) -> None:
    """Whatever family it is of."""
    listed = re.findall(r"^  ([a-z]+)  ", cxassess("--help", cwd=tmp_path).stdout, re.MULTILINE)
    assert set(listed) == COMMANDS and len(listed) == len(COMMANDS) >= 11


def test_a_poor_terminal_is_enough(tmp_path: Path) -> None:
    """ASCII only, no HOME: letters it cannot show are replaced, nothing stops."""
    env = {"PYTHONIOENCODING": "ascii", "HOME": "/nonexistent", "LC_ALL": "C"}
    assert cxassess("score", CAFE, "--lang", "id", cwd=tmp_path, env=env).returncode == 0
