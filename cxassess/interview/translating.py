"""What was typed in one language and is missing in another that reports are made in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cxassess.document.answers import Frozen
from cxassess.document.assessment import Assessment
from cxassess.document.changes import assembled, places
from cxassess.document.fields import fields_of
from cxassess.document.shapes import Json, Place
from cxassess.errors import AssessmentError, Problem
from cxassess.text import Lang, Note, Said, said


@dataclass(frozen=True)
class Untranslated:
    """A text without its version in a language: where it stands, as it was typed, and the language it lacks."""

    place: Place
    typed: Said
    lang: Lang


def untranslated(assessment: Assessment) -> list[Untranslated]:
    """Every text that a report in one of its languages would show in another, in the order of the file.

    >>> from cxassess.document.assessmentfile import load_assessment
    >>> from cxassess.content.reading import load_content
    >>> from cxassess.places import examples_dir
    >>> cafe = load_assessment(examples_dir() / "kopi-lereng.json", load_content())
    >>> untranslated(cafe.replaced(profile=cafe.profile.model_copy(update={"objective": "ramai"})))[0]
    Untranslated(place=('profile', 'objective'), typed=Said(text='ramai', lang='id'), lang='en')
    """
    profile = assessment.profile
    found = []
    for place, note in notes_of(assessment):
        for lang in profile.report_languages:
            typed = said(note, working=profile.working_language, lang=lang)
            if typed.lang != lang:
                found.append(Untranslated(place, typed, lang))
    return found


def notes_of(assessment: Assessment) -> Iterator[tuple[Place, Note]]:
    """Every text that may have a version a language, with the place where it stands. What is private is none."""
    return _notes(assessment, ())


def _notes(entry: Frozen, at: Place) -> Iterator[tuple[Place, Note]]:
    for name, field in fields_of(type(entry)).items():
        held, here = getattr(entry, name), (*at, name)
        if field.kind == "note" and held is not None:
            yield here, held
        elif field.kind == "notes":
            yield from (((*here, str(index)), note) for index, note in enumerate(held))
        elif field.kind == "notes by key":
            yield from (((*here, key), note) for key, note in held.items())
        elif isinstance(held, Frozen):
            yield from _notes(held, here)
        elif field.kind == "entries":
            for key, one in _entries(held):
                yield from _notes(one, (*here, *key))


def _entries(held: object) -> Iterator[tuple[Place, Frozen]]:
    """The records of a list or a map, each with what it is known by."""
    if isinstance(held, dict):
        yield from (((key,), one) for key, one in held.items() if isinstance(one, Frozen))
    elif isinstance(held, tuple):
        yield from ((_known_by(one), one) for one in held if isinstance(one, Frozen))


def _known_by(record: Frozen) -> Place:
    return tuple(str(getattr(record, name)) for name in record.identity)


def with_note(assessment: Assessment, at: Place, note: Json) -> Assessment:
    """A copy with another text in the place of one that is there. Raises AssessmentError where there is none."""
    if at not in dict(notes_of(assessment)):
        raise AssessmentError("problem-nothing-changed", [Problem("/".join(at), "problem-no-place")])
    return assembled(places(_replaced(assessment, at, note)))


def _replaced(held: Any, at: Place, note: Json) -> Any:  # noqa: ANN401 - whatever leads to the text
    """What holds a text, with another one in its place; the way there is known to be."""
    if not at:
        return note
    name, rest = at[0], at[1:]
    if isinstance(held, Frozen):
        return held.model_copy(update={name: _replaced(getattr(held, name), rest, note)})
    if isinstance(held, dict):
        return {**held, name: _replaced(held[name], rest, note)}
    return tuple(_replaced_in(one, index, at, note) for index, one in enumerate(held))


def _replaced_in(one: Any, index: int, at: Place, note: Json) -> Any:  # noqa: ANN401
    """An entry of a list, with another text in it if the way leads there: by its number or its key."""
    known_by = _known_by(one) if isinstance(one, Frozen) else (str(index),)
    length = len(known_by)
    return _replaced(one, at[length:], note) if at[:length] == known_by else one
