"""The portfolio at a glance: how many assessments stand at each level, and what the counts alone do not tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from cxassess.batch.listing import Entry
from cxassess.charts import portfolio as drawn
from cxassess.content.model import LEVELS
from cxassess.content.voice import Voice
from cxassess.page.blocks import Block, Heading, Table, fine
from cxassess.page.imprint import Outcome
from cxassess.pyramid.scorecard import RESULTS


def portfolio(entries: Sequence[Entry], voice: Voice) -> Iterator[Block]:
    """How many assessments stand at each level, drawn and in figures, with remarks."""
    outcomes = [entry[0].outcome for entry in entries]
    counts = {name: Counter(outcome.results[name].attained for outcome in outcomes) for name in RESULTS}
    yield Heading(level=2, text=voice.say("index-portfolio"), key="portfolio")
    yield drawn.chart(counts, voice)
    rows = (
        (voice.reached(n), *(voice.number(counts[name][n]) for name in RESULTS)) for n in range(LEVELS, -1, -1)
    )
    columns = ("level", *RESULTS)
    yield Table(
        caption=voice.say("index-portfolio-caption"),
        columns=tuple(voice.say(word) for word in columns),
        rows=tuple(rows),
        numeric=(1, 2, 3),
        widths=(43, 17, 18, 22),
    )
    yield from map(fine, _remarks(outcomes, voice))
    if doubled := _doubled(entries):
        yield fine(voice.say("index-doubled", count=doubled))


def _remarks(outcomes: Sequence[Outcome], voice: Voice) -> Iterator[str]:
    """What the counts alone do not tell."""
    at_least = Counter(name for outcome in outcomes for name in RESULTS if outcome.results[name].at_least)
    if at_least:
        counts = [
            voice.say("index-result-count", result=voice.say(name), count=count)
            for name, count in at_least.items()
        ]
        yield voice.say("index-at-least", counts=voice.listed(counts))
    if unproved := sum(one.verified.attained == 0 < one.consistent.attained for one in outcomes):
        yield voice.say("index-unproved", count=unproved)
    if drafts := sum(one.draft for one in outcomes):
        yield voice.say("index-drafts", count=drafts)


def _doubled(entries: Sequence[Entry]) -> int:
    """How many assessments have more than one line, because their reports were made of different answers."""
    lines = Counter(entry[0].imprint.assessment_key for entry in entries)
    return sum(count > 1 for count in lines.values())
