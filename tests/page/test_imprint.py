"""The imprint: one contract between notebook, page, PDF and index, whoever wrote it."""

from datetime import date
from typing import Any

import pytest
from kit.notebooks import imprinted
from nbformat.v4 import new_notebook
from pydantic import ValidationError

from cxassess.content.reading import Content
from cxassess.errors import ReportError
from cxassess.page.brand import load_brand
from cxassess.page.imprint import Client, Imprint, Outcome, PageWords, Reached, Sources, bare_imprint, imprint_of
from cxassess.places import examples_dir
from cxassess.text import LANGS, Lang

REACHED = Reached(attained=2, at_least=True, shown="≥ 2")
CLIENT = Client(organisation="Acme", unit_kind="outlet", unit_name="Dago", group=("Grup",), trade={"id": "Kopi"})


def full(lang: Lang = "id") -> Imprint:
    """An imprint with every field set."""
    return Imprint(
        lang=lang,
        title="Acme · Laporan",
        words=bare_imprint(lang=lang).words,
        on=date(2026, 3, 31),
        client=CLIENT,
        outcome=Outcome(
            claimed=REACHED,
            consistent=REACHED,
            verified=REACHED,
            letters=("F", "L", "P", "N", None, None),
            draft=True,
        ),
        sources=Sources(assessment="0" * 64, content="f" * 64, model="cx-pyramid-6", version="1.0"),
        digest="a" * 64,
        interactive=True,
        brand=load_brand(examples_dir() / "brand" / "brand.yaml"),
    )


def test_a_notebook_keeps_it_whole() -> None:
    """What goes into a notebook comes out of it; the format is told by a number."""
    for imprint in (bare_imprint(), full()):
        kept = imprint.model_dump(mode="json")
        assert kept["format"] == 1
        assert imprint_of(new_notebook(metadata={"cxassess": kept})) == imprint


@pytest.mark.parametrize("lang", LANGS)
def test_its_words_are_those_of_the_content(content: Content, lang: Lang) -> None:
    """The shipped words need no content to be loaded, and are the same ones."""
    assert bare_imprint(lang=lang).words == PageWords.of(content.words, lang=lang)


def test_a_notebook_without_one_speaks_english() -> None:
    """It is nobody's, of no day, and plain."""
    bare = imprint_of(new_notebook())
    assert bare == bare_imprint()
    assert (bare.lang, bare.client, bare.on, bare.brand) == ("en", None, None, None)
    assert bare.words.contents == "Contents"


def test_reports_of_one_assessment_know_each_other() -> None:
    """In two languages the same; another unit, another kind of unit or another day is another assessment."""
    one = full("id")
    assert one.assessment_key == full("en").assessment_key
    others = [
        one.model_copy(update={"client": CLIENT.model_copy(update={"unit_name": "Braga"})}),
        one.model_copy(update={"client": CLIENT.model_copy(update={"unit_kind": "brand"})}),
        one.model_copy(update={"on": date(2027, 3, 31)}),
    ]
    assert len({one.assessment_key, *(other.assessment_key for other in others)}) == 4


def test_it_is_frozen() -> None:
    """What an output says of itself stays said."""
    with pytest.raises(ValidationError, match="frozen"):
        full().title = "x"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"lang": "fr"}, "lang"),
        ({"title": None}, "title"),
        ({"on": "31/3"}, "on"),
        ({"on": 7}, "on"),
        ({"words": "x"}, "words"),
        ({"words": {"contents": 5}}, "words.contents"),
        ({"interactive": "yes"}, "interactive"),
        ({"client": ["Acme"]}, "client"),
        ({"outcome": {"claimed": {"attained": 7, "at_least": False, "shown": "7"}}}, "outcome.claimed.attained"),
        ({"outcome": {"letters": ["F"]}}, "outcome.letters"),
        ({"sources": {"assessment": "../x"}}, "sources.assessment"),
        ({"brand": {"name": "x", "colours": {"primary": "red;}"}}}, "brand.colours.primary"),
        ({"brand": 7}, "brand"),
        ({"script": "index"}, "script"),
        ({"format": "1"}, "format"),
        ({"format": 0}, "format"),
        ({"title": "\ud83d"}, ""),
    ],
)
def test_damage_is_told_with_its_place(fields: dict[str, Any], place: str) -> None:
    """Whatever stands there, each fault is named, and what to do comes last."""
    with pytest.raises(ReportError) as caught:
        imprint_of(imprinted(**fields), name="a.ipynb")
    *places, advice = caught.value.problems
    assert f"a.ipynb metadata.cxassess{'.' if place else ''}{place}" in [problem.where for problem in places]
    assert str(advice) == (
        "a.ipynb: is damaged; restore it, or render it anew with --force, and --brand if it had one"
    )


@pytest.mark.parametrize("kept", ["x", 7, None, [], {"format": None}, {"format": 1}])
def test_what_is_no_imprint_is_refused(kept: Any) -> None:
    """Any JSON may stand in its place."""
    with pytest.raises(ReportError, match="is damaged"):
        imprint_of(new_notebook(metadata={"cxassess": kept}))


def test_a_newer_imprint_is_not_guessed_at() -> None:
    """It is whole, but not for this cxassess."""
    with pytest.raises(ReportError, match=r"by a newer cxassess \(format 2; this one reads 1\)"):
        imprint_of(imprinted(format=2))


EARLIER = {
    "whose": ["Acme", "outlet", "Dago"],
    "lang": "id",
    "on": "2026-03-31",
    "title": "Acme · Laporan",
    "skip": "Langsung",
    "words": {"contents": "Isi", "by": "Oleh {name}"},
    "digest": "a" * 64,
    "interactive": True,
    "brand": None,
}


def test_metadata_of_a_time_before_imprints_can_be_read() -> None:
    """A report that a person edited then still makes its pages, in its own words as far as it had them."""
    imprint = imprint_of(new_notebook(metadata={"cxassess": EARLIER}))
    assert imprint.client and imprint.client.unit == ("Acme", "outlet", "Dago")
    assert (imprint.lang, imprint.on, imprint.title) == ("id", date(2026, 3, 31), "Acme · Laporan")
    assert (imprint.words.skip, imprint.words.contents, imprint.words.by) == ("Langsung", "Isi", "Oleh {name}")
    assert imprint.words.picture == bare_imprint(lang="id").words.picture
    assert (imprint.digest, imprint.interactive, imprint.outcome) == ("a" * 64, True, None)


@pytest.mark.parametrize(
    "damaged",
    [{"words": "x"}, {"words": {"contents": 5}}, {"lang": ["id"]}, {"brand": {}}, {"whose": [1, 2, 3]}],
)
def test_damaged_metadata_of_that_time_is_told(damaged: dict[str, Any]) -> None:
    """In words, as it is of an imprint."""
    with pytest.raises(ReportError, match="is damaged"):
        imprint_of(new_notebook(metadata={"cxassess": EARLIER | damaged}))
