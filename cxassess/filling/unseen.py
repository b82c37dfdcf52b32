"""What others changed and a browser has not shown yet: who clicks then has not seen it, and must be asked."""

from __future__ import annotations

from cxassess.document.assessment import Assessment
from cxassess.document.changes import changed, reverted
from cxassess.document.history import Changes
from cxassess.errors import AssessmentError
from cxassess.filling.edits import Event

# A screen is some tenths of a second behind; more changes than these do not come in meanwhile.
_MOST = 10


class Unseen:
    """Changes of others, each with the number of the first view that shows it; views are counted as they are made.

    >>> unseen = Unseen()
    >>> unseen.shown(), unseen.shown()
    (1, 2)
    """

    def __init__(self) -> None:
        self._views = 0
        self._changes: list[tuple[int, Changes]] = []

    def shown(self) -> int:
        """The number of a view that is made now."""
        self._views += 1
        return self._views

    def came(self, before: Assessment, after: Assessment) -> None:
        """Others changed something: the next view is the first that shows it."""
        if before != after:
            self._changes = [*self._changes, (self._views + 1, changed(before, after))][-_MOST:]

    def without(self, now: Assessment, event: Event) -> Assessment:
        """What the browser showed on which something was done: what is now, without what it had not got yet.

        The assessment itself where it had got everything, and for events that change nothing that stands.
        """
        if event.do not in ("set", "clear") or not event.seen:
            return now
        before = now
        try:
            for number, changes in reversed(self._changes):
                if number > event.seen:
                    before = reverted(before, changes).assessment
        except AssessmentError:  # it cannot be taken apart any more: somebody removed what it links to
            return now
        return before
