"""About the assessment: what is known, each under its word, no more."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Literal

import pytest
from kit.made import ON, blank

from cxassess.chapters import profile
from cxassess.content.model import Key, Word
from cxassess.content.reading import Content
from cxassess.content.voice import Voice
from cxassess.document.answers import Answer, Evidence
from cxassess.document.assessment import Assessment, Profile, Target, Unit
from cxassess.page.blocks import Facts, Paragraph
from cxassess.page.prose import texts_of
from cxassess.pyramid.scoring import score
from cxassess.text import LANGS, Lang, Line, Note

KNOWN = {
    "group": ("Kopi Kencana", "Kopi Lereng"),
    "size": "small",
    "objective": {"id": "Tumbuh", "en": "Grow"},
    "customer_groups": ("Pelajar", "Pekerja"),
    "competitors": ("Kopi A", "Kopi B"),
    "note": "Catatan",
}


def about(content: Content, **fields: object) -> Profile:
    return Profile(organisation="Acme", unit=Unit(kind="company"), **fields)


def facts(assessment: Assessment, content: Content, lang: Lang = "en") -> dict[str, list[str]]:
    """What stands under each word."""
    block, *_ = profile.blocks(score(assessment, content, on=ON), Voice(content, lang))
    assert isinstance(block, Facts)
    return {word: list(texts_of(value)) for word, value in block.rows}


def test_what_is_known_is_said(content: Content) -> None:
    """Each under its word, in the readers' language where there is a version in it."""
    assert facts(blank(content, profile=about(content, **KNOWN)), content) == {
        "Unit assessed": ["The whole company"],
        "Group": ["Kopi Kencana › Kopi Lereng"],
        "Size": ["Small"],
        "Objective of the engagement": ["Grow"],
        "Customer groups": ["Pelajar", "Pekerja"],
        "Competitors for comparison": ["Kopi A and Kopi B"],
        "Note": ["Catatan"],
    }


def test_nothing_is_said_of_what_is_not_known(content: Content) -> None:
    """The unit is always known."""
    assert facts(blank(content), content) == {"Unit assessed": ["The whole company"]}


class _Longer(Profile):
    """A profile as it may be one day: a field of every kind more."""

    city: Line | None = None
    story: Note | None = None
    life_stage: Literal["young", "old"] | None = None
    region: Key | None = None
    branches: tuple[Line, ...] = ()
    habits: tuple[Note, ...] = ()
    franchise: bool = False


def test_a_new_field_needs_a_word_and_no_code(content: Content) -> None:
    """A name, a note, a choice, a key, a list of names or notes, a yes: each is said as its type wants it."""
    new = ("city", "story", "life-stage", "region", "branches", "habits", "franchise")
    words = {name: Word(id=name.upper(), en=name.upper()) for name in new}
    words |= {"life-stage-young": Word(id="muda", en="young"), "region-west": Word(id="barat", en="west")}
    longer = content.model_copy(update={"words": content.words | words})
    fields = {
        "city": "Bandung",
        "story": "Cerita",
        "life_stage": "young",
        "region": "west",
        "branches": ("A", "B"),
    }
    more = _Longer(
        organisation="Acme", unit=Unit(kind="company"), **fields, habits=("pagi", "sore"), franchise=True
    )
    card = score(blank(content), content, on=ON)
    known = card.assessment.model_copy(update={"profile": more})
    (block,) = profile.blocks(replace(card, assessment=known), Voice(longer, "en"))
    assert isinstance(block, Facts)
    assert {word: list(texts_of(value)) for word, value in block.rows[1:]} == {
        "CITY": ["Bandung"],
        "STORY": ["Cerita"],
        "LIFE-STAGE": ["young"],
        "REGION": ["west"],
        "BRANCHES": ["A and B"],
        "HABITS": ["pagi", "sore"],
        "FRANCHISE": ["yes"],
    }


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        ({"trade": "food-drink"}, ["Food and drink"]),
        ({"trade": "food-drink", "trade_text": "Kedai kopi"}, ["Kedai kopi"]),
        ({"trade": "other", "trade_text": "Kafe"}, ["Kafe"]),
        ({"trade": "other"}, None),
    ],
)
def test_a_trade_is_said_once(content: Content, fields: dict[str, str], wanted: list[str] | None) -> None:
    """By its name, or in the words that say more; that it is another says nothing."""
    said = facts(blank(content, profile=about(content, **fields)), content)
    assert said.get("Trade") == wanted and len(said) == 1 + bool(wanted)


def test_targets_stand_with_their_notes(content: Content) -> None:
    """A level, by when, and why."""
    target = Target(key="T-01", level=4, by=date(2026, 12, 31), note="Sebelum akhir tahun")
    assert facts(blank(content, targets=(target,)), content)["Targets"] == [
        "Level 4 by 31 December 2026",
        "Sebelum akhir tahun",
    ]


def seen(number: int, days_ago: int) -> Evidence:
    return Evidence(key=f"E-{number:02d}", kind="observation", source="s", on=ON - timedelta(days=days_ago))


NEXT_YEAR = Target(key="T-01", level=4, by=ON + timedelta(days=365))


@pytest.mark.parametrize(
    ("evidence", "wanted"),
    [
        ((seen(1, 30),), "1 piece, dated 1 March 2026. It will have expired by 31 March 2027,"),
        ((seen(1, 30), seen(2, 30)), "2 pieces, dated 1 March 2026. 2 of them will have expired by"),
        (
            (seen(1, 30), seen(2, 0)),
            "2 pieces, dated 1 March 2026 to 31 March 2026. 2 of them will have",
        ),
    ],
)
def test_how_much_evidence_there_is(content: Content, evidence: tuple[Evidence, ...], wanted: str) -> None:
    """One piece is one piece, one day one day; what will have expired by the nearest target is said."""
    (said,) = facts(blank(content, evidence=evidence, targets=(NEXT_YEAR,)), content)["Evidence"]
    assert said.startswith(wanted)
    (still,) = facts(blank(content, evidence=evidence), content)["Evidence"]
    assert "expired" not in still


@pytest.mark.parametrize("lang", LANGS)
def test_that_notes_stay_in_their_language_is_said(content: Content, lang: Lang) -> None:
    """Only where a note has no version for these readers."""
    assessment = blank(content).answer("inform-1", Answer(state="rated", rating="P", note="Antre lama"))
    _, *remarks = profile.blocks(score(assessment, content, on=ON), Voice(content, lang))
    assert len(remarks) == (lang == "en")
    assert all(isinstance(one, Paragraph) and one.style == "fine" for one in remarks)
