"""What stands in a place of the assessment, in words, for two people to choose between."""

from __future__ import annotations

from datetime import date

from cxassess.chapters import tables
from cxassess.content.reading import Content
from cxassess.document.changes import Json, Place
from cxassess.text import Lang, day

# Fields that hold keys, and what the words for those begin with.
_KEYS = {"reason": "reason", "size": "size", "report_languages": "language", "unit": "form-unit"}
_CHOICES = ("rating", "state", "severity")


def choice_of(value: Json) -> tuple[str, str | int] | None:
    """What an answer or a judgement, as it stands in a file, chooses: the kind of choice, and the choice.

    >>> choice_of({"state": "rated", "rating": "L"}), choice_of({"severity": 2}), choice_of({"source": "SOP"})
    (('rating', 'L'), ('severity', 2), None)
    """
    if not isinstance(value, dict):
        return None
    return next(((kind, value[kind]) for kind in _CHOICES if kind in value), None)


def choice_said(value: Json, content: Content, *, lang: Lang) -> str:
    """What an answer or a judgement chose."""
    kind, choice = choice_of(value) or ("state", "unanswered")
    return content.say(f"{kind}-{str(choice).lower()}", lang=lang)


def value_said(place: Place, value: Json, other: Json, content: Content, *, lang: Lang) -> str:
    """What stands in a place, as far as it differs from another value."""
    hidden = content.say("form-private-differs", lang=lang)  # a client may be looking on
    if place[-1] == "private":
        return hidden
    if not isinstance(value, dict) or set(value) <= {"id", "en"}:
        return _said(place[-1], value, content, lang=lang) or content.say("form-nothing", lang=lang)
    others = other if isinstance(other, dict) else {}
    told = [choice_said(value, content, lang=lang)] if choice_of(value) else []
    for name, part in value.items():
        if part == others.get(name) or name in _CHOICES or name == "key":
            continue
        field = "unit" if name == "kind" and place[-1] == "unit" else name
        told.append(hidden if name == "private" else _said(field, part, content, lang=lang))
    return " · ".join(told) or content.say("form-nothing", lang=lang)


def _said(field: str, part: Json, content: Content, *, lang: Lang) -> str:
    """A field of a place."""
    if isinstance(part, list):
        return ", ".join(_said(field, one, content, lang=lang) for one in part)
    if isinstance(part, dict):
        return _dict_said(part, content, lang=lang)
    if part is True:
        return content.say("form-yes", lang=lang)
    if field in ("on", "by") and part:
        return day(date.fromisoformat(part), lang=lang)
    if isinstance(part, str) and (word := f"{_KEYS.get(field)}-{part}") in content.words:
        return content.say(word, lang=lang)
    if field == "kind" and part in content.evidence_kinds:
        return content.evidence_kinds[part].name.in_(lang)
    return str(part or "")


def _dict_said(part: dict[str, Json], content: Content, *, lang: Lang) -> str:
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
        return tables.target(part["level"], by, content, lang=lang)
    return " / ".join(map(str, part.values()))
