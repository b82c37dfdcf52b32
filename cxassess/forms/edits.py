"""What one event of the form makes of an assessment."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from cxassess.content.model import LEVELS, RATINGS
from cxassess.document.assessment import Assessment
from cxassess.document.changes import Json, Place, links_of, places, put
from cxassess.errors import AssessmentError, Problem
from cxassess.text import LANGS, Lang, said

Values = Mapping[str, str]
_MOST = 1_000_000


class Event(BaseModel):
    """What a person did in the browser. Everything from there is text.

    `at` is a place of the assessment, or of the form; `values` is what the fields of one group hold now. A browser
    (`client`) numbers its events, and is told how far they are done.
    """

    model_config = ConfigDict(frozen=True)

    do: str
    at: tuple[str, ...] = ()
    values: dict[str, str] = {}
    client: str = ""
    seq: int = 0


class Edited(NamedTuple):
    """The assessment after an event. `missing` is a word that says what the rest of it still needs to stand."""

    assessment: Assessment
    missing: str = ""


def edited(event: Event, assessment: Assessment) -> Edited:
    """What an event makes of an assessment. Raises AssessmentError where it can make none of it."""
    at = event.at
    match event.do:
        case "set":
            return _set(at, event.values, assessment)
        case "link":
            return _linked(at[:-1], at[-1], assessment)
        case "unlink":
            return Edited(_unlinked({at[:-1]}, at[-1], assessment))
        case "add-evidence":
            return _evidence_added(at, event.values, assessment)
        case "add-target":
            return _target_added(event.values, assessment)
        case "clear":
            return _set(at, {"choice": "unanswered"}, assessment)
        case "remove":
            return Edited(_removed(at, assessment))
    raise AssessmentError("problem-nothing-changed", [Problem(event.do, "problem-unknown-event")])


def noted(old: Json, name: str, values: Values, working: Lang) -> Json:
    """A note with the versions that were typed: plain in the working language alone, by language otherwise.

    >>> noted("Antre lama", "note", {"note.en": "Long queue"}, "id")
    {'id': 'Antre lama', 'en': 'Long queue'}
    >>> noted(None, "note", {"note.id": " "}, "id") is None
    True
    """
    versions: dict[str, str] = {working: old} if isinstance(old, str) else dict(old or {})
    versions |= {lang: values[f"{name}.{lang}"].strip() for lang in LANGS if f"{name}.{lang}" in values}
    kept = {lang: text for lang, text in versions.items() if text}
    return kept.get(working) if set(kept) <= {working} else kept


def _set(at: Place, values: Values, assessment: Assessment) -> Edited:
    """What a group of fields holds, put where it belongs: all of it, or what can stand."""
    if at[0] == "profile":
        return _profile(values, assessment)
    working = assessment.profile.working_language
    old = places(assessment).get(at)
    made: dict[str, Callable[[], tuple[Json, str]]] = {
        "answers": lambda: _answer(old or {}, values, working),
        "indicators": lambda: _answer(old or {}, values, working),
        "mistakes": lambda: (_judgement(old, values, working), ""),
        "exceptions": lambda: _exception(at, old, values, working),
        "evidence": lambda: _record(old or {"key": at[-1]}, values, working),
        "commentary": lambda: (noted(old, "note", values, working), ""),
    }
    if at[0] not in made:
        raise AssessmentError("problem-nothing-changed", [Problem("/".join(at), "problem-no-place")])
    new, missing = made[at[0]]()
    return Edited(put(assessment, {at: new}), missing)


def _noted(old: Json, names: tuple[str, ...], values: Values, working: Lang) -> dict[str, Json]:
    """An entry with its notes and its private note as they were typed, without what is empty."""
    notes = {name: noted(old.get(name), name, values, working) for name in names}
    private = values.get("private", old.get("private") or "").strip()
    return _full({**old, **notes, "private": private})


def _full(entry: Json) -> dict[str, Json]:
    return {name: value for name, value in entry.items() if value not in (None, "")}


def _answer(old: Json, values: Values, working: Lang) -> tuple[Json, str]:
    """An answer as its fields stand. One that leaves the question out needs a reason and a note."""
    new, choice = _noted(old, ("note",), values, working), values.get("choice", "")
    links, missing = _links(new.pop("evidence", []), values, choice)
    if choice == "not-applicable" and not (values.get("reason") and "note" in new):
        missing = "form-needs-why"
        new |= {"note": old["note"]} if old.get("state") == "not-applicable" and "note" not in new else {}
    elif choice:
        new = {name: value for name, value in new.items() if name not in ("state", "rating", "reason")}
        new |= {"state": "rated", "rating": choice} if choice in RATINGS else {"state": choice}
        new |= {"reason": values["reason"]} if choice == "not-applicable" else {}
    new = {"state": "unanswered", **new, **({"evidence": links} if links else {})}
    return (None if new == {"state": "unanswered"} else new), missing


def _links(old: list[Json], values: Values, choice: str) -> tuple[list[Json], str]:
    """The links of an answer: each by the rating it supports, or by its sample, which is two numbers."""
    new, missing = [], ""
    for link in old:
        key = link["evidence"]
        k, n = (values.get(f"{name}.{key}", "").strip() for name in ("k", "n"))
        supports = values.get(f"supports.{key}") or (choice if choice in RATINGS else "")
        if f"k.{key}" not in values or supports not in RATINGS:
            new.append(link)
        elif not k and not n:
            new.append({"evidence": key, "supports": supports})
        elif _is_count(k) and _is_count(n) and int(k) <= int(n) and int(n) > 0:
            new.append({"evidence": key, "sample": {"k": int(k), "n": int(n)}})
        else:
            new.append(link)
            missing = "form-needs-sample"
    return new, missing


def _is_count(typed: str) -> bool:
    return typed.isdecimal() and len(typed) <= len(str(_MOST)) and int(typed) <= _MOST


def _judgement(old: Json, values: Values, working: Lang) -> Json:
    """A severity with its notes; without a severity there is nothing they could be about."""
    choice = values.get("choice", "")
    if choice == "unanswered":
        return None
    severity: Json = int(choice) if choice in ("0", "1", "2", "3") else choice  # anything else is refused as it is
    return {**_noted(old or {}, ("note",), values, working), "severity": severity} if choice else old


def _exception(at: Place, old: Json, values: Values, working: Lang) -> tuple[Json, str]:
    new = _noted(old or {"mistake": at[1], "level": at[2]}, ("reason",), values, working)
    return (new, "") if "reason" in new else (old, "form-needs-reason")


def _record(old: Json, values: Values, working: Lang) -> tuple[Json, str]:
    """A piece of evidence as its fields stand; it keeps its kind and its source where those are empty."""
    new = _noted(old, ("source", "note"), values, working)
    new |= {name: values[name].strip() for name in ("kind", "on", "person") if name in values}
    lacking = [name for name in ("kind", "source") if not new.get(name)]
    new |= {name: old.get(name) for name in lacking}
    return _full(new), "form-needs-source" if lacking else ""


def _profile(values: Values, assessment: Assessment) -> Edited:
    """The profile and the date of the assessment. What must not be empty stays as it was."""
    profile, missing = assessment.profile, []
    old = {place[1]: value for place, value in places(assessment).items() if place[0] == "profile"}
    new = _noted(old, ("note", "trade", "objective"), values, profile.working_language)
    new["size"] = values.get("size", profile.size)
    new["print_names"] = bool(values.get("print_names", profile.print_names))
    for name in ("group", "competitors", "customer_groups"):
        new[name] = _lines(values[name], name, assessment) if name in values else old.get(name)
    if typed := values.get("organisation", profile.organisation).strip():
        new["organisation"] = typed
    else:
        missing.append("form-needs-name")
    kind, unit = values.get("unit", profile.unit.kind), values.get("unit_name", profile.unit.name or "").strip()
    if kind == "company" or unit:
        new["unit"] = _full({"kind": kind, "name": unit if kind != "company" else ""})
    else:
        missing.append("form-needs-unit")
    asked = values.get("reports", " ".join(profile.report_languages)).split()
    # In the order they had, whatever order they are shown in.
    new["report_languages"] = sorted(asked, key=lambda lang: [*profile.report_languages, *LANGS].index(lang))
    if not asked:
        new["report_languages"] = old.get("report_languages")
        missing.append("form-needs-language")
    on = values.get("on", str(assessment.on))
    if not on:
        missing.append("form-needs-date")
    changes: dict[Place, Json] = {("profile", name): None for name in old}
    changes |= {("profile", name): value for name, value in new.items() if value not in (None, "", [], False)}
    return Edited(put(assessment, changes | {("on",): on or str(assessment.on)}), "".join(missing[:1]))


def _lines(typed: str, name: str, assessment: Assessment) -> list[Json]:
    """A list typed one a line; an entry that is still there keeps its version in the other language."""
    working, known = assessment.profile.working_language, dict[str, Json]()
    for entry in places(assessment).get(("profile", name), ()):
        known |= {said(entry, working=working, lang=lang).text: entry for lang in LANGS}
    return [known.get(line, line) for line in map(str.strip, typed.splitlines()) if line]


def _linked(place: Place, key: str, assessment: Assessment) -> Edited:
    """With one more link: to an answer by the rating it has now, to a mistake or an exception as it is."""
    entry: Json = places(assessment).get(place, {})
    if (place[0] in ("answers", "indicators") and "rating" not in entry) or not entry:
        return Edited(assessment, "form-needs-rating")
    if key in links_of(entry):
        return Edited(assessment)
    by_rating: Json = {"evidence": key, "supports": entry.get("rating")}
    link = by_rating if place[0] in ("answers", "indicators") else key
    return Edited(put(assessment, {place: {**entry, "evidence": [*entry.get("evidence", ()), link]}}))


def _unlinked(users: set[Place], key: str, assessment: Assessment) -> Assessment:
    changes, entries = dict[Place, Json](), places(assessment)
    for place in users & set(entries):
        links = zip(entries[place].get("evidence", ()), links_of(entries[place]), strict=True)
        changes[place] = {**entries[place], "evidence": [link for link, linked in links if linked != key]}
    return put(assessment, changes)


def _removed(at: Place, assessment: Assessment) -> Assessment:
    """Without an exception, a target, or a piece of evidence and every link to it."""
    if at[0] == "targets":
        kept = [target for target in assessment.targets if (str(target.level), str(target.by or "")) != at[1:]]
        return assessment.replaced(targets=tuple(kept))
    key = at[1] if at[0] == "evidence" else ""
    users = {place for place, entry in places(assessment).items() if key in links_of(entry)}
    return put(_unlinked(users, key, assessment), {at: None})


def _evidence_added(at: Place, values: Values, assessment: Assessment) -> Edited:
    """A new piece of evidence, linked where it was typed. Only its kind and its source are needed."""
    last = max((int(record.key.removeprefix("E-")) for record in assessment.evidence), default=0)
    key = f"E-{last + 1:02d}"
    record, missing = _record({"key": key}, values, assessment.profile.working_language)
    if missing:
        return Edited(assessment, missing)
    made = put(assessment, {("evidence", key): record})
    # Its record stands, linked or not: a refusal would leave the fields full, to be sent again.
    return Edited(_linked(at, key, made).assessment if at else made)


def _target_added(values: Values, assessment: Assessment) -> Edited:
    level = values.get("level", "")
    if level not in map(str, range(1, LEVELS + 1)):
        return Edited(assessment, "form-needs-level")
    old = places(assessment).get(("targets",), [])
    new = _full({"level": int(level), "by": values.get("by")})
    return Edited(put(assessment, {("targets",): old if new in old else [*old, new]}))
