"""The pyramid and its figures: level by level, against the target, claimed against verified, every question."""

from __future__ import annotations

from collections.abc import Iterator

from cxassess.chapters.chapter import Chapter, is_answered
from cxassess.charts import answers, claimed_verified, profile, pyramid
from cxassess.content.model import RATINGS
from cxassess.content.voice import Voice
from cxassess.page.blocks import Block, Cell, Figure, Heading, Table, fine, paragraph, small
from cxassess.pyramid.scorecard import LevelResult, Scorecard


def blocks(card: Scorecard, voice: Voice) -> Iterator[Block]:
    """The pyramid, its table and how to read it; then three charts, each under its own heading."""
    yield pyramid.chart(card, voice)
    yield table(card, voice)
    yield fine(voice.say("letters-note", **{letter.lower(): voice.rating(letter) for letter in RATINGS}))
    yield fine(voice.say("bounds-note"))
    for drawing in (profile, claimed_verified, answers):
        chart = drawing.chart(card, voice)
        yield Heading(level=3, text=voice.say(f"chart-{chart.key}-heading"))
        yield chart


def table(card: Scorecard, voice: Voice) -> Table:
    """Achievement of each level, base first: claimed with bounds, consistent, verified."""
    rows = []
    for index, level in enumerate(voice.content.levels):
        name = (paragraph(voice.level_name(level.key)), small(voice.text(level.gist)))
        claimed, *others = (result.levels[index] for result in card.results.values())
        bounds = _bounds(claimed, voice)
        rows.append((name, _achievement(claimed, voice), bounds, *(_achievement(one, voice) for one in others)))
    words = ("level", "claimed", "bounds", "consistent", "verified")
    return Table(
        caption=voice.say("levels-caption"),
        columns=tuple(voice.say(word) for word in words),
        rows=tuple(rows),
        numeric=(1, 2, 3, 4),
        widths=(44, 13, 17, 13, 13),
    )


def _achievement(level: LevelResult, voice: Voice) -> Cell:
    written = voice.achievement(level.achievement, level.letter)
    return written if level.achievement is None else Figure(value=level.achievement, text=written)


def _bounds(level: LevelResult, voice: Voice) -> str:
    """The bounds of a level; a dash where nothing is open, for then they say nothing."""
    if level.lower == level.upper:
        return "–"
    return voice.bounds(voice.percent(level.lower), voice.percent(level.upper))


CHAPTER = Chapter("levels", is_answered, blocks, glossed="tables")
