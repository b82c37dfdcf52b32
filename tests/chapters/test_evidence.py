"""The evidence: how far it proves the answers, whether it counts, who is named."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kit.made import ON, assessments, blank

from cxassess.chapters import evidence
from cxassess.content.reading import Content, load_content
from cxassess.content.voice import Voice
from cxassess.document.answers import Answer, Evidence, EvidenceLink
from cxassess.document.assessment import Assessment, Profile, Unit
from cxassess.page.blocks import Table, cell_text
from cxassess.pyramid.scorecard import PROOFS, Scorecard
from cxassess.pyramid.scoring import score
from cxassess.text import LANGS

CONTENT = load_content()
OBSERVED = Evidence(key="E-01", kind="observation", source="s", on=date(2026, 3, 1))
NAMED = OBSERVED.model_copy(update={"person": "Bu Ratih", "source": "Kepala gerai"})


def card(assessment: Assessment, content: Content) -> Scorecard:
    return score(assessment, content, on=ON)


def numbered(table: Table, column: int) -> list[int]:
    return [int(cell_text(row[column])) for row in table.rows]


@pytest.mark.parametrize(
    ("on", "wanted"),
    [
        (None, "no date, so it cannot count as proof yet"),
        (date(2025, 1, 1), "expired after"),
        (date(2026, 3, 1), "1 March 2026; counts until 28 August 2026"),
        (date(2026, 5, 1), "counts only from 1 May 2026"),
    ],
)
def test_whether_evidence_counts_is_said(content: Content, on: date | None, wanted: str) -> None:
    """Date, shelf life and what follows from them."""
    record = OBSERVED.model_copy(update={"on": on})
    (row,) = evidence.table(card(blank(content, evidence=(record,)), content), Voice(content, "en")).rows
    assert wanted in row[4]


def test_an_expired_record_says_what_it_was(content: Content) -> None:
    """Else a reader wonders why one sample counts E1 and the next E3."""
    record = OBSERVED.model_copy(update={"on": date(2025, 1, 1)})
    (row,) = evidence.table(card(blank(content, evidence=(record,)), content), Voice(content, "en")).rows
    assert row[2] == "E1 (was E3)"


@pytest.mark.parametrize("lang", LANGS)
def test_names_are_printed_only_where_the_profile_says_so(content: Content, lang: str) -> None:
    """Beside the role, which is always there."""
    sources = {}
    for print_names in (False, True):
        profile = Profile(organisation="Acme", unit=Unit(kind="company"), print_names=print_names)
        assessment = blank(content, evidence=(NAMED,), profile=profile)
        (row,) = evidence.table(card(assessment, content), Voice(content, lang)).rows
        sources[print_names] = cell_text(row[3])
    assert sources == {False: "Kepala gerai", True: "Kepala gerai (Bu Ratih)"}


def test_evidence_is_listed_once_and_in_its_order(content: Content) -> None:
    """Every record, by its number."""
    kept = tuple(OBSERVED.model_copy(update={"key": f"E-{n:02d}"}) for n in (3, 1, 2))
    table = evidence.table(card(blank(content, evidence=kept), content), Voice(content, "en"))
    assert [row[0] for row in table.rows] == ["E-03", "E-01", "E-02"]


@settings(max_examples=25, deadline=None)
@given(assessments(CONTENT), st.sampled_from(LANGS))
def test_coverage_counts_the_answers(assessment: Assessment, lang: str) -> None:
    """Every question of every level stands in one column, that of its proof."""
    scored = card(assessment, CONTENT)
    table = evidence.coverage_table(scored, Voice(CONTENT, lang))
    assert len(table.rows) == len(CONTENT.levels)
    for level, row in zip(CONTENT.levels, table.rows, strict=True):
        assert sum(cell.value for cell in row[1:]) == len(CONTENT.of_level(level.key))
    for column, proof in enumerate(PROOFS, start=1):
        assert sum(numbered(table, column)) == sum(mark.proof == proof for mark in scored.marks)


def test_coverage_says_which_column_is_which(content: Content) -> None:
    """One proved, one in part, one not at all; the rest not rated."""
    answers = {
        "inform-1": Answer(state="rated", rating="L", evidence=(EvidenceLink(evidence="E-01", supports="L"),)),
        "inform-2": Answer(state="rated", rating="F", evidence=(EvidenceLink(evidence="E-01", supports="P"),)),
        "inform-3": Answer(state="rated", rating="F"),
    }
    frame = evidence.coverage_table(
        card(blank(content, answers=answers, evidence=(OBSERVED,)), content), Voice(content, "en")
    ).frame
    assert list(frame.columns) == ["Level", "Proved", "Proved in part", "Not proved", "Not rated"]
    assert list(frame.iloc[0][1:]) == [1, 1, 1, 2]
    assert list(frame.iloc[1][1:]) == [0, 0, 0, 5]
