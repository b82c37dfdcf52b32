"""Strict YAML: nothing is guessed, and every problem has its file and line."""

from pathlib import Path
from typing import Any

import pytest

from cxassess.errors import ContentError, Problem
from cxassess.yamlfile import YamlFile, read_yaml

# the line with the trap stands second; a word of the message
AMBIGUOUS = ["No", "no", "yes", "Yes", "on", "OFF", "off", "y", "N", "null", "Null", "~", "True", "FALSE"]
GUESSED = ["2026-01-02", "12:30", "012", "0x1F", "1_000", "1e5", ".5", "+1", ".inf", "1.", "two words"]
REFUSED = [
    *((f"a: {text}", "ambiguous") for text in [*AMBIGUOUS, *GUESSED]),
    ("a: #228B22", "unquoted #"),
    ("a:", "no value"),
    ("a: !colour red", "tag"),
    ("a: !!python/object:os.system ls", "tag"),
    ("a: !!set {x, y}", "tag"),
    ("first: again", "twice"),
    ("<<: {a: b}", "no key"),
    ("two words: a", "no key"),
    ("12: a", "no key"),
    ("? [a, b]\n: c", "no key"),
    ("a: *nowhere", "alias"),
    ("\ta: b", "not YAML"),
    ("a: b: c", "not YAML"),
    ("---\na: b", "not YAML"),
]
READ = [
    ("true", True),
    ("false", False),
    ("0", 0),
    ("-3", -3),
    ("365", 365),
    ("1.50", 1.5),
    ("-0.25", -0.25),
    ("system-data", "system-data"),
    ("north", "north"),
    ('"No"', "No"),
    ("'1.50'", "1.50"),
    ('"#228B22"', "#228B22"),
    ('""', ""),
    ('"Ya: «tidak»"', "Ya: «tidak»"),
    (">-\n  one\n  two", "one two"),
    ("|\n  yes\n  no", "yes\nno"),
    ("[true, 1, one]", [True, 1, "one"]),
    ("{id: satu, en: one}", {"id": "satu", "en": "one"}),
    ("[]", []),
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "house.yaml"


def read(file: Path, text: str) -> YamlFile:
    file.write_text(text, encoding="utf-8")
    return read_yaml(file)


def problems(file: Path, text: str) -> list[Problem]:
    with pytest.raises(ContentError, match=r"house\.yaml cannot be read") as caught:
        read(file, text)
    return caught.value.problems


@pytest.mark.parametrize(("line", "said"), REFUSED)
def test_what_could_be_misread_is_refused(file: Path, line: str, said: str) -> None:
    """Booleans, nothings, dates, odd numbers, comments, tags, doubled keys: file, line and reason."""
    [problem] = problems(file, f"first: one\n{line}\n")
    assert problem.where.split()[0].rstrip(":") == "house.yaml:2"
    assert said in problem.what


@pytest.mark.parametrize(("written", "value"), READ)
def test_what_is_plain_is_read(file: Path, written: str, value: Any) -> None:
    """true and false, whole numbers, decimals, single words, quoted and block texts, lists and maps."""
    found = read(file, f"first: one\na: {written}").data["a"]
    assert found == value
    assert type(found) is type(value)


def test_all_traps_are_told_at_once_and_in_order(file: Path) -> None:
    """Who mends a file sees everything on the first run, top to bottom, each with its place."""
    text = """\
answer: No
colours:
  good: #228B22
  bad: "#B22222"
people:
  - {name: ani, since: 2026-01-02}
  - {name: budi, name: cici}
kind: !x one
answer: "no"
"""
    assert [problem.where for problem in problems(file, text)] == [
        "house.yaml:1 answer",
        "house.yaml:3 colours.good",
        "house.yaml:6 people.0.since",
        "house.yaml:7 people.1.name",
        "house.yaml:8 kind",
        "house.yaml:9 answer",
    ]


@pytest.mark.parametrize("text", ["a: &x one\nb: *x\n", "a: &x {k: v}\nb: *x\n", "a: &x [*x]\n"])
def test_aliases_are_refused(file: Path, text: str) -> None:
    """A part that appears by reference cannot be edited where it is read; a part within itself never ends."""
    [problem] = problems(file, text)
    assert "alias" in problem.what


def test_merge_keys_are_refused(file: Path) -> None:
    """`<<` draws in another map unseen."""
    assert "is no key" in problems(file, "a: &x {k: v}\nb:\n  <<: *x\n")[0].what


def test_an_alias_is_named_where_it_stands(file: Path) -> None:
    """The line to mend is the one with the star."""
    assert problems(file, "a: &x one\nb: *x\n")[0].where == "house.yaml:2 b"


def test_an_alias_is_no_key(file: Path) -> None:
    """A key is written out, too."""
    assert problems(file, "a: &x one\n*x : two\n")


@pytest.mark.parametrize("value", ['!!int "5"', "!!str 5", "!!bool 'true'"])
def test_no_tag_at_all(file: Path, value: str) -> None:
    """A tag that says `number` before a text must not be passed over."""
    assert "tag" in problems(file, f"a: {value}\n")[0].what


@pytest.mark.parametrize("text", ["", "\n\n", "# a comment only\n", "---\n"])
def test_an_empty_file_is_refused(file: Path, text: str) -> None:
    """Nothing is not an empty list: the file was cut short or never written."""
    [problem] = problems(file, text)
    assert problem.where.startswith("house.yaml:")


@pytest.mark.parametrize(
    ("text", "line"), [('a: "open\nb: c\n', 3), ("a: [1, 2\nb: 3\n", 2), ("a: b\n c: d\n", 2)]
)
def test_broken_syntax_has_its_line(file: Path, text: str, line: int) -> None:
    """Where the reader could not go on, with what to look for."""
    [problem] = problems(file, text)
    assert problem.where == f"house.yaml:{line}"
    assert problem.what.endswith("check quotes, colons and indentation")


def test_a_missing_file_is_named_in_full(file: Path) -> None:
    """There is no line, so the whole path stands, and what to do."""
    with pytest.raises(ContentError) as caught:
        read_yaml(file)
    assert caught.value.problems[0].where == str(file)
    assert "is missing" in caught.value.problems[0].what


def test_other_encodings_are_refused(file: Path) -> None:
    """Latin-1 read as UTF-8 would spoil names; the byte is named."""
    file.write_bytes('a: one\nb: "café"\n'.encode("latin-1"))
    with pytest.raises(ContentError) as caught:
        read_yaml(file)
    assert caught.value.problems == [Problem("house.yaml byte 14", "problem-not-utf8")]


@pytest.mark.parametrize("text", ["\ufeffa: b\n", "a: b\r\n", "a: b"])
def test_windows_files_are_read(file: Path, text: str) -> None:
    """A byte-order mark, CRLF or a missing last line end change nothing."""
    file.write_bytes(text.encode())
    assert read_yaml(file).data == {"a": "b"}


def test_where_names_the_line_of_a_nested_place(file: Path) -> None:
    """The place a person can jump to; a place that is not written points to the part that lacks it."""
    house = read(file, "# house\nlevels:\n  - key: inform\n    name:\n      id: satu\n      en: one\n")
    assert house.where(("levels", 0, "name", "en")) == "house.yaml:6 levels.0.name.en"
    assert house.where(("levels", 0, "name", "fr")) == "house.yaml:5 levels.0.name.fr"
    assert house.where(("levels", 0, "gist")) == "house.yaml:3 levels.0.gist"
    assert house.where(()) == "house.yaml:2"
