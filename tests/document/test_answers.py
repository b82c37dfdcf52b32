"""Answers and what bears them: when evidence counts, and how much."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from cxassess.content.model import EvidenceKind
from cxassess.document.answers import VALIDITIES, Evidence

days = st.dates(date(1900, 1, 1), date(2199, 12, 31))
kinds = st.builds(
    EvidenceKind,
    key=st.just("document"),
    name=st.just({"id": "d", "en": "d"}),
    grade=st.integers(0, 4),
    days=st.integers(1, 36_500),
)
records = st.builds(
    Evidence, key=st.just("E-01"), kind=st.just("document"), source=st.just("s"), on=st.none() | days
)


@given(records, kinds, days)
def test_evidence_counts_in_full_from_its_date_to_its_last_day(
    record: Evidence, kind: EvidenceKind, on: date
) -> None:
    """Both included; without a date, never. METHOD 4."""
    validity, until = record.validity(kind, on=on), record.until(kind)
    assert validity in VALIDITIES
    assert (validity == "undated") == (record.on is None) == (until is None)
    if record.on and until:
        assert until - record.on == timedelta(days=kind.days)
        assert (validity == "current") == (record.on <= on <= until)
        assert (validity == "later") == (on < record.on)
        assert (validity == "expired") == (until < on)


@given(records, kinds, days)
def test_a_grade_is_whole_while_evidence_counts(record: Evidence, kind: EvidenceKind, on: date) -> None:
    """Nothing before its date; afterwards, and without one, at most as E1. METHOD 4."""
    most = {"current": 4, "later": 0, "expired": 1, "undated": 1}[record.validity(kind, on=on)]
    assert record.grade(kind, on=on) == min(kind.grade, most)
