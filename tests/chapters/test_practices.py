"""A practice as a row of a table."""

from datetime import date

import pytest
from kit.made import ON, blank

from cxassess.chapters import answers
from cxassess.content.reading import Content
from cxassess.content.voice import Voice
from cxassess.document.answers import Answer, Evidence, EvidenceLink, Opinion, Sample
from cxassess.document.assessment import Assessment
from cxassess.page.blocks import cell_text
from cxassess.pyramid.scorecard import Scorecard
from cxassess.pyramid.scoring import score

OBSERVED = Evidence(key="E-01", kind="observation", source="s", on=date(2026, 3, 1))


def card(assessment: Assessment, content: Content) -> Scorecard:
    return score(assessment, content, on=ON)


def shown_answer(content: Content, answer: Answer, *evidence: Evidence, lang: str = "en") -> list[str]:
    assessment = blank(content, evidence=evidence).answer("inform-1", answer)
    return [
        cell_text(cell)
        for cell in answers.table(card(assessment, content), Voice(content, lang), "inform").rows[0]
    ]


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
        (
            EvidenceLink(evidence="E-01", sample=Sample(k=18, n=19)),
            "about 1 more observation would make that certain.",
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


def test_single_views_stand_below_the_answer(content: Content) -> None:
    """By role, with what they said; the answer is the one above."""
    views = (Opinion(who="nurse", rating="P", note="long queue"), Opinion(who="director", rating="F"))
    made = blank(content).answer("inform-1", Answer(state="rated", rating="L", opinions=views))
    table = answers.table(score(made, content, on=ON), Voice(content, "en"), "inform")
    cell = cell_text(table.rows[0][1])
    for said in (Voice(content, "en").rating("L"), "nurse would say P: long queue", "director would say F"):
        assert said in cell
