"""One person's work on one file: saved whole, merged with what others saved, undone, and dated."""

from __future__ import annotations

import getpass
import os
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import NamedTuple, Self

from cxassess.content.reading import Content
from cxassess.document.assessment import Assessment
from cxassess.document.assessmentfile import dumps, load_assessment
from cxassess.document.changes import Clash, Merge, changed, merged, places, reverted
from cxassess.document.checking import check_assessment
from cxassess.document.history import Changes, History, Kind, Step
from cxassess.document.shapes import Json, Place
from cxassess.errors import AssessmentError, Problem
from cxassess.files import locked, stamp_of, write_whole

# A sync client or a virus scanner holds a file for a moment, and Windows then refuses to replace it.
_PAUSES = (0.05, 0.1, 0.2, 0.3, 0.35)


@dataclass(frozen=True, kw_only=True)
class Saved(Merge):
    """What is on disk now. `undo_kept`: whether its history is, too, and will be there after reopening."""

    at: datetime
    undo_kept: bool = True


class Before(NamedTuple):
    """What stood in a place before its last change, and when and by whom it was changed."""

    value: Json
    at: datetime
    who: str


class Sitting:
    """One person's work on one assessment file, which others may change meanwhile.

    `assessment` is what the file holds as far as this sitting knows: all that was acknowledged is in it. A
    form makes its next change from `Saved.assessment`, never from what it sent: theirs would be taken back.
    """

    def __init__(
        self, path: Path, content: Content, assessment: Assessment, *, who: str, clock: Callable[[], datetime]
    ) -> None:
        self.path = path
        self.content = content
        self.assessment = assessment
        self._clock = clock
        self._stamp: tuple[int, ...] = ()  # of the file, when it was last looked at
        self._history = History(path, who)

    @classmethod
    def open(
        cls, path: Path | str, content: Content, *, who: str = "", clock: Callable[[], datetime] = datetime.now
    ) -> Self:
        """Begin with what the file holds. `who` tells whose changes undo takes back. Raises AssessmentError."""
        path = Path(path).resolve()
        return cls(path, content, load_assessment(path, content), who=who or _user(), clock=clock)

    @property
    def history(self) -> History:
        """What is kept beside the file: journals, first versions, and where each person was."""
        return self._history

    def save(self, new: Assessment) -> Saved:
        """Save my changes since `assessment`, merged with what others saved since; unchanged, it only looks.

        Raises AssessmentError or OSError; the file then stands as it did, and the same save may be tried again.
        """
        check_assessment(new, self.content)
        saved = self._patiently("save", lambda now: merged(self.assessment, new, now))
        assert saved is not None
        return saved

    def look(self) -> bool:
        """Take in what others saved meanwhile, without a lock. Whether that is anything.

        What cannot be read just now, held by a sync client or half there, is looked at again the next time.
        """
        try:
            stamp = stamp_of(self.path)
            if stamp == self._stamp:
                return False
            now = load_assessment(self.path, self.content)
        except (AssessmentError, OSError):
            return False
        self._stamp = stamp
        is_new = now != self.assessment
        self.assessment = now
        return is_new

    def undo(self) -> Saved | None:
        """Take back my last change that still stands taken; None where there is none. Raises as `save` does."""
        return self._patiently("undo", lambda now: self._turned(now, self._last_steps()[0]))

    def redo(self) -> Saved | None:
        """Make again what undo took back, until I change something else. Raises as `save` does."""
        return self._patiently("redo", lambda now: self._turned(now, self._last_steps()[1]))

    def befores(self, seen: Callable[[Json], Json]) -> dict[Place, Before]:
        """What stood in each place before it came to look as it does, as far as that is known.

        `seen` says what of a value one looks at: a rating, say, whatever its note was.
        """
        now = places(self.assessment)
        # None: the place was changed by hand since, and nothing is known of what stood there before.
        before: dict[Place, Before | None] = {}
        for step in reversed(self._history.everyones()):
            for place, was, became in step.changes:
                if place in before:
                    continue
                if seen(became) != seen(now.get(place)):
                    before[place] = None
                elif seen(was) != seen(became):
                    before[place] = Before(was, step.at, step.who)
        return {place: known for place, known in before.items() if known}

    def _patiently(self, kind: Kind, change: Callable[[Assessment], Merge | None]) -> Saved | None:
        if not os.path.isfile(self.path):  # noqa: PTH113 - is_file raises where a drive is gone
            raise self._unsaved("problem-gone")
        if not os.access(self.path, os.W_OK):
            raise self._unsaved("problem-read-only")
        for pause in _PAUSES:
            try:
                return self._written(kind, change)
            except PermissionError:
                time.sleep(pause)
        return self._written(kind, change)

    def _written(self, kind: Kind, change: Callable[[Assessment], Merge | None]) -> Saved | None:
        with locked(self.path):
            data = self.path.read_bytes()
            now = load_assessment(self.path, self.content)
            merge = change(now)
            if merge is None:
                return None
            merge = replace(merge, clashes=tuple(self.named(clash, now) for clash in merge.clashes))
            at = self._clock().astimezone()
            kept = True
            if merge.assessment != now:  # what is merged of assessments that fit does fit
                kept = self._kept(data, at)
                write_whole(self.path, dumps(merge.assessment).encode())
                _flush(self.path.parent)
            # Only now: a journal must not tell of what never was in the file.
            changes = changed(now, merge.assessment)
            if changes or kind != "save":
                kept = self._history.add(kind, changes, at) and kept
            self.assessment = merge.assessment
        return Saved(**vars(merge), at=at, undo_kept=kept)

    def named(self, clash: Clash, now: Assessment) -> Clash:
        """A clash with who came first, as far as somebody's journal tells."""
        working = now.profile.working_language
        for step in reversed(self._history.everyones()):
            was, became = step.by_place().get(clash.place, (None, None))
            before, after = (clash.value_in(one, working=working) for one in (was, became))
            if before != after == clash.theirs:
                return replace(clash, who=step.who)
        return clash

    def _kept(self, data: bytes, at: datetime) -> bool:
        """Keep what the file holds, if it is the first of its day or of an earlier format, before it is replaced.

        Whether it is on disk; where it cannot be, the answer counts more.
        """
        is_first_kept = self._history.keep_first(at.date(), data)
        return self._history.keep_format(data) and is_first_kept

    def _last_steps(self) -> tuple[Changes | None, Changes | None]:
        """What undo and redo take next: changes with what shall stand and what must stand for it."""
        done: list[Step] = []
        undone: list[Step] = []
        for step in self._history.steps():
            if step.kind == "save":
                done.append(step)
                undone.clear()
            else:
                source, target = (done, undone) if step.kind == "undo" else (undone, done)
                target += [source.pop()] if source else []
        back = done[-1].by_place() if done else None
        again = {place: (became, was) for place, was, became in undone[-1].changes} if undone else None
        return back, again

    def _turned(self, now: Assessment, changes: Changes | None) -> Merge | None:
        if changes is None:
            return None
        try:
            merge = reverted(now, changes)
            check_assessment(merge.assessment, self.content)
        except AssessmentError:  # it links to evidence that another removed
            return Merge(assessment=now, left=tuple(changes))
        return merge

    def _unsaved(self, key: str) -> AssessmentError:
        return AssessmentError("problem-nothing-written", [Problem(str(self.path), key)])


def _flush(folder: Path) -> None:
    """Make a replaced name outlast a power cut, where the system lets us."""
    if os.name == "posix":
        with suppress(OSError):  # some network drives refuse
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container that knows no names
        return "unknown"
