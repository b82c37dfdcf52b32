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
from urllib.parse import quote

from cxassess.assessmentfile import load_assessment
from cxassess.content import Content
from cxassess.engine import Kernel
from cxassess.errors import AssessmentError, CxError, Problem
from cxassess.paths import write_whole
from cxassess.report import Report, render_report, report_name, to_html
from cxassess.scoring import RESULTS
from cxassess.tables import Table
from cxassess.text import Html, Lang, day, escaped


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
            job.file, content, lang=job.lang, folder=folder, content_dir=content_dir, kernel=kernel, force=force
        )

    results = [*failures, *_side_by_side(jobs, workers or os.cpu_count() or 1, render, tell)]
    order = {job: index for index, job in enumerate(jobs)}
    first = {file: index for index, file in enumerate(files)}
    results.sort(key=lambda result: (first[result.file], order.get(Job(result.file, result.lang or "id"), -1)))
    reports = tuple(result for result in results if isinstance(result, Report))
    failed = tuple(result for result in results if isinstance(result, Failure))
    index = folder / "index.html"
    page = index_page(reports, failed, content, lang=lang or (reports[0].lang if reports else "id"))
    # File names may hold bytes that are no letters.
    write_whole(index, page.encode(errors="replace"))
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


def index_page(reports: Sequence[Report], failures: Sequence[Failure], content: Content, *, lang: Lang) -> str:
    """The page that leads to the reports of a batch and names what failed."""
    from nbformat.v4 import new_code_cell, new_notebook, new_output

    title = content.say("index-title", lang=lang)
    parts = [f"<h1>{escaped(title)}</h1>"]
    if reports:
        parts.append(_report_table(reports, content, lang=lang).html())
    if failures:
        heading = content.say("index-failed", lang=lang, count=len(failures))
        parts.append(f"<h2>{escaped(heading)}</h2>{_failure_table(failures, content, lang=lang).html()}")
    cell = new_code_cell(outputs=[new_output("execute_result", data={"text/html": "".join(parts)})])
    skip = content.say("skip-link", lang=lang)
    return to_html(new_notebook(cells=[cell], metadata={"cxassess": {"lang": lang, "title": title, "skip": skip}}))


def _report_table(reports: Sequence[Report], content: Content, *, lang: Lang) -> Table:
    by_file: dict[Path, list[Report]] = {}
    for report in reports:
        by_file.setdefault(report.file, []).append(report)
    rows = tuple(_index_row(of_one, content, lang=lang) for of_one in by_file.values())
    words = ("index-company", "index-date", *RESULTS, "index-reports")
    columns = tuple(content.say(word, lang=lang) for word in words)
    return Table(content.say("index-caption", lang=lang), columns, rows, numeric=(2, 3, 4))


def _index_row(reports: Sequence[Report], content: Content, *, lang: Lang) -> tuple[str, ...]:
    card = reports[0].card
    profile = card.assessment.profile
    unit = f"<small>{escaped(profile.unit.name)}</small>" if profile.unit.name else ""
    links = ", ".join(
        f'<a href="{quote(report.html.name)}" hreflang="{report.lang}">'
        f"{escaped(content.say(f'language-{report.lang}', lang=lang))}</a>{_edited(report, content, lang=lang)}"
        for report in reports
    )
    draft = f" ({content.say('draft', lang=lang)})" if card.draft else ""
    return (
        Html(f"{escaped(profile.organisation)}{unit}"),
        day(card.on, lang=lang) + draft,
        *(result.shown for result in card.results.values()),
        Html(links),
    )


def _edited(report: Report, content: Content, *, lang: Lang) -> str:
    return f" ({escaped(content.say('index-edited', lang=lang))})" if report.edited else ""


def _failure_table(failures: Sequence[Failure], content: Content, *, lang: Lang) -> Table:
    # Error texts are English and written for the person who runs the batch.
    rows = tuple(
        (str(failure.file), Html("".join(f'<p lang="en">{escaped(line)}</p>' for line in _reasons(failure))))
        for failure in failures
    )
    columns = (content.say("index-file", lang=lang), content.say("index-reason", lang=lang))
    return Table(content.say("index-failed", lang=lang, count=len(failures)), columns, rows)


def _reasons(failure: Failure) -> list[str]:
    return [str(problem) for problem in failure.error.problems] or [failure.error.summary]
