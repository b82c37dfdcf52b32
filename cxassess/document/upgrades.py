"""From the format of an older file to the present one: one pure step a format, on the raw JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from cxassess.document.assessment import FORMAT
from cxassess.document.shapes import Json, Place, Places, put_together, taken_apart
from cxassess.text import LANGS

Data = dict[str, Json]

# Every chapter that could hold the consultant's own words in format 1, and the one that shows them now. No text
# may get lost: a chapter that is dropped or renamed gets the key of one that takes its words, no two the same.
CHAPTERS_OF_1 = {
    "summary": "summary",
    "levels": "levels",
    "why-not": "why-not",
    "advice": "advice",
    "mistakes": "mistakes",
    "indicators": "indicators",
    "answers": "answers",
    "evidence": "evidence",
    "method": "method",
}


def format_of(data: bytes) -> int | None:
    """The format of what an assessment file holds; None where it is none that says.

    >>> format_of(b'{"format": 1}'), format_of(b"{")
    (1, None)
    """
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        return None
    number = document.get("format") if isinstance(document, dict) else None
    return number if type(number) is int else None


def upgraded(data: Data) -> Data:
    """A document of any earlier format in the present one; one of the present format or a newer as it is.

    What a step cannot read it leaves for validation to tell; it raises nothing. A document without a readable
    number is taken for the oldest. Links keep the rating they support: in format 1 each had to name it.

    >>> upgraded({"format": 1, "profile": {"trade": "Kedai kopi"}, "targets": [{"level": 3}]})
    ... # doctest: +NORMALIZE_WHITESPACE
    {'format': 2, 'profile': {'trade': 'other', 'trade_text': 'Kedai kopi'},
     'targets': [{'key': 'T-01', 'level': 3}]}
    """
    given = data.get("format")
    first = given if type(given) is int and given >= 1 else 1
    if first >= FORMAT:
        return data
    for step in _STEPS[first - 1 :]:
        data = step(data)
    return {**data, "format": FORMAT}


def upgraded_changes(changes: Mapping[Place, tuple[Json, Json]], *, format: int) -> dict[Place, tuple[Json, Json]]:
    """What was changed in a document of an earlier format, as places and values of the present one.

    What stood before and what stood after are upgraded as documents are. Raises ValueError for a place there
    cannot be.
    """
    before = _upgraded_places({place: was for place, (was, _) in changes.items()}, format)
    after = _upgraded_places({place: became for place, (_, became) in changes.items()}, format)
    pairs = {place: (before.get(place), after.get(place)) for place in before | after}
    return {place: (was, became) for place, (was, became) in pairs.items() if was != became}


def _upgraded_places(places: Places, number: int) -> Places:
    found = taken_apart(upgraded({**put_together(places), "format": number}))
    del found["format",]
    return found


def _from_1(data: Data) -> Data:
    """Trades are chosen and told in words; targets have keys; commentary is by the chapters there are now."""
    new = dict(data)
    if isinstance(profile := data.get("profile"), dict):
        new["profile"] = _with_trade_in_words(profile)
    if isinstance(targets := data.get("targets"), list):
        new["targets"] = [_with_key(target, number) for number, target in enumerate(targets, 1)]
    if isinstance(commentary := data.get("commentary"), dict):
        new["commentary"] = {CHAPTERS_OF_1.get(key, key): note for key, note in commentary.items()}
    return new


def _with_trade_in_words(profile: Data) -> Data:
    trade = profile.get("trade")
    is_typed = isinstance(trade, str) or (isinstance(trade, dict) and trade.keys() <= set(LANGS))
    if not is_typed or "trade_text" in profile:
        return profile
    return {**profile, "trade": "other", "trade_text": trade}


def _with_key(target: Json, number: int) -> Json:
    return {"key": f"T-{number:02d}", **target} if isinstance(target, dict) else target


# The first makes format 2 of format 1, and so on.
_STEPS: tuple[Callable[[Data], Data], ...] = (_from_1,)
