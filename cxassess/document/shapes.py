"""Which pieces of an assessment merge on their own, read from the fields of its models."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import NoneType, UnionType
from typing import Annotated, Any, TypeGuard, Union, get_args, get_origin, get_type_hints

from cxassess.document.answers import EvidenceKey, Frozen
from cxassess.document.assessment import Assessment
from cxassess.text import LANGS, Note

# Where something stands: ("answers", "inform-1"), ("evidence", "E-01"), ("profile", "size"), ("on",).
Place = tuple[str, ...]
# What stands there, as in the file. None: nothing does.
Json = Any
Places = dict[Place, Json]


@dataclass(frozen=True)
class Shape:
    """How a value merges.

    A part or a record has `fields`, each with a shape of its own; those in `one_choice` are one piece, in the
    place of the first. A map or a list of records has entries, all of the shape `entry`; a record of a list is
    known by the fields in `identity`. A note merges `by_language`, a list of plain keys `by_key`. What has none of
    that is one value: where two people change it, one of the two can stand, or both where it `is_text`.

    `model` is that of a part or a record, and `absent` what it says where it is not there.
    """

    fields: Mapping[str, Shape] = field(default_factory=dict)
    entry: Shape | None = None
    identity: tuple[str, ...] = ()
    one_choice: tuple[str, ...] = ()
    absent: Mapping[str, str] | None = None
    by_language: bool = False
    by_key: bool = False
    is_text: bool = False
    model: type[Frozen] | None = field(default=None, compare=False)


_VALUE = Shape()
_TEXT = Shape(is_text=True)
_NOTE = Shape(fields=dict.fromkeys(LANGS, _TEXT), by_language=True)
_KEYS = Shape(by_key=True)


def shape_of(kind: object) -> Shape:
    """The shape of a type. TypeError where records stand in a list without the fields that tell them apart.

    >>> from cxassess.document.answers import Answer, Evidence
    >>> shape_of(tuple[Evidence, ...]).identity, "person" in shape_of(Evidence).fields
    (('key',), True)
    >>> shape_of(Answer).one_choice
    ('state', 'rating', 'reason')
    """
    if all(version in get_args(kind) for version in get_args(Note)):
        return _NOTE
    if kind in (str, str | None):
        return _TEXT
    bare = _bare(kind)
    if bare == tuple[EvidenceKey, ...]:
        return _KEYS
    if get_origin(bare) is dict:
        return Shape(entry=shape_of(get_args(bare)[1]))
    if get_origin(bare) is tuple and _is_model(get_args(bare)[0]):
        return _list_of(get_args(bare)[0])
    if not _is_model(bare) or bare.merges_whole:
        return _VALUE
    return _record_of(bare)


def _record_of(model: type[Frozen]) -> Shape:
    types = get_type_hints(model, include_extras=True)
    fields = {name: shape_of(types[name]) for name in model.model_fields}
    return Shape(fields=fields, one_choice=model.one_choice, absent=model.absent, model=model)


def _list_of(record: type[Frozen]) -> Shape:
    lacking = set(record.identity) - set(record.model_fields)
    if lacking:
        raise TypeError(f"{record.__name__} stands in a list and lacks {', '.join(lacking)}")
    return Shape(entry=shape_of(record), identity=record.identity)


def _bare(kind: object) -> Any:  # noqa: ANN401 - a type of any kind
    """A type without "or None" and without what bounds it."""
    if get_origin(kind) is Annotated:
        return _bare(get_args(kind)[0])
    if get_origin(kind) in (Union, UnionType):
        some = [one for one in get_args(kind) if one is not NoneType]
        return _bare(some[0]) if len(some) == 1 else kind
    return kind


def _is_model(kind: object) -> TypeGuard[type[Frozen]]:
    return isinstance(kind, type) and issubclass(kind, Frozen)


# Made once, when the room is loaded: a list of records without a key stops the first test that is run.
DOCUMENT = shape_of(Assessment)


def shape_at(place: Place, shape: Shape = DOCUMENT) -> Shape:
    """The shape of what stands in a place; that of a plain value for a place nobody knows."""
    if not place:
        return shape
    if shape.entry:
        return shape_at(place[max(1, len(shape.identity)) :], shape.entry)
    if place[:1] == shape.one_choice[:1]:
        return _VALUE
    return shape_at(place[1:], shape.fields.get(place[0], _VALUE))


def head_of(place: Place, shape: Shape = DOCUMENT) -> Place:
    """The beginning of a place that leads to a piece as `taken_apart` has them; the rest leads on within it.

    >>> head_of(("answers", "inform-1", "note", "en")), head_of(("profile", "objective", "en"))
    (('answers', 'inform-1'), ('profile', 'objective'))
    """
    if shape.entry:
        return place[: max(1, len(shape.identity))]
    inner = shape.fields.get(place[0], _VALUE) if place else _VALUE
    if inner.entry or (inner.fields and not inner.by_language):
        return (place[0], *head_of(place[1:], inner))
    return place[:1]


def taken_apart(value: Json, shape: Shape = DOCUMENT) -> Places:
    """What stands where in a document, or in a record of the shape given.

    Entries of maps and lists, and notes, are not taken apart further: whoever merges two does that (`merging`).
    What has not its shape, for somebody edited it by hand, is left in one piece.
    """
    return dict(_pieces(value, shape, ()))


def _pieces(value: Json, shape: Shape, place: Place) -> Iterator[tuple[Place, Json]]:
    if shape.entry and (entries := _entries(value, shape)) is not None:
        yield from (((*place, *key), entry) for key, entry in entries)
    elif shape.fields and isinstance(value, dict) and not (shape.by_language and place):
        one = {name: value[name] for name in shape.one_choice if name in value}
        if one:
            yield (*place, shape.one_choice[0]), one
        for name, part in value.items():
            if name not in one:
                yield from _pieces(part, shape.fields.get(name, _VALUE), (*place, name))
    else:
        yield place, value


def _entries(value: Json, shape: Shape) -> list[tuple[Place, Json]] | None:
    """The entries of a map or a list, each with what it is known by; None where one cannot be told from others."""
    if not shape.identity:
        return [((key,), entry) for key, entry in value.items()] if isinstance(value, dict) else None
    if not isinstance(value, list) or not all(isinstance(record, dict) for record in value):
        return None
    keys = [tuple(record.get(name) for name in shape.identity) for record in value]
    is_known = all(isinstance(part, str) for key in keys for part in key) and len(set(keys)) == len(keys)
    return list(zip(keys, value, strict=True)) if is_known else None


def put_together(places: Mapping[Place, Json], shape: Shape = DOCUMENT) -> dict[str, Json]:
    """The document, or the record of the shape given, of what stands where. None: nothing does.

    Records of a list come in the order of their places. Raises ValueError with a place there cannot be.
    """
    document: dict[str, Json] = {}
    for place, value in places.items():
        if value is not None:
            _put(value, place, document, shape)
    return document


def _put(value: Json, place: Place, into: Json, shape: Shape) -> None:
    if not place or not isinstance(into, dict):
        raise ValueError(".".join(place))
    name, rest = place[0], place[1:]
    inner = shape.fields.get(name, _VALUE)
    if name in shape.one_choice and isinstance(value, dict) and not rest:
        into |= value
    elif not rest:
        into[name] = value
    elif inner.identity:
        records = into.setdefault(name, [])
        if not isinstance(records, list):
            raise ValueError(name)
        records.append(value)
    else:
        _put(value, rest, into.setdefault(name, {}), inner)
