"""The PDF: the same words and numbers as the page, accessible, in our font, and safe whatever it is given."""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from io import BytesIO
from typing import Any

import pytest
from kit.made import blank, report_notebook
from kit.notebooks import imprinted, shows
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output, new_raw_cell
from pypdf import PageObject, PdfReader
from pypdf.generic import ContentStream, DecodedStreamObject, NameObject

from cxassess.content.reading import Content
from cxassess.document.assessmentfile import load_assessment
from cxassess.errors import ReportError
from cxassess.page import pdf
from cxassess.page.blocks import Heading, Part
from cxassess.page.brand import Brand, Colours, load_brand
from cxassess.page.imprint import bare_imprint
from cxassess.page.pdf import to_pdf
from cxassess.places import examples_dir
from cxassess.report.printing import to_html
from cxassess.text import LANGS, Lang

EXAMPLES = sorted(file.stem for file in examples_dir().glob("*.json"))
MARKUP = '#set page(fill: red) $x$ *bold* _it_ `c` @ref <b>b</b> <script>alert(1)</script> [l](http://x) \\ // "'
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text y="9" font-family="Arial">Z</text></svg>'


def read(data: bytes) -> PdfReader:
    return PdfReader(BytesIO(data))


def words(page: PageObject) -> str:
    """The text of a page, without heads and feet (artifacts) and without what stands in drawings."""
    stream = ContentStream(page.get_contents(), page.pdf)
    kept, skipped, depth = [], 0, 0
    for operands, operator in stream.operations:
        if operator in (b"BDC", b"BMC"):
            depth += 1
            drawn = len(operands) > 1 and "/Alt" in operands[1]
            if not skipped and (operands[0] == "/Artifact" or drawn):
                skipped = depth
        if not skipped:
            kept.append((operands, operator))
        if operator == b"EMC":
            skipped = 0 if skipped == depth else skipped
            depth -= 1
    stream.operations = kept
    rest = DecodedStreamObject()
    rest.set_data(stream.get_data())
    page[NameObject("/Contents")] = rest
    return page.extract_text().replace("\u200b", "")


def said_in_pdf(data: bytes) -> str:
    """All its text but the contents, which stand on the second page of a report."""
    pages = read(data).pages
    return "\n".join(words(page) for number, page in enumerate(pages) if number != 1 or len(pages) == 1)


class Reader(HTMLParser):
    """The text of a page in its order, without title, styles, contents and drawings."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.headings: list[str] = []
        self._silent = 0
        self._unseen = ""
        self._tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        unseen = ("class", "cx-skip") in attrs or ("class", "cx-unseen") in attrs
        self._silent += tag in ("title", "style", "nav", "svg", "script") or unseen
        self._unseen = tag if unseen else self._unseen
        self._tags.append(tag)
        if re.fullmatch(r"h\d", tag):
            self.headings.append("")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in ("title", "style", "nav", "svg", "script", self._unseen)
        self._unseen = "" if tag == self._unseen else self._unseen
        self._tags.append("/")
        self.text.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.text.append(data)
            if self._tags and re.fullmatch(r"h\d", self._tags[-1]):
                self.headings[-1] += data


def said_on_page(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    return reader


def numbers(text: str) -> list[str]:
    return re.findall(r"\d+(?:[.,]\d+)*", text)


def squeezed(text: str) -> str:
    return re.sub(r"\W+", "", text)


def every_report() -> Iterator[Any]:
    """Every example in both languages; one of the two only when all groups run, for reading PDFs is slow."""
    for number, name in enumerate(EXAMPLES):
        for lang in LANGS:
            is_other = (lang == "id") == bool(number % 2)
            yield pytest.param(name, lang, marks=pytest.mark.long if is_other else ())


@pytest.mark.parametrize(("name", "lang"), list(every_report()))
def test_page_and_pdf_say_the_same(content: Content, name: str, lang: str) -> None:
    """Every heading and every number of the page stands in the PDF, in the same order, and none besides."""
    notebook = report_notebook(load_assessment(examples_dir() / f"{name}.json", content), content, lang=lang)
    page = said_on_page(to_html(notebook))
    print_ = said_in_pdf(to_pdf(notebook).data)
    assert numbers("".join(page.text)) == numbers(print_)
    # The summary is one page: what follows it begins the next.
    after = words(read(to_pdf(notebook).data).pages[3])
    assert squeezed(after).startswith(squeezed(content.words["heading-profile"].in_(lang)))
    at = 0
    whole = squeezed(print_)
    assert len(page.headings) > 20
    for heading in page.headings:
        at = whole.index(squeezed(heading), at) + 1


def made(*cells: NotebookNode, lang: Lang = "en", **fields: Any) -> pdf.Pdf:
    part = Part(Heading(level=1, text="T"))._repr_mimebundle_()
    words = bare_imprint(lang=lang).words.model_dump()
    return to_pdf(imprinted(shows(part), *cells, lang=lang, words=words, **fields))


def text_of(made: pdf.Pdf) -> str:
    return "\n".join(words(page) for page in read(made.data).pages)


def test_it_is_tagged_titled_dated_and_in_its_language(content: Content) -> None:
    """What PDF/UA-1 asks for; Typst refuses to write one without it. The date is the assessment's."""
    assessment = load_assessment(examples_dir() / "polderfiets.json", content)
    reader = read(to_pdf(report_notebook(assessment, content, lang="id")).data)
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "id-ID"
    assert reader.metadata["/Title"].startswith(assessment.profile.organisation)
    assert reader.metadata["/CreationDate"].startswith(f"D:{assessment.on:%Y%m%d}")
    assert "pdfuaid" in root["/Metadata"].get_data().decode()


