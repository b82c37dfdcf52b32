"""What the fields of an answer make of it: its choice, its links, and what single people would rate."""

from __future__ import annotations

from cxassess.document.answers import Answer, Opinion, Sample
from cxassess.document.assessment import Assessment
from cxassess.document.changes import places, put
from cxassess.document.fields import fields_of
from cxassess.document.shapes import Json, Place
from cxassess.interview.entries import Edited, Values, filled, no_place, without_empty
from cxassess.text import Lang

_RATINGS = fields_of(Answer)["rating"].choices


def answered(at: Place, values: Values, assessment: Assessment) -> Edited:
    """With an answer as its fields stand. Raises AssessmentError."""
    old = places(assessment).get(at, {})
    new, missing = _answer(old, values, assessment.profile.working_language)
    return Edited(put(assessment, {at: new}), missing)


def _answer(old: Json, values: Values, working: Lang) -> tuple[Json, str]:
    """An answer as its fields stand. One that leaves the question out needs a reason and a note.

    Fields that nobody touched are not among the values, and stay as they are.
    """
    left_out = old["state"] if old.get("state") == "not-applicable" else ""
    choice, reason = values.get("choice", left_out), values.get("reason", old.get("reason", ""))
    typed = {name: value for name, value in values.items() if name != "reason"}
    entry = filled(Answer, old, typed, working).entry
    links, missing = _links(entry.pop("evidence", []), values, choice or old.get("rating", ""))
    if choice == "not-applicable" and not (reason and "note" in entry):
        missing = "form-needs-why"
        if old.get("state") == "not-applicable":  # it stays so, with the note that it cannot be without
            entry.setdefault("note", old["note"])
    elif choice:
        entry = _chosen(entry, choice, reason)
    entry = {"state": "unanswered", **entry}
    if links:
        entry["evidence"] = links
    return (None if entry == {"state": "unanswered"} else entry), missing


def _chosen(entry: dict[str, Json], choice: str, reason: str) -> dict[str, Json]:
    """An answer with another rating, or another state; its reason belongs to "not applicable" alone."""
    rest = {name: value for name, value in entry.items() if name not in ("state", "rating", "reason")}
    if choice in _RATINGS:
        return rest | {"state": "rated", "rating": choice}
    if choice == "not-applicable":
        return rest | {"state": choice, "reason": reason}
    return rest | {"state": choice}


def _links(old: list[Json], values: Values, rating: str) -> tuple[list[Json], str]:
    """The links of an answer: each by the rating it supports, or by its sample, which is two numbers."""
    links, missing = [], ""
    for link in old:
        key, sample = link["evidence"], link.get("sample", {})
        k, n = (values.get(f"{name}.{key}", str(sample.get(name, ""))).strip() for name in ("k", "n"))
        # A sample that is taken away leaves the rating given; a link that said nothing yet goes on saying nothing.
        supports = values.get(f"supports.{key}") or link.get("supports") or (rating if sample else "")
        if not {f"{name}.{key}" for name in ("supports", "k", "n")} & set(values):
            links.append(link)
        elif not k and not n:
            links.append({"evidence": key, "supports": supports} if supports in _RATINGS else link)
        elif _is_sample(k, n):
            links.append({"evidence": key, "sample": {"k": int(k), "n": int(n)}})
        else:
            links.append(link)
            missing = "form-needs-sample"
    return links, missing


def _is_sample(k: str, n: str) -> bool:
    """Whether two texts are the numbers of a sample. Digits of any script are; a sign or a point is none."""
    if not k.isdecimal() or not n.isdecimal():
        return False
    try:
        Sample(k=int(k), n=int(n))
    except ValueError:  # k above n, too many, or more digits than Python makes a number of
        return False
    return True


# --- what single people would rate ---


def opined(at: Place, values: Values, assessment: Assessment) -> Edited:
    """With what one person would rate, as the fields stand. Raises AssessmentError.

    At (part, practice) it is new, of the role `who` that was typed; at (part, practice, role) it is there already.
    """
    part, key, *role = at
    who = "/".join(role) or values.get("who", "").strip()
    entry = places(assessment).get((part, key)) or {"state": "unanswered"}
    known = {one["who"]: one for one in entry.get("opinions", ())}
    if not role and who in known:
        return Edited(assessment, "form-opinion-there")
    new = filled(Opinion, known.get(who, {}), {**values, "who": who}, assessment.profile.working_language)
    if new.missing:
        return Edited(assessment, "form-needs-opinion")
    return Edited(_with_opinions((part, key), {**known, who: new.entry}, assessment))


def withdrawn(at: Place, assessment: Assessment) -> Assessment:
    """Without what one person would rate. Raises AssessmentError where nobody of that role would."""
    part, key, *role = at
    entry = places(assessment).get((part, key)) or {}
    others = {one["who"]: one for one in entry.get("opinions", ()) if one["who"] != "/".join(role)}
    if len(others) == len(entry.get("opinions", ())):
        raise no_place(at)
    return _with_opinions((part, key), others, assessment)


def _with_opinions(place: Place, opinions: dict[str, Json], assessment: Assessment) -> Assessment:
    entry = places(assessment).get(place) or {"state": "unanswered"}
    new = without_empty({**entry, "opinions": list(opinions.values())})
    return put(assessment, {place: None if new == {"state": "unanswered"} else new})
