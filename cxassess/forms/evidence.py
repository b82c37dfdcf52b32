"""The evidence page: every piece of evidence, what it lacks, and what it is used for."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cxassess.chapters import evidence
from cxassess.document.answers import Evidence, EvidenceLink
from cxassess.document.assessment import Assessment
from cxassess.document.changes import links_of, next_key, places, put
from cxassess.document.fields import fields_of
from cxassess.document.shapes import Json, Place
from cxassess.forms.entries import Edited, Values, filled
from cxassess.forms.page import Lists, Page, Spot


class EvidencePage(Page):
    """The list of evidence."""

    name = "evidence"
    holds = ("evidence",)
    adds = "evidence"
    is_for_clients = False

    def name_of(self, place: Place) -> str:
        """A piece of evidence by its key."""
        return place[1]

    def unproved(self) -> Lists:
        """Evidence that counts little for want of a date, or is used for nothing."""
        return {
            "form-review-undated": self._listed(lambda record: record.on is None),
            "form-review-unused": self._listed(lambda record: not self.users(record)),
        }

    def _listed(self, is_meant: Callable[[Evidence], bool]) -> list[Spot]:
        keys = [record.key for record in self.assessment.evidence if is_meant(record)]
        return [self.spot(("evidence", key))._replace(name=self.record_name(key)) for key in keys]

    def users(self, record: Evidence) -> Sequence[Spot]:
        """What links to a piece of evidence."""
        entries = self.book.places.items()
        return [self.book.spot(place) for place, entry in entries if record.key in links_of(entry)]

    def remarks(self, record: Evidence) -> list[str]:
        """How strong a piece of evidence is on the day, how long it counts, and what it lacks."""
        grade = evidence.grade(record, self.card, self.voice)
        validity = evidence.validity(record, self.card, self.voice)
        return [f"{self.voice.say('evidence-grade')}: {grade}", validity]

    @classmethod
    def set(cls, at: Place, values: Values, assessment: Assessment) -> Edited:
        """With a piece of evidence as its fields stand; it keeps its kind and its source where those are empty."""
        old = places(assessment).get(at, {"key": at[-1]})
        new = filled(Evidence, old, values, assessment.profile.working_language)
        return Edited(put(assessment, {at: new.entry}), "form-needs-source" if new.missing else "")

    @classmethod
    def add(cls, at: Place, values: Values, assessment: Assessment) -> Edited:
        """With a new piece of evidence, linked where it was typed. Only its kind and its source are needed."""
        key = next_key("E", (record.key for record in assessment.evidence))
        new = filled(Evidence, {"key": key}, values, assessment.profile.working_language)
        if new.missing:
            return Edited(assessment, "form-needs-source")
        made = put(assessment, {("evidence", key): new.entry})
        # The piece stands, linked or not: a refusal would leave the fields full, to be sent again.
        return Edited(linked(at, key, made).assessment if at else made)

    @classmethod
    def remove(cls, at: Place, assessment: Assessment) -> Assessment:
        """Without a piece of evidence and every link to it."""
        entries, key = places(assessment), at[1]
        users = {place: _without(entry, key) for place, entry in entries.items() if key in links_of(entry)}
        return put(assessment, {**users, at: None})


def linked(place: Place, key: str, assessment: Assessment) -> Edited:
    """With one more link: to an answer by the rating it has now, to a mistake or an exception as it is."""
    entry: Json = places(assessment).get(place, {})
    if not entry or (_is_by_rating(place) and "rating" not in entry):
        return Edited(assessment, "form-needs-rating")
    if key in links_of(entry):
        return Edited(assessment)
    link: Json = {"evidence": key, "supports": entry["rating"]} if _is_by_rating(place) else key
    return Edited(put(assessment, {place: {**entry, "evidence": [*entry.get("evidence", ()), link]}}))


def _is_by_rating(place: Place) -> bool:
    """Whether a link there says which rating it supports, or only that there is evidence."""
    model = fields_of(Assessment)[place[0]].of
    return model is not None and fields_of(model)["evidence"].of is EvidenceLink


def unlinked(place: Place, key: str, assessment: Assessment) -> Assessment:
    """Without the link of a place to a piece of evidence."""
    entry = places(assessment).get(place)
    return put(assessment, {place: _without(entry, key)}) if entry else assessment


def _without(entry: dict[str, Json], key: str) -> dict[str, Json]:
    """An entry without its link to a piece of evidence."""
    links = zip(entry.get("evidence", ()), links_of(entry), strict=True)
    return {**entry, "evidence": [link for link, evidence in links if evidence != key]}
