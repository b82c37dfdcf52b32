"""A file, and somebody who opens it."""

from pathlib import Path

import pytest
from kit.made import blank
from kit.sittings import Clock, Open

from cxassess.content.reading import Content
from cxassess.document.assessmentfile import save_assessment
from cxassess.document.sitting import Sitting


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def file(tmp_path: Path, content: Content) -> Path:
    save_assessment(blank(content), tmp_path / "acme.json")
    return tmp_path / "acme.json"


@pytest.fixture
def open_(file: Path, content: Content, clock: Clock) -> Open:
    """Opens the file, as Sari unless told otherwise."""
    return lambda who="sari": Sitting.open(file, content, who=who, clock=clock)
