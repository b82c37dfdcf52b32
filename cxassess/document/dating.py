"""Where a date is odd: not come yet, long ago, out of order, or one on which evidence does not count."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal, NamedTuple

from cxassess.content.reading import Content
from cxassess.document.answers import Evidence
from cxassess.document.assessment import Assessment
from cxassess.document.shapes import Place

# How long ago an assessment may have been before one asks whether the year is right.
LONG = timedelta(days=366)

Oddity = Literal[
    "future",  # it has not come yet
    "long-ago",  # of an assessment: more than a year back
    "uncounted",  # of an assessment: some evidence does not count on it
    "later",  # of evidence: after the assessment
    "expired",  # of evidence: too long before the assessment
    "early",  # of a target: before the assessment
]


class OddDate(NamedTuple):
    """A date that may be a slip: where it stands and what is odd about it."""

    place: Place
    why: Oddity


def odd_dates(assessment: Assessment, content: Content, *, today: date) -> Iterator[OddDate]:
    """Every date of an assessment that may be a slip, that of the assessment first.

    >>> from cxassess.content.reading import load_content
    >>> from cxassess.document.assessmentfile import load_assessment
    >>> from cxassess.places import examples_dir
    >>> content = load_content()
    >>> cafe = load_assessment(examples_dir() / "kopi-lereng.json", content)
    >>> next(odd_dates(cafe, content, today=date(2026, 3, 30)))
    OddDate(place=('on',), why='future')
    """
    on = assessment.on
    records = [(record, _of_record(record, assessment, content, today)) for record in assessment.evidence]
    if on > today:
        yield OddDate(("on",), "future")
    if on < today - LONG:
        yield OddDate(("on",), "long-ago")
    if any(why in ("later", "expired") for _, found in records for why in found):
        yield OddDate(("on",), "uncounted")
    for target in assessment.targets:
        if target.by and target.by < on:
            yield OddDate(("targets", target.key), "early")
    for record, found in records:
        yield from (OddDate(("evidence", record.key), why) for why in found)


def _of_record(record: Evidence, assessment: Assessment, content: Content, today: date) -> list[Oddity]:
    found: list[Oddity] = ["future"] if record.on and record.on > today else []
    match record.validity(content.evidence_kinds[record.kind], on=assessment.on):
        case "later":
            found.append("later")
        case "expired":
            found.append("expired")
    return found
