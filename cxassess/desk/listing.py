"""The assessments of a folder as a desk lists them: whose, how far, where they stand, and what keeps one out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from cxassess.batch.planning import find_assessments
from cxassess.content.reading import Content
from cxassess.document.assessment import Assessment
from cxassess.document.assessmentfile import load_assessment
from cxassess.errors import AssessmentError, Problem
from cxassess.pyramid.scorecard import Scorecard
from cxassess.pyramid.scoring import score
from cxassess.series.siblings import doubts


@dataclass(frozen=True)
class Row:
    """An assessment file: its scorecard on its own date or, where it cannot be used, the reason.

    `answered` and `asked` count questions, mistakes and indicators; `doubts` are why another file may be meant.
    """

    file: Path
    changed: datetime
    card: Scorecard | None = None
    error: AssessmentError | None = None
    answered: int = 0
    asked: int = 0
    doubts: tuple[Problem, ...] = ()


class Listing:
    """The assessments below a folder, read anew only where a file has changed since."""

    def __init__(self, folder: Path, content: Content) -> None:
        self.folder = folder
        self.content = content
        self._known: dict[tuple[Path, int, int], Row] = {}

    def rows(self) -> list[Row]:
        """Every assessment, the one changed last on top."""
        known: dict[tuple[Path, int, int], Row] = {}
        for file in find_assessments([self.folder]) if self.folder.is_dir() else ():
            try:
                stat = file.stat()
            except OSError:  # it went away just now
                continue
            stamp = (file, stat.st_mtime_ns, stat.st_size)
            known[stamp] = self._known.get(stamp) or _row(file, stat.st_mtime, self.content)
        self._known = known
        # What makes a file doubtful lies beside it, and may have come since.
        rows = [replace(row, doubts=_doubts(row)) for row in known.values()]
        return sorted(rows, key=lambda row: row.changed, reverse=True)


def _row(file: Path, changed: float, content: Content) -> Row:
    when = datetime.fromtimestamp(changed)
    try:
        assessment = load_assessment(file, content)
    except AssessmentError as error:
        return Row(file, when, error=error)
    card = score(assessment, content, on=assessment.on)
    open_ = [one for one in content.indicators if _is_open(assessment, one.key)]
    asked = len(content.questions) + len(content.mistakes) + len(content.indicators)
    left = len(card.unanswered) + len(card.unjudged) + len(open_)
    return Row(file, when, card, answered=asked - left, asked=asked)


def _doubts(row: Row) -> tuple[Problem, ...]:
    return tuple(doubts(row.file, row.card.assessment)) if row.card else ()


def _is_open(assessment: Assessment, indicator: str) -> bool:
    answer = assessment.indicators.get(indicator)
    return answer is None or answer.state == "unanswered"
