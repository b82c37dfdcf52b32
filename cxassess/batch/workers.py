"""Reports made side by side: threads that share nothing but a queue of jobs, each with a kernel of its own."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue

from cxassess.batch.bulkhead import Failure, Mishap, failure_of, kept_apart
from cxassess.batch.planning import Job
from cxassess.batch.stopping import Stop
from cxassess.report.engine import Kernel
from cxassess.report.rendering import Report

Result = Report | Failure
Render = Callable[[Job, Kernel], Report]
# None stands for the end of a worker.
_Done = SimpleQueue[Result | None]


def side_by_side(
    jobs: Sequence[Job], render: Render, folder: Path, *, workers: int, stop: Stop
) -> Generator[Result]:
    """The results of all jobs as they come, until `stop` is asked; the logs of failures go to `folder`.

    Closed before its end, or ended by an exception, it begins no other job and waits for those under way.
    """
    waiting: SimpleQueue[Job] = SimpleQueue()
    for job in jobs:
        waiting.put(job)
    done: _Done = SimpleQueue()
    count = min(len(jobs), workers)
    if not count:
        return
    with ThreadPoolExecutor(count) as pool:
        try:
            ends = [pool.submit(_work, waiting, done, render, folder, stop) for _ in range(count)]
            for end in ends:
                end.add_done_callback(lambda _: done.put(None))
            yield from _until_all_ended(done, count)
            for end in ends:
                end.result()  # raises what ends the program, if that happened in a worker
        except BaseException:
            stop.ask()
            raise


def _until_all_ended(done: _Done, running: int) -> Iterator[Result]:
    while running:
        result = done.get()
        if result is None:
            running -= 1
        else:
            yield result


def _work(waiting: SimpleQueue[Job], done: _Done, render: Render, folder: Path, stop: Stop) -> None:
    """What one thread does with one kernel until no job is left or the batch is stopped."""
    kernel = Kernel()
    try:
        for job in _taken(waiting, stop):
            done.put(_made(job, kernel, render, folder))
    except BaseException:  # what ends the program ends the other workers too
        stop.ask()
        raise
    finally:
        # A kernel that does not end as it should is nobody's failure: it ends with this program.
        kept_apart(kernel.close, folder)


def _taken(waiting: SimpleQueue[Job], stop: Stop) -> Iterator[Job]:
    while not stop.is_asked:
        try:
            job = waiting.get_nowait()
        except Empty:
            return
        yield job


def _made(job: Job, kernel: Kernel, render: Render, folder: Path) -> Result:
    """One report; a log that an earlier failure of it left is taken away."""
    log = folder / f"{job.name}.failed.log"
    made = kept_apart(partial(render, job, kernel), job.file)
    if isinstance(made, Mishap):
        return failure_of(made, job.file, log=log, lang=job.lang, client=job.client)
    kept_apart(partial(log.unlink, missing_ok=True), log)
    return made
