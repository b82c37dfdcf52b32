"""Coverage: every answer counted once, by how far it is proved."""

from collections import Counter

import pytest
from kit.drawings import drawn, rows, unwritten
from kit.made import ON, rated

from cxassess import theme
from cxassess.charts import coverage
from cxassess.content.reading import Content
from cxassess.content.voice import Voice
from cxassess.document.answers import Answer, Evidence, EvidenceLink
from cxassess.pyramid.scorecard import Scorecard
from cxassess.pyramid.scoring import score


@pytest.mark.parametrize(
    ("lang", "wanted"),
    [
        ("id", ["proof-proved", "proof-partly", "proof-unproved", "proof-unrated"]),
        ("en", ["proof-proved", "proof-partly", "proof-unproved", "proof-unrated"]),
    ],
)
def test_it_says_its_numbers(lang: str, wanted: list[str], card: Scorecard, golden_content: Content) -> None:
    """Never by colour alone: what it shows stands as text, in both languages."""
    assert unwritten(drawn(coverage, card, golden_content, lang), wanted, golden_content, lang) == []


def test_it_is_described(card: Scorecard, golden_content: Content) -> None:
    """Who does not see it hears its key numbers."""
    described = coverage.describe(card, Voice(golden_content, "en"))
    assert "Of 24 answers 9 are proved, 0 proved in part, 13 not proved, and 2 not rated." in described


def test_one_proved_answer_is_told_as_one(content: Content) -> None:
    """ "1 is proved", not "1 are proved"."""
    seen = Evidence(key="E-01", kind="observation", source="s", on=ON)
    proved = Answer(state="rated", rating="F", evidence=(EvidenceLink(evidence="E-01", supports="F"),))
    assessment = rated(content, "FFFFFF").replaced(evidence=(seen,)).answer("inform-1", proved)
    described = coverage.describe(score(assessment, content, on=ON), Voice(content, "en"))
    assert described == "Of 30 answers 1 is proved, 0 proved in part, 29 not proved, and 0 not rated."


def test_coverage_counts_every_answer(card: Scorecard, golden_content: Content) -> None:
    """Nine proved as in the headline; in part is what current evidence supports only lower; the rest adds up."""
    boxes = [row for kind, row in rows(coverage, card, golden_content) if kind == "rect"]
    counted: Counter[str] = Counter()
    for box in boxes:
        counted[box["fill"]] += int(box["tooltip"].rpartition(": ")[2])
    assert counted == {theme.VERIFIED: 9, theme.CLAIMED: 13, theme.GROUND: 2}
    weak = rated(golden_content, "LNNNNN")
    paper = Evidence(key="E-01", kind="document", source="x", on=ON)
    linked = Answer(state="rated", rating="L", evidence=(EvidenceLink(evidence="E-01", supports="P"),))
    weak = weak.replaced(evidence=(paper,)).answer("inform-1", linked)
    found = rows(coverage, score(weak, golden_content, on=ON), golden_content)
    assert "1. Relevant information – Proved in part: 1" in [row.get("tooltip") for _, row in found]


def test_the_counts_in_figures(card: Scorecard, golden_content: Content) -> None:
    """The numbers that are drawn, a row a level; no words."""
    found = coverage.frame(card, golden_content)
    assert list(found.index) == list(golden_content.level_keys)
    assert dict(found.sum()) == {"proved": 9, "partly": 0, "unproved": 13, "unrated": 2}
    voice = Voice(golden_content, "en")
    wanted = {
        f"{voice.level_name(level)} – {voice.say(f'proof-{proof}')}: {count}"
        for level, counts in found.iterrows()
        for proof, count in counts.items()
        if count
    }
    assert {row["tooltip"] for kind, row in rows(coverage, card, golden_content) if kind == "rect"} == wanted
