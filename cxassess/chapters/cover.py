"""The top of a report: whose assessment it is, of what, as of when, whether a draft; and the contents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cxassess.content.voice import Voice
from cxassess.page.blocks import Block, Contents, Cover, Paragraph, bold, paragraph
from cxassess.pyramid.scorecard import Scorecard


def cover(card: Scorecard, voice: Voice, links: Iterable[tuple[str, str]]) -> Iterator[Block]:
    """The cover, then the contents: the address and the heading of each chapter, in their order."""
    unit = card.assessment.profile.unit
    yield Cover(
        kicker=voice.say("report-title"),
        title=card.assessment.profile.organisation,
        lines=(voice.unit(unit.kind, unit.name), voice.as_of(card.on)),
        draft=_draft(card, voice) if card.draft else None,
    )
    yield Contents(label=voice.say("contents"), links=tuple(links))


def _draft(card: Scorecard, voice: Voice) -> Paragraph:
    return paragraph(bold(f"{voice.say('draft')}. "), why_draft(card, voice))


def why_draft(card: Scorecard, voice: Voice) -> str:
    """What makes a draft of it: how many answers and severities are missing."""
    return voice.say("draft-why", answers=len(card.unanswered), mistakes=len(card.unjudged))
