"""The heat map of answers: a row a level, a cell a question, as dark as its rating is high."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from cxassess import theme
from cxassess.charts import drawing
from cxassess.charts.drawing import Frame, Row
from cxassess.content.model import LEVELS, Rating
from cxassess.content.reading import Content
from cxassess.content.voice import Voice
from cxassess.page.blocks import Chart
from cxassess.pyramid.levels import POINTS
from cxassess.pyramid.scorecard import Scorecard

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd

_LEFT = 98
_RATINGS: dict[Rating, Row] = {
    "N": {**drawing.BOX, "fill": theme.PANEL},
    "P": drawing.LIGHT_BOX,
    "L": drawing.MID_BOX,
    "F": drawing.DARK_BOX,
}
# What stands in a cell without a rating.
_SIGNS = {"unknown": "?", "not-applicable": "–", "unanswered": ""}
_MARKS = {"proof-proved": drawing.RING, "chart-core": drawing.STAR}


def frame(card: Scorecard, content: Content) -> pd.DataFrame:
    """The answers in figures, in content order: a row a question, its key as index.

    Columns: level (1 to 6), points and counted (0 to 1, as rated and as far as proved; NaN without a rating),
    grade (of the best evidence that counts, 0 to 4).
    """
    import pandas as pd

    rated = [mark.answer.rating for mark in card.marks]
    columns = {
        "level": [content.level_keys.index(question.level) + 1 for question in content.questions],
        "points": [POINTS[rating] if rating else None for rating in rated],
        "counted": [POINTS[mark.counted] if mark.answer.rating else None for mark in card.marks],
        "grade": [mark.grade for mark in card.marks],
    }
    made = pd.DataFrame(columns, index=pd.Index([mark.key for mark in card.marks], name="question"))
    return made.astype({"points": float, "counted": float})


def chart(card: Scorecard, voice: Voice) -> Chart:
    """The chart as a block of a report."""
    return drawing.block("heat-map", draw(card, voice), describe(card, voice), voice)


def describe(card: Scorecard, voice: Voice) -> str:
    """How many answers there are of each rating and state, in words."""
    counts = Counter(mark.answer.rating or mark.answer.state for mark in card.marks)
    return voice.say("chart-heat-map-alt", **drawing.spoken(counts, (*_RATINGS, *_SIGNS), voice))


def draw(card: Scorecard, voice: Voice) -> alt.LayerChart:
    """Every answer: a row a level, a column a facet (or a number, where facets do not come out even)."""
    names, step = drawing.level_names(voice, x=-_LEFT, chars=14, least=54)
    mids = {level: name["mid"] for level, name in zip(voice.content.level_keys, names, strict=True)}
    column_of, heads = _columns(voice)
    width = (drawing.WIDTH - _LEFT) / len(heads)
    cells, chips, rings, letters, stars = [], [], [], [], []
    for question, mark in zip(voice.content.questions, card.marks, strict=True):
        rating, state = mark.answer.rating, mark.answer.state
        x, y = (column_of[question.key] + 0.5) * width, mids[question.level]
        tip = f"{voice.text(question.name)}: {voice.answer(rating, state)}"
        box = {"x": x - width / 2 + 2, "x2": x + width / 2 - 2, "y": y - step / 2 + 2, "y2": y + step / 2 - 2}
        middle = {"x": x, "y": y}
        cells.append({**(_RATINGS[rating] if rating else drawing.DASHED_BOX), **box, "tooltip": tip})
        if sign := rating or _SIGNS[state]:
            letters.append({**middle, "text": sign, "tooltip": tip})
        if rating:
            chips.append({**drawing.CHIP, "size": 1024, **middle, "tooltip": tip})
        if mark.proof == "proved":
            rings.append({**drawing.RING, "size": 576, **middle, "tooltip": tip})
        if question.core:
            corner = {"x": box["x2"] - 12, "y": box["y"] + 12, "tooltip": voice.say("chart-core")}
            stars.append({**drawing.STAR, **corner})
    above = [{"x": (n + 0.5) * width, "y": -13, "text": head} for n, head in enumerate(heads)]
    parts = [
        drawing.layers("rect", cells),
        drawing.layers("point", chips + rings + stars),
        drawing.layers("text", letters, align="center", **drawing.BIG),
        drawing.layers("text", names),
        drawing.layers("text", above, align="center", limit=width),
    ]
    keys = list(_legend(card, voice))
    return drawing.framed(parts, keys, Frame(height=LEVELS * step, left=_LEFT, head=30), voice)


def _columns(voice: Voice) -> tuple[dict[str, int], list[str]]:
    """The column of each question, and what stands above each column."""
    content = voice.content
    facets = [facet.key for facet in content.model.facets]
    pairs = {(question.level, question.facet) for question in content.questions}
    if len(pairs) == len(content.questions) == len(facets) * LEVELS:
        columns = {question.key: facets.index(question.facet) for question in content.questions}
        return columns, [voice.text(facet.name) for facet in content.model.facets]
    asked = [content.of_level(level) for level in content.level_keys]
    columns = {question.key: n for questions in asked for n, question in enumerate(questions)}
    return columns, [voice.number(n) for n in range(1, max(map(len, asked)) + 1)]


def _legend(card: Scorecard, voice: Voice) -> Iterator[Row]:
    """The ratings; of the states, those that occur; how proof and core questions are marked."""
    for rating, look in _RATINGS.items():
        yield {**look, "text": voice.rating(rating)}
    there = {mark.answer.state for mark in card.marks}
    for state, sign in _SIGNS.items():
        if state in there:
            yield {**drawing.DASHED_BOX, "sign": sign, "text": voice.answer(None, state)}
    yield from drawing.legend(_MARKS, voice)
