"""The mistakes found, worst first, with the levels they contradict; then those looked for and not found."""

from __future__ import annotations

from collections.abc import Iterator

from cxassess.chapters.chapter import Chapter, evidence_keys, typed_note
from cxassess.charts import mistakes
from cxassess.content.practices import Mistake
from cxassess.content.voice import Voice
from cxassess.page.blocks import Block, Cell, Paragraph, Table, paragraph
from cxassess.pyramid.contradictions import Contradiction
from cxassess.pyramid.scorecard import Scorecard


def _is_judged(card: Scorecard) -> bool:
    return bool(card.assessment.mistakes)


def blocks(card: Scorecard, voice: Voice) -> Iterator[Block]:
    """Chart and table of what was found or is not judged yet, if anything; what was not found, in a line."""
    found = table(card, voice)
    if found.rows:
        yield mistakes.chart(card, voice)
        yield found
    absent = [one.key for one in voice.content.mistakes if card.assessment.severity_of(one.key) == 0]
    if absent:
        names = voice.quoted(voice.names[key] for key in absent)
        yield paragraph(f"{voice.say('mistakes-none')}: {names}.")


def table(card: Scorecard, voice: Voice) -> Table:
    """Every mistake found or not yet judged: severity, the contradictions that follow, the note. Worst first."""
    severities = {mistake.key: card.assessment.severity_of(mistake.key) for mistake in voice.content.mistakes}
    found = [mistake for mistake in voice.content.mistakes if severities[mistake.key] != 0]
    found.sort(key=lambda mistake: severities[mistake.key] or 0, reverse=True)
    return Table(
        caption=voice.say("mistakes-caption"),
        columns=tuple(voice.say(word) for word in ("mistake", "severity", "note", "contradicts")),
        rows=tuple(_row(mistake, card, voice) for mistake in found),
        widths=(24, 13, 38, 25),
    )


def _row(mistake: Mistake, card: Scorecard, voice: Voice) -> tuple[Cell, ...]:
    judgement = card.assessment.mistakes.get(mistake.key)
    clashes = [one for one in card.contradictions if one.mistake == mistake.key]
    against = tuple(line for one in clashes for line in _contradiction(one, card, voice))
    if judgement is None:
        return (voice.text(mistake.name), voice.severity(None), (), against)
    # What the mistake looks like in general would read as a finding about this company.
    note = (*typed_note(judgement.note, card, voice), *evidence_keys(judgement.evidence))
    return (voice.text(mistake.name), voice.severity(judgement.severity), note, against)


def _contradiction(one: Contradiction, card: Scorecard, voice: Voice) -> Iterator[Paragraph]:
    """The level contradicted; where that is excepted, why, by what evidence, and whether that is proof."""
    n = voice.content.level_keys.index(one.level) + 1
    name = voice.text(voice.content.levels[n - 1].name)
    yield paragraph(voice.say(f"contradiction-{one.state}", n=n, name=name))
    if one.state == "excepted":
        pair = (one.mistake, one.level)
        exempt = next(each for each in card.assessment.exceptions if (each.mistake, each.level) == pair)
        yield from typed_note(exempt.reason, card, voice)
        yield from evidence_keys(exempt.evidence)
        if not one.proved:
            yield paragraph(voice.say("contradiction-unproved"))


CHAPTER = Chapter("mistakes", _is_judged, blocks, glossed="tables")