def test_only_our_font(content: Content) -> None:
    """Whatever the machine has installed, and whatever drawings ask for."""
    assessment = load_assessment(examples_dir() / "polderfiets.json", content)
    notebook = report_notebook(assessment, content, lang="en")
    notebook.cells += [shows({"image/svg+xml": SVG}), new_markdown_cell("`code` *x* **y** ***z***")]
    names = {
        font.get_object()["/BaseFont"].partition("+")[2]
        for page in read(to_pdf(notebook).data).pages
        for font in page["/Resources"].get("/Font", {}).values()
    }
    assert {"NotoSans-Regular", "NotoSans-Bold"} <= names
    assert all(name.startswith("NotoSans-") for name in names)


def test_same_notebook_same_bytes(content: Content) -> None:
    """No clock and no chance."""
    assessment = load_assessment(examples_dir() / "rs-puspa-husada.json", content)
    one, other = (to_pdf(report_notebook(assessment, content, lang="en")).data for _ in range(2))
    assert one == other


def test_markdown_is_carried() -> None:
    """Headings, emphasis, lists in lists, tables, quotations, code, links, pictures pasted into the cell."""
    source = """# Ours\n\nA **b** *c* `d` [e](https://example.com) ~~f~~\nnext\n
- one\n  1. two\n\n> quoted\n\n| h1 | h2 |\n|---|---|\n| 1 | 2,5 |\n\n```\ncode 7\n```\n
![told](attachment:a.png)"""
    cell = new_markdown_cell(source)
    cell["attachments"] = {"a.png": {"image/png": PIXEL}}
    done = made(cell)
    said = text_of(done)
    for part in ("Ours", "A b c d e f next", "one", "two", "quoted", "h1", "2,5", "code 7"):
        assert part in said
    assert done.lost == ()
    annotations = [one.get_object() for page in read(done.data).pages for one in page.get("/Annots", [])]
    assert [one["/A"]["/URI"] for one in annotations] == ["https://example.com"]


def test_what_a_consultant_adds_is_carried() -> None:
    """Pandas tables with their heads, drawings, pictures, printed text; nothing of the code."""
    import pandas as pd

    frame = pd.DataFrame({"Gerai": ["Dago", "Braga & Co"], "CSAT": [4.25, 3.9]})
    stream = new_code_cell(outputs=[new_output("stream", name="stdout", text="printed 12\nsecond line")])
    done = made(
        shows({"text/html": frame._repr_html_(), "text/plain": repr(frame)}),
        shows({"image/svg+xml": SVG}),
        shows({"image/png": PIXEL, "text/plain": "<Figure>"}, **{"image/png": {"alt": "a dot"}}),
        shows({"text/plain": "42"}),
        stream,
    )
    said = text_of(done)
    for part in ("Gerai", "CSAT", "Braga & Co", "4.25", "42", "printed 12", "second line"):
        assert part in said
    assert done.lost == ()
    assert "secret_code" not in said and "<Figure>" not in said


@pytest.mark.parametrize("lang", LANGS)
def test_what_cannot_be_carried_is_said(lang: Lang) -> None:
    """A line in its place, in the language of the report; never silence, and never a PDF that is not made."""
    words = bare_imprint(lang=lang).words
    done = made(new_markdown_cell("> | b |\n> |---|"), new_raw_cell("x"), lang=lang)
    assert done.lost == (words.table, words.raw_cell)
    assert all(words.lost.replace("{what}", what) in text_of(done) for what in done.lost)


def test_deep_lists_and_text_around_tables_are_carried() -> None:
    """Twenty-five lists in one another; a number to begin with; what stands before and after a pandas table."""
    deep = "\n".join("  " * depth + f"- item{depth}x" for depth in range(25))
    frame = '<p>before</p><table class="dataframe"><tr><th>a</th></tr><tr><td>1</td></tr></table><p>after</p>'
    done = made(new_markdown_cell(deep), new_markdown_cell("7. seven"), shows({"text/html": frame}))
    said = text_of(done)
    assert all(f"item{depth}x" in said for depth in range(25))
    assert "7." in said and "before" in said and "after" in said
    assert done.lost == ()


