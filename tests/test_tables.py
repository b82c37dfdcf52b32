"""Tables: accessible, escaped, and the same as data."""

from datetime import date

import pytest
from made import ON, blank

from cxassess import tables
from cxassess.assessment import Answer, Assessment, Evidence, EvidenceLink, Exemption, Judgement, Sample
from cxassess.content import Content
from cxassess.scoring import Scorecard, score
from cxassess.tables import Table
from cxassess.text import Html

HOSTILE = '<img src=x onerror="alert(1)">'


def card(assessment: Assessment, content: Content) -> Scorecard:
    return score(assessment, content, on=ON)


def test_cells_are_escaped_unless_they_are_html() -> None:
    """Text is shown; only what we made as HTML is HTML."""
    shown = Table(HOSTILE, (HOSTILE, "B"), ((HOSTILE, HOSTILE), ("x", Html("<b>x</b>")))).html()
    assert "<img" not in shown
    # caption, its name for screen readers, column head, row head, cell
    assert shown.count("&lt;img") == 5
    assert "<b>x</b>" in shown


def test_headings_have_scope_and_the_region_a_name() -> None:
    """What a screen reader needs to read a table."""
    shown = Table("Caption", ("A", "B"), (("x", "1"),), numeric=(1,)).html()
    for part in (
        "<caption>Caption</caption>",
        '<th role="columnheader" scope="col">A</th>',
        '<th role="rowheader" scope="row">x</th>',
        '<td role="cell" data-label="B" class="cx-number">1</td>',
        'aria-label="Caption"',
    ):
        assert part in shown


def test_levels_of_the_worked_example(golden: Assessment, golden_content: Content) -> None:
    """The table of METHOD 10, in Indonesian, and as a frame."""
    frame = tables.levels(card(golden, golden_content), golden_content, lang="id").frame
    assert list(frame.columns) == ["Tingkat", "Diklaim", "Rentang", "Konsisten", "Terverifikasi"]
    assert list(frame["Diklaim"]) == ["91,7% (F)", "88,9% (F)", "75% (L)", "58,3% (L)", "25% (P)", "0% (N)"]
    assert list(frame["Rentang"]) == ["–"] * 5 + ["0% sampai 25%"]
    assert frame["Konsisten"][3] == "50% (P)"


def shown_answer(content: Content, answer: Answer, *evidence: Evidence, lang: str = "en") -> str:
    assessment = blank(content, evidence=evidence).answer("inform-1", answer)
    return tables.answers(card(assessment, content), content, "inform", lang=lang).rows[0]


OBSERVED = Evidence(key="E-01", kind="observation", source="s", on=date(2026, 3, 1))


@pytest.mark.parametrize(
    ("link", "said"),
    [
        (EvidenceLink(evidence="E-01", supports="F"), "Proved."),
        (EvidenceLink(evidence="E-01", supports="L"), "Current evidence supports L only."),
        (EvidenceLink(evidence="E-01", supports="N"), "Not proved."),
        (
            EvidenceLink(evidence="E-01", sample=Sample(k=22, n=30)),
            "The sample, 22 of 30 (73.3%), shows L. The rating given is F.",
        ),
        (
            EvidenceLink(evidence="E-01", sample=Sample(k=27, n=30)),
            "The sample, 27 of 30 (90%): most probably F; about",
        ),
        (EvidenceLink(evidence="E-01", sample=Sample(k=10, n=20)), "not even two thousand more"),
    ],
)
def test_what_proof_is_said_to_be_there(content: Content, link: EvidenceLink, said: str) -> None:
    """A rating that outruns its proof is told at once."""
    row = shown_answer(content, Answer(state="rated", rating="F", evidence=(link,)), OBSERVED)
    assert said in row[2]


def test_the_anchor_stands_beside_the_rating(content: Content) -> None:
    """The reader sees what the letter means for this practice."""
    row = shown_answer(content, Answer(state="rated", rating="P"))
    assert content.questions[0].anchors.P.en in row[1].replace("&#x27;", "'").replace("&quot;", '"')


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (None, "no date, so it proves nothing"),
        (date(2025, 1, 1), "expired after"),
        (date(2026, 3, 1), "counts until 28 August 2026"),
        (date(2026, 5, 1), "counts only from 1 May 2026"),
    ],
)
def test_whether_evidence_counts_is_said(content: Content, on: date | None, said: str) -> None:
    """Date, shelf life and what follows from them."""
    record = OBSERVED.model_copy(update={"on": on})
    (row,) = tables.evidence(card(blank(content, evidence=(record,)), content), content, lang="en").rows
    assert said in row[4]


def test_an_unproved_exception_is_called_so(content: Content) -> None:
    """The reason is printed, and that it does not count in verified."""
    rated = {q.key: Answer(state="rated", rating="F") for q in content.questions}
    exempt = Exemption(mistake="unresolved-problems", level="resolve", reason=HOSTILE)
    assessment = blank(content, answers=rated, exceptions=(exempt,))
    judged = assessment.judge("unresolved-problems", Judgement(severity=3))
    row = tables.mistakes(card(judged, content), content, lang="en").rows[0]
    assert "excepted because" in row[2] and "not proved" in row[2]
    assert "&lt;img" in row[2] and "<img" not in row[2]


def test_the_worst_mistake_stands_first_and_absent_ones_are_left_out(content: Content) -> None:
    """Readers begin at the top, and a client is not described by a mistake it does not make."""
    judged = {"silos": 1, "one-mass": 3, "rude-staff": 0}
    assessment = blank(content, mistakes={key: Judgement(severity=value) for key, value in judged.items()})
    rows = tables.mistakes(card(assessment, content), content, lang="en").rows
    assert [row[1] for row in rows[:2]] == ["3 – systemic", "1 – sporadic"]
    assert len(rows) == len(content.mistakes) - 1


def test_an_expired_record_says_what_it_was(content: Content) -> None:
    """Else a reader wonders why one sample counts E1 and the next E3."""
    record = OBSERVED.model_copy(update={"on": date(2025, 1, 1)})
    (row,) = tables.evidence(card(blank(content, evidence=(record,)), content), content, lang="en").rows
    assert row[2] == "E1 (was E3)"
