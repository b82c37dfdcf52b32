"""Content in one language: each phrase is made once, and what has a key is called by its name."""

from datetime import date

import pytest

from cxassess.content.reading import Content
from cxassess.content.voice import Voice
from cxassess.text import LANGS, Lang


@pytest.fixture
def english(content: Content) -> Voice:
    return Voice(content, "en")


@pytest.fixture
def indonesian(content: Content) -> Voice:
    return Voice(content, "id")


def test_a_word_that_is_not_there_is_an_error(english: Voice) -> None:
    """An empty place would be found by a client."""
    with pytest.raises(KeyError):
        english.say("no-such-word")


def test_a_count_chooses_the_form_and_is_written_as_the_language_writes_numbers(
    english: Voice, indonesian: Voice
) -> None:
    """One person-day, two person-days; a thousand with its own sign."""
    assert [english.effort(days) for days in (1, 2, 1200)] == [
        "1 person-day",
        "2 person-days",
        "1,200 person-days",
    ]
    assert [indonesian.effort(days) for days in (1, 1200)] == ["1 orang-hari", "1.200 orang-hari"]


def test_a_level_has_its_number_and_its_name(english: Voice, indonesian: Voice) -> None:
    """By key, or by number as it is reached, where none is reached, too."""
    assert english.level_name("respond") == english.reached(3) == "3. Need met when voiced"
    assert indonesian.level_name("respond") == indonesian.reached(3)
    assert english.reached(0).startswith("0. ")


def test_an_achievement_has_its_letter(english: Voice, indonesian: Voice) -> None:
    """Or is not rated."""
    assert (english.achievement(14 / 15, "F"), indonesian.achievement(14 / 15, "F")) == ("93.3% (F)", "93,3% (F)")
    assert english.achievement(None, None) == "not rated"


def test_an_answer_is_its_rating_or_its_state(english: Voice) -> None:
    """In words."""
    assert english.answer("L", "rated") == english.rating("L")
    assert english.answer(None, "unknown") == "Not known"


def test_what_nobody_judged_is_not_none(english: Voice) -> None:
    """Severity 0 was looked for; None was not."""
    assert (english.severity(0), english.severity(None)) == ("0 – none", "not judged yet")


def test_a_unit_is_the_company_or_a_part_of_it(english: Voice) -> None:
    """By its name."""
    assert "Dago" in english.unit("outlet", "Dago")
    assert "None" not in english.unit("company", None)


def test_a_target_may_have_no_date(english: Voice) -> None:
    """Then none is said."""
    assert "2027" in english.target(4, date(2027, 1, 31))
    assert english.target(4, None) != english.target(5, None)


def test_names_are_quoted_and_listed(english: Voice) -> None:
    """As a person would."""
    assert english.quoted(["a", "b", "c"]) == "“a”, “b” and “c”"
    assert english.either(["a", "b"]) == "a or b"


@pytest.mark.parametrize("lang", LANGS)
def test_whatever_has_a_key_has_a_name(content: Content, lang: Lang) -> None:
    """Questions, mistakes, indicators, advice, owners, sizes, measures, kinds of evidence, languages."""
    voice = Voice(content, lang)
    named = {*(one.key for one in (*content.questions, *content.mistakes, *content.indicators))}
    assert set(voice.names) == named
    assert set(voice.subjects) == {piece.key for piece in content.advice}
    assert set(voice.owners) >= {piece.owner for piece in content.advice}
    assert set(voice.kpis) >= {kpi for piece in content.advice for kpi in piece.kpis}
    assert list(voice.sizes) == [size.key for size in content.model.sizes]
    everything = (voice.names, voice.subjects, voice.owners, voice.kpis, voice.sizes)
    assert all(name for names in everything for name in names.values())
    assert all(voice.kind(key) for key in content.evidence_kinds)
    assert voice.language("id") != voice.language("en")
