"""What changed between two assessments, place by place, and how the changes of two people become one."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import ValidationError

from cxassess.document.assessment import Assessment
from cxassess.errors import AssessmentError, validation_problems

# Where something stands: ("answers", "inform-1"), ("evidence", "E-01"), ("profile", "trade"), ("on",).
Place = tuple[str, ...]
# What stands there, as in the file. None: nothing does.
Json = Any
Places = dict[Place, Json]

_MAPS = {"answers", "mistakes", "indicators", "commentary", "profile"}
# Lists, and what names an entry of theirs.
_LISTS = {"evidence": ("key",), "exceptions": ("mistake", "level")}
_LINKING = {"answers", "mistakes", "indicators", "exceptions"}


@dataclass(frozen=True)
class Clash:
    """One place that two people changed, each otherwise. The file keeps theirs until somebody decides."""

    place: Place
    mine: Json
    theirs: Json
    base: Json


@dataclass(frozen=True, kw_only=True)
class Merge:
    """One assessment with the changes of two people, and what had to be decided on the way.

    `left` are places that stay although they were to change: evidence that somebody still links to and, at
    undo, what another changed since. `renumbered` are new keys for my evidence where theirs took the key.
    """

    assessment: Assessment
    clashes: tuple[Clash, ...] = ()
    left: tuple[Place, ...] = ()
    renumbered: Mapping[str, str] = field(default_factory=dict)


def places(assessment: Assessment) -> Places:
    """What stands where: the smallest pieces that one person changes and another does not."""
    found: Places = {}
    for name, value in assessment.model_dump(mode="json", exclude_defaults=True).items():
        if name in _MAPS:
            found |= {(name, key): entry for key, entry in value.items()}
        elif name in _LISTS:
            found |= {(name, *(entry[key] for key in _LISTS[name])): entry for entry in value}
        else:
            found[name,] = value
    return found


def assembled(given: Mapping[Place, Json]) -> Assessment:
    """The assessment of what stands where. Raises AssessmentError.

    Whether it fits its content is for `check_assessment`.
    """
    document: dict[str, Any] = {}
    for (name, *key), value in given.items():
        if name in _LISTS:
            document.setdefault(name, []).append(value)
        elif key:
            document.setdefault(name, {})[key[0]] = value
        else:
            document[name] = value
    try:
        return Assessment.model_validate_json(json.dumps(document), strict=True)
    except ValidationError as error:
        problems = validation_problems(error, lambda place: ".".join(map(str, place)))
        raise AssessmentError("problem-change-unfit", problems) from None


def put(assessment: Assessment, values: Mapping[Place, Json]) -> Assessment:
    """A copy with other values in some places; None empties a place. So a clash is decided. AssessmentError."""
    return assembled(_put(places(assessment), values))


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
    return replace(merge, clashes=(), left=(*(clash.place for clash in merge.clashes), *merge.left))


def _put(given: Places, values: Mapping[Place, Json]) -> Places:
    together = {**given, **values}
    return {place: value for place, value in together.items() if value is not None}


def _merged(base: Places, mine: Places, theirs: Places) -> Merge:
    renumbered = _renumbered(base, mine, theirs)
    mine = _with_keys(mine, renumbered)
    clashes, result = [], dict(theirs)
    for place in mine | base:
        was, my, their = base.get(place), mine.get(place), theirs.get(place)
        if my not in (was, their):
            if their == was:
                result[place] = my
            else:
                clashes.append(Clash(place, my, their, was))
    result = _put(result, {})
    # What a clash may yet bring back needs its evidence, too.
    needed = {key for value in (result, {clash.place: clash.mine for clash in clashes}) for key in _links(value)}
    lost = [place for key in sorted(needed) if (place := ("evidence", key)) not in result]
    for place in lost:
        result[place] = mine.get(place) or base.get(place)
    return Merge(
        assessment=assembled(_in_order(_put(result, {}), theirs)),
        clashes=tuple(clash for clash in clashes if clash.place not in lost),
        left=tuple(lost),
        renumbered=renumbered,
    )


def _renumbered(base: Places, mine: Places, theirs: Places) -> dict[str, str]:
    """New keys for evidence of mine whose key theirs gave to another piece at the same time."""
    new = [place for place in mine if place[0] == "evidence" and place not in base]
    taken = [place[1] for place in new if theirs.get(place, mine[place]) != mine[place]]
    last, _ = max(map(_number, base | mine | theirs))
    return {key: f"E-{number:02d}" for number, key in enumerate(taken, last + 1)}


def _with_keys(given: Places, keys: Mapping[str, str]) -> Places:
    """With other keys of evidence, in the list and in all that links to it."""

    def with_key(link: Json) -> Json:
        if isinstance(link, str):
            return keys.get(link, link)
        return link | {"evidence": keys.get(link["evidence"], link["evidence"])}

    made: Places = {}
    for place, value in given.items():
        if place[0] == "evidence":
            key = keys.get(place[1], place[1])
            made["evidence", key] = value | {"key": key}
        elif place[0] in _LINKING and "evidence" in value:
            made[place] = value | {"evidence": [with_key(link) for link in value["evidence"]]}
        else:
            made[place] = value
    return made


def _links(given: Places) -> Iterator[str]:
    """The keys of the evidence that something links to."""
    for place, value in given.items():
        yield from links_of(value) if place[0] in _LINKING else ()


def links_of(entry: Json) -> Iterator[str]:
    """The keys of the evidence that an entry, as it stands in a place, links to."""
    for link in entry.get("evidence", ()) if isinstance(entry, dict) else ():
        yield link if isinstance(link, str) else link["evidence"]


def _in_order(given: Places, like: Places) -> Places:
    """With the evidence in the order of its keys, if it stood so before."""
    before = [_number(place) for place in like if place[0] == "evidence"]
    if before != sorted(before):
        return given
    return dict(sorted(given.items(), key=lambda entry: _number(entry[0])))


def _number(place: Place) -> tuple[int, str]:
    return (int(place[1].removeprefix("E-")), place[1]) if place[0] == "evidence" else (0, "")
