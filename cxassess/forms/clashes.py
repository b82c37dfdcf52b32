"""What stands in a place of the assessment, in words, for two people to choose between."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel

from cxassess.content.voice import Voice
from cxassess.document.answers import EvidenceLink, Opinion
from cxassess.document.assessment import Assessment
from cxassess.document.changes import Clash
from cxassess.document.fields import Field, fields_of
from cxassess.document.shapes import Json
from cxassess.forms.choices import choices
from cxassess.text import OWN_NAMES

# What an answer or a judgement chooses stands in one of these; a rating says more than the state "rated".
_CHOSEN = ("rating", "state", "severity")
# What fields are called that no word of the form is named after.
_WORDS = {
    "state": "answer",
    "kind": "evidence-kind",
    "on": "form-evidence-on",
    "reason": "form-exception-why",
    "by": "form-target-by",
}


def choice_of(value: Json) -> tuple[str, str | int] | None:
    """What an answer or a judgement, as it stands in a file, chooses: the field, and what it holds.

    >>> choice_of({"state": "rated", "rating": "L"}), choice_of({"severity": 2}), choice_of({"source": "SOP"})
    (('rating', 'L'), ('severity', 2), None)
    """
    if not isinstance(value, dict):
        return None
    return next(((name, value[name]) for name in _CHOSEN if name in value), None)


def choice_text(value: Json, voice: Voice) -> str:
    """What an answer or a judgement chose, in words; nothing there is an answer that was not given."""
    chosen = value or {}
    if "severity" in chosen:
        return voice.severity(chosen["severity"])
    return voice.answer(chosen.get("rating"), chosen.get("state", "unanswered"))


def field_name(clash: Clash, voice: Voice) -> str:
    """What people call the field that two changed; empty where all of an entry is meant."""
    path = clash.at[1:] if clash.place[0] == "profile" else clash.part
    if not path:
        return ""
    field = path[0].replace("_", "-")
    known = [word for word in (_WORDS.get(path[0], f"form-{field}"), field) if word in voice.content.words]
    names = [voice.say(known[0])] if known else []
    names += path[1:2] if path[0] == "opinions" else ()
    names += [name for lang, name in OWN_NAMES.items() if lang == path[-1] != voice.lang]
    return " · ".join(names)


def difference(clash: Clash, value: Json, other: Json, voice: Voice) -> str:
    """What one of two left in a field, in words, as far as it differs from what the other did."""
    if clash.at[-1] == "private":
        return _private(voice)
    field = _field(clash)
    if field.name == "severity":
        text = choice_text({"severity": value}, voice)
    elif isinstance(value, dict) and field.of and field.of is not EvidenceLink:
        text = _entry(field.of, value, other, voice)
    else:
        text = _text(field, value, voice)
    return text or voice.say("form-nothing")


def _field(clash: Clash) -> Field:
    """The field that two changed; for a choice, which is of several fields, that of its entry."""
    field = fields_of(Assessment)[clash.place[0]]
    if field.kind == "entry" and field.of and len(clash.place) > 1:
        field = fields_of(field.of)[clash.place[1]]
    if field.of and clash.part and clash.part[0] not in _CHOSEN[:2]:
        field = fields_of(field.of)[clash.part[0]]
    if field.of is Opinion and len(clash.part) > 2:  # behind the role, a field of its own
        return fields_of(Opinion)[clash.part[2]]
    return field


def _entry(model: type[BaseModel], value: dict[str, Json], other: Json, voice: Voice) -> str:
    """What an entry chose, and those of its fields that differ from another's."""
    others = other if isinstance(other, dict) else {}
    parts = [choice_text(value, voice)] if choice_of(value) else []
    for name, part in value.items():
        if part == others.get(name) or name in _CHOSEN or name == "key":
            continue
        parts.append(_private(voice) if name == "private" else _text(fields_of(model)[name], part, voice))
    return " · ".join(parts)


def _text(field: Field, part: Json, voice: Voice) -> str:
    """What one field holds."""
    if isinstance(part, list):
        return ", ".join(_text(field, one, voice) for one in part)
    if isinstance(part, dict):
        return _record(field, part, voice)
    if field.kind == "flag":
        return voice.say("flag-set") if part else ""
    if field.name == "level" and isinstance(part, int):
        return voice.target(part, None)
    if field.kind == "date" and part:
        return voice.day(date.fromisoformat(part))
    if field.kind in ("choice", "choices", "key"):
        return choices(field, voice).get(part, part or "")
    return str(part or "")


def _record(field: Field, part: dict[str, Json], voice: Voice) -> str:
    """A link, another entry within one; or a text in its languages."""
    if field.of is EvidenceLink:
        sample = part.get("sample")
        shows = f"{sample['k']}/{sample['n']}" if sample else part.get("supports")
        return f"{part['evidence']} ({shows})" if shows else str(part["evidence"])
    if field.of:
        return _entry(field.of, part, {}, voice)
    return " / ".join(map(str, part.values()))


def _private(voice: Voice) -> str:
    """That private notes differ is enough: a client may be looking on."""
    return voice.say("form-private-differs")
