"""The form as people meet it, without a browser: what its pages show, and that nothing typed is ever lost."""

import errno
import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from kit.answers import PAPER, F, L, N, P, proved
from kit.made import ON, blank, rated
from pydantic import BaseModel

from cxassess.content.reading import Content
from cxassess.content.voice import Voice
from cxassess.document import sitting as sitting_module
from cxassess.document.answers import Answer, Evidence, EvidenceLink, Exemption, Judgement, Sample
from cxassess.document.assessment import Assessment, Profile, Target, Unit
from cxassess.document.assessmentfile import dumps, load_assessment, save_assessment
from cxassess.document.changes import Json, Place
from cxassess.document.checking import check_assessment
from cxassess.document.sitting import Sitting
from cxassess.forms import AssessmentForm
from cxassess.forms.edits import Event, edited
from cxassess.places import examples_dir
from cxassess.text import LANGS, OWN_NAMES, Lang, Text

MORNING = datetime(2026, 11, 22, 10, 31, 5)
EXAMPLES = sorted(path.stem for path in examples_dir().glob("*.json"))
HOSTILE = '"><img src=x onerror=alert(1)>{{7*7}}</textarea><script>'
VOID = {"input", "br", "img", "hr", "meta", "link", "col", "wbr"}
FIELDS = ("input", "select", "textarea")


# --- a browser, as far as the form needs one ---


class Node:
    """A piece of HTML."""

    def __init__(self, tag: str, attrs: list[tuple[str, str | None]], parent: "Node | None") -> None:
        assert len({name for name, _ in attrs}) == len(attrs), f"{tag} has an attribute twice"
        self.tag, self.parent = tag, parent
        self.attrs = {name: value or "" for name, value in attrs}
        self.children: list[Node | str] = []

    def all(self, *tags: str, **attrs: str) -> list["Node"]:
        """Every piece in it of these tags (any, if none is named) and attributes."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attrs.items()}
        return [
            node
            for node in self._within()
            if (not tags or node.tag in tags) and wanted.items() <= node.attrs.items()
        ]

    def _within(self) -> Iterator["Node"]:
        for child in self.children:
            if isinstance(child, Node):
                yield child
                yield from child._within()

    @property
    def above(self) -> Iterator["Node"]:
        """What it stands in, the nearest first."""
        node = self.parent
        while node:
            yield node
            node = node.parent

    @property
    def text(self) -> str:
        """What one reads in it, with single spaces."""
        return " ".join("".join(self._texts()).split())

    def _texts(self) -> Iterator[str]:
        for child in self.children:
            yield from (child,) if isinstance(child, str) else (" ", *child._texts(), " ")

    def value(self) -> str | None:
        """What a field sends; None where it sends nothing."""
        if self.tag == "select":
            options = self.all("option")
            chosen = [option for option in options if "selected" in option.attrs] or options
            return chosen[0].attrs.get("value", chosen[0].text)
        if self.tag == "textarea":
            return "".join(self._texts()).removeprefix("\n")
        is_off = self.attrs.get("type") in ("radio", "checkbox") and "checked" not in self.attrs
        return None if is_off else self.attrs.get("value", "")

    def values(self) -> dict[str, str]:
        """What a form sends, as form.js joins it."""
        found: dict[str, str] = {}
        for field in self.all("input", "select", "textarea"):
            name, value = field.attrs.get("name"), field.value()
            if name and value is not None:
                found[name] = f"{found[name]} {value}" if name in found else value
        return found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = self.here = Node("", [], None)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, attrs, self.here)
        self.here.children.append(node)
        self.here = self.here if tag in VOID else node

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.here.children.append(Node(tag, attrs, self.here))

    def handle_endtag(self, tag: str) -> None:
        assert tag == self.here.tag, f"</{tag}> ends <{self.here.tag}>"
        assert self.here.parent
        self.here = self.here.parent

    def handle_data(self, data: str) -> None:
        self.here.children.append(data)


def read(html: str) -> Node:
    """HTML as pieces; every piece must end where it should."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert reader.here is reader.root
    return reader.root


