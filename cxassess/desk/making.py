"""Reports made beside the work: a queue of orders, one at a time, each told as it goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue
from threading import Thread

from cxassess.batch.bulkhead import Failure, Mishap, kept_apart
from cxassess.batch.rendering import Batch, render_batch
from cxassess.batch.stopping import Stop
from cxassess.batch.workers import Result
from cxassess.errors import CxError
from cxassess.report.edition import Edition
from cxassess.report.rendering import Report


@dataclass
class Order:
    """Reports that were asked for: of which files, in which edition, and what came of it so far.

    `done` is the whole batch once it has ended; `error` why it could not even begin.
    """

    files: tuple[Path, ...]
    edition: Edition
    wanted: int
    results: list[Result] = field(default_factory=list)
    done: Batch | None = None
    error: CxError | None = None
    stop: Stop = field(default_factory=Stop)

    @property
    def is_open(self) -> bool:
        """Whether it is still waiting or under way."""
        return self.done is None and self.error is None

    @property
    def reports(self) -> list[Report]:
        """The reports that are made."""
        return [one for one in self.results if isinstance(one, Report)]

    @property
    def failures(self) -> list[Failure]:
        """What failed, with its reasons."""
        return list(self.done.failures) if self.done else [one for one in self.results if isinstance(one, Failure)]


class Making:
    """The orders of one desk. `tell` is called after each step, from the thread that makes the reports."""

    def __init__(self, tell: Callable[[], None]) -> None:
        self.orders: list[Order] = []
        self._tell = tell
        self._waiting: SimpleQueue[Order] = SimpleQueue()
        self._thread: Thread | None = None

    def take(self, order: Order) -> None:
        """Make the reports of an order once those before it are made."""
        self.orders.append(order)
        self._waiting.put(order)
        if self._thread is None or not self._thread.is_alive():
            # It must not keep a program alive; what is half made is never in its place.
            self._thread = Thread(target=self._work, daemon=True)
            self._thread.start()

    def _work(self) -> None:
        while True:
            self._make(self._waiting.get())

    def _make(self, order: Order) -> None:
        def tell(result: Result) -> None:
            order.results.append(result)
            self._tell()

        def make() -> Batch:
            # To start a second kernel takes longer than the second report in the first.
            workers = 1 if order.wanted <= 2 else None
            return render_batch(order.files, order.edition, workers=workers, tell=tell, stop=order.stop)

        done = kept_apart(make, order.edition.folder)
        if isinstance(done, Mishap):
            order.error = done.error
        else:
            order.done = done
        self._tell()
