"""Paths and commands as one would type them."""

from pathlib import Path

import pytest

from cxassess.cli import terminal
from cxassess.cli.terminal import install_command, near, this_program


def test_a_path_is_said_as_one_would_type_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From here where it is below, else in full; a link stays what it is called."""
    here = tmp_path / "here"
    here.mkdir()
    (here / "link").symlink_to(tmp_path)
    monkeypatch.chdir(here)
    assert near(here / "a.json") == near(Path("a.json")) == Path("a.json")
    assert near(here / "link" / "a.json") == Path("link/a.json")
    assert near(tmp_path / "a.json") == tmp_path / "a.json"


def test_the_program_is_called_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In an environment that is not activated, its name alone would not be found."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(terminal.sys, "argv", [str(tmp_path / "my env" / "cxassess"), "init"])
    assert this_program() == '"my env/cxassess"'


def test_a_package_is_installed_where_the_program_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """By the program's own Python; in an environment without pip, by the one that makes such."""
    monkeypatch.setattr(terminal.sys, "executable", "/my env/python")
    assert install_command("a", "b") == '"/my env/python" -m pip install a b'
    monkeypatch.setattr(terminal, "find_spec", lambda name: None)
    assert install_command("a") == 'uv pip install --python "/my env/python" a'
