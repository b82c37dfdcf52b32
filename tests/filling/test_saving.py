"""What cannot be saved is told and kept, and nothing typed is lost."""

import errno
import os
from pathlib import Path
from typing import Any

import pytest
from kit.answers import F, L
from kit.form import Opener
from kit.made import blank

from cxassess.content.reading import Content
from cxassess.document import sitting as sitting_module
from cxassess.document.assessment import Assessment
from cxassess.document.assessmentfile import load_assessment


def _gone(file: Path, _: pytest.MonkeyPatch) -> None:
    file.rename(file.with_suffix(".away"))


def _locked(file: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(os, "access", lambda path, mode: (path, mode) != (file, os.W_OK))


def full(*_: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def _full(_: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(sitting_module, "write_whole", full)


def _held(_: Path, patch: pytest.MonkeyPatch) -> None:
    def held(*_: object) -> None:
        raise PermissionError(errno.EACCES, "in use by another program")

    patch.setattr(sitting_module, "_PAUSES", ())
    patch.setattr(sitting_module, "write_whole", held)


def _broken(_: Path, patch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    patch.setattr(sitting_module, "write_whole", broken)


@pytest.mark.parametrize(
    ("trouble", "word"),
    [
        (_gone, "form-file-gone"),
        (_locked, "form-file-read-only"),
        (_full, "form-disk-full"),
        (_held, "form-file-held"),
        (_broken, "form-unsaved-because"),
    ],
)
def test_what_cannot_be_saved_is_kept_and_told(
    open_: Opener, content: Content, file: Path, trouble: Any, word: str
) -> None:
    """In both languages; changes add up on screen and in the copy, and one retry saves them all."""
    browser, before = open_(blank(content)), file.read_bytes()
    browser.go("inform")
    with pytest.MonkeyPatch.context() as patch:
        trouble(file, patch)
        browser.fill("answers/inform-1", choice="L")
        assert (browser.form.view["unsaved"], browser.form.sitting.assessment) == (True, blank(content))
        assert browser.says(word, what="the system refused it (code EIO)")
        assert browser.says("form-not-saved")
        browser.press("lang", "id")
        assert browser.says(word, what="sistem menolaknya (kode EIO)")
        assert browser.says("form-not-saved")
        browser.fill("answers/inform-2", {"choice": "F", "note.id": "sampel"})
        browser.press("retry")
        assert browser.form.view["unsaved"]
        assert browser.page.all("button", data_do="copy")
        wanted = blank(content).answer("inform-1", L).answer("inform-2", F.model_copy(update={"note": "sampel"}))
        assert browser.value == wanted
        assert Assessment.model_validate_json(browser.form.view["copy"]) == wanted
    (file if file.exists() else file.with_suffix(".away")).rename(file)
    assert file.read_bytes() == before
    browser.press("retry")
    assert load_assessment(file, content) == browser.value == wanted
    assert (browser.form.view["unsaved"], browser.form.view["copy"]) == (False, "")
    assert not browser.says("form-not-saved")
    assert not browser.page.all(id="cx-trouble")


def test_trouble_takes_no_undo(open_: Opener, content: Content, monkeypatch: pytest.MonkeyPatch) -> None:
    """Undo would take back the step before the one that is not saved; where there is none, trouble stays told."""
    browser = open_(blank(content))
    with monkeypatch.context() as patch:
        _full(Path(), patch)
        browser.send("set", "answers/inform-1", {"choice": "L"})
        browser.press("undo")
        assert browser.says("form-disk-full")
        assert browser.form.view["unsaved"]
    browser.press("retry")
    with monkeypatch.context() as patch:
        _full(Path(), patch)
        browser.send("set", "answers/inform-2", {"choice": "F"})
        browser.press("undo")
        assert browser.value.answers == {"inform-1": L, "inform-2": F}
    browser.press("undo")
    assert browser.form.sitting.assessment.answers == {"inform-1": L}


def test_a_history_that_cannot_be_written_is_told(open_: Opener, content: Content, file: Path) -> None:
    """The answer is saved all the same."""
    file.with_name(f".{file.name}.history").write_text("in the way")
    browser = open_(blank(content))
    browser.send("set", "answers/inform-1", {"choice": "L"})
    assert load_assessment(file, content).answers == {"inform-1": L}
    assert browser.says("form-undo-lost")
