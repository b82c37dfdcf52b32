"""Places and merges: nothing is lost, nothing is invented, and what comes out fits."""

import json
import re
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kit.edits import edited
from kit.made import answers, assessments, blank, records

from cxassess.content.reading import Content
from cxassess.document.answers import Answer, Evidence, EvidenceLink, Exemption, Judgement
from cxassess.document.assessment import Assessment
from cxassess.document.assessmentfile import dumps
from cxassess.document.changes import Merge, assembled, changed, merged, places, put, reverted
from cxassess.document.checking import check_assessment
from cxassess.document.shapes import Json
from cxassess.errors import AssessmentError

L = Answer(state="rated", rating="L")
F = Answer(state="rated", rating="F")
PAPER = Evidence(key="E-01", kind="document", source="paper")


def linked(key: str, rating: str = "L") -> Answer:
    return Answer(state="rated", rating=rating, evidence=(EvidenceLink(evidence=key, supports=rating),))


@st.composite
def forks(draw: st.DrawFn, content: Content) -> tuple[Assessment, Assessment, Assessment]:
    """An assessment, and what two people made of it."""
    base = draw(edited(blank(content, evidence=records(content)[:2]), content, most=5))
    return base, draw(edited(base, content)), draw(edited(base, content))


def with_keys(value: Json, keys: Mapping[str, str]) -> Json:
    """With other keys of evidence, wherever they stand as a whole word."""
    return json.loads(re.sub(r'"(E-\d+)"', lambda found: f'"{keys.get(found[1], found[1])}"', json.dumps(value)))


@given(st.data())
def test_places_and_back(content: Content, data: st.DataObject) -> None:
    """Taken apart and put together, any assessment is the same, to the byte of its file."""
    any_ = data.draw(st.one_of(assessments(content), edited(blank(content), content)))
    assert assembled(places(any_)) == any_
    assert dumps(assembled(places(any_))) == dumps(any_)


@given(st.data())
def test_changed_is_all_that_differs(content: Content, data: st.DataObject) -> None:
    """Its values make one of the other, forth and back."""
    before, _, after = data.draw(forks(content))
    differences = changed(before, after)
    assert all(was != became for was, became in differences.values())
    forth = put(before, {place: became for place, (_, became) in differences.items()})
    back = put(after, {place: was for place, (was, _) in differences.items()})
    assert (places(forth), places(back)) == (places(after), places(before))


@given(st.data())
def test_an_unchanged_side_gives_the_other(content: Content, data: st.DataObject) -> None:
    """Whoever changed nothing changes nothing, and nobody is asked."""
    base, mine, _ = data.draw(forks(content))
    for merge in (merged(base, mine, base), merged(base, base, mine), merged(base, mine, mine)):
        assert dumps(merge.assessment) == dumps(mine)
        assert (merge.clashes, merge.left) == ((), ())


@given(st.data())
def test_nothing_is_lost(content: Content, data: st.DataObject) -> None:
    """Each change of mine stands, under its new evidence key, or is in a clash; each of theirs stands.

    Only evidence that the other links to stays though one removed it, and that is named.
    """
    base, mine, theirs = data.draw(forks(content))
    merge = merged(base, mine, theirs)
    stands = places(merge.assessment)
    clashed = {clash.place: clash.mine for clash in merge.clashes}
    for place, (_, value) in changed(base, mine).items():
        now = ("evidence", merge.renumbered.get(place[1], place[1])) if place[0] == "evidence" else place
        value = with_keys(value, merge.renumbered)
        assert stands.get(now) == value or (now in clashed and clashed[now] == value) or now in merge.left
    for place, (_, value) in changed(base, theirs).items():
        assert stands.get(place) == value or place in merge.left
    assert all(place[0] == "evidence" and place in stands for place in merge.left)
    assert all(stands.get(clash.place) == clash.theirs for clash in merge.clashes)


@given(st.data())
def test_nothing_is_invented(content: Content, data: st.DataObject) -> None:
    """Where neither changed anything, what stood stands; who clashes nowhere is asked nothing."""
    base, mine, theirs = data.draw(forks(content))
    merge = merged(base, mine, theirs)
    touched = changed(base, mine) | changed(base, theirs)
    new = {("evidence", key) for key in merge.renumbered.values()}
    for place in changed(base, merge.assessment):
        assert place in touched or place in new
    assert {clash.place for clash in merge.clashes} <= set(changed(base, mine)) & set(changed(base, theirs))


