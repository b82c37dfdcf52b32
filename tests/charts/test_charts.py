"""Charts: what they show is what was computed, readable by everyone, in either language."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache
from itertools import combinations, pairwise
from typing import Any, NamedTuple
from xml.etree import ElementTree

import pytest
import vl_convert
from fontTools.ttLib import TTFont
from kit.made import ON, blank, records

from cxassess import charts, theme
from cxassess import places as paths
from cxassess.content.reading import Content
from cxassess.content.voice import Voice
from cxassess.document.answers import Answer, Evidence, EvidenceLink, Judgement
from cxassess.document.assessment import Assessment, Target
from cxassess.document.assessmentfile import load_assessment
from cxassess.places import examples_dir
from cxassess.pyramid.scorecard import Scorecard
from cxassess.pyramid.scoring import score
from cxassess.text import LANGS, Text

CHARTS = {
    "pyramid": charts.pyramid,
    "profile": charts.profile,
    "heat-map": charts.heat_map,
    "mistakes": charts.mistakes,
    "claimed-verified": charts.claimed_verified,
    "coverage": charts.coverage,
    "expiry": charts.expiry,
}
FONTS = paths.templates_dir() / "fonts"
EXAMPLES = sorted(path.stem for path in examples_dir().glob("*.json"))
COLOURS = {value for name, value in vars(theme).items() if name.isupper() and str(value).startswith("#")}
Pictures = Callable[[str, str], list[str]]
every_chart = pytest.mark.parametrize("name", CHARTS)
every_language = pytest.mark.parametrize("lang", LANGS)


@pytest.fixture(scope="module", autouse=True)
def font() -> None:
    vl_convert.register_font_directory(str(FONTS))


def drawn(name: str, card: Scorecard, content: Content, lang: str = "en") -> str:
    return vl_convert.vegalite_to_svg(CHARTS[name](card, Voice(content, lang)).to_dict())


def rows(name: str, card: Scorecard, content: Content, lang: str = "en") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every row of a chart's data, with the kind of its mark."""
    spec = CHARTS[name](card, Voice(content, lang)).to_dict()
    for layer in spec["layer"]:
        yield from ((layer["mark"]["type"], row) for row in spec["datasets"][layer["data"]["name"]])


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


def said(svg: str) -> str:
    """All that is written in an SVG, a text after another."""
    texts = ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")
    return "\n".join(" ".join("".join(part.itertext()) for part in ([*text] or [text])) for text in texts)


def rated(content: Content, ratings: str, **fields: object) -> Assessment:
    """Every question of a level with one rating, base first; no mistakes."""
    level = content.level_keys.index
    answers = {q.key: Answer(state="rated", rating=ratings[level(q.level)]) for q in content.questions}
    none = {mistake.key: Judgement(severity=0) for mistake in content.mistakes}
    return blank(content, answers=answers, mistakes=none).replaced(**fields)


def evidence(count: int) -> tuple[Evidence, ...]:
    """Current, expired, future and undated pieces of evidence, in no order."""
    made = []
    for n in range(count):
        on = None if n % 13 == 5 else ON + timedelta(days=(n * 37) % 700 - 560)
        made.append(Evidence(key=f"E-{n + 1:02d}", kind="document", source="x", on=on))
    return tuple(made)


def hostile(content: Content) -> list[Scorecard]:
    """Nothing answered; everything answered, and sixty pieces of evidence; all at the top, or at the bottom."""
    made = [
        blank(content),
        rated(content, "FFFFFF", evidence=evidence(60), targets=(Target(level=6),)),
        rated(content, "NNNNNN", evidence=evidence(1)),
        blank(
            content, evidence=records(content), mistakes={m.key: Judgement(severity=3) for m in content.mistakes}
        ),
    ]
    return [score(one, content, on=ON) for one in made]


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
        return [drawn(name, card, content, lang) for card in cards.values()]

    return picture


