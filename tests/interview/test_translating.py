"""What is still to translate: no text is forgotten, none is asked for twice, and each goes back to its place."""

import json
from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from kit.fields import Path, fields
from kit.form import made_case
from kit.made import blank
from pydantic import ValidationError

from cxassess.content.reading import Content
from cxassess.document.assessment import Assessment
from cxassess.errors import AssessmentError
from cxassess.interview.translating import Untranslated, notes_of, untranslated, with_note
from cxassess.text import Said

MARK = {"en": "typed by language"}


def _marked(document: Any, path: Path, mark: Any) -> Any:
    """A document with something else in a field, wherever there is one."""
    if not path:
        return mark
    name, rest = path[0], path[1:]
    if name != "*":
        return {**document, name: _marked(document.get(name), rest, mark)}
    if isinstance(document, dict):
        return {key: _marked(one, rest, mark) for key, one in document.items()}
    return [_marked(one, rest, mark) for one in document]


def test_no_field_is_forgotten() -> None:
    """Wherever a document takes a text by language, it is found; what one keeps to oneself never is."""
    taken, found = set(), set()
    for (path, document, _), mark in product(fields(), (MARK, [MARK])):
        try:
            one = Assessment.model_validate_json(json.dumps(_marked(document, path, mark)), strict=True)
        except ValidationError:
            continue
        taken.add(path)
        if MARK in dict(notes_of(one)).values():
            found.add(path)
    assert found == taken
    assert {("profile", "customer_groups"), ("commentary", "*"), ("evidence", "*", "source")} < found
    assert not any("private" in path for path in found)


def test_what_is_missing(content: Content) -> None:
    """In languages that reports are made in, and in no other; a plain text is in the working language."""
    one = blank(content, note="catatan", commentary={"summary": {"en": "short"}, "method": {"id": "a", "en": "b"}})
    note = Untranslated(("note",), Said("catatan", "id"), "en")
    assert untranslated(one) == [note, Untranslated(("commentary", "summary"), Said("short", "en"), "id")]
    profile = one.profile.model_copy(update={"report_languages": ("en",)})
    assert untranslated(one.replaced(profile=profile)) == [note]
    english = one.profile.model_copy(update={"working_language": "en"})
    swapped = replace(note, typed=Said("catatan", "en"), lang="id")
    assert untranslated(one.replaced(profile=english))[0] == swapped


def test_each_goes_back_to_its_place(content: Content) -> None:
    """Once every text has its version, nothing is missing and nothing else has changed."""
    case = translated = made_case(content)
    missing = untranslated(case)
    assert len(missing) > 5
    for one in missing:
        translated = with_note(translated, one.place, {one.typed.lang: one.typed.text, one.lang: "x"})
    assert untranslated(translated) == []
    for one in missing:
        translated = with_note(translated, one.place, one.typed.text)
    assert translated == case


@pytest.mark.parametrize("place", [(), ("nowhere",), ("profile",), ("evidence", "E-99", "note"), ("private",)])
def test_a_place_without_a_text(content: Content, place: tuple[str, ...]) -> None:
    """It is refused, for there is nothing to put another version beside."""
    with pytest.raises(AssessmentError):
        with_note(made_case(content), place, "x")
