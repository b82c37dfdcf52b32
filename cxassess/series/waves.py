"""The assessments of one unit over time: the last before this one, and a new one begun from it."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from cxassess.content.reading import Content
from cxassess.document.assessment import Assessment, Unit
from cxassess.document.assessmentfile import load_assessment, write_new
from cxassess.document.history import History
from cxassess.errors import AssessmentError, Problem
from cxassess.files import locked, shortened, slug
from cxassess.series.siblings import siblings, unit_of

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
# With its ending, a file name of 100 letters.
_STEM_LETTERS = 95


def begun_from(old: Assessment, on: date, *, unit: Unit | None = None, keep_answers: bool = False) -> Assessment:
    """An assessment of the same unit on another date, or of another unit of the same organisation.

    Who they are, the weights and the content stay, and for the same unit its evidence, which expires by its own
    date, its targets, and what is noted in private of the company. Nothing is answered, and nothing said of the
    assessment itself, for all that was true of then. With `keep_answers` everything stays, for another unit too.
    Raises AssessmentError for a date that cannot be.

    >>> from cxassess.document.assessment import ContentVersion, Profile
    >>> version = ContentVersion(model="cx-pyramid-6", version="1.0")
    >>> profile = Profile(organisation="Acme", unit=Unit(kind="company"), note="We saw three of nine outlets.")
    >>> old = Assessment(content=version, on=date(2026, 11, 28), profile=profile)
    >>> new = begun_from(old, date(2027, 11, 28))
    >>> new.profile.organisation, str(new.on), new.profile.note
    ('Acme', '2027-11-28', None)
    """
    is_other = unit is not None and unit != old.profile.unit
    changes = {"unit": unit} if unit else {}
    if keep_answers:
        return old.replaced(on=on, profile=old.profile.model_copy(update=changes))
    left = {"note": None} | ({"private": None} if is_other else {})
    return Assessment(
        content=old.content, on=old.on, profile=old.profile.model_copy(update=left | changes)
    ).replaced(
        on=on,
        weights=old.weights,
        evidence=() if is_other else old.evidence,
        targets=() if is_other else old.targets,
    )


def next_file(file: Path, old: Assessment, new: Assessment) -> Path:
    """Where an assessment goes that was begun from another: beside it, its name with the date in place of the old.

    The name of another unit follows the date.

    >>> from cxassess.document.assessment import ContentVersion, Profile
    >>> version = ContentVersion(model="m", version="1.0")
    >>> profile = Profile(organisation="Acme", unit=Unit(kind="company"))
    >>> old = Assessment(content=version, on=date(2026, 11, 28), profile=profile)
    >>> new = begun_from(old, date(2027, 5, 2), unit=Unit(kind="outlet", name="Dago Atas"))
    >>> next_file(Path("acme/2026-11-28.json"), old, new).name
    '2027-05-02-dago-atas.json'
    """
    found = _DATE.search(file.stem)
    before, after = (file.stem[: found.start()], file.stem[found.end() :]) if found else (f"{file.stem}-", "")
    unit = new.profile.unit
    if unit != old.profile.unit:
        after = f"-{slug(unit.name)}" if unit.name else ""
    return file.with_name(f"{shortened(f'{before}{new.on.isoformat()}{after}', letters=_STEM_LETTERS)}.json")


def new_wave(
    file: Path, content: Content, *, on: date, unit: Unit | None = None, keep_answers: bool = False
) -> Path:
    """Begin an assessment from that in a file, write it beside, and give its path. See `begun_from`.

    Raises AssessmentError where the old one cannot be used, the new one would not be later, or one of that unit
    and date stands in the folder; and OSError.
    """
    old = load_assessment(file, content)
    new = begun_from(old, on, unit=unit, keep_answers=keep_answers)
    if unit_of(new) == unit_of(old) and on <= old.on:
        raise AssessmentError("problem-nothing-written", [Problem(str(on), "problem-not-later", on=old.on)])
    path = next_file(file, old, new)
    for one in siblings(path):
        if (one.unit, one.on) == (unit_of(new), on):
            raise AssessmentError("problem-nothing-written", [Problem(str(one.path), "problem-stands-already")])
    write_new(path, new)
    return path


def renamed_by_date(file: Path, content: Content) -> Path:
    """Give a file the date of its assessment in its name, in place of another; its history goes with it.

    Raises AssessmentError where it cannot be used, another file has that name, or a program holds it; OSError.
    """
    on = load_assessment(file, content).on.isoformat()
    new = file.with_name(f"{_DATE.sub(on, file.stem, count=1)}{file.suffix}")
    with locked(file):
        if new.exists():
            raise AssessmentError("problem-nothing-written", [Problem(str(new), "problem-stands-already")])
        old_history, new_history = History(file).folder, History(new).folder
        file.rename(new)
        # Another file of that name may have left a history; mine is then the younger one, and stays where it is.
        if old_history.is_dir() and not new_history.exists():
            old_history.rename(new_history)
    return new


def last_before(path: Path, assessment: Assessment, content: Content) -> tuple[Path, Assessment] | None:
    """The last earlier assessment of the same unit in the folder of a file, if there is one.

    It is found by what the files hold; none points to another. Raises AssessmentError where two files are of that
    date, for neither is the last before the other is gone, or where the one cannot be used.
    """
    earlier = [one for one in siblings(path) if one.unit == unit_of(assessment) and one.on < assessment.on]
    if not earlier:
        return None
    day = max(one.on for one in earlier)
    last, *others = [one.path for one in earlier if one.on == day]
    if others:
        problems = [Problem(last.name, "problem-same-unit-and-date", other=other.name) for other in others]
        raise AssessmentError("problem-no-last", problems)
    return last, load_assessment(last, content)
