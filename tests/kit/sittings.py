"""Sittings as tests have them: a clock that is set, one answer saved, the folder beside the file."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from cxassess.document.answers import Answer
from cxassess.document.sitting import Sitting

PLACE = ("answers", "inform-1")
MORNING = datetime(2026, 11, 22, 10, 31, 5)
Open = Callable[..., Sitting]


class Clock:
    """A clock that tests set."""

    def __init__(self) -> None:
        self.now = MORNING

    def __call__(self) -> datetime:
        return self.now


def hidden(file: Path) -> Path:
    return file.with_name(f".{file.name}.history")


def give(sitting: Sitting, key: str, answer: Answer) -> bool:
    """Save one answer; whether undo will know of it after reopening."""
    return sitting.save(sitting.assessment.answer(key, answer)).undo_kept


def rating_of(value: Any) -> Any:
    """What of an answer one looks at."""
    return value and value.get("rating")
