"""The report on one page: what it puts first, and what it leaves out."""

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kit.made import ON, assessments, blank, rated

from cxassess.chapters import summary
from cxassess.content.reading import Content, load_content
from cxassess.content.voice import Voice
from cxassess.document.answers import Answer, Evidence, EvidenceLink, Exemption, Judgement
from cxassess.document.assessment import Assessment, Profile, Unit
from cxassess.page.blocks import Heading, Part
from cxassess.page.prose import texts_of
from cxassess.pyramid.scorecard import RESULTS, Scorecard
from cxassess.pyramid.scoring import score
from cxassess.text import LANGS, Lang

SEEN = Evidence(key="E-01", kind="observation", source="s", on=date(2026, 3, 1))
CONTENT = load_content()


def card(assessment: Assessment, content: Content) -> Scorecard:
    return score(assessment, content, on=ON)


def rates(content: Content, **ratings: str) -> Assessment:
    """Some questions rated (inform_1="F"), a small f or l with current proof; nothing contradicts."""
    answers = {}
    for key, rating in ratings.items():
        proof = (EvidenceLink(evidence="E-01", supports=rating.upper()),) if rating.islower() else ()
        answers[key.replace("_", "-")] = Answer(state="rated", rating=rating.upper(), evidence=proof)
    none = {mistake.key: Judgement(severity=0) for mistake in content.mistakes}
    return blank(content, evidence=(SEEN,), answers=answers, mistakes=none)


def panels(card: Scorecard, content: Content, lang: Lang = "en") -> dict[str, list[list[str]]]:
    """What each panel holds: its heading, and the lines of its items; a single line where it is no list."""
    shown = {}
    for heading, *blocks in summary.panels(card, Voice(content, lang)).panels:
        assert isinstance(heading, Heading)
        (held,) = blocks
        items = getattr(held, "items", ((held,),))
        shown[heading.text] = [[line.text for line in item] for item in items]
    return shown


def names(content: Content, *keys: str) -> list[str]:
    return [content.by_key[key].name.en for key in keys]


def test_the_headline_of_the_worked_example(golden: Assessment, golden_content: Content) -> None:
    """Three levels, a sentence each, side by side."""
    boxes = summary.verdicts(card(golden, golden_content), Voice(golden_content, "en")).boxes
    assert [(box.name, box.label, box.shown, box.level) for box in boxes] == [
        ("claimed", "Claimed", "4", "Need anticipated"),
        ("consistent", "Consistent", "3", "Need met when voiced"),
        ("verified", "Verified", "2", "Problem solved"),
    ]
    assert [[line.text for line in box.said] for box in boxes] == [
        ["By the company's own answers, it has reached level 4: Need anticipated."],
        ["After taking the mistakes found into account, level 3 remains: Need met when voiced."],
        ["What can be proved is level 2: Problem solved. So far, 9 of the 22 answers rated are proved."],
    ]


def test_want_of_proof_is_not_level_0(content: Content) -> None:
    """Where verified is 0 for want of proof, it says how many answers are proved."""
    claimed = card(rated(content, "FFFLNN"), content)
    said = summary.headline("verified", claimed, Voice(content, "en"))
    assert said.startswith("Not yet verified: so far, 0 of the 30 answers rated are proved.")
    fallen = card(rated(content, "NNNNNN"), content)
    assert summary.headline("verified", fallen, Voice(content, "en")).startswith("No level is verified;")


def test_at_least(content: Content) -> None:
    """Where a not-rated level stops the climb, no text says "level 2" alone."""
    assessment = rated(content, "FFFFFF")
    for n in (1, 2):
        assessment = assessment.answer(f"respond-{n}", Answer(state="unknown"))
    boxes = summary.verdicts(card(assessment, content), Voice(content, "en")).boxes
    assert [box.shown for box in boxes] == ["≥ 2", "≥ 2", "0"]
    for box in boxes[:2]:
        assert "at least level 2" in box.said[0].text
        assert "Level 3 (Need met when voiced) is not rated." in box.said[0].text


