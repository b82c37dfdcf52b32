"""The page that leads to the reports of a batch: search, sort, filter, and the portfolio at a glance."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from cxassess.charts import portfolio
from cxassess.content.model import LEVELS, RATINGS
from cxassess.content.voice import Voice
from cxassess.page.blocks import Block, Cell, Heading, Paragraph, Part, Run, Table, fine, paragraph, small
from cxassess.page.prose import typed
from cxassess.pyramid.scorecard import RESULTS, Scorecard
from cxassess.report.printing import page_of
from cxassess.report.rendering import Report

# One assessment: its reports, one a language.
_Entry = Sequence[Report]

_NAMES = tuple(str(n + 1) for n in range(LEVELS))
# The columns of the list; the script of the page knows them by these names.
_COLUMNS = ("company", "date", *RESULTS, *_NAMES, "status", "reports")
_WIDTHS = (22, 11, 7, 8, 9.5, *(3.3 for _ in _NAMES), 8.5, 14.2)
_SCRIPT_WORDS = (
    "group",
    "draft",
    "language-id",
    "language-en",
    "index-all",
    "index-complete",
    "index-controls",
    "index-falling",
    "index-language",
    "index-least",
    "index-no-match",
    "index-reset",
    "index-rising",
    "index-search",
    "index-shown",
    "index-sort",
    "index-status",
)


def index_page(reports: Sequence[Report], failed: Sequence[tuple[Path, Sequence[str]]], voice: Voice) -> str:
    """The page: how much there is, what failed, where the assessments stand, and every report.

    `failed` holds the files that gave no report, each with the reasons.
    """
    title = voice.say("index-title")
    entries = _by_assessment(reports)
    blocks: list[Block] = [Heading(level=1, text=title)]
    if entries:
        blocks.append(paragraph(_line(entries, voice)))
    if _companies(entries) > 1:
        blocks.append(fine(voice.say("index-internal")))
    if failed:
        blocks += _failures(failed, voice)
    if len(entries) > 1:
        blocks += _portfolio([of_one[0].card for of_one in entries], voice)
    if entries:
        blocks += _list(entries, voice)
    data = _script_data(entries, voice) if len(entries) > 1 else None
    script = "index" if data else ""
    return page_of(Part(*blocks), voice, title=title, script=script, data=data)


def _by_assessment(reports: Sequence[Report]) -> list[_Entry]:
    """The reports of each assessment: by company and unit, the newest first."""
    by_file: dict[Path, list[Report]] = {}
    for report in reports:
        by_file.setdefault(report.file, []).append(report)
    return sorted(by_file.values(), key=lambda of_one: _place(of_one[0].card))


def _place(card: Scorecard) -> tuple[str, str, int]:
    profile = card.assessment.profile
    return _folded(profile.organisation), _folded(profile.unit.name or ""), -card.on.toordinal()


def _companies(entries: Sequence[_Entry]) -> int:
    return len({_place(of_one[0].card)[0] for of_one in entries})


def _folded(text: str) -> str:
    """A name as it is looked up: without capitals and accents."""
    marked = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in marked if not unicodedata.category(letter).startswith("M"))


def _line(entries: Sequence[_Entry], voice: Voice) -> str:
    """How many companies, assessments and reports, and as of when."""
    dates = [of_one[0].card.on for of_one in entries]
    first, last = min(dates), max(dates)
    if first == last:
        said = voice.as_of(first)
    else:
        said = voice.say("index-between", first=voice.day(first), last=voice.day(last))
    counts = {
        "companies": _companies(entries),
        "assessments": len(entries),
        "reports": sum(map(len, entries)),
    }
    shown = {name: voice.number(count) for name, count in counts.items()}
    return voice.say("index-line", dates=said, **shown)


def _failures(failed: Sequence[tuple[Path, Sequence[str]]], voice: Voice) -> tuple[Heading, Table]:
    # Error texts are English and written for the person who runs the batch.
    rows = tuple(
        (_as_text(str(file)), tuple(paragraph(Run(text=_as_text(reason), lang="en")) for reason in reasons))
        for file, reasons in failed
    )
    columns = (voice.say("index-file"), voice.say("index-reason"))
    caption = voice.say("index-failed", count=voice.number(len(failed)))
    table = Table(caption=caption, columns=columns, rows=rows, widths=(35, 65), caption_shown=False)
    return Heading(level=2, text=caption, key="failed"), table


def _as_text(name: str) -> str:
    """File names may hold bytes that are no letters."""
    return name.encode(errors="replace").decode()


def _portfolio(cards: Sequence[Scorecard], voice: Voice) -> Iterator[Block]:
    """How many assessments stand at each level, drawn and in figures."""
    counts = portfolio.counts(cards)
    yield Heading(level=2, text=voice.say("index-portfolio"), key="portfolio")
    yield portfolio.chart(cards, voice)
    rows = (
        (voice.reached(n), *(voice.number(counts[name][n]) for name in RESULTS)) for n in range(LEVELS, -1, -1)
    )
    columns = ("level", *RESULTS)
    yield Table(
        caption=voice.say("index-portfolio-caption"),
        columns=tuple(voice.say(word) for word in columns),
        rows=tuple(rows),
        numeric=(1, 2, 3),
        widths=(43, 17, 18, 22),
    )
    yield from map(fine, _remarks(cards, voice))


def _remarks(cards: Sequence[Scorecard], voice: Voice) -> Iterator[str]:
    """What the counts alone do not tell."""
    at_least = Counter(name for card in cards for name in RESULTS if card.results[name].not_rated_at)
    if at_least:
        said = [
            voice.say("index-result-count", result=voice.say(name), count=count)
            for name, count in at_least.items()
        ]
        yield voice.say("index-at-least", counts=voice.listed(said))
    if unproved := sum(card.verified.attained == 0 < card.consistent.attained for card in cards):
        yield voice.say("index-unproved", count=voice.number(unproved))
    if drafts := sum(card.draft for card in cards):
        yield voice.say("index-drafts", count=voice.number(drafts))


def _list(entries: Sequence[_Entry], voice: Voice) -> Iterator[Block]:
    """Every assessment with its results, the letters of its levels, and where its reports are."""
    yield Heading(level=2, text=voice.say("index-reports"), key="reports")
    letters = {letter.lower(): voice.rating(letter) for letter in RATINGS}
    yield fine(voice.say("index-letters", none=voice.say("not-rated"), **letters))
    words = ("index-company", "index-date", *RESULTS)
    yield Table(
        caption=voice.say("index-caption"),
        columns=(
            *(voice.say(word) for word in words),
            *_NAMES,
            *(voice.say(word) for word in ("index-status", "index-reports")),
        ),
        rows=tuple(_row(of_one, voice) for of_one in entries),
        shaded=tuple(_COLUMNS.index(name) for name in _NAMES),
        numeric=tuple(_COLUMNS.index(name) for name in RESULTS),
        widths=_WIDTHS,
        caption_shown=False,
    )


def _row(of_one: _Entry, voice: Voice) -> tuple[Cell, ...]:
    card = of_one[0].card
    letters = (level.letter or "–" for level in card.claimed.levels)
    shown = (result.shown for result in card.results.values())
    links = tuple(_links(report, voice) for report in of_one)
    status = _status(of_one, voice)
    return (tuple(_whom(card, voice)), voice.day(card.on), *shown, *letters, status, links)


def _whom(card: Scorecard, voice: Voice) -> Iterator[Paragraph]:
    """Company, unit and trade."""
    profile = card.assessment.profile
    yield paragraph(profile.organisation)
    if profile.unit.name:
        yield small(voice.unit(profile.unit.kind, profile.unit.name))
    if profile.trade_text:
        for part in typed(profile.trade_text, working=profile.working_language, lang=voice.lang)[:1]:
            yield small(*part.runs)
    elif profile.trade in voice.trades:
        yield small(voice.trades[profile.trade])


def _status(of_one: _Entry, voice: Voice) -> tuple[Paragraph, ...]:
    """Draft or complete, and which reports a person has edited."""
    word = paragraph(voice.say("draft" if of_one[0].card.draft else "index-complete"))
    edited = [voice.language(report.lang) for report in of_one if report.edited]
    if not edited:
        return (word,)
    return word, small(voice.say("index-edited", languages=voice.listed(edited)))


def _links(report: Report, voice: Voice) -> Paragraph:
    """The page and the PDF of one report. A thousand links called "PDF" help nobody who hears them listed."""
    language = voice.language(report.lang)
    profile = report.card.assessment.profile
    names = (profile.organisation, profile.unit.name, voice.day(report.card.on))
    whose = ", ".join(name for name in names if name)
    page = voice.say("index-page-of", link=language, whose=whose)
    pdf = voice.say("index-pdf-of", language=language, whose=whose)
    return paragraph(
        Run(text=language, link=quote(report.html.name), spoken=page),
        " · ",
        Run(text="PDF", link=quote(report.pdf.name), spoken=pdf),
    )


def _script_data(entries: Sequence[_Entry], voice: Voice) -> dict[str, Any]:
    """What the page's script needs: its words, and for each row what it is sorted and filtered by."""
    return {
        "words": {word: voice.content.words[word].in_(voice.lang) for word in _SCRIPT_WORDS},
        "columns": _COLUMNS,
        "levels": [voice.reached(n + 1) for n in range(LEVELS)],
        "rows": [
            {"keys": [place, *_keys(of_one)], "group": of_one[0].card.assessment.profile.group}
            for place, of_one in enumerate(entries)
        ],
    }


def _keys(of_one: _Entry) -> Iterator[str | float]:
    """What a row is sorted by, a column each, the company aside, by which the rows stand already."""
    card = of_one[0].card
    yield card.on.isoformat()
    for result in card.results.values():
        # "At least 3" stands above 3.
        yield result.attained + 0.5 * bool(result.not_rated_at)
    for level in card.claimed.levels:
        yield RATINGS.index(level.letter) + 1 if level.letter else 0
    yield "draft" if card.draft else "index-complete"
    yield " ".join(sorted(report.lang for report in of_one))
