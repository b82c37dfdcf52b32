"""Tables: what each says, row by row, in the reader's language, and the same as data."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kit.made import ON, assessments, blank

from cxassess.chapters import advice as tables
from cxassess.content.reading import Content, load_content
from cxassess.content.voice import Voice
from cxassess.document.answers import Answer, Evidence, EvidenceLink, Exemption, Judgement, Sample
from cxassess.document.assessment import Assessment, Profile, Unit
from cxassess.page.blocks import Table, cell_text
from cxassess.pyramid.advice import recommend
from cxassess.pyramid.scorecard import PROOFS, Scorecard
from cxassess.pyramid.scoring import score
from cxassess.text import LANGS

HOSTILE = '<img src=x onerror="alert(1)">'


def card(assessment: Assessment, content: Content) -> Scorecard:
    return score(assessment, content, on=ON)


def numbered(table: Table, column: int) -> list[int]:
    return [int(cell_text(row[column])) for row in table.rows]


def test_levels_of_the_worked_example(golden: Assessment, golden_content: Content) -> None:
    """The table of METHOD 10, in Indonesian, and as a frame."""
    frame = tables.levels(card(golden, golden_content), Voice(golden_content, "id")).frame
    assert list(frame.columns) == ["Tingkat", "Diklaim", "Rentang", "Konsisten", "Terverifikasi"]
    assert list(frame["Diklaim"]) == ["91,7% (F)", "88,9% (F)", "75% (L)", "58,3% (L)", "25% (P)", "0% (N)"]
    assert list(frame["Rentang"]) == ["–"] * 5 + ["0%–25%"]
    assert frame["Konsisten"][3] == "50% (P)"


def shown_answer(content: Content, answer: Answer, *evidence: Evidence, lang: str = "en") -> list[str]:
    assessment = blank(content, evidence=evidence).answer("inform-1", answer)
    return [
        cell_text(cell)
        for cell in tables.answers(card(assessment, content), Voice(content, lang), "inform").rows[0]
    ]


OBSERVED = Evidence(key="E-01", kind="observation", source="s", on=date(2026, 3, 1))


@pytest.mark.parametrize(
    ("link", "wanted"),
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
            "The sample, 27 of 30 (90%), points to F; about",
        ),
        (
            EvidenceLink(evidence="E-01", sample=Sample(k=10, n=20)),
            "even two thousand more observations might not",
        ),
    ],
)
def test_what_proof_is_said_to_be_there(content: Content, link: EvidenceLink, wanted: str) -> None:
    """A rating that outruns its proof is told at once."""
    row = shown_answer(content, Answer(state="rated", rating="F", evidence=(link,)), OBSERVED)
    assert wanted in row[3]


def test_the_rating_stands_in_words(content: Content) -> None:
    """What it generally looks like is left to the interview: a client would take it for a finding."""
    row = shown_answer(content, Answer(state="rated", rating="P"))
    assert row[1] == content.words["rating-p"].en
    assert content.questions[0].anchors.P.en not in " ".join(row)


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
    (row,) = tables.evidence(card(blank(content, evidence=(record,)), content), Voice(content, "en")).rows
    assert wanted in row[4]


def test_an_unproved_exception_is_called_so(content: Content) -> None:
    """The reason is printed, and that it does not count in verified."""
    rated = {q.key: Answer(state="rated", rating="F") for q in content.questions}
    exempt = Exemption(mistake="unresolved-problems", level="resolve", reason=HOSTILE)
    assessment = blank(content, answers=rated, exceptions=(exempt,))
    judged = assessment.judge("unresolved-problems", Judgement(severity=3))
    row = tables.mistakes(card(judged, content), Voice(content, "en")).rows[0]
    assert "excepted because" in cell_text(row[3]) and "not proved" in cell_text(row[3])
    assert HOSTILE in cell_text(row[3])


def test_the_worst_mistake_stands_first_and_absent_ones_are_left_out(content: Content) -> None:
    """Readers begin at the top, and a client is not described by a mistake it does not make."""
    judged = {"silos": 1, "one-mass": 3, "rude-staff": 0}
    assessment = blank(content, mistakes={key: Judgement(severity=value) for key, value in judged.items()})
    rows = tables.mistakes(card(assessment, content), Voice(content, "en")).rows
    assert [row[1] for row in rows[:2]] == ["3 – systemic", "1 – sporadic"]
    assert len(rows) == len(content.mistakes) - 1


def test_an_expired_record_says_what_it_was(content: Content) -> None:
    """Else a reader wonders why one sample counts E1 and the next E3."""
    record = OBSERVED.model_copy(update={"on": date(2025, 1, 1)})
    (row,) = tables.evidence(card(blank(content, evidence=(record,)), content), Voice(content, "en")).rows
    assert row[2] == "E1 (was E3)"


NAMED = OBSERVED.model_copy(update={"person": "Bu Ratih", "source": "Kepala gerai"})


@pytest.mark.parametrize("lang", LANGS)
def test_names_are_printed_only_where_the_profile_says_so(content: Content, lang: str) -> None:
    """Beside the role, which is always there."""
    sources = {}
    for print_names in (False, True):
        profile = Profile(organisation="Acme", unit=Unit(kind="company"), print_names=print_names)
        assessment = blank(content, evidence=(NAMED,), profile=profile)
        (row,) = tables.evidence(card(assessment, content), Voice(content, lang)).rows
        sources[print_names] = cell_text(row[3])
    assert sources == {False: "Kepala gerai", True: "Kepala gerai (Bu Ratih)"}


def test_evidence_is_listed_once_and_in_its_order(content: Content) -> None:
    """Every record, by its number."""
    kept = tuple(OBSERVED.model_copy(update={"key": f"E-{n:02d}"}) for n in (3, 1, 2))
    table = tables.evidence(card(blank(content, evidence=kept), content), Voice(content, "en"))
    assert [row[0] for row in table.rows] == ["E-03", "E-01", "E-02"]


@pytest.mark.parametrize("lang", LANGS)
def test_who_does_what_adds_up(content: Content, lang: str) -> None:
    """Each step stands with one owner, under its rank, and the owners' days are the days of the steps."""
    rated = {q.key: Answer(state="rated", rating="P") for q in content.questions}
    found = recommend(card(blank(content, answers=rated), content), content)[:12]
    ranked = tables.recommendations(card(blank(content), content), Voice(content, lang), found)
    owned = tables.by_owner(found, Voice(content, lang))
    assert len(ranked.rows) == 12 and len(owned.rows) > 1
    steps = [cell_text((line,)) for row in owned.rows for line in row[1]]
    wanted = [
        f"{n}. {tables.subject(one.advice.key, Voice(content, lang))}" for n, one in enumerate(found, start=1)
    ]
    assert sorted(steps) == sorted(wanted)
    for owner, mine, days in owned.rows:
        theirs = [row for row in ranked.rows if row[2] == owner]
        assert len(mine) == len(theirs)
        assert int(days) == sum(int(row[3]) for row in theirs)
        ranks = [int(cell_text((line,)).split(".")[0]) for line in mine]
        assert ranks == sorted(ranks)
    assert sum(numbered(owned, 2)) == sum(numbered(ranked, 3)) > 12


