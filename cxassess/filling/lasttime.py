"""Where the unit stood in its last assessment, looked up when the form opens and not with each click."""

from __future__ import annotations

from pathlib import Path

from cxassess.content.reading import Content
from cxassess.document.assessment import Assessment
from cxassess.errors import AssessmentError
from cxassess.forms.pages import Notice
from cxassess.pyramid.scorecard import Scorecard
from cxassess.pyramid.scoring import score
from cxassess.series.siblings import doubts, unit_of
from cxassess.series.waves import last_before


class LastTime:
    """The scorecard of the last assessment, sought once a file, unit and date."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self._sought: tuple[object, ...] = ()
        self._card: Scorecard | None = None

    def card(self, path: Path, now: Assessment, notices: list[Notice]) -> Scorecard | None:
        """Where the unit stood, on that date; what keeps one from knowing becomes a notice, once."""
        sought = (path, unit_of(now), now.on)
        if self._sought != sought:
            self._sought = sought
            self._card = self._found(path, now, notices)
        return self._card

    def _found(self, path: Path, now: Assessment, notices: list[Notice]) -> Scorecard | None:
        if problems := list(doubts(path, now)):
            error = AssessmentError("problem-file-doubtful", problems, path=path.name)
            notices.append(Notice("form-doubtful", {"what": error}))
        try:
            found = last_before(path, now, self.content)
        except AssessmentError as error:
            notices.append(Notice("form-no-last", {"what": error}))
            return None
        return score(found[1], self.content, on=found[1].on) if found else None