# What stands in the chart of the golden example; a key of words.yaml stands for its word.
SAYS = {
    ("pyramid", "id"): ["4. Kebutuhan diantisipasi", "58,3% (L)", "claimed", "consistent", "verified"],
    ("pyramid", "en"): ["4. Need anticipated", "58.3% (L)", "chart-verified", "chart-claimed-only"],
    ("profile", "id"): ["58,3% (L)", "0% (N)", "66,7%", "chart-bar", "chart-bounds"],
    ("profile", "en"): ["58.3% (L)", "0% (N)", "66.7%", "Over 50%: needed to reach the level itself"],
    ("heat-map", "id"): ["Pemicu", "Upaya", "rating-l", "state-unknown", "state-not-applicable"],
    ("heat-map", "en"): ["Trigger", "Effort", "rating-l", "proof-proved", "chart-core"],
    ("mistakes", "id"): ["Pelayanan tanpa sentuhan pribadi", "severity-3"],
    ("mistakes", "en"): ["Impersonal service", "severity-3"],
    ("claimed-verified", "id"): ["58,3%", "50%", "8,3%", "91,7%", "claimed", "consistent", "verified"],
    ("claimed-verified", "en"): ["58.3%", "50%", "8.3%", "91.7%", "claimed", "consistent", "verified"],
    ("coverage", "id"): ["proof-proved", "proof-partly", "proof-unproved", "proof-unrated"],
    ("coverage", "en"): ["proof-proved", "proof-partly", "proof-unproved", "proof-unrated"],
    ("expiry", "id"): ["E-01", "E-10", "Okt 2026", "validity-current"],
    ("expiry", "en"): ["E-01", "E-10", "As of 31 March 2026", "Oct 2026", "validity-current"],
}


@pytest.mark.parametrize(("name", "lang"), SAYS)
def test_a_chart_says_its_numbers(name: str, lang: str, golden: Assessment, golden_content: Content) -> None:
    """Never by colour alone: levels, shares, letters and the legend stand as text, in both languages."""
    content = golden_content
    shown = said(drawn(name, score(golden, content, on=ON), content, lang)).splitlines()
    wanted = [content.words[text].in_(lang) if text in content.words else text for text in SAYS[name, lang]]
    assert [text for text in wanted if text not in shown] == []


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


@pytest.mark.parametrize("name", ["heat-map", "coverage"])
def test_what_is_written_on_a_colour_stands_on_white(
    name: str, cards: dict[str, Scorecard], content: Content
) -> None:
    """A brand may bring any colour, so no letter or number stands on one itself."""
    for card in cards.values():
        found = list(rows(name, card, content))
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
def test_same_card_same_bytes(name: str, golden: Assessment, golden_content: Content) -> None:
    """A chart drawn twice is the same SVG."""
    card = score(golden, golden_content, on=ON)
    assert drawn(name, card, golden_content, "id") == drawn(name, card, golden_content, "id")