@given(st.data())
def test_a_merge_fits_its_content(content: Content, data: st.DataObject) -> None:
    """Three that fit give one that fits, whichever clashes are then decided for mine."""
    base, mine, theirs = data.draw(forks(content))
    merge = merged(base, mine, theirs)
    check_assessment(merge.assessment, content)
    given_back = [clash for clash in merge.clashes if clash.mine is not None]
    check_assessment(put(merge.assessment, {clash.place: clash.mine for clash in given_back}), content)


@given(st.data())
def test_the_order_of_independent_changes_does_not_matter(content: Content, data: st.DataObject) -> None:
    """Who saves first decides nothing where two people worked in different places."""
    base, mine, theirs = data.draw(forks(content))
    both = set(changed(base, mine)) & set(changed(base, theirs))
    mine = put(mine, {place: places(base).get(place) for place in both})
    theirs = put(theirs, {place: places(base).get(place) for place in both})
    one, other = merged(base, mine, theirs), merged(base, theirs, mine)
    assert places(one.assessment) == places(other.assessment)
    assert one.clashes == other.clashes == ()


@given(st.data())
def test_taking_back_at_once_gives_what_was(content: Content, data: st.DataObject) -> None:
    """Undo of any change, with nothing in between, is the state before it."""
    base, mine, _ = data.draw(forks(content))
    merge = reverted(mine, changed(base, mine))
    assert places(merge.assessment) == places(base)
    assert merge.left == ()


def test_a_clash_shows_both(content: Content) -> None:
    """The same answer changed by two: theirs stands in the file, mine in the clash, with what was before."""
    base = blank(content).answer("inform-1", Answer(state="unknown"))
    merge = merged(base, base.answer("inform-1", L), base.answer("inform-1", F))
    (clash,) = merge.clashes
    assert (clash.place, clash.base) == (("answers", "inform-1"), {"state": "unknown"})
    assert (clash.mine["rating"], clash.theirs["rating"]) == ("L", "F")
    assert merge.assessment.answer_to("inform-1") == F
    assert put(merge.assessment, {clash.place: clash.mine}).answer_to("inform-1") == L


def test_a_rating_and_a_note_of_one_answer_clash(content: Content) -> None:
    """A note was written for a rating: it is not put beside another."""
    base = blank(content).answer("inform-1", L)
    noted = Answer(state="rated", rating="L", note="seen")
    assert merged(base, base.answer("inform-1", noted), base.answer("inform-1", F)).clashes


def test_the_same_change_is_no_clash(content: Content) -> None:
    """Two who say the same are not asked."""
    base = blank(content)
    other = base.answer("inform-2", L)
    assert merged(base, base.answer("inform-1", L), other.answer("inform-1", L)) == Merge(
        assessment=other.answer("inform-1", L)
    )


def test_a_removed_answer_clashes_with_a_changed_one(content: Content) -> None:
    """To remove is to change."""
    base = blank(content).answer("inform-1", L)
    merge = merged(base, base.replaced(answers={}), base.answer("inform-1", F))
    assert [clash.mine for clash in merge.clashes] == [None]
    assert merge.assessment.answer_to("inform-1") == F


def test_two_who_add_evidence_both_keep_theirs(content: Content) -> None:
    """Mine takes the next free key, and all that links to it follows; so do clashes."""
    base = blank(content, evidence=(PAPER,))
    two = {"evidence": (PAPER, Evidence(key="E-02", kind="document", source="theirs"))}
    theirs = base.replaced(**two).answer("inform-1", linked("E-02"))
    own = (PAPER, Evidence(key="E-02", kind="document", source="mine"))
    mine = base.replaced(
        evidence=own,
        mistakes={"silos": Judgement(severity=1, evidence=("E-01", "E-02"))},
        exceptions=(Exemption(mistake="silos", level="resolve", reason="r", evidence=("E-02",)),),
        indicators={content.indicators[0].key: linked("E-02", "N")},
    )
    mine = mine.answer("inform-2", linked("E-02")).answer("inform-1", linked("E-02", "F"))
    merge = merged(base, mine, theirs)
    now = merge.assessment
    assert merge.renumbered == {"E-02": "E-03"}
    assert [(one.key, one.source) for one in now.evidence] == [
        ("E-01", "paper"),
        ("E-02", "theirs"),
        ("E-03", "mine"),
    ]
    assert now.answer_to("inform-1") == linked("E-02")
    assert now.answer_to("inform-2") == linked("E-03")
    assert now.mistakes["silos"].evidence == ("E-01", "E-03")
    assert now.exceptions[0].evidence == ("E-03",)
    assert now.indicators[content.indicators[0].key] == linked("E-03", "N")
    assert merge.clashes[0].mine["evidence"] == [{"evidence": "E-03", "supports": "F"}]


