"""Everything the house says, said once to somebody who keeps a list of the words."""

import errno
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

import pytest

from cxassess.batch.bulkhead import Failure
from cxassess.batch.index import index_page
from cxassess.batch.listing import listing_of
from cxassess.batch.rendering import Batch
from cxassess.charts import drawing
from cxassess.content.model import Word
from cxassess.content.practices import ROLES
from cxassess.content.reading import Content
from cxassess.content.voice import Voice
from cxassess.desk import sheets
from cxassess.desk.listing import Row
from cxassess.desk.making import Order
from cxassess.desk.view import DeskView
from cxassess.document import sitting
from cxassess.document.answers import Answer, Evidence, EvidenceLink, Exemption, Judgement, Opinion, Sample
from cxassess.document.assessment import Assessment, Target
from cxassess.document.assessmentfile import load_assessment, save_assessment
from cxassess.document.changes import Clash
from cxassess.document.sitting import Sitting
from cxassess.errors import CxError, Problem
from cxassess.filling.edits import Event
from cxassess.filling.filling import Filling
from cxassess.forms.pages import Notice, Status, View, html_of
from cxassess.places import examples_dir, open_or_example
from cxassess.report.carrying import CarriedCells
from cxassess.report.edition import Edition
from cxassess.series.waves import begun_from
from cxassess.workspace import Workspace
from kit.form import Browser, Opener, book_of, made_case, opener, two
from kit.made import ON, blank, rated, records, report_notebook
from kit.manuscripts import parts
from kit.reports import listed_of, reports_of

_UNKNOWN = Word(id="?", en="?")


class Listener(dict[str, Word]):
    """The words of a content; it remembers which were asked for, and says "?" for those that are not there."""

    def __init__(self, words: Mapping[str, Word]) -> None:
        super().__init__(words)
        self.heard: set[str] = set()

    def __getitem__(self, key: str) -> Word:
        self.heard.add(key)
        return super().get(key, _UNKNOWN)


def cases(content: Content) -> Iterator[Assessment]:
    """Nothing, everything, an inverted pyramid, what contradicts itself, and what is odd in one way each."""
    yield blank(content)
    yield made_case(content)
    yield _finished(content)
    yield _ill_founded(content)
    yield _almost_unrated(content)
    yield _undone_by_one_answer(content)
    yield rated(content, "NNNNNN")
    for name in ("kopi-lereng", "lintas-armada"):
        yield load_assessment(examples_dir() / f"{name}.json", content)


def _undone_by_one_answer(content: Content) -> Assessment:
    """A level that stands only while nobody knows one answer; strong levels above a weak one."""
    made = rated(content, "FLNNFN").replaced(mistakes={})
    return made.answer("resolve-2", Answer(state="unknown")).answer("resolve-3", Answer(state="rated", rating="P"))


def _finished(content: Content) -> Assessment:
    """Nothing is open, and everything is proved."""
    sample = EvidenceLink(evidence="E-01", sample=Sample(k=98, n=100))
    opinion = Opinion(who="till", rating="P")
    proved = Answer(state="rated", rating="F", evidence=(sample,), opinions=(opinion,))
    about = {"trade": "other", "size": "small", "objective": "b", "report_languages": ("id",)}
    return rated(content, "FFFFFF").replaced(
        answers={question.key: proved for question in content.questions},
        indicators={indicator.key: proved for indicator in content.indicators},
        evidence=(Evidence(key="E-01", kind="observation", source="x", on=ON),),
        profile=blank(content).profile.model_copy(update=about),
    )


def _ill_founded(content: Content) -> Assessment:
    """Evidence of every kind and age, a sample that settles nothing, mistakes, one excepted where it is idle."""
    undecided = EvidenceLink(evidence="E-05", sample=Sample(k=1, n=2))
    later = Evidence(key="E-98", kind="document", source="x", on=ON + timedelta(days=5))
    made = rated(content, "FFNLLN").answer("inform-1", Answer(state="rated", rating="F", evidence=(undecided,)))
    return made.replaced(
        evidence=(*records(content), later, Evidence(key="E-99", kind="document", source="x")),
        mistakes={mistake.key: Judgement(severity=3) for mistake in content.mistakes},
        exceptions=(Exemption(mistake="silos", level="respond", reason="x"),),
    )


def _almost_unrated(content: Content) -> Assessment:
    """A level with too few rated, though they weigh enough; one that would not be rated without its exceptions."""
    some = Answer(state="not-applicable", reason="not-offered", note="x")
    known = Answer(state="rated", rating="L")
    heavy = {question.key: 1 for question in content.questions} | {"inform-1": 50, "inform-2": 50}
    return blank(
        content,
        answers={"inform-1": known, "inform-2": known, "resolve-1": some, "resolve-2": some},
        weights=heavy,
        evidence=(Evidence(key="E-01", kind="interview", source="x", on=ON),),
        targets=(Target(key="T-01", level=4, by=ON + timedelta(days=700)),),
    )


