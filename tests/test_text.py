"""Language at the edge."""

from datetime import date

import pytest

from cxassess.text import Html, Said, day, escaped, listed, number, percent, said


def test_a_note_is_never_translated() -> None:
    """Without a version for the reader, the note stands as typed and says which language it is in."""
    assert said("Antre lama", working="id", lang="en") == Said("Antre lama", "id")
    assert said({"id": "Antre", "en": "Queue"}, working="id", lang="en") == Said("Queue", "en")
    assert said({"en": "Queue"}, working="id", lang="id") == Said("Queue", "en")


@pytest.mark.parametrize("hostile", ["<img src=x onerror=alert(1)>", "a & b", '"><script>', "{{7*7}}"])
def test_typed_text_is_escaped_once(hostile: str) -> None:
    """What a person typed is shown, not run; what is HTML already is not escaped twice."""
    once = escaped(hostile)
    assert "<" not in once and '"' not in once
    assert escaped(once) == once
    assert escaped(Html("<br>")) == "<br>"


def test_numbers_and_dates_follow_the_locale() -> None:
    """CLDR's Indonesian and British forms."""
    assert (number(1234.5, 1, lang="id"), number(1234.5, 1, lang="en")) == ("1.234,5", "1,234.5")
    assert (percent(1 / 3, lang="id"), percent(0.5, lang="en")) == ("33,3%", "50%")
    assert (day(date(2026, 8, 17), lang="id"), day(date(2026, 8, 17), lang="en")) == (
        "17 Agustus 2026",
        "17 August 2026",
    )
    assert listed(["a", "b"], lang="id") == "a dan b"
