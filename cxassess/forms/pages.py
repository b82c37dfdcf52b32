"""PAGES of the form, and all of it as HTML: whose it is, saved or not, the way through, and the page one is on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from cxassess.content.model import LEVELS
from cxassess.content.practices import ROLES
from cxassess.content.reading import Content
from cxassess.content.voice import Voice
from cxassess.document.answers import Evidence, Opinion
from cxassess.document.assessment import Assessment
from cxassess.document.changes import Clash
from cxassess.document.fields import fields_of
from cxassess.errors import Cause, CxError
from cxassess.forms.clashes import difference, field_name
from cxassess.forms.evidence import EvidencePage
from cxassess.forms.indicators import IndicatorsPage
from cxassess.forms.level import LevelPage
from cxassess.forms.mistakes import MistakesPage
from cxassess.forms.page import Book, Page, Progress, Spot
from cxassess.forms.profile import ProfilePage
from cxassess.forms.result import ResultPage
from cxassess.forms.review import ReviewPage
from cxassess.forms.translation import TranslationPage
from cxassess.interview.talks import talk_kind, talks_of
from cxassess.places import templates_dir
from cxassess.pyramid.scorecard import RESULTS
from cxassess.text import LANGS, OWN_NAMES

if TYPE_CHECKING:
    import jinja2

# In the order of an interview. Each has a template of its name, and a title among the words.
PAGES: tuple[type[Page], ...] = (
    ProfilePage,
    LevelPage,
    MistakesPage,
    IndicatorsPage,
    EvidencePage,
    TranslationPage,
    ReviewPage,
    ResultPage,
)

# The fields of what stands in an assessment, for templates: `fields.evidence.on`.
_FIELDS = {name: fields_of(field.of) for name, field in fields_of(Assessment).items() if field.of}


def page_keys(content: Content) -> list[str]:
    """The keys of all pages, in order."""
    return [key for kind in PAGES for key in kind.keys(content)]


class Storey(NamedTuple):
    """A level as the way through the form draws it; its outlines are points of an SVG polygon."""

    page: LevelPage
    achievement: str
    outline: str
    claimed: str
    verified: str


@dataclass(frozen=True)
class Notice:
    """A word to the person at the form, with what it names; an error among that is said in words, too."""

    word: str
    values: Mapping[str, object]
    urgent: bool = False


def sentence_of(notice: Notice, voice: Voice) -> str:
    """A notice in words; of an error its problems, what came of it or, of the system's own, why."""
    values = dict(notice.values)
    for name, value in notice.values.items():
        if isinstance(value, CxError):
            values[name] = "; ".join(voice.reasons(value))
        elif isinstance(value, OSError):
            values[name] = voice.cause(Cause.of(value))
    return voice.say(notice.word, **values)


@dataclass(frozen=True)
class Status:
    """What stands above the pages: which file, when it was saved or why not, notices, and clashes to settle.

    `is_trial`: the file is a copy of an example, and what is done to it is not kept. `has_desk`: there is a
    desk to go back to.
    """

    file: str = ""
    is_trial: bool = False
    has_desk: bool = False
    saved: str = ""
    trouble: Notice | None = None
    notices: Sequence[Notice] = ()
    clashes: Sequence[Clash] = ()


