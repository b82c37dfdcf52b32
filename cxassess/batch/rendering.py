"""Many assessments → many reports and one index page; a failure is a value and stops nobody else."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import NamedTuple

from cxassess.batch.index import index_page
from cxassess.content.reading import Content
from cxassess.content.voice import Voice
from cxassess.document.assessmentfile import load_assessment
from cxassess.errors import AssessmentError, CxError, Problem
from cxassess.files import write_whole
from cxassess.page.brand import Brand
from cxassess.report.engine import Kernel
from cxassess.report.rendering import Report, render_report, report_name
from cxassess.text import Lang


class Job(NamedTuple):
    """One report to make."""

    file: Path
    lang: Lang


@dataclass(frozen=True)
class Failure:
    """A report that was not made, and why. `lang` is None where the file itself cannot be used."""

    file: Path
    lang: Lang | None
    error: CxError

    @property
    def reasons(self) -> list[str]:
        """Every problem, place first; else what the error says as a whole."""
        return [str(problem) for problem in self.error.problems] or [self.error.summary]


@dataclass(frozen=True)
class Batch:
    """What came of a batch, in the order of the files."""

    reports: tuple[Report, ...]
    failures: tuple[Failure, ...]
    index: Path


_Render = Callable[[Job, Kernel], Report]
_Tell = Callable[[Report | Failure], None]


def find_assessments(paths: Sequence[Path]) -> list[Path]:
    """The assessment files named, and those in the folders named, sorted; hidden ones are left out."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(file for file in path.rglob("*.json") if not _is_hidden(file.relative_to(path)))
        else:
            found.append(path)
    once: dict[Path, Path] = {}
    for path in found:
        once.setdefault(path.resolve(), path)
    return list(once.values())


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def render_batch(
    files: Sequence[Path],
    content: Content,
    *,
    lang: Lang | None,
    folder: Path,
    content_dir: Path | None = None,
    brand: Brand | None = None,
    interactive: bool = False,
    workers: int | None = None,
    force: bool = False,
    tell: _Tell = lambda result: None,
) -> Batch:
    """Render every file, in `lang` or in the report languages of its profile, and write an index page.

    Files are checked before a kernel starts. `workers` threads own one kernel each; threads share nothing but
    the queue of jobs. Report notebooks that a person edited are kept, unless by `force`. `tell` is called with
    each result as it comes, from the thread that made it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    jobs, failures = _planned(files, content, lang=lang)
    for failure in failures:
        tell(failure)

    def render(job: Job, kernel: Kernel) -> Report:
        return render_report(
            job.file,
            content,
            lang=job.lang,
            folder=folder,
            content_dir=content_dir,
            brand=brand,
            interactive=interactive,
            kernel=kernel,
            force=force,
        )

    results = [*failures, *_side_by_side(jobs, workers or os.cpu_count() or 1, render, tell)]
    order = {job: index for index, job in enumerate(jobs)}
    first = {file: index for index, file in enumerate(files)}
    results.sort(key=lambda result: (first[result.file], order.get(Job(result.file, result.lang or "id"), -1)))
    reports = tuple(result for result in results if isinstance(result, Report))
    failed = tuple(result for result in results if isinstance(result, Failure))
    index = folder / "index.html"
    told = [(failure.file, failure.reasons) for failure in failed]
    page = index_page(reports, told, Voice(content, lang or (reports[0].lang if reports else "id")))
    write_whole(index, page.encode())
    return Batch(reports, failed, index)


def _planned(files: Sequence[Path], content: Content, *, lang: Lang | None) -> tuple[list[Job], list[Failure]]:
    """The jobs, and the files that cannot be used or would overwrite another's report."""
    jobs: list[Job] = []
    failures: list[Failure] = []
    taken: dict[str, Path] = {}
    for file in files:
        try:
            assessment = load_assessment(file, content)
        except AssessmentError as error:
            failures.append(Failure(file, None, error))
            continue
        for one in (lang,) if lang else assessment.profile.report_languages:
            other = taken.setdefault(report_name(assessment, one), file)
            if other is file:
                jobs.append(Job(file, one))
            else:
                what = f"would overwrite the report of {other}; give one another date or unit name"
                failures.append(Failure(file, one, AssessmentError("two of a name", [Problem(str(file), what)])))
    return jobs, failures


def _side_by_side(jobs: Sequence[Job], workers: int, render: _Render, tell: _Tell) -> list[Report | Failure]:
    """The results of all jobs, made by some threads that share nothing but a queue."""
    queue: SimpleQueue[Job] = SimpleQueue()
    for job in jobs:
        queue.put(job)
    count = min(len(jobs), workers)
    if not count:
        return []
    with ThreadPoolExecutor(count) as pool:
        try:
            made = pool.map(lambda _: list(_worked(queue, render, tell)), range(count))
            return [result for of_one in made for result in of_one]
        except BaseException:  # Ctrl-C too: the reports under way are finished, the others not begun
            _empty(queue)
            raise


def _empty(queue: SimpleQueue[Job]) -> None:
    with suppress(Empty):
        while True:
            queue.get_nowait()


def _worked(queue: SimpleQueue[Job], render: _Render, tell: _Tell) -> Iterator[Report | Failure]:
    """What one thread makes with one kernel until the queue is empty."""
    with Kernel() as kernel:
        while True:
            try:
                job = queue.get_nowait()
            except Empty:
                return
            result = _made(job, kernel, render)
            tell(result)
            yield result


def _made(job: Job, kernel: Kernel, render: _Render) -> Report | Failure:
    try:
        return render(job, kernel)
    except CxError as error:
        return Failure(job.file, job.lang, error)
    except OSError as error:
        what = f"{error.strerror or error}; make room or choose another folder with --out"
        problem = Problem(str(error.filename or job.file), what)
        return Failure(job.file, job.lang, CxError("the report could not be written", [problem]))
