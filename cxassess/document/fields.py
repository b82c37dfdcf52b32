"""What a field of a document is, read from its model: its kind, its choices, its bounds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, reduce
from operator import or_
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from cxassess.content.model import Key
from cxassess.text import Line, Note

Kind = Literal[
    "note",  # a text, in one language or by language
    "line",  # a text of one line
    "text",  # a text for oneself
    "key",  # what the content or the document names
    "choice",  # one of a few
    "choices",  # some of a few
    "flag",  # yes or no
    "date",
    "number",  # a whole one
    "lines",  # any number of lines
    "notes",  # any number of notes
    "notes by key",  # the same, each by a key of the content
    "entry",  # a model with fields of its own
    "entries",  # anything else: a list or a map
]

# The types that fields are declared with as they stand …
_KINDS: tuple[tuple[object, Kind], ...] = (
    (Note, "note"),
    (str, "text"),
    (tuple[Line, ...], "lines"),
    (tuple[Note, ...], "notes"),
    (dict[Key, Note], "notes by key"),
)
# … and within whatever bounds. Text that is bound to a pattern is a key, if it is no line.
_BOUNDED: tuple[tuple[type, Kind], ...] = ((str, "key"), (bool, "flag"), (date, "date"), (int, "number"))


@dataclass(frozen=True)
class Field:
    """A field of a document's model.

    `choices` are those that the model itself names; those of a `key` stand in the content. `least` and `most` are
    the bounds of a number or a day, both inclusive, `longest` how many letters a text may have. A field that is
    `required` must be there; one that is `filled` cannot be empty where it is. `of` is the model of its entries.
    """

    name: str
    kind: Kind
    required: bool = False
    filled: bool = False
    choices: tuple[str, ...] = ()
    least: int | date | None = None
    most: int | date | None = None
    longest: int | None = None
    of: type[BaseModel] | None = None

    @property
    def word(self) -> str:
        """The field's name as words begin or end with it.

        >>> Field("report_languages", "choices").word
        'report-languages'
        """
        return self.name.replace("_", "-")

    @property
    def numbers(self) -> range:
        """Every number between its bounds. TypeError where it has none."""
        if not isinstance(self.least, int) or not isinstance(self.most, int):
            raise TypeError(f"{self.name} is no number with bounds")
        return range(self.least, self.most + 1)


@cache
def fields_of(model: type[BaseModel]) -> Mapping[str, Field]:
    """The fields of a model by name, in its order.

    >>> from cxassess.document.answers import Judgement
    >>> severity = fields_of(Judgement)["severity"]
    >>> severity.kind, list(severity.numbers)
    ('number', [0, 1, 2, 3])
    """
    types = get_type_hints(model, include_extras=True)
    return {name: _field(name, types[name], info) for name, info in model.model_fields.items()}


def _field(name: str, declared: Any, info: FieldInfo) -> Field:  # noqa: ANN401 - a type, of any form
    given = _without_none(declared)
    bounds = [*info.metadata, *_constraints(given)]
    above = _bound("gt", bounds)
    entry = next((part for part in (given, *get_args(given)) if _is_model(part)), None)
    return Field(
        name=name,
        kind=_kind(given),
        required=info.is_required(),
        filled=info.is_required() or bool(_bound("min_length", info.metadata)),
        choices=_choices(given),
        least=_bound("ge", bounds) if above is None else above + 1,
        most=_bound("le", bounds),
        longest=_bound("max_length", bounds),
        of=entry,
    )


def _kind(given: Any) -> Kind:  # noqa: ANN401
    if all(one in get_args(given) for one in get_args(Line)):
        return "line"
    known = [kind for declared, kind in _KINDS if declared == given]
    known += [kind for bounded, kind in _BOUNDED if bounded is _bare(given)]
    if known:
        return known[0]
    if _choices(given):
        return "choices" if get_origin(given) is tuple else "choice"
    return "entry" if _is_model(given) else "entries"


def _choices(given: Any) -> tuple[str, ...]:  # noqa: ANN401
    """The values of a Literal, or of a list of them."""
    of = get_args(given)[0] if get_origin(given) is tuple else given
    return get_args(of) if get_origin(of) is Literal else ()


def _without_none(declared: Any) -> Any:  # noqa: ANN401
    """A type without the None that it may be."""
    if get_origin(declared) not in (Union, UnionType):
        return declared
    return reduce(or_, (part for part in get_args(declared) if part is not NoneType))


def _bare(given: Any) -> Any:  # noqa: ANN401
    """A type without its constraints."""
    return get_args(given)[0] if get_origin(given) is Annotated else given


def _constraints(given: Any) -> list[Any]:  # noqa: ANN401
    """What a type is annotated with; a FieldInfo holds constraints of its own."""
    found: list[Any] = []
    for one in get_args(given)[1:] if get_origin(given) is Annotated else ():
        found += one.metadata if isinstance(one, FieldInfo) else [one]
    return found


def _bound(name: str, constraints: list[Any]) -> Any:  # noqa: ANN401
    values = (getattr(one, name, None) for one in constraints)
    return next((value for value in values if value is not None), None)


def _is_model(part: object) -> bool:
    return isinstance(part, type) and issubclass(part, BaseModel)
