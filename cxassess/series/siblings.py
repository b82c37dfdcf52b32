"""The files beside an assessment: whose each is, at a glance, and which of them cannot both be meant."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from cxassess.document.assessment import Assessment
from cxassess.document.upgrades import upgraded
from cxassess.errors import AssessmentError, Problem
from cxassess.text import known_as

# An assessment has some hundred thousand; what is larger is something else, and reading it would take long.
_MOST_BYTES = 10_000_000
# What reading a file may raise that is no assessment, or a broken one.
_NO_ASSESSMENT = (ValueError, LookupError, TypeError, AttributeError, RecursionError)
_ISO_DATE = re.compile(r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)")
# What sync clients, file managers and people add to a name. OneDrive adds the name of a computer, which any name
# could be: its copies are known by what they hold.
_COPY_MARKS = tuple(
    re.compile(mark, re.IGNORECASE)
    for mark in (
        r" ?\([^()]*(conflict|konflik)[^()]*\)$",  # Dropbox, Nextcloud
        r"[._-]sync-conflict-\d{8}-\d{6}(-\w+)?$",  # Syncthing
        r"_conflict-\d{8}-\d{6}$",  # ownCloud
        r" ?\(\d+\)$",  # Google Drive, browsers
        r"^(copy of|salinan( dari)?) ",  # Google Drive
        r" - (copy|salinan)( ?\(\d+\))?$",  # Windows
        r"( copy( \d+)?|-copy\d+)$",  # macOS, Jupyter
    )
)


class Sibling(NamedTuple):
    """An assessment file at a glance: which unit of which organisation, as one recognises them, and when."""

    path: Path
    unit: tuple[str, ...]
    on: date


def unit_of(assessment: Assessment) -> tuple[str, ...]:
    """Which unit of which organisation an assessment is of, as one recognises them."""
    profile = assessment.profile
    return _unit(profile.organisation, profile.unit.kind, profile.unit.name or "")


def _unit(organisation: str, kind: str, name: str) -> tuple[str, ...]:
    return known_as(organisation), kind, known_as(name)


def siblings(path: Path) -> list[Sibling]:
    """The other assessments in the folder of a file, by name; what is none, or cannot be read, is passed over."""
    found = map(_glance, _files_beside(path))
    return [one for one in found if one]


def _files_beside(path: Path) -> list[os.DirEntry[str]]:
    """The other files of that kind in a folder, hidden ones left out; none where it cannot be looked into."""
    try:
        with os.scandir(path.parent) as entries:
            named = [one for one in entries if one.name.endswith(".json") and one.name[0] != "."]
    except OSError:
        return []
    others = [one for one in named if one.name != path.name and _is_file(one)]
    return sorted(others, key=lambda one: one.name)


def _is_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file()
    except OSError:  # a link that leads to itself
        return False


def _glance(file: os.DirEntry[str]) -> Sibling | None:
    try:
        stat = file.stat()
        return _read(file.path, stat.st_mtime_ns, stat.st_size)
    except OSError:  # gone meanwhile, or not ours to read
        return None


@lru_cache(maxsize=4096)
def _read(file: str, changed: int, size: int) -> Sibling | None:
    """Whose a file is, without checking it: a batch looks at each file of a folder once for each other."""
    if size > _MOST_BYTES:
        return None
    path = Path(file)
    try:
        data = upgraded(json.loads(path.read_text(encoding="utf-8-sig")))
        profile, on = data["profile"], date.fromisoformat(data["on"])
        unit = profile["unit"]
        return Sibling(path, _unit(profile["organisation"], unit["kind"], unit.get("name") or ""), on)
    except _NO_ASSESSMENT:
        return None


# --- which of them cannot both be meant ---


def refuse_doubtful(path: Path, assessment: Assessment) -> None:
    """Raise AssessmentError where a file beside it, or its own name, makes it doubtful that this one is meant."""
    if problems := list(doubts(path, assessment)):
        raise AssessmentError("problem-file-doubtful", problems, path=path)


def doubts(path: Path, assessment: Assessment) -> Iterator[Problem]:
    """Why it is doubtful that a file is the one that is meant.

    Its name holds another date; it, or a file beside it, is called like a copy that a sync client made of the
    other; or one beside it is of the same unit and date.
    """
    named = _ISO_DATE.findall(path.stem)
    if named and assessment.on.isoformat() not in named:
        yield Problem(path.name, "problem-name-of-other-date", named=named[0], on=assessment.on)
    alike = [file.name for file in _files_beside(path) if path.stem in file.name]
    copies = [name for name in alike if original_of(path.with_name(name)) == path.name]
    if original := original_of(path):
        yield Problem(path.name, "problem-copy", other=original)
    for copy in copies:
        yield Problem(copy, "problem-copy", other=path.name)
    told = {original, *copies}
    mine = unit_of(assessment), assessment.on
    for one in siblings(path):
        if (one.unit, one.on) == mine and one.path.name not in told and not _are_one(one.path, path):
            yield Problem(path.name, "problem-same-unit-and-date", other=one.path.name)


def _are_one(one: Path, other: Path) -> bool:
    """Whether two names are of one file: by a link, or where capitals make no other name."""
    try:
        return one.samefile(other)
    except OSError:
        return False


def original_of(path: Path) -> str:
    """The name of the file beside it that a file is a copy of, by its name; "" where it is none.

    >>> original_of(Path("2026-11-28 (1).json"))  # no 2026-11-28.json stands there
    ''
    """
    for mark in _COPY_MARKS:
        stem = mark.sub("", path.stem, count=1)
        original = path.with_name(f"{stem or path.stem}{path.suffix}")
        if stem != path.stem and original.is_file():
            return original.name
    return ""
