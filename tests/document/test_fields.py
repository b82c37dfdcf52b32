"""What a field of a document is, read from its model."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, Field

from cxassess.content.model import Key
from cxassess.document.answers import Answer, Day, Evidence, EvidenceKey, Judgement, Sample
from cxassess.document.assessment import Assessment, Target, Unit
from cxassess.document.fields import fields_of
from cxassess.text import LANGS, Lang, Line, Note


class Every(BaseModel):
    """A field of every kind, needed or not."""

    note: Note
    maybe_note: Note | None = None
    line: Line
    title: Annotated[Line, Field(max_length=99)] | None = None
    short: Line | None = Field(default=None, max_length=80)
    text: str | None = None
    key: Key | None = None
    record: EvidenceKey | None = None
    choice: Literal["a", "b"] | None = None
    some: tuple[Lang, ...] = Field(default=LANGS, min_length=1)
    flag: bool = False
    on: Day | None = None
    count: int | None = Field(default=None, gt=0, le=9)
    lines: tuple[Line, ...] = ()
    notes: tuple[Note, ...] = ()
    entry: Unit
    entries: tuple[Target, ...] = ()
    by_key: dict[Key, Answer] = {}
    weights: dict[Key, Decimal] = {}


@pytest.mark.parametrize(
    ("name", "kind", "required", "filled"),
    [
        ("note", "note", True, True),
        ("maybe_note", "note", False, False),
        ("line", "line", True, True),
        ("short", "line", False, False),
        ("title", "line", False, False),
        ("text", "text", False, False),
        ("key", "key", False, False),
        ("record", "key", False, False),
        ("choice", "choice", False, False),
        ("some", "choices", False, True),
        ("flag", "flag", False, False),
        ("on", "date", False, False),
        ("count", "number", False, False),
        ("lines", "lines", False, False),
        ("notes", "notes", False, False),
        ("entry", "entry", True, True),
        ("entries", "entries", False, False),
        ("by_key", "entries", False, False),
        ("weights", "entries", False, False),
    ],
)
def test_kinds(name: str, kind: str, required: bool, filled: bool) -> None:
    """By the type that it is declared with, None or not; what must be there, and what cannot be empty."""
    field = fields_of(Every)[name]
    assert (field.kind, field.required, field.filled) == (kind, required, filled)


def test_choices_and_bounds() -> None:
    """As the model has them: a bound that is left out is the next whole number inside."""
    fields = fields_of(Every)
    assert (fields["choice"].choices, fields["some"].choices) == (("a", "b"), LANGS)
    assert (fields["on"].least, fields["on"].most) == (date(1900, 1, 1), date(2199, 12, 31))
    assert list(fields["count"].numbers) == list(range(1, 10))
    assert [fields[name].longest for name in ("short", "title", "line")] == [80, 99, None]
    assert [fields[name].of for name in ("entry", "entries", "by_key", "weights")] == [Unit, Target, Answer, None]
    with pytest.raises(TypeError):
        fields["on"].numbers  # noqa: B018 - it is the look that is refused


def test_what_the_documents_allow() -> None:
    """The bounds that the form asks within are those that a file is read with."""
    assert fields_of(Answer)["rating"].choices == tuple("NPLF")
    assert fields_of(Answer)["reason"].choices == ("not-offered", "no-such-channel", "legally-excluded")
    assert list(fields_of(Judgement)["severity"].numbers) == [0, 1, 2, 3]
    assert list(fields_of(Target)["level"].numbers) == [1, 2, 3, 4, 5, 6]
    assert (fields_of(Sample)["n"].least, fields_of(Sample)["n"].most) == (1, 1_000_000)
    assert fields_of(Evidence)["on"].least == date(1900, 1, 1)
    assert [fields_of(Assessment)[name].kind for name in ("on", "profile", "evidence")] == [
        "date",
        "entry",
        "entries",
    ]