@every_chart
def test_no_client_text_is_in_a_chart(name: str, content: Content) -> None:
    """Names, notes and sources stay out, in what is drawn and in the data beneath it."""
    text = (examples_dir() / "bank-teluk-biru.json").read_text(encoding="utf-8")
    document = json.loads(text)
    typed = {"note", "private", "organisation", "name", "trade", "source", "objective"}

    def marked(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {k: marked(v, k) for k, v in value.items()}
        if isinstance(value, list):
            return [marked(one, key) for one in value]
        return "CANARY" if key in typed and isinstance(value, str) else value

    assessment = Assessment.model_validate_json(json.dumps(marked(document)))
    assert assessment.profile.organisation == "CANARY"
    spec = CHARTS[name](score(assessment, content, on=ON), Voice(content, "id")).to_dict()
    assert "CANARY" not in json.dumps(spec)
    assert "CANARY" not in charts.described(name, score(assessment, content, on=ON), Voice(content, "id"))


@every_chart
def test_marks_tell_in_words_what_they_show(name: str, golden: Assessment, golden_content: Content) -> None:
    """Pointed at, a mark tells a sentence, not names of fields."""
    spec = CHARTS[name](score(golden, golden_content, on=ON), Voice(golden_content, "id")).to_dict()
    told = [layer for layer in spec["layer"] if "tooltip" in layer["encoding"]]
    assert told
    assert all(row["tooltip"] for layer in told for row in spec["datasets"][layer["data"]["name"]])


def test_the_pyramid_is_a_pyramid(golden: Assessment, golden_content: Content) -> None:
    """Every storey is narrower at its top than at its foot, and narrower than the one beneath."""
    found = rows("pyramid", score(golden, golden_content, on=ON), golden_content)
    edges = [row for kind, row in found if kind == "area" and row["fill"] == theme.PANEL]
    widths = [row["x2"] - row["x"] for row in sorted(edges, key=lambda row: row["y"])]
    assert len(widths) == 12
    assert all(above < beneath for above, beneath in pairwise(widths))


def test_the_pyramid_is_dark_as_far_as_proved(golden: Assessment, golden_content: Content) -> None:
    """At every edge the light part is the claimed share of the storey, the dark part the verified share."""
    card = score(golden, golden_content, on=ON)
    areas = [row for kind, row in rows("pyramid", card, golden_content) if kind == "area"]
    whole = {row["y"]: row["x2"] - row["x"] for row in areas if row["fill"] == theme.PANEL}
    for fill, result in ((theme.CLAIMED, card.claimed), (theme.VERIFIED, card.verified)):
        shares = [round((r["x2"] - r["x"]) / whole[r["y"]], 9) for r in areas if r["fill"] == fill]
        wanted = [round(one.achievement, 9) for one in result.levels if one.achievement for _ in "ab"]
        assert shares == wanted


def test_a_result_stands_beside_its_storey(golden: Assessment, golden_content: Content) -> None:
    """Claimed 4, consistent 3, verified 2: each tip at the height of its level, level 0 under the base."""
    card = score(golden, golden_content, on=ON)
    found = list(rows("pyramid", card, golden_content))
    step = max(row["y"] for kind, row in found if kind == "area") / (6 - 0.03)
    tips = [row["y"] / step for kind, row in found if kind == "point" and row["shape"] == "triangle-right"]
    assert [round(tip, 2) for tip in tips] == [2.5, 3.5, 4.5]
    none = drawn("pyramid", score(blank(golden_content), golden_content, on=ON), golden_content)
    assert "Level 0" in said(none) and "Level 0" not in said(drawn("pyramid", card, golden_content))


def test_at_least(content: Content) -> None:
    """Where a not-rated level stops the climb, the pyramid says "at least"."""
    assessment = rated(content, "FFFFFF")
    for n in (1, 2):
        assessment = assessment.answer(f"respond-{n}", Answer(state="unknown"))
    card = score(assessment, content, on=ON)
    shown = said(drawn("pyramid", card, content)).splitlines()
    assert "Claimed ≥" in shown and "Verified" in shown
    assert "Claimed: ≥ 2" in charts.described("pyramid", card, Voice(content, "en"))


def test_bounds_are_shown_where_they_differ(golden: Assessment, golden_content: Content) -> None:
    """Level 6 alone has an unknown answer: one whisker, from 0 to a quarter."""
    found = rows("profile", score(golden, golden_content, on=ON), golden_content)
    whiskers = [(row["x"], row["x2"]) for kind, row in found if kind == "rule" and row["stroke"] == theme.INK]
    assert whiskers == [(0.0, 0.25)]
    sure = score(rated(golden_content, "FFLLPN"), golden_content, on=ON)
    assert golden_content.words["chart-bounds"].en not in said(drawn("profile", sure, golden_content))


def test_the_highest_target_marks_what_it_needs(content: Content) -> None:
    """Two thirds of every level beneath it, half of the level itself; no marks without a target."""
    none = score(rated(content, "FFLLPN"), content, on=ON)
    assert "target" not in said(drawn("profile", none, content))
    aimed = rated(content, "FFLLPN", targets=(Target(level=4), Target(level=2)))
    card = score(aimed, content, on=ON)
    ticks = [row for kind, row in rows("profile", card, content) if kind == "point" and row["size"] == 1156]
    assert [round(tick["x"], 4) for tick in ticks] == [0.6667, 0.6667, 0.6667, 0.5]
    assert ticks == sorted(ticks, key=lambda tick: -tick["y"])
    assert Voice(content, "en").say("chart-target", n=4) in said(drawn("profile", card, content))


def test_the_heat_map_has_a_cell_a_question(golden: Assessment, golden_content: Content) -> None:
    """Its letter, or the sign of its state; a fill by rating; a ring where it is proved."""
    card = score(golden, golden_content, on=ON)
    found = list(rows("heat-map", card, golden_content))
    cells = Counter(row["fill"] for kind, row in found if kind == "rect")
    letters = Counter(mark.answer.rating for mark in card.marks)
    wanted = {"N": theme.PANEL, "P": theme.CLAIMED, "L": theme.CONSISTENT, "F": theme.VERIFIED, None: theme.GROUND}
    assert cells == {wanted[letter]: count for letter, count in letters.items()}
    shown = Counter(row["text"] for kind, row in found if kind == "text" and "tooltip" in row)
    assert shown == {**{k: n for k, n in letters.items() if k}, "?": 1, "–": 1}
    rings = [row for kind, row in found if kind == "point" and row["size"] == 576]
    assert len(rings) == sum(mark.proof == "proved" for mark in card.marks) == 9
    # The two without a rating are dashed, and so are their keys.
    assert drawn("heat-map", card, golden_content).count('stroke-dasharray="4,3"') == 4


def test_proof_in_part_is_no_ring(golden_content: Content) -> None:
    """Evidence for P does not prove L; evidence for N proves N."""
    paper = Evidence(key="E-01", kind="document", source="x", on=ON)
    links = {
        "P": (EvidenceLink(evidence="E-01", supports="P"),),
        "N": (EvidenceLink(evidence="E-01", supports="N"),),
    }
    assessment = rated(golden_content, "LLLLLL", evidence=(paper,))
    assessment = assessment.answer("inform-1", Answer(state="rated", rating="L", evidence=links["P"]))
    assessment = assessment.answer("inform-2", Answer(state="rated", rating="N", evidence=links["N"]))
    found = rows("heat-map", score(assessment, golden_content, on=ON), golden_content)
    ringed = [row["tooltip"] for kind, row in found if kind == "point" and row["size"] == 576]
    assert ringed == [f"{golden_content.by_key['inform-2'].name.en}: N – not (0–15%)"]


def test_core_questions_are_starred(content: Content) -> None:
    """One a level in the shipped content, in its own cell."""
    found = list(rows("heat-map", hostile(content)[1], content))
    stars = [row for kind, row in found if row.get("tooltip") == "Core question"]
    cells = [row for kind, row in found if kind == "rect"]
    names = [c["tooltip"] for s in stars for c in cells if c["x"] < s["x"] < c["x2"] and c["y"] < s["y"] < c["y2"]]
    core = [question.name.en for question in content.questions if question.core]
    assert [name.split(":")[0] for name in names] == core and len(core) == 6


def test_unanswered_cells_are_empty(content: Content) -> None:
    """Thirty dashed cells without a letter."""
    card = score(blank(content), content, on=ON)
    found = list(rows("heat-map", card, content))
    assert sum(kind == "rect" and row["strokeDash"] == [4, 3] for kind, row in found) == 30
    assert not [row for kind, row in found if kind == "text" and "tooltip" in row]
    # In the picture, too: a rectangle takes its dashes from its layer. One more stands in the legend.
    assert drawn("heat-map", card, content).count('stroke-dasharray="4,3"') == 31


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
    shown = said(drawn(name, card, other, "id")).splitlines()
    if name not in ("mistakes", "expiry"):
        assert "3. Kebutuhan yang belum pernah disampaikan kepada siapa pun" in shown
    if name == "heat-map":
        assert [str(n) for n in range(1, 9)] == [text for text in shown if text.isdigit()]
        assert "Pemicu" not in shown
        assert len({row["x"] for kind, row in rows(name, card, other) if kind == "rect"}) == 8


def test_mistakes_stand_worst_first(content: Content) -> None:
    """In steps of severity; what is not judged comes last, in dashes; what is not there is left out."""
    keys = [mistake.key for mistake in content.mistakes]
    judged = dict(zip(keys, (1, 3, 0, 2, 3), strict=False))
    assessment = blank(content, mistakes={key: Judgement(severity=severity) for key, severity in judged.items()})
    found = list(rows("mistakes", score(assessment, content, on=ON), content))
    shown = [row["text"] for kind, row in found if kind == "text" and isinstance(row["text"], str)]
    assert shown == ["3 – systemic"] * 2 + ["2 – recurrent", "1 – sporadic"] + ["not judged yet"] * 6
    filled = [row for kind, row in found if kind == "rect" and row["fill"] == theme.WARN]
    assert len(filled) == 3 + 3 + 2 + 1
    assert sum(row.get("strokeDash") == [4, 3] for kind, row in found if kind == "rect") == 6 * 3


def test_no_mistakes_no_rows(content: Content) -> None:
    """Still a chart, with nothing in it."""
    card = score(rated(content, "FFFFFF"), content, on=ON)
    assert said(drawn("mistakes", card, content)) == ""


def test_claimed_and_verified_are_told_apart_by_shape(golden: Assessment, golden_content: Content) -> None:
    """A light disc, a diamond, a small dark dot, on top of each other where they meet."""
    card = score(golden, golden_content, on=ON)
    points = [row for kind, row in rows("claimed-verified", card, golden_content) if kind == "point"][:18]
    assert [row["shape"] for row in points[:3]] == ["circle", "diamond", "circle"]
    fourth = [row["x"] for row in points if row["tooltip"].startswith("4.")]
    assert [round(x, 4) for x in fourth] == [0.5833, 0.5, 0.0833]
    sizes = [row["size"] for row in points[:3]]
    assert sizes == sorted(sizes, reverse=True)


def test_a_number_is_said_once(golden: Assessment, golden_content: Content) -> None:
    """Where claimed, consistent and verified are one, their number stands there once."""
    shown = said(drawn("claimed-verified", score(golden, golden_content, on=ON), golden_content)).splitlines()
    # A number stands on its own white rim, so each is drawn twice.
    assert Counter(shown)["91.7%"] == 2 and Counter(shown)["8.3%"] == 2


def test_coverage_counts_every_answer(golden: Assessment, golden_content: Content) -> None:
    """Nine proved as in the headline; in part is what current evidence supports only lower; the rest adds up."""
    card = score(golden, golden_content, on=ON)
    boxes = [row for kind, row in rows("coverage", card, golden_content) if kind == "rect"]
    counted: Counter[str] = Counter()
    for box in boxes:
        counted[box["fill"]] += int(box["tooltip"].rpartition(": ")[2])
    assert counted == {theme.VERIFIED: 9, theme.CLAIMED: 13, theme.GROUND: 2}
    weak = rated(golden_content, "LNNNNN")
    paper = Evidence(key="E-01", kind="document", source="x", on=ON)
    linked = Answer(state="rated", rating="L", evidence=(EvidenceLink(evidence="E-01", supports="P"),))
    weak = weak.replaced(evidence=(paper,)).answer("inform-1", linked)
    found = rows("coverage", score(weak, golden_content, on=ON), golden_content)
    assert "1. Relevant information – Proved in part: 1" in [row.get("tooltip") for _, row in found]


def test_evidence_is_sorted_by_its_end(content: Content) -> None:
    """What ends first stands on top, the undated at the bottom and saying so."""
    card = score(blank(content, evidence=evidence(20)), content, on=ON)
    found = list(rows("expiry", card, content))
    spans = [row for kind, row in found if kind == "rule" and "tooltip" in row]
    by_height = sorted(spans, key=lambda row: row["y"])
    assert [row["x2"] for row in by_height] == sorted(row["x2"] for row in spans)
    undated = [
        row["y"] for kind, row in found if kind == "text" and row["text"] == content.words["validity-undated"].en
    ]
    assert len(undated) == 2 and min(undated) > max(row["y"] for row in spans)


def test_expired_evidence_is_hollow_and_dashed(content: Content) -> None:
    """By the day of the card: dashed after its shelf life, thin before its date, thick in between."""
    days = content.evidence_kinds["document"].days
    dates = {
        "E-01": ON - timedelta(days=days),
        "E-02": ON - timedelta(days=days + 1),
        "E-03": ON + timedelta(days=1),
    }
    made = tuple(Evidence(key=key, kind="document", source="x", on=on) for key, on in dates.items())
    card = score(blank(content, evidence=made), content, on=ON)
    found = [row for _, row in rows("expiry", card, content) if "tooltip" in row]
    spans = {row["tooltip"][:4]: row for row in found if row["shape"] != "circle"}
    ends = {row["tooltip"][:4]: row["fill"] for row in found if row["shape"] == "circle"}
    assert ends == {"E-01": theme.VERIFIED, "E-02": theme.GROUND, "E-03": theme.GROUND}
    assert [key for key, row in spans.items() if row.get("strokeDash")] == ["E-02"]
    assert spans["E-01"]["strokeWidth"] > spans["E-03"]["strokeWidth"]
    svg = drawn("expiry", card, content)
    assert svg.count('stroke-dasharray="4,3"') == 2
    keys = {content.words[f"validity-{word}"].en for word in ("current", "expired", "later")}
    assert keys <= set(said(svg).splitlines())


@pytest.mark.parametrize("count", [0, 1, 40, 60])
def test_any_number_of_records(count: int, content: Content) -> None:
    """Sixteen pixels a record, twelve when they are many; every key is there."""
    card = score(blank(content, evidence=evidence(count)), content, on=ON)
    chart = charts.expiry(card, Voice(content, "en")).to_dict()
    undated = sum(record.on is None for record in card.assessment.evidence)
    assert chart["height"] == max(16, count * 16 if count <= 40 else (count - undated) * 12 + undated * 16)
    shown = said(drawn("expiry", card, content)).splitlines()
    assert sorted(text for text in shown if text.startswith("E-")) == [r.key for r in card.assessment.evidence]


@pytest.mark.parametrize("span", [0, 20, 400, 4_000, 100_000])
def test_the_axis_of_dates_is_never_crowded(span: int, content: Content) -> None:
    """Two to six beginnings of months, whether evidence spans days or centuries; none said twice."""
    first = Evidence(key="E-01", kind="assertion", source="x", on=ON - timedelta(days=min(span, 40_000)))
    last = Evidence(
        key="E-02", kind="assertion", source="x", on=min(ON + timedelta(days=span), date(2199, 12, 31))
    )
    card = score(blank(content, evidence=(first, last)), content, on=ON)
    shown = said(drawn("expiry", card, content)).splitlines()
    ticks = [text for text in shown if re.fullmatch(r"[A-Z][a-z]+ \d{4}", text)]
    assert 2 <= len(ticks) <= 6 and len(set(ticks)) == len(ticks)


def test_months_are_in_the_reader_s_language(content: Content) -> None:
    """d3 has no Indonesian of its own."""
    assessment = load_assessment(examples_dir() / "bank-teluk-biru.json", content)
    card = score(blank(content, evidence=evidence(1)[:0], on=date(2026, 5, 9)), content, on=date(2026, 5, 9))
    assert assessment.evidence
    assert "Mei 2026" in said(drawn("expiry", card, content, "id"))
    assert "May 2026" in said(drawn("expiry", card, content, "en"))


DESCRIBED = {
    "pyramid": "Six-level pyramid. Claimed: 4. Consistent: 3. Verified: 2.",
    "profile": "level 3 75% (L), level 4 58.3% (L), level 5 25% (P) and level 6 0% (N)",
    "heat-map": "Map of 24 answers by level. F: 6; L: 9; P: 2; N: 5; not known: 1; not applicable: 1;",
    "mistakes": "Systemic: 1; recurrent: 0; sporadic: 0; none: 1; not judged yet: 0.",
    "claimed-verified": "level 4 from 58.3% (L) to 8.3% (N)",
    "coverage": "Of 24 answers 9 are proved, 0 proved in part, 13 not proved, and 2 not rated.",
    "expiry": "Shelf life of 10 pieces of evidence as of 31 March 2026. Counting in full: 10; expired: 0;",
}


@every_chart
def test_a_chart_is_described(name: str, golden: Assessment, golden_content: Content) -> None:
    """Who does not see it hears its key numbers."""
    card = score(golden, golden_content, on=ON)
    assert DESCRIBED[name] in charts.described(name, card, Voice(golden_content, "en"))


@every_language
@every_chart
def test_every_card_has_a_description(name: str, lang: str, cards: dict[str, Scorecard], content: Content) -> None:
    """In both languages, of every example and of nothing; an empty label would be worse than none."""
    for card in cards.values():
        told = charts.described(name, card, Voice(content, lang))
        assert len(told) > 40 and "{" not in told and "None" not in told


def test_nothing_answered_is_not_nothing_found(content: Content) -> None:
    """What is open is said to be open: not rated, not judged, not answered."""
    card = score(blank(content), content, on=ON)
    told = {name: charts.described(name, card, Voice(content, "en")) for name in CHARTS}
    assert "none: 0; not judged yet: 11." in told["mistakes"]
    assert "not answered: 30." in told["heat-map"]
    assert "level 6 not rated" in told["profile"] and "from not rated" not in told["claimed-verified"]
