"""Every chart of a scorecard, the cards they are tried on, and what stands in a drawing."""

import pkgutil
from collections.abc import Iterator, Sequence
from datetime import timedelta
from importlib import import_module
from types import ModuleType
from typing import Any
from xml.etree import ElementTree

import vl_convert

from cxassess import charts
from cxassess.content.reading import Content
from cxassess.content.voice import Voice
from cxassess.document.answers import Evidence, Judgement
from cxassess.document.assessment import Target
from cxassess.pyramid.scorecard import Scorecard
from cxassess.pyramid.scoring import score
from kit.made import ON, blank, rated, records

_MODULES = [import_module(f"cxassess.charts.{found.name}") for found in pkgutil.iter_modules(charts.__path__)]
# Every chart of one scorecard; the portfolio is of many.
CHARTS = {
    module.__name__.rpartition(".")[2]: module
    for module in _MODULES
    if hasattr(module, "draw") and not module.__name__.endswith(".portfolio")
}


def drawn(chart: ModuleType, card: Scorecard, content: Content, lang: str = "en") -> str:
    """The SVG of a chart, which must be sound Vega-Lite."""
    return vl_convert.vegalite_to_svg(chart.draw(card, Voice(content, lang)).to_dict())


def rows(
    chart: ModuleType, card: Scorecard, content: Content, lang: str = "en"
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every row of a chart's data, with the kind of its mark."""
    spec = chart.draw(card, Voice(content, lang)).to_dict()
    for layer in spec["layer"]:
        yield from ((layer["mark"]["type"], row) for row in spec["datasets"][layer["data"]["name"]])


def written(svg: str) -> list[str]:
    """All that is written in an SVG, a text after another."""
    texts = ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")
    return [" ".join("".join(part.itertext()) for part in ([*text] or [text])) for text in texts]


def unwritten(svg: str, wanted: Sequence[str], content: Content, lang: str) -> list[str]:
    """What is not written in an SVG though wanted; a key of `words/` stands for its word."""
    texts = [content.words[text].in_(lang) if text in content.words else text for text in wanted]
    there = written(svg)
    return [text for text in texts if text not in there]


def pieces(count: int) -> tuple[Evidence, ...]:
    """Current, expired, future and undated pieces of evidence, in no order."""
    made = []
    for n in range(count):
        on = None if n % 13 == 5 else ON + timedelta(days=(n * 37) % 700 - 560)
        made.append(Evidence(key=f"E-{n + 1:02d}", kind="document", source="x", on=on))
    return tuple(made)


def hostile(content: Content) -> list[Scorecard]:
    """Nothing answered; everything answered, and sixty pieces of evidence; all at the top, or at the bottom."""
    worst = {mistake.key: Judgement(severity=3) for mistake in content.mistakes}
    made = [
        blank(content),
        rated(content, "FFFFFF").replaced(evidence=pieces(60), targets=(Target(key="T-01", level=6),)),
        rated(content, "NNNNNN").replaced(evidence=pieces(1)),
        blank(content, evidence=records(content), mistakes=worst),
    ]
    return [score(one, content, on=ON) for one in made]
