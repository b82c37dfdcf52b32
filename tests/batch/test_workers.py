"""Threads that make reports: what one job does to them never reaches another's."""

import threading
import time
from pathlib import Path
from typing import cast

import pytest

from cxassess.batch.bulkhead import Failure
from cxassess.batch.planning import Job
from cxassess.batch.stopping import Stop
from cxassess.batch.workers import Render, Result, side_by_side
from cxassess.errors import ReportError
from cxassess.report.engine import Kernel
from cxassess.report.rendering import Report


class Panic(BaseException):
    """A panic in a library written in Rust."""


ERRORS = [
    RuntimeError("x"),
    KeyError("x"),
    MemoryError(),
    RecursionError(),
    Panic(),
    OSError(28, "full"),
    ReportError("x"),
]
JOBS = [Job(Path(f"{n}.json"), "en", f"Client {n}", f"client-{n}-en") for n in range(2 * len(ERRORS))]


def number(job: Job) -> int:
    return int(job.file.stem)


def made(job: Job) -> Report:
    """Stands for a report; workers only hand it on."""
    return cast(Report, job.name)


def results(render: Render, folder: Path, *, workers: int = 2, stop: Stop | None = None) -> list[Result]:
    return list(side_by_side(JOBS, render, folder, workers=workers, stop=stop or Stop()))


@pytest.mark.parametrize("workers", [1, 3])
def test_every_other_job_fails(tmp_path: Path, workers: int) -> None:
    """In each of the ways there are; all others are made, and each failure has its client and its log."""

    def render(job: Job, kernel: Kernel) -> Report:
        if number(job) % 2:
            raise ERRORS[number(job) // 2]
        return made(job)

    found = results(render, tmp_path, workers=workers)
    failures = [one for one in found if isinstance(one, Failure)]
    assert {one for one in found if not isinstance(one, Failure)} == {made(job) for job in JOBS[::2]}
    assert {(one.client, one.file, one.log) for one in failures} == {
        (job.client, job.file, tmp_path / f"{job.name}.failed.log") for job in JOBS[1::2]
    }
    assert all(one.log and one.log.exists() for one in failures)


def test_a_success_takes_the_old_log_away(tmp_path: Path) -> None:
    """Or it would tell of a failure that is none any more."""
    for job in JOBS[:2]:
        (tmp_path / f"{job.name}.failed.log").touch()
    results(lambda job, kernel: made(job), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_kernel_that_does_not_close_is_nobodys_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every report is made by then."""

    def close(_: Kernel) -> None:
        raise RuntimeError("still here")

    monkeypatch.setattr(Kernel, "close", close)
    assert len(results(lambda job, kernel: made(job), tmp_path)) == len(JOBS)


def test_each_worker_has_a_kernel_of_its_own(tmp_path: Path) -> None:
    """And keeps it."""
    kernels: set[tuple[int, int]] = set()
    both = threading.Barrier(2, timeout=10)

    def render(job: Job, kernel: Kernel) -> Report:
        both.wait()
        kernels.add((threading.get_ident(), id(kernel)))
        return made(job)

    results(render, tmp_path)
    assert len(kernels) == 2


def test_stopped_it_begins_no_other(tmp_path: Path) -> None:
    """What is under way is finished."""
    stop = Stop()

    def render(job: Job, kernel: Kernel) -> Report:
        if number(job) == 2:
            stop.ask()
        return made(job)

    assert results(render, tmp_path, workers=1, stop=stop) == [made(job) for job in JOBS[:3]]


def test_a_kernel_that_ends_the_program_does_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for a worker that has ended in its last step."""

    def close(_: Kernel) -> None:
        raise SystemExit

    monkeypatch.setattr(Kernel, "close", close)
    with pytest.raises(SystemExit):
        results(lambda job, kernel: made(job), tmp_path)


@pytest.mark.parametrize("end", [KeyboardInterrupt, SystemExit])
def test_the_end_of_the_program_is_not_swallowed(tmp_path: Path, end: type[BaseException]) -> None:
    """Raised in a worker, it ends the batch: no other job is begun."""
    begun: list[int] = []

    def render(job: Job, kernel: Kernel) -> Report:
        begun.append(number(job))
        raise end

    with pytest.raises(end):
        results(render, tmp_path, workers=1)
    assert begun == [0]


def test_closed_early_it_waits_for_what_is_under_way(tmp_path: Path) -> None:
    """As when the one who reads the results is interrupted."""
    begun, finished = [], []
    stop, second = Stop(), threading.Event()

    def render(job: Job, kernel: Kernel) -> Report:
        begun.append(job)
        if number(job) == 1:
            second.set()
            deadline = time.monotonic() + 10
            while not stop.is_asked and time.monotonic() < deadline:
                time.sleep(0.01)
        finished.append(job)
        return made(job)

    running = side_by_side(JOBS, render, tmp_path, workers=1, stop=stop)
    assert next(running) == made(JOBS[0])
    assert second.wait(10)
    running.close()
    assert stop.is_asked
    assert begun == finished == JOBS[:2]


def test_no_jobs_no_threads(tmp_path: Path) -> None:
    """Nothing to wait for."""
    assert list(side_by_side([], lambda job, kernel: made(job), tmp_path, workers=2, stop=Stop())) == []
