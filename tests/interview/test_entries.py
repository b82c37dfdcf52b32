"""What a person typed in the fields of an entry, as the file holds it."""

from typing import Any

import pytest

from cxassess.interview.entries import noted
from cxassess.text import Lang


@pytest.mark.parametrize(
    ("old", "typed", "working", "new"),
    [
        (None, {"id": "a"}, "id", "a"),
        (None, {"id": "a"}, "en", {"id": "a"}),
        (None, {"en": "a", "id": ""}, "id", {"en": "a"}),
        ("a", {"en": "b"}, "id", {"id": "a", "en": "b"}),
        ("a", {"en": "b"}, "en", "b"),
        ({"id": "a", "en": "b"}, {"en": ""}, "id", "a"),
        ({"id": "a", "en": "b"}, {"id": ""}, "id", {"en": "b"}),
        ({"id": "a", "en": "b"}, {"id": "", "en": "\n "}, "id", None),
        ("a", {}, "id", "a"),
        ("a", {"id": "  b\n"}, "id", "b"),
    ],
)
def test_notes_by_language(old: Any, typed: dict[str, str], working: Lang, new: Any) -> None:
    """The version that was typed changes; plain in the working language alone, by language otherwise."""
    assert noted(old, "note", {f"note.{lang}": text for lang, text in typed.items()}, working) == new
