"""Dates that may be slips: each told once, at its place; dates in order tell nothing."""

from datetime import date, timedelta

import pytest
from kit.answers import PAPER
from kit.made import ON, blank

from cxassess.content.reading import Content
from cxassess.document.assessment import Target
from cxassess.document.dating import odd_dates

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("today", "why"),
    [
        (ON - DAY, ["future"]),
        (ON, []),
        (date(2027, 4, 1), []),
        (date(2027, 4, 2), ["long-ago"]),
    ],
)
def test_the_date_of_the_assessment(content: Content, today: date, why: list[str]) -> None:
    """In the future, or more than a year and a day ago."""
    found = list(odd_dates(blank(content), content, today=today))
    assert [(one.place, one.why) for one in found] == [(("on",), one) for one in why]


@pytest.mark.parametrize(
    ("on", "why"),
    [
        (None, []),
        (ON, []),
        (ON + DAY, ["later"]),
        (ON + 3 * DAY, ["future", "later"]),
        (date(2019, 1, 1), ["expired"]),
    ],
)
def test_the_date_of_evidence(content: Content, on: date | None, why: list[str]) -> None:
    """Against today and against the assessment, whose date is told of, too, where some evidence does not count."""
    one = blank(content, evidence=(PAPER.model_copy(update={"on": on}),))
    found = list(odd_dates(one, content, today=ON + 2 * DAY))
    assert [odd.why for odd in found if odd.place == ("evidence", "E-01")] == why
    assert [odd.why for odd in found if odd.place == ("on",)] == (["uncounted"] if why else [])


def test_the_date_of_a_target(content: Content) -> None:
    """Before the assessment it can be no target; on its day it may."""
    days = {"T-01": ON - DAY, "T-02": ON, "T-03": None}
    one = blank(content, targets=tuple(Target(key=key, level=2, by=by) for key, by in days.items()))
    assert list(odd_dates(one, content, today=ON)) == [(("targets", "T-01"), "early")]
