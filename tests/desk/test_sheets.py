"""Interview sheets: what a role is asked, all of it and nothing else, on paper that a pen can fill."""

import re
from functools import cache
from io import BytesIO

import pytest
from kit.made import blank
from pypdf import PdfReader

from cxassess.content.model import RATINGS
from cxassess.content.practices import Indicator, Mistake, Question, Role
from cxassess.content.reading import Content, load_content
from cxassess.content.voice import Voice
from cxassess.desk.sheets import sheet_name, sheet_pdf
from cxassess.document.answers import Answer, Judgement
from cxassess.document.assessment import Assessment, Unit
from cxassess.errors import CxError
from cxassess.page.brand import load_brand
from cxassess.places import examples_dir
from cxassess.text import Lang

HOSTILE = '#set page(fill: red) $x$ *bold* _it_ `c` @ref <b>b</b> [l](http://x) \\ // " 茶'
SEEN = [(None, "id"), ("leader", "en"), ("front-line", "id"), ("customer", "en")]


@cache
def blank_pages(role: Role | None, lang: Lang) -> list[str]:
    """The pages of a blank sheet; made once, for reading them takes time."""
    return pages(sheet_pdf(Voice(load_content(), lang), role=role))


def pages(data: bytes) -> list[str]:
    """The text of each page without blanks, for lines break anywhere."""
    return [bare(page.extract_text()) for page in PdfReader(BytesIO(data)).pages]


def bare(text: str) -> str:
    return re.sub(r"[\s\u200b]", "", text)


def headings(content: Content, lang: Lang) -> dict[str, str]:
    """Number and name of each item, as its heading has them, by key."""
    by_level = [(f"{n}.", content.of_level(level)) for n, level in enumerate(content.level_keys, start=1)]
    parts: list[tuple[str, tuple[Question | Mistake | Indicator, ...]]] = [
        *by_level,
        ("", content.mistakes),
        ("", content.indicators),
    ]
    return {
        one.key: bare(f"{before}{n}{one.name.in_(lang)}")
        for before, asked in parts
        for n, one in enumerate(asked, start=1)
    }


def asked_of(content: Content, role: Role | None) -> list[str]:
    """The keys of what a role is asked."""
    asked = (*content.questions, *content.mistakes, *content.indicators)
    return [one.key for one in asked if role is None or role in one.asks]


def found(made: list[str], content: Content, lang: Lang) -> list[str]:
    """The keys of what a sheet asks."""
    text = "".join(made)
    return [key for key, heading in headings(content, lang).items() if heading in text]


@pytest.mark.parametrize(("role", "lang"), SEEN)
def test_a_sheet_asks_what_its_role_is_asked(content: Content, role: Role | None, lang: Lang) -> None:
    """Every question, mistake and indicator of it, and none of the others."""
    assert found(blank_pages(role, lang), content, lang) == asked_of(content, role)


def test_an_item_stays_on_one_page(content: Content) -> None:
    """From its heading to the evidence to ask for, with its question and all anchors."""
    for question in content.questions:
        heading = headings(content, "id")[question.key]
        page = next(page for page in blank_pages(None, "id") if heading in page)
        anchors = [question.anchors[rating] for rating in RATINGS]
        texts = [question.ask, question.evidence, question.whom, *anchors]
        assert [text.id for text in texts if text and bare(text.id) not in page] == []


def test_a_customer_rates_nothing(content: Content) -> None:
    """No rating, no anchor and no severity stands on the sheet; what happened to this customer does."""
    text = "".join(blank_pages("customer", "en"))
    assert "Inthiscustomer'sexperienceYesNo" in text.replace("’", "'")
    for scale in ("N–not", "F–fully", "0–none", "3–systemic", "Notapplicable"):
        assert scale not in text
    assert bare(content.by_key["resolve-3"].anchors.F.en) not in text


def test_what_does_not_apply_may_be_said_but_of_a_core_question(content: Content) -> None:
    """As in the form."""
    text = "".join(blank_pages("leader", "en"))
    core, other = (headings(content, "en")[key] for key in ("inform-3", "inform-4"))
    before, _, after = text.partition(core)[2].partition(other)
    assert "Notapplicable:notoffered" not in before
    assert "Notapplicable:notoffered" in after


@pytest.fixture
def begun(content: Content) -> Assessment:
    """One question rated, one left out, one that nobody knows; one mistake and one indicator judged."""
    return blank(
        content,
        answers={
            "inform-1": Answer(state="rated", rating="L"),
            "inform-2": Answer(state="not-applicable", reason="not-offered", note="x"),
            "resolve-1": Answer(state="unknown"),
        },
        mistakes={"long-waits": Judgement(severity=0)},
        indicators={"feedback-improves": Answer(state="rated", rating="F")},
    )


