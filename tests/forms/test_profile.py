"""The profile's page: every field of it, the date of the assessment, and targets."""

from dataclasses import replace
from datetime import date

import pytest
from kit.answers import PAPER
from kit.form import book_of, done, html_of, page_of
from kit.made import blank
from kit.page import read

from cxassess.content.reading import Content
from cxassess.content.voice import Voice
from cxassess.document.assessment import Target
from cxassess.document.changes import changed
from cxassess.text import LANGS


def test_every_field_of_the_profile(content: Content) -> None:
    """Typed, it is there; emptied, it is gone again; a language that comes to another comes after it."""
    typed = {
        "organisation": " Kopi Baru ",
        "unit": "outlet",
        "unit_name": "Dago",
        "on": "2026-04-01",
        "size": "small",
        "trade_text.id": "kopi",
        "trade_text.en": "coffee",
        "objective.id": "setia",
        "customer_groups": "keluarga\n\n pelajar ",
        "competitors": "Kopi Lama",
        "group": "Induk\nAnak",
        "report_languages": " en",
        "print_names": " yes",
        "note.id": "n",
        "private": "p",
    }
    new, missing = done(blank(content), "set", "profile", typed)
    profile = new.profile
    assert (missing, str(new.on), profile.organisation) == ("", "2026-04-01", "Kopi Baru")
    assert (profile.unit.kind, profile.unit.name, profile.size) == ("outlet", "Dago", "small")
    assert (profile.trade_text, profile.objective) == ({"id": "kopi", "en": "coffee"}, "setia")
    assert (profile.customer_groups, profile.competitors) == (("keluarga", "pelajar"), ("Kopi Lama",))
    assert (profile.group, profile.report_languages, profile.print_names) == (("Induk", "Anak"), ("en",), True)
    assert (profile.note, profile.private) == ("n", "p")
    emptied = dict.fromkeys(typed, "") | {"organisation": "Acme", "unit": "company", "report_languages": " id en"}
    new, missing = done(new, "set", "profile", emptied | {"on": "2026-03-31"})
    stands = blank(content).profile.model_copy(update={"report_languages": ("en", "id")})
    assert (new, missing) == (blank(content, profile=stands), "")


@pytest.mark.parametrize(
    ("typed", "missing"),
    [
        ({"organisation": " "}, "form-needs-organisation"),
        ({"unit": "outlet", "unit_name": ""}, "form-needs-unit"),
        ({"report_languages": ""}, "form-needs-report-languages"),
        ({"on": ""}, "form-needs-on"),
    ],
)
def test_what_must_not_be_empty_stays(content: Content, typed: dict[str, str], missing: str) -> None:
    """The rest of the same page is saved, and the need is told."""
    before = blank(content)
    stands = {
        "organisation": "Acme",
        "unit": "company",
        "unit_name": "",
        "report_languages": " id en",
        "on": "2026-03-31",
    }
    values = stands | {"report_languages": " id en"} | typed | {"trade_text.id": "kopi"}
    new, told = done(before, "set", "profile", values)
    assert told == missing
    assert set(changed(before, new)) == {("profile", "trade_text")}


def test_a_list_keeps_its_other_language(content: Content) -> None:
    """A line that still stands keeps its version in the other language, whichever was shown; others go."""
    groups = ({"id": "keluarga", "en": "families"}, {"id": "pelajar", "en": "students"}, "staf")
    before = blank(content).replaced(profile=blank(content).profile.model_copy(update={"customer_groups": groups}))
    new, _ = done(before, "set", "profile", {"customer_groups": "students\nkeluarga\nbaru\nstaf"})
    assert new.profile.customer_groups == (groups[1], groups[0], "baru", "staf")


def test_other_fields_of_the_profile_stay(content: Content) -> None:
    """An event that holds only some fields changes only them."""
    profile = blank(content).profile.model_copy(
        update={"private": "p", "print_names": True, "size": "large", "competitors": ("B",), "trade_text": "kopi"}
    )
    before = blank(content).replaced(profile=profile)
    new, _ = done(before, "set", "profile", {"organisation": "Acme 2"})
    assert set(changed(before, new)) == {("profile", "organisation")}


def test_targets(content: Content) -> None:
    """Added with or without a date, removed one by one; without a level there is none."""
    new, missing = done(blank(content), "add-target", "", {"level": "", "by": ""})
    assert (new.targets, missing) == ((), "form-needs-level")
    for values in ({"level": "3", "by": ""}, {"level": "6", "by": "2027-01-31"}, {"level": "2"}):
        new, missing = done(new, "add-target", "", values)
        assert missing == ""
    kept = Target(key="T-02", level=6, by="2027-01-31")
    assert new.targets == (Target(key="T-01", level=3), kept, Target(key="T-03", level=2))
    assert done(new, "add-target", "", {"level": "2", "by": ""}).assessment == new  # a double click adds one
    for place in ("targets/T-01", "targets/T-01", "targets/T-03"):  # and removes one
        new, _ = done(new, "remove", place)
    assert new.targets == (kept,)


def test_odd_dates_are_told(content: Content) -> None:
    """Beside the field, with the date in words, and in the review; how much evidence does not count, and which."""
    old = blank(content, evidence=(PAPER.model_copy(update={"on": date(2019, 1, 1)}),))
    book = replace(book_of(old, content), today=date(2026, 3, 1))
    page = read(html_of(book, "profile"))
    told = [
        "This date is still to come.",
        "1 of 1 pieces of evidence does not count on this date (expired: E-01).",
    ]
    assert [node.text for node in page.all("strong", class_="cx-odd")] == told
    assert page.all("label", for_="cx-profile-on")[0].text.endswith("31 March 2026")
    (section,) = read(html_of(book, "review")).all("section", id="cx-form-review-dates")
    ways = [button.attrs["data-at"] for button in section.all("button")]
    assert ways == ["profile/cx-profile-on", "profile/cx-profile-on", "evidence/cx-evidence-E-01"]
    assert section.all("button")[2].text.endswith("before the date of the assessment (31 March 2026).")


def test_a_target_before_the_assessment(content: Content) -> None:
    """It is told beside the target, in either language."""
    early = blank(content, targets=(Target(key="T-01", level=2, by=date(2026, 3, 1)),))
    for lang in LANGS:
        (told,) = page_of(early, content, "profile", lang=lang).all("strong", class_="cx-odd")
        assert told.text == Voice(content, lang).say("form-odd-early")
