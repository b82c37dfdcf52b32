"""Blocks: as HTML nothing in them runs, as data they come back whole."""

import json
from base64 import b64encode
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from cxassess.page.blocks import (
    FORMAT,
    MIME,
    Bullets,
    Chart,
    Commentary,
    Contents,
    Cover,
    Facts,
    Figure,
    Heading,
    Panels,
    Paragraph,
    Part,
    Picture,
    Run,
    Table,
    Verbatim,
    Verdict,
    Verdicts,
    blocks_of,
    bold,
    bullets,
    fine,
    paragraph,
    small,
    texts_of,
    typed,
    typed_run,
)
from cxassess.text import LANGS

HOSTILE = "\"'><img src=x onerror=alert(1)><script>alert(2)</script>&amp;"
SHADES = ("N – not", "P – partly", "L – largely", "F – fully")


def some(one: st.SearchStrategy[Any], most: int = 3) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(one, max_size=most).map(tuple)


def every_block(text: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    """Any block, with any of its fields, its texts drawn from a strategy."""
    keys = st.from_regex(r"[a-z0-9-]{1,9}", fullmatch=True)
    links = st.sampled_from(
        [None, "#summary", "report.html", "https://example.com/a?b=c&d", "mailto:a@example.com"]
    )
    spoken = st.sampled_from([None, *LANGS])
    flags = st.booleans()
    runs = st.builds(Run, text=text, bold=flags, italic=flags, code=flags, lang=spoken, link=links)
    paragraphs = st.builds(Paragraph, runs=some(runs), style=st.sampled_from(["", "small", "fine"]))
    said = text.filter(bool)
    headings = st.builds(Heading, level=st.integers(1, 6), text=text, key=st.just("") | keys, new_page=flags)
    lists = st.recursive(
        st.builds(Bullets, items=some(some(paragraphs)), ordered=flags),
        lambda inner: st.builds(Bullets, items=some(some(paragraphs | inner)), ordered=flags),
        max_leaves=4,
    )
    verdicts = st.builds(
        Verdict,
        name=st.sampled_from(["claimed", "consistent", "verified"]),
        label=text,
        shown=text,
        of=text,
        level=text,
        said=some(paragraphs),
    )
    specs = st.none() | st.dictionaries(st.text(), st.none() | st.integers() | st.text() | st.lists(st.text()))
    media = st.sampled_from(["image/png", "image/jpeg", "image/svg+xml"])
    return st.one_of(
        headings,
        paragraphs,
        lists,
        st.builds(Facts, rows=some(st.tuples(text, some(paragraphs | lists)))),
        tables(text, paragraphs),
        st.builds(Chart, key=keys, svg=st.just("<svg></svg>"), alt=said, caption=text, spec=specs),
        st.builds(Picture, media=media, data=st.binary().map(lambda raw: b64encode(raw).decode()), alt=said),
        st.builds(Verdicts, boxes=some(verdicts)),
        st.builds(Panels, panels=some(some(headings | paragraphs | lists))),
        st.builds(Commentary, blocks=some(paragraphs)),
        st.builds(Cover, kicker=text, title=text, lines=some(text), draft=st.none() | paragraphs),
        st.builds(Contents, label=text, links=some(st.tuples(text, text))),
        st.builds(Verbatim, text=text),
    )


@st.composite
def tables(draw: st.DrawFn, text: st.SearchStrategy[str], paragraphs: st.SearchStrategy[Paragraph]) -> Table:
    width = draw(st.integers(1, 4))
    numbers = st.integers(-(10**9), 10**9) | st.floats(allow_nan=False, allow_infinity=False)
    cell = text | st.sampled_from(SHADES) | some(paragraphs) | st.builds(Figure, value=numbers, text=text)
    places = some(st.integers(0, width - 1))
    shares = st.lists(st.floats(1, 100), min_size=width, max_size=width).map(tuple)
    return Table(
        caption=draw(text),
        columns=tuple(draw(st.lists(text, min_size=width, max_size=width))),
        rows=draw(some(st.lists(cell, min_size=width, max_size=width).map(tuple))),
        numeric=draw(places),
        shaded=draw(places),
        widths=draw(st.just(()) | shares),
        caption_shown=draw(st.booleans()),
    )


KINDS = (
    Paragraph,
    Heading,
    Bullets,
    Facts,
    Table,
    Chart,
    Picture,
    Verdicts,
    Panels,
    Commentary,
    Cover,
    Contents,
    Verbatim,
)


def stored(part: Part) -> Any:
    """What a notebook file keeps of a part."""
    return json.loads(json.dumps(part._repr_mimebundle_()))


@given(some(every_block(st.text())))
def test_blocks_come_back_from_a_notebook(blocks: tuple[Any, ...]) -> None:
    """Through JSON and back they are the same blocks, and make the same HTML."""
    part = Part(*blocks)
    kept = stored(part)
    back = blocks_of(kept[MIME])
    assert back == blocks
    assert Part(*back).html() == kept["text/html"]


class Seen(HTMLParser):
    """Tags and attributes as a browser reads them; an element that is not closed is a fault."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag not in ("img", "col"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


OURS = (
    "a p span strong em code h1 h2 h3 h4 h5 h6 ul ol li dl dt dd div table caption colgroup col thead tbody tr th "
    "td figure figcaption svg nav img pre"
)
NAMES = "id class lang href role scope tabindex aria-label data-label data-chart style src alt"


@given(every_block(st.text() | st.sampled_from([HOSTILE, "<b>", '" onclick="x', "&lt;", "</td>", "<!--"])))
def test_whatever_is_typed_no_tag_comes_from_it(block: Any) -> None:
    """Any block with any texts: well-formed, with our tags and attributes alone."""
    seen = Seen(block.html())
    assert set(seen.tags) <= set(OURS.split())
    assert {name for name, _ in seen.attributes} <= set(NAMES.split())


PLAIN = paragraph("x")
PLACES = {
    "run": lambda t: paragraph(t),
    "run in all styles": lambda t: Paragraph(
        runs=(Run(text=t, bold=True, italic=True, code=True, lang="id"), bold(t))
    ),
    "link": lambda t: paragraph(Run(text="x", link=f"#{t}")),
    "heading": lambda t: Heading(level=3, text=t),
    "list": lambda t: Bullets(items=((paragraph(t), bullets([t])),)),
    "fact": lambda t: Facts(rows=((t, (PLAIN,)),)),
    "fact's value": lambda t: Facts(rows=(("x", (paragraph(t),)),)),
    "caption": lambda t: Table(caption=t, columns=("A",), rows=()),
    "hidden caption": lambda t: Table(caption=t, columns=("A",), rows=(), caption_shown=False),
    "column": lambda t: Table(caption="", columns=("A", t), rows=(("x", "y"),)),
    "row head": lambda t: Table(caption="", columns=("A",), rows=((t,),)),
    "cell": lambda t: Table(caption="", columns=("A", "B"), rows=(("x", t),)),
    "figure": lambda t: Table(caption="", columns=("A", "B"), rows=(("x", Figure(value=1, text=t)),)),
    "cell of paragraphs": lambda t: Table(caption="", columns=("A", "B"), rows=(("x", (paragraph(t),)),)),
    "chart's words": lambda t: Chart(key="a", svg="", alt=t),
    "chart's caption": lambda t: Chart(key="a", svg="", alt="x", caption=t),
    "picture's words": lambda t: Picture(media="image/png", data="", alt=t),
    "verdict's label": lambda t: Verdicts(
        boxes=(Verdict(name="claimed", label=t, shown="", of="", level="", said=()),)
    ),
    "verdict's figure": lambda t: Verdicts(
        boxes=(Verdict(name="claimed", label="", shown=t, of="", level="", said=()),)
    ),
    "verdict's scale": lambda t: Verdicts(
        boxes=(Verdict(name="claimed", label="", shown="", of=t, level="", said=()),)
    ),
    "verdict's level": lambda t: Verdicts(
        boxes=(Verdict(name="claimed", label="", shown="", of="", level=t, said=()),)
    ),
    "verdict's words": lambda t: Verdicts(
        boxes=(Verdict(name="claimed", label="", shown="", of="", level="", said=(paragraph(t),)),)
    ),
    "panel": lambda t: Panels(panels=((Heading(level=3, text=t), paragraph(t), bullets([t])),)),
    "commentary": lambda t: Commentary(blocks=(paragraph(t),)),
    "kicker": lambda t: Cover(kicker=t, title="x", lines=()),
    "title": lambda t: Cover(kicker="x", title=t, lines=()),
    "cover line": lambda t: Cover(kicker="x", title="x", lines=(t,)),
    "draft": lambda t: Cover(kicker="x", title="x", lines=(), draft=paragraph(t)),
    "contents' label": lambda t: Contents(label=t, links=()),
    "contents' address": lambda t: Contents(label="x", links=((t, "x"),)),
    "contents' text": lambda t: Contents(label="x", links=(("x", t),)),
    "verbatim": lambda t: Verbatim(text=t),
}


@pytest.mark.parametrize("place", PLACES)
def test_hostile_text_is_shown_not_run(place: str) -> None:
    """In every text of every block: the page has the tags it has with harmless text, and shows what was typed."""
    harmless, shown = (PLACES[place](text).html() for text in ("harmless", HOSTILE))
    assert "harmless" in harmless
    assert Seen(shown).tags == Seen(harmless).tags
    assert "&lt;img src=x onerror=alert(1)&gt;&lt;script&gt;" in shown
    assert "&amp;amp;" in shown


def test_every_kind_of_block_has_its_hostile_case() -> None:
    """A new block must be tried, too."""
    assert {type(make("x")) for make in PLACES.values()} == set(KINDS)


@pytest.mark.parametrize(
    "link", ["#a", "page.html", "a/b?c=d", "", "https://example.com", "http://x", "mailto:a@b"]
)
def test_a_link_may_lead_to_a_place_a_page_or_a_mailbox(link: str) -> None:
    """What reports need."""
    assert Run(text="x", link=link).html() == f'<a href="{link}">x</a>'


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "\x01javascript:alert(1)",
        "x\njavascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "xhttps://example.com",
    ],
)
def test_a_link_never_leads_to_a_script(link: str) -> None:
    """Neither made here nor read from a notebook."""
    with pytest.raises(ValidationError):
        Run(text="x", link=link)
    run = {"text": "x", "link": link}
    with pytest.raises(ValidationError):
        blocks_of({"format": FORMAT, "blocks": json.dumps([{"kind": "paragraph", "runs": [run]}])})


P = {"kind": "paragraph", "runs": []}


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        "text",
        7,
        {},
        {"format": FORMAT},
        {"format": FORMAT, "blocks": None},
        {"format": FORMAT, "blocks": "x"},
        {"format": FORMAT, "blocks": [7]},
        {"format": FORMAT + 1, "blocks": []},
        {"format": str(FORMAT), "blocks": []},
        {"blocks": []},
        {"format": FORMAT, "blocks": [{}]},
        {"format": FORMAT, "blocks": [{"kind": "bomb"}]},
        {"format": FORMAT, "blocks": [{"runs": []}]},
        {"format": FORMAT, "blocks": [{"kind": "paragraph"}]},
        {"format": FORMAT, "blocks": [{**P, "html": "<b>"}]},
        {"format": FORMAT, "blocks": [{**P, "style": 'x" onclick="'}]},
        {"format": FORMAT, "blocks": [{"kind": "paragraph", "runs": [{"text": "x", "lang": "fr"}]}]},
        {"format": FORMAT, "blocks": [{"kind": "heading", "level": 7, "text": "x"}]},
        {"format": FORMAT, "blocks": [{"kind": "heading", "level": 2, "text": "x", "key": 'a" onclick="x'}]},
        {"format": FORMAT, "blocks": [{"kind": "chart", "key": 'a"', "svg": "", "alt": "x"}]},
        {"format": FORMAT, "blocks": [{"kind": "chart", "key": "a", "svg": "", "alt": ""}]},
        {"format": FORMAT, "blocks": [{"kind": "picture", "media": "text/html", "data": "", "alt": "x"}]},
        {"format": FORMAT, "blocks": [{"kind": "picture", "media": "image/png", "data": "", "alt": ""}]},
        {"format": FORMAT, "blocks": [{"kind": "picture", "media": "image/png", "data": "abc", "alt": "x"}]},
        {"format": FORMAT, "blocks": [{"kind": "picture", "media": "image/png", "data": '"><img>', "alt": "x"}]},
        {"format": FORMAT, "blocks": [{"kind": "commentary", "blocks": [{"kind": "table"}]}]},
        {"format": FORMAT, "blocks": [{"kind": "bullets", "items": [[{"kind": "verbatim", "text": "x"}]]}]},
    ],
)
def test_damaged_data_is_refused(data: object) -> None:
    """What is none of ours, or no longer, is never guessed at."""
    if isinstance(data, dict) and isinstance(data.get("blocks"), list):
        data = data | {"blocks": json.dumps(data["blocks"])}
    with pytest.raises(ValidationError):
        blocks_of(data)


@pytest.mark.parametrize(
    "fields",
    [
        {"columns": ["A"], "rows": [["x", "y"]]},
        {"columns": ["A", "B"], "rows": [["x"]]},
        {"columns": ["A"], "rows": [[]]},
        {"columns": ["A"], "rows": [], "widths": [50, 50]},
        {"columns": ["A"], "rows": [], "numeric": [1]},
        {"columns": ["A"], "rows": [], "shaded": [-1]},
    ],
)
def test_a_table_that_does_not_add_up_is_refused(fields: dict[str, Any]) -> None:
    """Rows as long as the head, widths and marks of columns that are there: else page or print would stop."""
    with pytest.raises(ValidationError):
        blocks_of({"format": FORMAT, "blocks": [{"kind": "table", "caption": "", **fields}]})


def test_blocks_are_frozen() -> None:
    """What was said stays said."""
    for make in PLACES.values():
        block = make("x")
        with pytest.raises(ValidationError, match="frozen"):
            setattr(block, next(iter(type(block).model_fields)), "y")


def test_a_notebook_shows_html_and_keeps_data() -> None:
    """A table or a chart that is the last line of a cell is shown as a part is."""
    table = Table(caption="C", columns=("A",), rows=(("x",),))
    for block in (table, Chart(key="a", svg="<svg></svg>", alt="x", spec={"mark": "bar"})):
        bundle = block._repr_mimebundle_()
        assert set(bundle) == {"text/html", MIME}
        assert type(bundle["text/html"]) is str
        assert blocks_of(bundle[MIME]) == (block,)
    assert Part()._repr_mimebundle_() == {"text/html": "", MIME: {"format": FORMAT, "blocks": "[]"}}


def test_a_table_can_be_read_by_a_screen_reader() -> None:
    """Roles, scopes, a name for the region that scrolls, and the head of its column on every cell."""
    shown = Table(caption="C & D", columns=("A", "B & C"), rows=(("x", "1"),), numeric=(1,)).html()
    for part in (
        '<div class="cx-table" role="region" tabindex="0" aria-label="C &amp; D"><table role="table">',
        "<caption>C &amp; D</caption>",
        '<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">A</th>',
        '<th role="columnheader" scope="col" class="cx-number">B &amp; C</th></tr></thead>',
        '<tbody role="rowgroup"><tr role="row"><th role="rowheader" scope="row">x</th>',
        '<td role="cell" data-label="B &amp; C" class="cx-number">1</td></tr></tbody>',
    ):
        assert part in shown


def test_a_caption_that_repeats_its_heading_is_hidden_from_the_eye_only() -> None:
    """The name stays for those who hear the page; without a caption there is no unnamed region."""
    hidden = Table(caption="C", columns=("A",), rows=(), caption_shown=False).html()
    assert '<caption class="cx-unseen">C</caption>' in hidden and 'aria-label="C"' in hidden
    bare = Table(caption="", columns=("A",), rows=()).html()
    assert "<caption" not in bare and 'role="region"' not in bare and "tabindex" not in bare


def test_columns_have_the_widths_given() -> None:
    """One <col> a column, and a layout that keeps to them; else none."""
    shown = Table(caption="", columns=("A", "B"), rows=(), widths=(33.5, 66.5)).html()
    assert '<colgroup><col style="width:33.5%"><col style="width:66.5%"></colgroup>' in shown
    assert "cx-fixed" in shown
    bare = Table(caption="", columns=("A", "B"), rows=()).html()
    assert "<col" not in bare.replace("<colu", "") and "cx-fixed" not in bare


def test_shades_follow_the_rating() -> None:
    """Only where a cell of a shaded column begins with one."""
    cells = (*SHADES, "", "belum", (paragraph("L"),))
    shown = Table(caption="", columns=("A", "B"), rows=tuple(("x", cell) for cell in cells), shaded=(1,)).html()
    found = [value for name, value in Seen(shown).attributes if value.startswith("cx-shade")]
    assert found == ["cx-shade-n", "cx-shade-p", "cx-shade-l", "cx-shade-f", "cx-shade-l"]


def test_a_frame_holds_the_numbers_of_figures() -> None:
    """A column with figures can be reckoned with: whole numbers stay whole, what has none is missing."""
    rows = (
        ("x", Figure(value=2, text="2 days"), Figure(value=0.5, text="50%")),
        ("y", Figure(value=3, text="3"), "–"),
    )
    table = Table(caption="c", columns=("A", "B", "C"), rows=rows)
    assert list(table.frame["B"]) == [2, 3] and str(table.frame["B"].dtype) == "int64"
    assert table.frame["C"][0] == 0.5 and table.frame["C"].isna()[1]
    assert '<td role="cell" data-label="B">2 days</td>' in table.html()
    assert list(texts_of([table])) == ["c", "A", "B", "C", "x", "2 days", "50%", "y", "3", "–"]
    (kept,) = blocks_of(Part(table)._repr_mimebundle_()[MIME])
    assert kept == table


def test_a_frame_of_an_empty_table_has_its_columns() -> None:
    """So that what reads it need not ask first."""
    frame = Table(caption="", columns=("A", "B"), rows=()).frame
    assert list(frame.columns) == ["A", "B"] and len(frame) == 0


def test_a_frame_holds_the_words_of_the_cells() -> None:
    """The same table for further work in pandas."""
    table = Table(caption="", columns=("A", "B"), rows=(("x", (paragraph("y ", bold("z")), small("s"))),))
    assert table.frame.to_dict("records") == [{"A": "x", "B": "y z s"}]


def test_typed_text_keeps_paragraphs_and_language() -> None:
    """Blank lines part paragraphs; what is not in the page's language says so; nothing is translated."""
    said = typed("Antre  lama\nsekali\n\nJuga mahal\n\n\n\n", working="id", lang="en")
    assert [part.html() for part in said] == ['<p lang="id">Antre lama sekali</p>', '<p lang="id">Juga mahal</p>']
    assert typed("Antre", working="id", lang="id")[0].html() == "<p>Antre</p>"
    assert typed({"id": "Antre", "en": "Queue"}, working="id", lang="en")[0].html() == "<p>Queue</p>"
    assert typed_run("a < b", working="id", lang="en").html() == '<span lang="id">a &lt; b</span>'
    assert typed_run("a", working="en", lang="en").html() == "a"


def test_a_foreign_run_within_a_line_is_marked() -> None:
    """The paragraph speaks the page's language, the run its own; a link may be foreign, too."""
    assert paragraph("a ", Run(text="b", lang="id")).html() == '<p>a <span lang="id">b</span></p>'
    assert Run(text="b", lang="id", link="#a").html() == '<a href="#a" lang="id">b</a>'
    assert fine("x").html() == '<p class="cx-fine">x</p>'


def test_texts_are_told_in_the_order_of_reading() -> None:
    """Every text a reader is given; not drawings, addresses, sources and the list of contents."""
    blocks = (
        Cover(kicker="1", title="2", lines=("3",), draft=paragraph("4")),
        Contents(label="contents", links=(("summary", "Summary"),)),
        Heading(level=2, text="5", key="address"),
        Commentary(blocks=(paragraph("6", Run(text="7", lang="id", link="#address")),)),
        Verdicts(boxes=(Verdict(name="claimed", label="8", shown="9", of="10", level="11", said=(small("12"),)),)),
        Panels(panels=((Heading(level=3, text="13"), bullets(["14"])),)),
        Table(caption="15", columns=("16", "17"), rows=(("18", (paragraph("19"), fine("20"))),), numeric=(1,)),
        Chart(key="address", svg="<svg>drawing</svg>", alt="21", caption="22", spec={"title": "source"}),
        Picture(media="image/png", data="AAAA", alt="picture"),
        Facts(rows=(("23", (paragraph("24"), Bullets(items=((paragraph("25"), bullets(["26"])),)))),)),
        Verbatim(text="27"),
    )
    assert list(texts_of(blocks)) == [str(n) for n in range(1, 28)]


@given(every_block(st.text(alphabet="abc", min_size=1)))
def test_no_text_of_a_block_is_left_untold(block: Any) -> None:
    """Everything that stands between tags is among the texts of a block."""

    class Words(HTMLParser):
        def handle_data(self, data: str) -> None:
            assert data.strip() in whole

    whole = "".join(texts_of([block]))
    if not isinstance(block, Contents | Picture):
        Words().feed(block.html())


def test_a_block_is_a_model_with_a_kind() -> None:
    """The name under which a notebook keeps it: its own in lower case."""
    assert all(
        issubclass(kind, BaseModel) and kind.model_fields["kind"].default == kind.__name__.lower()
        for kind in KINDS
    )
