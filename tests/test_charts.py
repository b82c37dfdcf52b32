"""Charts: what they show is what was computed."""

import vl_convert
from made import ON, blank

from cxassess import charts
from cxassess.assessment import Assessment
from cxassess.content import Content
from cxassess.scoring import score


def drawn(assessment: Assessment, content: Content, lang: str) -> str:
    chart = charts.pyramid(score(assessment, content, on=ON), content, lang=lang)
    return vl_convert.vegalite_to_svg(chart.to_dict())


def test_the_pyramid_says_its_numbers(golden: Assessment, golden_content: Content) -> None:
    """Never by colour alone: level, share, letter and the three results stand as text, in both languages."""
    indonesian, english = (drawn(golden, golden_content, lang) for lang in ("id", "en"))
    for text in ("4. Kebutuhan diantisipasi", "58,3% (L)", "Diklaim", "Konsisten", "Terverifikasi"):
        assert text in indonesian
    for text in ("4. Need anticipated", "58.3% (L)", "Claimed", "Consistent", "Verified"):
        assert text in english


def test_the_pyramid_is_a_pyramid(golden: Assessment, golden_content: Content) -> None:
    """Every storey is narrower at its top than at its foot, and narrower than the one beneath."""
    frame = charts._storeys(score(golden, golden_content, on=ON), golden_content, lang="id")
    widths = list((frame.right - frame.left).round(6))
    assert widths == sorted(widths, reverse=True)
    assert len(widths) == 12


def test_an_empty_assessment_can_be_drawn(content: Content) -> None:
    """Six empty storeys, each saying that it is not rated."""
    assert drawn(blank(content), content, "id").count(">belum dapat dinilai<") == 6


def test_same_card_same_bytes(golden: Assessment, golden_content: Content) -> None:
    """A chart drawn twice is the same SVG."""
    assert drawn(golden, golden_content, "id") == drawn(golden, golden_content, "id")
