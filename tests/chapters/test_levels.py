"""The pyramid and its figures."""

from kit.made import ON, blank, rated

from cxassess.chapters import levels
from cxassess.content.reading import Content
from cxassess.content.voice import Voice
from cxassess.document.answers import Answer
from cxassess.document.assessment import Assessment
from cxassess.page.blocks import cell_text
from cxassess.pyramid.scorecard import Scorecard
from cxassess.pyramid.scoring import score


def card(assessment: Assessment, content: Content) -> Scorecard:
    return score(assessment, content, on=ON)


def test_the_pyramid_is_described(golden: Assessment, golden_content: Content) -> None:
    """A screen reader gets the result in words."""
    shown = levels.CHAPTER.part(score(golden, golden_content, on=ON), Voice(golden_content, "en")).html()
    assert 'role="img" aria-label="Six-level pyramid. Claimed: 4. Consistent: 3. Verified: 2.' in shown


def test_levels_of_the_worked_example(golden: Assessment, golden_content: Content) -> None:
    """The table of METHOD 10, in Indonesian; and as a frame, which holds shares of one."""
    scored = card(golden, golden_content)
    table = levels.table(scored, Voice(golden_content, "id"))
    assert table.columns == ("Tingkat", "Diklaim", "Rentang", "Konsisten", "Terverifikasi")
    claimed, bounds, consistent = ([cell_text(row[column]) for row in table.rows] for column in (1, 2, 3))
    assert claimed == ["91,7% (F)", "88,9% (F)", "75% (L)", "58,3% (L)", "25% (P)", "0% (N)"]
    assert bounds == ["–"] * 5 + ["0%–25%"]
    assert consistent[3] == "50% (P)"
    frame = table.frame
    assert list(frame.columns) == list(table.columns)
    assert list(frame["Diklaim"]) == [level.achievement for level in scored.claimed.levels]
    assert list(frame["Rentang"]) == bounds


def test_a_level_that_is_not_rated_has_no_figure(content: Content) -> None:
    """In words it is said; in a frame there is nothing to reckon with."""
    table = levels.table(card(blank(content), content), Voice(content, "en"))
    assert [cell_text(row[1]) for row in table.rows] == ["not rated"] * 6
    unknown = {one.key: Answer(state="unknown") for one in content.of_level("predict")}
    some = rated(content, "FFFFFF")
    some = some.replaced(answers={**some.answers, **unknown})
    shares = levels.table(card(some, content), Voice(content, "en")).frame["Claimed"]
    assert list(shares[:4]) == [1.0] * 4 and list(shares.isna()) == [False] * 4 + [True, False]