@settings(max_examples=25, deadline=None)
@given(assessments(CONTENT), st.sampled_from(LANGS))
def test_at_least_in_every_headline(assessment: Assessment, lang: Lang) -> None:
    """The figure and the sentence never differ on whether a level is reached or reached at least."""
    scored = card(assessment, CONTENT)
    for box in summary.verdicts(scored, Voice(CONTENT, lang)).boxes:
        result = scored.results[box.name]
        said = box.said[0].text
        is_at_least = bool(re.search("sekurang-kurangnya|at least", said))
        assert box.shown == result.shown
        assert not is_at_least or result.not_rated_at
        assert is_at_least or not (result.not_rated_at and result.attained)
        assert box.level == (CONTENT.levels[result.attained - 1].name.in_(lang) if result.attained else "")


def test_an_open_consistent_result_is_called_a_draft(content: Content) -> None:
    """While mistakes are unjudged it may still fall; once they are judged, nothing is said."""
    unjudged = blank(content, answers=rated(content, "FFFFFF").answers)
    consistent = summary.verdicts(card(unjudged, content), Voice(content, "en")).boxes[1]
    assert consistent.said[1].text == "Still a draft: 11 of 11 mistakes have not been judged yet."
    judged = summary.verdicts(card(rated(content, "FFFFFF"), content), Voice(content, "en")).boxes
    assert [len(box.said) for box in judged] == [1, 1, 1]


def test_islands_and_unknowns_are_told(content: Content) -> None:
    """Reach above attained, and what the unknowns could do to the headline; nothing where neither is so."""

    def said(assessment: Assessment) -> list[str]:
        return [line.text for line in summary.further(card(assessment, content), Voice(content, "en"))]

    (islands,) = said(rated(content, "PFFFFF"))
    assert "on a weak base: level 6 works" in islands
    unsure = rated(content, "FFFLNN").answer("anticipate-1", Answer(state="unknown"))
    unsure = unsure.answer("anticipate-2", Answer(state="rated", rating="P"))
    assert said(unsure) == ["If every answer “Not known” were rated N (not), the claimed result would be level 3."]
    assert said(rated(content, "FFFFFF")) == []


def test_no_islands_above_what_is_not_rated(content: Content) -> None:
    """Of a base that nobody rated nothing is known, weak or strong."""
    assessment = rated(content, "FFFFFF")
    for n in (1, 2):
        assessment = assessment.answer(f"respond-{n}", Answer(state="unknown"))
    said = [line.text for line in summary.further(card(assessment, content), Voice(content, "en"))]
    assert not [line for line in said if "weak base" in line]


def test_strengths_are_proved_first_then_full_then_of_the_base(content: Content) -> None:
    """What is only claimed is no strength; F before L; among equals, the level nearer the base."""
    assessment = rates(
        content, inform_1="L", inform_2="F", resolve_1="l", resolve_2="P", respond_1="f", elevate_1="f"
    )
    shown = panels(card(assessment, content), content)["Strengths"]
    assert [lines[0] for lines in shown] == names(content, "respond-1", "elevate-1", "resolve-1")
    fully, largely = (content.words[f"plain-{letter}"].en for letter in "fl")
    assert [lines[1] for lines in shown] == [f"{fully} Proved.", f"{fully} Proved.", f"{largely} Proved."]
    unproved = panels(card(rates(content, inform_1="L", inform_2="F"), content), content)
    assert "Strengths" not in unproved


def test_what_the_consultant_found_stands_with_the_practice(content: Content) -> None:
    """The first sentence of the note, in its language, between the name and how far it works."""
    proof = (EvidenceLink(evidence="E-01", supports="F"),)
    answer = Answer(state="rated", rating="F", evidence=proof, note="22 dari 24 benar. Sisanya nanti.\n\nLagi.")
    scored = card(rates(content, inform_1="f").answer("inform-1", answer), content)
    ((name, note, _),) = panels(scored, content)["Strengths"]
    assert (name, note) == (content.by_key["inform-1"].name.en, "22 dari 24 benar.")
    assert '<p lang="id">22 dari 24 benar.</p>' in summary.panels(scored, Voice(content, "en")).html()


def test_what_is_not_there_is_no_strength(content: Content) -> None:
    """No panel, rather than a panel of weaknesses or an empty one."""
    shown = panels(card(rated(content, "PPPNNN"), content), content)
    assert "Strengths" not in shown
    assert all(items for items in shown.values())


