"""What goes wrong with one client: a value with the client's name, the reason in words, and a log."""

import asyncio
import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from cxassess.batch.bulkhead import Mishap, failure_of, kept_apart
from cxassess.errors import AssessmentError, CxError, Problem

PLACE = Path("acme.json")


class Panic(BaseException):
    """What a library written in Rust raises when it panics: no Exception."""


def raising(error: BaseException) -> Callable[[], NoReturn]:
    def make() -> NoReturn:
        raise error

    return make


def endless(depth: int = 0) -> int:
    return endless(depth + 1)


def mishap(make: Callable[[], object]) -> Mishap:
    found = kept_apart(make, PLACE)
    assert isinstance(found, Mishap)
    return found


def test_what_goes_well_passes_through() -> None:
    """Even a value that is false."""
    assert kept_apart(lambda: "", PLACE) == ""


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (raising(RuntimeError("no kernel")), "RuntimeError: no kernel"),
        (raising(KeyError("cells")), "KeyError: 'cells'"),
        (raising(MemoryError()), "MemoryError"),
        (raising(Panic("index out of bounds")), "Panic: index out of bounds"),
        (raising(asyncio.CancelledError()), "CancelledError"),
        (raising(AssertionError()), "AssertionError"),
        (endless, "RecursionError: maximum recursion depth exceeded"),
    ],
)
def test_what_nobody_foresaw_is_a_value(make: Callable[[], object], said: str) -> None:
    """With the place, the kind of error, what it says, and where in the program it was."""
    found = mishap(make)
    (problem,) = found.error.problems
    assert problem.where == "acme.json" and said in problem.what
    assert "Traceback" in found.trace and "test_bulkhead.py" in found.trace


def test_a_long_message_is_cut() -> None:
    """In words; the log has it whole."""
    found = mishap(raising(ValueError("x" * 10_000)))
    assert len(str(found.error)) < 500
    assert "x" * 10_000 in found.trace


def test_what_was_foreseen_is_told_as_it_is() -> None:
    """No trace: its words say what to do."""
    error = AssessmentError("acme.json cannot be used", [Problem("acme.json:3", "is no date")])
    assert mishap(raising(error)) == Mishap(error)


def test_the_system_names_the_file() -> None:
    """The one it speaks of, and of two the one that people know; else the client's."""
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), ".x.part", None, "acme.html")
    assert str(mishap(raising(full)).error.problems[0]).startswith("acme.html: No space left on device")
    assert str(mishap(raising(PermissionError(errno.EACCES, "denied", "out"))).error.problems[0])[:4] == "out:"
    assert mishap(raising(ConnectionError("reset"))).error.problems[0].where == "acme.json"


@pytest.mark.parametrize("end", [KeyboardInterrupt, SystemExit])
def test_the_end_of_the_program_goes_through(end: type[BaseException]) -> None:
    """Nobody asked the bulkhead whether to stop."""
    with pytest.raises(end):
        kept_apart(raising(end()), PLACE)


def test_the_log_tells_all(tmp_path: Path) -> None:
    """Whose report, from which file, in which language, why, and where in the program."""
    found = mishap(raising(RuntimeError("no kernel")))
    failed = failure_of(found, PLACE, log=tmp_path / "out" / "acme.failed.log", lang="id", client="PT Acme")
    assert failed.log
    text = failed.log.read_text(encoding="utf-8")
    for part in (
        str(PLACE.absolute()),
        "PT Acme",
        "language: id",
        str(failed.error),
        "Traceback",
        "test_bulkhead.py",
    ):
        assert part in text


def test_without_room_for_a_log_the_failure_stands(tmp_path: Path) -> None:
    """Its reasons are told all the same."""
    (tmp_path / "out").touch()
    full = CxError("problem-report-unwritten")
    failed = failure_of(Mishap(full), PLACE, log=tmp_path / "out" / "acme.failed.log")
    assert (failed.log, failed.error) == (None, full)


def test_a_log_takes_any_file_name(tmp_path: Path) -> None:
    """Bytes that are no letters, too."""
    failed = failure_of(Mishap(CxError("a\udcff")), Path("a\udcff.json"), log=tmp_path / "x.log")
    assert failed.log and "\\udcff" in failed.log.read_text(encoding="utf-8")
