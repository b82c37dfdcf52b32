"""The page of what is still to translate: both versions side by side, until all are there."""

import pytest
from kit.form import Opener, book_of, done, html_of, made_case, page_of
from kit.made import blank
from kit.page import read

from cxassess.content.reading import Content
from cxassess.content.voice import Voice
from cxassess.errors import AssessmentError
from cxassess.interview.translating import untranslated
from cxassess.text import LANGS


def test_every_missing_version_has_a_field(content: Content) -> None:
    """With the text beside it, what it is of, and a way there; in either language of the form."""
    case = made_case(content)
    for lang in LANGS:
        page = page_of(case, content, "translation", lang=lang)
        forms = {form.attrs["data-set"]: form for form in page.all("form", class_="cx-pair")}
        assert set(forms) == {"/".join(("translation", one.lang, *one.place)) for one in untranslated(case)}
        form = forms["translation/en/exceptions/silos/resolve/reason"]
        assert form.all("p", class_="cx-typed")[0].text == "one till"
        assert form.all("button")[0].attrs["data-at"] == "mistakes/cx-exceptions-silos-resolve"
        assert form.all("label")[0].text == f"{Voice(content, lang).say('form-exception-why')} English"


def test_a_field_stays_while_one_types(content: Content, open_: Opener) -> None:
    """Filled in, it is saved and stays on the page; once one has left the page, it is gone. All done is said."""
    browser = open_(blank(content, commentary={"summary": "ringkas"}))
    browser.go("translation")
    browser.fill("translation/en/commentary/summary", {"text.en": "shor"})
    browser.fill("translation/en/commentary/summary", {"text.en": "short"})
    assert browser.value.commentary == {"summary": {"id": "ringkas", "en": "short"}}
    browser.go("review")
    browser.go("translation")
    assert not browser.page.all("form", class_="cx-pair")
    assert Voice(content, "en").say("form-translated") in browser.page.text


def test_the_review_counts_them(content: Content) -> None:
    """A list a language, each entry leading to its field here."""
    book = book_of(made_case(content), content)
    page = read(html_of(book, "review"))
    (section,) = page.all("section", id="cx-form-review-untranslated-en")
    assert section.all("h4")[0].text == f"Texts without an English version {len(untranslated(made_case(content)))}"
    ids = {node.attrs.get("id") for node in read(html_of(book, "translation")).all()}
    ways = [button.attrs["data-at"].split("/") for button in section.all("button")]
    assert all(page == "translation" and anchor in ids for page, anchor in ways)


def test_an_entry_of_a_list_that_moved(content: Content) -> None:
    """Its version is not put beside another text."""
    case, at = made_case(content), "translation/en/profile/customer_groups/1"
    new, _ = done(case, "set", at, {"typed": "keluarga", "text.en": "families"})
    assert new.profile.customer_groups[1] == {"id": "keluarga", "en": "families"}
    with pytest.raises(AssessmentError):
        done(case, "set", at, {"typed": "pelajar", "text.en": "students"})


@pytest.mark.parametrize(
    "at", ["translation", "translation/en", "translation/xx/note", "translation/en/evidence/E-99/note"]
)
def test_a_place_that_is_none(content: Content, at: str) -> None:
    """It is refused."""
    with pytest.raises(AssessmentError):
        done(made_case(content), "set", at, {"text.en": "x"})
