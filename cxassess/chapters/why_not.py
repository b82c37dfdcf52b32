"""Why not the next level: for each result the conditions that do not hold, and what they hang on."""

from __future__ import annotations

from collections.abc import Iterator

from cxassess.chapters.chapter import Chapter, is_answered
from cxassess.content.voice import Voice
from cxassess.page.blocks import Block, Heading, Paragraph, bullets, paragraph, small
from cxassess.pyramid.scorecard import RESULTS, ResultName, Scorecard, Unmet


def blocks(card: Scorecard, voice: Voice) -> Iterator[Block]:
    """Result by result; one that lacks the same as another only says so."""
    for name in RESULTS:
        yield from _result(name, card, voice)


def _result(name: ResultName, card: Scorecard, voice: Voice) -> Iterator[Block]:
    attained = card.results[name].attained
    if attained == len(voice.content.levels):
        yield paragraph(voice.say("top-reached", result=voice.say(name)))
        return
    next_name = voice.text(voice.content.levels[attained].name)
    yield Heading(level=3, text=voice.say(f"why-not-{name}", n=attained + 1, name=next_name))
    first = next(other for other in RESULTS if card.why_not[other] == card.why_not[name])
    if first != name:
        yield paragraph(voice.say("why-not-same", result=voice.say(first)))
    else:
        yield bullets(_condition(unmet, name, voice) for unmet in card.why_not[name])


def _condition(unmet: Unmet, name: ResultName, voice: Voice) -> tuple[Paragraph, ...]:
    """A condition in a sentence, and below it the questions it hangs on."""
    sentence = voice.say(
        _word(unmet, name),
        count=len(unmet.mistakes),
        level=voice.level_name(unmet.level),
        has=_amount(unmet.has, unmet, voice),
        wants=_amount(unmet.wants, unmet, voice),
        mistakes=voice.listed(voice.names[key] for key in unmet.mistakes),
    )
    if not unmet.questions:
        return (paragraph(sentence),)
    names = voice.quoted(voice.names[key] for key in unmet.questions)
    return paragraph(sentence), small(f"{voice.say('hangs-on', count=len(unmet.questions))}: {names}.")


def _word(unmet: Unmet, name: ResultName) -> str:
    if unmet.need == "core" and name == "verified":
        return "need-core-verified"
    if unmet.need == "rated":
        return f"need-rated-{_rated_test(unmet)}"
    return f"need-{unmet.need}"


def _rated_test(unmet: Unmet) -> str:
    """Which of the three tests a not-rated level fails: a count, a share too small, or too much left out."""
    if unmet.wants > 1:
        return "count"
    return "share" if unmet.has < unmet.wants else "dropped"


def _amount(value: float, unmet: Unmet, voice: Voice) -> str:
    is_count = unmet.need == "rated" and _rated_test(unmet) == "count"
    return voice.number(value) if is_count else voice.percent(value)


CHAPTER = Chapter("why-not", is_answered, blocks)
