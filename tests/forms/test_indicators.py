"""The indicators' page: answers as questions have them, and tensions."""

from kit.answers import PAPER, silent
from kit.form import done, made_case, page_of
from kit.made import blank

from cxassess.content.reading import Content
from cxassess.content.voice import Voice


def test_a_tension_is_shown_where_it_arises(content: Content) -> None:
    """At its indicator and on the level claimed, each with the way to the other."""
    case, key = made_case(content), content.indicators[0].key
    (box,) = page_of(case, content, "indicators").all("div", class_="cx-tension")
    assert content.indicators[0].name.en in box.text
    assert Voice(content, "en").say("form-tension-ways") in box.text
    assert [b.attrs["data-at"] for b in box.all("button")] == ["predict"]
    (box,) = page_of(case, content, "predict").all("div", class_="cx-tension")
    assert [b.attrs["data-at"] for b in box.all("button")] == [f"indicators/cx-indicators-{key}"]
    assert not page_of(case, content, "anticipate").all("div", class_="cx-tension")


def test_an_indicator_is_an_answer(content: Content) -> None:
    """Rated, unknown and linked as questions are."""
    key = content.indicators[0].key
    new, _ = done(blank(content, evidence=(PAPER,)), "set", f"indicators/{key}", {"choice": "P"})
    new, _ = done(new, "link", f"indicators/{key}/E-01")
    assert new.indicators == {key: silent("E-01", rating="P")}
