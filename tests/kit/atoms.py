"""The smallest things that one may change in an assessment, each in a place of its own, written down by hand."""

from collections.abc import Iterator

from cxassess.document.assessment import Assessment
from cxassess.document.shapes import Json, Place

_CHOICE = ("state", "rating", "reason")
_NOTES = ("note", "source", "objective", "trade_text")


def atoms(assessment: Assessment) -> dict[Place, Json]:
    """What stands where: a choice, a version of a note, a private note, a link, a field, each for itself."""
    document = assessment.model_dump(mode="json", exclude_defaults=True)
    working = assessment.profile.working_language
    found: dict[Place, Json] = {}
    for field, value in document.items():
        found |= dict(_of_field(field, value, working))
    return found


def atoms_of(place: Place, entry: Json, working: str = "id") -> dict[Place, Json]:
    """Those of one entry in its place."""
    if place[0] == "commentary" or place[-1] in _NOTES:
        return dict(_note(place, entry, working))
    return dict(_record(place, entry, working)) if isinstance(entry, dict) else {place: entry}


def _of_field(field: str, value: Json, working: str) -> Iterator[tuple[Place, Json]]:
    if field in ("answers", "indicators", "mistakes"):
        for key, entry in value.items():
            yield from _record((field, key), entry, working)
    elif field in ("evidence", "targets"):
        for entry in value:
            yield from _record((field, entry["key"]), entry, working)
    elif field == "exceptions":
        for entry in value:
            yield from _record((field, entry["mistake"], entry["level"]), entry, working)
    elif field == "profile":
        yield from _record((field,), value, working)
    elif field == "commentary":
        for key, note in value.items():
            yield from _note((field, key), note, working)
    elif field == "weights":
        yield from (((field, key), weight) for key, weight in value.items())
    elif field == "note":
        yield from _note((field,), value, working)
    else:
        yield (field,), value


def _record(place: Place, entry: Json, working: str) -> Iterator[tuple[Place, Json]]:
    choice = {name: entry[name] for name in _CHOICE if name in entry} if "state" in entry else {}
    if choice not in ({}, {"state": "unanswered"}):
        yield (*place, "state"), choice
    for name, value in entry.items():
        if name in choice:
            continue
        if name in _NOTES or name == "reason":
            yield from _note((*place, name), value, working)
        elif name == "evidence":
            for link in value:
                yield (*place, name, link["evidence"] if isinstance(link, dict) else link), link
        else:
            yield (*place, name), value


def _note(place: Place, note: Json, working: str) -> Iterator[tuple[Place, Json]]:
    versions = {working: note} if isinstance(note, str) else note
    yield from (((*place, lang), text) for lang, text in versions.items())
