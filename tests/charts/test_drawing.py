"""Every chart of a scorecard: readable by everyone, in either language, the same wherever it is drawn."""

import json
import re
from collections.abc import Callable
from functools import cache
from itertools import combinations
from typing import Any, NamedTuple
from xml.etree import ElementTree

import pytest
import vl_convert
from fontTools.ttLib import TTFont
from kit.drawings import CHARTS, drawn, hostile, rows, written
from kit.made import ON, blank

from cxassess import theme
from cxassess.content.reading import Content
from cxassess.content.voice import Voice
from cxassess.document.assessment import Assessment
from cxassess.document.assessmentfile import load_assessment
from cxassess.places import examples_dir, templates_dir
from cxassess.pyramid.scorecard import Scorecard
from cxassess.pyramid.scoring import score
from cxassess.text import LANGS, Text

FONTS = templates_dir() / "fonts"
EXAMPLES = sorted(path.stem for path in examples_dir().glob("*.json"))
COLOURS = {value for name, value in vars(theme).items() if name.isupper() and str(value).startswith("#")}
Pictures = Callable[[str, str], list[str]]
every_chart = pytest.mark.parametrize("name", CHARTS)
every_language = pytest.mark.parametrize("lang", LANGS)


class Word(NamedTuple):
    """A line of text, and the box its capitals fill."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float


@cache
def widths(face: str) -> dict[int, float]:
    with TTFont(FONTS / f"NotoSans-{face}.ttf") as font:
        per_em, advance = font["head"].unitsPerEm, font["hmtx"]
        return {code: advance[glyph][0] / per_em for code, glyph in font.getBestCmap().items()}


def words(svg: str) -> list[Word]:
    """Every line of text of an SVG, where it stands; the white rims behind numbers left out."""
    found: list[Word] = []

    def walk(node: ElementTree.Element, x: float, y: float) -> None:
        if moved := re.match(r"translate\(([-\d.]+),([-\d.]+)\)", node.get("transform", "")):
            x, y = x + float(moved[1]), y + float(moved[2])
        if node.tag.endswith("}text") and node.get("stroke") is None:
            lines = [node.text or ""] if not len(node) else [part.text or "" for part in node]
            size = float(node.get("font-size", "0").removesuffix("px"))
            drop = float(node[1].get("dy", "0")) if len(node) > 1 else 0
            face = widths("Bold" if node.get("font-weight") == "bold" else "Regular")
            for index, line in enumerate(lines):
                width = sum(face[ord(character)] for character in line) * size
                left = x - width * {"start": 0, "middle": 0.5, "end": 1}[node.get("text-anchor", "start")]
                base = y + index * drop
                found.append(Word(line, left, left + width, base - 0.72 * size, base, size))
        for child in node:
            walk(child, x, y)

    walk(ElementTree.fromstring(svg), 0, 0)
    return found


@pytest.fixture(scope="module")
def cards(content: Content) -> dict[str, Scorecard]:
    """The shipped examples, and the hostile ones."""
    shipped = {name: load_assessment(examples_dir() / f"{name}.json", content) for name in EXAMPLES}
    made = {name: score(one, content, on=one.on) for name, one in shipped.items()}
    return made | {f"hostile {n}": card for n, card in enumerate(hostile(content))}


@pytest.fixture(scope="module")
def pictures(cards: dict[str, Scorecard], content: Content) -> Pictures:
    """Every card as one chart in one language, drawn once for all tests."""

    @cache
    def picture(name: str, lang: str) -> list[str]:
        return [drawn(CHARTS[name], card, content, lang) for card in cards.values()]

    return picture


@every_language
@every_chart
def test_no_text_is_cut_off_or_over_another(name: str, lang: str, pictures: Pictures) -> None:
    """Measured in our own font, for every example, nothing answered, everything answered, sixty records."""
    for svg in pictures(name, lang):
        _, _, width, height = map(float, re.search(r'viewBox="([^"]+)"', svg)[1].split())
        found = words(svg)
        outside = [w.text for w in found if w.left < 0 or w.right > width or w.top < 0 or w.bottom > height]
        assert outside == []
        over = [
            (one.text, other.text)
            for one, other in combinations(found, 2)
            if one.left < other.right
            and other.left < one.right
            and one.top < other.bottom
            and other.top < one.bottom
        ]
        assert over == []


@every_chart
def test_all_are_of_one_width_in_type_that_can_be_read(name: str, pictures: Pictures) -> None:
    """At most 560 pixels wide, so that a phone need not make them small; no type under 13."""
    for svg in pictures(name, "en"):
        assert float(re.search(r'width="([\d.]+)"', svg)[1]) == 540
        assert min((word.size for word in words(svg)), default=13) >= 13


@every_chart
def test_every_colour_is_one_of_the_theme(name: str, pictures: Pictures) -> None:
    """A brand replaces exactly these; another colour would stay behind."""
    for svg in pictures(name, "en"):
        used = set(re.findall(r'(?:fill|stroke|color)="([^"]+)"', svg))
        assert used <= COLOURS | {"none", "transparent"}


@every_chart
def test_all_words_are_in_ink(name: str, pictures: Pictures) -> None:
    """No text takes its colour from a result: the lightest of them could not be read."""
    for svg in pictures(name, "en"):
        assert set(re.findall(r'<text(?![^>]*stroke=)[^>]* fill="([^"]+)"', svg)) <= {theme.INK}


@pytest.mark.parametrize("name", ["answers", "coverage"])
def test_what_is_written_on_a_colour_stands_on_white(
    name: str, cards: dict[str, Scorecard], content: Content
) -> None:
    """A brand may bring any colour, so no letter or number stands on one itself."""
    for card in cards.values():
        found = list(rows(CHARTS[name], card, content))
        white = {(r["x"], r["y"]) for kind, r in found if kind == "point" and r["fill"] == theme.GROUND}
        boxes = [row for kind, row in found if kind == "rect" and row["fill"] != theme.GROUND]
        written = [(row["x"], row["y"]) for kind, row in found if kind == "text" and "tooltip" in row]
        on_colour = {
            (x, y) for x, y in written for box in boxes if box["x"] < x < box["x2"] and box["y"] < y < box["y2"]
        }
        assert len(on_colour) == len(boxes) and on_colour <= white


def test_outlines_can_be_seen() -> None:
    """WCAG 2.2: 3 to 1 for what is drawn, so that light fills have an edge in black and white, too."""

    def luminance(colour: str) -> float:
        channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    for colour in (theme.MUTED, theme.INK, theme.CONSISTENT, theme.VERIFIED, theme.WARN):
        assert 1.05 / (luminance(colour) + 0.05) >= 3


@every_chart
def test_same_card_same_bytes(name: str, card: Scorecard, golden_content: Content) -> None:
    """A chart drawn twice is the same SVG."""
    assert drawn(CHARTS[name], card, golden_content, "id") == drawn(CHARTS[name], card, golden_content, "id")


@every_chart
def test_no_client_text_is_in_a_chart(name: str, content: Content) -> None:
    """Names, notes and sources stay out, in what is drawn and in the data beneath it."""
    text = (examples_dir() / "bank-teluk-biru.json").read_text(encoding="utf-8")
    document = json.loads(text)
    typed = {"note", "private", "organisation", "name", "trade_text", "source", "objective"}

    def marked(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {k: marked(v, k) for k, v in value.items()}
        if isinstance(value, list):
            return [marked(one, key) for one in value]
        return "CANARY" if key in typed and isinstance(value, str) else value

    assessment = Assessment.model_validate_json(json.dumps(marked(document)))
    assert assessment.profile.organisation == "CANARY"
    spec = CHARTS[name].draw(score(assessment, content, on=ON), Voice(content, "id")).to_dict()
    assert "CANARY" not in json.dumps(spec)
    assert "CANARY" not in CHARTS[name].describe(score(assessment, content, on=ON), Voice(content, "id"))


@every_chart
def test_marks_tell_in_words_what_they_show(name: str, card: Scorecard, golden_content: Content) -> None:
    """Pointed at, a mark tells a sentence, not names of fields."""
    spec = CHARTS[name].draw(card, Voice(golden_content, "id")).to_dict()
    told = [layer for layer in spec["layer"] if "tooltip" in layer["encoding"]]
    assert told
    assert all(row["tooltip"] for layer in told for row in spec["datasets"][layer["data"]["name"]])


@every_chart
def test_vega_lite_has_nothing_to_object_to(
    name: str, card: Scorecard, golden_content: Content, caplog: pytest.LogCaptureFixture
) -> None:
    """Sizes and widths are measures, not categories; vl-convert says so from its version 2 on."""
    spec = CHARTS[name].draw(card, Voice(golden_content, "en")).to_dict(validate=False)
    vl_convert.vegalite_to_svg(spec)
    for encoding in (layer["encoding"] for layer in spec["layer"]):
        kinds = {encoding[channel]["type"] for channel in ("size", "strokeWidth") if channel in encoding}
        assert kinds <= {"quantitative"}
        # The charts that answer to the pointer know their days only where every layer says the span in numbers.
        if encoding["x"]["type"] == "temporal":
            assert all(isinstance(end, int) for end in encoding["x"]["scale"]["domain"])
    assert caplog.records == []


def uneven(content: Content) -> Content:
    """A content whose first level has more questions than there are facets, and a level of a long name."""
    first = content.questions[0]
    more = [first.model_copy(update={"key": f"inform-{n}"}) for n in (6, 7, 8)]
    name = Text(
        id="Kebutuhan yang belum pernah disampaikan kepada siapa pun", en="Needs that nobody ever voiced so far"
    )
    third = content.levels[2].model_copy(update={"name": name})
    levels = (*content.levels[:2], third, *content.levels[3:])
    model = content.model.model_copy(update={"levels": levels})
    questions = (*content.questions[:5], *more, *content.questions[5:])
    return content.model_copy(update={"model": model, "questions": questions})


@every_chart
def test_a_content_of_another_shape_can_be_drawn(name: str, content: Content) -> None:
    """Long names make rows higher, not narrower; what has no facet of its own has a number."""
    other = Content(**{field: getattr(uneven(content), field) for field in Content.model_fields})
    card = score(blank(other), other, on=ON)
    shown = written(drawn(CHARTS[name], card, other, "id"))
    if name not in ("mistakes", "expiry"):
        assert "3. Kebutuhan yang belum pernah disampaikan kepada siapa pun" in shown
    if name == "answers":
        assert [str(n) for n in range(1, 9)] == [text for text in shown if text.isdigit()]
        assert "Pemicu" not in shown
        assert len({row["x"] for kind, row in rows(CHARTS[name], card, other) if kind == "rect"}) == 8


@every_language
@every_chart
def test_every_card_has_a_description(name: str, lang: str, cards: dict[str, Scorecard], content: Content) -> None:
    """In both languages, of every example and of nothing; an empty label would be worse than none."""
    for card in cards.values():
        told = CHARTS[name].describe(card, Voice(content, lang))
        assert len(told) > 40 and "{" not in told and "None" not in told
