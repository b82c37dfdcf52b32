"""Why not the next level: which conditions, in which words."""

from decimal import Decimal

from kit.made import ON, blank, rated

from cxassess.chapters import why_not
from cxassess.content.reading import Content
from cxassess.content.voice import Voice
from cxassess.document.answers import Answer, Judgement
from cxassess.document.assessment import Assessment
from cxassess.page.prose import texts_of
from cxassess.pyramid.scoring import score


def said(assessment: Assessment, content: Content) -> list[str]:
    card = score(assessment, content, on=ON)
    return list(texts_of(why_not.CHAPTER.part(card, Voice(content, "en")).blocks))


def test_what_a_level_has_and_what_it_wants(content: Content) -> None:
    """The level, its achievement, what it must be over, and the questions that decide."""
    lines = said(rated(content, "FPNNNN"), content)
    assert "Claimed: why level 2 (Problem solved) is not reached yet" in lines
    assert "2. Problem solved: it stands at 33.3%; to reach this level it must be over 50%." in lines
    assert any(line.startswith("Decided by the answers to: “") for line in lines)


def test_what_two_results_lack_is_said_once(content: Content) -> None:
    """The second refers to the first."""
    lines = said(rated(content, "FPNNNN"), content)
    assert lines.count("What is missing is the same as under “Claimed”.") == 1


def test_the_top_is_called_the_top(content: Content) -> None:
    """Where nothing is left to reach, no condition is made up."""
    lines = said(rated(content, "FFFFFF"), content)
    assert "Claimed: the top level is reached." in lines
    assert "Consistent: the top level is reached." in lines
    assert any(line.startswith("Verified: why level 1") for line in lines)


def test_one_mistake_and_one_answer_are_told_as_one(content: Content) -> None:
    """ "a systemic mistake contradicts", "systemic mistakes contradict"; "the answer to", "the answers to"."""
    against = [mistake.key for mistake in content.mistakes if "resolve" in [c.level for c in mistake.contradicts]]
    assessment = rated(content, "FFFFFF")
    one = said(assessment.judge(against[0], Judgement(severity=3)), content)
    assert any("a systemic mistake contradicts it and has not been dealt with: " in line for line in one)
    several = assessment.judge(against[0], Judgement(severity=3)).judge(against[1], Judgement(severity=3))
    two = said(several, content)
    assert any("systemic mistakes contradict it and have not been dealt with: " in line for line in two)
    weak = rated(content, "FFFFFF")
    for n in (1, 2, 3, 4):
        weak = weak.answer(f"inform-{n}", Answer(state="rated", rating="F" if n > 1 else "N"))
    assert any(line.startswith("Decided by the answer to: “") for line in said(weak, content))


def test_a_level_that_is_not_rated_says_which_test_it_fails(content: Content) -> None:
    """Too few questions rated, or too small a share of its weight."""
    full = Answer(state="rated", rating="F")
    one = said(blank(content).answer("inform-1", full), content)
    assert any("only 20% of its weight is rated; at least" in line for line in one)
    heavy = blank(content).weigh({"inform-1": Decimal(9), "inform-2": Decimal(9)})
    two = said(heavy.answer("inform-1", full).answer("inform-2", full), content)
    assert any("questions rated so far: 2; at least 3 are needed." in line for line in two)
