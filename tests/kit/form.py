"""The form without a browser: a person who uses only the fields and buttons that are there."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from cxassess.content.reading import Content, load_content
from cxassess.content.voice import Voice
from cxassess.document.answers import Answer, Evidence, Exemption, Judgement
from cxassess.document.assessment import Assessment, Profile, Target, Unit
from cxassess.document.assessmentfile import save_assessment
from cxassess.document.sitting import Sitting
from cxassess.filling.edits import Event, edited
from cxassess.filling.widget import AssessmentForm
from cxassess.forms.page import Book, Spot
from cxassess.forms.pages import PAGES, Status, View
from cxassess.interview.entries import Edited
from cxassess.pyramid.scoring import score
from cxassess.text import Lang
from kit.answers import PAPER, F, N, proved
from kit.made import ON, rated
from kit.page import Node, read

MORNING = datetime(2026, 11, 22, 10, 31, 5)
HOSTILE = '"><img src=x onerror=alert(1)>{{7*7}}</textarea><script>'
FIELDS = ("input", "select", "textarea")


class Browser:
    """A person at the form: uses only the fields and buttons that are there."""

    def __init__(self, form: AssessmentForm) -> None:
        self.form = form

    @property
    def page(self) -> Node:
        """What the form shows."""
        return read(self.form.view["html"])

    @property
    def value(self) -> Assessment:
        """What is on screen."""
        return self.form.value

    @property
    def told(self) -> str:
        """What the form tells the person just now, above its page."""
        alerts = [node for node in self.page.all() if node.attrs.get("role") in ("alert", "status")]
        return " | ".join(node.text for node in alerts if node.attrs["class"] != "cx-alert cx-lost")

    def says(self, word: str, **values: object) -> bool:
        """Whether the form tells a word of the content, in its language."""
        return Voice(self.form.sitting.content, self.form.filling.lang).say(word, **values) in self.told

    def send(self, do: str, at: str = "", values: Mapping[str, str] | None = None) -> None:
        """An event, whether the page offers it or not."""
        self.form.take(Event(do=do, at=tuple(at.split("/")) if at else (), values=dict(values or {})))

    def go(self, page: str) -> None:
        """Open a page."""
        self.send("go", page)

    def press(self, do: str, at: str = "") -> None:
        """Press a button."""
        wanted = {"data-do": do} | ({"data-at": at} if at else {})
        assert self.page.all("button", **wanted), f"no button {do} {at}"
        self.send(do, at)

    def fill(self, at: str, values: Mapping[str, str] | None = None, *, do: str = "set", **more: str) -> None:
        """Fill in some fields of one of the page's forms, and send all of it."""
        form = self.the_form(at, do)
        sent, typed = form.values(), {**(values or {}), **more}
        unknown = set(typed) - {field.attrs.get("name") for field in form.all(*FIELDS)}
        assert not unknown, f"no field {unknown}"
        self.send(do, at, sent | typed)

    def the_form(self, at: str, do: str = "set") -> Node:
        """The one form of the page that does something with a place."""
        autosaved = self.page.all("form", data_set=at) if do == "set" else []
        (found,) = autosaved or self.page.all("form", data_do=do, data_at=at)
        return found


Opener = Callable[..., Browser]


def opener(folder: Path, content: Content) -> Opener:
    """Opens a form on a file of an assessment, or as another person on the file that is there."""
    times = iter(MORNING + timedelta(seconds=number) for number in range(10_000))

    def open_(assessment: Assessment | None = None, *, lang: Lang = "en", who: str = "sari") -> Browser:
        if assessment is not None:
            save_assessment(assessment, folder / "acme.json")
        sitting = Sitting.open(folder / "acme.json", content, who=who, clock=lambda: next(times))
        return Browser(AssessmentForm(sitting, lang=lang))

    return open_


def two(open_: Opener, assessment: Assessment) -> tuple[Browser, Browser]:
    return open_(assessment, who="sari"), open_(who="budi")


def book_of(assessment: Assessment, content: Content, *, lang: Lang = "en", **more: Any) -> Book:
    """Every page of a form over an assessment, without a file; `more` is what a person did with it."""
    return Book(
        card=score(assessment, content, on=assessment.on),
        voice=Voice(content, lang),
        earlier={},
        today=assessment.on,
        kinds=PAGES,
        **more,
    )


def html_of(book: Book, page: str) -> str:
    """A form with one of its pages open."""
    return View(book, book.page(page), Status()).html()


def page_of(assessment: Assessment, content: Content, page: str, *, lang: Lang = "en", **more: Any) -> Node:
    """One page of a form, as a test reads it."""
    return read(html_of(book_of(assessment, content, lang=lang, **more), page))


def gaps_of(book: Book) -> list[Spot]:
    """What is open on all pages."""
    return [gap for page in book.pages for gap in page.gaps]


def done(assessment: Assessment, do: str, at: str = "", values: Mapping[str, str] | None = None) -> Edited:
    """What one event makes of an assessment."""
    event = Event(do=do, at=tuple(at.split("/")) if at else (), values=dict(values or {}))
    return edited(event, assessment, _shipped())


@cache
def _shipped() -> Content:
    return load_content()


def made_case(content: Content) -> Assessment:
    """Something for every list of the review: open, unknown, contradicted, tense, partly proved, and so on."""
    first, second, _, fourth = (one.key for one in content.indicators)
    before = rated(content, "LLLLLL")
    answers = dict(before.answers) | {
        "inform-4": proved("E-01", rating="L").model_copy(update={"rating": "F"}),
        "inform-5": proved("E-01"),
        "elevate-1": Answer(state="unknown"),
    }
    answers.pop("elevate-2")
    mistakes = dict(before.mistakes) | {
        "hard-to-use": Judgement(severity=3),
        "impersonal-service": Judgement(severity=3),
        "silos": Judgement(severity=3, evidence=("E-02",)),
    }
    mistakes.pop("rude-staff")
    profile = Profile(
        organisation="Acme",
        unit=Unit(kind="outlet", name="Dago"),
        size="small",
        objective={"id": "lebih ramai", "en": "more guests"},
        customer_groups=({"id": "pelajar", "en": "students"}, "keluarga"),
        competitors=("Kopi A", "Kopi B"),
        group=("Induk", "Anak"),
        print_names=True,
        note="n",
        private="p",
    )
    return before.replaced(
        profile=profile,
        answers=answers,
        mistakes=mistakes,
        indicators={first: N, second: F, fourth: Answer(state="unknown")},
        exceptions=(
            Exemption(mistake="silos", level="resolve", reason="one till"),
            Exemption(mistake="impersonal-service", level="anticipate", reason="by name"),
        ),
        evidence=(
            PAPER.model_copy(update={"on": ON, "person": "Rini", "note": "n", "private": "p"}),
            Evidence(key="E-02", kind="interview", source="head of the shops"),
            Evidence(key="E-03", kind="document", source="brochure", on=ON),
        ),
        targets=(Target(key="T-01", level=3), Target(key="T-02", level=4, by=date(2027, 1, 31))),
    )


Gallery = dict[tuple[str, Lang, str], tuple[Assessment, Node]]
