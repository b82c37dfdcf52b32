"""The profile: bounds, targets and what they need."""

import pytest
from kit.drawings import drawn, rows, unwritten, written
from kit.made import ON, blank, rated

from cxassess import theme
from cxassess.charts import profile
from cxassess.content.reading import Content
from cxassess.content.voice import Voice
from cxassess.document.assessment import Target
from cxassess.pyramid.scorecard import Scorecard
from cxassess.pyramid.scoring import score


@pytest.mark.parametrize(
    ("lang", "wanted"),
    [
        ("id", ["58,3% (L)", "0% (N)", "66,7%", "chart-bar", "chart-bounds"]),
        ("en", ["58.3% (L)", "0% (N)", "66.7%", "Over 50%: needed to reach the level itself"]),
    ],
)
def test_it_says_its_numbers(lang: str, wanted: list[str], card: Scorecard, golden_content: Content) -> None:
    """Never by colour alone: what it shows stands as text, in both languages."""
    assert unwritten(drawn(profile, card, golden_content, lang), wanted, golden_content, lang) == []


def test_it_is_described(card: Scorecard, golden_content: Content) -> None:
    """Who does not see it hears its key numbers."""
    described = profile.describe(card, Voice(golden_content, "en"))
    assert "level 3 75% (L), level 4 58.3% (L), level 5 25% (P) and level 6 0% (N)" in described


def test_nothing_answered_is_not_nothing_found(content: Content) -> None:
    """What is open is said to be open."""
    described = profile.describe(score(blank(content), content, on=ON), Voice(content, "en"))
    assert "level 6 not rated" in described


def test_bounds_are_shown_where_they_differ(card: Scorecard, golden_content: Content) -> None:
    """Level 6 alone has an unknown answer: one whisker, from 0 to a quarter."""
    found = rows(profile, card, golden_content)
    whiskers = [(row["x"], row["x2"]) for kind, row in found if kind == "rule" and row["stroke"] == theme.INK]
    assert whiskers == [(0.0, 0.25)]
    sure = score(rated(golden_content, "FFLLPN"), golden_content, on=ON)
    assert golden_content.words["chart-bounds"].en not in written(drawn(profile, sure, golden_content))


def test_the_highest_target_marks_what_it_needs(content: Content) -> None:
    """Two thirds of every level beneath it, half of the level itself; no marks without a target."""
    none = score(rated(content, "FFLLPN"), content, on=ON)
    assert not [text for text in written(drawn(profile, none, content)) if "target" in text]
    aimed = rated(content, "FFLLPN").replaced(targets=(Target(key="T-01", level=4), Target(key="T-02", level=2)))
    card = score(aimed, content, on=ON)
    ticks = [row for kind, row in rows(profile, card, content) if kind == "point" and row["size"] == 1156]
    assert [round(tick["x"], 4) for tick in ticks] == [0.6667, 0.6667, 0.6667, 0.5]
    assert ticks == sorted(ticks, key=lambda tick: -tick["y"])
    assert Voice(content, "en").say("chart-target", n=4) in written(drawn(profile, card, content))


def test_the_levels_in_figures(card: Scorecard, golden_content: Content) -> None:
    """The shares that are drawn, a row a level; no words."""
    found = profile.frame(card)
    assert list(found.index) == list(golden_content.level_keys)
    assert list(found.columns) == ["claimed", "lower", "upper", "consistent", "verified"]
    assert set(map(str, found.dtypes)) == {"float64"}
    drawn_bars = [row["x2"] for kind, row in rows(profile, card, golden_content) if kind == "rect"]
    wide_and_narrow = found[["claimed", "verified"]].to_numpy().flatten()
    # What is nothing verified has no bar.
    assert drawn_bars == [share for n, share in enumerate(wide_and_narrow) if n % 2 == 0 or share]


def test_what_is_not_rated_is_no_number(content: Content) -> None:
    """Not a zero; its bounds are known all the same."""
    found = profile.frame(score(blank(content), content, on=ON))
    assert found["claimed"].isna().all() and found["verified"].isna().all()
    assert (found["lower"] == 0).all() and (found["upper"] == 1).all()