def test_only_what_is_open(content: Content, begun: Assessment) -> None:
    """What nobody knows is open, too; each item keeps its number. Without being asked so, all is printed."""
    voice, asked = Voice(content, "en"), asked_of(content, "customer")
    rest = [key for key in asked if key not in {"inform-1", "inform-2", "long-waits", "feedback-improves"}]
    some = sheet_pdf(voice, role="customer", assessment=begun, open_only=True)
    assert found(pages(some), content, "en") == rest
    assert "24of45items:onlywhatisunanswered" in pages(some)[0]
    assert found(pages(sheet_pdf(voice, role="customer", assessment=begun)), content, "en") == asked


def test_a_role_with_nothing_left_to_ask_is_told(content: Content) -> None:
    """No sheet without a question comes out."""
    keys = asked_of(content, "leader")
    rated, judged = Answer(state="rated", rating="L"), Judgement(severity=0)
    done = blank(
        content,
        answers={one.key: rated for one in content.questions if one.key in keys},
        mistakes={one.key: judged for one in content.mistakes if one.key in keys},
        indicators={one.key: rated for one in content.indicators if one.key in keys},
    )
    with pytest.raises(CxError, match="leader: nothing is left to ask"):
        sheet_pdf(Voice(content, "en"), role="leader", assessment=done, open_only=True)


def test_paper(content: Content) -> None:
    """A4, numbered pages, tagged, in its language, with a title; the same bytes for the same input."""
    voice = Voice(content, "id")
    data = sheet_pdf(voice, role="customer")
    assert data == sheet_pdf(voice, role="customer")
    reader = PdfReader(BytesIO(data))
    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in reader.pages} == {(595, 842)}
    assert [f"{n}/{len(reader.pages)}" in page for n, page in enumerate(pages(data), start=1)].count(False) == 0
    assert len(reader.pages) <= 10
    root = reader.root_object
    assert (root["/MarkInfo"]["/Marked"], root["/Lang"]) == (True, "id-ID")
    assert reader.metadata and reader.metadata.title == "Lembar wawancara · Pelanggan"


def named(content: Content, organisation: str) -> Assessment:
    made = blank(content)
    return made.replaced(profile=made.profile.model_copy(update={"organisation": organisation}))


def test_names_are_text(content: Content) -> None:
    """A name that is markup elsewhere stands there as it was typed; what the font lacks has a stand-in."""
    made = named(content, HOSTILE + "w" * 90).replaced(private="tell nobody")
    text = "".join(pages(sheet_pdf(Voice(content, "en"), role="customer", assessment=made)))
    assert bare(HOSTILE.replace("茶", "\ufffd")) + "w" * 90 in text
    assert "tellnobody" not in text


def test_the_brand_stands_on_it(content: Content) -> None:
    """Its name at the foot of every page, its logo on the first; what its reports say of secrecy does not."""
    brand = load_brand(examples_dir() / "brand" / "brand.yaml")
    data = sheet_pdf(Voice(content, "id"), role="customer", brand=brand)
    assert brand.confidential and brand.logo
    assert all(bare(brand.name) in page and bare(brand.confidential.id) not in page for page in pages(data))
    assert len(data) > len(sheet_pdf(Voice(content, "id"), role="customer")) + 1000


def test_content_of_ones_own(golden_content: Content) -> None:
    """Content that says neither whom to ask nor what to look at is asked of everyone."""
    data = sheet_pdf(Voice(golden_content, "en"), role="customer")
    assert found(pages(data), golden_content, "en") == asked_of(golden_content, None)


def test_a_file_name_is_safe(content: Content) -> None:
    """Whatever the organisation is called."""
    made = named(content, "../Kopi {A}: *?")
    name = sheet_name(Voice(content, "en"), role="leader", assessment=made)
    assert re.fullmatch(r"[a-z0-9.-]+", name)
    assert name.endswith("-2026-03-31-sheet-leader-en.pdf")


def test_two_outlets_on_one_day_have_two_sheets(content: Content) -> None:
    """Otherwise the sheet of the second is written over that of the first; long names stay short."""
    made = named(content, "Klinik Melati")

    def name_for(outlet: str) -> str:
        unit = Unit(kind="outlet", name=outlet)
        of_it = made.replaced(profile=made.profile.model_copy(update={"unit": unit}))
        return sheet_name(Voice(content, "id"), assessment=of_it)

    assert name_for("Dago") == "klinik-melati-dago-2026-03-31-sheet-everyone-id.pdf"
    assert name_for("Buah Batu") != name_for("Dago")
    assert len(name_for("Dago " * 40)) <= 100
