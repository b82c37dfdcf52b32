"""The journal beside an assessment file: who changed what and when, and the first version of each day."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from cxassess.document.assessment import FORMAT
from cxassess.document.shapes import Json, Place
from cxassess.document.upgrades import format_of, upgraded_changes
from cxassess.files import slug, write_whole

# How much is kept: steps of each person, and days with a save.
_STEPS = 200
_DAYS = 14

Changes = dict[Place, tuple[Json, Json]]
Kind = Literal["save", "undo", "redo"]


class Step(BaseModel):
    """A line of the journal: each place that was changed, what stood there, and what stood there then.

    `format` is that of the file then; lines of format 1 do not say it. One of a newer format is no step here.
    """

    model_config = ConfigDict(frozen=True)

    format: int = Field(default=1, ge=1, le=FORMAT)
    at: AwareDatetime
    who: str
    kind: Kind
    changes: tuple[tuple[Place, Json, Json], ...]

    def by_place(self) -> Changes:
        """What stood in each place, and what then."""
        return {place: (was, became) for place, was, became in self.changes}


def _step(at: datetime, who: str, kind: Kind, changes: Mapping[Place, tuple[Json, Json]]) -> Step:
    listed = tuple((place, *values) for place, values in changes.items())
    return Step(format=FORMAT, at=at, who=who, kind=kind, changes=listed)


class History:
    """The hidden folder beside a file: a journal for each person, and the first version of each day.

    A journal of one's own loses no step to busier people, and sync clients meet no two writers of it. What is
    private stands here as in the file, so it is open to those to whom the file is. That the history cannot be
    written never keeps an answer from being saved.
    """

    def __init__(self, file: Path, who: str = "") -> None:
        self.file = file
        self.who = who
        self.folder = file.with_name(f".{file.name}.history")
        self.journal = self.folder / f"{slug(who)}.jsonl"
        # Steps that could not be written: undo still knows of them while the sitting lasts.
        self._waiting: list[Step] = []

    def steps(self) -> list[Step]:
        """Every step of this person that can be read, the oldest first."""
        return [*_steps(self.journal), *self._waiting]

    def everyones(self) -> list[Step]:
        """Every step of everyone that can be read, the oldest first."""
        read: list[Step] = []
        with suppress(OSError):  # no drive, no history to show
            for journal in self.folder.glob("*.jsonl"):
                with suppress(OSError):  # a colleague's may be closed to us
                    read += _steps(journal)
        return sorted([*read, *self._waiting], key=lambda step: step.at)

    def add(self, kind: Kind, changes: Mapping[Place, tuple[Json, Json]], at: datetime) -> bool:
        """Add a step to the journal. Whether it is on disk; else it is kept, and written with the next."""
        self._waiting = [*self._waiting, _step(at, self.who, kind, changes)][-_STEPS:]
        new = [one.model_dump_json().encode() for one in self._waiting]
        try:
            old = self.journal.read_bytes().splitlines() if self.journal.exists() else []
            self._write(self.journal, b"\n".join([*old, *new][-_STEPS:]) + b"\n")
        except OSError:
            return False
        self._waiting = []
        return True

    def keep_first(self, day: date, data: bytes) -> bool:
        """Keep what the file held before a day's first save, for fourteen days with one. Whether it is on disk."""
        copy = self.folder / f"{self.file.stem}.{day}.json"
        try:
            if not copy.exists():
                self._write(copy, data)
                for old in sorted(self.folder.glob("*.????-??-??.json"))[:-_DAYS]:
                    old.unlink()
        except OSError:
            return False
        return True

    def keep_format(self, data: bytes) -> bool:
        """Keep what the file held for good, if it is of an earlier format. Whether nothing is left to be kept."""
        number = format_of(data)
        if number is None or number >= FORMAT:
            return True
        names = (f"{self.file.stem}.format-{number}.{count}.json" for count in itertools.count(1))
        try:
            # A file may come in an earlier format more than once: somebody puts an old copy back.
            kept = {copy.name: copy.read_bytes() for copy in self.folder.glob(f"*.format-{number}.*.json")}
            if data not in kept.values():
                self._write(self.folder / next(name for name in names if name not in kept), data)
        except OSError:
            return False
        return True

    def bookmark(self) -> str:
        """Where this person was, as `keep_bookmark` was told; empty where nothing is known."""
        with suppress(OSError, UnicodeDecodeError):
            return self._bookmark.read_text(encoding="utf-8")
        return ""

    def keep_bookmark(self, text: str) -> None:
        """Keep where this person is. That it cannot be kept troubles nobody."""
        with suppress(OSError):
            self._write(self._bookmark, text.encode())

    @property
    def _bookmark(self) -> Path:
        return self.folder / f"{slug(self.who)}.bookmark.json"

    def _write(self, path: Path, data: bytes) -> None:
        mode = self.file.stat().st_mode & 0o777
        self.folder.mkdir(mode=0o700, exist_ok=True)
        _set_mode(self.folder, mode | (mode & 0o444) >> 2)
        for part in self.folder.glob(".*.part"):
            part.unlink()  # a killed writer's: only who holds the file writes here
        write_whole(path, data)
        _set_mode(path, mode)


def _steps(journal: Path) -> list[Step]:
    read = []
    for line in journal.read_bytes().splitlines() if journal.exists() else ():
        with suppress(ValueError):  # torn by a sync client, or by hand
            read.append(_upgraded(Step.model_validate_json(line)))
    return read


def _upgraded(step: Step) -> Step:
    """A step as it would be written now. Raises ValueError where it changed what never could be."""
    if step.format == FORMAT:
        return step
    changes = upgraded_changes(step.by_place(), format=step.format)
    return _step(step.at, step.who, step.kind, changes)


def _set_mode(path: Path, mode: int) -> None:
    if path.stat().st_mode & 0o777 != mode:
        path.chmod(mode)
