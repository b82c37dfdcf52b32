"""The heat map: a cell a question, its letter, its proof."""

from collections import Counter

import pytest
from kit.drawings import drawn, hostile, rows, unwritten
from kit.made import ON, blank, rated

from cxassess import theme
from cxassess.charts import answers
from cxassess.content.reading import Content
from cxassess.content.voice import Voice
from cxassess.document.answers import Answer, Evidence, EvidenceLink
from cxassess.pyramid.scorecard import Scorecard
from cxassess.pyramid.scoring import score


@pytest.mark.parametrize(
    ("lang", "wanted"),
    [
        ("id", ["Pemicu", "Upaya", "rating-l", "state-unknown", "state-not-applicable"]),
        ("en", ["Trigger", "Effort", "rating-l", "proof-proved", "chart-core"]),
    ],
)
def test_it_says_its_numbers(lang: str, wanted: list[str], card: Scorecard, golden_content: Content) -> None:
    """Never by colour alone: what it shows stands as text, in both languages."""
    assert unwritten(drawn(answers, card, golden_content, lang), wanted, golden_content, lang) == []


def test_it_is_described(card: Scorecard, golden_content: Content) -> None:
    """Who does not see it hears its key numbers."""
    described = answers.describe(card, Voice(golden_content, "en"))
    assert "Map of 24 answers by level. F: 6; L: 9; P: 2; N: 5; not known: 1; not applicable: 1;" in described


def test_nothing_answered_is_not_nothing_found(content: Content) -> None:
    """What is open is said to be open."""
    described = answers.describe(score(blank(content), content, on=ON), Voice(content, "en"))
    assert "not answered: 30." in described


def test_the_heat_map_has_a_cell_a_question(card: Scorecard, golden_content: Content) -> None:
    """Its letter, or the sign of its state; a fill by rating; a ring where it is proved."""
    found = list(rows(answers, card, golden_content))
    cells = Counter(row["fill"] for kind, row in found if kind == "rect")
    letters = Counter(mark.answer.rating for mark in card.marks)
    wanted = {"N": theme.PANEL, "P": theme.CLAIMED, "L": theme.CONSISTENT, "F": theme.VERIFIED, None: theme.GROUND}
    assert cells == {wanted[letter]: count for letter, count in letters.items()}
    shown = Counter(row["text"] for kind, row in found if kind == "text" and "tooltip" in row)
    assert shown == {**{k: n for k, n in letters.items() if k}, "?": 1, "–": 1}
    rings = [row for kind, row in found if kind == "point" and row["size"] == 576]
    assert len(rings) == sum(mark.proof == "proved" for mark in card.marks) == 9
    # The two without a rating are dashed, and so are their keys.
    assert drawn(answers, card, golden_content).count('stroke-dasharray="4,3"') == 4


def test_proof_in_part_is_no_ring(golden_content: Content) -> None:
    """Evidence for P does not prove L; evidence for N proves N."""
    paper = Evidence(key="E-01", kind="document", source="x", on=ON)
    links = {
        "P": (EvidenceLink(evidence="E-01", supports="P"),),
        "N": (EvidenceLink(evidence="E-01", supports="N"),),
    }
    assessment = rated(golden_content, "LLLLLL").replaced(evidence=(paper,))
    assessment = assessment.answer("inform-1", Answer(state="rated", rating="L", evidence=links["P"]))
    assessment = assessment.answer("inform-2", Answer(state="rated", rating="N", evidence=links["N"]))
    found = rows(answers, score(assessment, golden_content, on=ON), golden_content)
    ringed = [row["tooltip"] for kind, row in found if kind == "point" and row["size"] == 576]
    assert ringed == [f"{golden_content.by_key['inform-2'].name.en}: N – not (0–15%)"]


def test_core_questions_are_starred(content: Content) -> None:
    """One a level in the shipped content, in its own cell."""
    found = list(rows(answers, hostile(content)[1], content))
    stars = [row for kind, row in found if row.get("tooltip") == "Core question"]
    cells = [row for kind, row in found if kind == "rect"]
    names = [c["tooltip"] for s in stars for c in cells if c["x"] < s["x"] < c["x2"] and c["y"] < s["y"] < c["y2"]]
    core = [question.name.en for question in content.questions if question.core]
    assert [name.split(":")[0] for name in names] == core and len(core) == 6


def test_unanswered_cells_are_empty(content: Content) -> None:
    """Thirty dashed cells without a letter."""
    card = score(blank(content), content, on=ON)
    found = list(rows(answers, card, content))
    assert sum(kind == "rect" and row["strokeDash"] == [4, 3] for kind, row in found) == 30
    assert not [row for kind, row in found if kind == "text" and "tooltip" in row]
    # In the picture, too: a rectangle takes its dashes from its layer. One more stands in the legend.
    assert drawn(answers, card, content).count('stroke-dasharray="4,3"') == 31


def test_the_answers_in_figures(card: Scorecard, golden_content: Content) -> None:
    """A row a question: its level, points as rated and as proved, grade of its evidence; no words."""
    found = answers.frame(card, golden_content)
    assert list(found.index) == [mark.key for mark in card.marks]
    assert list(found.columns) == ["level", "points", "counted", "grade"]
    assert dict(found["points"].round(2).value_counts()) == {0.67: 9, 1.0: 6, 0.0: 5, 0.33: 2}
    assert (found["points"].isna() == found["counted"].isna()).all()
    assert not (found["counted"] > found["points"]).any()
    assert found["level"].between(1, 6).all() and found["grade"].between(0, 4).all()