class Browser:
    """A person at the form: uses only the fields and buttons that are there."""

    def __init__(self, form: AssessmentForm) -> None:
        self.form = form

    @property
    def page(self) -> Node:
        """What is shown."""
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
        return Voice(self.form.sitting.content, self.form.lang).say(word, **values) in self.told

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


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The threads that would run beside the work; here none does."""
    threads: list[Any] = []
    monkeypatch.setattr(Thread, "start", lambda self: threads.append(self))
    return threads


Open = Callable[..., Browser]


def opener(folder: Path, content: Content) -> Open:
    """Opens a form on a file of an assessment, or as another person on the file that is there."""
    times = iter(MORNING + timedelta(seconds=number) for number in range(10_000))

    def open_(assessment: Assessment | None = None, *, lang: Lang = "en", who: str = "sari") -> Browser:
        if assessment is not None:
            save_assessment(assessment, folder / "acme.json")
        sitting = Sitting.open(folder / "acme.json", content, who=who, clock=lambda: next(times))
        return Browser(AssessmentForm(sitting, lang=lang))

    return open_


@pytest.fixture
def open_(tmp_path: Path, content: Content) -> Open:
    return opener(tmp_path, content)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "acme.json"


# --- every page of every example ---


def form_of(
    assessment: Assessment, content: Content, *, lang: Lang = "en", page: str = "profile"
) -> AssessmentForm:
    """A form just opened, without a file."""
    sitting = Sitting(Path("nowhere", "acme.json"), content, assessment, who="", clock=datetime.now)
    form = AssessmentForm(sitting, lang=lang)
    form.page = page
    return form


def page_of(assessment: Assessment, content: Content, page: str, *, lang: Lang = "en") -> Node:
    return read(form_of(assessment, content, lang=lang, page=page)._shown().html())


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
        targets=(Target(level=3), Target(level=4, by=date(2027, 1, 31))),
    )


Gallery = dict[tuple[str, Lang, str], tuple[Assessment, Node]]


@pytest.fixture(scope="module")
def gallery(content: Content) -> Gallery:
    """Every page of every example in both languages, and of two made cases."""
    cases = {name: load_assessment(examples_dir() / f"{name}.json", content) for name in EXAMPLES}
    cases |= {"blank": blank(content), "made": made_case(content)}
    found: Gallery = {}
    for name, one in cases.items():
        for lang in LANGS:
            form = form_of(one, content, lang=lang)
            for page in form._shown().pages:
                form.page = page
                found[name, lang, page] = one, read(form._shown().html())
    return found


def test_every_page_renders(gallery: Gallery) -> None:
    """Twelve pages, two languages, every example; nothing undefined, unfilled or without a value is on them."""
    assert len(gallery) == (len(EXAMPLES) + 2) * 2 * 12
    for where, (_, page) in gallery.items():
        assert page.all("h3")[0].text, where
        assert not {"None", "True", "False"} & set(pieces(page)), where
        assert not re.search(r"[{}]|Undefined", page.text), where


def texts(model: BaseModel) -> Iterator[Text]:
    """Every text within a model."""
    if isinstance(model, Text):
        yield model
    for name in type(model).model_fields:
        value = getattr(model, name)
        for one in (
            value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else [value]
        ):
            if isinstance(one, BaseModel):
                yield from texts(one)


def pieces(page: Node) -> Iterator[str]:
    """Each run of text that one reads or hears."""
    for node in page.all():
        yield " ".join(" ".join(child for child in node.children if isinstance(child, str)).split())
        yield from (node.attrs[name] for name in ("aria-label", "title", "alt") if name in node.attrs)


def test_nothing_is_left_untranslated(gallery: Gallery, content: Content) -> None:
    """No page says in one language what the content says in the other, nor shows a key in place of its name."""
    every = list(texts(content))
    keys = {key for key in (*content.words, *content.by_key, *content.evidence_kinds) if "-" in key}
    keys |= {mistake.key for mistake in content.mistakes} | {one.key for one in content.indicators}
    keys |= {"not-applicable", "not-offered", "no-such-channel", "legally-excluded"}
    for (name, lang, page), (assessment, node) in gallery.items():
        own = {text.in_(lang) for text in every} | set(OWN_NAMES.values())
        (other,) = set(LANGS) - {lang}
        foreign = {text.in_(other) for text in every} - own
        told = {piece for piece in pieces(node) if piece}
        typed = dumps(assessment)
        assert not {piece for piece in told & foreign if piece not in typed}, (name, lang, page)
        assert not told & keys, (name, lang, page)


def test_a_form_sent_as_it_stands_changes_nothing(gallery: Gallery) -> None:
    """What a page shows is what is there: no field is lost or turned into something else on the way."""
    for where, (assessment, page) in gallery.items():
        for form in page.all("form"):
            if at := form.attrs.get("data-set"):
                event = Event(do="set", at=tuple(at.split("/")), values=form.values())
                assert edited(event, assessment) == (assessment, ""), (where, at)


def test_every_field_has_a_name(gallery: Gallery) -> None:
    """By a label or an aria-label; every group of choices has a legend, every button a text."""
    for where, (_, page) in gallery.items():
        labels = {label.attrs.get("for"): label.text for label in page.all("label")}
        for field in page.all(*FIELDS, "progress"):
            if field.attrs.get("type") != "hidden":
                around = [node.text for node in field.above if node.tag == "label"]
                name = field.attrs.get("aria-label") or labels.get(field.attrs.get("id")) or "".join(around)
                assert name, (where, field.attrs)
        for fieldset in page.all("fieldset"):
            first = next(child for child in fieldset.children if isinstance(child, Node))
            assert (first.tag, bool(first.text)) == ("legend", True), where
        for button in page.all("button", "summary"):
            assert button.attrs.get("aria-label") or button.text, (where, button.attrs)


def test_choices_of_a_question_are_one_group(gallery: Gallery) -> None:
    """One name a form, within its fieldset, at most one chosen; and no form stands in a form."""
    for where, (_, page) in gallery.items():
        for form in page.all("form"):
            radios = form.all("input", type="radio")
            assert len({radio.attrs["name"] for radio in radios}) <= 1, where
            assert sum("checked" in radio.attrs for radio in radios) <= 1, where
            assert all(any(node.tag == "fieldset" for node in radio.above) for radio in radios), where
            assert not form.all("form"), where
        for one in page.all("input", type="radio"):
            assert any(node.tag == "form" for node in one.above), where


def test_ids_are_unique_and_found(gallery: Gallery) -> None:
    """Each once a page, and whatever a label or an aria attribute points to is there."""
    for where, (_, page) in gallery.items():
        ids = [node.attrs["id"] for node in page.all() if "id" in node.attrs]
        assert len(ids) == len(set(ids)), where
        for node in page.all():
            for name in ("for", "aria-labelledby", "aria-describedby"):
                for target in node.attrs.get(name, "").split():
                    assert target in ids, (where, name, target)


def test_every_way_leads_somewhere(gallery: Gallery) -> None:
    """A button to a place finds that place on its page."""
    ids = {where: {node.attrs.get("id") for node in page.all()} for where, (_, page) in gallery.items()}
    lost = set()
    for (name, lang, page), (_, node) in gallery.items():
        for button in node.all("button", data_do="go"):
            to, _, anchor = button.attrs["data-at"].partition("/")
            if anchor and anchor not in ids[name, lang, to]:
                lost.add((name, page, to, anchor))
    assert lost == set()


def test_languages_are_named(gallery: Gallery) -> None:
    """The form says its language, and a field that of its text."""
    for (_, lang, _), (_, page) in gallery.items():
        assert page.all("div", class_="cx-shell")[0].attrs["lang"] == lang
        (pressed,) = page.all("button", data_do="lang", aria_pressed="true")
        assert pressed.attrs["data-at"] == lang
        for area in page.all("textarea"):
            _, dot, version = area.attrs["name"].partition(".")
            assert not dot or area.attrs["lang"] == version


# --- the way through ---


def test_thirty_questions_without_evidence(open_: Open, content: Content, file: Path) -> None:
    """From one open question to the next, nothing else is asked for; each rated is one less open."""
    browser = open_(blank(content))
    for number in range(30):
        (all_,) = browser.page.all("label", for_="cx-overall")
        assert all_.text == Voice(content, "en").say("form-progress", done=number, all=45)
        before = browser.form._shown().open_items
        key = next(q.key for q in content.questions if q.key not in browser.value.answers)
        browser.go(content.by_key[key].level)
        (button,) = browser.page.all("button", class_="cx-next")
        assert button.attrs["data-at"] == f"{content.by_key[key].level}/cx-answers-{key}"
        browser.fill(f"answers/{key}", choice="L")
        after = browser.form._shown().open_items
        assert [one.anchor for one in before if one not in after] == [f"cx-answers-{key}"]
        assert len(after) == len(before) - 1
    saved = load_assessment(file, content)
    assert ({answer.state for answer in saved.answers.values()}, saved.evidence) == ({"rated"}, ())


def test_the_open_things_lead_round(open_: Open, content: Content) -> None:
    """The next open one is on this page or after it, then from the start; when all is answered, none is left."""
    browser = open_(blank(content))
    browser.go("mistakes")
    pages = []
    while found := browser.page.all("button", class_="cx-next"):
        page, anchor = found[0].attrs["data-at"].split("/")
        browser.press("go", f"{page}/{anchor}")
        pages.append(page)
        left = len(browser.form._shown().open_items)
        place = next(
            (p for p in ("answers", "mistakes", "indicators") if anchor.startswith(f"cx-{p}-")), "profile"
        )
        if place == "profile":
            field = anchor.removeprefix("cx-profile-")
            browser.fill("profile", {"size": "small"} if field == "size" else {f"{field}.en": "typed"})
        else:
            key = anchor.removeprefix(f"cx-{place}-")
            browser.fill(f"{place}/{key}", choice="0" if place == "mistakes" else "unknown")
        assert len(browser.form._shown().open_items) == left - 1
    assert list(dict.fromkeys(pages)) == ["mistakes", "indicators", "profile", *content.level_keys]
    assert len(pages) == 48
    assert browser.page.all("progress")[0].attrs == {"id": "cx-overall", "max": "45", "value": "45"}
    assert browser.form._shown().next_open() is None


def test_pages_turn(gallery: Gallery, content: Content) -> None:
    """At its foot a page leads to the one before and the one after it, by name."""
    pages = ["profile", *content.level_keys, "mistakes", "indicators", "evidence", "review", "result"]
    titles = [gallery["made", "en", page][1].all("h3")[0].text for page in pages]
    for n, page in enumerate(pages):
        ways = gallery["made", "en", page][1].all("p", class_="cx-turn")[0].all("button", data_do="go")
        around = [i for i in (n - 1, n + 1) if 0 <= i < len(pages)]
        assert [way.attrs["data-at"] for way in ways] == [pages[i] for i in around]
        assert [way.text.strip("←→ ") for way in ways] == [titles[i] for i in around]


def test_progress_of_a_page(content: Content) -> None:
    """Unknown and not applicable are answers; a note alone is none."""
    answers = {
        "inform-1": L,
        "inform-2": Answer(state="unknown"),
        "inform-4": Answer(state="not-applicable", reason="not-offered", note="n"),
        "inform-5": Answer(state="unanswered", note="n"),
    }
    key = content.indicators[1].key
    one = blank(content, answers=answers, mistakes={"silos": Judgement(severity=0)}, indicators={key: P})
    form = form_of(one, content)._shown()
    found = {page: form.progress(page) for page in form.pages}
    assert {page: tuple(told) for page, told in found.items() if told} == {
        "inform": (3, 5),
        **dict.fromkeys(content.level_keys[1:], (0, 5)),
        "mistakes": (1, 11),
        "indicators": (1, 4),
    }
    assert form.progress() == (5, 45)
    page = read(form.html())
    assert page.all("progress")[0].attrs == {"id": "cx-overall", "max": "45", "value": "5"}
    told = [node.text for node in page.all("span") if "cx-count" in node.attrs.get("class", "").split()]
    assert told == ["0/5", "0/5", "0/5", "0/5", "0/5", "3/5", "1/11", "1/4"]


def test_the_pyramid_is_filled_as_it_stands(content: Content) -> None:
    """Top first, claimed and verified by width; the three results beside it as the card has them."""
    one = rated(content, "FFNNNN").replaced(evidence=(PAPER.model_copy(update={"on": ON}),))
    for key in ("inform-1", "inform-2", "inform-3", "inform-4", "inform-5"):
        one = one.answer(key, proved("E-01", rating="F"))
    page = page_of(one, content, "profile")
    storeys = [
        {
            p.attrs["class"]: [float(x) for x in re.findall(r"([\d.]+),", p.attrs["points"])]
            for p in svg.all("polygon")
        }
        for svg in page.all("svg")
    ]
    names = [button.attrs["data-at"] for button in page.all("ul", class_="cx-storeys")[0].all("button")]
    assert names == list(content.level_keys)[::-1]
    top, resolve, inform = storeys[0], storeys[-2], storeys[-1]
    assert inform["cx-outline"] == inform["cx-fill-claimed"] == inform["cx-fill-verified"]
    assert inform["cx-outline"][0] == 0
    assert max(top["cx-outline"]) < 70
    assert resolve["cx-fill-claimed"] == resolve["cx-outline"]
    assert len(set(resolve["cx-fill-verified"])) == len(set(top["cx-fill-claimed"])) == 2
    results = [node.text for node in page.all("dl", class_="cx-results")[0].all("dd")]
    assert results == ["2", "2", "1"]


def test_a_result_that_cannot_be_said_yet(content: Content) -> None:
    """At least level 3 is said as that; nothing rated is no level 0."""
    for one, wanted in ((blank(content), "–"), (rated(content, "FFFNNN"), "3")):
        assert page_of(one, content, "profile").all("dl", class_="cx-results")[0].all("dd")[0].text == wanted
    answers = {key: answer for key, answer in rated(content, "FFFFNN").answers.items() if "anticipate" not in key}
    page = page_of(blank(content, answers=answers), content, "profile")
    assert page.all("dl", class_="cx-results")[0].all("dd")[0].text == "≥ 3"


def test_review(content: Content) -> None:
    """A list for everything that is open, does not fit or is not proved, with the ways there."""
    page = page_of(made_case(content), content, "review")
    lists = {
        section.attrs["id"].removeprefix("cx-"): [b.attrs["data-at"] for b in section.all("button")]
        for section in page.all("section", class_="cx-review")
    }
    first, _, third, _ = (one.key for one in content.indicators)
    unproved = lists.pop("form-review-unproved")
    assert {name: [at.partition("/")[2] for at in found] for name, found in lists.items()} == {
        "form-review-profile": ["cx-profile-trade"],
        "missing-answers": ["cx-answers-elevate-2"],
        "missing-mistakes": ["cx-mistakes-rude-staff"],
        "form-review-indicators": [f"cx-indicators-{third}"],
        "form-review-unknown": ["cx-answers-elevate-1"],
        "form-review-contradictions": ["cx-mistakes-silos", "cx-mistakes-hard-to-use"],
        "form-review-tensions": [f"cx-indicators-{first}"],
        "form-review-partly": ["cx-answers-inform-4"],
        "form-review-undated": ["cx-evidence-E-02"],
        "form-review-unused": ["cx-evidence-E-03"],
    }
    assert len(unproved) == 26
    assert not {"inform/cx-answers-inform-4", "inform/cx-answers-inform-5"} & set(unproved)
    counts = [int(node.text) for node in page.all("section") for node in node.all("span", class_="cx-count")]
    assert counts == [len(section.all("li")) for section in page.all("section", class_="cx-review")]
    (item,) = page.all("section", id="cx-form-review-partly")[0].all("li")
    assert item.text == f"1. {content.by_key['inform-4'].name.en}"


def test_review_of_a_finished_one(content: Content) -> None:
    """Says so, and has no list."""
    answers = {key: proved("E-01") for key in rated(content, "LLLLLL").answers}
    profile = blank(content).profile.model_copy(update={"trade": "a", "size": "small", "objective": "b"})
    indicators = {one.key: L for one in content.indicators}
    done = rated(content, "LLLLLL").replaced(
        answers=answers, indicators=indicators, evidence=(PAPER.model_copy(update={"on": ON}),), profile=profile
    )
    page = page_of(done, content, "review")
    assert Voice(content, "en").say("form-all-done") in page.text
    assert not page.all("section")


# --- where things do not fit ---


def test_a_contradiction_is_shown_where_it_arises(content: Content) -> None:
    """On its level and under its mistake: why, what it caps, and the ways out."""
    case = made_case(content)
    because = next(link.because.en for link in content.mistake("hard-to-use").contradicts)
    on_level = page_of(case, content, "inform").all(id="cx-contradiction-hard-to-use-inform")[0]
    for words in (
        content.mistake("hard-to-use").name.en,
        "3 – systemic",
        "claimed at L",
        because,
        "50%",
        Voice(content, "en").say("form-ways-out"),
    ):
        assert words in on_level.text
    assert [b.attrs["data-at"] for b in on_level.all("button")] == ["mistakes/cx-mistakes-hard-to-use"]
    mistakes = page_of(case, content, "mistakes")
    on_mistake = mistakes.all(id="cx-contradiction-hard-to-use-inform")[0]
    assert any(node.attrs.get("id") == "cx-mistakes-hard-to-use" for node in on_mistake.above)
    for words in (
        "1. Relevant information",
        "claimed at L",
        because,
        "50%",
        Voice(content, "en").say("form-ways-out"),
    ):
        assert words in on_mistake.text
    assert on_mistake.all("button", data_do="go", data_at="inform")
    assert on_mistake.all("form", data_do="set", data_at="exceptions/hard-to-use/inform")
    assert {
        node.attrs["id"] for node in mistakes.all("div") if "cx-contradiction" in node.attrs.get("class", "")
    } == {
        f"cx-contradiction-{pair}"
        for pair in ("impersonal-service-anticipate", "silos-resolve", "silos-respond", "hard-to-use-inform")
    }
    storeys = page_of(case, content, "profile").all("ul", class_="cx-storeys")[0].all("button")
    told = {b.attrs["data-at"] for b in storeys if "contradicted" in b.text}
    assert {"inform", "respond"} <= told
    assert not {"predict", "elevate"} & told


def test_an_exception_is_shown(content: Content) -> None:
    """With its reason, that proof is wanting until there is some, and how to withdraw it."""
    case = made_case(content)
    unproved = page_of(case, content, "mistakes").all(id="cx-contradiction-silos-resolve")[0]
    assert Voice(content, "en").say("form-ways-out") not in unproved.text
    assert Voice(content, "en").say("contradiction-unproved") in unproved.text
    assert unproved.all("form", data_set="exceptions/silos/resolve")[0].values()["reason.id"] == "one till"
    assert unproved.all("button", data_do="remove", data_at="exceptions/silos/resolve")
    assert unproved.all("button", data_do="link", data_at="exceptions/silos/resolve/E-01")
    linked = case.exceptions[0].model_copy(update={"evidence": ("E-01",)})
    proved_ = page_of(case.replaced(exceptions=(linked,)), content, "mistakes")
    (box,) = proved_.all(id="cx-contradiction-silos-resolve")
    assert Voice(content, "en").say("contradiction-unproved") not in box.text
    assert box.all("button", data_do="unlink", data_at="exceptions/silos/resolve/E-01")
    assert not box.all("button", data_do="link", data_at="exceptions/silos/resolve/E-01")


def test_an_exception_that_excepts_nothing_can_be_withdrawn(content: Content) -> None:
    """The severity was lowered since: its reason and its evidence are still in the file."""
    case = made_case(content).judge("silos", Judgement(severity=1))
    page = page_of(case, content, "mistakes")
    assert page.all("button", data_do="remove", data_at="exceptions/silos/resolve")


def test_a_tension_is_shown_where_it_arises(content: Content) -> None:
    """At its indicator and on the level claimed, each with the way to the other."""
    case, key = made_case(content), content.indicators[0].key
    (box,) = page_of(case, content, "indicators").all("div", class_="cx-tension")
    assert content.indicators[0].name.en in box.text
    assert Voice(content, "en").say("form-tension-ways") in box.text
    assert [b.attrs["data-at"] for b in box.all("button")] == ["predict"]
    (box,) = page_of(case, content, "predict").all("div", class_="cx-tension")
    assert [b.attrs["data-at"] for b in box.all("button")] == [f"indicators/cx-indicators-{key}"]
    assert not page_of(case, content, "anticipate").all("div", class_="cx-tension")


def test_how_far_evidence_carries(content: Content) -> None:
    """Proved, proved for a lower rating only, not proved; nothing where nothing is linked."""
    case = made_case(content).answer("inform-1", proved("E-02"))
    page = page_of(case, content, "inform")
    told = {
        key: [p.text for p in page.all("section", id=f"cx-answers-{key}")[0].all("p") if _is_proof(p)]
        for key in ("inform-1", "inform-2", "inform-4", "inform-5")
    }
    assert told == {
        "inform-1": ["Not proved."],
        "inform-2": [],
        "inform-4": ["Current evidence supports L only."],
        "inform-5": ["Proved."],
    }


def _is_proof(node: Node) -> bool:
    return "cx-proof" in node.attrs.get("class", "").split()


@pytest.mark.parametrize(
    ("k", "n", "told"),
    [
        (22, 30, "22 of 30 (73.3%), shows L."),
        (27, 30, "27 of 30 (90%), points to F; about 34 more"),
        (1, 2, "lies too close to the limit"),
    ],
)
def test_what_a_sample_says(content: Content, k: int, n: int, told: str) -> None:
    """Its band, and how many more would settle it."""
    link = EvidenceLink(evidence="E-01", sample=Sample(k=k, n=n))
    case = made_case(content).answer("inform-5", L.model_copy(update={"evidence": (link,)}))
    (item,) = page_of(case, content, "inform").all("li", id="cx-answers-inform-5-link-E-01")
    assert told in item.text
    assert {field.attrs["name"] for field in item.all(*FIELDS)} == {"k.E-01", "n.E-01"}


def test_what_an_answer_was(open_: Open, content: Content) -> None:
    """Its last choice, when and by whom it was changed; a note written since does not hide it."""
    browser, place = open_(blank(content)), "answers/inform-1"
    browser.go("inform")
    browser.fill(place, choice="L")
    assert all(not span.text for p in browser.page.all("p", class_="cx-before") for span in p.all("span"))
    other = open_(who="budi")
    other.go("inform")
    other.fill(place, choice="F")
    other.fill(place, {"note.en": "since March"})
    browser.send("look")
    for lang, rating, day in (
        ("en", "L – largely", "22 November 2026"),
        ("id", "L – sebagian besar", "22 November 2026"),
    ):
        browser.press("lang", lang)
        (told,) = browser.page.all("p", class_="cx-before")
        for words in (rating, day, "budi"):
            assert words in told.text
    browser.go("mistakes")
    for severity in "20":
        browser.fill("mistakes/silos", choice=severity)
    (told,) = browser.page.all("p", class_="cx-before")
    assert "2 – berulang" in told.text
    assert "sari" in told.text


# --- what can be typed ---


@pytest.mark.parametrize(
    ("note", "reports", "lang", "offered"),
    [
        (None, ("id", "en"), "en", ["en", "id"]),
        (None, ("id",), "id", ["id"]),
        ("antre", ("id",), "id", ["id"]),
        ("antre", ("id",), "en", ["id"]),
        ("antre", ("id", "en"), "en", ["id", "en"]),
        ({"en": "queue"}, ("id",), "id", ["en", "id"]),
        ({"id": "antre", "en": "queue"}, ("id",), "en", ["en", "id"]),
    ],
)
def test_a_note_is_offered_in_the_languages_it_needs(
    content: Content, note: Any, reports: tuple[Lang, ...], lang: Lang, offered: list[str]
) -> None:
    """The version that is shown first, then those that are there or that reports need; an empty one is folded."""
    profile = blank(content).profile.model_copy(update={"report_languages": reports})
    answers = {"inform-1": Answer(state="unanswered", note=note)} if note else {}
    page = page_of(blank(content, profile=profile, answers=answers), content, "inform", lang=lang)
    areas = [a for a in page.all("section", id="cx-answers-inform-1")[0].all("textarea") if "lang" in a.attrs]
    assert [area.attrs["lang"] for area in areas] == offered
    folded = [area.attrs["lang"] for area in areas if any(node.tag == "details" for node in area.above)]
    assert folded == [area.attrs["lang"] for area in areas[1:] if not area.value()]


def test_evidence_can_be_linked_once_rated(content: Content) -> None:
    """All that is not linked yet, the newest first; before that, it is said what is needed."""
    case = made_case(content)
    page = page_of(case, content, "inform")
    links = page.all("section", id="cx-answers-inform-5")[0].all("button", data_do="link")
    assert [b.attrs["data-at"] for b in links] == ["answers/inform-5/E-03", "answers/inform-5/E-02"]
    assert page.all("form", data_do="add-evidence", data_at="answers/inform-5")
    (unknown,) = page_of(case, content, "elevate").all("section", id="cx-answers-elevate-1")
    assert Voice(content, "en").say("form-rate-first") in unknown.text
    assert not unknown.all("button", data_do="link")


def test_a_piece_of_evidence_says_what_it_is_for(content: Content) -> None:
    """Where it is used, what it lacks, how long it counts."""
    page = page_of(made_case(content), content, "evidence")
    one, two, three = (page.all("details", id=f"cx-evidence-E-0{n}")[0] for n in (1, 2, 3))
    assert [b.text for b in one.all("button", data_do="go")] == [
        content.by_key[key].name.en for key in ("inform-4", "inform-5")
    ]
    assert [b.attrs["data-at"] for b in two.all("button", data_do="go")] == ["mistakes/cx-mistakes-silos"]
    assert Voice(content, "en").say("form-unused") in three.text
    assert ("open" in one.attrs, "open" in two.attrs) == (False, True)
    assert "E2" in one.all("summary")[0].text


def test_a_core_question_always_applies(open_: Open, content: Content, file: Path) -> None:
    """Not applicable is not offered; sent all the same it is refused in words, and work goes on."""
    browser = open_(blank(content))
    browser.go("inform")
    core = browser.the_form("answers/inform-3")
    assert not core.all("input", value="not-applicable")
    assert Voice(content, "en").say("form-core-hint") in core.text
    assert browser.the_form("answers/inform-1").all("input", value="not-applicable")
    values = {"choice": "not-applicable", "reason": "not-offered", "note.id": "n"}
    browser.send("set", "answers/inform-3", values)
    assert "core question" in browser.told
    browser.fill("answers/inform-1", choice="L")
    assert load_assessment(file, content).answers == {"inform-1": L}


def test_an_entry_that_waits_is_told(open_: Open, content: Content) -> None:
    """What it still needs, in the language of the form, until the next event."""
    browser = open_(blank(content), lang="id")
    browser.go("inform")
    browser.fill("answers/inform-1", choice="not-applicable")
    assert browser.says("form-needs-why")
    assert browser.form.view["refused"]
    browser.fill("answers/inform-1", {"choice": "not-applicable", "reason": "not-offered", "note.id": "n"})
    assert not browser.says("form-needs-why")
    assert browser.value.answer_to("inform-1").state == "not-applicable"


def test_an_answer_can_be_cleared(open_: Open, content: Content, file: Path) -> None:
    """By a button that is there once there is an answer; its note stays."""
    browser = open_(blank(content))
    browser.go("inform")
    assert not browser.page.all("button", data_do="clear")
    browser.fill("answers/inform-1", {"choice": "L", "note.en": "seen"})
    browser.press("clear", "answers/inform-1")
    assert load_assessment(file, content).answer_to("inform-1") == Answer(state="unanswered", note={"en": "seen"})
    browser.go("mistakes")
    browser.fill("mistakes/silos", choice="2")
    browser.press("clear", "mistakes/silos")
    assert browser.value.mistakes == {}


def test_the_client_view_is_another_look(open_: Open, content: Content, file: Path) -> None:
    """It changes nothing else, and goes as it came."""
    browser = open_(made_case(content))
    before, on_disk = browser.form.view["html"], file.read_bytes()
    browser.press("client")
    assert browser.page.all("div", class_="cx-shell cx-discreet")
    assert browser.page.all("button", data_do="client", aria_pressed="true")
    browser.press("client")
    assert (browser.form.view["html"], file.read_bytes()) == (before, on_disk)


def test_another_language_is_the_same_page(open_: Open, content: Content, file: Path) -> None:
    """Nothing is lost, saved or moved by it."""
    browser = open_(made_case(content))
    browser.go("resolve")
    before, focus, on_disk = browser.value, browser.form.view["focus"], file.read_bytes()
    fields = [form.values() for form in browser.page.all("form", class_="") if "data-set" in form.attrs]
    english = browser.page.all("h3")[0].text
    browser.press("lang", "id")
    assert browser.page.all("h3")[0].text != english
    assert browser.form.page == "resolve"
    assert (browser.value, browser.form.view["focus"], file.read_bytes()) == (before, focus, on_disk)
    assert [f.values() for f in browser.page.all("form", class_="") if "data-set" in f.attrs] == fields
    browser.press("lang", "en")
    assert browser.page.all("h3")[0].text == english


def test_private_notes_are_for_the_consultant(content: Content) -> None:
    """The form shows them where they were written."""
    case = made_case(content).answer("inform-1", L.model_copy(update={"private": "doubtful"}))
    (form,) = page_of(case, content, "inform").all("form", data_set="answers/inform-1")
    assert form.values()["private"] == "doubtful"


# --- hostile text ---


def hostile(open_: Open, content: Content) -> Browser:
    """A form into whose every field somebody typed the same hostile text."""
    browser = open_(rated(content, "LLLLLL").judge("silos", Judgement(severity=3)), who=HOSTILE)
    text = {
        f"{name}.{lang}": HOSTILE for name in ("note", "source", "reason", "trade", "objective") for lang in LANGS
    }
    text |= dict.fromkeys(("private", "person", "organisation", "unit_name"), HOSTILE)
    text |= dict.fromkeys(("group", "customer_groups", "competitors"), f"{HOSTILE}\n{HOSTILE}")
    text |= {"unit": "outlet", "on": "2026-03-31"}
    browser.go("evidence")
    browser.fill("", {"kind": "document", "source.en": HOSTILE}, do="add-evidence")
    browser.send("link", "answers/inform-1/E-01")
    browser.send("link", "mistakes/silos/E-01")
    browser.send("set", "exceptions/silos/resolve", {"reason.en": HOSTILE})
    for page in browser.form._shown().pages:
        browser.go(page)
        for form in browser.page.all("form"):
            if at := form.attrs.get("data-set"):
                names = {field.attrs.get("name") for field in form.all(*FIELDS)}
                browser.fill(at, {name: typed for name, typed in text.items() if name in names})
    browser.send("set", "answers/inform-1", {"choice": "F"})
    return browser


def test_hostile_text_stays_text(open_: Open, content: Content) -> None:
    """In every field a person can type into, on every page, in both languages, and where two people clash."""
    browser = hostile(open_, content)
    assert not browser.form.view["refused"]
    dumped = dumps(browser.value)
    assert dumped.count(json.dumps(HOSTILE)[1:-1]) > 150
    other = open_(who="budi")
    theirs = {"organisation": f"2{HOSTILE}", "trade": dict.fromkeys(LANGS, f"2{HOSTILE}")}
    other.form.value = other.value.replaced(profile=other.value.profile.model_copy(update=theirs))
    for at in ("profile", "answers/inform-1"):
        browser.send("set", at, {"organisation": f"3{HOSTILE}", "trade.en": f"3{HOSTILE}"})
    assert browser.page.all("button", data_do="mine")
    for lang in LANGS:
        browser.press("lang", lang)
        for page in browser.form._shown().pages:
            browser.go(page)
            node = browser.page
            assert not node.all("img", "script", "iframe", "object"), page
            assert not [name for one in node.all() for name in one.attrs if name.startswith("on")], page
            assert HOSTILE in node.all("h2")[0].text
            assert HOSTILE in node.all("dl")[0].text
            assert "49" not in node.all("h2")[0].text
            areas = [area for area in node.all("textarea") if area.attrs["name"] != "reason"]
            assert all(HOSTILE in (area.value() or "") for area in areas if _is_typed(area)), page


def _is_typed(area: Node) -> bool:
    """Whether it is a field of an entry that is there, not of one that could be made."""
    form = next(node for node in area.above if node.tag == "form")
    return "data-set" in form.attrs


# --- size ---


def test_sixty_pieces_of_evidence(content: Content) -> None:
    """Every page still renders, and what is sent with each event stays under a quarter of a megabyte."""
    case = load_assessment(examples_dir() / "kopi-lereng.json", content)
    more = tuple(
        Evidence(key=f"E-{n:02d}", kind="document", source=f"Minutes of the meeting of shop managers, {n}", on=ON)
        for n in range(len(case.evidence) + 1, 61)
    )
    case = case.replaced(evidence=(*case.evidence, *more))
    sizes = {}
    form = form_of(case, content)
    for page in form._shown().pages:
        form.page = page
        sizes[page] = len(form._shown().html().encode())
    assert max(sizes.values()) < 250_000, sizes


# --- anything a person may do ---

WORDS = ["", "a", " b\nc", HOSTILE, "2026-03-01", "3"]


def _act(browser: Browser, data: st.DataObject) -> None:
    """Press a button or fill in a form of the page as it stands."""
    page = browser.page
    buttons = [one for one in page.all("button") if one.attrs.get("data-do") not in (None, "copy")]
    forms = page.all("form")
    index = data.draw(st.integers(0, len(buttons) + 3 * len(forms) - 1))
    if index < len(buttons):
        return browser.press(buttons[index].attrs["data-do"], buttons[index].attrs.get("data-at", ""))
    form = forms[(index - len(buttons)) % len(forms)]
    values = form.values()
    for pick in data.draw(st.lists(st.integers(0, 10**4), min_size=1, max_size=3)):
        fields = form.all(*FIELDS)
        field = fields[pick % len(fields)]
        some = [option.attrs.get("value", option.text) for option in field.all("option")] or WORDS
        is_choice = field.attrs.get("type") in ("radio", "checkbox", "hidden")
        values[field.attrs["name"]] = field.attrs["value"] if is_choice else some[pick % len(some)]
    at = form.attrs.get("data-set", form.attrs.get("data-at", ""))
    return browser.send(form.attrs.get("data-do", "set"), at, values)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_anything_two_people_do(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory, content: Content
) -> None:
    """Every event is done or refused, what is on screen is what is in the file, and it fits its content."""
    open_ = opener(tmp_path_factory.mktemp("any"), content)
    sari, budi = two(open_, made_case(content))
    for _ in range(data.draw(st.integers(1, 8))):
        one = data.draw(st.sampled_from([sari, sari, budi]))
        _act(one, data)
        one.send("look")
        check_assessment(one.value, content)
        assert load_assessment(one.form.sitting.path, content) == one.value
        assert not one.form.view["unsaved"]
        assert not one.page.all("img", "script")


# --- what the form does not know ---


def full(*_: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_link_to_evidence_that_is_gone(open_: Open, content: Content) -> None:
    """Another has removed it: refused in words, and work goes on."""
    for at in ("answers/inform-1", "mistakes/silos"):
        browser = open_(rated(content, "LLLLLL"))
        browser.send("link", f"{at}/E-01")
        assert "E-01" in browser.told
        browser.send("set", "answers/inform-2", {"choice": "F"})
        assert browser.form.sitting.assessment.answer_to("inform-2") == F


@pytest.mark.parametrize(
    ("do", "at"),
    [
        ("nonsense", ""),
        ("nonsense", "answers/inform-1"),
        ("set", "nonsense/x"),
        ("set", "answers/no-such"),
        ("set", "mistakes/no-such"),
        ("set", "indicators/no-such"),
        ("set", "exceptions/no-such/inform"),
        ("set", "commentary/no-such"),
        ("link", "answers/no-such/E-01"),
        ("remove", "nonsense"),
        ("go", "nonsense"),
    ],
)
def test_what_the_form_does_not_know_is_refused(open_: Open, content: Content, do: str, at: str) -> None:
    """In words; nothing is changed, and the next answer is saved."""
    browser = open_(rated(content, "LLLLLL").replaced(evidence=(PAPER,)))
    before, told = browser.value, browser.told
    browser.send(do, at, {"choice": "3" if at.startswith("mistakes") else "L", "reason.id": "r"})
    assert browser.value == before
    assert browser.told != told
    browser.send("set", "answers/inform-1", {"choice": "F"})
    assert browser.form.sitting.assessment.answer_to("inform-1") == F


# --- saving ---


def test_setting_the_value_saves_it(open_: Open, content: Content, file: Path) -> None:
    """And shows it."""
    browser = open_(blank(content))
    browser.form.value = browser.value.replaced(private="seen").answer("inform-1", L)
    assert load_assessment(file, content) == browser.value == browser.form.sitting.assessment
    assert browser.says("form-saved", time="10:31:05")
    browser.go("inform")
    assert browser.the_form("answers/inform-1").values()["choice"] == "L"


def test_every_browser_is_told(open_: Open, content: Content, monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands after an event, and after a value set by a notebook."""
    form, sent = open_(blank(content)).form, []
    monkeypatch.setattr(AssessmentForm, "send", lambda self, told: sent.append(told))
    form.take(Event(do="go", at=("inform",)))
    form.value = form.value.answer("inform-1", L)
    assert [told["html"] for told in sent] == [sent[0]["html"], form.view["html"]]
    assert sent[0] != sent[1]


