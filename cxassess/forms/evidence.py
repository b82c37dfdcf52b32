"""The evidence page: every piece of evidence, what it lacks, and what it is used for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import cached_property
from typing import NamedTuple

from cxassess.chapters import evidence
from cxassess.content.reading import Content
from cxassess.document.answers import Evidence
from cxassess.document.assessment import Assessment
from cxassess.document.changes import links_of, next_key, places, put
from cxassess.document.shapes import Place
from cxassess.forms.page import Lists, Page, Spot
from cxassess.forms.practice import AskedPractice, PracticePage
from cxassess.interview.attachments import MOST_MEGABYTES
from cxassess.interview.entries import Edited, Values, filled, without_empty
from cxassess.interview.links import linked, without


class Look(NamedTuple):
    """What one looks for in the list: words, which records, in which order."""

    text: str
    show: str
    order: str


class Box(NamedTuple):
    """A box to tick: the place it links, its name, its rating, whether it is linked, whether it can be."""

    value: str
    name: str
    rating: str
    is_ticked: bool
    is_free: bool


class EvidencePage(Page):
    """The list of evidence."""

    name = "evidence"
    holds = ("evidence",)
    is_for_clients = False
    most_megabytes = MOST_MEGABYTES

    def name_of(self, place: Place) -> str:
        """A piece of evidence by its key."""
        return place[1]

    def unproved(self) -> Lists:
        """Evidence that counts little for want of a date, is used for nothing, or whose file is gone."""
        return {
            "form-review-undated": self._listed(self.shows["undated"]),
            "form-review-unused": self._listed(self.shows["unused"]),
            "form-review-lost": self._listed(self.shows["lost"]),
        }

    def _listed(self, is_meant: Callable[[Evidence], bool]) -> list[Spot]:
        keys = [record.key for record in self.assessment.evidence if is_meant(record)]
        return [self.spot(("evidence", key))._replace(name=self.record_name(key)) for key in keys]

    # --- which records, in which order ---

    @property
    def shows(self) -> dict[str, Callable[[Evidence], bool]]:
        """What of the list can be shown: all, the log of talks, or what something is the matter with."""
        return {
            "all": lambda record: True,
            "talks": self.is_talk,
            "undated": lambda record: record.on is None,
            "invalid": lambda record: self._validity(record) in ("expired", "later"),
            "unused": lambda record: not self.uses(record),
            "silent": lambda record: record.key in self._silent,
            "lost": self.is_lost,
        }

    @property
    def orders(self) -> dict[str, Callable[[Evidence], tuple[str | int, ...]]]:
        """How the list can be sorted; what is newest, by number or by date, comes first."""
        kinds = list(self.content.evidence_kinds)
        return {
            "newest": lambda record: (),
            "date": lambda record: (-(record.on or date.min).toordinal(),),
            "kind": lambda record: (kinds.index(record.kind),),
            "unused": lambda record: (len(self.uses(record)),),
        }

    @property
    def look(self) -> Look:
        """What one looks for."""
        values = self.book.seeks.get(("evidence",), {})
        show, order = values.get("show", ""), values.get("order", "")
        return Look(
            self.sought("evidence"),
            show if show in self.shows else "all",
            order if order in self.orders else "newest",
        )

    @cached_property
    def records(self) -> list[Evidence]:
        """The records that one looks for, in the order asked for; and the one that is open, whatever it is."""
        look = self.look
        is_meant = self.shows[look.show]
        found = [
            record
            for record in reversed(self.assessment.evidence)
            if self.is_open(record) or (is_meant(record) and self.is_sought(record, look.text))
        ]
        return sorted(found, key=self.orders[look.order])

    def is_open(self, record: Evidence) -> bool:
        """Whether one was led to it: then all of it is shown."""
        return self.anchor(("evidence", record.key)) == self.book.anchor

    # --- one record ---

    def is_talk(self, record: Evidence) -> bool:
        """Whether people were talked to."""
        return self.content.evidence_kinds[record.kind].talk

    def proves(self, record: Evidence) -> bool:
        """Whether it could prove an answer."""
        return self.content.evidence_kinds[record.kind].proves

    def told(self, record: Evidence) -> list[str]:
        """A record in a row: when it was, how strong it is, what is the matter with it, what it is used for."""
        say, validity = self.voice.say, self._validity(record)
        parts = [self.voice.day(record.on)] if record.on else []
        parts.append(evidence.grade(record, self.card, self.voice))
        if validity != "current":
            parts.append(say(f"validity-{validity}"))
        if self.is_talk(record):  # the log says with whom
            parts.insert(0, record.person or "")
        if self.is_lost(record):
            parts.append(say("form-attachment-lost", name=record.file))
        elif record.file:
            parts.append(record.file)
        parts.append(self._used(record))
        return [part for part in parts if part]

    def _used(self, record: Evidence) -> str:
        """How much a record is used for; in the log of talks, what for."""
        count = self.voice.say("form-used", count=len(self.uses(record)))
        if self.look.show != "talks" or not self.uses(record):
            return count
        return f"{count}: {', '.join(spot.name for spot in self.users(record))}"

    def is_lost(self, record: Evidence) -> bool:
        """Whether its file is not where attachments are."""
        return bool(record.file) and record.file not in self.book.files

    def size(self, record: Evidence) -> str:
        """The size of its file."""
        bytes_ = self.book.files[record.file or ""]
        if bytes_ < 1_000_000:
            return self.voice.say("form-kilobytes", size=self.voice.number(max(1, bytes_ / 1000)))
        return self.voice.say("form-megabytes", size=self.voice.number(bytes_ / 1_000_000, 1))

    def uses(self, record: Evidence) -> Sequence[Place]:
        """Where a piece of evidence is linked."""
        return self.book.uses.get(record.key, ())

    def users(self, record: Evidence) -> list[Spot]:
        """What links to a piece of evidence."""
        return [self.book.spot(place) for place in self.uses(record)]

    def boxes(self, record: Evidence) -> list[tuple[str, list[Box]]]:
        """What a piece of evidence can be linked to, page by page: every question and indicator."""
        pages = [page for page in self.book.pages if isinstance(page, PracticePage)]
        return [(page.title, [self._box(record, page, one) for one in page.asked]) for page in pages]

    def _box(self, record: Evidence, page: PracticePage, asked: AskedPractice) -> Box:
        is_linked = asked.place in self.uses(record)
        rating = asked.answer.rating or ""
        return Box("/".join(asked.place), page.name_of(asked.place), rating, is_linked, bool(rating) or is_linked)

    @cached_property
    def _silent(self) -> set[str]:
        """The evidence of which some answer does not know yet what it shows."""
        pages = [page for page in self.book.pages if isinstance(page, PracticePage)]
        return {key for page in pages for _, key in page.silent}

    def _validity(self, record: Evidence) -> str:
        return record.validity(self.content.evidence_kinds[record.kind], on=self.card.on)

    def odd(self, record: Evidence) -> list[str]:
        """What is odd about the date of a record."""
        kind = self.content.evidence_kinds[record.kind]
        until, on = record.until(kind), self.voice.day(self.card.on)
        values = {"on": on, "until": self.voice.day(until) if until else ""}
        found = self.book.odd_dates.get(("evidence", record.key), ())
        words = [f"form-odd-{why}" if why == "future" else f"form-odd-record-{why}" for why in found]
        return [self.voice.say(word, **values) for word in words]

    def doubts(self) -> Lists:
        """Records whose dates may be slips."""
        odd = {record.key: self.odd(record) for record in self.assessment.evidence}
        spots = self._listed(lambda record: bool(odd[record.key]))
        told = zip(spots, filter(None, odd.values()), strict=True)
        return {"form-review-dates": [spot._replace(name=f"{spot.name}. {' '.join(why)}") for spot, why in told]}

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
    def remove(cls, at: Place, assessment: Assessment) -> Assessment:
        """Without a piece of evidence and every link to it."""
        entries, key = places(assessment), at[1]
        users = {place: without(entry, key) for place, entry in entries.items() if key in links_of(entry)}
        return put(assessment, {**users, at: None})


def added(at: Place, values: Values, assessment: Assessment, content: Content) -> Edited:
    """With a new piece of evidence, linked where it was typed. Only its kind and its source are needed."""
    key = next_key("E", (record.key for record in assessment.evidence))
    new = filled(Evidence, {"key": key}, values, assessment.profile.working_language)
    if new.missing:
        return Edited(assessment, "form-needs-source")
    made = put(assessment, {("evidence", key): new.entry})
    # The piece stands, linked or not: a refusal would leave the fields full, to be sent again.
    return Edited((linked(at, key, made, content) or made) if at else made)


def detached(at: Place, assessment: Assessment) -> Assessment:
    """Without the file of a piece of evidence, which stays where it is."""
    record = places(assessment).get(at)
    return put(assessment, {at: without_empty({**record, "file": None})}) if record else assessment
