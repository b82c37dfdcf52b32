"""Why a file could not be written: what a person can do something about comes first."""

import errno
from pathlib import Path

import pytest

from cxassess.filling.unsaved import unsaved


@pytest.mark.parametrize(
    ("error", "word"),
    [
        (OSError(errno.ENOSPC, "full"), "form-disk-full"),
        (OSError(errno.EDQUOT, "quota"), "form-disk-full"),
        (PermissionError(errno.EACCES, "held"), "form-file-held"),
        (OSError(errno.EIO, "broken"), "form-unsaved-because"),
    ],
)
def test_the_reason_is_a_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, word: str) -> None:
    """Of a file that is there; one that is gone or locked is so, whatever the system says."""
    file = tmp_path / "a.json"
    assert unsaved(error, file) == "form-file-gone"
    file.write_text("{}", encoding="utf-8")
    assert unsaved(error, file) == word
    monkeypatch.setattr("os.access", lambda path, mode: False)
    assert unsaved(error, file) == "form-file-read-only"
