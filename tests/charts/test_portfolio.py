"""The portfolio: how many assessments stand at each level, drawn, counted and said."""

from collections import Counter

import pytest
import vl_convert
from kit.drawings import written

from cxassess import theme
from cxassess.charts import portfolio
from cxassess.content.reading import Content
from cxassess.content.voice import Voice
from cxassess.pyramid.scorecard import RESULTS
from cxassess.text import LANGS, Lang

# Claimed 0, 2, 2 and 6; consistent the same; nothing verified.
COUNTS: portfolio.Counts = {
    "claimed": Counter({0: 1, 2: 2, 6: 1}),
    "consistent": Counter({0: 1, 2: 2, 6: 1}),
    "verified": Counter({0: 4}),
}


@pytest.mark.parametrize("lang", LANGS)
def test_every_figure_is_written_at_its_bar(content: Content, lang: Lang) -> None:
    """The top level first, a figure a result; where there is none, no bar."""
    voice = Voice(content, lang)
    spec = portfolio.draw(COUNTS, voice).to_dict()
    data = [spec["datasets"][layer["data"]["name"]] for layer in spec["layer"]]
    bars, names, numbers = data
    assert [row["text"] for row in numbers] == [
        *(voice.say(name) for name in RESULTS),
        *("1", "1", "0"),
        *("0", "0", "0") * 3,
        *("2", "2", "0"),
        *("0", "0", "0"),
        *("1", "1", "4"),
    ]
    assert [row["text"] for row in names] == [voice.reached(level) for level in range(6, -1, -1)]
    widths = {(row["y"], row["fill"]): row["x2"] - row["x"] for row in bars}
    ground = max(y for y, _ in widths)
    assert widths[ground, theme.VERIFIED] == 4 * widths[ground, theme.CLAIMED]
    assert len(bars) == 7


def test_it_is_narrow(content: Content) -> None:
    """A phone need not make it smaller, and nothing is written beyond its names and figures."""
    svg = vl_convert.vegalite_to_svg(portfolio.draw(COUNTS, Voice(content, "en")).to_dict())
    assert 'width="404"' in svg
    assert len(written(svg)) == 7 + 3 + 7 * 3


def test_it_is_described(content: Content) -> None:
    """Who does not see it hears its figures, the top level first."""
    described = portfolio.describe(COUNTS, Voice(content, "en"))
    assert "Claimed: 1 at level 6, 2 at level 2 and 1 at level 0." in described
    assert "Verified: 4 at level 0." in described
