"""The success indicators, and where they sit oddly with the level claimed."""

from kit.made import ON, blank, rated

from cxassess.chapters import indicators
from cxassess.content.reading import Content
from cxassess.content.voice import Voice
from cxassess.document.answers import Answer
from cxassess.page.blocks import Paragraph, Table, cell_text
from cxassess.pyramid.scoring import score


def test_each_indicator_has_its_row(content: Content) -> None:
    """In their order, answered or not; the answer in words."""
    first, *others = content.indicators
    answers = {first.key: Answer(state="rated", rating="P")}
    card = score(blank(content, indicators=answers), content, on=ON)
    rows = indicators.table(card, Voice(content, "en")).rows
    assert [cell_text(row[0][:1]) for row in rows] == [one.name.en for one in content.indicators]
    assert [cell_text(row[1]) for row in rows] == [content.words["rating-p"].en] + ["Not answered"] * len(others)


def test_a_tension_is_said_before_the_table(content: Content) -> None:
    """A high level claimed beside an indicator at N: worth a second look, and said with its name."""
    answers = {one.key: Answer(state="rated", rating="N") for one in content.indicators}
    card = score(rated(content, "FFFFFF").replaced(indicators=answers), content, on=ON)
    assert card.tensions
    *sentences, table = indicators.blocks(card, Voice(content, "en"))
    assert isinstance(table, Table)
    names = [content.indicators[n].name.en for n in range(len(card.tensions))]
    for sentence, name in zip(sentences, names, strict=True):
        assert isinstance(sentence, Paragraph)
        assert f"but the indicator “{name}” is only at N." in sentence.text
