"""The mistakes: worst first, in steps of severity."""

import pytest
from kit.drawings import drawn, rows, unwritten, written
from kit.made import ON, blank, rated

from cxassess import theme
from cxassess.charts import mistakes
from cxassess.content.reading import Content
from cxassess.content.voice import Voice
from cxassess.document.answers import Judgement
from cxassess.pyramid.scorecard import Scorecard
from cxassess.pyramid.scoring import score


@pytest.mark.parametrize(
    ("lang", "wanted"),
    [
        ("id", ["Pelayanan tanpa sentuhan pribadi", "severity-3"]),
        ("en", ["Impersonal service", "severity-3"]),
    ],
)
def test_it_says_its_numbers(lang: str, wanted: list[str], card: Scorecard, golden_content: Content) -> None:
    """Never by colour alone: what it shows stands as text, in both languages."""
    assert unwritten(drawn(mistakes, card, golden_content, lang), wanted, golden_content, lang) == []


def test_it_is_described(card: Scorecard, golden_content: Content) -> None:
    """Who does not see it hears its key numbers."""
    described = mistakes.describe(card, Voice(golden_content, "en"))
    assert "Systemic: 1; recurrent: 0; sporadic: 0; none: 1; not judged yet: 0." in described


def test_nothing_answered_is_not_nothing_found(content: Content) -> None:
    """What is open is said to be open."""
    described = mistakes.describe(score(blank(content), content, on=ON), Voice(content, "en"))
    assert "none: 0; not judged yet: 11." in described


def test_mistakes_stand_worst_first(content: Content) -> None:
    """In steps of severity; what is not judged comes last, in dashes; what is not there is left out."""
    keys = [mistake.key for mistake in content.mistakes]
    judged = dict(zip(keys, (1, 3, 0, 2, 3), strict=False))
    assessment = blank(content, mistakes={key: Judgement(severity=severity) for key, severity in judged.items()})
    found = list(rows(mistakes, score(assessment, content, on=ON), content))
    shown = [row["text"] for kind, row in found if kind == "text" and isinstance(row["text"], str)]
    assert shown == ["3 – systemic"] * 2 + ["2 – recurrent", "1 – sporadic"] + ["not judged yet"] * 6
    filled = [row for kind, row in found if kind == "rect" and row["fill"] == theme.WARN]
    assert len(filled) == 3 + 3 + 2 + 1
    assert sum(row.get("strokeDash") == [4, 3] for kind, row in found if kind == "rect") == 6 * 3


def test_no_mistakes_no_rows(content: Content) -> None:
    """Still a chart, with nothing in it."""
    card = score(rated(content, "FFFFFF"), content, on=ON)
    assert written(drawn(mistakes, card, content)) == []
