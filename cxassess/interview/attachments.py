"""Files attached to evidence: one folder beside the assessments, safe names, none written over another."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from cxassess.document.answers import Evidence
from cxassess.document.assessment import Assessment
from cxassess.document.changes import places, put
from cxassess.document.shapes import Place
from cxassess.errors import AssessmentError, Problem
from cxassess.files import locked, slug, write_whole
from cxassess.interview.entries import Values, no_place
from cxassess.opening import shown_in_folder

FOLDER = "attachments"
MOST_MEGABYTES = 50
# What people attach; a program, or a page that runs one, is not among it.
_ENDINGS = (
    *(".pdf", ".txt", ".md", ".rtf", ".csv", ".json", ".xml", ".eml", ".msg", ".zip"),
    *(".doc", ".docx", ".odt", ".xls", ".xlsx", ".ods", ".ppt", ".pptx", ".odp", ".vsdx"),
    *(".key", ".pages", ".numbers", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".heic", ".bmp", ".tif", ".tiff"),
    *(".mp3", ".m4a", ".wav", ".ogg", ".opus", ".amr", ".mp4", ".mov", ".webm", ".3gp"),
)


def folder_of(file: Path) -> Path:
    """The folder of attachments of an assessment file; those beside it share it."""
    return file.with_name(FOLDER)


def sizes(file: Path) -> dict[str, int]:
    """The attachments of an assessment file by name, with their sizes in bytes; none where they cannot be read."""
    with suppress(OSError), os.scandir(folder_of(file)) as entries:
        return {entry.name: entry.stat().st_size for entry in entries if entry.is_file()}
    return {}


def lost(assessment: Assessment, file: Path) -> list[Evidence]:
    """The evidence whose file is not among the attachments."""
    there = sizes(file)
    return [record for record in assessment.evidence if record.file and record.file not in there]


@dataclass
class Upload:
    """A file that comes in pieces: its name where it came from, and its size in bytes. Raises AssessmentError."""

    name: str
    size: int
    data: bytearray = field(default_factory=bytearray)

    def __post_init__(self) -> None:
        if self.size > MOST_MEGABYTES * 1_000_000:
            raise _refused(self.name, "problem-attachment-large", most=MOST_MEGABYTES)
        if _ending(self.name) not in _ENDINGS:
            raise _refused(self.name, "problem-attachment-kind", known=" ".join(_ENDINGS))

    def add(self, start: int, piece: bytes) -> bool:
        """Add the next piece; whether that was the last. Raises AssessmentError where one is missing."""
        if start != len(self.data) or start + len(piece) > self.size or not (piece or start == self.size):
            raise _refused(self.name, "problem-attachment-torn")
        self.data += piece
        return len(self.data) == self.size

    def keep(self, file: Path) -> str:
        """Write it among the attachments of an assessment file, whole or not at all: the name it has there.

        One of the same content is taken for it; one of another content is never written over. Raises OSError,
        AssessmentError.
        """
        folder = folder_of(file)
        with locked(folder):
            for name in _names(self.name):
                path = folder / name
                if not path.exists():
                    write_whole(path, bytes(self.data))
                    return name
                if path.is_file() and path.stat().st_size == self.size and path.read_bytes() == self.data:
                    return name
        raise AssertionError  # there is always another name


def _names(given: str) -> Iterator[str]:
    """Names that a file may have, the plainest first: of what was typed, letters and digits alone.

    >>> names = _names(r"C:\\fakepath\\..\\SOP Kasir (rev).PDF")
    >>> next(names), next(names)
    ('sop-kasir-rev.pdf', 'sop-kasir-rev-2.pdf')
    """
    ending = _ending(given)
    stem = slug(_last_of(given)[: -len(ending)])
    yield stem + ending
    number = 2
    while True:
        yield f"{stem}-{number}{ending}"
        number += 1


def _ending(given: str) -> str:
    return PurePosixPath(_last_of(given)).suffix.lower()


def _last_of(given: str) -> str:
    """The file's own name in what a browser calls it: some put a folder before it."""
    return given.replace("\\", "/").rpartition("/")[2].strip()


def _refused(name: str, key: str, **values: object) -> AssessmentError:
    return AssessmentError("problem-nothing-attached", [Problem(_last_of(name), key, **values)])


# --- what browsers send ---


class Arrivals:
    """The files that are on their way, one a browser."""

    def __init__(self) -> None:
        self._uploads: dict[str, Upload] = {}

    def take(self, client: str, values: Values, data: bytes) -> Upload | None:
        """Take a piece of a file: the file, once it is whole. Raises AssessmentError."""
        name, start = values.get("name", ""), _number(values.get("from"))
        if start == 0:
            self._uploads[client] = Upload(name, _number(values.get("size")))
        upload = self._uploads.get(client) or Upload(name, 0)
        if not upload.add(start, data):
            return None
        del self._uploads[client]
        return upload


def attached(at: Place, upload: Upload, assessment: Assessment, file: Path) -> Assessment:
    """With a file at a piece of evidence, once it lies among the attachments. Raises AssessmentError, OSError."""
    entry = places(assessment).get(at)
    if at[:1] != ("evidence",) or not entry:
        raise no_place(at)
    return put(assessment, {at: {**entry, "file": upload.keep(file)}})


def located(at: Place, assessment: Assessment, file: Path) -> Path:
    """Where the file of a piece of evidence lies; it is shown there, if a screen is there. AssessmentError."""
    names = [record.file for record in assessment.evidence if at == ("evidence", record.key)]
    if not names or not names[0]:
        raise no_place(at)
    path = folder_of(file) / names[0]
    shown_in_folder(path)
    return path


def _number(text: str | None) -> int:
    """A number as the browser wrote it; what is none is no beginning of anything."""
    return int(text) if text and text.isascii() and text.isdecimal() else -1
