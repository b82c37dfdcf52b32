"""Every answer with what proves it, level by level."""

from kit.made import ON, blank

from cxassess.chapters import answers
from cxassess.content.reading import Content
from cxassess.content.voice import Voice
from cxassess.document.answers import Answer
from cxassess.page.blocks import Heading, Table
from cxassess.pyramid.scoring import score


def test_levels_of_which_nothing_was_answered_are_left_out(content: Content) -> None:
    """That nobody knows is an answer."""
    assessment = blank(content).answer("inform-1", Answer(state="unknown"))
    assessment = assessment.answer("predict-2", Answer(state="rated", rating="N"))
    blocks = list(answers.blocks(score(assessment, content, on=ON), Voice(content, "en")))
    headings = [block.text for block in blocks if isinstance(block, Heading)]
    assert headings == [Voice(content, "en").level_name(level) for level in ("inform", "predict")]
    tables = [block for block in blocks if isinstance(block, Table)]
    assert [len(table.rows) for table in tables] == [
        len(content.of_level(level)) for level in ("inform", "predict")
    ]


def test_a_table_has_a_name_that_is_only_heard(content: Content) -> None:
    """The heading above it says the level already."""
    table = answers.table(score(blank(content), content, on=ON), Voice(content, "en"), "inform")
    assert "1. " in table.caption and not table.caption_shown
