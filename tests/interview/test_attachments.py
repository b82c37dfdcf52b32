"""Attachments: whole or not at all, under safe names, none over another; what is lost is known."""

import os
import re
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kit.answers import CHAT, PAPER
from kit.made import blank

from cxassess.batch.planning import find_assessments
from cxassess.content.reading import Content
from cxassess.document.answers import Evidence
from cxassess.errors import AssessmentError
from cxassess.interview import attachments
from cxassess.interview.attachments import MOST_MEGABYTES, Upload, folder_of, lost, sizes

HOSTILE = [
    *("../../evil.pdf", "C:\\..\\x.PDF", "CON.pdf", "....pdf", "<img src=x>.pdf"),
    *("a\x00b.pdf", "é😀-\u202e.pdf", "-.pdf"),
]


def sent(name: str, data: bytes, *, piece: int = 3) -> Upload:
    """A file that came in pieces."""
    upload, start = Upload(name, len(data)), 0
    while not upload.add(start, data[start : start + piece]):
        start += piece
    return upload


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_harmless(tmp_path: Path, name: str) -> None:
    """The file lies in the folder of attachments, and its name may stand in evidence."""
    kept = sent(name, b"x").keep(tmp_path / "a.json")
    assert [path.name for path in (tmp_path / "attachments").iterdir()] == [kept]
    assert Evidence(key="E-01", kind="document", source="a", file=kept).file == kept


@given(st.text(max_size=300))
def test_any_name_is_safe_or_refused(name: str) -> None:
    """No separator, no hidden file, nothing that Windows refuses, not too long."""
    try:
        upload = Upload(name, 0)
    except AssessmentError as error:
        assert error.problems
        return
    for made in islice(attachments._names(upload.name), 3):
        assert re.fullmatch(r"[^/\\:.\x00-\x1f]+\.[a-z0-9]+", made)
        assert len(made.encode()) <= 100


def test_nothing_is_written_over(tmp_path: Path) -> None:
    """Another content is another name; the same content is the same file."""
    file = tmp_path / "a.json"
    names = [sent("SOP Kasir.pdf", data).keep(file) for data in (b"one", b"two", b"one", b"two", b"thr")]
    assert names == ["sop-kasir.pdf", "sop-kasir-2.pdf", "sop-kasir.pdf", "sop-kasir-2.pdf", "sop-kasir-3.pdf"]
    assert sizes(file) == dict.fromkeys(["sop-kasir.pdf", "sop-kasir-2.pdf", "sop-kasir-3.pdf"], 3)
    assert (tmp_path / "attachments" / "sop-kasir.pdf").read_bytes() == b"one"


def test_a_folder_in_the_way_is_passed_by(tmp_path: Path) -> None:
    """Whatever stands there under that name."""
    (tmp_path / "attachments" / "x.pdf").mkdir(parents=True)
    assert sent("x.pdf", b"x").keep(tmp_path / "a.json") == "x-2.pdf"


@pytest.mark.parametrize(("start", "piece"), [(3, b"d"), (1, b"bc"), (2, b"cde"), (2, b""), (-1, b"c")])
def test_what_does_not_come_whole_is_refused(start: int, piece: bytes) -> None:
    """A piece that is missing, comes twice, is too long, or is empty."""
    upload = Upload("x.pdf", 4)
    assert not upload.add(0, b"ab")
    with pytest.raises(AssessmentError, match="complete"):
        upload.add(start, piece)


def test_an_empty_file_is_one(tmp_path: Path) -> None:
    """It has one piece, of nothing."""
    assert sent("x.txt", b"").keep(tmp_path / "a.json") == "x.txt"


@pytest.mark.parametrize(
    ("name", "size"),
    [("x.exe", 1), ("x", 1), (".pdf", 1), ("x.html", 1), ("x.pdf", MOST_MEGABYTES * 1_000_001)],
)
def test_programs_and_giants_are_refused(name: str, size: int) -> None:
    """Before a byte is written."""
    with pytest.raises(AssessmentError, match=r"attached|larger"):
        Upload(name, size)


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whole or not at all."""

    def full(_: int) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="full"):
        sent("x.pdf", b"x").keep(tmp_path / "a.json")
    assert list((tmp_path / "attachments").iterdir()) == []


def test_what_is_lost_is_known(tmp_path: Path, content: Content) -> None:
    """Evidence whose file is gone, or was never there."""
    file = tmp_path / "a.json"
    kept = sent("x.pdf", b"x").keep(file)
    there, gone = (PAPER.model_copy(update={"file": kept}), CHAT.model_copy(update={"file": "y.pdf"}))
    assessment = blank(content, evidence=(there, gone))
    assert lost(assessment, file) == [gone]
    (folder_of(file) / kept).unlink()
    assert lost(assessment, file) == [there, gone]


def test_an_attachment_is_no_assessment(tmp_path: Path) -> None:
    """A batch passes by what is attached, even where it is called .json."""
    sent("x.json", b"{}").keep(tmp_path / "a.json")
    (tmp_path / "a.json").write_text("{}", encoding="utf-8")
    assert find_assessments([tmp_path]) == [tmp_path / "a.json"]
