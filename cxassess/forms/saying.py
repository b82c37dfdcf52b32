"""What stands in a place of the assessment, in words, for two people to choose between."""

from __future__ import annotations

from datetime import date

from cxassess.content.voice import Voice
from cxassess.document.changes import Json, Place

# Fields that hold keys, and what the words for those begin with.
_KEYS = {"reason": "reason", "report_languages": "language", "unit": "form-unit"}
_CHOICES = ("rating", "state", "severity")


def choice_of(value: Json) -> tuple[str, str | int] | None:
    """What an answer or a judgement, as it stands in a file, chooses: the kind of choice, and the choice.

    >>> choice_of({"state": "rated", "rating": "L"}), choice_of({"severity": 2}), choice_of({"source": "SOP"})
    (('rating', 'L'), ('severity', 2), None)
    """
    if not isinstance(value, dict):
        return None
    return next(((kind, value[kind]) for kind in _CHOICES if kind in value), None)


def choice_said(value: Json, voice: Voice) -> str:
    """What an answer or a judgement chose."""
    kind, choice = choice_of(value) or ("state", "unanswered")
    return voice.say(f"{kind}-{str(choice).lower()}")


def value_said(place: Place, value: Json, other: Json, voice: Voice) -> str:
    """What stands in a place, as far as it differs from another value."""
    hidden = voice.say("form-private-differs")  # a client may be looking on
    if place[-1] == "private":
        return hidden
    if not isinstance(value, dict) or set(value) <= {"id", "en"}:
        return _said(place[-1], value, voice) or voice.say("form-nothing")
    others = other if isinstance(other, dict) else {}
    told = [choice_said(value, voice)] if choice_of(value) else []
    for name, part in value.items():
        if part == others.get(name) or name in _CHOICES or name == "key":
            continue
        field = "unit" if name == "kind" and place[-1] == "unit" else name
        told.append(hidden if name == "private" else _said(field, part, voice))
    return " · ".join(told) or voice.say("form-nothing")


def _said(field: str, part: Json, voice: Voice) -> str:
    """A field of a place."""
    if isinstance(part, list):
        return ", ".join(_said(field, one, voice) for one in part)
    if isinstance(part, dict):
        return _dict_said(part, voice)
    if part is True:
        return voice.say("form-yes")
    if field in ("on", "by") and part:
        return voice.day(date.fromisoformat(part))
    if isinstance(part, str) and (word := f"{_KEYS.get(field)}-{part}") in voice.content.words:
        return voice.say(word)
    if field == "size" and part in voice.sizes:
        return voice.sizes[part]
    if field == "kind" and part in voice.content.evidence_kinds:
        return voice.text(voice.content.evidence_kinds[part].name)
    return str(part or "")


def _dict_said(part: dict[str, Json], voice: Voice) -> str:
    """A link, a target, or a text in its languages."""
    if "evidence" in part:
        sample = part.get("sample")
        return (
            f"{part['evidence']} ({sample['k']}/{sample['n']})"
            if sample
            else f"{part['evidence']} ({part['supports']})"
        )
    if "level" in part:
        by = date.fromisoformat(part["by"]) if "by" in part else None
        return voice.target(part["level"], by)
    return " / ".join(map(str, part.values()))
