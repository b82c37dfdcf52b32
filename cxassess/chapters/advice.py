"""What to do next: the first recommendations, ranked, then by owner; proof first, where only that is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cxassess.chapters.chapter import Chapter, is_answered
from cxassess.content.voice import Voice
from cxassess.page.blocks import Block, Cell, Figure, Paragraph, Table, bold, fine, paragraph, small
from cxassess.pyramid.advice import grouped, unproved
from cxassess.pyramid.scorecard import Recommendation, Scorecard

# What a board can take in; all of them are there from Python.
_MOST = 12


def _is_advised(card: Scorecard) -> bool:
    return is_answered(card) and bool(card.recommendations)


def blocks(card: Scorecard, voice: Voice) -> Iterator[Block]:
    """What lacks proof alone, then the first recommendations in their order, then the same by owner."""
    if keys := unproved(card):
        names = voice.quoted(voice.names[key] for key in keys)
        yield paragraph(voice.say("advice-proof", count=len(keys), names=names))
    first = card.recommendations[:_MOST]
    yield table(first, card, voice)
    yield fine(voice.say("advice-more", shown=len(first), count=len(card.recommendations)))
    yield by_owner(first, voice)


def table(found: Sequence[Recommendation], card: Scorecard, voice: Voice) -> Table:
    """Recommendations in the order given: for what, what to do first, owner, person-days, KPIs."""
    words = ("advice-for", "advice-do", "advice-owner", "advice-days", "advice-kpis")
    return Table(
        caption=voice.say("advice-caption"),
        columns=tuple(voice.say(word) for word in words),
        rows=tuple(_row(rank, one, card, voice) for rank, one in enumerate(found, start=1)),
        numeric=(3,),
        widths=(26, 35, 14, 9, 16),
    )


def _row(rank: int, one: Recommendation, card: Scorecard, voice: Voice) -> tuple[Cell, ...]:
    piece = one.advice
    return (
        (paragraph(f"{rank}. {voice.names[piece.for_]}"), *_remarks(one, card, voice)),
        voice.text(piece.do),
        voice.owners[piece.owner],
        Figure(value=one.whole_days, text=voice.number(one.whole_days)),
        voice.listed(voice.kpis[key] for key in piece.kpis),
    )


def _remarks(one: Recommendation, card: Scorecard, voice: Voice) -> Iterator[Paragraph]:
    """Whether it is a quick win, from where to where it leads, what hangs on it, what must be done before."""
    piece = one.advice
    yield small(bold(voice.say("advice-quick-win"))) if one.is_quick else small(voice.say("advice-project"))
    if piece.from_to:
        before, after = piece.from_to
        answer = card.assessment.answer_to(piece.for_)
        start = before if answer.rating else voice.answer(None, answer.state)
        yield small(voice.say("advice-step", before=start, after=after))
    if one.holds_back:
        results = voice.listed(voice.say(name) for name in one.holds_back)
        yield small(voice.say("advice-holds-back", results=results))
    if one.waits_for:
        names = voice.quoted(voice.subjects[key] for key in one.waits_for)
        yield small(voice.say("advice-after", names=names))


def by_owner(found: Sequence[Recommendation], voice: Voice) -> Table:
    """Who has what to do: the owner, the recommendations with their ranks, the person-days they add up to."""
    rank = {one.advice.key: place for place, one in enumerate(found, start=1)}
    rows = []
    for owner, theirs in grouped(found, "owner").items():
        steps = [paragraph(f"{rank[one.advice.key]}. {voice.names[one.advice.for_]}") for one in theirs]
        days = sum(one.whole_days for one in theirs)
        rows.append((voice.owners[owner], tuple(steps), Figure(value=days, text=voice.number(days))))
    return Table(
        caption=voice.say("advice-by-owner"),
        columns=tuple(voice.say(word) for word in ("advice-owner", "advice-theirs", "advice-days")),
        rows=tuple(rows),
        numeric=(2,),
        widths=(26, 60, 14),
    )


CHAPTER = Chapter("advice", _is_advised, blocks, new_page=True, glossed="tables")