def test_an_event_is_acknowledged(open_: Open, content: Content) -> None:
    """By browser and number, refused ones too: else it would be sent again."""
    form = open_(blank(content)).form
    form.take(Event(do="set", at=("answers", "inform-1"), values={"choice": "L"}, client="a", seq=3))
    form.take(Event(do="nonsense", client="b", seq=1))
    assert form.view["acks"] == {"a": 3, "b": 1}
    assert form.view["refused"]
    form.take(Event(do="set", at=("answers", "inform-1"), values={"choice": "F"}, client="a", seq=4))
    assert (form.view["acks"], form.view["refused"]) == ({"a": 4, "b": 1}, False)


@pytest.mark.usefixtures("started")
def test_a_message_is_an_event(open_: Open, content: Content) -> None:
    """What a browser sends, as it sends it."""
    form = open_(blank(content)).form
    message = {"do": "set", "at": ["answers", "inform-1"], "values": {"choice": "P"}, "client": "c", "seq": 1}
    form._handle_custom_msg(json.loads(json.dumps(message)), [])
    assert form.value.answer_to("inform-1") == P


def _gone(file: Path, _: pytest.MonkeyPatch) -> None:
    file.rename(file.with_suffix(".away"))


def _locked(file: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(os, "access", lambda path, mode: (path, mode) != (file, os.W_OK))


def _full(_: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(sitting_module, "write_whole", full)


def _held(_: Path, patch: pytest.MonkeyPatch) -> None:
    def held(*_: object) -> None:
        raise PermissionError(errno.EACCES, "in use by another program")

    patch.setattr(sitting_module, "_PAUSES", ())
    patch.setattr(sitting_module, "write_whole", held)


def _broken(_: Path, patch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    patch.setattr(sitting_module, "write_whole", broken)


@pytest.mark.parametrize(
    ("trouble", "word"),
    [
        (_gone, "form-file-gone"),
        (_locked, "form-file-read-only"),
        (_full, "form-disk-full"),
        (_held, "form-file-held"),
        (_broken, "form-unsaved-because"),
    ],
)
def test_what_cannot_be_saved_is_kept_and_told(
    open_: Open, content: Content, file: Path, trouble: Any, word: str
) -> None:
    """In both languages; changes add up on screen and in the copy, and one retry saves them all."""
    browser, before = open_(blank(content)), file.read_bytes()
    browser.go("inform")
    with pytest.MonkeyPatch.context() as patch:
        trouble(file, patch)
        browser.fill("answers/inform-1", choice="L")
        assert (browser.form.view["unsaved"], browser.form.sitting.assessment) == (True, blank(content))
        assert browser.says(word, what="[Errno 5] Input/output error")
        assert browser.says("form-not-saved")
        browser.press("lang", "id")
        assert browser.says(word, what="[Errno 5] Input/output error")
        assert browser.says("form-not-saved")
        browser.fill("answers/inform-2", {"choice": "F", "note.id": "sampel"})
        browser.press("retry")
        assert browser.form.view["unsaved"]
        assert browser.page.all("button", data_do="copy")
        wanted = blank(content).answer("inform-1", L).answer("inform-2", F.model_copy(update={"note": "sampel"}))
        assert browser.value == wanted
        assert Assessment.model_validate_json(browser.form.view["copy"]) == wanted
    (file if file.exists() else file.with_suffix(".away")).rename(file)
    assert file.read_bytes() == before
    browser.press("retry")
    assert load_assessment(file, content) == browser.value == wanted
    assert (browser.form.view["unsaved"], browser.form.view["copy"]) == (False, "")
    assert not browser.says("form-not-saved")
    assert not browser.page.all(id="cx-trouble")


def test_trouble_takes_no_undo(open_: Open, content: Content, monkeypatch: pytest.MonkeyPatch) -> None:
    """Undo would take back the step before the one that is not saved; where there is none, trouble stays told."""
    browser = open_(blank(content))
    with monkeypatch.context() as patch:
        _full(Path(), patch)
        browser.send("set", "answers/inform-1", {"choice": "L"})
        browser.press("undo")
        assert browser.says("form-disk-full")
        assert browser.form.view["unsaved"]
    browser.press("retry")
    with monkeypatch.context() as patch:
        _full(Path(), patch)
        browser.send("set", "answers/inform-2", {"choice": "F"})
        browser.press("undo")
        assert browser.value.answers == {"inform-1": L, "inform-2": F}
    browser.press("undo")
    assert browser.form.sitting.assessment.answers == {"inform-1": L}


def test_a_history_that_cannot_be_written_is_told(open_: Open, content: Content, file: Path) -> None:
    """The answer is saved all the same."""
    file.with_name(f".{file.name}.history").write_text("in the way")
    browser = open_(blank(content))
    browser.send("set", "answers/inform-1", {"choice": "L"})
    assert load_assessment(file, content).answers == {"inform-1": L}
    assert browser.says("form-undo-lost")


# --- two people ---


def two(open_: Open, assessment: Assessment) -> tuple[Browser, Browser]:
    return open_(assessment, who="sari"), open_(who="budi")


def test_two_people_on_different_answers(open_: Open, content: Content) -> None:
    """Both stand, and nobody is asked; a turned page shows what the other saved."""
    sari, budi = two(open_, blank(content))
    sari.send("set", "answers/inform-1", {"choice": "L"})
    budi.send("set", "answers/inform-2", {"choice": "F"})
    sari.go("inform")
    assert sari.value == budi.value == blank(content).answer("inform-1", L).answer("inform-2", F)
    assert sari.the_form("answers/inform-2").values()["choice"] == "F"
    assert not budi.page.all("button", data_do="mine")


@pytest.mark.parametrize(("choice", "rating"), [("mine", "F"), ("theirs", "L")])
def test_two_people_on_one_answer(open_: Open, content: Content, choice: str, rating: str) -> None:
    """Both are shown, theirs stands meanwhile, and a choice settles it; other answers go on."""
    sari, budi = two(open_, blank(content))
    sari.send("set", "answers/inform-1", {"choice": "L", "note.id": "lima"})
    budi.send("set", "answers/inform-1", {"choice": "F", "note.id": "enam"})
    (clash,) = budi.page.all("section", class_="cx-alert cx-clash")
    mine, theirs = (node.text for node in clash.all("dd"))
    assert ("fully" in mine, "enam" in mine, "largely" in theirs, "lima" in theirs) == (True,) * 4
    assert content.by_key["inform-1"].name.en in clash.text
    assert budi.value.answer_to("inform-1").rating == "L"
    budi.send("set", "answers/inform-2", {"choice": "P"})
    budi.press(choice, "answers/inform-1")
    assert not budi.page.all("section", class_="cx-alert cx-clash")
    sari.send("look")
    assert sari.value == budi.value
    assert sari.value.answers["inform-1"].rating == rating
    assert sari.value.answer_to("inform-2") == P


def test_one_click_settles_one_clash(open_: Open, content: Content) -> None:
    """A second click, sent before the first is drawn, must not settle the next."""
    sari, budi = two(open_, blank(content))
    both = ("inform-1", "inform-2")
    sari.form.value = sari.value.replaced(answers=dict.fromkeys(both, L))
    budi.form.value = budi.value.replaced(answers=dict.fromkeys(both, F))
    assert len(budi.page.all("button", data_do="mine")) == 2
    first = budi.page.all("button", data_do="mine")[0].attrs["data-at"]
    budi.press("mine", first)
    budi.send("mine", first)
    assert len(budi.page.all("button", data_do="mine")) == 1
    assert sorted(answer.rating or "" for answer in budi.value.answers.values()) == ["F", "L"]


def test_mine_rests_on_what_is_gone(open_: Open, content: Content) -> None:
    """The evidence was removed while two answers stood to choose from: told in words, and work goes on."""
    sari, budi = two(open_, blank(content, evidence=(PAPER,)))
    sari.send("set", "answers/inform-1", {"choice": "L"})
    budi.form.value = budi.value.answer("inform-1", proved("E-01", rating="F"))
    assert budi.page.all("button", data_do="mine")
    budi.send("remove", "evidence/E-01")
    budi.press("mine", "answers/inform-1")
    budi.send("set", "answers/inform-2", {"choice": "P"})
    assert budi.form.sitting.assessment.answer_to("inform-2") == P
    assert not budi.form.view["unsaved"]


def test_evidence_of_two_people(open_: Open, content: Content) -> None:
    """Both are kept; who came second is told the new number, and the link follows it."""
    sari, budi = two(open_, rated(content, "LLLLLL"))
    sari.send("add-evidence", "answers/inform-1", {"kind": "document", "source.id": "hers"})
    budi.send("add-evidence", "answers/inform-2", {"kind": "document", "source.id": "his"})
    assert budi.says("form-renumbered", old="E-01", new="E-02")
    assert [record.source for record in budi.value.evidence] == ["hers", "his"]
    assert budi.value.answer_to("inform-2") == proved("E-02")


def test_evidence_that_another_uses_is_left(open_: Open, content: Content) -> None:
    """Removed by one, linked by the other: it stays, and that is told."""
    sari, budi = two(open_, rated(content, "LLLLLL").replaced(evidence=(PAPER,)))
    sari.send("link", "answers/inform-1/E-01")
    budi.send("remove", "evidence/E-01")
    assert budi.says("form-left", what="E-01")
    assert budi.value.evidence == (PAPER,)


def test_what_is_private_is_not_told_of_a_clash(open_: Open, content: Content) -> None:
    """A client may be looking on: that the notes differ is enough."""
    sari, budi = two(open_, blank(content))
    sari.send("set", "answers/inform-1", {"choice": "L", "private": "hers"})
    budi.send("set", "answers/inform-1", {"choice": "L", "private": "his"})
    (clash,) = budi.page.all("section", class_="cx-alert cx-clash")
    assert clash.text.count(Voice(content, "en").say("form-private-differs")) == 2
    assert not {"hers", "his"} & set(clash.text.split())


KOPI = {"kind": "outlet", "name": "Dago"}
LINK = {"evidence": "E-01", "supports": "L"}
SAMPLE = {"evidence": "E-01", "sample": {"k": 5, "n": 6}}
RATED = {"state": "rated", "rating": "L"}
LEFT_OUT = {"state": "not-applicable", "note": "n"}
REPORT = {"key": "E-01", "source": "report"}


@pytest.mark.parametrize(
    ("place", "mine", "theirs", "word"),
    [
        (("answers", "inform-1"), RATED | {"rating": "P"}, RATED, "rating-p"),
        (("answers", "inform-1"), RATED | {"note": "a"}, RATED | {"note": "b"}, "a"),
        (("answers", "inform-1"), RATED | {"evidence": [LINK]}, RATED | {"evidence": [SAMPLE]}, "E-01"),
        (("answers", "inform-1"), RATED | {"evidence": [LINK]}, RATED, "E-01"),
        (
            ("answers", "inform-1"),
            LEFT_OUT | {"reason": "not-offered"},
            LEFT_OUT | {"reason": "no-such-channel"},
            "reason-not-offered",
        ),
        (("mistakes", "silos"), {"severity": 2}, {"severity": 3}, "severity-2"),
        (("mistakes", "silos"), {"severity": 2}, None, "severity-2"),
        (
            ("evidence", "E-01"),
            REPORT | {"kind": "document"},
            REPORT | {"kind": "interview"},
            "Dokumen yang dipakai",
        ),
        (("profile", "size"), "small", "large", "Kecil"),
        (("profile", "unit"), KOPI, {"kind": "company"}, "Dago"),
        (("profile", "unit"), KOPI, KOPI | {"kind": "region"}, "form-unit-outlet"),
        (("profile", "competitors"), ["Kopi A", "Kopi B"], ["Kopi A"], "Kopi A, Kopi B"),
        (("profile", "customer_groups"), [{"id": "pelajar", "en": "students"}], None, "pelajar"),
        (("profile", "report_languages"), ["en"], ["id"], "language-en"),
        (("profile", "print_names"), True, None, ""),
        (("targets",), [{"level": 3}], [{"level": 4}], "3"),
        (("on",), "2026-03-31", "2026-04-01", "2026"),
    ],
)
def test_a_clash_is_told_in_words(
    open_: Open, content: Content, place: Place, mine: Json, theirs: Json, word: str
) -> None:
    """What was typed and chosen, so that one sees how the two differ; no key stands for its name."""
    wanted = Voice(content, "id").say(word) if word in content.words else word
    shown = open_(made_case(content), lang="id").form._shown()
    told, other = shown.value_said(place, mine, theirs), shown.value_said(place, theirs, mine)
    assert wanted.lower() in told.lower()
    assert told != other
    assert not re.search(r"[{}\[\]']|True", told)


# --- undo ---


def test_undo_goes_twenty_five_steps_back(open_: Open, content: Content, file: Path) -> None:
    """In the form and after reopening, each step to its page; then there is nothing more, which is told."""
    browser = open_(blank(content))
    keys = [question.key for question in content.questions[:25]]
    for key in keys:
        browser.send("set", f"answers/{key}", {"choice": "L"})
    for number, key in reversed(list(enumerate(keys))):
        browser = open_() if number % 5 == 0 else browser
        browser.press("undo")
        assert set(browser.value.answers) == set(keys[:number])
        assert browser.form.page == content.by_key[key].level
        assert browser.says("form-undone", what=content.by_key[key].name.en)
        assert browser.form.view["focus"][1] == f"cx-answers-{key}"
    assert load_assessment(file, content) == blank(content)
    browser.press("undo")
    assert browser.says("form-nothing-more")
    for key in keys:
        open_().press("redo")
        assert key in load_assessment(file, content).answers
    browser = open_()
    browser.press("redo")
    assert browser.says("form-nothing-more")


def test_redo_says_what_it_made(open_: Open, content: Content) -> None:
    """And goes there, in the language of the form."""
    browser = open_(blank(content), lang="id")
    browser.send("set", "mistakes/silos", {"choice": "2"})
    browser.press("undo")
    browser.go("profile")
    browser.press("redo")
    assert browser.says("form-redone", what=content.mistake("silos").name.id)
    assert (browser.form.page, browser.value.mistakes) == ("mistakes", {"silos": Judgement(severity=2)})


def test_undo_names_what_it_leaves(open_: Open, content: Content) -> None:
    """What another has changed since, as people call it and not by its key."""
    sari, budi = two(open_, blank(content))
    sari.send("set", "answers/inform-1", {"choice": "L"})
    budi.send("look")
    budi.send("set", "answers/inform-1", {"choice": "F"})
    sari.press("undo")
    assert sari.value.answer_to("inform-1") == F
    assert sari.says("form-left", what=content.by_key["inform-1"].name.en)


# --- what a notebook keeps ---


def test_a_notebook_keeps_no_client_data(open_: Open, content: Content) -> None:
    """Beside the form stands the file's name; the state that a notebook may keep of a widget holds no more."""
    profile = blank(content).profile.model_copy(update={"organisation": "Rahasia", "private": "hush"})
    form = open_(blank(content, profile=profile)).form
    assert repr(form) == str(form) == "AssessmentForm('acme.json')"
    data, _ = form._repr_mimebundle_()
    assert data["text/plain"] == repr(form)
    assert "Rahasia" not in str(data)
    assert "Rahasia" not in str(form.get_state())
    assert "Rahasia" in form.view["html"]


def test_the_result_is_drawn_ahead(open_: Open, content: Content, started: list[Any]) -> None:
    """Once somebody works on it, by a thread that does not keep the kernel alive; opening it draws nothing."""
    form = open_(blank(content)).form
    assert not started
    form._handle_custom_msg({"do": "look"}, [])
    (timer,) = started
    assert timer.daemon
    assert "<svg" in timer.function()
