"""What a person typed in the fields of an entry, as the file holds it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from pydantic import BaseModel

from cxassess.document.assessment import Assessment
from cxassess.document.fields import Field, fields_of
from cxassess.document.shapes import Json, Place
from cxassess.errors import AssessmentError, Problem
from cxassess.text import LANGS, Lang, note_of, said, versions_of

# What the fields of a form in the browser hold, by their names; everything from there is text.
Values = Mapping[str, str]
EMPTY: tuple[Json, ...] = (None, "", [])


class Edited(NamedTuple):
    """The assessment after an event. `missing` is a word that says what the rest of it still needs to stand."""

    assessment: Assessment
    missing: str = ""


class Filled(NamedTuple):
    """An entry as its fields were filled in, and the names of those that are empty and must not be.

    Where such a field is empty the entry keeps what it had.
    """

    entry: dict[str, Json]
    missing: tuple[str, ...]


def filled(model: type[BaseModel], old: Json, values: Values, working: Lang) -> Filled:
    """An entry of a model with what was typed in its fields; fields that are not among the values stay.

    `old` is the entry as the file holds it, `working` the language that a plain text in it is in.

    >>> from cxassess.document.answers import Evidence
    >>> filled(Evidence, {"key": "E-01"}, {"person": " Rini ", "source.id": ""}, "id")
    Filled(entry={'key': 'E-01', 'person': 'Rini'}, missing=('kind', 'source'))
    """
    entry, missing = dict(old), list[str]()
    for name, field in fields_of(model).items():
        if _is_on_page(field, values):
            new = _value(field, old.get(name), values, working)
            if field.filled and new in EMPTY:
                missing.append(name)
            else:
                entry[name] = new
        elif field.required and name not in old:
            missing.append(name)
    return Filled(without_empty(entry), tuple(missing))


def without_empty(entry: Mapping[str, Json]) -> dict[str, Json]:
    """An entry without the fields that hold nothing."""
    return {name: value for name, value in entry.items() if value not in EMPTY}


def noted(old: Json, name: str, values: Values, working: Lang) -> Json:
    """A note with the versions that were typed: plain in the working language alone, by language otherwise.

    >>> noted("Antre lama", "note", {"note.en": "Long queue"}, "id")
    {'id': 'Antre lama', 'en': 'Long queue'}
    >>> noted(None, "note", {"note.id": " "}, "id") is None
    True
    """
    typed = {lang: values[f"{name}.{lang}"].strip() for lang in LANGS if f"{name}.{lang}" in values}
    return note_of(versions_of(old, working=working) | typed, working=working)


def no_place(at: Place) -> AssessmentError:
    """What is told of an event that names no place of an assessment."""
    return AssessmentError("problem-nothing-changed", [Problem("/".join(at), "problem-no-place")])


def _is_on_page(field: Field, values: Values) -> bool:
    """Whether a form had a field at all. A note has a value a language."""
    names = [f"{field.name}.{lang}" for lang in LANGS] if field.kind == "note" else [field.name]
    return any(name in values for name in names)


def _value(field: Field, old: Json, values: Values, working: Lang) -> Json:
    """What a field holds now; nothing where it is empty."""
    if field.kind == "note":
        return noted(old, field.name, values, working)
    typed = values[field.name].strip()
    match field.kind:
        case "lines" | "notes":
            return _lines(old or [], typed, working)
        case "choices":
            return _in_order(typed.split(), [*(old or []), *field.choices])
        case "flag":
            return bool(typed) or None
        case "number":
            return _number(typed)
    return typed


def _number(typed: str) -> int | str:
    """A whole number; what is none is refused as it is."""
    try:
        return int(typed)
    except ValueError:
        return typed


def _in_order(chosen: list[str], order: list[str]) -> list[str]:
    """Choices in the order they had, whatever order they are shown in; what is none comes last, and is refused."""
    return sorted(chosen, key=lambda one: order.index(one) if one in order else len(order))


def _lines(old: list[Json], typed: str, working: Lang) -> list[Json]:
    """A list typed one a line; an entry that is still there keeps its version in the other language."""
    known: dict[str, Json] = {}
    for entry in old:
        known |= {said(entry, working=working, lang=lang).text: entry for lang in LANGS}
    return [known.get(line, line) for line in map(str.strip, typed.splitlines()) if line]
