"""A workspace with a few assessments, and a desk over it without a browser."""

import shutil
from pathlib import Path

import pytest

from cxassess.desk.desk import Desk
from cxassess.places import examples_dir
from cxassess.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Two companies, in folders of their own."""
    for name in ("kopi-lereng", "polderfiets"):
        folder = tmp_path / "assessments" / name
        folder.mkdir(parents=True)
        shutil.copy(examples_dir() / f"{name}.json", folder / "2026-11-28.json")
    (tmp_path / "workspace.yaml").write_text('name: "Konsultan Arumdalu"\nlanguage: en\n', encoding="utf-8")
    return Workspace.load(tmp_path)


@pytest.fixture
def desk(workspace: Workspace) -> Desk:
    """The desk of that workspace, in English."""
    return Desk(workspace)
