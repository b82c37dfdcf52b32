"""What a piece of evidence bears: linked, ticked, unlinked; what could prove an answer says nothing at first."""

from __future__ import annotations

from collections.abc import Sequence

from cxassess.content.reading import Content
from cxassess.document.answers import EvidenceLink
from cxassess.document.assessment import Assessment
from cxassess.document.changes import links_of, places, put
from cxassess.document.fields import fields_of
from cxassess.document.shapes import Json, Place


def linked(place: Place, key: str, assessment: Assessment, content: Content) -> Assessment | None:
    """With one more link: to an answer as its kind has it, to a mistake or an exception as it is.

    None where nothing is there yet that it could bear. What could prove an answer says nothing at first: one click
    makes no proof (METHOD 4). What proves nothing, whatever it says, supports the rating that the answer has now.
    """
    entry: Json = places(assessment).get(place, {})
    if not entry or (_is_by_rating(place) and "rating" not in entry):
        return None
    if key in links_of(entry):
        return assessment
    link: Json = _link(key, entry, assessment, content) if _is_by_rating(place) else key
    return put(assessment, {place: {**entry, "evidence": [*entry.get("evidence", ()), link]}})


def _link(key: str, entry: Json, assessment: Assessment, content: Content) -> Json:
    kinds = [content.evidence_kinds.get(record.kind) for record in assessment.evidence if record.key == key]
    could_prove = any(kind and kind.proves for kind in kinds)
    return {"evidence": key} if could_prove else {"evidence": key, "supports": entry["rating"]}


def ticked(
    key: str, ticks: Sequence[str], were: Sequence[str], assessment: Assessment, content: Content
) -> Assessment:
    """With a piece of evidence linked to the places that are ticked, and no more to those that were.

    `were` are those that were ticked when the boxes were drawn: what others linked since stays.
    """
    for tick in ticks:
        if tick not in were:
            assessment = linked(tuple(tick.split("/")), key, assessment, content) or assessment
    for tick in were:
        if tick not in ticks:
            assessment = unlinked(tuple(tick.split("/")), key, assessment)
    return assessment


def unlinked(place: Place, key: str, assessment: Assessment) -> Assessment:
    """Without the link of a place to a piece of evidence."""
    entry = places(assessment).get(place)
    return put(assessment, {place: without(entry, key)}) if entry else assessment


def without(entry: dict[str, Json], key: str) -> dict[str, Json]:
    """An entry without its link to a piece of evidence."""
    links = zip(entry.get("evidence", ()), links_of(entry), strict=True)
    return {**entry, "evidence": [link for link, evidence in links if evidence != key]}


def _is_by_rating(place: Place) -> bool:
    """Whether a link there says which rating it supports, or only that there is evidence."""
    model = fields_of(Assessment)[place[0]].of if place[0] in fields_of(Assessment) else None
    return model is not None and fields_of(model)["evidence"].of is EvidenceLink
