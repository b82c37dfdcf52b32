"""What a draft still lacks, by name."""

from __future__ import annotations

from collections.abc import Iterator

from cxassess.chapters.chapter import Chapter
from cxassess.content.voice import Voice
from cxassess.page.blocks import Block, Heading, bullets
from cxassess.pyramid.scorecard import Scorecard


def _is_draft(card: Scorecard) -> bool:
    return card.draft


def blocks(card: Scorecard, voice: Voice) -> Iterator[Block]:
    """The questions not answered, then the mistakes not judged; no heading over an empty list."""
    for word, keys in (("missing-answers", card.unanswered), ("missing-mistakes", card.unjudged)):
        if keys:
            yield Heading(level=3, text=f"{voice.say(word)} ({len(keys)})")
            yield bullets(voice.names[key] for key in keys)


CHAPTER = Chapter("missing", _is_draft, blocks, commentary=False, glossed="nothing")
