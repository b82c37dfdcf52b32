"""A file comes to its evidence in pieces; only what is whole and saved is acknowledged."""

from pathlib import Path

import pytest
from kit.answers import CHAT, PAPER
from kit.form import Opener
from kit.made import blank

from cxassess.content.reading import Content
from cxassess.document.assessmentfile import load_assessment
from cxassess.filling.edits import Event
from cxassess.interview import attachments


def sent(at: str, name: str, start: int, data: bytes, size: int) -> Event:
    """A piece of a file from a browser."""
    values = {"name": name, "size": str(size), "from": str(start)}
    return Event(do="attach", at=tuple(at.split("/")), values=values, client="c", data=data)


def test_a_file_is_attached(open_: Opener, content: Content, tmp_path: Path) -> None:
    """With the last piece it lies beside the assessment, and the evidence names it; undo lets go of it."""
    browser = open_(blank(content, evidence=(PAPER,)))
    browser.form.take(sent("evidence/E-01", "SOP.pdf", 0, b"ab", 3))
    assert not (tmp_path / "attachments").exists()
    assert browser.value.evidence[0].file is None
    browser.form.take(sent("evidence/E-01", "SOP.pdf", 2, b"c", 3))
    assert load_assessment(tmp_path / "acme.json", content).evidence[0].file == "sop.pdf"
    assert (tmp_path / "attachments" / "sop.pdf").read_bytes() == b"abc"
    browser.press("undo")
    assert browser.value.evidence == (PAPER,)


@pytest.mark.parametrize(
    ("at", "name", "start", "data", "size"),
    [
        ("evidence/E-01", "x.exe", 0, b"a", 1),
        ("evidence/E-01", "x.pdf", 1, b"a", 2),
        ("evidence/E-01", "x.pdf", 0, b"ab", 1),
        ("evidence/E-01", "x.pdf", 0, b"", 9),
        ("evidence/E-09", "x.pdf", 0, b"a", 1),
        ("answers/inform-1", "x.pdf", 0, b"a", 1),
        ("", "x.pdf", 0, b"a", 1),
    ],
)
def test_what_cannot_be_attached_is_told(
    open_: Opener, content: Content, tmp_path: Path, at: str, name: str, start: int, data: bytes, size: int
) -> None:
    """Nothing is written, the evidence stays, and the person is told."""
    browser = open_(blank(content, evidence=(PAPER,)))
    browser.form.take(sent(at, name, start, data, size))
    assert browser.form.view["refused"]
    assert browser.value.evidence == (PAPER,)
    assert not (tmp_path / "attachments").exists()


def test_a_file_lies_somewhere(
    open_: Opener, content: Content, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its path is told in words, and shown where there is a screen; other evidence has none."""
    shown: list[Path] = []
    monkeypatch.setattr(attachments, "shown_in_folder", shown.append)
    browser = open_(blank(content, evidence=(PAPER.model_copy(update={"file": "sop.pdf"}), CHAT)))
    browser.send("locate", "evidence/E-01")
    path = tmp_path / "attachments" / "sop.pdf"
    assert browser.says("form-attachment-at", path=path)
    browser.send("locate", "evidence/E-02")
    assert browser.form.view["refused"]
    assert shown == [path]
