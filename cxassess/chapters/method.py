"""How the result came about, what it cannot say, and the further figures it comes with."""

from __future__ import annotations

from collections.abc import Iterator

from cxassess.chapters.chapter import Chapter, everywhere, is_answered
from cxassess.content.voice import Voice
from cxassess.page.blocks import Block, Heading, paragraph
from cxassess.pyramid.scorecard import Leverage, Scorecard


def blocks(card: Scorecard, voice: Voice) -> Iterator[Block]:
    """The method in five paragraphs, the framework's version, then figures, where something was answered."""
    for word in ("method-nature", "method-gates", "method-three", "method-evidence", "method-limits"):
        yield paragraph(voice.say(word))
    framework = voice.text(voice.content.model.name)
    yield paragraph(voice.say("method-version", model=framework, version=card.version))
    if is_answered(card):
        yield Heading(level=3, text=voice.say("heading-further-figures"))
        for figure in _figures(card, voice):
            yield paragraph(figure)


def _figures(card: Scorecard, voice: Voice) -> Iterator[str]:
    """Secured level, gated height, and what open and not-applicable answers are worth."""
    yield voice.say("secured-sentence", n=card.claimed.secured)
    yield voice.say("height-sentence", height=voice.number(card.claimed.height, 2))
    at_best = card.if_unknown_f
    if at_best.height > card.claimed.height:
        yield voice.say("if-unknown-f", n=at_best.shown, height=voice.number(at_best.height, 2))
    for one in card.not_applicable:
        yield _leverage(one, voice)


def _leverage(one: Leverage, voice: Voice) -> str:
    """What the level would be, were its not-applicable answers rated N."""
    n = voice.content.level_keys.index(one.level) + 1
    count, questions = len(one.questions), voice.quoted(voice.names[key] for key in one.questions)
    before, after = one.as_is.level(one.level).achievement, one.if_n.level(one.level).achievement
    if after is None:
        return voice.say("leverage-nothing", count=count, n=n, questions=questions)
    word = "leverage" if before is not None else "leverage-not-rated"
    then = {"achievement": voice.percent(after), "attained": one.if_n.shown}
    return voice.say(word, count=count, n=n, questions=questions, **then)


CHAPTER = Chapter("method", everywhere, blocks)
