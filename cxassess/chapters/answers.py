"""Every answer with what proves it, level by level."""

from __future__ import annotations

from collections.abc import Iterator

from cxassess.chapters.chapter import Chapter, is_answered
from cxassess.chapters.practices import WIDTHS, practice_row
from cxassess.content.voice import Voice
from cxassess.page.blocks import Block, Heading, Table
from cxassess.pyramid.scorecard import Scorecard


def blocks(card: Scorecard, voice: Voice) -> Iterator[Block]:
    """A table a level; levels of which nothing was answered are left out."""
    for level in voice.content.level_keys:
        marks = [card.mark(question.key) for question in voice.content.of_level(level)]
        if any(mark.answer.state != "unanswered" for mark in marks):
            yield Heading(level=3, text=voice.level_name(level))
            yield table(card, voice, level)


def table(card: Scorecard, voice: Voice, level: str) -> Table:
    """The answers of one level: what was asked, the rating in words, what proves it, the note."""
    asked = voice.content.of_level(level)
    return Table(
        caption=voice.say("answers-caption", level=voice.level_name(level)),
        columns=tuple(voice.say(word) for word in ("question", "answer", "note", "evidence")),
        rows=tuple(practice_row(question, card.mark(question.key), card, voice) for question in asked),
        widths=WIDTHS,
        caption_shown=False,
    )


CHAPTER = Chapter("answers", is_answered, blocks, glossed="tables")