CONTENT = load_content()


@settings(max_examples=25, deadline=None)
@given(assessments(CONTENT), st.sampled_from(LANGS))
def test_coverage_counts_the_answers(assessment: Assessment, lang: str) -> None:
    """Every question of every level stands in one column, that of its proof."""
    scored = card(assessment, CONTENT)
    table = tables.coverage(scored, Voice(CONTENT, lang))
    assert len(table.rows) == len(CONTENT.levels)
    for level, row in zip(CONTENT.levels, table.rows, strict=True):
        assert sum(map(int, row[1:])) == len(CONTENT.of_level(level.key))
    for column, proof in enumerate(PROOFS, start=1):
        assert sum(numbered(table, column)) == sum(mark.proof == proof for mark in scored.marks)


def test_coverage_says_which_column_is_which(content: Content) -> None:
    """One proved, one in part, one not at all; the rest not rated."""
    answers = {
        "inform-1": Answer(state="rated", rating="L", evidence=(EvidenceLink(evidence="E-01", supports="L"),)),
        "inform-2": Answer(state="rated", rating="F", evidence=(EvidenceLink(evidence="E-01", supports="P"),)),
        "inform-3": Answer(state="rated", rating="F"),
    }
    frame = tables.coverage(
        card(blank(content, answers=answers, evidence=(OBSERVED,)), content), Voice(content, "en")
    ).frame
    assert list(frame.columns) == ["Level", "Proved", "Proved in part", "Not proved", "Not rated"]
    assert list(frame.iloc[0][1:]) == ["1", "1", "1", "2"]
    assert list(frame.iloc[1][1:]) == ["0", "0", "0", "5"]


@pytest.mark.parametrize("lang", LANGS)
def test_every_table_has_a_name_and_fits_its_head(content: Content, lang: str) -> None:
    """A caption for those who hear it; widths, where given, make up the whole."""
    scored = card(blank(content, evidence=(OBSERVED,)), content)
    found = recommend(scored, content)
    made = (
        tables.levels(scored, Voice(content, lang)),
        tables.mistakes(scored, Voice(content, lang)),
        tables.recommendations(scored, Voice(content, lang), found),
        tables.by_owner(found, Voice(content, lang)),
        tables.indicators(scored, Voice(content, lang)),
        tables.answers(scored, Voice(content, lang), "inform"),
        tables.coverage(scored, Voice(content, lang)),
        tables.evidence(scored, Voice(content, lang)),
    )
    for table in made:
        assert table.caption and all(table.columns)
        assert sum(table.widths) in (0, 100)
        assert table.rows
