"""How far the answers of each level are proved, counted."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from cxassess.charts import drawing
from cxassess.charts.drawing import Frame, Row
from cxassess.content.model import LEVELS
from cxassess.content.reading import Content
from cxassess.content.voice import Voice
from cxassess.page.blocks import Chart
from cxassess.pyramid.scorecard import PROOFS, Proof, Scorecard

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd

_LOOKS: dict[Proof, Row] = {
    "proved": drawing.DARK_BOX,
    "partly": drawing.MID_BOX,
    "unproved": drawing.LIGHT_BOX,
    "unrated": drawing.DASHED_BOX,
}
_RIGHT = 4


def counts(card: Scorecard, content: Content) -> dict[str, Counter[Proof]]:
    """How many answers of each level, by its key, are proved how far."""
    return {
        level: Counter(card.mark(question.key).proof for question in content.of_level(level))
        for level in content.level_keys
    }


def frame(card: Scorecard, content: Content) -> pd.DataFrame:
    """The counts: a row a level, base first, its key as index; columns proved, partly, unproved, unrated."""
    import pandas as pd

    found = counts(card, content)
    rows = [[of_level[proof] for proof in PROOFS] for of_level in found.values()]
    return pd.DataFrame(rows, index=pd.Index(list(found), name="level"), columns=list(PROOFS))


def chart(card: Scorecard, voice: Voice) -> Chart:
    """The chart as a block of a report."""
    return drawing.block("coverage", draw(card, voice), describe(card, voice), voice)


def describe(card: Scorecard, voice: Voice) -> str:
    """How many answers of all are proved how far, in words."""
    found = Counter(mark.proof for mark in card.marks)
    values = drawing.spoken(found, PROOFS, voice)
    # The sentence goes by how many are proved, not by how many there are.
    values |= {"all": voice.number(found.total()), "count": found["proved"]}
    return voice.say("chart-coverage-alt", **values)


def draw(card: Scorecard, voice: Voice) -> alt.LayerChart:
    """A bar a level, in as many parts as its answers are proved differently far."""
    names, step = drawing.level_names(voice, x=-drawing.LEFT)
    found = counts(card, voice.content)
    unit = (drawing.WIDTH - drawing.LEFT - _RIGHT) / max(of_level.total() for of_level in found.values())
    boxes, chips, numbers = [], [], []
    for name, of_level in zip(names, found.values(), strict=True):
        end, y = 0.0, name["mid"]
        for proof in PROOFS:
            if not of_level[proof]:
                continue
            start, end = end, end + of_level[proof] * unit
            number = voice.number(of_level[proof])
            tip = f"{name['name']} – {voice.say(f'proof-{proof}')}: {number}"
            boxes.append({**_LOOKS[proof], "x": start, "x2": end, "y": y - 15, "y2": y + 15, "tooltip": tip})
            # A narrower part has no room for its number; the table beside the chart has it.
            if end - start > 24:
                middle = {"x": (start + end) / 2, "y": y}
                chips.append({**drawing.CHIP, "size": 484, **middle, "tooltip": tip})
                numbers.append({**middle, "text": number, "tooltip": tip})
    parts = [
        drawing.layers("rect", boxes),
        drawing.layers("point", chips),
        drawing.layers("text", numbers, align="center", **drawing.BIG),
        drawing.layers("text", names, fontSize=14),
    ]
    keys = drawing.legend({f"proof-{proof}": look for proof, look in _LOOKS.items()}, voice)
    room = Frame(height=LEVELS * step, left=drawing.LEFT, right=_RIGHT)
    return drawing.framed(parts, keys, room, voice)
