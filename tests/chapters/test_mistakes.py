"""The mistakes found, and what they contradict."""

from kit.made import ON, blank, rated

from cxassess.chapters import mistakes
from cxassess.content.reading import Content
from cxassess.content.voice import Voice
from cxassess.document.answers import Answer, Exemption, Judgement
from cxassess.document.assessment import Assessment
from cxassess.page.blocks import cell_text
from cxassess.pyramid.scorecard import Scorecard
from cxassess.pyramid.scoring import score

HOSTILE = '<img src=x onerror="alert(1)">'


def card(assessment: Assessment, content: Content) -> Scorecard:
    return score(assessment, content, on=ON)


def test_mistakes_not_found_are_one_line(content: Content) -> None:
    """Looked for and not found: by name, not by accusation."""
    shown = mistakes.CHAPTER.part(score(rated(content, "FFFFFF"), content, on=ON), Voice(content, "en")).html()
    assert "<table" not in shown and "<svg" not in shown
    assert "Looked for and not found: “Long waits”" in shown


def test_an_unproved_exception_is_called_so(content: Content) -> None:
    """The reason is printed, and that it does not count in verified."""
    rated = {q.key: Answer(state="rated", rating="F") for q in content.questions}
    exempt = Exemption(mistake="unresolved-problems", level="resolve", reason=HOSTILE)
    assessment = blank(content, answers=rated, exceptions=(exempt,))
    judged = assessment.judge("unresolved-problems", Judgement(severity=3))
    row = mistakes.table(card(judged, content), Voice(content, "en")).rows[0]
    assert "excepted because" in cell_text(row[3]) and "not proved" in cell_text(row[3])
    assert HOSTILE in cell_text(row[3])


def test_the_worst_mistake_stands_first_and_absent_ones_are_left_out(content: Content) -> None:
    """Readers begin at the top, and a client is not described by a mistake it does not make."""
    judged = {"silos": 1, "one-mass": 3, "rude-staff": 0}
    assessment = blank(content, mistakes={key: Judgement(severity=value) for key, value in judged.items()})
    rows = mistakes.table(card(assessment, content), Voice(content, "en")).rows
    assert [row[1] for row in rows[:2]] == ["3 – systemic", "1 – sporadic"]
    assert len(rows) == len(content.mistakes) - 1