def test_gaps_hold_back_the_claimed_level_first(content: Content) -> None:
    """What the next claimed level hangs on, before what a lower result lacks; never what is at F already."""
    scored = card(rated(content, "FFPFFF").answer("inform-5", Answer(state="rated", rating="P")), content)
    wanted = [key for unmet in scored.why_not["claimed"] for key in unmet.questions]
    shown = panels(scored, content)["Gaps that hold it back"]
    assert [lines[0] for lines in shown] == names(content, *wanted[:3])
    full = panels(card(rated(content, "FFFFFF"), content), content)
    assert "Gaps that hold it back" not in full


@settings(max_examples=25, deadline=None)
@given(assessments(CONTENT))
def test_gaps_are_among_what_some_next_level_lacks(assessment: Assessment) -> None:
    """Three at most, each once, none at F."""
    scored = card(assessment, CONTENT)
    lacking = {key for name in RESULTS for unmet in scored.why_not[name] for key in unmet.questions}
    shown = [lines[0] for lines in panels(scored, CONTENT).get("Gaps that hold it back", [])]
    keys = [next(q.key for q in CONTENT.questions if q.name.en == name) for name in shown]
    assert len(keys) == len(set(keys)) <= 3
    assert set(keys) <= lacking
    assert not [key for key in keys if scored.mark(key).answer.rating == "F"]
    assert bool(keys) == bool([key for key in lacking if scored.mark(key).answer.rating != "F"])


def test_an_unknown_gap_says_so(content: Content) -> None:
    """Its state, where there is no rating."""
    assessment = rated(content, "FPNNNN")
    for n in (1, 2):
        assessment = assessment.answer(f"resolve-{n}", Answer(state="unknown"))
    shown = panels(card(assessment, content), content)["Gaps that hold it back"]
    assert shown == [
        [name, content.words["plain-unknown"].en] for name in names(content, "resolve-1", "resolve-2")
    ]


def test_the_worst_contradiction_stands_first(content: Content) -> None:
    """By severity; each mistake once, with every level it contradicts; what is excepted does not stand here."""
    judged = {mistake.key: Judgement(severity=0) for mistake in content.mistakes}
    several = next(mistake for mistake in content.mistakes if len(mistake.contradicts) > 1)
    others = [m for m in content.mistakes if m.contradicts and m != several]
    judged |= {others[0].key: Judgement(severity=2), several.key: Judgement(severity=3)}
    judged |= {others[1].key: Judgement(severity=3)}
    excepted = tuple(
        Exemption(mistake=others[1].key, level=link.level, reason="r", evidence=("E-01",))
        for link in others[1].contradicts
    )
    assessment = rated(content, "FFFFFF").replaced(mistakes=judged, exceptions=excepted, evidence=(SEEN,))
    shown = panels(card(assessment, content), content)["Contradictions"]
    assert [lines[0] for lines in shown] == [several.name.en, others[0].name.en]
    for link in several.contradicts:
        assert Voice(content, "en").level_name(link.level) in shown[0][1]


def test_that_nothing_contradicts_is_said_once_all_is_judged(content: Content) -> None:
    """Silence would leave it open; before every mistake is judged, it is open."""
    assessment = rated(content, "FFFFFF")
    shown = panels(card(assessment, content), content)["Contradictions"]
    assert shown == [["No mistake contradicts a level that is claimed."]]
    unjudged = blank(content, answers=assessment.answers)
    assert "Contradictions" not in panels(card(unjudged, content), content)


def test_an_exception_without_proof_settles_nothing(content: Content) -> None:
    """It lifts the cap in the consistent result alone: the mistake still stands among the contradictions."""
    assessment = rated(content, "FFFFFF").judge("unresolved-problems", Judgement(severity=3))
    for proof, wanted in (((), ["Problems left unresolved"]), (("E-01",), [])):
        exempt = Exemption(mistake="unresolved-problems", level="resolve", reason="r", evidence=proof)
        scored = card(assessment.replaced(exceptions=(exempt,), evidence=(SEEN,)), content)
        shown = panels(scored, content).get("Contradictions", [])
        assert [lines[0] for lines in shown] == wanted


def test_an_excepted_contradiction_is_not_denied(content: Content) -> None:
    """A mistake that contradicts and is excepted does contradict: the page must not say that none does."""
    exempt = Exemption(mistake="unresolved-problems", level="resolve", reason="r")
    assessment = rated(content, "FFFFFF").judge("unresolved-problems", Judgement(severity=3))
    scored = card(assessment.replaced(exceptions=(exempt,)), content)
    assert [one.state for one in scored.contradictions] == ["excepted"]
    said = list(texts_of([summary.panels(scored, Voice(content, "en"))]))
    assert "No mistake contradicts a level that is claimed." not in said