@pytest.mark.parametrize(("who", "key"), [("base", "E-10"), ("mine", "E-10"), ("theirs", "E-10"), ("", "E-03")])
def test_a_new_key_is_free_on_every_side(content: Content, who: str, key: str) -> None:
    """One above all that anybody used, so that it never means two things."""
    ninth = Evidence(key="E-09", kind="document", source="ninth")
    sides = [
        blank(content, evidence=(PAPER, *second, *((ninth,) if who in (side, "base") else ())))
        for side, second in (
            ("base", ()),
            ("mine", (Evidence(key="E-02", kind="document", source="mine"),)),
            ("theirs", (Evidence(key="E-02", kind="document", source="theirs"),)),
        )
    ]
    assert merged(*sides).renumbered == {"E-02": key}


def test_a_clash_keeps_the_evidence_of_both(content: Content) -> None:
    """Mine links to what theirs removed: decided for mine, the whole must fit."""
    base = blank(content, evidence=(PAPER,))
    theirs = base.replaced(evidence=()).answer("inform-1", L)
    merge = merged(base, base.answer("inform-1", linked("E-01")), theirs)
    (clash,) = merge.clashes
    assert merge.left == (("evidence", "E-01"),)
    check_assessment(put(merge.assessment, {clash.place: clash.mine}), content)


def test_evidence_that_is_kept_is_kept_as_changed(content: Content) -> None:
    """I mended it and link to it, they removed it: nothing is left to ask."""
    base = blank(content, evidence=(PAPER,))
    mended = (Evidence(key="E-01", kind="document", source="mended"),)
    mine = base.replaced(evidence=mended).answer("inform-1", linked("E-01"))
    merge = merged(base, mine, base.replaced(evidence=()))
    assert merge == Merge(assessment=mine, left=(("evidence", "E-01"),))


def test_each_field_of_the_profile_is_a_place(content: Content) -> None:
    """One names the trade, the other the objective: nobody is asked."""
    base = blank(content)
    trade, goal = (put(base, {("profile", name): name}) for name in ("trade", "objective"))
    merge = merged(base, trade, goal)
    assert (merge.assessment.profile.trade, merge.assessment.profile.objective) == ("trade", "objective")
    assert merge.clashes == ()


@pytest.mark.parametrize("swapped", [False, True])
def test_evidence_that_one_links_to_is_kept(content: Content, swapped: bool) -> None:
    """One removed it, the other links to it: it stays, and that is told; else the whole would not fit."""
    base = blank(content, evidence=(PAPER,))
    one, other = base.replaced(evidence=()), base.answer("inform-1", linked("E-01"))
    merge = merged(base, other, one) if swapped else merged(base, one, other)
    assert merge.assessment == other
    assert merge.left == (("evidence", "E-01"),)


def test_evidence_stays_in_the_order_of_its_keys(content: Content) -> None:
    """Taken back, a removal puts the record where it stood; a list in another order is left in its own."""
    three = records(content)[:3]
    whole = blank(content, evidence=three)
    without = whole.replaced(evidence=three[1:])
    assert reverted(without, changed(whole, without)).assessment == whole
    mixed = blank(content, evidence=(three[2], three[1]))
    merge = merged(whole.replaced(evidence=three[1:]), whole, mixed)
    assert [one.key for one in merge.assessment.evidence] == ["E-03", "E-02", "E-01"]


def test_what_another_changed_since_is_not_taken_back(content: Content) -> None:
    """Of a change in two places the one that still stands goes, the other is named."""
    before = blank(content)
    mine = before.answer("inform-1", L).answer("inform-2", L)
    merge = reverted(mine.answer("inform-2", F), changed(before, mine))
    assert merge.assessment == before.answer("inform-2", F)
    assert (merge.left, merge.clashes) == ((("answers", "inform-2"),), ())


def test_nonsense_is_refused(content: Content) -> None:
    """Values from a journal that somebody edited do not become an assessment."""
    with pytest.raises(AssessmentError, match="does not fit"):
        put(blank(content), {("answers", "inform-1"): {"state": "rated", "rating": "excellent"}})


def test_every_answer_has_a_place(content: Content) -> None:
    """All that an answer may hold is in one place of its own."""
    for answer in answers(content, core=False):
        one = blank(content, evidence=records(content)).answer("inform-2", answer)
        (place,) = changed(blank(content, evidence=records(content)), one)
        assert place == ("answers", "inform-2")
