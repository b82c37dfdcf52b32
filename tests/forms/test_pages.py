"""All pages of the form: each renders, says what it says in one language, and leads where it should."""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from kit.answers import PAPER, L, P, proved
from kit.form import FIELDS, Gallery, Opener, book_of, gaps_of, html_of, made_case, page_of
from kit.made import ON, blank, rated
from kit.page import Node, read
from pydantic import BaseModel

import cxassess.forms
from cxassess.content.reading import Content
from cxassess.content.voice import Voice
from cxassess.document.answers import Answer, Evidence, Judgement
from cxassess.document.assessment import Assessment
from cxassess.document.assessmentfile import dumps, load_assessment
from cxassess.filling.edits import Event, edited
from cxassess.forms.page import Page
from cxassess.forms.pages import PAGES, page_keys
from cxassess.places import examples_dir, templates_dir
from cxassess.text import LANGS, OWN_NAMES, Text


def _classes(kind: type[Page]) -> Iterator[type[Page]]:
    """The classes of pages that stand in the room: those with a name."""
    for one in kind.__subclasses__():
        if "name" in vars(one) and one.__module__.startswith("cxassess.forms."):
            yield one
        yield from _classes(one)


def test_every_page_is_listed() -> None:
    """A class of a page stands in PAGES, and a template is a page's or a part of others."""
    for module in iter_modules(cxassess.forms.__path__):
        import_module(f"cxassess.forms.{module.name}")
    assert set(_classes(Page)) == set(PAGES)
    templates = {path.name.removesuffix(".html.j2") for path in (templates_dir() / "form").glob("*.html.j2")}
    parts = {"form", "way", "talk", "parts", "record", "desk", "lost", "unchosen"}
    assert templates - parts == {page.name for page in PAGES}


def test_every_place_stands_on_one_page(content: Content) -> None:
    """So that a clash, an undo or a link leads there; of what stands on none it is known that it does."""
    held = [name for page in PAGES for name in page.holds]
    assert len(held) == len(set(held))
    assert set(Assessment.model_fields) - set(held) == {"format", "content", "weights", "note", "private"}
    book = book_of(made_case(content), content)
    for place in book.places:
        pages = [page.key for page in book.pages if page.has(place)]
        assert pages == ([book.spot(place).page] if place[0] in held else [])


def test_every_page_renders(gallery: Gallery, content: Content) -> None:
    """In two languages, of every example; nothing undefined, unfilled or without a value is on them."""
    assert {page for _, _, page in gallery} == set(page_keys(content))
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


def test_a_form_sent_as_it_stands_changes_nothing(gallery: Gallery, content: Content) -> None:
    """What a page shows is what is there: no field is lost or turned into something else on the way."""
    for where, (assessment, page) in gallery.items():
        for form in page.all("form"):
            if at := form.attrs.get("data-set"):
                event = Event(do="set", at=tuple(at.split("/")), values=form.values())
                assert edited(event, assessment, content) == (assessment, ""), (where, at)


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


def test_thirty_questions_without_evidence(open_: Opener, content: Content, file: Path) -> None:
    """From one open question to the next, nothing else is asked for; each rated is one less open."""
    browser = open_(blank(content))
    for number in range(30):
        (all_,) = browser.page.all("label", for_="cx-overall")
        assert all_.text == Voice(content, "en").say("form-progress", done=number, all=45)
        before = gaps_of(book_of(browser.value, content))
        key = next(q.key for q in content.questions if q.key not in browser.value.answers)
        browser.go(content.by_key[key].level)
        (button,) = browser.page.all("button", class_="cx-next")
        assert button.attrs["data-at"] == f"{content.by_key[key].level}/cx-answers-{key}"
        browser.fill(f"answers/{key}", choice="L")
        after = gaps_of(book_of(browser.value, content))
        assert [one.anchor for one in before if one not in after] == [f"cx-answers-{key}"]
        assert len(after) == len(before) - 1
    saved = load_assessment(file, content)
    assert ({answer.state for answer in saved.answers.values()}, saved.evidence) == ({"rated"}, ())


def test_the_open_things_lead_round(open_: Opener, content: Content) -> None:
    """The next open one is on this page or after it, then from the start; when all is answered, none is left."""
    browser = open_(blank(content))
    browser.go("mistakes")
    pages = []
    while found := browser.page.all("button", class_="cx-next"):
        page, anchor = found[0].attrs["data-at"].split("/")
        browser.press("go", f"{page}/{anchor}")
        pages.append(page)
        left = len(gaps_of(book_of(browser.value, content)))
        place = next(
            (p for p in ("answers", "mistakes", "indicators") if anchor.startswith(f"cx-{p}-")), "profile"
        )
        if place == "profile":
            browser.fill("profile", _anything(browser.the_form("profile"), anchor.removeprefix("cx-profile-")))
        else:
            key = anchor.removeprefix(f"cx-{place}-")
            browser.fill(f"{place}/{key}", choice="0" if place == "mistakes" else "unknown")
        assert len(gaps_of(book_of(browser.value, content))) == left - 1
    assert list(dict.fromkeys(pages)) == ["mistakes", "indicators", "profile", *content.level_keys]
    assert len(pages) == 48
    assert browser.page.all("progress")[0].attrs == {"id": "cx-overall", "max": "45", "value": "45"}


def _anything(form: Node, name: str) -> dict[str, str]:
    """Something to fill a field of a form with."""
    (field, *_) = [one for one in form.all(*FIELDS) if one.attrs.get("name", "").split(".")[0] == name]
    options = field.all("option")
    return {field.attrs["name"]: options[1].attrs["value"] if options else "typed"}


def test_pages_turn(gallery: Gallery, content: Content) -> None:
    """At its foot a page leads to the one before and the one after it, by name."""
    pages = page_keys(content)
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
    book = book_of(one, content)
    assert {page.key: tuple(page.progress) for page in book.pages if page.progress} == {
        "inform": (3, 5),
        **dict.fromkeys(content.level_keys[1:], (0, 5)),
        "mistakes": (1, 11),
        "indicators": (1, 4),
    }
    page = read(html_of(book, "profile"))
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
        for svg in page.all("ul", class_="cx-storeys")[0].all("svg")
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


def test_sixty_pieces_of_evidence(content: Content) -> None:
    """Every page still renders, and what is sent with each event stays under a quarter of a megabyte."""
    case = load_assessment(examples_dir() / "kopi-lereng.json", content)
    more = tuple(
        Evidence(key=f"E-{n:02d}", kind="document", source=f"Minutes of the meeting of shop managers, {n}", on=ON)
        for n in range(len(case.evidence) + 1, 61)
    )
    case = case.replaced(evidence=(*case.evidence, *more))
    book = book_of(case, content)
    sizes = {page.key: len(html_of(book, page.key).encode()) for page in book.pages}
    assert max(sizes.values()) < 250_000, sizes
