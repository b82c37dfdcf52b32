"""What merges on its own follows from the models: parts by field, maps and lists by entry, records by field."""

import json
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kit.fields import FIXED, TOGETHER, fields, filled, models, paths
from pydantic import Field

from cxassess.document.answers import (
    Answer,
    Evidence,
    EvidenceKey,
    EvidenceLink,
    Exemption,
    Frozen,
    Sample,
)
from cxassess.document.assessment import Assessment, ContentVersion, Unit
from cxassess.document.shapes import DOCUMENT, Place, Shape, put_together, shape_at, shape_of, taken_apart
from cxassess.text import Line, Note

# What merges as one piece, and why.
WHOLE = {
    ContentVersion: "a version is one of its model",
    Unit: "a brand needs its name",
    Sample: "k is at most n",
    EvidenceLink: "it says one thing",
}
# Of what fields merge as one, and why; the rest of the model merges beside them.
ONE_CHOICE = {Answer: "a rating is of its state, as a reason is"}
TEXT = Shape(is_text=True)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)

place_names = st.sampled_from(["on", "evidence", "profile", "x"])

Links = tuple[EvidenceLink, ...]


class Entry(Frozen):
    """A record in a record, as there may be some day."""

    key: str
    text: str | None = None


class Plan(Frozen):
    """A part with a list of records that hold records."""

    entries: tuple[Entry, ...] = ()
    by_month: dict[str, Entry] = Field(default_factory=dict)
    title: str | None = None


class Keyless(Frozen):
    """A record that nothing tells from others."""

    identity: ClassVar[tuple[str, ...]] = ("key", "title")
    title: str


def test_only_what_is_named_merges_whole() -> None:
    """Nothing else does by forgetting; where a model checks fields against each other, it is among them."""
    assert {model for model in models() if model.merges_whole} == set(WHOLE)
    checked = {model for model in models() if model.__pydantic_decorators__.model_validators}
    assert {model for model in models() if model.one_choice} == set(ONE_CHOICE)
    assert checked <= set(WHOLE) | set(ONE_CHOICE)
    assert set(TOGETHER) <= set(WHOLE) | set(ONE_CHOICE)


def test_the_walk_misses_no_field() -> None:
    """What the tests change, field by field, is all there is, but for what a record is known by."""
    known_by = {("evidence", "*", "key"), ("targets", "*", "key")}
    known_by |= {("exceptions", "*", name) for name in Exemption.identity}
    known_by |= {(name, "*", "evidence", "*", "evidence") for name in ("answers", "indicators")}
    known_by |= {(name, "*", "opinions", "*", "who") for name in ("answers", "indicators")}
    assert {field.path for field in fields()} == paths() - FIXED - known_by


@pytest.mark.parametrize(
    ("kind", "shape"),
    [
        (str | None, TEXT),
        (Line | None, Shape()),
        (tuple[str, ...], Shape()),
        (tuple[EvidenceKey, ...], Shape(by_key=True)),
        (Note | None, Shape(fields={"id": TEXT, "en": TEXT}, by_language=True)),
        (tuple[Note, ...], Shape()),
        (dict[str, str], Shape(entry=TEXT)),
        (Sample | None, Shape()),
        (Entry, Shape(fields={"key": TEXT, "text": TEXT})),
        (tuple[Entry, ...], Shape(entry=shape_of(Entry), identity=("key",))),
        (dict[str, Entry], Shape(entry=shape_of(Entry))),
    ],
)
def test_a_shape_follows_from_the_type(kind: object, shape: Shape) -> None:
    """A map, a list of records, a part; everything else is one value."""
    assert shape_of(kind) == shape


def test_a_list_needs_something_to_tell_its_records_by() -> None:
    """A model without it cannot stand in a list; that shows when the program starts."""
    with pytest.raises(TypeError, match="Keyless stands in a list and lacks key"):
        shape_of(tuple[Keyless, ...])


