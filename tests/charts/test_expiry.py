"""Expiry: when each piece of evidence counts, on an axis nobody must puzzle over."""

import re
from datetime import date, timedelta

import pytest
from kit.drawings import drawn, pieces, rows, unwritten, written
from kit.made import ON, blank

from cxassess import theme
from cxassess.charts import expiry
from cxassess.content.reading import Content
from cxassess.content.voice import Voice
from cxassess.document.answers import Evidence
from cxassess.document.assessmentfile import load_assessment
from cxassess.places import examples_dir
from cxassess.pyramid.scorecard import Scorecard
from cxassess.pyramid.scoring import score


@pytest.mark.parametrize(
    ("lang", "wanted"),
    [
        ("id", ["E-01", "E-10", "Okt 2026", "validity-current"]),
        ("en", ["E-01", "E-10", "As of 31 March 2026", "Oct 2026", "validity-current"]),
    ],
)
def test_it_says_its_numbers(lang: str, wanted: list[str], card: Scorecard, golden_content: Content) -> None:
    """Never by colour alone: what it shows stands as text, in both languages."""
    assert unwritten(drawn(expiry, card, golden_content, lang), wanted, golden_content, lang) == []


def test_it_is_described(card: Scorecard, golden_content: Content) -> None:
    """Who does not see it hears its key numbers."""
    described = expiry.describe(card, Voice(golden_content, "en"))
    assert (
        "Shelf life of 10 pieces of evidence as of 31 March 2026. Counting in full: 10; expired: 0;" in described
    )


def test_one_piece_is_told_as_one(content: Content) -> None:
    """ "1 piece", not "1 pieces"."""
    assessment = blank(content, evidence=(Evidence(key="E-01", kind="observation", source="s", on=ON),))
    described = expiry.describe(score(assessment, content, on=ON), Voice(content, "en"))
    assert described.startswith("Shelf life of 1 piece of evidence as of 31 March 2026.")


def test_evidence_is_sorted_by_its_end(content: Content) -> None:
    """What ends first stands on top, the undated at the bottom and saying so."""
    card = score(blank(content, evidence=pieces(20)), content, on=ON)
    found = list(rows(expiry, card, content))
    spans = [row for kind, row in found if kind == "rule" and "tooltip" in row]
    by_height = sorted(spans, key=lambda row: row["y"])
    assert [row["x2"] for row in by_height] == sorted(row["x2"] for row in spans)
    undated = [
        row["y"] for kind, row in found if kind == "text" and row["text"] == content.words["validity-undated"].en
    ]
    assert len(undated) == 2 and min(undated) > max(row["y"] for row in spans)


def test_expired_evidence_is_hollow_and_dashed(content: Content) -> None:
    """By the day of the card: dashed after its shelf life, thin before its date, thick in between."""
    days = content.evidence_kinds["document"].days
    dates = {
        "E-01": ON - timedelta(days=days),
        "E-02": ON - timedelta(days=days + 1),
        "E-03": ON + timedelta(days=1),
    }
    made = tuple(Evidence(key=key, kind="document", source="x", on=on) for key, on in dates.items())
    card = score(blank(content, evidence=made), content, on=ON)
    found = [row for _, row in rows(expiry, card, content) if "tooltip" in row]
    spans = {row["tooltip"][:4]: row for row in found if row["shape"] != "circle"}
    ends = {row["tooltip"][:4]: row["fill"] for row in found if row["shape"] == "circle"}
    assert ends == {"E-01": theme.VERIFIED, "E-02": theme.GROUND, "E-03": theme.GROUND}
    assert [key for key, row in spans.items() if row.get("strokeDash")] == ["E-02"]
    assert spans["E-01"]["strokeWidth"] > spans["E-03"]["strokeWidth"]
    svg = drawn(expiry, card, content)
    assert svg.count('stroke-dasharray="4,3"') == 2
    keys = {content.words[f"validity-{word}"].en for word in ("current", "expired", "later")}
    assert keys <= set(written(svg))


@pytest.mark.parametrize("count", [0, 1, 40, 60])
def test_any_number_of_records(count: int, content: Content) -> None:
    """Sixteen pixels a record, twelve when they are many; every key is there."""
    card = score(blank(content, evidence=pieces(count)), content, on=ON)
    chart = expiry.draw(card, Voice(content, "en")).to_dict()
    undated = sum(record.on is None for record in card.assessment.evidence)
    assert chart["height"] == max(16, count * 16 if count <= 40 else (count - undated) * 12 + undated * 16)
    shown = written(drawn(expiry, card, content))
    assert sorted(text for text in shown if text.startswith("E-")) == [r.key for r in card.assessment.evidence]


@pytest.mark.parametrize("span", [0, 20, 400, 4_000, 100_000])
def test_the_axis_of_dates_is_never_crowded(span: int, content: Content) -> None:
    """Two to six beginnings of months, whether evidence spans days or centuries; none said twice."""
    first = Evidence(key="E-01", kind="assertion", source="x", on=ON - timedelta(days=min(span, 40_000)))
    last = Evidence(
        key="E-02", kind="assertion", source="x", on=min(ON + timedelta(days=span), date(2199, 12, 31))
    )
    card = score(blank(content, evidence=(first, last)), content, on=ON)
    shown = written(drawn(expiry, card, content))
    ticks = [text for text in shown if re.fullmatch(r"[A-Z][a-z]+ \d{4}", text)]
    assert 2 <= len(ticks) <= 6 and len(set(ticks)) == len(ticks)


def test_months_are_in_the_reader_s_language(content: Content) -> None:
    """d3 has no Indonesian of its own."""
    assessment = load_assessment(examples_dir() / "bank-teluk-biru.json", content)
    card = score(blank(content, evidence=pieces(1)[:0], on=date(2026, 5, 9)), content, on=date(2026, 5, 9))
    assert assessment.evidence
    assert "Mei 2026" in written(drawn(expiry, card, content, "id"))
    assert "May 2026" in written(drawn(expiry, card, content, "en"))