@dataclass(frozen=True)
class View:
    """What one sees of a form: the page that is open, and what stands around it.

    A page `alone` has no way to other pages beside it.
    """

    book: Book
    page: Page
    status: Status
    for_client: bool = False
    alone: bool = False

    def html(self) -> str:
        """The whole form as HTML; what people typed is escaped by the template."""
        return html_of("form", self.book.voice, form=self, page=self.page)

    @property
    def voice(self) -> Voice:
        """The language of the form."""
        return self.book.voice

    @property
    def assessment(self) -> Assessment:
        """What is filled in."""
        return self.book.card.assessment

    # --- what stands above the page ---

    @property
    def talk(self) -> Evidence | None:
        """The talk that is on."""
        return self.page.record(self.book.interview) if self.book.interview else None

    @property
    def talks(self) -> list[Evidence]:
        """The talks that may be gone on with."""
        return talks_of(self.assessment, self.voice.content)

    @property
    def talk_kind(self) -> str:
        """The kind of a new talk; without one, there is nothing to begin."""
        return talk_kind(self.voice.content)

    def unit(self) -> str:
        """What is assessed."""
        unit = self.assessment.profile.unit
        return self.voice.unit(unit.kind, unit.name)

    def sentence(self, notice: Notice) -> str:
        """A notice in words."""
        return sentence_of(notice, self.voice)

    def sides(self, clash: Clash) -> tuple[str, str]:
        """What I and what the others left in a field, each as far as it differs."""
        mine, theirs = clash.mine, clash.theirs
        return difference(clash, mine, theirs, self.voice), difference(clash, theirs, mine, self.voice)

    def clash_name(self, clash: Clash) -> str:
        """What two people changed: the entry, and which field of it."""
        name, field = self.book.spot(clash.place).name, field_name(clash, self.voice)
        return f"{name} · {field}" if field else name

    # --- the way through ---

    @property
    def way(self) -> list[tuple[bool, list[Page]]]:
        """The pages one may turn to, in runs: whether it is the pyramid's, and the pages of a run."""
        pages = [page for page in self.book.pages if page.is_for_clients or not self.for_client]
        runs = groupby(pages, lambda page: page.is_storey)
        return [(is_pyramid, list(run)) for is_pyramid, run in runs]

    def beside(self, step: int) -> Page | None:
        """The page before or after this one; none at either end."""
        index = self.book.pages.index(self.page) + step
        return self.book.pages[index] if 0 <= index < len(self.book.pages) else None

    @property
    def progress(self) -> Progress:
        """How far all pages are."""
        counts = [page.progress for page in self.book.pages if page.progress]
        return Progress(sum(one.done for one in counts), sum(one.all for one in counts))

    @property
    def next_gap(self) -> Spot | None:
        """The first open thing that is shown, from this page on, then from the start."""
        pages = self.book.pages
        here = pages.index(self.page)
        ahead = (*pages[here:], *pages[:here])
        return next((gap for page in ahead for gap in page.gaps if not page.hides(gap.anchor)), None)

    @property
    def hidden_gaps(self) -> int:
        """How many open things are not shown, for the role now asked is not asked them."""
        return sum(page.hides(gap.anchor) for page in self.book.pages for gap in page.gaps)

    @cached_property
    def storeys(self) -> list[Storey]:
        """The levels, top first."""
        card = self.book.card
        levels = [page for page in self.book.pages if isinstance(page, LevelPage)]
        storeys = []
        for page, claimed, verified in zip(levels, card.claimed.levels, card.verified.levels, strict=True):
            shares = (1, claimed.achievement, verified.achievement)
            outlines = [_outline(page.n - 1, share) for share in shares]
            storeys.append(Storey(page, self.voice.achievement(claimed.achievement, claimed.letter), *outlines))
        return storeys[::-1]

    @property
    def results(self) -> list[tuple[str, str, str]]:
        """The three levels: name, label, and the level as it may be shown; a dash while nothing can be said."""
        results = self.book.card.results
        return [(name, self.voice.say(name), results[name].shown if self.has_result else "–") for name in RESULTS]

    @property
    def has_result(self) -> bool:
        """Whether anything can be said yet: until its first level is rated, all would be "at least 0"."""
        return self.book.card.claimed.levels[0].rated


def _outline(index: int, share: float | None) -> str:
    """A storey of a pyramid 100 wide and 20 high, as far as it is filled, from the left."""
    points = []
    for y, up in ((20, index), (0, index + 1)):
        half = 50 * (1 - 0.9 * up / LEVELS)
        ends = [50 - half, 50 - half + 2 * half * (share or 0)]
        points += [(x, y) for x in (ends if up == index else ends[::-1])]
    return " ".join(f"{x:.1f},{y}" for x, y in points)


def html_of(template: str, voice: Voice, **given: object) -> str:
    """A template of the form's, `NAME.html.j2`, filled in; what people typed is escaped by it."""
    return _environment().get_template(f"{template}.html.j2").render(say=voice.say, t=voice.text, **given)


@cache
def _environment() -> jinja2.Environment:
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates_dir() / "form"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {
        "fields": _FIELDS,
        "opinion_fields": fields_of(Opinion),
        "languages": LANGS,
        "own_names": OWN_NAMES,
        "roles": ("everyone", *ROLES),
    }
    return environment