# What no two people choose at once, but what undoing may bring up.
IN_DISPUTE = Clash(("profile", "print_names"), mine=True, theirs=None, base=None)

# What is not enough: events of a person who leaves out what an entry needs.
INCOMPLETE: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("set", "answers/inform-1", {"choice": "not-applicable"}),
    ("set", "answers/inform-4", {"choice": "F", "k.E-01": "x", "n.E-01": "3"}),
    ("link", "answers/elevate-1/E-01", {}),
    ("set", "exceptions/silos/inform", {}),
    ("add-evidence", "", {}),
    ("add-target", "", {}),
    ("set", "profile", {"organisation": "", "unit": "company"}),
    ("set", "profile", {"reports": "", "report_languages": "", "unit": "company"}),
    ("set", "profile", {"unit": "outlet", "unit_name": ""}),
    ("set", "profile", {"on": "", "unit": "company"}),
    ("set", "nonsense", {}),
)


def say_everything(content: Content, folder: Path) -> Content:
    """Reports, their print, the index and the form, in English: the content, whose words know what was heard."""
    listening = content.model_copy(update={"words": Listener(content.words)})
    with pytest.MonkeyPatch.context() as patch:
        # What a chart says is said before it is drawn, and drawing it is slow.
        patch.setattr(drawing, "layers", lambda *_, **__: [])
        patch.setattr(drawing, "svg_of", lambda _: ("<svg></svg>", {}))
        _reports_and_pages(listening)
        patch.setattr(sheets, "typeset", lambda *_: b"")
        _sheets(listening)
    open_ = opener(folder, listening)
    _alone(open_, listening)
    _together(open_, listening)
    _in_trouble(listening, folder / "trouble")
    _on_trial(listening, folder / "trial")
    _after_others(listening, folder / "waves")
    _at_the_desk(listening, folder / "desk")
    return listening


def _reports_and_pages(content: Content) -> None:
    reports = []
    for n, assessment in enumerate(cases(content)):
        parts(assessment, content)
        reports += reports_of(Path(f"{n}.json"), assessment, content, edited="en")
    for assessment in islice(cases(content), 4):
        book = book_of(assessment, content)
        for page in book.pages:
            View(book, page, Status(clashes=[IN_DISPUTE])).html()
    _oddly_dated(content)
    report_notebook(blank(content), content, lang="en")
    damaged = CxError("problem-nothing-written", [])
    failure = Failure(Path("x.json"), "en", "Acme", damaged, Path("x.failed.log"))
    listed = [listed_of(report, content) for report in reports]
    # The report in the other language was made of other answers since.
    drafted = listed[-1].outcome.model_copy(update={"draft": not listed[-1].outcome.draft})
    listed.append(replace(listed[-1], outcome=drafted))
    index_page(listing_of(listed, [(Path("y.ipynb"), damaged)]), [failure], Voice(content, "en"))


def _oddly_dated(content: Content) -> None:
    """An assessment of more than a year ago, with a target before it."""
    early = Target(key="T-01", level=4, by=ON - timedelta(days=1))
    book = replace(book_of(blank(content, targets=(early,)), content), today=ON + timedelta(days=400))
    View(book, book.page("profile"), Status()).html()


def _sheets(content: Content) -> None:
    """Sheets for everyone and for each role, blank and for an assessment."""
    voice = Voice(content, "en")
    for role in (None, *ROLES):
        sheets.sheet_pdf(voice, role=role)
        sheets.sheet_pdf(voice, role=role, assessment=blank(content), open_only=True)


def _alone(open_: Opener, content: Content) -> None:
    """One person: what is left out, undone and made again; what nobody can undo; and nothing left to do."""
    browser = open_(made_case(content))
    for do, at, values in INCOMPLETE:
        browser.send(do, at, values)
    browser.send("set", "answers/inform-1", {"choice": "F"})
    _in_a_talk(browser)
    for do in ("undo", "redo", "redo"):
        browser.send(do)
    browser.send("ask", "leader")
    browser.go("resolve")
    browser.send("go", "resolve/cx-answers-resolve-1")
    browser.go("inform")


def _in_a_talk(browser: Browser) -> None:
    """An interview, begun and ended; what single people would rate; evidence looked for, lost and found."""
    browser.send("add-interview", "", {"kind": "interview", "source.en": "head nurse"})
    for values in ({"who": "nurse", "rating": "P"}, {"who": "nurse", "rating": "L"}, {}):
        browser.send("add-opinion", "answers/inform-1", values)
    for number in range(8):
        browser.send("add-evidence", "", {"kind": "document", "source.en": f"paper {number}"})
    browser.send("link", "answers/inform-1/E-05")
    browser.go("inform")
    for text in ("paper", "zebra"):
        browser.send("seek", "answers/inform-1", {"text": text})
    browser.send("attach", "evidence/E-05", {"name": "x.pdf", "size": "0", "from": "0"})
    for at in ("evidence/cx-evidence-E-05", "evidence/cx-evidence-E-04", "review"):
        browser.send("go", at)
    browser.send("locate", "evidence/E-05")
    attachment = browser.form.sitting.path.parent / "attachments" / "x.pdf"
    attachment.write_bytes(bytes(1_200_000))
    browser.send("go", "evidence/cx-evidence-E-05")
    attachment.unlink()
    browser.send("go", "evidence/cx-evidence-E-05")
    browser.send("interview")
    browser.send("go", "evidence/cx-evidence-E-04")
    browser.send("set", "evidence/E-05", {"link": "https://a.example"})
    browser.send("seek", "evidence", {"show": "talks"})
    browser.send("go", "review")


