"""What changed between two assessments, place by place, and how the changes of two people become one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from pydantic import ValidationError

from cxassess.document.assessment import Assessment, Profile
from cxassess.document.merging import joined, part_of, with_part
from cxassess.document.shapes import Json, Place, Places, put_together, shape_at, taken_apart
from cxassess.errors import AssessmentError, Problem, validation_problems
from cxassess.text import Lang

# The list that others link to, and the name of every field that does.
_EVIDENCE = "evidence"


@dataclass(frozen=True)
class Clash:
    """A part of one place that two people changed, each otherwise. The file keeps theirs until somebody decides.

    `part` leads on from the place: ("state",) is the choice of an answer, ("note", "en") a version of its note.
    Without one, all that stands in the place is meant. `who` changed it to theirs; empty where nobody knows.
    """

    place: Place
    mine: Json
    theirs: Json
    base: Json
    part: Place = ()
    who: str = ""

    @property
    def at(self) -> Place:
        """The way to it: its place, and on to its part."""
        return (*self.place, *self.part)

    @property
    def both(self) -> str | None:
        """Theirs and then mine, on lines of their own, where both are text."""
        is_text = shape_at(self.at).is_text and None not in (self.mine, self.theirs)
        return f"{self.theirs}\n{self.mine}" if is_text else None

    def value_in(self, stands: Json, *, working: Lang) -> Json:
        """What its part holds of what stands, or stood, in its place."""
        return part_of(stands, self.part, shape_at(self.place), working=working)

    def is_open(self, now: Assessment) -> bool:
        """Whether theirs still stands there, whatever else was changed meanwhile."""
        stands = places(now).get(self.place)
        return bool(self.value_in(stands, working=now.profile.working_language) == self.theirs)


@dataclass(frozen=True, kw_only=True)
class Merge:
    """One assessment with the changes of two people, and what had to be decided on the way.

    `left` are places that stay although they were to change: evidence that somebody still links to and, at
    undo, what another changed since. `renumbered` are new keys for my records where theirs took the key.
    """

    assessment: Assessment
    clashes: tuple[Clash, ...] = ()
    left: tuple[Place, ...] = ()
    renumbered: Mapping[str, str] = field(default_factory=dict)


def places(assessment: Assessment) -> Places:
    """What stands where, as in the file: entries of maps, records of lists, fields of parts, and single values."""
    return taken_apart(assessment.model_dump(mode="json", exclude_defaults=True))


def assembled(given: Mapping[Place, Json]) -> Assessment:
    """The assessment of what stands where. Raises AssessmentError.

    Whether it fits its content is for `check_assessment`.
    """
    try:
        return Assessment.model_validate_json(json.dumps(put_together(given)), strict=True)
    except ValidationError as error:
        problems = validation_problems(error, lambda place: ".".join(map(str, place)))
    except ValueError as error:
        problems = [Problem(str(error), "problem-no-place")]
    raise AssessmentError("problem-change-unfit", problems)


def put(assessment: Assessment, values: Mapping[Place, Json]) -> Assessment:
    """A copy with other values in some places; None empties a place. Raises AssessmentError."""
    return assembled(_put(places(assessment), values))


def decided(assessment: Assessment, clash: Clash, value: Json) -> Assessment:
    """A copy with a clash decided: another value in its part, all else as it stands. Raises AssessmentError."""
    shape, working = shape_at(clash.place), assessment.profile.working_language
    now = places(assessment).get(clash.place)
    return put(assessment, {clash.place: with_part(now, clash.part, value, shape, working=working)})


def changed(before: Assessment, after: Assessment) -> dict[Place, tuple[Json, Json]]:
    """The places that differ, each with what stood there and what stands there now."""
    old, new = places(before), places(after)
    return {place: (old.get(place), new.get(place)) for place in old | new if old.get(place) != new.get(place)}


def merged(base: Assessment, mine: Assessment, theirs: Assessment) -> Merge:
    """My changes since `base` and theirs, as one. Three assessments that fit their content give one that does."""
    if mine == base:
        return Merge(assessment=theirs)
    if theirs == base:
        return Merge(assessment=mine)
    return _merged(places(base), places(mine), places(theirs))


def reverted(now: Assessment, changes: Mapping[Place, tuple[Json, Json]]) -> Merge:
    """Changes taken back where they still stand; `left` names where they do not. Raises AssessmentError."""
    here = places(now)
    with_them = _put(here, {place: after for place, (_, after) in changes.items()})
    without = _put(here, {place: before for place, (before, _) in changes.items()})
    merge = _merged(with_them, without, here)
    left = dict.fromkeys([*(clash.place for clash in merge.clashes), *merge.left])
    return replace(merge, clashes=(), left=tuple(left))


def next_key(letter: str, taken: Iterable[str]) -> str:
    """The first key above all of its letter that are taken.

    >>> next_key("E", ["E-01", "E-07", "T-09"]), next_key("T", [])
    ('E-08', 'T-01')
    """
    last = max((_number(key) for key in taken if _letter(key) == letter), default=0)
    return f"{letter}-{last + 1:02d}"


def links_of(entry: Json, named: str = "") -> Iterator[str]:
    """The keys of the evidence that an entry links to: what stands in fields named `evidence`, however deep."""
    if isinstance(entry, dict):
        for name, value in entry.items():
            yield from links_of(value, name)
    elif isinstance(entry, list):
        for value in entry:
            yield from links_of(value, named)
    elif named == _EVIDENCE and isinstance(entry, str):
        yield entry


def _put(given: Places, values: Mapping[Place, Json]) -> Places:
    together = {**given, **values}
    return {place: value for place, value in together.items() if value is not None}


def _merged(base: Places, mine: Places, theirs: Places) -> Merge:
    renumbered = _renumbered(base, mine, theirs)
    mine = _with_keys(mine, renumbered)
    result, clashes = _joined(base, mine, theirs)
    lost = _lost(result, clashes)
    for place in lost:
        result[place] = mine.get(place) or base.get(place)
    return Merge(
        assessment=assembled(_in_order(_put(result, {}), theirs)),
        clashes=tuple(clash for clash in clashes if clash.place not in lost),
        left=tuple(lost),
        renumbered=renumbered,
    )


def _joined(base: Places, mine: Places, theirs: Places) -> tuple[Places, list[Clash]]:
    """What stands where once both have changed it: theirs where they clash."""
    working = _working(base, mine, theirs)
    result, clashes = dict(theirs), list[Clash]()
    for place in mine | base:
        sides = (base.get(place), mine.get(place), theirs.get(place))
        one = joined(*sides, shape_at(place), working=working)
        result[place] = one.value
        clashes += [Clash(place, it.mine, it.theirs, it.base, it.part) for it in one.partings]
    return _put(result, {}), clashes


def _working(base: Places, mine: Places, theirs: Places) -> Lang:
    """The working language of what two people made: a plain note is in it, whatever it was in before."""
    place = ("profile", "working_language")
    sides = (base.get(place), mine.get(place), theirs.get(place))
    lang: Lang | None = joined(*sides, shape_at(place), working="id").value
    return lang or Profile.model_fields["working_language"].default


def _lost(result: Places, clashes: list[Clash]) -> list[Place]:
    """The evidence that is gone though something links to it, or would if a clash were decided for mine."""
    entries = [*result.values(), *(clash.mine for clash in clashes)]
    needed = {key for entry in entries for key in links_of(entry)}
    return [(_EVIDENCE, key) for key in sorted(needed) if (_EVIDENCE, key) not in result]


def _renumbered(base: Places, mine: Places, theirs: Places) -> dict[str, str]:
    """New keys for records of mine whose key theirs gave to another record of that list at the same time."""
    taken = [place[-1] for place in mine | base | theirs if _is_numbered(place)]
    keys: dict[str, str] = {}
    for place, record in mine.items():
        if _is_numbered(place) and place not in base and theirs.get(place, record) != record:
            keys[place[-1]] = next_key(_letter(place[-1]), [*taken, *keys.values()])
    return keys


def _with_keys(given: Places, keys: Mapping[str, str]) -> Places:
    """With other keys of records, in their lists and in all that links to them."""
    made: Places = {}
    for place, value in given.items():
        now = _rekeyed(value, keys)
        if _is_numbered(place) and place[-1] in keys:
            key = keys[place[-1]]
            made[*place[:-1], key] = now | {"key": key}
        else:
            made[place] = now
    return made


def _rekeyed(entry: Json, keys: Mapping[str, str], named: str = "") -> Json:
    """An entry with other keys of evidence wherever it links to some."""
    if isinstance(entry, dict):
        return {name: _rekeyed(value, keys, name) for name, value in entry.items()}
    if isinstance(entry, list):
        return [_rekeyed(value, keys, named) for value in entry]
    return keys.get(entry, entry) if named == _EVIDENCE and isinstance(entry, str) else entry


def _in_order(given: Places, like: Places) -> Places:
    """With the records of each list in the order of their keys, if they stood so before."""
    stood: dict[Place, list[tuple[int, str]]] = {}
    for place in filter(_is_numbered, like):
        stood.setdefault(place[:-1], []).append(_rank(place[-1]))
    mixed = {where for where, ranks in stood.items() if ranks != sorted(ranks)}

    def order(place: Place) -> tuple[Place, tuple[int, str]]:
        if not _is_numbered(place) or place[:-1] in mixed:
            return (), (0, "")
        return place[:-1], _rank(place[-1])

    return dict(sorted(given.items(), key=lambda entry: order(entry[0])))


def _is_numbered(place: Place) -> bool:
    """Whether a place is that of a record with a key of its own: E-01, T-01."""
    return shape_at(place[:-1]).identity == ("key",)


def _rank(key: str) -> tuple[int, str]:
    return _number(key), key


def _number(key: str) -> int:
    number = key.partition("-")[2]
    return int(number) if number.isdecimal() else 0  # a key in a journal that somebody edited


def _letter(key: str) -> str:
    return key.partition("-")[0]
