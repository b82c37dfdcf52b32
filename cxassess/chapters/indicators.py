"""The success indicators, and where they sit oddly with the level claimed."""

from __future__ import annotations

from collections.abc import Iterator

from cxassess.chapters.chapter import Chapter
from cxassess.chapters.practices import WIDTHS, practice_row
from cxassess.content.reading import Content
from cxassess.content.voice import Voice
from cxassess.document.answers import UNANSWERED
from cxassess.page.blocks import Block, Table, paragraph
from cxassess.pyramid.contradictions import Tension
from cxassess.pyramid.scorecard import Mark, Scorecard
from cxassess.pyramid.scoring import mark_answer


def _is_asked(card: Scorecard) -> bool:
    return any(answer.state != "unanswered" for answer in card.assessment.indicators.values())


def blocks(card: Scorecard, voice: Voice) -> Iterator[Block]:
    """A sentence for each tension, then the table."""
    for tension in card.tensions:
        yield paragraph(tension_sentence(tension, voice))
    yield table(card, voice)


def tension_sentence(tension: Tension, voice: Voice) -> str:
    """How an indicator sits oddly with the level claimed."""
    n = voice.content.level_keys.index(tension.level) + 1
    return voice.say("tension", n=n, indicator=voice.names[tension.indicator], rating=tension.rating)


def marks(card: Scorecard, content: Content) -> list[Mark]:
    """How the answers to the indicators would count, in their order; no level counts them."""
    records = {record.key: record for record in card.assessment.evidence}
    answers = card.assessment.indicators
    return [
        mark_answer(one.key, answers.get(one.key, UNANSWERED), records, content, on=card.on)
        for one in content.indicators
    ]


def table(card: Scorecard, voice: Voice) -> Table:
    """The success indicators: rating, what it means, note and evidence."""
    pairs = zip(voice.content.indicators, marks(card, voice.content), strict=True)
    return Table(
        caption=voice.say("indicators-caption"),
        columns=tuple(voice.say(word) for word in ("indicator", "answer", "note", "evidence")),
        rows=tuple(practice_row(indicator, mark, card, voice) for indicator, mark in pairs),
        widths=WIDTHS,
    )


CHAPTER = Chapter("indicators", _is_asked, blocks, glossed="tables")
