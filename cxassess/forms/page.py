"""What every page of the form has: what stands on it, what is open there, and the pieces that several show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import ClassVar, NamedTuple

from cxassess.chapters import indicators
from cxassess.content.practices import Mistake, Practice, Role
from cxassess.content.reading import Content
from cxassess.content.voice import Voice
from cxassess.document.answers import Evidence, Exemption
from cxassess.document.assessment import Assessment
from cxassess.document.changes import links_of, places, put
from cxassess.document.dating import Oddity, odd_dates
from cxassess.document.shapes import Json, Place
from cxassess.document.sitting import Before
from cxassess.forms.clashes import choice_of, choice_text
from cxassess.interview.entries import Edited, Values, no_place
from cxassess.pyramid.contradictions import Contradiction, Tension
from cxassess.pyramid.scorecard import Mark, Scorecard
from cxassess.text import LANGS, Note, Said


class Spot(NamedTuple):
    """A place as the form leads to it: its page, where on that page, and its name."""

    page: str
    anchor: str
    name: str


class Progress(NamedTuple):
    """How many of how many are answered."""

    done: int
    all: int


class Chips(NamedTuple):
    """Evidence that can be linked with one click: the keys shown, and how many more there are."""

    keys: Sequence[str]
    more: int


# How much evidence is offered unasked, and how much to somebody who looks for some.
_RECENT, _FOUND = 6, 12

# What the review lists: a word for each list, and its entries.
Lists = Mapping[str, Sequence[Spot]]


@dataclass(frozen=True)
class Book:
    """All pages of a form, over one assessment in one language.

    `earlier` is what stood in a place before it came to look as it does, `today` the day on which the form is
    filled in, `kinds` are the classes of its pages; `last` is where the unit stood in the assessment before this.
    With a `role`, pages show only what that one is asked, and count everything all the same.
    `visited` are the places that were filled in since one came to the page that is open.
    `anchor` is where one was last, `interview` the evidence that is the talk going on, `seeks` what one looks for
    where, `files` the attachments by name, with their sizes.
    """

    card: Scorecard
    voice: Voice
    earlier: Mapping[Place, Before]
    today: date
    kinds: tuple[type[Page], ...]
    last: Scorecard | None = None
    role: Role | None = None
    visited: frozenset[Place] = frozenset()
    anchor: str = ""
    interview: str = ""
    seeks: Mapping[Place, Values] = field(default_factory=dict)
    files: Mapping[str, int] = field(default_factory=dict)

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """Every page, in the order of an interview."""
        return tuple(kind(key, self) for kind in self.kinds for key in kind.keys(self.voice.content))

    def page(self, key: str) -> Page:
        """One page. KeyError if there is none of that key."""
        return {page.key: page for page in self.pages}[key]

    def page_of(self, place: Place) -> Page:
        """The page on which a place stands; the first for what stands on none, such as weights."""
        return next((page for page in self.pages if page.has(place)), self.pages[0])

    def spot(self, place: Place) -> Spot:
        """The way to a place of the assessment."""
        return self.page_of(place).spot(place)

    @cached_property
    def last_marks(self) -> Mapping[str, Mark]:
        """How the answers counted last time, by question and indicator."""
        if self.last is None:
            return {}
        marks = (*self.last.marks, *indicators.marks(self.last, self.voice.content))
        return {mark.key: mark for mark in marks}

    @cached_property
    def odd_dates(self) -> Mapping[Place, tuple[Oddity, ...]]:
        """What is odd about which dates."""
        found: dict[Place, tuple[Oddity, ...]] = {}
        for place, why in odd_dates(self.card.assessment, self.voice.content, today=self.today):
            found[place] = (*found.get(place, ()), why)
        return found

    @cached_property
    def places(self) -> Mapping[Place, Json]:
        """What stands where in the assessment."""
        return places(self.card.assessment)

    @cached_property
    def uses(self) -> Mapping[str, Sequence[Place]]:
        """By the key of each piece of evidence, where it is linked."""
        uses: dict[str, list[Place]] = {}
        for place, entry in self.places.items():
            for key in links_of(entry):
                uses.setdefault(key, []).append(place)
        return uses


class Page:
    """A page of the form. Its template, `NAME.html.j2`, asks it for everything; its title is `form-page-NAME`.

    `holds` are the parts of an assessment that stand on it, by the first word of their places; `adds` is what the
    event `add-…` calls an entry of it; `gaps_word` is what the review calls that which is open on it.
    """

    name: ClassVar[str]
    holds: ClassVar[tuple[str, ...]] = ()
    adds: ClassVar[str] = ""
    gaps_word: ClassVar[str] = ""
    # On the way through the form, a storey of the pyramid instead of a line.
    is_storey: ClassVar[bool] = False
    # On the way also while a client looks on.
    is_for_clients: ClassVar[bool] = True

    def __init__(self, key: str, book: Book) -> None:
        self.key = key
        self.book = book
        self.card = book.card
        self.voice = book.voice

    @classmethod
    def keys(cls, content: Content) -> tuple[str, ...]:
        """The keys of its pages. Most classes are one page, with the key that they are named."""
        return (cls.name,)

    # --- what an event makes of an assessment ---

    @classmethod
    def set(cls, at: Place, values: Values, assessment: Assessment) -> Edited:
        """With what the fields of one place hold: all of it, or what can stand. Raises AssessmentError."""
        raise no_place(at)

    @classmethod
    def add(cls, at: Place, values: Values, assessment: Assessment) -> Edited:
        """With one more entry, typed at some place. Raises AssessmentError."""
        raise no_place(at)

    @classmethod
    def remove(cls, at: Place, assessment: Assessment) -> Assessment:
        """Without what stands in a place. Raises AssessmentError."""
        return put(assessment, {at: None})

    # --- where it is, and what is where on it ---

    @property
    def title(self) -> str:
        """What it is called."""
        return self.voice.say(f"form-page-{self.name}")

    def has(self, place: Place) -> bool:
        """Whether a place of the assessment stands on it."""
        return place[0] in self.holds

    def anchor(self, place: Place) -> str:
        """Where on it a place stands: the id of a piece of its HTML."""
        return "-".join(("cx", *place))

    def name_of(self, place: Place) -> str:
        """A place on it as people call it."""
        return self.voice.names.get(place[1], self.title) if len(place) > 1 else self.title

    def spot(self, place: Place) -> Spot:
        """The way to a place on it."""
        return Spot(self.key, self.anchor(place), self.name_of(place))

    # --- what of it is shown ---

    @property
    def items(self) -> Sequence[Practice | Mistake]:
        """What it asks about, each of certain roles."""
        return ()

    @cached_property
    def hidden(self) -> tuple[str, ...]:
        """The keys of what it does not show, for the role now asked is not asked that."""
        role = self.book.role
        return tuple(one.key for one in self.items if role and role not in one.asks)

    def hides(self, anchor: str) -> bool:
        """Whether a piece of its HTML belongs to what it does not show."""
        starts = [self.anchor((part, key)) for part in self.holds for key in self.hidden]
        return any(f"{anchor}-".startswith(f"{start}-") for start in starts)

    # --- how far it is ---

    @property
    def asks(self) -> int:
        """How many answers it asks for; 0 where there is nothing to count."""
        return 0

    @cached_property
    def gaps(self) -> Sequence[Spot]:
        """What nobody has answered yet."""
        return ()

    @property
    def progress(self) -> Progress | None:
        """How far it is; None where there is nothing to count."""
        return Progress(self.asks - len(self.gaps), self.asks) if self.asks else None

    def doubts(self) -> Lists:
        """What is not settled: nobody knows it, or it does not fit."""
        return {}

    def unproved(self) -> Lists:
        """What lacks proof, and what proves nothing."""
        return {}

    # --- the pieces that several pages show ---

    @property
    def assessment(self) -> Assessment:
        """What was answered."""
        return self.card.assessment

    @property
    def content(self) -> Content:
        """What was asked."""
        return self.voice.content

    def versions(self, note: Note | None) -> list[Said]:
        """The versions of a note to be typed: first the one read here, then the other where reports need it."""
        profile = self.assessment.profile
        texts = {profile.working_language: note} if isinstance(note, str) else dict(note or {})
        first = self.typed(note).lang if note else self.voice.lang
        wanted = [lang for lang in LANGS if lang in texts or lang in profile.report_languages]
        order = [first, *(lang for lang in wanted if lang != first)]
        return [Said(texts.get(lang, ""), lang) for lang in order]

    def typed(self, note: Note) -> Said:
        """The version of a note that is read here."""
        return self.voice.typed(note, working=self.assessment.profile.working_language)

    def earlier_choice(self, place: Place) -> str:
        """What was chosen there before, when and by whom; empty where nothing was."""
        known = self.book.earlier.get(place)
        if not known or not choice_of(known.value):
            return ""
        day, time = self.voice.day(known.at.date()), self.voice.clock(known.at)[:5]
        when = self.voice.say("form-when", date=day, time=time)
        return self.voice.say("form-before", value=choice_text(known.value, self.voice), when=when, who=known.who)

    def last_time(self, key: str) -> str:
        """What was said of a question, a mistake or an indicator last time; empty where nothing was."""
        last, mark = self.book.last, self.book.last_marks.get(key)
        if last is None:
            return ""
        if mark is None:
            severity = last.assessment.severity_of(key)
            value = "" if severity is None else self.voice.severity(severity)
        elif mark.answer.rating:
            value = f"{mark.answer.rating}, {self.voice.say(f'proof-{mark.proof}').lower()}"
        else:
            value = "" if mark.answer.state == "unanswered" else self.voice.answer(None, mark.answer.state)
        return self.voice.say("form-last", date=self.voice.day(last.on), value=value) if value else ""

    @property
    def usual_date(self) -> date:
        """The date of evidence as it is usually entered: today's, unless the assessment is of an earlier day."""
        return min(self.book.today, self.card.on)

    def record_name(self, key: str) -> str:
        """A piece of evidence in a few words."""
        record = self.record(key)
        return f"{record.key} · {self.voice.kind(record.kind)}: {self.typed(record.source).text}"

    def chips(self, place: str, linked: Sequence[str]) -> Chips:
        """Evidence not linked yet: what one looks for or, unasked, the talk that is on and the newest."""
        free = [key for key in reversed(self._records) if key not in linked]
        if self.sought(place):
            found = [key for key in free if self.is_sought(self._records[key], self.sought(place))]
            return Chips(found[:_FOUND], len(found[_FOUND:]))
        free.sort(key=lambda key: key != self.book.interview)
        return Chips(free[:_RECENT], len(free[_RECENT:]))

    def sought(self, place: str) -> str:
        """What one looks for among the evidence there."""
        return self.book.seeks.get(tuple(place.split("/")), {}).get("text", "").strip()

    def is_sought(self, record: Evidence, text: str) -> bool:
        """Whether every word looked for stands in a piece of evidence."""
        notes = [record.source, record.note or ""]
        typed = [note if isinstance(note, str) else " ".join(note.values()) for note in notes]
        kind = self.content.evidence_kinds[record.kind]
        known = [record.key, kind.name.id, kind.name.en, record.person, record.file, record.link, *typed]
        all_ = " ".join(one for one in known if one).casefold()
        return all(word in all_ for word in text.casefold().split())

    def record(self, key: str) -> Evidence:
        """A piece of evidence by its key. KeyError where there is none."""
        return self._records[key]

    @cached_property
    def _records(self) -> dict[str, Evidence]:
        return {record.key: record for record in self.assessment.evidence}

    def because(self, one: Contradiction) -> str:
        """Why a mistake contradicts a level."""
        links = self.content.mistake(one.mistake).contradicts
        return self.voice.text(next(link.because for link in links if link.level == one.level))

    def exception(self, one: Contradiction) -> Exemption | None:
        """The exception of a contradiction, if there is one."""
        pair = (one.mistake, one.level)
        return next((e for e in self.assessment.exceptions if (e.mistake, e.level) == pair), None)

    def tension_sentence(self, one: Tension) -> str:
        """How an indicator sits oddly with the level claimed."""
        return indicators.tension_sentence(one, self.voice)

    def letter(self, level: str) -> str:
        """The letter of a level as claimed."""
        return self.card.claimed.level(level).letter or "–"
