"""What a draft still lacks."""

import pytest
from kit.made import ON, blank, rated

from cxassess.chapters import missing
from cxassess.content.reading import Content
from cxassess.content.voice import Voice
from cxassess.page.blocks import Bullets, Part
from cxassess.pyramid.scoring import score
from cxassess.text import LANGS, Lang


@pytest.mark.parametrize("lang", LANGS)
def test_an_empty_assessment_says_what_is_missing(content: Content, lang: Lang) -> None:
    """Thirty questions and eleven mistakes by name."""
    part = missing.CHAPTER.part(score(blank(content), content, on=ON), Voice(content, lang))
    shown = part.html()
    assert f"{content.words['missing-answers'].in_(lang)} (30)" in shown
    assert f"{content.words['missing-mistakes'].in_(lang)} (11)" in shown
    lists = [block for block in part.blocks if isinstance(block, Bullets)]
    assert [len(one.items) for one in lists] == [30, 11]


def test_a_complete_assessment_misses_nothing(content: Content) -> None:
    """No empty chapter."""
    assert missing.CHAPTER.part(score(rated(content, "FFFFFF"), content, on=ON), Voice(content, "en")) == Part()
