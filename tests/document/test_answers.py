"""Answers and what bears them: when evidence counts, how much, and what a link says of it."""

import ast
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kit.places import MODULES, PACKAGE, ROOT
from pydantic import ValidationError

from cxassess.content.model import EvidenceKind
from cxassess.document.answers import VALIDITIES, Evidence, EvidenceLink

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


def test_shelf_life_is_inclusive() -> None:
    """METHOD 4: it counts from its date to date + shelf life, both inclusive; then at most as E1."""
    kind = EvidenceKind(key="observation", name={"id": "x", "en": "x"}, grade=3, days=180)
    seen = Evidence(key="E-01", kind="observation", source="s", on=date(2026, 1, 1))
    days = (date(2025, 12, 31), date(2026, 1, 1), date(2026, 6, 30), date(2026, 7, 1))
    assert [seen.grade(kind, on=day) for day in days] == [0, 3, 3, 1]


def test_undated_evidence_proves_nothing() -> None:
    """Without a date it cannot be current."""
    kind = EvidenceKind(key="document", name={"id": "x", "en": "x"}, grade=2, days=365)
    assert Evidence(key="E-01", kind="document", source="s").grade(kind, on=date(2026, 1, 1)) == 1


@pytest.mark.parametrize("person", ["", "   ", "two\nlines", "\x1b[31mred"])
def test_a_name_is_one_line(person: str) -> None:
    """It stands in a table cell, and in the terminal when something is wrong with it."""
    with pytest.raises(ValidationError):
        Evidence(key="E-01", kind="interview", source="s", person=person)


def test_a_link_may_say_nothing_yet() -> None:
    """One click links; what the evidence shows is said later. It says one thing, or nothing."""
    assert EvidenceLink(evidence="E-01").is_silent
    assert not EvidenceLink(evidence="E-01", supports="N").is_silent
    assert not EvidenceLink(evidence="E-01", sample={"k": 0, "n": 1}).is_silent
    with pytest.raises(ValidationError, match="keep one"):
        EvidenceLink(evidence="E-01", supports="N", sample={"k": 1, "n": 2})


def test_what_is_private_is_read_where_it_is_written_and_nowhere_else() -> None:
    """Only the document, which keeps it, and the form, where it is typed, know that there is such a field."""
    known_to = {PACKAGE / "document", PACKAGE / "forms", ROOT / "templates" / "form"}
    readers = {
        module.parent
        for module in MODULES
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == "private"
    }
    templates = [file for file in (ROOT / "templates").rglob("*") if file.suffix in (".j2", ".ipynb", ".typ")]
    readers |= {file.parent for file in templates if ".private" in file.read_text(encoding="utf-8")}
    assert readers <= known_to
    assert ROOT / "templates" / "form" in readers