def test_markup_is_shown_not_read(content: Content) -> None:
    """Typst, Markdown and HTML typed as a name or a commentary stand in print as they were typed."""
    profile = {"organisation": MARKUP, "unit": {"kind": "company"}, "objective": MARKUP}
    assessment = blank(content, profile=profile, commentary={"summary": MARKUP, "method": MARKUP})
    done = to_pdf(report_notebook(assessment, content, lang="en"))
    said = squeezed("".join(words(page) for page in read(done.data).pages))
    assert said.count(squeezed(MARKUP)) >= 4
    assert done.lost == ()


@pytest.mark.parametrize("name", ["N" * 200, "Nama yang panjang sekali " * 8])
def test_a_long_name_stays_on_the_page(content: Content, name: str) -> None:
    """200 characters, with and without a blank: cover, head and text break it; nothing runs off the paper."""
    profile = {"organisation": name.strip(), "unit": {"kind": "outlet", "name": name.strip()}}
    done = to_pdf(report_notebook(blank(content, profile=profile), content, lang="id"))
    places: list[float] = []

    def seen(text: str, page: list[float], line: list[float], *_: Any) -> None:
        if text.strip():
            places.append(page[0] * line[4] + page[4])

    for page in read(done.data).pages:
        page.extract_text(visitor_text=seen)
    assert squeezed(name) in squeezed(words(read(done.data).pages[0]))
    assert all(0 < place < 540 for place in places)


def test_letters_that_the_font_lacks_are_told() -> None:
    """PDF/UA forbids letters that cannot be drawn: a stand-in, a warning with their names, the rest as it was."""
    done = made(new_markdown_cell("Toko 客户 (عربي) 😀 ok ✓ ≥ 2"))
    assert len(done.lost) == 1
    assert all(letter in done.lost[0] for letter in "客户ع😀")
    assert "ok ✓ ≥ 2" in text_of(done)


def test_nothing_at_all(content: Content) -> None:
    """A blank assessment makes a short, whole report; a notebook of nobody makes a PDF, too."""
    done = to_pdf(report_notebook(blank(content), content, lang="en"))
    assert 4 <= len(read(done.data).pages) <= 8
    assert len(read(to_pdf(new_notebook()).data).pages) == 1


def test_sixty_pieces_of_evidence(content: Content) -> None:
    """The list runs over pages, its head repeated, no row torn."""
    document = json.loads((examples_dir() / "bank-teluk-biru.json").read_text(encoding="utf-8"))
    one = document["evidence"][0]
    document["evidence"] += [one | {"key": f"E-{number}"} for number in range(30, 75)]
    assessment = type(blank(content)).model_validate_json(json.dumps(document))
    assert len(assessment.evidence) == 60
    pages = read(to_pdf(report_notebook(assessment, content, lang="en")).data).pages
    listed = [page for page in pages if "E-30" in words(page) or "E-74" in words(page)]
    assert len(listed) >= 2


def test_what_typst_refuses_is_an_error_with_a_way_out(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    """Its own words, and what to do."""
    (tmp_path / "pdf").mkdir()
    (tmp_path / "pdf" / "report.typ").write_text("#nothing-of-this-name", encoding="utf-8")
    (tmp_path / "fonts").symlink_to(pdf.templates_dir() / "fonts")
    monkeypatch.setattr(pdf, "templates_dir", lambda: tmp_path)
    with pytest.raises(ReportError, match=r"could not be set as PDF: unknown variable.*take out what was added"):
        made()


def test_a_brand_reaches_cover_feet_and_colours() -> None:
    """Name, confidentiality, author and colours come from the notebook's own brand."""
    colours = Colours(primary="#5a1846")
    secret = {"id": "Rahasia", "en": "Confidential"}
    logo = load_brand(examples_dir() / "brand" / "brand.yaml").logo
    contact = ("Jalan Fiktif 1",)
    brand = Brand(name="Konsultan Contoh", logo=logo, colours=colours, confidential=secret, contact=contact)
    cover = Part(pdf.Cover(kicker="K", title="Acme", lines=("x",)), Heading(level=2, text="Section"))
    done = made(shows(cover._repr_mimebundle_()), brand=brand.model_dump(mode="json"))
    reader = read(done.data)
    assert reader.metadata["/Author"] == "Konsultan Contoh"
    assert "Confidential" in words(reader.pages[0]) and "Prepared by Konsultan Contoh" in words(reader.pages[0])
    assert "Confidential" in reader.pages[-1].extract_text()
    assert "Jalan Fiktif 1" in words(reader.pages[-1])
