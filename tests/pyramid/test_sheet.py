"""The answers as arrays: one entry a question, in content order, whatever the order they were given in."""

from decimal import Decimal

import pytest
from kit.cards import CONTENT, DROPPED, UNKNOWN, answered, link_of, scored
from kit.made import blank, records

from cxassess.pyramid.sheet import Sheet, by_level, keys_where, sheet_of


@pytest.fixture(scope="module")
def sheet() -> Sheet:
    """Level 1 answered in every way, the last question first; the second question weighs 2.5."""
    answers = {
        "inform-5": answered("F", link_of("document", "L")),
        "inform-4": answered("L"),
        "inform-3": answered("P", link_of("document", "P")),
        "inform-2": DROPPED,
        "inform-1": UNKNOWN,
    }
    weights = {"inform-2": Decimal("2.5")}
    assessment = blank(CONTENT, answers=answers, evidence=records(CONTENT), weights=weights)
    return sheet_of(assessment, CONTENT, scored(assessment).marks)


def test_one_entry_a_question(sheet: Sheet) -> None:
    """Keys, levels and core questions are those of the content: five a level, one of each core."""
    assert sheet.keys == tuple(question.key for question in CONTENT.questions)
    assert list(sheet.level_of) == [number for number in range(6) for _ in range(5)]
    assert list(sheet.core) == [question.core for question in CONTENT.questions]


def test_answers_become_numbers(sheet: Sheet) -> None:
    """Weights as declared, 1 where none is; points as rated, and as proved; what has no rating has 0."""
    assert list(sheet.weights[:6]) == [1, 2.5, 1, 1, 1, 1]
    assert list(sheet.rated[:6]) == [False, False, True, True, True, False]
    assert list(sheet.not_applicable[:6]) == [False, True, False, False, False, False]
    assert sheet.points[:6] == pytest.approx([0, 0, 1 / 3, 2 / 3, 1, 0])
    assert sheet.verified[:6] == pytest.approx([0, 0, 1 / 3, 0, 2 / 3, 0])


def test_sums_are_by_level(sheet: Sheet) -> None:
    """Six sums, also where a level has nothing to add."""
    assert list(by_level(sheet, sheet.weights)) == [6.5, 5, 5, 5, 5, 5]
    assert list(by_level(sheet, sheet.rated)) == [3, 0, 0, 0, 0, 0]


def test_keys_of_what_is_chosen(sheet: Sheet) -> None:
    """In content order."""
    assert keys_where(sheet, sheet.rated) == ("inform-3", "inform-4", "inform-5")