@pytest.mark.parametrize("lang", LANGS)
def test_the_next_steps_are_the_first_recommendations(content: Content, lang: Lang) -> None:
    """Three, in their order: for what, the first sentence of what to do, who and how long; a quick win says so."""
    scored = card(rated(content, "PPPPNN"), content)
    found = scored.recommendations[:3]
    shown = panels(scored, content, lang)[content.words["next-steps"].in_(lang)]
    assert len(shown) == 3
    owners = {owner.key: owner.name.in_(lang) for owner in content.model.owners}
    for one, (name, first, who) in zip(found, shown, strict=True):
        assert name == Voice(content, lang).subjects[one.advice.key]
        assert one.advice.do.in_(lang).startswith(first) and first[-1] in ".!?"
        assert who.startswith(owners[one.advice.owner])
        assert str(max(1, round(one.days))) in who
        assert (content.words["next-step-quick"].in_(lang) in who) == one.is_quick


def test_proof_comes_first_where_only_proof_is_missing(content: Content) -> None:
    """A practice said to be there needs no new project: the first step is to prove it."""
    first, *rest = panels(card(rated(content, "FFFFFF"), content), content)["First steps"]
    assert rest == []
    assert all(f"“{name}”" in first[0] for name in names(content, "inform-1", "inform-2", "inform-3"))
    proof = (EvidenceLink(evidence="E-01", supports="F"),)
    proved = {q.key: Answer(state="rated", rating="F", evidence=proof) for q in content.questions}
    assessment = rated(content, "FFFFFF").replaced(answers=proved, evidence=(SEEN,))
    assert "First steps" not in panels(card(assessment, content), content)


def test_the_panels_stand_in_one_order(content: Content) -> None:
    """What works, what does not, what cannot be, what to do."""
    assessment = rates(content, inform_1="f", resolve_1="F").judge("unresolved-problems", Judgement(severity=3))
    resolved = {f"resolve-{n}": Answer(state="rated", rating="F") for n in range(1, 6)}
    assessment = assessment.replaced(answers={**assessment.answers, **resolved})
    shown = panels(card(assessment, content), content)
    assert list(shown) == ["Strengths", "Gaps that hold it back", "Contradictions", "First steps"]
    assert all(len(items) <= 3 for items in shown.values())


def test_one_day_and_one_proved_answer_are_told_as_one(content: Content) -> None:
    """ "1 person-day"; "1 of the 1 answer rated is proved", "0 of the 2 answers rated are proved"."""
    profile = Profile(organisation="Acme", unit=Unit(kind="company"), size="micro")
    small = card(rated(content, "PPPPNN").replaced(profile=profile), content)
    shortest = replace(small.recommendations[0], days=0.3, is_quick=False)
    first = panels(replace(small, recommendations=(shortest,)), content)["First steps"]
    assert first[-1][-1].endswith("; about 1 person-day.")

    def proof(**ratings: str) -> str:
        assessment = rates(content, **ratings)
        return summary.headline("verified", card(assessment, content), Voice(content, "en"))

    assert "1 of the 1 answer rated is proved" in proof(inform_1="f")
    assert "1 of the 2 answers rated is proved" in proof(inform_1="f", inform_2="F")
    assert "0 of the 2 answers rated are proved" in proof(inform_1="F", inform_2="F")


@settings(max_examples=25, deadline=None)
@given(assessments(CONTENT), st.sampled_from(LANGS))
def test_any_assessment_has_a_summary(assessment: Assessment, lang: Lang) -> None:
    """No placeholder stays open, and nothing is empty."""
    scored = card(assessment, CONTENT)
    shown = (
        summary.verdicts(scored, Voice(CONTENT, lang)),
        *summary.further(scored, Voice(CONTENT, lang)),
        summary.panels(scored, Voice(CONTENT, lang)),
    )
    said = list(texts_of(shown))
    assert not [text for text in said if re.search(r"[{}]", text)]
    assert all(box.said[0].text for box in shown[0].boxes)
    assert "<li></li>" not in Part(*shown).html()
