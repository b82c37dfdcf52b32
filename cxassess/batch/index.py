"""The page that leads to the reports of a folder: search, sort, filter, and the portfolio at a glance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import quote

from cxassess.batch.bulkhead import Failure
from cxassess.batch.controls import COLUMNS, LEVEL_NUMBERS, script_data
from cxassess.batch.listing import Entry, Listed, Listing, folded
from cxassess.batch.portfolio import portfolio
from cxassess.content.model import RATINGS
from cxassess.content.voice import Voice
from cxassess.errors import CxError
from cxassess.page.blocks import Block, Cell, Heading, Paragraph, Part, Run, Table, fine, paragraph, small
from cxassess.page.prose import typed
from cxassess.pyramid.scorecard import RESULTS
from cxassess.report.printing import page_of

_WIDTHS = (22, 11, 7, 8, 9.5, *(3.3 for _ in LEVEL_NUMBERS), 8.5, 14.2)


def index_page(listing: Listing, failures: Sequence[Failure], voice: Voice) -> str:
    """The page: how much there is, what failed in this run, where the assessments stand, and every report."""
    title = voice.say("index-title")
    entries = listing.entries
    blocks: list[Block] = [Heading(level=1, text=title)]
    if entries:
        blocks.append(paragraph(_line(entries, voice)))
    if _companies(entries) > 1:
        blocks.append(fine(voice.say("index-internal")))
    if failures:
        blocks += _failed(failures, voice)
    if listing.unread:
        blocks += _unread(listing, voice)
    if len(entries) > 1:
        blocks += portfolio(entries, voice)
    if entries:
        blocks += _list(entries, voice)
    data = script_data(entries, voice) if len(entries) > 1 else None
    return page_of(Part(*blocks), voice, title=title, script="index" if data else "", data=data)


def _companies(entries: Sequence[Entry]) -> int:
    return len({folded(entry[0].client.organisation) for entry in entries})


def _line(entries: Sequence[Entry], voice: Voice) -> str:
    """How many companies, assessments and reports, and as of when."""
    dates = [entry[0].on for entry in entries]
    first, last = min(dates), max(dates)
    if first == last:
        as_of = voice.as_of(first)
    else:
        as_of = voice.say("index-between", first=voice.day(first), last=voice.day(last))
    counts = {
        "companies": _companies(entries),
        "assessments": len(entries),
        "reports": sum(map(len, entries)),
    }
    numbers = {name: voice.number(count) for name, count in counts.items()}
    return voice.say("index-line", dates=as_of, **numbers)


# --- what is not in the list ---


def _failed(failures: Sequence[Failure], voice: Voice) -> tuple[Heading, Table]:
    """What failed in this run, each with its client, its file, its reasons and its log."""
    caption = voice.say("index-failed", count=len(failures))
    rows = tuple((_whose(failure), tuple(_why(failure, voice))) for failure in failures)
    return _problems(caption, "failed", rows, voice)


def _whose(failure: Failure) -> Cell:
    file = _as_text(str(failure.file))
    return (paragraph(failure.client), small(file)) if failure.client else file


def _why(failure: Failure, voice: Voice) -> Iterator[Paragraph]:
    yield from _reasons(failure.error, voice)
    if failure.log:
        yield small(Run(text=voice.say("index-log"), link=quote(failure.log.name)))


def _unread(listing: Listing, voice: Voice) -> tuple[Heading, Table]:
    """Notebooks in the folder that may be reports, and why none is listed for them."""
    caption = voice.say("index-unread", count=len(listing.unread))
    rows = tuple((_as_text(notebook.name), tuple(_reasons(error, voice))) for notebook, error in listing.unread)
    return _problems(caption, "unread", rows, voice)


def _reasons(error: CxError, voice: Voice) -> Iterator[Paragraph]:
    for reason in voice.reasons(error):
        yield paragraph(_as_text(reason))


def _problems(caption: str, key: str, rows: tuple[tuple[Cell, Cell], ...], voice: Voice) -> tuple[Heading, Table]:
    columns = (voice.say("index-file"), voice.say("index-reason"))
    table = Table(caption=caption, columns=columns, rows=rows, widths=(35, 65), caption_shown=False)
    return Heading(level=2, text=caption, key=key), table


def _as_text(name: str) -> str:
    """File names may hold bytes that are no letters."""
    return name.encode(errors="replace").decode()


# --- the list ---


def _list(entries: Sequence[Entry], voice: Voice) -> Iterator[Block]:
    """Every assessment with its results, the letters of its levels, and where its reports are."""
    yield Heading(level=2, text=voice.say("index-reports"), key="reports")
    letters = {letter.lower(): voice.rating(letter) for letter in RATINGS}
    yield fine(voice.say("index-letters", none=voice.say("not-rated"), **letters))
    words = ("index-company", "index-date", *RESULTS)
    yield Table(
        caption=voice.say("index-caption"),
        columns=(
            *(voice.say(word) for word in words),
            *LEVEL_NUMBERS,
            *(voice.say(word) for word in ("index-status", "index-reports")),
        ),
        rows=tuple(_row(entry, voice) for entry in entries),
        shaded=tuple(COLUMNS.index(name) for name in LEVEL_NUMBERS),
        numeric=tuple(COLUMNS.index(name) for name in RESULTS),
        widths=_WIDTHS,
        caption_shown=False,
    )


def _row(entry: Entry, voice: Voice) -> tuple[Cell, ...]:
    first, outcome = entry[0], entry[0].outcome
    letters = (letter or "–" for letter in outcome.letters)
    results = (outcome.results[name].shown for name in RESULTS)
    links = tuple(_links(report, voice) for report in entry)
    return (tuple(_company(first, voice)), voice.day(first.on), *results, *letters, _status(entry, voice), links)


def _company(report: Listed, voice: Voice) -> Iterator[Paragraph]:
    """Company, unit and trade."""
    client = report.client
    yield paragraph(client.organisation)
    if client.unit_name:
        yield small(voice.unit(client.unit_kind, client.unit_name))
    if client.trade:
        for part in typed(client.trade, working=voice.lang, lang=voice.lang)[:1]:
            yield small(*part.runs)


def _status(entry: Entry, voice: Voice) -> tuple[Paragraph, ...]:
    """Draft or complete, and which reports a person has edited."""
    word = paragraph(voice.say("draft" if entry[0].outcome.draft else "index-complete"))
    edited = [voice.language(report.imprint.lang) for report in entry if report.edited]
    if not edited:
        return (word,)
    return word, small(voice.say("index-edited", languages=voice.listed(edited)))


def _links(report: Listed, voice: Voice) -> Paragraph:
    """The page and the PDF of one report. A thousand links called "PDF" help nobody who hears them listed."""
    language = voice.language(report.imprint.lang)
    names = (report.client.organisation, report.client.unit_name, voice.day(report.on))
    whose = ", ".join(name for name in names if name)
    page = voice.say("index-page-of", link=language, whose=whose)
    pdf = voice.say("index-pdf-of", language=language, whose=whose)
    words = {"html": (language, page), "pdf": ("PDF", pdf)}
    named = [(*words[one], quote(path.name)) for one, path in report.pages.items()]
    made = [Run(text=text, link=link, spoken=spoken) for text, spoken, link in named]
    return paragraph(*[part for link in made for part in (" · ", link)][1:])
