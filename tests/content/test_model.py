"""What the pyramid is made of: one list of letters, and words in the form that goes with a count."""

import pytest

from cxassess.content.model import RATINGS, EvidenceKind, Forms, Word, fields_of
from cxassess.content.practices import Advice, Anchors
from cxassess.content.reading import Content
from cxassess.pyramid.levels import CUTS, POINTS, band


def test_every_letter_has_its_anchor_its_points_and_its_band() -> None:
    """In one order, the lowest first."""
    assert tuple(Anchors.model_fields) == tuple(POINTS) == RATINGS
    assert list(POINTS.values()) == sorted(POINTS.values())
    assert tuple(band(cut) for cut in (*CUTS, 1.0)) == RATINGS


def test_advice_leads_one_letter_up(content: Content) -> None:
    """About a question, from the letter beneath; about a mistake or an indicator, from none."""
    for piece in content.advice:
        if piece.from_to is None:
            assert piece.step is None
        else:
            before, after = piece.from_to
            assert RATINGS.index(after) == RATINGS.index(before) + 1 and after.lower() == piece.step


def test_every_letter_but_the_lowest_can_be_led_to() -> None:
    """And nothing else."""
    steps = Advice.model_json_schema()["properties"]["step"]["anyOf"][0]["enum"]
    assert steps == [rating.lower() for rating in RATINGS[1:]]


@pytest.mark.parametrize(("count", "form"), [(None, "many"), (0, "many"), (1, "one"), (2, "many")])
def test_a_word_takes_the_form_of_its_count(count: int | None, form: str) -> None:
    """English has two; Indonesian has one, whatever the count."""
    word = Word(id="sama", en=Forms(one="one", other="many"))
    assert (word.form("en", count), word.form("id", count)) == (form, "sama")


def test_the_gaps_of_a_text_have_names() -> None:
    """Doubled braces are none."""
    assert fields_of("{a} of {b}, not {{c}}") == {"a", "b"}


def test_a_talk_proves_nothing() -> None:
    """It is linked by itself, so it may be of grade E1 at most."""
    EvidenceKind(key="chat", name={"id": "c", "en": "c"}, grade=1, days=1, talk=True)
    with pytest.raises(ValueError, match="E1 at most"):
        EvidenceKind(key="chat", name={"id": "c", "en": "c"}, grade=2, days=1, talk=True)
