"""What the pages of the form say: progress, what is open, proof, contradictions, and what stood before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import TYPE_CHECKING, NamedTuple

from cxassess.chapters import advice as tables
from cxassess.chapters import profile as sections
from cxassess.chapters import summary
from cxassess.content.model import LEVELS
from cxassess.content.practices import Practice, Question
from cxassess.content.reading import Content
from cxassess.content.voice import Voice
from cxassess.document.answers import Answer, Evidence, EvidenceLink, Exemption
from cxassess.document.assessment import Assessment, Target
from cxassess.document.changes import Clash, Json, Place, links_of, places
from cxassess.document.sitting import Before
from cxassess.forms.saying import choice_of, choice_said, value_said
from cxassess.page.blocks import Part
from cxassess.places import templates_dir
from cxassess.pyramid.contradictions import Contradiction, Tension
from cxassess.pyramid.scorecard import RESULTS, Mark, Scorecard
from cxassess.pyramid.scoring import mark_answer
from cxassess.text import LANGS, OWN_NAMES, Html, Lang, Note, Said, Text, said

if TYPE_CHECKING:
    import jinja2

AFTER_LEVELS = ("mistakes", "indicators", "evidence", "review", "result")
PROFILE_FIELDS = ("trade", "size", "objective")


class Open(NamedTuple):
    """Something not answered yet: on which page, where on it, and its name."""

    page: str
    anchor: str
    name: str


class Progress(NamedTuple):
    """How many of how many are answered."""

    done: int
    all: int


class Storey(NamedTuple):
    """A level as the way through the form draws it: its name, and its outlines as points of an SVG polygon."""

    key: str
    n: int
    name: str
    told: str
    outline: str
    claimed: str
    verified: str


@dataclass(frozen=True)
class Asked:
    """A practice on its page: its place, its answer, how that counts, and what it was before."""

    place: str
    practice: Practice
    answer: Answer
    mark: Mark
    before: str
    core: bool = False


@dataclass(frozen=True)
class Notice:
    """A word to the person at the form, with what it names."""

    word: str
    values: Mapping[str, object]
    urgent: bool = False


@dataclass(frozen=True)
class Shown:
    """What a form shows: one page of one assessment in one language. Its template asks it for everything."""

    card: Scorecard
    voice: Voice
    page: str
    befores: Mapping[Place, Before]
    clashes: Sequence[Clash]
    notices: Sequence[Notice]
    trouble: Notice | None
    saved: str
    today: date
    for_client: bool

    def html(self) -> str:
        """The whole form as HTML; what people typed is escaped by the template."""
        return (
            _environment()
            .get_template("form.html.j2")
            .render(
                form=self, say=self.say, t=self.t, languages=LANGS, own_names=OWN_NAMES, after_levels=AFTER_LEVELS
            )
        )

    def say(self, word: str, **values: object) -> str:
        """A word of the content in the language of the form."""
        return self.voice.say(word, **values)

    def t(self, text: Text) -> str:
        """A text of the content in the language of the form."""
        return self.voice.text(text)

    @property
    def content(self) -> Content:
        """What is asked."""
        return self.voice.content

    @property
    def lang(self) -> Lang:
        """The language of the form."""
        return self.voice.lang

    @property
    def assessment(self) -> Assessment:
        """What is shown."""
        return self.card.assessment

    # --- small words ---

    def unit(self) -> str:
        """What is assessed."""
        unit = self.assessment.profile.unit
        return self.say(f"unit-{unit.kind}", name=unit.name or "")

    def dated(self, value: date) -> str:
        """A date written out."""
        return self.voice.day(value)

    def percent(self, share: float) -> str:
        """A share of one as per cent."""
        return self.voice.percent(share)

    def letter(self, level: str) -> str:
        """The letter of a level as claimed."""
        return self.card.claimed.level(level).letter or "–"

    def target(self, target: Target) -> str:
        """A level to reach, and by when."""
        return self.voice.target(target.level, target.by)

    # --- the way through ---

    @property
    def pages(self) -> tuple[str, ...]:
        """Every page, in the order of an interview."""
        return pages_of(self.content)

    def page_name(self, page: str) -> str:
        """A level's number and name, or the word for a page."""
        if page in self.content.level_keys:
            return self.voice.level_name(page)
        return self.say(f"form-page-{page}")

    def beside(self, step: int) -> str:
        """The page before or after this one; nothing at either end."""
        index = self.pages.index(self.page) + step
        return self.pages[index] if 0 <= index < len(self.pages) else ""

    def storeys(self) -> list[Storey]:
        """The levels, top first."""
        pairs = zip(self.content.levels, self.card.claimed.levels, self.card.verified.levels, strict=True)
        made = []
        for index, (level, claimed, verified) in enumerate(pairs):
            outline, light, dark = (_outline(index, one) for one in (1, claimed.achievement, verified.achievement))
            told = self.voice.achievement(claimed.achievement, claimed.letter)
            made.append(Storey(level.key, index + 1, self.t(level.name), told, outline, light, dark))
        return made[::-1]

    def results(self) -> list[tuple[str, str, str]]:
        """The three levels: name, label, and the level as it may be shown; a dash while nothing can be said."""
        found = self.card.results
        return [(name, self.say(name), found[name].shown if self.has_result else "–") for name in RESULTS]

    @property
    def has_result(self) -> bool:
        """Whether anything can be said yet: until its first level is rated, all would be "at least 0"."""
        return self.card.claimed.level(self.content.level_keys[0]).rated

    def progress(self, page: str = "") -> Progress | None:
        """How far a page is, or all of them; None where there is nothing to answer."""
        pages = [page] if page else self.pages
        counts = [self._counts[one] for one in pages if one in self._counts]
        return Progress(sum(done for done, _ in counts), sum(all_ for _, all_ in counts)) if counts else None

    @cached_property
    def _counts(self) -> dict[str, tuple[int, int]]:
        missing = [one.page for one in self.open_items]
        sizes = {level: len(self.content.of_level(level)) for level in self.content.level_keys}
        sizes |= {"mistakes": len(self.content.mistakes), "indicators": len(self.content.indicators)}
        return {page: (size - missing.count(page), size) for page, size in sizes.items()}

    @cached_property
    def open_items(self) -> tuple[Open, ...]:
        """What nobody has answered or judged yet, in the order of the pages."""
        return tuple(self._open())

    def _open(self) -> Iterator[Open]:
        for field in PROFILE_FIELDS:
            if not getattr(self.assessment.profile, field):
                yield Open("profile", f"cx-profile-{field}", self.say(field))
        for key in self.card.unanswered:
            yield self._place_open(("answers", key))
        for key in self.card.unjudged:
            yield self._place_open(("mistakes", key))
        for one in self.content.indicators:
            if self._indicator(one.key).state == "unanswered":
                yield self._place_open(("indicators", one.key))

    def next_open(self) -> Open | None:
        """The first open thing from this page on, then from the start."""
        here = self.pages.index(self.page)
        return min(
            self.open_items, key=lambda one: (self.pages.index(one.page) - here) % len(self.pages), default=None
        )

    # --- questions ---

    def asked(self) -> list[Asked]:
        """The questions of this level."""
        return [self._asked("answers", one, self.card.mark(one.key)) for one in self.content.of_level(self.page)]

    def asked_of_indicators(self) -> list[Asked]:
        """The success indicators."""
        records = {record.key: record for record in self.assessment.evidence}
        marks = (
            mark_answer(one.key, self._indicator(one.key), records, self.content, on=self.card.on)
            for one in self.content.indicators
        )
        return [self._asked("indicators", *pair) for pair in zip(self.content.indicators, marks, strict=True)]

    def _indicator(self, key: str) -> Answer:
        return self.assessment.indicators.get(key, Answer(state="unanswered"))

    def _asked(self, section: str, practice: Practice, mark: Mark) -> Asked:
        core = isinstance(practice, Question) and practice.core
        before = self.before((section, practice.key))
        return Asked(f"{section}/{practice.key}", practice, mark.answer, mark, before, core)

    def before(self, place: Place) -> str:
        """What was answered there before, when and by whom; empty where nothing was."""
        known = self.befores.get(place)
        if not known or not choice_of(known.value):
            return ""
        when = self.say("form-when", date=self.voice.day(known.at.date()), time=self.voice.clock(known.at)[:5])
        return self.say("form-before", value=choice_said(known.value, self.voice), when=when, who=known.who)

    def proof(self, asked: Asked) -> list[str]:
        """How far evidence carries an answer, and what its samples say."""
        if asked.answer.rating is None or not asked.answer.evidence:
            return []
        return [tables.proof_sentence(asked.mark, self.voice)]

    def sample_said(self, link: EvidenceLink, answer: Answer) -> str:
        """The band of a sample, and how many more would settle it."""
        return tables.sample(link, answer, self.voice) if link.sample else ""

    # --- evidence ---

    @property
    def usual_date(self) -> date:
        """The date of evidence as it is usually entered: today's, unless the assessment is of an earlier day."""
        return min(self.today, self.card.on)

    def record_name(self, record: Evidence) -> str:
        """A piece of evidence in a few words."""
        source = said(record.source, working=self.assessment.profile.working_language, lang=self.lang).text
        kind = self.t(self.content.evidence_kinds[record.kind].name)
        return f"{record.key} · {kind}: {source}"

    def record(self, key: str) -> Evidence:
        """A piece of evidence by its key."""
        return next(record for record in self.assessment.evidence if record.key == key)

    def unlinked(self, keys: Sequence[str]) -> list[Evidence]:
        """The evidence not linked yet, the newest first."""
        return [record for record in reversed(self.assessment.evidence) if record.key not in keys]

    def record_notes(self, record: Evidence) -> list[str]:
        """How strong a piece of evidence is on the day, how long it counts, and what it lacks."""
        kind = self.content.evidence_kinds[record.kind]
        grade = tables.grade(record, kind, self.card, self.voice)
        return [
            f"{self.say('evidence-grade')}: {grade}",
            tables.validity(record, kind, self.card, self.voice),
        ]

    def users(self, key: str) -> list[tuple[str, str, str]]:
        """What links to a piece of evidence: page, place on it, name."""
        found = [place for place, entry in self._places.items() if key in links_of(entry)]
        return [(self.page_of(place), self.anchor_of(place), self.name_of(place)) for place in found]

    @cached_property
    def _places(self) -> dict[Place, Json]:
        return places(self.assessment)

    # --- places of the assessment, on the pages ---

    def page_of(self, place: Place) -> str:
        """The page on which a place of the assessment stands."""
        if place[0] == "answers":
            return self.content.by_key[place[1]].level
        pages = {
            "exceptions": "mistakes",
            "commentary": "result",
            "mistakes": "mistakes",
            "indicators": "indicators",
        }
        return "evidence" if place[0] == "evidence" else pages.get(place[0], "profile")

    def anchor_of(self, place: Place) -> str:
        """Where on its page a place of the assessment stands."""
        return "cx-profile-on" if place == ("on",) else "-".join(("cx", *place))

    def name_of(self, place: Place) -> str:
        """A place of the assessment as people call it."""
        names = {
            one.key: one.name
            for one in (*self.content.questions, *self.content.mistakes, *self.content.indicators)
        }
        if len(place) > 1 and place[1] in names:
            return self.t(names[place[1]])
        return place[1] if place[0] == "evidence" else self.page_name(self.page_of(place))

    def value_said(self, place: Place, value: Json, other: Json) -> str:
        """What stands in a place, in words, as far as it differs from another."""
        return value_said(place, value, other, self.voice)

    # --- what does not fit ---

    def contradictions(self, *, level: str = "", mistake: str = "") -> list[Contradiction]:
        """The contradictions of a level, or of a mistake."""
        return [
            one for one in self.card.contradictions if level in ("", one.level) and mistake in ("", one.mistake)
        ]

    def because(self, one: Contradiction) -> str:
        """Why a mistake contradicts a level."""
        links = self.content.mistake(one.mistake).contradicts
        return self.t(next(link.because for link in links if link.level == one.level))

    def exception(self, one: Contradiction) -> Exemption | None:
        """The exception of a contradiction, if there is one."""
        pair = (one.mistake, one.level)
        return next((e for e in self.assessment.exceptions if (e.mistake, e.level) == pair), None)

    def idle_exceptions(self, mistake: str) -> list[Exemption]:
        """The exceptions of a mistake that contradicts their levels no more."""
        standing = [one.level for one in self.contradictions(mistake=mistake)]
        found = (one for one in self.assessment.exceptions if one.mistake == mistake)
        return [one for one in found if one.level not in standing]

    def tensions(self, indicator: str = "") -> list[tuple[Tension, str]]:
        """Indicators that sit oddly with the level claimed, each with its sentence."""
        found = []
        for one in self.card.tensions:
            if indicator in ("", one.indicator):
                name = next(self.t(i.name) for i in self.content.indicators if i.key == one.indicator)
                n = self.content.level_keys.index(one.level) + 1
                found.append((one, self.say("tension", n=n, indicator=name, rating=one.rating)))
        return found

    def review(self) -> list[tuple[str, list[Open]]]:
        """What is open, what does not fit, what is not proved: a word for each list, and its entries."""
        words = {
            "profile": "form-review-profile",
            "mistakes": "missing-mistakes",
            "indicators": "form-review-indicators",
        }
        lists: dict[str, list[Open]] = {}
        for one in self.open_items:
            lists.setdefault(words.get(one.page, "missing-answers"), []).append(one)
        clashes = [("mistakes", one.mistake) for one in self.card.contradictions if one.stands(verified=False)]
        lists |= {
            "form-review-unknown": self._marked(lambda mark: mark.answer.state == "unknown"),
            "form-review-contradictions": self._opens(dict.fromkeys(clashes)),
            "form-review-tensions": self._opens(("indicators", one.indicator) for one, _ in self.tensions()),
            "form-review-partly": self._marked(lambda mark: mark.proof == "partly"),
            "form-review-unproved": self._marked(lambda mark: mark.proof == "unproved"),
            "form-review-undated": self._records(lambda record: record.on is None),
            "form-review-unused": self._records(lambda record: not self.users(record.key)),
        }
        return [(word, items) for word, items in lists.items() if items]

    def _opens(self, found: Iterable[Place]) -> list[Open]:
        return [self._place_open(place) for place in found]

    def _place_open(self, place: Place) -> Open:
        page, name = self.page_of(place), self.name_of(place)
        if page in self.content.level_keys:
            name = self.say("level-numbered", n=self.content.level_keys.index(page) + 1, name=name)
        return Open(page, self.anchor_of(place), name)

    def _marked(self, is_meant: Callable[[Mark], bool]) -> list[Open]:
        return self._opens(("answers", mark.key) for mark in self.card.marks if is_meant(mark))

    def _records(self, is_meant: Callable[[Evidence], bool]) -> list[Open]:
        found = [record for record in self.assessment.evidence if is_meant(record)]
        return [Open("evidence", f"cx-evidence-{one.key}", self.record_name(one)) for one in found]

    # --- texts that people typed ---

    def versions(self, note: Note | None) -> list[Said]:
        """The versions of a note to be typed: the one shown first, and the other where reports need it."""
        working = self.assessment.profile.working_language
        texts = {working: note} if isinstance(note, str) else dict(note or {})
        first = said(note, working=working, lang=self.lang).lang if note else self.lang
        wanted = [lang for lang in LANGS if lang in texts or lang in self.assessment.profile.report_languages]
        order = [first, *(lang for lang in wanted if lang != first)]
        return [Said(texts.get(lang, ""), lang) for lang in order]

    def lines(self, notes: Sequence[Note]) -> str:
        """A list, one a line."""
        working = self.assessment.profile.working_language
        return "\n".join(said(note, working=working, lang=self.lang).text for note in notes)

    # --- the result ---

    def verdicts(self) -> Html:
        """The three results, and what one must know with them."""
        card, voice = self.card, self.voice
        return Part(summary.verdicts(card, voice), *summary.further(card, voice)).html()

    def result(self) -> Html:
        """The pyramid, its figures level by level, and why not the next level."""
        card, voice = self.card, self.voice
        pyramid, table = sections.pyramid(card, voice), tables.levels(card, voice)
        return Html(f"{pyramid.html()}{table.html()}{sections.why_not(card, voice).html()}")


def pages_of(content: Content) -> tuple[str, ...]:
    """The pages of a form, in the order of an interview."""
    return ("profile", *content.level_keys, *AFTER_LEVELS)


def _outline(index: int, share: float | None) -> str:
    """A storey of a pyramid 100 wide and 20 high, as far as it is filled, from the left."""
    points = []
    for y, up in ((20, index), (0, index + 1)):
        half = 50 * (1 - 0.9 * up / LEVELS)
        ends = [50 - half, 50 - half + 2 * half * (share or 0)]
        points += [(x, y) for x in (ends if up == index else ends[::-1])]
    return " ".join(f"{x:.1f},{y}" for x, y in points)


@cache
def _environment() -> jinja2.Environment:
    import jinja2

    folder = jinja2.FileSystemLoader(templates_dir() / "form")
    return jinja2.Environment(
        loader=folder, autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
