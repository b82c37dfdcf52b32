"""The pyramid: filled as far as claimed and proved, each result beside its storey."""

from itertools import pairwise

import pytest
from kit.drawings import drawn, rows, unwritten, written
from kit.made import ON, blank, rated

from cxassess import theme
from cxassess.charts import pyramid
from cxassess.content.reading import Content
from cxassess.content.voice import Voice
from cxassess.document.answers import Answer
from cxassess.pyramid.scorecard import Scorecard
from cxassess.pyramid.scoring import score


@pytest.mark.parametrize(
    ("lang", "wanted"),
    [
        ("id", ["4. Kebutuhan diantisipasi", "58,3% (L)", "claimed", "consistent", "verified"]),
        ("en", ["4. Need anticipated", "58.3% (L)", "chart-verified", "chart-claimed-only"]),
    ],
)
def test_it_says_its_numbers(lang: str, wanted: list[str], card: Scorecard, golden_content: Content) -> None:
    """Never by colour alone: what it shows stands as text, in both languages."""
    assert unwritten(drawn(pyramid, card, golden_content, lang), wanted, golden_content, lang) == []


def test_it_is_described(card: Scorecard, golden_content: Content) -> None:
    """Who does not see it hears its key numbers."""
    described = pyramid.describe(card, Voice(golden_content, "en"))
    assert "Six-level pyramid. Claimed: 4. Consistent: 3. Verified: 2." in described


def test_the_pyramid_is_a_pyramid(card: Scorecard, golden_content: Content) -> None:
    """Every storey is narrower at its top than at its foot, and narrower than the one beneath."""
    found = rows(pyramid, card, golden_content)
    edges = [row for kind, row in found if kind == "area" and row["fill"] == theme.PANEL]
    widths = [row["x2"] - row["x"] for row in sorted(edges, key=lambda row: row["y"])]
    assert len(widths) == 12
    assert all(above < beneath for above, beneath in pairwise(widths))


def test_the_pyramid_is_dark_as_far_as_proved(card: Scorecard, golden_content: Content) -> None:
    """At every edge the light part is the claimed share of the storey, the dark part the verified share."""
    areas = [row for kind, row in rows(pyramid, card, golden_content) if kind == "area"]
    whole = {row["y"]: row["x2"] - row["x"] for row in areas if row["fill"] == theme.PANEL}
    for fill, result in ((theme.CLAIMED, card.claimed), (theme.VERIFIED, card.verified)):
        shares = [round((r["x2"] - r["x"]) / whole[r["y"]], 9) for r in areas if r["fill"] == fill]
        wanted = [round(one.achievement, 9) for one in result.levels if one.achievement for _ in "ab"]
        assert shares == wanted


def test_a_result_stands_beside_its_storey(card: Scorecard, golden_content: Content) -> None:
    """Claimed 4, consistent 3, verified 2: each tip at the height of its level, level 0 under the base."""
    found = list(rows(pyramid, card, golden_content))
    step = max(row["y"] for kind, row in found if kind == "area") / (6 - 0.03)
    tips = [row["y"] / step for kind, row in found if kind == "point" and row["shape"] == "triangle-right"]
    assert [round(tip, 2) for tip in tips] == [2.5, 3.5, 4.5]
    none = drawn(pyramid, score(blank(golden_content), golden_content, on=ON), golden_content)
    assert "Level 0" in written(none) and "Level 0" not in written(drawn(pyramid, card, golden_content))


def test_at_least(content: Content) -> None:
    """Where a not-rated level stops the climb, the pyramid says "at least"."""
    assessment = rated(content, "FFFFFF")
    for n in (1, 2):
        assessment = assessment.answer(f"respond-{n}", Answer(state="unknown"))
    card = score(assessment, content, on=ON)
    shown = written(drawn(pyramid, card, content))
    assert "Claimed ≥" in shown and "Verified" in shown
    assert "Claimed: ≥ 2" in pyramid.describe(card, Voice(content, "en"))
