"""What the tests of an interview share."""

from pathlib import Path

import pytest
from kit.form import Opener, opener

from cxassess.content.reading import Content


@pytest.fixture
def open_(tmp_path: Path, content: Content) -> Opener:
    return opener(tmp_path, content)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "acme.json"