def _together(open_: Opener, content: Content) -> None:
    """Two people: one answer twice, one number twice, one piece of evidence removed and linked."""
    sari, budi = two(open_, made_case(content))
    for who, choice in ((sari, "N"), (budi, "F")):
        who.send("add-evidence", "", {"kind": "document", "source.id": choice})
    for who, choice in ((sari, "N"), (budi, "F")):
        who.send("set", "answers/inform-1", {"choice": choice, "private": choice})
    sari.send("link", "answers/inform-2/E-03")
    budi.send("remove", "evidence/E-03")


def _in_trouble(content: Content, folder: Path) -> None:
    """Whatever keeps a form from being saved."""
    folder.mkdir()
    file, open_ = folder / "acme.json", opener(folder, content)
    file.with_name(f".{file.name}.history").write_text("in the way", encoding="utf-8")
    open_(blank(content)).send("set", "answers/inform-1", {"choice": "F"})
    for error in (
        OSError(errno.ENOSPC, "full"),
        PermissionError(errno.EACCES, "held"),
        OSError(errno.EIO, "broken"),
    ):
        browser = open_(blank(content))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sitting.Sitting, "save", _raising(error))
            browser.send("set", "answers/inform-1", {"choice": "F"})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("os.access", lambda path, mode: False)
        browser.send("retry")
    file.unlink()
    browser.send("retry")


def _on_trial(content: Content, home: Path) -> None:
    """An example, and what it becomes."""
    filling = Filling(Sitting.open(open_or_example(""), content), lang="en", home=home, has_desk=True)
    filling.view()
    filling.take(Event(do="own", values={"organisation": "Acme"}))
    filling.view()


def _after_others(content: Content, folder: Path) -> None:
    """An assessment after another, which then has a twin; and one that is not sure to be the one that is meant."""
    now = folder / "2027-03-31.json"
    save_assessment(begun_from(made_case(content), ON + timedelta(days=365)), now)
    for name in ("2026-03-31.json", "2026-03-31 (1).json"):
        save_assessment(made_case(content), folder / name)
        for page in ("inform", "mistakes"):
            Filling(Sitting.open(now, content), lang="en").view(page)
    Filling(Sitting.open(folder / name, content), lang="en").view("inform")


def _at_the_desk(content: Content, folder: Path) -> None:
    """A desk without anything; one with a long list, reports made and failed, and what cannot be done there."""
    (folder / "reports").mkdir(parents=True)
    (folder / "reports" / "index.html").write_text("", encoding="utf-8")
    view = DeskView(Workspace.without_settings(folder), Voice(content, "en"), rows=(), examples=(), today=ON)
    html_of("unchosen", view.voice, lang="en")
    view.html()
    (report,) = reports_of(Path("acme.json"), blank(content), content, edited="en")[1:]
    carried = CarriedCells(("a",), ("b",), ("c",), kept=folder / "x.kept.ipynb")
    report = replace(report, carried=carried)
    row = Row(report.file, datetime(2026, 11, 30, 9, 5), report.card, answered=1, asked=45)
    failed = Failure(Path("x.json"), "en", "Acme", CxError("problem-nothing-written", []), Path("x.failed.log"))
    edition = Edition(content, folder)
    ended = Batch((report,), (failed,), 2, folder / "index.html")
    stopped = Order((row.file,), edition, 2)
    stopped.stop.ask()
    orders = (
        Order((row.file,), edition, 2, [report]),
        stopped,
        Order((row.file, failed.file), edition, 2, [report, failed], done=ended),
        Order((row.file,), edition, 2, error=CxError("problem-nothing-written", [])),
    )
    misnamed = Problem("x.json", "problem-name-of-other-date", named="2020-01-01", on=ON)
    row = replace(row, doubts=(misnamed,))
    told = ("desk-none-ticked", "desk-renamed", "desk-unopened", "desk-refused", "desk-sheet-made")
    notices = [Notice(word, {"file": "x", "what": "y"}) for word in told]
    many = replace(view, rows=[row] * 61, chosen=row.file, brand="Us", orders=orders, notices=notices)
    many.html()
    replace(many, sought="nobody").html()


def _raising(error: OSError) -> Callable[..., None]:
    def save(*_: object) -> None:
        raise error

    return save
