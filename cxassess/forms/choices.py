"""What can be chosen in a field, each choice by its name."""

from __future__ import annotations

from cxassess.content.voice import Voice
from cxassess.document.checking import OTHER_TRADE
from cxassess.document.fields import Field

# What the words for a field's choices begin with, where that is not the field's own name.
_PREFIXES = {"kind": "form-unit", "report_languages": "language", "working_language": "language"}


def choices(field: Field, voice: Voice) -> dict[str, str]:
    """What can be chosen in a field, each with its name: the model's own choices, or what the content names."""
    if field.kind == "key":
        return _named(field.name, voice)
    prefix = _PREFIXES.get(field.name, field.word)
    return {choice: voice.say(f"{prefix}-{choice}".lower()) for choice in field.choices}


def _named(name: str, voice: Voice) -> dict[str, str]:
    """What of the content a field means by its keys."""
    match name:
        case "kind":
            return {key: voice.kind(key) for key in voice.content.evidence_kinds}
        case "size":
            return voice.sizes
        case "trade":
            return {**voice.trades, OTHER_TRADE: voice.say("trade-other")}
        case "level":
            return {key: voice.level_name(key) for key in voice.content.level_keys}
        case "mistake":
            return {mistake.key: voice.names[mistake.key] for mistake in voice.content.mistakes}
    return {}
