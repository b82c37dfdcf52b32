"""How far the answers are proved, how long the evidence counts, and the evidence itself."""

from __future__ import annotations

from collections.abc import Iterator

from cxassess.chapters.chapter import Chapter, typed_line, typed_note
from cxassess.charts import coverage, expiry
from cxassess.content.voice import Voice
from cxassess.document.answers import Evidence
from cxassess.page.blocks import Block, Cell, Figure, Heading, Run, Table, fine, paragraph
from cxassess.pyramid.scorecard import PROOFS, Scorecard


def _is_collected(card: Scorecard) -> bool:
    return bool(card.assessment.evidence)


def blocks(card: Scorecard, voice: Voice) -> Iterator[Block]:
    """Chart and table of what is proved, chart and table of the evidence."""
    yield Heading(level=3, text=voice.say("chart-coverage-heading"))
    yield coverage.chart(card, voice)
    yield coverage_table(card, voice)
    yield Heading(level=3, text=voice.say("chart-expiry-heading"))
    yield expiry.chart(card, voice)
    yield table(card, voice)
    yield fine(voice.say("evidence-note"))


def coverage_table(card: Scorecard, voice: Voice) -> Table:
    """How many answers of each level are proved, proved in part, not proved, and not rated."""
    rows = []
    for level, counts in coverage.counts(card, voice.content).items():
        figures = [Figure(value=counts[proof], text=voice.number(counts[proof])) for proof in PROOFS]
        rows.append((voice.level_name(level), *figures))
    words = ("level", *(f"proof-{proof}" for proof in PROOFS))
    return Table(
        caption=voice.say("coverage-caption"),
        columns=tuple(voice.say(word) for word in words),
        rows=tuple(rows),
        numeric=(1, 2, 3, 4),
    )


def table(card: Scorecard, voice: Voice) -> Table:
    """The list of evidence: kind, grade on the day, source, how long it counts."""
    words = ("evidence-key", "evidence-kind", "evidence-grade", "evidence-source", "evidence-status", "note")
    return Table(
        caption=voice.say("evidence-caption", date=voice.day(card.on)),
        columns=tuple(voice.say(word) for word in words),
        rows=tuple(_row(record, card, voice) for record in card.assessment.evidence),
        widths=(8, 17, 13, 27, 20, 15),
    )


def _row(record: Evidence, card: Scorecard, voice: Voice) -> tuple[Cell, ...]:
    source = [typed_line(record.source, card, voice)]
    if record.person and card.assessment.profile.print_names:
        source.append(Run(text=f" ({record.person})"))
    # A link was typed for readers. A file was named for oneself: its name may tell whom one spoke to.
    if record.link:
        source.append(Run(text=f" {record.link}", link=record.link))
    return (
        record.key,
        voice.kind(record.kind),
        grade(record, card, voice),
        (paragraph(*source),),
        validity(record, card, voice),
        typed_note(record.note, card, voice),
    )


def grade(record: Evidence, card: Scorecard, voice: Voice) -> str:
    """The grade on the day, and what it was before it expired."""
    kind = voice.content.evidence_kinds[record.kind]
    now = record.grade(kind, on=card.on)
    return f"E{now}" if now == kind.grade else voice.say("evidence-lapsed", now=now, was=kind.grade)


def validity(record: Evidence, card: Scorecard, voice: Voice) -> str:
    """From when until when a piece of evidence counts in full, as a sentence."""
    kind = voice.content.evidence_kinds[record.kind]
    days = {"on": record.on, "until": record.until(kind)}
    dates = {name: voice.day(day) for name, day in days.items() if day}
    now = record.validity(kind, on=card.on)
    return voice.say(f"validity-sentence-{now}", **dates)


CHAPTER = Chapter("evidence", _is_collected, blocks, glossed="nothing")
