"""Where things are and how files are named and written."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxassess.paths import open_or_example, slug, write_whole


@given(st.text(max_size=300))
def test_any_name_makes_a_safe_file_name(name: str) -> None:
    """One path part, never hidden, never empty, never reserved, short enough for every file system."""
    safe = slug(name)
    assert safe
    assert Path(safe).name == safe
    assert not set(safe) & set('/\\:*?"<>|{}. \0')
    assert len(safe.encode()) <= 81
    assert safe.split(".")[0].upper() not in {"CON", "PRN", "AUX", "NUL", "COM1", "LPT1"}


def test_hostile_client_name() -> None:
    """The name of the issue: it leaves only letters and digits."""
    assert slug('Toko {A}/..\\"<img src=x onerror=alert(1)>') == "toko-a-img-src-x-onerror-alert-1"


def test_writing_is_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the disk refuses, the old file stands and nothing is left beside it."""
    file = tmp_path / "a.json"
    write_whole(file, b"old")

    def full(fd: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_whole(file, b"new")
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]


def test_written_files_can_be_read_by_colleagues(tmp_path: Path) -> None:
    """The umask decides, not the temporary file's private mode; an existing mode is kept."""
    before = os.umask(0o022)
    try:
        write_whole(tmp_path / "new", b"")
        assert (tmp_path / "new").stat().st_mode & 0o777 == 0o644
        (tmp_path / "new").chmod(0o600)
        write_whole(tmp_path / "new", b"x")
        assert (tmp_path / "new").stat().st_mode & 0o777 == 0o600
    finally:
        os.umask(before)


def test_an_example_is_opened_as_a_copy() -> None:
    """Nobody overwrites a shipped example."""
    copy = open_or_example("")
    copy.write_text("{}")
    assert open_or_example("").read_text() != "{}"
