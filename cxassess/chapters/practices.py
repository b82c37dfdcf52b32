"""A practice as a row of a table: what was asked, the answer in words, the note, and what proves it."""

from __future__ import annotations

from collections.abc import Iterator

from cxassess.chapters.chapter import evidence_keys, typed_line, typed_note
from cxassess.content.practices import Practice, Question
from cxassess.content.voice import Voice
from cxassess.document.answers import Answer, EvidenceLink
from cxassess.page.blocks import Cell, Paragraph, Run, bold, paragraph, small
from cxassess.pyramid.samples import how_many_more
from cxassess.pyramid.scorecard import Mark, Scorecard
from cxassess.pyramid.scoring import supported

# Shares of the width, for the four cells of a row.
WIDTHS = (36, 18, 29, 17)


def practice_row(practice: Practice, mark: Mark, card: Scorecard, voice: Voice) -> tuple[Cell, ...]:
    """Four cells; what a rating generally looks like is left to the interview, for it would read as a finding."""
    name = [Run(text=voice.text(practice.name))]
    if isinstance(practice, Question) and practice.core:
        name.append(Run(text=f" ({voice.say('core')})", italic=True))
    asked = (paragraph(*name), small(voice.text(practice.ask)))
    answered = (*_answer(mark.answer, voice), *_opinions(mark.answer, card, voice))
    return (asked, answered, typed_note(mark.answer.note, card, voice), _evidence(mark, voice))


def _answer(answer: Answer, voice: Voice) -> tuple[Paragraph, ...]:
    words = paragraph(bold(voice.answer(answer.rating, answer.state)))
    return (words, small(voice.say(f"reason-{answer.reason}"))) if answer.reason else (words,)


def _opinions(answer: Answer, card: Scorecard, voice: Voice) -> Iterator[Paragraph]:
    """What single people would rate, each by role; it enters no score."""
    for opinion in answer.opinions:
        runs = [Run(text=voice.say("opinion-of", who=opinion.who, rating=opinion.rating))]
        if opinion.note:
            runs += [Run(text=": "), typed_line(opinion.note, card, voice)]
        yield small(*runs)


def _evidence(mark: Mark, voice: Voice) -> tuple[Paragraph, ...]:
    """How far the evidence carries the answer, what its samples say, and the evidence itself."""
    links = mark.answer.evidence
    keys = evidence_keys(link.evidence for link in links)
    if mark.answer.rating is None:
        return keys
    samples = [paragraph(sample(link, mark.answer, voice)) for link in links if link.sample]
    return (paragraph(proof(mark, voice)), *samples, *keys)


def proof(mark: Mark, voice: Voice) -> str:
    """How far current evidence carries a rated answer, as a sentence."""
    return voice.say(f"proof-sentence-{mark.proof}", rating=mark.counted)


def sample(link: EvidenceLink, answer: Answer, voice: Voice) -> str:
    """What the sample of a link says: its band, how many more would settle it, and whether the rating differs."""
    assert link.sample is not None  # asked only for links with a sample
    k, n, rating = link.sample.k, link.sample.n, supported(link)
    shown = {"k": k, "n": n, "share": voice.percent(k / n), "rating": rating}
    more = how_many_more(k, n)
    if more is None:
        sentence = voice.say("sample-unsettled", **shown)
    elif more:
        sentence = voice.say("sample-more", count=more, **shown)
    else:
        sentence = voice.say("sample-settled", **shown)
    if rating == answer.rating:
        return sentence
    return f"{sentence} {voice.say('sample-differs', rating=answer.rating)}"
