"""Talks with people: which evidence is one, and how what is rated while it is on is linked to it."""

from __future__ import annotations

from cxassess.content.reading import Content
from cxassess.document.answers import Evidence
from cxassess.document.assessment import Assessment
from cxassess.document.changes import changed, links_of, put
from cxassess.document.shapes import Json, Place

# Where a person rates: the part of the assessment, and the field that holds the rating.
_RATED = {"answers": "rating", "indicators": "rating", "mistakes": "severity"}


def talks_of(assessment: Assessment, content: Content) -> list[Evidence]:
    """The evidence that is a talk, the newest first: by its date, then by its number."""
    kinds = content.evidence_kinds
    talks = [record for record in assessment.evidence if kinds[record.kind].talk]
    return sorted(talks, key=lambda record: (str(record.on or ""), record.key), reverse=True)


def talk_kind(content: Content) -> str:
    """The kind that a new talk is of; empty where the content has none."""
    return next((kind.key for kind in content.model.evidence_kinds if kind.talk), "")


def heard(before: Assessment, after: Assessment, talk: str) -> Assessment:
    """With a talk linked to every rating that was given or changed while it was on."""
    borne: dict[Place, Json] = {}
    for place, (was, entry) in changed(before, after).items():
        field = _RATED.get(place[0])
        if field and entry and field in entry and entry[field] != (was or {}).get(field):
            links = list(entry.get("evidence", ()))
            if talk not in links_of(entry):
                links.append(_link(talk, entry))
            borne[place] = {**entry, "evidence": [_moved(link, talk, was or {}, entry) for link in links]}
    return put(after, borne) if borne else after


def _link(talk: str, entry: Json) -> Json:
    """A link to a talk: by the rating that was given in it; a mistake's evidence is named, no more."""
    return {"evidence": talk, "supports": entry["rating"]} if "rating" in entry else talk


def _moved(link: Json, talk: str, was: Json, entry: Json) -> Json:
    """A link as it goes along with a rating. What a person said of the talk in other words stays."""
    if link == talk or link["evidence"] != talk or "sample" in link:
        return link
    went_along = "rating" not in was or link.get("supports", was["rating"]) == was["rating"]
    return _link(talk, entry) if went_along else link
