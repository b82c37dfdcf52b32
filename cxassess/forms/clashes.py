"""What stands in a place of the assessment, in words, for two people to choose between."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel

from cxassess.content.voice import Voice
from cxassess.document.answers import EvidenceLink
from cxassess.document.assessment import Assessment
from cxassess.document.fields import Field, fields_of
from cxassess.document.shapes import Json, Place
from cxassess.forms.choices import choices

# What an answer or a judgement chooses stands in one of these; a rating says more than the state "rated".
_CHOSEN = ("rating", "state", "severity")


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


def difference(place: Place, value: Json, other: Json, voice: Voice) -> str:
    """What stands in a place, in words, as far as it differs from another value of that place."""
    if place[-1] == "private":
        return _private(voice)
    field = fields_of(Assessment)[place[0]]
    if field.kind == "entry" and field.of and len(place) > 1:
        field = fields_of(field.of)[place[1]]
    if isinstance(value, dict) and field.of:
        text = _entry(field.of, value, other, voice)
    else:
        text = _text(field, value, voice)
    return text or voice.say("form-nothing")


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
