"""Ninety-six ways in which a notebook can be damaged: as a file, and at each place that something is read from."""

import gzip
import json
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

Damage = Callable[[Path, bytes], None]
_DEEP = 100_000
_HUGE = 3_000_000_000


def bytes_as(changed: Callable[[bytes], bytes]) -> Damage:
    """Other bytes in its place."""
    return lambda place, whole: _written(place, changed(whole))


def _written(place: Path, data: bytes) -> None:
    place.write_bytes(data)


def _huge(place: Path, _: bytes) -> None:
    """Three gigabytes of nothing, which take no room."""
    with place.open("wb") as file:
        file.truncate(_HUGE)


def _folder(place: Path, whole: bytes) -> None:
    place.mkdir()
    (place / "note.txt").write_bytes(whole[:9])


def _locked(place: Path, whole: bytes) -> None:
    place.write_bytes(whole)
    place.chmod(0)


FILES: dict[str, Damage] = {
    "empty": bytes_as(lambda whole: b""),
    "blank": bytes_as(lambda whole: b" \n" * 9),
    "nul": bytes_as(lambda whole: bytes(len(whole))),
    "binary": bytes_as(lambda whole: bytes(range(256)) * 99),
    "gzip": bytes_as(gzip.compress),
    "head": bytes_as(lambda whole: whole[:40]),
    "half": bytes_as(lambda whole: whole[: len(whole) // 2]),
    "all but the end": bytes_as(lambda whole: whole.rstrip()[:-1]),
    "hole": bytes_as(lambda whole: whole[:999] + bytes(99) + whole[1098:]),
    "twice": bytes_as(lambda whole: whole + whole),
    "comma": bytes_as(lambda whole: whole.rstrip()[:-1] + b",}"),
    "conflict": bytes_as(lambda whole: b"<<<<<<< HEAD\n" + whole),
    "text": bytes_as(lambda whole: b"Kepuasan pelanggan"),
    "page": bytes_as(lambda whole: b"<!DOCTYPE html><title>Sign in</title>"),
    "UTF-16": bytes_as(lambda whole: whole.decode().encode("utf-16")),
    "Latin-1": bytes_as(lambda whole: whole[:-2] + b', "\xe9": 1}'),
    "half a letter": bytes_as(lambda whole: whole.replace(b'"execute_result"', b'"\\ud800"')),
    "null": bytes_as(lambda whole: b"null"),
    "number": bytes_as(lambda whole: b"7"),
    "word": bytes_as(lambda whole: b'"cells"'),
    "list": bytes_as(lambda whole: b"[" + whole + b"]"),
    "object": bytes_as(lambda whole: b"{}"),
    "deep": bytes_as(lambda whole: b"[" * _DEEP + b"]" * _DEEP),
    "deep inside": bytes_as(lambda whole: whole[:-2] + b',"x":' + b"[" * _DEEP + b"]" * _DEEP + b"}"),
    "digits": bytes_as(lambda whole: whole[:-2] + b', "x": ' + b"9" * 9999 + b"}"),
    "no number": bytes_as(lambda whole: whole[:-2] + b', "x": NaN}'),
    "huge": _huge,
    "folder": _folder,
    "locked": _locked,
    "pipe": lambda place, whole: os.mkfifo(place),
    "loop": lambda place, whole: place.symlink_to(place),
    "lost link": lambda place, whole: place.symlink_to(place.with_name("nowhere")),
    "link to a folder": lambda place, whole: place.symlink_to(place.parent),
    "link without end": lambda place, whole: place.symlink_to("/dev/zero"),
    "format 3": bytes_as(lambda whole: whole.replace(b'"nbformat": 4', b'"nbformat": 3')),
    "format 99": bytes_as(lambda whole: whole.replace(b'"nbformat": 4', b'"nbformat": 99')),
}

# What stands in a place instead of what belongs there.
_WRONG: dict[str, Any] = {"a number": 7, "a list": ["x"], "an object": {"x": None}}
_PLACES: list[tuple[str | int, ...]] = [
    ("metadata",),
    ("metadata", "cxassess"),
    ("cells",),
    ("cells", -1),
    ("cells", -1, "cell_type"),
    ("cells", -1, "source"),
    ("cells", -1, "metadata"),
    ("cells", -1, "outputs"),
    ("cells", -1, "outputs", 0, "data"),
]


def _replaced(place: tuple[str | int, ...], wrong: object, notebook: Path, whole: bytes) -> None:
    """The notebook with something wrong at one place."""
    document = json.loads(whole)
    *way, last = place
    inner = document
    for step in way:
        inner = inner[step]
    inner[last] = wrong
    notebook.write_text(json.dumps(document), encoding="utf-8")


def kinds(imprint: list[str]) -> dict[str, Damage]:
    """Every kind by name; `imprint` lists the fields that a notebook keeps in `metadata.cxassess`."""
    places = [*_PLACES, *(("metadata", "cxassess", field) for field in imprint)]
    inside = {
        f"{'.'.join(map(str, place))} is {name}": partial(_replaced, place, wrong)
        for place in places
        for name, wrong in _WRONG.items()
    }
    return {**FILES, **inside}