def test_places_of_a_document() -> None:
    """Fields of parts, entries of maps, records of lists, single values."""
    found = set(taken_apart(filled(Assessment)))
    assert found >= {
        ("on",),
        ("profile", "size"),
        ("profile", "unit"),
        ("weights", "a"),
        ("answers", "a"),
        ("evidence", "E-01"),
        ("exceptions", "a", "a"),
        ("targets", "T-01"),
        ("commentary", "a"),
    }
    assert {place[0] for place in found} == set(Assessment.model_fields) - {"format"}


@pytest.mark.parametrize("field", list(fields()), ids=lambda field: ".".join(field.path))
def test_there_and_back(field: Any) -> None:
    """Any document, taken apart and put together, is the same."""
    for document in (field.one, field.other):
        assert put_together(taken_apart(document)) == document


def test_parts_and_lists_within_records_are_taken_apart_too() -> None:
    """So that what issues to come put into a record merges by its own records."""
    shape = shape_of(Plan)
    plan = {"entries": [{"key": "a"}, {"key": "b", "text": "x"}], "by_month": {"may": {"key": "c"}}, "title": "t"}
    apart = taken_apart(plan, shape)
    assert set(apart) == {("entries", "a"), ("entries", "b"), ("by_month", "may"), ("title",)}
    assert put_together(apart, shape) == plan
    assert shape_at(("entries", "b"), shape) == shape_at(("by_month", "may"), shape) == shape_of(Entry)


@pytest.mark.parametrize(
    ("place", "is_record"),
    [
        (("evidence", "E-01"), True),
        (("exceptions", "silos", "resolve"), True),
        (("profile",), True),
        (("answers", "inform-1"), True),
        (("answers", "inform-1", "state"), False),
        (("profile", "size"), False),
        (("no", "such", "place"), False),
    ],
)
def test_the_shape_of_a_place(place: Place, is_record: bool) -> None:
    """What merges by field has fields; what is one piece, or unknown, has none."""
    assert bool(shape_at(place).fields) == is_record


def test_a_choice_is_one_piece_of_its_answer() -> None:
    """Under the name of its first field; notes and links stand beside it."""
    answer = {"state": "rated", "rating": "L", "note": "a", "evidence": [{"evidence": "E-01"}]}
    apart = taken_apart(answer, shape_of(Answer))
    assert apart == {
        ("state",): {"state": "rated", "rating": "L"},
        ("note",): "a",
        ("evidence", "E-01"): {"evidence": "E-01"},
    }
    assert put_together(apart, shape_of(Answer)) == answer


@pytest.mark.parametrize(
    "records", [[{"key": "E-01"}, {"key": "E-01"}], [{"source": "x"}], ["E-01"], "E-01", [{"key": 1}]]
)
def test_records_that_cannot_be_told_apart_stay_together(records: object) -> None:
    """None is lost for bearing the key of another, or no key."""
    assert taken_apart({"evidence": records}) == {("evidence",): records}


@given(json_values)
def test_whatever_stands_in_a_file_can_be_taken_apart(value: Any) -> None:
    """Files and journals are edited by hand."""
    taken_apart(value)
    for name in Assessment.model_fields:
        taken_apart({name: value})


@given(st.dictionaries(st.lists(place_names, max_size=3).map(tuple), json_values))
def test_a_place_there_cannot_be_is_refused(places: dict[Place, Any]) -> None:
    """With a ValueError, and never otherwise."""
    try:
        put_together(places)
    except ValueError:
        return


def test_links_to_evidence_are_named_so() -> None:
    """A merge finds what links to evidence by the name of the field: no other does, and it holds nothing else."""
    pattern = Evidence.model_fields["key"].metadata[0].pattern
    for model in models() - {Assessment}:
        for name, info in model.model_fields.items():
            holds = repr(pattern) in repr((info.annotation, info.metadata)) or info.annotation == Links
            is_own = (model, name) == (Evidence, "key")
            assert is_own or holds == (name == "evidence"), (model, name)


def test_documents_are_json() -> None:
    """The kit's documents are what files hold."""
    for field in fields():
        Assessment.model_validate_json(json.dumps(field.one), strict=True)
        Assessment.model_validate_json(json.dumps(field.other), strict=True)


def test_the_document_is_made_of_parts() -> None:
    """Every field of an assessment has a shape."""
    assert set(DOCUMENT.fields) == set(Assessment.model_fields)
