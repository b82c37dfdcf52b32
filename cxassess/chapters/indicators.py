"""The success indicators, and where they sit oddly with the level claimed."""

from __future__ import annotations

from collections.abc import Iterator

from cxassess.chapters.chapter import Chapter
from cxassess.chapters.practices import WIDTHS, practice_row
from cxassess.content.voice import Voice
from cxassess.document.answers import UNANSWERED
from cxassess.page.blocks import Block, Table, paragraph
from cxassess.pyramid.scorecard import Scorecard
from cxassess.pyramid.scoring import mark_answer


def _is_asked(card: Scorecard) -> bool:
    return any(answer.state != "unanswered" for answer in card.assessment.indicators.values())


def blocks(card: Scorecard, voice: Voice) -> Iterator[Block]:
    """A sentence for each tension, then the table."""
    for tension in card.tensions:
        n = voice.content.level_keys.index(tension.level) + 1
        name = voice.names[tension.indicator]
        yield paragraph(voice.say("tension", n=n, indicator=name, rating=tension.rating))
    yield table(card, voice)


def table(card: Scorecard, voice: Voice) -> Table:
    """The success indicators: rating, what it means, note and evidence."""
    records = {record.key: record for record in card.assessment.evidence}
    rows = []
    for indicator in voice.content.indicators:
        answer = card.assessment.indicators.get(indicator.key, UNANSWERED)
        mark = mark_answer(indicator.key, answer, records, voice.content, on=card.on)
        rows.append(practice_row(indicator, mark, card, voice))
    return Table(
        caption=voice.say("indicators-caption"),
        columns=tuple(voice.say(word) for word in ("indicator", "answer", "note", "evidence")),
        rows=tuple(rows),
        widths=WIDTHS,
    )


CHAPTER = Chapter("indicators", _is_asked, blocks, glossed="tables")
