"""How files are named, written and held."""

import os
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import given
from hypothesis import strategies as st

from cxassess import files
from cxassess.errors import AssessmentError, Problem
from cxassess.files import locked, slug, write_together, write_whole


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
    with pytest.raises(OSError, match="No space left") as caught:
        write_whole(file, b"new")
    assert caught.value.filename == str(file)
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]


def test_written_files_can_be_read_by_colleagues(tmp_path: Path) -> None:
    """The umask decides, not the temporary file's private mode; an existing mode is kept."""
    write_whole(tmp_path / "new", b"")
    (tmp_path / "plain").touch()
    assert (tmp_path / "new").stat().st_mode == (tmp_path / "plain").stat().st_mode
    (tmp_path / "new").chmod(0o600)
    write_whole(tmp_path / "new", b"x")
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o600


def test_files_that_belong_together_are_written_together(tmp_path: Path) -> None:
    """When the second cannot be written, or a folder is in its place, the first stays as it was."""
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "b").touch()
    (tmp_path / "d").mkdir()
    for second in (tmp_path / "b" / "c", tmp_path / "d"):
        with pytest.raises(OSError):
            write_together({tmp_path / "a": b"new", second: b"new"})
    assert (tmp_path / "a").read_bytes() == b"old"
    assert len(list(tmp_path.iterdir())) == 3


def test_other_scripts_keep_their_words() -> None:
    """Two names that differ only in their vowel signs are two file names."""
    assert slug("हिन्दी") != slug("हिन्दू")


def refused(file: Path) -> list[Problem]:
    with pytest.raises(AssessmentError) as caught, locked(file):
        pass
    return caught.value.problems


def test_a_file_that_another_holds_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One writes at a time; who waits too long hears what to do. A lock is free again when its block ends."""
    monkeypatch.setattr(files, "_LOCK_SECONDS", 0.05)
    file = tmp_path / "deep" / "a.json"
    with locked(file):
        assert refused(file) == [Problem(str(file), "problem-held")]
    with locked(file):
        pass


def test_a_disk_that_cannot_lock_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some network disks cannot; two people would overwrite each other there."""

    def cannot(lock: FileLock, **_: object) -> None:
        raise NotImplementedError

    monkeypatch.setattr(FileLock, "acquire", cannot)
    assert refused(tmp_path / "a.json") == [Problem(str(tmp_path / "a.json"), "problem-no-locks")]
