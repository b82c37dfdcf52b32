"""Claimed against verified: marks told apart by shape, numbers written once."""

from collections import Counter

import pytest
from kit.drawings import drawn, rows, unwritten, written
from kit.made import ON, blank

from cxassess.charts import claimed_verified
from cxassess.content.reading import Content
from cxassess.content.voice import Voice
from cxassess.pyramid.scorecard import Scorecard
from cxassess.pyramid.scoring import score


@pytest.mark.parametrize(
    ("lang", "wanted"),
    [
        ("id", ["58,3%", "50%", "8,3%", "91,7%", "claimed", "consistent", "verified"]),
        ("en", ["58.3%", "50%", "8.3%", "91.7%", "claimed", "consistent", "verified"]),
    ],
)
def test_it_says_its_numbers(lang: str, wanted: list[str], card: Scorecard, golden_content: Content) -> None:
    """Never by colour alone: what it shows stands as text, in both languages."""
    assert unwritten(drawn(claimed_verified, card, golden_content, lang), wanted, golden_content, lang) == []


def test_it_is_described(card: Scorecard, golden_content: Content) -> None:
    """Who does not see it hears its key numbers."""
    described = claimed_verified.describe(card, Voice(golden_content, "en"))
    assert "level 4 from 58.3% (L) to 8.3% (N)" in described


def test_nothing_answered_is_not_nothing_found(content: Content) -> None:
    """What is open is said to be open."""
    described = claimed_verified.describe(score(blank(content), content, on=ON), Voice(content, "en"))
    assert "from not rated" not in described


def test_claimed_and_verified_are_told_apart_by_shape(card: Scorecard, golden_content: Content) -> None:
    """A light disc, a diamond, a small dark dot, on top of each other where they meet."""
    points = [row for kind, row in rows(claimed_verified, card, golden_content) if kind == "point"][:18]
    assert [row["shape"] for row in points[:3]] == ["circle", "diamond", "circle"]
    fourth = [row["x"] for row in points if row["tooltip"].startswith("4.")]
    assert [round(x, 4) for x in fourth] == [0.5833, 0.5, 0.0833]
    sizes = [row["size"] for row in points[:3]]
    assert sizes == sorted(sizes, reverse=True)


def test_a_number_is_said_once(card: Scorecard, golden_content: Content) -> None:
    """Where claimed, consistent and verified are one, their number stands there once."""
    shown = written(drawn(claimed_verified, card, golden_content))
    # A number stands on its own white rim, so each is drawn twice.
    assert Counter(shown)["91.7%"] == 2 and Counter(shown)["8.3%"] == 2
