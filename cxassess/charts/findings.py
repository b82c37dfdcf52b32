"""What the standing rests on: the answers, their proof, the mistakes, and how long the evidence counts."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from cxassess import theme
from cxassess.charts import drawing
from cxassess.charts.drawing import Row
from cxassess.content.model import LEVELS
from cxassess.content.reading import Content
from cxassess.content.voice import Voice
from cxassess.document.answers import Evidence, Validity
from cxassess.pyramid.scorecard import PROOFS, Mark, Proof, Scorecard

if TYPE_CHECKING:
    import altair as alt

RATINGS = {
    "N": {**drawing.BOX, "fill": theme.PANEL},
    "P": drawing.LIGHT_BOX,
    "L": drawing.MID_BOX,
    "F": drawing.DARK_BOX,
}
STATES = {"unknown": "?", "not-applicable": "–", "unanswered": ""}
_PROOF_LOOKS: dict[Proof, Row] = {
    "proved": drawing.DARK_BOX,
    "partly": drawing.MID_BOX,
    "unproved": drawing.LIGHT_BOX,
    "unrated": drawing.DASHED_BOX,
}
_VALIDITY_LOOKS: dict[Validity, Row] = {
    "current": {**drawing.STROKE, "stroke": theme.VERIFIED, "fill": theme.VERIFIED, "strokeWidth": 4},
    "expired": {**drawing.STROKE, "stroke": theme.MUTED, "strokeDash": drawing.DASHES},
    "later": {**drawing.STROKE, "stroke": theme.VERIFIED},
}
_STEPS = 3
# Rows of evidence beyond which they stand closer.
_MANY = 40


def heat_map(card: Scorecard, voice: Voice) -> alt.LayerChart:
    """Every answer: a row a level, a column a facet (or a number, where facets do not come out even)."""
    left = 98
    names, step = drawing.level_names(voice, x=-left, chars=14, least=54)
    mids = {level: name["mid"] for level, name in zip(voice.content.level_keys, names, strict=True)}
    column_of, heads = _columns(voice)
    width = (drawing.WIDTH - left) / len(heads)
    core = voice.say("chart-core")
    cells, chips, rings, letters, cores = [], [], [], [], []
    for question, mark in zip(voice.content.questions, card.marks, strict=True):
        x, y, rating = (column_of[question.key] + 0.5) * width, mids[question.level], mark.answer.rating
        told = f"{voice.text(question.name)}: {_answer(mark, voice)}"
        box = {"x": x - width / 2 + 2, "x2": x + width / 2 - 2, "y": y - step / 2 + 2, "y2": y + step / 2 - 2}
        cells.append({**(RATINGS[rating] if rating else drawing.DASHED_BOX), **box, "tooltip": told})
        letters.append({"x": x, "y": y, "text": rating or STATES[mark.answer.state], "tooltip": told})
        if rating:
            chips.append({**drawing.CHIP, "size": 1024, "x": x, "y": y, "tooltip": told})
        if mark.proof == "proved":
            rings.append({**drawing.RING, "size": 576, "x": x, "y": y, "tooltip": told})
        if question.core:
            cores.append({**drawing.STAR, "x": box["x2"] - 12, "y": box["y"] + 12, "tooltip": core})
    above = [{"x": (n + 0.5) * width, "y": -13, "text": head} for n, head in enumerate(heads)]
    parts = [
        drawing.layers("rect", cells),
        drawing.layers("point", chips + rings + cores),
        drawing.layers("text", [letter for letter in letters if letter["text"]], align="center", **_BIG),
        drawing.layers("text", names),
        drawing.layers("text", above, align="center", limit=width),
    ]
    keys = list(_heat_keys(card, voice))
    return drawing.chart(parts, keys, height=LEVELS * step, voice=voice, left=left, head=26)


_BIG: Row = {"fontSize": 15, "fontWeight": "bold"}


def _columns(voice: Voice) -> tuple[dict[str, int], list[str]]:
    """The column of each question, and what stands above each column."""
    facets = {facet.key: voice.text(facet.name) for facet in voice.content.model.facets}
    pairs = {(question.level, question.facet) for question in voice.content.questions}
    if len(pairs) == len(voice.content.questions) == len(facets) * LEVELS:
        return {one.key: list(facets).index(one.facet) for one in voice.content.questions}, list(facets.values())
    asked = [voice.content.of_level(level) for level in voice.content.level_keys]
    heads = [voice.number(n) for n in range(1, max(map(len, asked)) + 1)]
    return {one.key: n for questions in asked for n, one in enumerate(questions)}, heads


def _heat_keys(card: Scorecard, voice: Voice) -> Iterator[Row]:
    """The ratings; of the states, those that occur; how proof and core questions are marked."""
    for letter, look in RATINGS.items():
        yield {**look, "text": voice.say(f"rating-{letter.lower()}")}
    there = {mark.answer.state for mark in card.marks}
    for state, sign in STATES.items():
        if state in there:
            yield {**drawing.DASHED_BOX, "sign": sign, "text": voice.say(f"state-{state}")}
    yield from drawing.legend({"proof-proved": drawing.RING, "chart-core": drawing.STAR}, voice)


def _answer(mark: Mark, voice: Voice) -> str:
    """An answer in words: its rating, or its state."""
    rating, state = mark.answer.rating, mark.answer.state
    return voice.say(f"rating-{rating.lower()}" if rating else f"state-{state}")


def mistakes(card: Scorecard, voice: Voice) -> alt.LayerChart:
    """The mistakes found or not yet judged, worst first, in steps of severity; no rows where there are none."""
    left, width = 228, 64
    severities = [(mistake, card.assessment.severity_of(mistake.key)) for mistake in voice.content.mistakes]
    names, boxes, values = [], [], []
    height = 0
    for mistake, severity in sorted(severities, key=lambda one: -(one[1] or 0)):
        if severity == 0:
            continue
        name = voice.text(mistake.name)
        shown = voice.say("severity-open" if severity is None else f"severity-{severity}")
        row = max(40, len(textwrap.wrap(name, 30)) * drawing.LINE + 10)
        y, height = height + row / 2, height + row
        names.append(drawing.text(name, 30, x=-left, y=y))
        values.append({"x": _STEPS * width + 6, "y": y, "text": shown})
        for step in range(_STEPS):
            box = {"x": step * width, "x2": (step + 1) * width - 4, "y": y - 10, "y2": y + 10}
            fill = theme.WARN if step < (severity or 0) else theme.GROUND
            look = {**(drawing.DASHED_BOX if severity is None else drawing.BOX), "fill": fill}
            boxes.append({**look, **box, "tooltip": f"{name}: {shown}"})
    parts = [drawing.layers("rect", boxes), drawing.layers("text", names + values, fontSize=14)]
    return drawing.chart(parts, [], height=height, voice=voice, left=left, right=112)


def coverage(card: Scorecard, voice: Voice) -> alt.LayerChart:
    """How many answers of each level are proved, in part, not at all, or have no rating to prove."""
    names, step = drawing.level_names(voice, x=-drawing.LEFT)
    asked = [voice.content.of_level(level) for level in voice.content.level_keys]
    unit = (drawing.WIDTH - drawing.LEFT - 4) / max(map(len, asked))
    boxes, chips, counts = [], [], []
    for name, questions in zip(names, asked, strict=True):
        found = Counter(card.mark(question.key).proof for question in questions)
        end, y = 0.0, name["mid"]
        for proof in (proof for proof in PROOFS if found[proof]):
            start, end = end, end + found[proof] * unit
            shown = voice.number(found[proof])
            told = f"{name['name']} – {voice.say(f'proof-{proof}')}: {shown}"
            place = {"x": start, "x2": end, "y": y - 15, "y2": y + 15, "tooltip": told}
            boxes.append({**_PROOF_LOOKS[proof], **place})
            if end - start > 24:
                chips.append({**drawing.CHIP, "size": 484, "x": (start + end) / 2, "y": y, "tooltip": told})
                counts.append({"x": (start + end) / 2, "y": y, "text": shown, "tooltip": told})
    parts = [
        drawing.layers("rect", boxes),
        drawing.layers("point", chips),
        drawing.layers("text", counts, align="center", **_BIG),
        drawing.layers("text", names, fontSize=14),
    ]
    keys = drawing.legend({f"proof-{proof}": look for proof, look in _PROOF_LOOKS.items()}, voice)
    return drawing.chart(parts, keys, height=LEVELS * step, voice=voice, left=drawing.LEFT, right=4)


def expiry(card: Scorecard, voice: Voice) -> alt.LayerChart:
    """From when to when each piece of evidence counts, what ends first on top, and where the card's day falls."""
    records = sorted(card.assessment.evidence, key=lambda one: (until(one, voice.content) or date.max, one.key))
    left = 58
    # Keys are capitals and figures and may stand close; words may not.
    steps = [12 if len(records) > _MANY and record.on else 16 for record in records]
    placed = [(sum(steps[:index]) + step / 2, records[index]) for index, step in enumerate(steps)]
    names = [{"x": -left, "y": y, "text": record.key} for y, record in placed]
    spans = [_span(record, y, card, voice) for y, record in placed if record.on]
    undated = voice.say("validity-undated")
    height, days = max(16, sum(steps)), _days(card, voice.content)
    x = drawing.date_axis(*days)
    ends = [
        {**one, "shape": "circle", "size": 64, "x": one["x2"], "strokeWidth": 1.5, "strokeDash": []}
        for one in spans
    ]
    today = {**drawing.STROKE, "x": str(card.on), "x2": str(card.on), "y": -6, "y2": height, "strokeWidth": 1.5}
    label = voice.say("as-of", date=voice.day(card.on))
    where = (card.on - days[0]) / (days[1] - days[0])
    align = "left" if where < 0.3 else "right" if where > 0.7 else "center"
    parts = [
        drawing.layers("rule", [today], x=x),
        drawing.layers("rule", spans, x=x),
        drawing.layers("point", ends, x=x),
        drawing.layers("text", names),
        drawing.layers("text", [{"x": 4, "y": y, "text": undated} for y, record in placed if not record.on]),
        drawing.layers(
            "text", [{"x": str(card.on), "y": -15, "text": label}], x=x, align=align, fontWeight="bold"
        ),
    ]
    there = {validity(record, voice.content, on=card.on) for record in records}
    looks = {f"validity-{validity}": look for validity, look in _VALIDITY_LOOKS.items() if validity in there}
    keys = drawing.legend(looks, voice)
    return drawing.chart(parts, keys, height=height, voice=voice, left=left, right=30, head=26, foot=26, columns=3)


