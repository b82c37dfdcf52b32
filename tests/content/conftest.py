"""What the tests of content share."""

import shutil
from pathlib import Path

import pytest

from cxassess.places import content_dir


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped content, to be spoilt."""
    return Path(shutil.copytree(content_dir(), tmp_path / "content"))
