"""What to do next: ranked, by owner, with what lacks proof alone."""

import pytest
from kit.made import ON, blank, rated

from cxassess.chapters import advice
from cxassess.content.reading import Content
from cxassess.content.voice import Voice
from cxassess.document.answers import Answer, Evidence, EvidenceLink
from cxassess.document.assessment import Assessment
from cxassess.page.blocks import Part, Table, cell_text
from cxassess.pyramid.advice import unproved
from cxassess.pyramid.scorecard import Scorecard
from cxassess.pyramid.scoring import score
from cxassess.text import LANGS


def card(assessment: Assessment, content: Content) -> Scorecard:
    return score(assessment, content, on=ON)


def numbered(table: Table, column: int) -> list[int]:
    return [int(cell_text(row[column])) for row in table.rows]


def test_the_first_recommendations_are_shown(content: Content) -> None:
    """Ranked, with owner, days and KPIs; how many more there are is said; none where nothing is left to do."""
    part = advice.CHAPTER.part(card(rated(content, "LLPPNN"), content), Voice(content, "en"))
    ranked, owned = [block for block in part.blocks if isinstance(block, Table)]
    assert len(ranked.rows) == 12
    assert sum(len(row[1]) for row in owned.rows) == 12
    shown = part.html()
    assert "Shown: 12 of 30 steps." in shown
    assert "From P to L" in shown and "Holds back the next level in: Claimed" in shown
    assert advice.CHAPTER.part(card(rated(content, "FFFFFF"), content), Voice(content, "en")) == Part()


def test_one_step_and_one_practice_are_told_as_one(content: Content) -> None:
    """ "1 of 1 step", and of one practice that lacks proof alone, "this practice is"."""
    full = rated(content, "FFFFFF")
    one = card(full.answer("elevate-1", Answer(state="rated", rating="L")), content)
    assert "Shown: 1 of 1 step. " in advice.CHAPTER.part(one, Voice(content, "en")).html()
    proof = (EvidenceLink(evidence="E-01", supports="L"),)
    answers = {
        key: answer.model_copy(update={"rating": "L", "evidence": proof}) for key, answer in full.answers.items()
    }
    seen = Evidence(key="E-01", kind="observation", source="s", on=ON)
    proved = full.replaced(answers=answers, evidence=(seen,))
    alone = card(proved.answer("inform-1", Answer(state="rated", rating="L")), content)
    assert len(unproved(alone)) == 1
    assert "This practice is said to be in place" in advice.CHAPTER.part(alone, Voice(content, "en")).html()


@pytest.mark.parametrize("lang", LANGS)
def test_who_does_what_adds_up(content: Content, lang: str) -> None:
    """Each step stands with one owner, under its rank, and the owners' days are the days of the steps."""
    rated = {q.key: Answer(state="rated", rating="P") for q in content.questions}
    scored = card(blank(content, answers=rated), content)
    found, voice = scored.recommendations[:12], Voice(content, lang)
    ranked, owned = advice.table(found, scored, voice), advice.by_owner(found, voice)
    assert len(ranked.rows) == 12 and len(owned.rows) > 1
    steps = [cell_text((line,)) for row in owned.rows for line in row[1]]
    wanted = [f"{n}. {voice.subjects[one.advice.key]}" for n, one in enumerate(found, start=1)]
    assert sorted(steps) == sorted(wanted)
    for owner, mine, days in owned.rows:
        theirs = [row for row in ranked.rows if row[2] == owner]
        assert len(mine) == len(theirs)
        assert days.value == sum(row[3].value for row in theirs)
        ranks = [int(cell_text((line,)).split(".")[0]) for line in mine]
        assert ranks == sorted(ranks)
    assert sum(numbered(owned, 2)) == sum(numbered(ranked, 3)) > 12
