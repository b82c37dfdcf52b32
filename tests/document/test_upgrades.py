"""Older files: what stood in them stands in them still, in the words of the present format."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kit.places import DATA, GOLDEN
from pydantic import ValidationError

from cxassess.content.reading import Content
from cxassess.document.assessment import FORMAT, Assessment
from cxassess.document.assessmentfile import dumps, load_assessment
from cxassess.document.shapes import Place, put_together, taken_apart
from cxassess.document.upgrades import CHAPTERS_OF_1, format_of, upgraded, upgraded_changes
from cxassess.errors import AssessmentError
from cxassess.places import examples_dir

OLD = sorted((DATA / "format-1").glob("*.json"))
CASES = sorted((DATA / "cases").glob("*.json"))
by_name = lambda path: path.stem  # noqa: E731 - the name of a test

json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 9) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)
# Nearly a document: the right names with whatever in them.
odd_profiles = st.dictionaries(st.sampled_from(["trade", "trade_text", "size", "x"]), json_values)
odd_targets = st.lists(json_values | st.dictionaries(st.sampled_from(["key", "level", "by"]), json_values))
odd_commentary = st.dictionaries(st.sampled_from([*CHAPTERS_OF_1, "x"]), json_values)
odd_documents = st.fixed_dictionaries(
    {},
    optional={
        "format": st.just(1) | json_values,
        "profile": json_values | odd_profiles,
        "targets": json_values | odd_targets,
        "commentary": json_values | odd_commentary,
        "x": json_values,
    },
)


def read(path: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return document


def texts_in(value: Any) -> list[str]:
    """Every text in a document, in no order."""
    if isinstance(value, dict):
        return sorted(text for one in value.values() for text in texts_in(one))
    if isinstance(value, list):
        return sorted(text for one in value for text in texts_in(one))
    return [value] if isinstance(value, str) else []


@pytest.mark.parametrize("path", [*OLD, *CASES], ids=by_name)
def test_every_older_file_opens(path: Path, content: Content) -> None:
    """The examples of format 1 and every case: every text in them is there, and all else is the same."""
    before = read(path)
    after = json.loads(dumps(load_assessment(path, content)))
    assert (before["format"], after["format"]) == (1, FORMAT)
    new = ["other"] if "trade" in before["profile"] else []
    keys = [f"T-{number:02d}" for number, _ in enumerate(before.get("targets", ()), 1)]
    assert texts_in(after) == sorted([*texts_in(before), *new, *keys])
    for name in set(before) - {"format", "profile", "targets"}:
        assert after[name] == before[name]


@pytest.mark.parametrize("path", OLD, ids=by_name)
def test_the_examples_are_what_saving_makes_of_the_old_ones(path: Path, content: Content) -> None:
    """Byte for byte; each is there in both formats."""
    old = load_assessment(path, content)
    assert dumps(old).encode() == (examples_dir() / path.name).read_bytes()
    assert load_assessment(examples_dir() / path.name, content) == old


def test_a_frozen_copy_of_each_example_is_kept() -> None:
    """A released format never changes, nor do the files that hold it."""
    assert {path.name for path in OLD} == {path.name for path in examples_dir().glob("*.json")}
    assert all(read(path)["format"] == 1 for path in [*OLD, *CASES, GOLDEN / "kopi-kencana.json"])
    assert len(CASES) == 7


@pytest.mark.parametrize("trade", ["Kedai kopi", {"id": "Kedai kopi", "en": "Coffee"}, {"en": "Coffee"}])
def test_a_trade_becomes_words_beside_a_choice(trade: object) -> None:
    """Free text, or text by language; nobody guesses which of the trades was meant."""
    assert upgraded({"format": 1, "profile": {"size": "small", "trade": trade}}) == {
        "format": FORMAT,
        "profile": {"size": "small", "trade": "other", "trade_text": trade},
    }


@pytest.mark.parametrize("trade", [7, None, ["x"], {"de": "x"}, {"id": "x", "fr": "y"}])
def test_what_is_no_trade_is_left_for_validation(trade: object) -> None:
    """It is told of where it stands."""
    document = {"format": 1, "profile": {"trade": trade}}
    assert upgraded(document) == document | {"format": FORMAT}


def test_a_trade_that_is_none_is_told_with_its_line(tmp_path: Path, content: Content) -> None:
    """In a file of either format."""
    text = (DATA / "format-1" / "bank-teluk-biru.json").read_text(encoding="utf-8")
    typed = '"Bank daerah, 46 kantor cabang di pesisir"'
    assert typed in text
    file = tmp_path / "a.json"
    line = text[: text.index(typed)].count("\n") + 1
    for wrong, what in ((text.replace(typed, "7"), "must be a text"), (_as_2(text, typed), "is no trade of this")):
        file.write_text(wrong, encoding="utf-8")
        with pytest.raises(AssessmentError) as caught:
            load_assessment(file, content)
        assert f"a.json:{line} profile.trade: " in str(caught.value)
        assert what in str(caught.value)


def _as_2(text: str, trade: str) -> str:
    keyed = text.replace('"format": 1', f'"format": {FORMAT}').replace('"level": 3,', '"level": 3, "key": "T-01",')
    return keyed.replace(trade, '"lemonade"')


def test_targets_get_keys_by_their_place() -> None:
    """The same file gives the same keys, whoever opens it; what is no target gets none."""
    targets = [{"level": 3}, 7, {"level": 4, "by": "2027-01-31"}]
    assert upgraded({"format": 1, "targets": targets})["targets"] == [
        {"key": "T-01", "level": 3},
        7,
        {"key": "T-03", "level": 4, "by": "2027-01-31"},
    ]


def test_a_link_keeps_what_it_supports(content: Content) -> None:
    """In format 1 each had to say it, so none is silent."""
    links = [
        link
        for path in OLD
        for answer in load_assessment(path, content).answers.values()
        for link in answer.evidence
    ]
    assert len(links) > 100
    assert not any(link.is_silent for link in links)


@given(odd_documents)
def test_no_document_is_too_odd(document: dict[str, Any]) -> None:
    """Whatever stands in it, it is upgraded or left, and what was given stays as it was."""
    given_ = copy.deepcopy(document)
    new = upgraded(document)
    assert document == given_
    assert upgraded(new) == new
    assert set(texts_in({**given_, "format": 1})) <= set(texts_in(new))
    try:
        Assessment.model_validate_json(json.dumps(new), strict=True)
    except ValidationError:
        return


@given(json_values)
def test_the_present_format_and_newer_ones_are_left(value: object) -> None:
    """There is no step from them."""
    for number in (FORMAT, FORMAT + 1):
        assert upgraded({"format": number, "profile": value}) == {"format": number, "profile": value}


@pytest.mark.parametrize("number", [None, "1", 0, -1, True, 1.5])
def test_without_a_number_it_is_taken_for_the_oldest(number: object) -> None:
    """So that one wrong number is not told as a hundred faults."""
    profile = {"organisation": "Acme", "unit": {"kind": "company"}, "trade": "Kedai kopi"}
    assert upgraded({"format": number, "profile": profile})["profile"]["trade_text"] == "Kedai kopi"


@pytest.mark.parametrize(
    ("data", "number"),
    [
        (b'{"format": 1}', 1),
        (b'\xef\xbb\xbf{"format": 2}', 2),
        (b'{"format": "1"}', None),
        (b"[]", None),
        (b"{", None),
    ],
)
def test_the_format_of_a_file(data: bytes, number: int | None) -> None:
    """As far as the file says it."""
    assert format_of(data) == number


# --- journals ---


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        (
            {("profile", "trade"): (None, "Kedai kopi")},
            {("profile", "trade"): (None, "other"), ("profile", "trade_text"): (None, "Kedai kopi")},
        ),
        ({("profile", "trade"): ("a", {"id": "b"})}, {("profile", "trade_text"): ("a", {"id": "b"})}),
        (
            {("targets",): ([{"level": 3}], [{"level": 3}, {"level": 4}])},
            {("targets", "T-02"): (None, {"key": "T-02", "level": 4})},
        ),
        (
            {("targets",): ([{"level": 3}, {"level": 4}], [{"level": 4}])},
            {
                ("targets", "T-01"): ({"key": "T-01", "level": 3}, {"key": "T-01", "level": 4}),
                ("targets", "T-02"): ({"key": "T-02", "level": 4}, None),
            },
        ),
        ({("weights",): (None, {"inform-1": "2"})}, {("weights", "inform-1"): (None, "2")}),
        (
            {("answers", "inform-1"): (None, {"state": "unknown"}), ("on",): ("2026-01-01", "2026-01-02")},
            {("answers", "inform-1"): (None, {"state": "unknown"}), ("on",): ("2026-01-01", "2026-01-02")},
        ),
    ],
)
def test_what_was_changed_in_format_1(
    changes: dict[Place, tuple[Any, Any]], wanted: dict[Place, tuple[Any, Any]]
) -> None:
    """As if it had been changed in the present format: forth and back."""
    assert upgraded_changes(changes, format=1) == wanted
    back = {place: (became, was) for place, (was, became) in changes.items()}
    assert upgraded_changes(back, format=1) == {place: (after, was) for place, (was, after) in wanted.items()}


@given(st.data())
def test_a_step_and_the_file_are_upgraded_alike(data: st.DataObject) -> None:
    """A step of format 1, upgraded, leads from one upgraded document to the other."""
    one, other = (read(data.draw(st.sampled_from(OLD))) for _ in range(2))
    parts = {"profile", "answers", "targets", "commentary"}
    old, new = (taken_apart({name: one[name] for name in parts & set(one)}) for one in (one, other))
    changes = {place: (old.get(place), new.get(place)) for place in old | new if old.get(place) != new.get(place)}
    stands = taken_apart(upgraded(put_together(old) | {"format": 1}))
    for place, (was, became) in upgraded_changes(changes, format=1).items():
        assert stands.get(place) == was
        stands[place] = became
    assert put_together(stands) == upgraded(put_together(new) | {"format": 1})