def _span(record: Evidence, y: float, card: Scorecard, voice: Voice) -> Row:
    first, last = record.on or card.on, until(record, voice.content) or card.on
    said = voice.say("bounds-value", lower=voice.day(first), upper=voice.day(last))
    told = f"{record.key}, {voice.text(voice.content.evidence_kinds[record.kind].name)}: {said}"
    look = _VALIDITY_LOOKS[validity(record, voice.content, on=card.on)]
    return {**look, "x": str(first), "x2": str(last), "y": y, "y2": y, "tooltip": told}


def _days(card: Scorecard, content: Content) -> tuple[date, date]:
    """The first and the last day to show: of all evidence, and a month about the day of the card."""
    dated = [(one.on, until(one, content)) for one in card.assessment.evidence]
    first = [begin for begin, _ in dated if begin]
    last = [end for _, end in dated if end]
    return min([card.on - timedelta(days=31), *first]), max([card.on + timedelta(days=31), *last])


def until(record: Evidence, content: Content) -> date | None:
    """The last day on which a piece of evidence counts in full."""
    return record.until(content.evidence_kinds[record.kind])


def validity(record: Evidence, content: Content, *, on: date) -> Validity:
    """Whether a piece of evidence counts on a day."""
    return record.validity(content.evidence_kinds[record.kind], on=on)
