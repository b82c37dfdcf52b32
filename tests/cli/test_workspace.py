"""A workspace from the command line: laid out once, never over what is there, never in git."""

import shutil
import subprocess
from pathlib import Path

import pytest
from kit.program import cxassess

from cxassess.cli.workspace import lay_out
from cxassess.errors import CxError
from cxassess.places import examples_dir
from cxassess.workspace import Workspace, settings_text

LAID_OUT = {".gitignore", "assessments", "examples", "notebooks", "reports", "workspace.yaml"}


def test_init_lays_out_a_workspace_once(tmp_path: Path) -> None:
    """Settings, notebooks, examples and two empty folders; the second time every name in the way is told."""
    assert cxassess("init", "work", cwd=tmp_path).returncode == 0
    assert {path.name for path in (tmp_path / "work").iterdir()} == LAID_OUT
    work = Workspace.load(tmp_path / "work")
    assert (work.name, work.brand, work.reports.name, work.lang) == ("work", None, "reports", "id")
    again = cxassess("init", "work", cwd=tmp_path)
    assert again.returncode == 1
    for name in ("workspace.yaml", "notebooks", "examples"):
        told = f"{Path('work') / name}: stands already; move it away, or name a new folder"
        assert told in again.stderr


def test_a_brand_is_checked_before_anything_is_written(tmp_path: Path) -> None:
    """And named from the workspace, wherever the command was typed."""
    (tmp_path / "broken.yaml").write_text("name: yes\n")
    refused = cxassess("init", "work", "--brand", "broken.yaml", cwd=tmp_path)
    assert "broken.yaml:1 name" in refused.stderr
    assert not (tmp_path / "work").exists()
    shutil.copytree(examples_dir() / "brand", tmp_path / "look")
    words = ("--brand", "look/brand.yaml", "--lang", "en", "--name", 'A "B" \\ {x} $y é')
    assert cxassess("init", "work", *words, cwd=tmp_path).returncode == 0
    work = Workspace.load(tmp_path / "work")
    assert (work.name, work.brand, work.lang) == ('A "B" \\ {x} $y é', tmp_path / "look" / "brand.yaml", "en")


def test_a_folder_of_assessments_becomes_a_workspace(tmp_path: Path) -> None:
    """What lies there is not touched, and git is left to whoever uses it there."""
    mine = tmp_path / "assessments" / "acme" / "2026-01-01.json"
    mine.parent.mkdir(parents=True)
    mine.write_text("mine")
    (tmp_path / ".gitignore").write_text("*.pdf\n")
    lay_out(tmp_path, settings_text("A"))
    assert {path.name for path in tmp_path.iterdir()} == LAID_OUT
    assert (mine.read_text(), (tmp_path / ".gitignore").read_text()) == ("mine", "*.pdf\n")


@pytest.mark.parametrize("name", ["notebooks", "examples", "workspace.yaml", "assessments", "reports"])
def test_what_is_in_the_way_is_left_alone(tmp_path: Path, name: str) -> None:
    """Nothing is written beside it."""
    (tmp_path / name).touch()
    with pytest.raises(CxError, match=f"{name}: stands already"):
        lay_out(tmp_path, settings_text("A"))
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_workspace_in_a_clone_is_not_seen_by_git(tmp_path: Path) -> None:
    """Clients' data cannot be committed by mistake, whatever is laid down later."""
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    lay_out(tmp_path / "work", settings_text("A"))
    (tmp_path / "work" / "assessments" / "a.json").touch()
    done = subprocess.run(["git", "status", "--short"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout == ""
