"""A batch that is told to end: what is under way is finished, nothing else is begun."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class Stop:
    """Whether a batch is to end early; looked at before each report. `by` is the signal that asked, if one did."""

    def __init__(self) -> None:
        self.is_asked = False
        self.by: signal.Signals | None = None

    def ask(self, by: signal.Signals | None = None) -> None:
        """End early. Asked again, nothing changes: what is under way takes seconds."""
        self.by = self.by or by
        self.is_asked = True

    @property
    def exit_code(self) -> int:
        """What shells expect of a program that ended by a signal: 128 and its number; 0 where none asked."""
        return 128 + self.by if self.by else 0


@contextmanager
def stopped_by_signals() -> Iterator[Stop]:
    """Let Ctrl-C, a request to terminate, or the loss of the terminal ask for an early end, until the block ends.

    Only in the main thread of a program: Python takes handlers from no other.
    """
    stop = Stop()

    def ask(number: int, _: FrameType | None) -> None:
        stop.ask(signal.Signals(number))

    ours = {"SIGINT", "SIGTERM", "SIGHUP"}  # Windows has no SIGHUP
    before = {one: signal.getsignal(one) for one in signal.Signals if one.name in ours}
    # What is ignored stays so: under nohup, a batch outlives its terminal.
    caught = [one for one, handler in before.items() if handler is not signal.SIG_IGN]
    for one in caught:
        signal.signal(one, ask)
    try:
        yield stop
    finally:
        for one in caught:
            signal.signal(one, before[one])
