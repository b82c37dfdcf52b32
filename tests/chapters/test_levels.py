"""The pyramid and its figures."""

from kit.made import ON

from cxassess.chapters import levels
from cxassess.content.reading import Content
from cxassess.content.voice import Voice
from cxassess.document.assessment import Assessment
from cxassess.pyramid.scorecard import Scorecard
from cxassess.pyramid.scoring import score


def card(assessment: Assessment, content: Content) -> Scorecard:
    return score(assessment, content, on=ON)


def test_the_pyramid_is_described(golden: Assessment, golden_content: Content) -> None:
    """A screen reader gets the result in words."""
    shown = levels.CHAPTER.part(score(golden, golden_content, on=ON), Voice(golden_content, "en")).html()
    assert 'role="img" aria-label="Six-level pyramid. Claimed: 4. Consistent: 3. Verified: 2.' in shown


def test_levels_of_the_worked_example(golden: Assessment, golden_content: Content) -> None:
    """The table of METHOD 10, in Indonesian, and as a frame."""
    frame = levels.table(card(golden, golden_content), Voice(golden_content, "id")).frame
    assert list(frame.columns) == ["Tingkat", "Diklaim", "Rentang", "Konsisten", "Terverifikasi"]
    assert list(frame["Diklaim"]) == ["91,7% (F)", "88,9% (F)", "75% (L)", "58,3% (L)", "25% (P)", "0% (N)"]
    assert list(frame["Rentang"]) == ["–"] * 5 + ["0%–25%"]
    assert frame["Konsisten"][3] == "50% (P)"
