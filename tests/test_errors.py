"""What can go wrong, and how it is told."""

import pytest

from cxassess.errors import AssessmentError, ContentError, CxError, Problem, ReportError


def test_every_problem_is_told_place_first() -> None:
    """Summary, then a line a problem: place, then what to do."""
    error = AssessmentError("acme.json cannot be used", [Problem("a:1", "is x; do y"), Problem("a:2", "is z")])
    assert str(error) == "acme.json cannot be used\n  a:1: is x; do y\n  a:2: is z"


@pytest.mark.parametrize("kind", [ContentError, AssessmentError, ReportError])
def test_one_except_catches_all(kind: type[CxError]) -> None:
    """The tree has one root."""
    with pytest.raises(CxError):
        raise kind("x")
