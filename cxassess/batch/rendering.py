"""Many assessments → many reports and one index page; a failure is a value and stops nobody else."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path

from cxassess.batch.bulkhead import Failure, Mishap, failure_of, kept_apart
from cxassess.batch.index import index_page
from cxassess.batch.listing import Listing, Unread, reports_in
from cxassess.batch.planning import Job, Plan, planned
from cxassess.batch.stopping import Stop
from cxassess.batch.workers import Result, side_by_side
from cxassess.content.voice import Voice
from cxassess.files import write_whole
from cxassess.report.edition import Edition
from cxassess.report.engine import Kernel
from cxassess.report.rendering import Report, render_report


@dataclass(frozen=True)
class Batch:
    """What came of a batch, in the order of the files.

    `wanted` is how many reports it was to make, at least; `unlisted` are the notebooks in the folder, of whatever
    batch, that its index cannot list, with the reason.
    """

    reports: tuple[Report, ...]
    failures: tuple[Failure, ...]
    wanted: int
    index: Path
    unlisted: tuple[Unread, ...] = ()


def render_batch(
    files: Sequence[Path],
    edition: Edition,
    *,
    workers: int | None = None,
    tell: Callable[[Result], None] = lambda result: None,
    stop: Stop | None = None,
) -> Batch:
    """Render every file, in the languages that the edition asks for, and write an index page.

    Files are checked before a kernel starts. `workers` threads own one kernel each; threads share nothing but
    the queue of jobs. Report notebooks that a person edited are kept, unless by `edition.force`. `tell` is called
    with each result as it comes, from this thread; what goes wrong in it stops nothing. Asked to by `stop`, or by
    an exception that ends the program, what is under way is finished, nothing else begun, and the index written.

    Whatever goes wrong with one client is a Failure, with a log beside the reports. Raises OSError where there can
    be no folder for them.
    """
    edition.folder.mkdir(parents=True, exist_ok=True)
    stop = stop or Stop()
    plan = planned(files, edition, stop=stop)

    def render(job: Job, kernel: Kernel) -> Report:
        return render_report(job.file, edition, lang=job.lang, kernel=kernel)

    results: list[Result] = []
    made = side_by_side(plan.jobs, render, edition.folder, workers=workers or os.cpu_count() or 1, stop=stop)
    try:
        with closing(made):
            for result in chain(plan.failures, made):
                results.append(result)
                kept_apart(partial(tell, result), result.file)
    finally:
        batch = _indexed(_in_order(results, files, plan), plan, edition)
    return batch


def _in_order(results: Sequence[Result], files: Sequence[Path], plan: Plan) -> list[Result]:
    """Results as the files were given and the languages of each profile stand, not as threads came to an end."""
    file_at = {file: at for at, file in enumerate(files)}
    job_at = {(job.file, job.lang): at for at, job in enumerate(plan.jobs)}
    return sorted(results, key=lambda one: (file_at[one.file], job_at.get((one.file, one.lang or "id"), -1)))


def _indexed(results: Sequence[Result], plan: Plan, edition: Edition) -> Batch:
    """The batch as it ended, its index written; an index that cannot be is one failure more."""
    reports = tuple(one for one in results if isinstance(one, Report))
    failures = tuple(one for one in results if isinstance(one, Failure))
    index, log = edition.folder / "index.html", edition.folder / "index.failed.log"
    voice = Voice(edition.content, edition.lang or (reports[0].lang if reports else "id"))

    def write() -> Listing:
        listing = _listing(edition.folder, failures, plan)
        write_whole(index, index_page(listing, failures, voice).encode(errors="replace"))
        log.unlink(missing_ok=True)
        return listing

    wrote = kept_apart(write, index)
    if isinstance(wrote, Mishap):
        return Batch(reports, (*failures, failure_of(wrote, index, log=log)), plan.wanted, index)
    return Batch(reports, failures, plan.wanted, index, tuple(wrote.unread))


def _listing(folder: Path, failures: Sequence[Failure], plan: Plan) -> Listing:
    """What stands in the folder; a notebook that is why a report failed is told as that failure, and not again."""
    failed = {(failure.file, failure.lang) for failure in failures}
    names = {f"{job.name}.ipynb" for job in plan.jobs if (job.file, job.lang) in failed}
    listing = reports_in(folder)
    return listing._replace(unread=[one for one in listing.unread if one[0].name not in names])
