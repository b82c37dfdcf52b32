"""Places and merges: nothing is lost, nothing is invented, and what comes out fits."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kit.atoms import atoms, atoms_of
from kit.edits import edited
from kit.fields import Field, fields, filled, inner_model
from kit.made import ON, answers, assessments, blank, records

from cxassess.content.reading import Content
from cxassess.document.answers import Answer, Evidence, EvidenceLink, Exemption, Frozen, Judgement
from cxassess.document.assessment import Assessment, Target
from cxassess.document.assessmentfile import dumps
from cxassess.document.changes import Clash, Merge, assembled, changed, decided, merged, places, put, reverted
from cxassess.document.checking import check_assessment
from cxassess.document.shapes import Json, Place
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
    """With other keys of records, wherever they stand as a whole word."""
    text = json.dumps(value)
    return json.loads(re.sub(r'"([A-Z]-\d+)"', lambda found: f'"{keys.get(found[1], found[1])}"', text))


def new_in(after: Assessment, before: Assessment) -> Iterator[tuple[Place, Json]]:
    """What stands otherwise in one than in the other, each smallest thing; None where it is gone."""
    new, old = atoms(after), atoms(before)
    yield from ((place, new.get(place)) for place in new | old if new.get(place) != old.get(place))


def renumbered(place: Place, keys: Mapping[str, str]) -> Place:
    """A place of mine as the merge has it."""
    return tuple(keys.get(name, name) for name in place)


def asked_at(place: Place, clashes: Sequence[Clash]) -> list[Json]:
    """What is offered of mine in a place, where it clashes."""
    over = [clash for clash in clashes if place[: len(clash.at)] == clash.at]
    parts = [clash for clash in over if clash.part]
    wholes = [atoms_of(clash.place, clash.mine) if clash.mine else {} for clash in over if not clash.part]
    none = {"state": "unanswered"}
    return [None if clash.mine == none else clash.mine for clash in parts] + [one.get(place) for one in wholes]


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
    stands = atoms(merge.assessment)
    for place, value in new_in(mine, base):
        now = renumbered(place, merge.renumbered)
        kept = [stands.get(now), *asked_at(now, merge.clashes)]
        assert with_keys(value, merge.renumbered) in kept or now[:2] in merge.left
    for place, value in new_in(theirs, base):
        assert stands.get(place) == value or place[:2] in merge.left
    assert all(place[0] == "evidence" and place in places(merge.assessment) for place in merge.left)
    assert all(clash.is_open(merge.assessment) for clash in merge.clashes)


@given(st.data())
def test_nothing_is_invented(content: Content, data: st.DataObject) -> None:
    """Where neither changed anything, what stood stands; who clashes nowhere is asked nothing."""
    base, mine, theirs = data.draw(forks(content))
    merge = merged(base, mine, theirs)
    mine_new, theirs_new = dict(new_in(mine, base)), dict(new_in(theirs, base))
    own = {renumbered(place, merge.renumbered) for place in mine_new}
    for place, value in new_in(merge.assessment, base):
        assert place in own | set(theirs_new) or set(place) & set(merge.renumbered.values()), value
    for clash in merge.clashes:
        for changes in (own, theirs_new):
            assert any(place[: len(clash.at)] == clash.at for place in changes)


@given(st.data())
def test_a_merge_fits_its_content(content: Content, data: st.DataObject) -> None:
    """Three that fit give one that fits, whichever clashes are then decided for mine."""
    base, mine, theirs = data.draw(forks(content))
    merge = merged(base, mine, theirs)
    check_assessment(merge.assessment, content)
    now = merge.assessment
    for clash in merge.clashes:
        if clash.place[0] != "evidence" or clash.mine is not None:  # others may link to it
            check_assessment(decided(merge.assessment, clash, clash.mine), content)
            now = decided(now, clash, clash.mine)
    check_assessment(now, content)


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
    assert (clash.place, clash.part, clash.base) == (("answers", "inform-1"), ("state",), {"state": "unknown"})
    assert (clash.mine["rating"], clash.theirs["rating"]) == ("L", "F")
    assert merge.assessment.answer_to("inform-1") == F
    assert decided(merge.assessment, clash, clash.mine).answer_to("inform-1") == L


def test_a_rating_and_a_note_of_one_answer_are_no_clash(content: Content) -> None:
    """One rates while another writes; and where both wrote, both texts can stand."""
    base = blank(content).answer("inform-1", L)
    merge = merged(
        base, base.answer("inform-1", L.model_copy(update={"note": "seen"})), base.answer("inform-1", F)
    )
    assert (merge.assessment.answer_to("inform-1").note, merge.clashes) == ("seen", ())
    both = [base.answer("inform-1", L.model_copy(update={"note": note})) for note in ("mine", "theirs")]
    merge = merged(base, *both)
    (clash,) = merge.clashes
    assert (clash.at, clash.both) == (("answers", "inform-1", "note", "id"), "theirs\nmine")
    assert decided(merge.assessment, clash, clash.both).answer_to("inform-1").note == "theirs\nmine"


def test_a_plain_note_keeps_its_words_in_another_working_language(content: Content) -> None:
    """One sets the working language, another mends a note and adds a version: all of it stands."""
    base = blank(content, note="catatan", commentary={"summary": "a"})
    mine = base.replaced(profile=base.profile.model_copy(update={"working_language": "en"}), note="a note")
    merge = merged(base, mine, base.replaced(commentary={"summary": {"id": "b", "en": "a"}}))
    assert (merge.assessment.note, merge.clashes) == ("a note", ())
    assert merge.assessment.commentary == {"summary": {"id": "b", "en": "a"}}


def test_the_same_change_is_no_clash(content: Content) -> None:
    """Two who say the same are not asked."""
    base = blank(content)
    other = base.answer("inform-2", L)
    assert merged(base, base.answer("inform-1", L), other.answer("inform-1", L)) == Merge(
        assessment=other.answer("inform-1", L)
    )


def test_a_removed_answer_clashes_with_a_changed_one(content: Content) -> None:
    """To take an answer away is to choose that there is none."""
    base = blank(content).answer("inform-1", L)
    merge = merged(base, base.replaced(answers={}), base.answer("inform-1", F))
    assert [(clash.part, clash.mine) for clash in merge.clashes] == [(("state",), {"state": "unanswered"})]
    assert decided(merge.assessment, merge.clashes[0], merge.clashes[0].mine).answers == {}
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
    links = {"E-02": "L", "E-03": "F"}
    assert {link.evidence: link.supports for link in now.answer_to("inform-1").evidence} == links
    assert now.answer_to("inform-2") == linked("E-03")
    assert now.mistakes["silos"].evidence == ("E-01", "E-03")
    assert now.exceptions[0].evidence == ("E-03",)
    assert now.indicators[content.indicators[0].key] == linked("E-03", "N")
    assert [clash.mine for clash in merge.clashes] == [{"state": "rated", "rating": "F"}]


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
    """My judgement links to what theirs removed: decided for mine, the whole must fit."""
    judged = Judgement(severity=1)
    base = blank(content, evidence=(PAPER,), mistakes={"silos": judged})
    theirs = base.replaced(evidence=(), mistakes={})
    linked_to = judged.model_copy(update={"evidence": ("E-01",)})
    merge = merged(base, base.replaced(mistakes={"silos": linked_to}), theirs)
    (clash,) = merge.clashes
    assert (clash.part, clash.theirs, merge.left) == ((), None, (("evidence", "E-01"),))
    check_assessment(decided(merge.assessment, clash, clash.mine), content)


def test_evidence_that_is_kept_is_kept_as_changed(content: Content) -> None:
    """I mended it and link to it, they removed it: nothing is left to ask."""
    base = blank(content, evidence=(PAPER,))
    mended = (Evidence(key="E-01", kind="document", source="mended"),)
    mine = base.replaced(evidence=mended).answer("inform-1", linked("E-01"))
    merge = merged(base, mine, base.replaced(evidence=()))
    assert merge == Merge(assessment=mine, left=(("evidence", "E-01"),))


# --- by field ---


def whole_places(model: type[Frozen] = Assessment) -> Iterator[Place]:
    """Where a model stands that merges as one piece."""
    for name, info in model.model_fields.items():
        inner, star = inner_model(info.annotation)
        below = [()] if inner and inner.merges_whole else whole_places(inner) if inner else []
        yield from ((name, *star, *place) for place in below)


def value_at(document: Json, path: Place) -> Json:
    """What stands in a place of a document whose lists and maps have one entry."""
    for part in path:
        if part == "*":
            document = next(iter(document.values() if isinstance(document, dict) else document), None)
        else:
            document = document.get(part)
    return document


FIELDS = [field for field in fields() if field.one == filled(Assessment)]
WHOLE = list(whole_places())


def whole_of(field: Field) -> Place | None:
    """The piece that a field is of, if it merges only with the rest of it."""
    *entry, name = field.path
    if entry in (["answers", "*"], ["indicators", "*"]) and name in Answer.one_choice:
        return (*entry, "state")
    return next((place for place in WHOLE if field.path[: len(place)] == place), None)


@pytest.mark.parametrize("field", list(fields()), ids=lambda field: ".".join(field.path))
def test_every_field_is_found_by_the_merge(field: Field) -> None:
    """Whatever field of whatever model one changes has one place, and stands beside what another did elsewhere."""
    base, mine = (Assessment.model_validate(value) for value in (field.one, field.other))
    (place,) = changed(base, mine)
    assert place[0] == field.path[0]
    theirs = {"weights": {"b": "2"}} if field.path[0] != "weights" else {"note": "theirs"}
    assert merged(base, mine, base.replaced(**theirs)) == Merge(assessment=mine.replaced(**theirs))


@pytest.mark.parametrize("mine", FIELDS, ids=lambda field: ".".join(field.path))
def test_each_field_merges_for_itself(mine: Field) -> None:
    """Two who change two fields of one part or record are not asked; of one piece they are."""
    base = Assessment.model_validate(filled(Assessment))
    for theirs in (other for other in FIELDS if other.path[0] == mine.path[0] and other != mine):
        merge = merged(base, *(Assessment.model_validate(field.other) for field in (mine, theirs)))
        if whole_of(mine) and whole_of(mine) == whole_of(theirs):
            (clash,) = merge.clashes
            assert clash.mine != clash.theirs
        else:
            stands = json.loads(dumps(merge.assessment))
            assert merge.clashes == ()
            for field in (mine, theirs):
                assert value_at(stands, field.path) == (value_at(field.other, field.path) or None)


def test_a_clash_in_one_field_of_a_record_shows_the_rest_merged(content: Content) -> None:
    """Both mend a piece of evidence, and name its source otherwise: only that is asked, and all else stands."""
    base = blank(content, evidence=(PAPER,))
    mine = base.replaced(evidence=(PAPER.model_copy(update={"source": "my paper", "person": "Rini"}),))
    theirs = base.replaced(evidence=(PAPER.model_copy(update={"source": "their paper", "on": ON}),))
    merge = merged(base, mine, theirs)
    (clash,) = merge.clashes
    assert (clash.place, clash.part) == (("evidence", "E-01"), ("source", "id"))
    assert (clash.mine, clash.theirs, clash.base) == ("my paper", "their paper", "paper")
    (record,) = merge.assessment.evidence
    assert (record.source, record.person, record.on) == ("their paper", "Rini", ON)
    (record,) = decided(merge.assessment, clash, clash.mine).evidence
    assert (record.source, record.person, record.on) == ("my paper", "Rini", ON)


def test_a_record_that_one_removed_is_asked_for_as_a_whole(content: Content) -> None:
    """There are no two to take fields from. Where both excepted one mistake at one level, there are."""
    target = Target(key="T-01", level=3)
    base = blank(content, targets=(target,))
    merge = merged(
        base, base.replaced(targets=()), base.replaced(targets=(target.model_copy(update={"level": 4}),))
    )
    (clash,) = merge.clashes
    assert (clash.mine, clash.theirs) == (None, {"key": "T-01", "level": 4})
    excepted = [base.replaced(exceptions=(Exemption(mistake="silos", level="resolve", reason=r),)) for r in "ab"]
    assert [(clash.part, clash.mine) for clash in merged(base, *excepted).clashes] == [(("reason", "id"), "a")]


def test_two_who_add_a_target_both_keep_theirs(content: Content) -> None:
    """Mine takes the next free key; the same target typed twice is one."""
    base = blank(content)
    mine, theirs = (base.replaced(targets=(Target(key="T-01", level=level),)) for level in (3, 4))
    merge = merged(base, mine, theirs)
    assert [(one.key, one.level) for one in merge.assessment.targets] == [("T-01", 4), ("T-02", 3)]
    assert (merge.clashes, merge.renumbered) == ((), {"T-01": "T-02"})
    assert merged(base, mine, mine).assessment == mine


# --- evidence that somebody links to ---


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
