"""One place changed by two: what each did alone stands, and only what both did otherwise is asked."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxassess.document.answers import Answer, Exemption, Frozen, Judgement
from cxassess.document.merging import Parting, joined, part_of, with_part
from cxassess.document.shapes import Json, Shape, shape_at, shape_of
from cxassess.text import Note

ANSWER, JUDGEMENT, NOTE = shape_of(Answer), shape_of(Judgement), shape_of(Note | None)
L: Json = {"state": "rated", "rating": "L"}
F: Json = {"state": "rated", "rating": "F"}
BARE = {"state": "unanswered"}
LEFT_OUT = {"state": "not-applicable", "reason": "not-offered"}
NOTED = L | {"note": "a"}
BOTH = {"id": "a", "en": "b"}
LINK = {"evidence": "E-01", "supports": "L"}
OTHER = {"evidence": "E-02", "supports": "F"}


def parted(base: Json, mine: Json, theirs: Json, shape: Shape = ANSWER) -> tuple[Json, dict[tuple[str, ...], Any]]:
    """What stands, and what of mine and theirs is asked, by part."""
    one = joined(base, mine, theirs, shape, working="id")
    return one.value, {it.part: (it.mine, it.theirs) for it in one.partings}


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "value"),
    [
        (L, F, L | {"note": "n"}, F | {"note": "n"}),
        (L, L | {"private": "p"}, L | {"note": "n"}, L | {"note": "n", "private": "p"}),
        (None, L, BARE | {"note": "n"}, L | {"note": "n"}),
        (None, BARE | {"private": "p"}, BARE | {"note": "n"}, BARE | {"note": "n", "private": "p"}),
        (L, L | {"evidence": [LINK]}, F | {"evidence": [OTHER]}, F | {"evidence": [OTHER, LINK]}),
        (L | {"evidence": [LINK]}, L, L | {"evidence": [LINK, OTHER]}, L | {"evidence": [OTHER]}),
        (NOTED, L | {"note": BOTH}, L | {"note": "c"}, L | {"note": {"id": "c", "en": "b"}}),
        (NOTED, L, L | {"note": BOTH}, L | {"note": {"en": "b"}}),
        (L, BARE, L | {"note": "n"}, BARE | {"note": "n"}),
        (L, None, L | {"note": "n"}, BARE | {"note": "n"}),
        (NOTED, BARE | {"note": "a"}, L, None),
    ],
)  # fmt: skip
def test_two_fields_of_one_answer_meet(base: Json, mine: Json, theirs: Json, value: Json) -> None:
    """A choice, each version of a note, a private note, each link: nobody is asked, whoever comes first."""
    assert parted(base, mine, theirs) == (value, {})
    again, asked = parted(base, theirs, mine)
    assert asked == {}
    if not again or "evidence" not in again:  # links stand in the order in which they came
        assert again == value


def test_what_both_made_otherwise_is_asked_by_part() -> None:
    """Only that; whatever else each did stands whichever is chosen."""
    mine = F | {"note": "mine", "private": "p", "evidence": [LINK | {"supports": "F"}]}
    theirs = BARE | {"note": {"id": "theirs", "en": "x"}, "evidence": [LINK | {"supports": "N"}, OTHER]}
    value, asked = parted(L | {"evidence": [LINK]}, mine, theirs)
    assert value == theirs | {"private": "p"}
    assert asked == {
        ("state",): (F, BARE),
        ("note", "id"): ("mine", "theirs"),
        ("evidence", "E-01"): (LINK | {"supports": "F"}, LINK | {"supports": "N"}),
    }


def test_a_choice_is_of_one() -> None:
    """My rating is not put into their state."""
    value, asked = parted(L, F, {"state": "unknown"})
    assert (value, asked) == ({"state": "unknown"}, {("state",): (F, {"state": "unknown"})})


def test_what_would_not_fit_is_asked_as_a_whole() -> None:
    """I rated and took the note away, they gave another reason that needs it: only one of the two can stand."""
    base = LEFT_OUT | {"note": "closed"}
    theirs = base | {"reason": "legally-excluded"}
    assert parted(base, L, theirs) == (theirs, {(): (L, theirs)})
    assert parted(base, theirs, L) == (L, {(): (theirs, L)})


def test_two_who_judge_the_same_mistake() -> None:
    """Each made it: severity, note and links are asked for themselves; who removed it removed all of it."""
    mine = {"severity": 2, "evidence": ["E-01", "E-02"], "note": "mine"}
    theirs = {"severity": 3, "evidence": ["E-02", "E-03"]}
    value, asked = parted(None, mine, theirs, JUDGEMENT)
    assert value == {"severity": 3, "evidence": ["E-02", "E-03", "E-01"], "note": "mine"}
    assert asked == {("severity",): (2, 3)}
    assert parted(mine, None, theirs, JUDGEMENT) == (theirs, {(): (None, theirs)})
    assert parted(mine, theirs, None, JUDGEMENT) == (None, {(): (theirs, None)})


def test_two_who_except_the_same_contradiction() -> None:
    """One reason in two languages, by two people, is one reason."""
    entry = {"mistake": "silos", "level": "resolve"}
    mine, theirs = entry | {"reason": "satu"}, entry | {"reason": {"en": "one"}, "evidence": ["E-01"]}
    value = theirs | {"reason": {"id": "satu", "en": "one"}}
    assert parted(None, mine, theirs, shape_of(Exemption)) == (value, {})


def test_a_note_is_plain_in_the_working_language() -> None:
    """However each side writes it down: the same said twice is no change."""
    one = joined("a", {"en": "a"}, {"en": "a", "id": "b"}, NOTE, working="en")
    assert (one.value, one.partings) == ({"id": "b", "en": "a"}, ())
    assert joined("a", {"en": "b"}, {"en": "c"}, NOTE, working="en").partings == (Parting(("en",), "b", "c", "a"),)


class Link(Frozen):
    """A record in a record."""

    key: str
    shows: str | None = None


class Report(Frozen):
    """A record that holds records."""

    key: str
    links: tuple[Link, ...] = ()


def report(*links: str) -> Json:
    return {"key": "R", "links": [{"key": link[0], "shows": link[1]} for link in links]}


def test_what_is_in_a_record_merges_by_its_own_records() -> None:
    """A list within a record, as there may be some day: each changes an entry, and both stand."""
    shape = shape_of(Report)
    assert parted(report("ax", "bx"), report("ay", "bx"), report("ax", "bz", "cx"), shape) == (
        report("ay", "bz", "cx"),
        {},
    )
    value, asked = parted(report("ax"), report("ay"), report("az"), shape)
    assert (value, asked) == (report("az"), {("links", "a", "shows"): ("y", "z")})
    part = ("links", "a", "shows")
    assert with_part(value, part, "y", shape, working="id") == report("ay")
    assert part_of(value, part, shape, working="id") == "z"


def test_what_is_text() -> None:
    """Notes and private notes may hold what two wrote; a rating, a name or a list may not."""
    texts = [("note", "id"), ("note", "en"), ("private",)]
    assert all(shape_at(part, ANSWER).is_text for part in texts)
    assert not any(shape_at(part, ANSWER).is_text for part in [(), ("state",), ("evidence", "E-01"), ("nothing",)])
    assert shape_at(("id",), NOTE).is_text


choices = st.sampled_from([BARE, L, F, {"state": "unknown"}, LEFT_OUT])
notes = st.dictionaries(st.sampled_from(["id", "en"]), st.sampled_from("ab"), max_size=2)
all_links = st.dictionaries(st.sampled_from(["E-01", "E-02"]), st.sampled_from("NL"), max_size=2)


@st.composite
def answers(draw: st.DrawFn) -> Json:
    """Any answer that its model takes; none, where it says nothing."""
    versions = draw(notes)
    note = versions.get("id") if set(versions) <= {"id"} else versions
    links = [{"evidence": key, "supports": rating} for key, rating in draw(all_links).items()]
    chosen = draw(choices)
    fields = {"note": note, "private": draw(st.sampled_from([None, "p", "q"])), "evidence": links}
    answer = {**chosen, **{name: value for name, value in fields.items() if value}}
    if chosen is LEFT_OUT and not note:
        answer["note"] = "a"
    return None if answer == BARE else answer


PARTS = [("state",), ("note", "id"), ("note", "en"), ("private",), ("evidence", "E-01"), ("evidence", "E-02")]


@given(answers(), answers(), answers())
def test_of_any_three_answers_nothing_is_lost(base: Json, mine: Json, theirs: Json) -> None:
    """Each part that one changed stands, or is asked with the other's; what stands fits, however it is decided."""
    one = joined(base, mine, theirs, ANSWER, working="id")
    asked = {it.part: it for it in one.partings}
    for part in PARTS:
        was, own, other, now = (part_of(it, part, ANSWER, working="id") for it in (base, mine, theirs, one.value))
        if () in asked:
            assert (asked[()].mine, one.value) == (mine, theirs)
        elif part in asked:
            assert (asked[part].mine, asked[part].theirs, asked[part].base, now) == (own, other, was, other)
            assert len({str(own), str(other), str(was)}) == 3
        else:
            assert now == (own if other == was else other)
            assert own in (was, now)
    every = one.value
    for it in one.partings:
        alone = with_part(one.value, it.part, it.mine, ANSWER, working="id")
        every = with_part(every, it.part, it.mine, ANSWER, working="id")
        assert part_of(alone, it.part, ANSWER, working="id") == it.mine
        Answer.model_validate(alone or BARE)
    for value in (one.value, every):
        Answer.model_validate(value or BARE)
