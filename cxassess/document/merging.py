"""How what two people made of one place becomes one: field by field, a note by language, each link for itself."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import NamedTuple

from pydantic import ValidationError

from cxassess.document.shapes import Json, Place, Places, Shape, head_of, put_together, shape_at, taken_apart
from cxassess.text import LANGS, Lang, note_of


class Parting(NamedTuple):
    """Where two people parted: a part of what stands in a place that each made otherwise, or all of it."""

    part: Place
    mine: Json
    theirs: Json
    base: Json


class Joining(NamedTuple):
    """What a place holds once two have changed it: theirs where they part."""

    value: Json
    partings: tuple[Parting, ...] = ()


def joined(base: Json, mine: Json, theirs: Json, shape: Shape, *, working: Lang) -> Joining:
    """Two changes of what stands in one place, as one. `working` is the language that a plain note is in.

    >>> from cxassess.document.answers import Answer
    >>> from cxassess.document.shapes import shape_of
    >>> rated = {"state": "rated", "rating": "L"}
    >>> joined(None, rated, {"state": "unanswered", "note": "x"}, shape_of(Answer), working="id").value
    {'state': 'rated', 'rating': 'L', 'note': 'x'}
    """
    if mine in (base, theirs):
        return Joining(theirs)
    if theirs == base:
        return Joining(mine)
    as_one = Joining(theirs, (Parting((), mine, theirs, base),))
    sides = _sides(base, mine, theirs, shape, working)
    if sides is None:
        return as_one
    was, own, others = sides
    pieces, partings = dict[Place, Json](), list[Parting]()
    for place in others | own | was:
        one = joined(was.get(place), own.get(place), others.get(place), shape_at(place, shape), working=working)
        pieces[place] = one.value
        partings += [parting._replace(part=(*place, *parting.part)) for parting in one.partings]
    value = _whole(pieces, shape, working)
    if not all(_fits(one, shape) for one in _decided(value, partings, shape, working)):
        return as_one  # what each made fits only as a whole
    return Joining(value, tuple(partings))


def part_of(value: Json, part: Place, shape: Shape, *, working: Lang) -> Json:
    """What a part of a value holds; None where nothing does."""
    if not part:
        return value
    head = head_of(part, shape)
    inner = (_divided(value, shape, working) or {}).get(head)
    return part_of(inner, part[len(head) :], shape_at(head, shape), working=working)


def with_part(value: Json, part: Place, new: Json, shape: Shape, *, working: Lang) -> Json:
    """A value with something else in one of its parts; None empties it."""
    if not part:
        return new
    head = head_of(part, shape)
    pieces = _divided(value, shape, working) or {}
    rest = part[len(head) :]
    pieces[head] = with_part(pieces.get(head), rest, new, shape_at(head, shape), working=working)
    return _whole(pieces, shape, working)


def _sides(base: Json, mine: Json, theirs: Json, shape: Shape, working: Lang) -> tuple[Places, ...] | None:
    """The pieces of each, where they can be merged by piece."""
    is_record = bool(shape.model) and shape.absent is None
    # Who removed a record removed it as a whole; two who made the same one made each of its fields.
    if is_record and base is not None and None in (mine, theirs):
        return None
    sides = [_divided(one, shape, working) for one in (base, mine, theirs)]
    known = tuple(side for side in sides if side is not None)
    return known if len(known) == len(sides) else None


def _divided(value: Json, shape: Shape, working: Lang) -> Places | None:
    """What stands where in a value; None where it is one piece, or has not its shape."""
    if shape.by_language:
        note = {working: value} if isinstance(value, str) else value or {}
        is_note = isinstance(note, dict) and all(isinstance(note[lang], str) and lang in LANGS for lang in note)
        return {(lang,): text for lang, text in note.items()} if is_note else None
    if shape.by_key:
        keys = value or []
        is_list = isinstance(keys, list) and all(isinstance(key, str) for key in keys)
        return {(key,): key for key in keys} if is_list and len(set(keys)) == len(keys) else None
    if not shape.model:
        return None
    whole = (shape.absent or {}) if value is None else value
    return taken_apart(whole, shape) if isinstance(whole, dict) else None


def _whole(pieces: Places, shape: Shape, working: Lang) -> Json:
    """The value of such pieces; None where it says nothing."""
    stand = {place: piece for place, piece in pieces.items() if piece is not None}
    if shape.by_language:
        return note_of({lang: stand[lang,] for lang in LANGS if (lang,) in stand}, working=working)
    value = list(stand.values()) if shape.by_key else put_together(stand, shape)
    return None if value in ([], {}, shape.absent) else value


def _decided(value: Json, partings: list[Parting], shape: Shape, working: Lang) -> Iterator[Json]:
    """A value as it is, with each parting decided for mine alone, and with all."""
    yield value
    every = value
    for part, mine, *_ in partings:
        yield with_part(value, part, mine, shape, working=working)
        every = with_part(every, part, mine, shape, working=working)
    yield every


def _fits(value: Json, shape: Shape) -> bool:
    """Whether a record is one that its model takes."""
    if not shape.model or value is None:
        return True
    try:
        shape.model.model_validate_json(json.dumps(value), strict=True)
    except ValidationError:
        return False
    return True
