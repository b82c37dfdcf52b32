"""Which reports a batch is to make: assessments found and checked before a kernel starts."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from cxassess.batch.bulkhead import Failure, Mishap, failure_of, kept_apart
from cxassess.batch.stopping import Stop
from cxassess.document.assessmentfile import load_assessment
from cxassess.errors import AssessmentError, Problem
from cxassess.files import shortened, slug
from cxassess.interview.attachments import FOLDER
from cxassess.report.edition import Edition
from cxassess.report.rendering import report_name
from cxassess.series.siblings import refuse_doubtful
from cxassess.text import Lang

_NAME_LETTERS = 100


class Job(NamedTuple):
    """One report to make: from a file, in a language, of a client, under a file name (without its ending)."""

    file: Path
    lang: Lang
    client: str
    name: str


class Plan(NamedTuple):
    """The reports to make, what cannot be made, and how many files were not looked at, the batch being stopped."""

    jobs: list[Job]
    failures: list[Failure]
    unchecked: int

    @property
    def wanted(self) -> int:
        """How many reports there would be if nothing failed and nobody stopped; at least."""
        return len(self.jobs) + len(self.failures) + self.unchecked


def find_assessments(paths: Sequence[Path]) -> list[Path]:
    """The assessment files named, and those in the folders named, sorted; none that is hidden or attached.

    What is called .json and is no file is among them, so that it is told and not passed over.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(file for file in path.rglob("*.json") if not _is_apart(file.relative_to(path)))
        else:
            found.append(path)
    once: dict[str, Path] = {}
    for path in found:
        # Not Path.resolve(): up to Python 3.12, a link that leads to itself ends it.
        once.setdefault(os.path.realpath(path), path)
    return list(once.values())


def _is_apart(path: Path) -> bool:
    """Whether a file is hidden, or attached to evidence: then it is no assessment, whatever it holds."""
    return FOLDER in path.parts[:-1] or any(part.startswith(".") for part in path.parts)


def planned(files: Sequence[Path], edition: Edition, *, stop: Stop) -> Plan:
    """The reports that an edition makes of files, until `stop` is asked.

    A file that cannot be used, may not be the one that is meant (unless by `edition.force`), or whose report would
    overwrite another's, is a failure, its log where reports go.
    """
    jobs: list[Job] = []
    failures: list[Failure] = []
    taken: dict[str, Path] = {}
    for done, file in enumerate(files):
        if stop.is_asked:
            return Plan(jobs, failures, len(files) - done)
        log = edition.folder / file_log(file)
        asked = kept_apart(partial(_jobs_of, file, edition), file)
        if isinstance(asked, Mishap):
            failures.append(failure_of(asked, file, log=log))
            continue
        kept_apart(partial(log.unlink, missing_ok=True), log)
        for job in asked:
            other = taken.setdefault(job.name, file)
            if other is file:
                jobs.append(job)
            else:
                failures.append(_twin(job, other, edition.folder))
    return Plan(jobs, failures, 0)


def _jobs_of(file: Path, edition: Edition) -> list[Job]:
    assessment = load_assessment(file, edition.content)
    if not edition.force:
        refuse_doubtful(file, assessment)
    client = assessment.profile.organisation
    languages = edition.languages_for(assessment.profile)
    return [Job(file, lang, client, report_name(assessment, lang)) for lang in languages]


def _twin(job: Job, other: Path, folder: Path) -> Failure:
    """The failure of a report that would have the name of another's."""
    problem = Problem(str(job.file), "problem-would-overwrite", other=other)
    mishap = Mishap(AssessmentError("problem-two-of-a-name", [problem]))
    return failure_of(mishap, job.file, log=folder / file_log(job.file), lang=job.lang, client=job.client)


def file_log(file: Path) -> str:
    """The name of the log of a file that cannot be used, of which no better name is known.

    >>> file_log(Path("assessments/acme/2026-03-31.json"))
    'acme-2026-03-31.failed.log'
    """
    ending = ".failed.log"
    name = f"{slug(file.parent.name)}-{slug(file.stem)}"
    return shortened(name, letters=_NAME_LETTERS - len(ending)) + ending
