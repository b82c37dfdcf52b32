"""Whatever goes wrong with one client stays with that client: named, with its reasons, and a log beside it."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from cxassess.errors import Cause, CxError, Problem
from cxassess.files import write_whole
from cxassess.text import Lang

T = TypeVar("T")
# Some libraries put a whole data set into an error message.
_MOST_LETTERS = 300


@dataclass(frozen=True)
class Failure:
    """A report that was not made, and why.

    `lang` is None where the file itself cannot be used; `client` is the organisation, "" where the file does not
    tell; `log` is the file with all that is known of it, None where not even that could be written.
    """

    file: Path
    lang: Lang | None
    client: str
    error: CxError
    log: Path | None = None


@dataclass(frozen=True)
class Mishap:
    """What went wrong, in words; and where in the program, if nobody foresaw it."""

    error: CxError
    trace: str = ""


def kept_apart(make: Callable[[], T], place: Path) -> T | Mishap:
    """What `make` gives or, whatever goes wrong, that as a value; `place` is named where the error names none.

    This is the one place that catches everything: a client whose file does what nobody foresaw must not take the
    reports of the others along. BaseException, because a panic in a library written in Rust is no Exception. Only
    the end of the program goes through: KeyboardInterrupt and SystemExit.

    >>> kept_apart(lambda: 1 // 0, Path("acme.json")).error.problems[0].what
    'stopped on what nobody foresaw, ZeroDivisionError: integer division or modulo by zero'
    """
    try:
        return make()
    except (KeyboardInterrupt, SystemExit):
        raise
    except CxError as error:
        return Mishap(error)
    except OSError as error:
        # Where a file could not be put in its place, the second name is the one people know.
        where = str(error.filename2 or error.filename or place)
        problem = Problem(where, "problem-no-room", reason=Cause.of(error), option="--out")
        return Mishap(CxError("problem-report-unwritten", [problem]), _trace(error))
    except BaseException as error:  # noqa: BLE001 - see above
        problem = Problem(str(place), "problem-unforeseen", error=_in_short(error))
        return Mishap(CxError("problem-report-unmade", [problem]), _trace(error))


def _trace(error: BaseException) -> str:
    return "".join(traceback.format_exception(error))


def _in_short(error: BaseException) -> str:
    """The kind of an error and the beginning of what it says."""
    said = traceback.format_exception_only(error)[-1].strip()
    return said if len(said) <= _MOST_LETTERS else f"{said[:_MOST_LETTERS]}…"


def failure_of(mishap: Mishap, file: Path, *, log: Path, lang: Lang | None = None, client: str = "") -> Failure:
    """A mishap as the failure of a report, with all that is known of it written to `log`, if that can be."""
    head = [f"file: {file.absolute()}", f"client: {client or 'unknown'}", f"language: {lang or 'unknown'}"]
    text = "\n".join([*head, "", str(mishap.error), "", mishap.trace])
    try:
        # A file name may hold bytes that are no letters.
        write_whole(log, f"{text.rstrip()}\n".encode(errors="backslashreplace"))
    except OSError:  # on a full disk there is no log, either
        return Failure(file, lang, client, mishap.error)
    return Failure(file, lang, client, mishap.error, log)
