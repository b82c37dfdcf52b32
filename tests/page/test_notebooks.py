"""From a notebook to blocks: what a person may add is carried, and what is lost is said."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kit.notebooks import imprinted, shows
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output, new_raw_cell

from cxassess.page.blocks import Commentary, Heading, Part, Picture, Table, Verbatim, bullets, paragraph
from cxassess.page.imprint import bare_imprint
from cxassess.page.notebooks import Carried, blocks_in
from cxassess.page.prose import texts_of
from cxassess.text import LANGS

PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text y="9">Z</text></svg>'


def carried(*cells: NotebookNode) -> Carried:
    return blocks_in(imprinted(*cells), bare_imprint().words)


def test_our_own_blocks_are_carried_as_they_are() -> None:
    """And the HTML beside them is not read."""
    part = Part(Heading(level=2, text="A"), paragraph("x"), bullets(["y"]))
    assert carried(shows(part._repr_mimebundle_())) == (part.blocks, ())


def test_markdown_becomes_blocks() -> None:
    """Headings, runs in their styles, lists in lists, tables, quotations, code."""
    source = "# A *b*\n\nc **d** [e](https://x.example) [f](x.html)\n\n- g\n\n  2. h\n\n> i\n\n```\nj\n```"
    blocks, lost = carried(new_markdown_cell(source))
    heading, line, listed, quoted, code = blocks
    assert heading == Heading(level=1, text="A b")
    assert [(run.text, run.bold, run.link) for run in line.runs] == [
        ("c ", False, None),
        ("d", True, None),
        (" ", False, None),
        ("e", False, "https://x.example"),
        (" ", False, None),
        ("f", False, None),
    ]
    assert listed.html() == '<ul><li><p>g</p><ol start="2"><li><p>h</p></li></ol></li></ul>'
    assert quoted == Commentary(blocks=(paragraph("i"),))
    assert code == Verbatim(text="j")
    assert lost == ()


def test_outputs_of_other_libraries_become_blocks() -> None:
    """Tables of pandas with what stands around them, pictures with what they are said to show, printed text."""
    frame = (
        '<p>n = 1</p><table class="dataframe"><tr><th></th><th>a</th></tr><tr><td>0</td><td> 1 </td></tr></table>'
    )
    stream = new_code_cell(outputs=[new_output("stream", name="stdout", text="printed")])
    blocks, lost = carried(
        shows({"text/html": frame}),
        shows({"image/svg+xml": SVG}),
        shows({"image/png": PIXEL, "text/plain": "<Figure>"}, **{"image/png": {"alt": "a dot"}}),
        stream,
        shows({"text/markdown": "*m*"}),
    )
    table, around, drawing, picture, printed, text = blocks
    assert table == Table(caption="", columns=("", "a"), rows=(("0", "1"),))
    assert (around.text, text.text) == ("n = 1", "m")
    assert isinstance(drawing, Picture) and drawing.alt == "Picture without a description"
    assert isinstance(picture, Picture) and picture.alt == "a dot"
    assert printed == Verbatim(text="printed")
    assert lost == ()


@pytest.mark.parametrize("about", [None, 7, "x", ["alt"], {"alt": 7}, {"alt": ""}, {"alt": None}])
def test_what_a_picture_is_said_to_show_may_be_anything(about: Any) -> None:
    """Metadata come from anyone; a picture without words for it says so."""
    (picture,), _ = carried(shows({"image/png": PIXEL}, **{"image/png": about}))
    assert picture.alt == "Picture without a description"


@pytest.mark.parametrize(
    ("data", "what"),
    [
        ({"application/vnd.jupyter.widget-view+json": {}, "text/plain": "W()"}, "widget-view"),
        ({"text/html": "<iframe src=x></iframe>", "text/plain": "x"}, "text/html"),
        ({"application/javascript": "alert(1)"}, "application/javascript"),
        ({"image/png": "bm8gcGljdHVyZQ=="}, "image/png"),
        ({"image/svg+xml": "<svg"}, "image/svg+xml"),
        ({"image/svg+xml": '<!DOCTYPE x [<!ENTITY a "b">]><svg/>'}, "image/svg+xml"),
        ({"application/vnd.cxassess+json": {"format": 1, "blocks": '[{"kind": "bomb"}]'}}, "cxassess"),
        ({"text/html": '<table class="dataframe"><tr><th colspan="2">a</th></tr></table>'}, "text/html"),
    ],
)
def test_what_cannot_be_carried_is_said(data: dict[str, Any], what: str) -> None:
    """A line in its place, and one in the list; never silence."""
    blocks, (lost,) = carried(shows(data))
    assert what in lost
    assert [block.text for block in blocks] == [f"Not in the PDF: {lost}"]


@pytest.mark.parametrize(
    "source",
    [
        "- ![a](x.png)",
        "> | a |\n> |---|\n> | b |",
        "- x\n\n  <div>y</div>",
        "a <img src='data:x'> b",
        "## ![a](x.png)",
    ],
)
def test_what_stands_deep_in_markdown_is_not_lost_silently(source: str) -> None:
    """Pictures in lists and headings, tables in quotations, HTML in items: a line for each."""
    blocks, (lost,) = carried(new_markdown_cell(source))
    assert f"Not in the PDF: {lost}" in texts_of(blocks)


def test_a_removed_cell_is_gone() -> None:
    """The tag `remove-cell` keeps a working cell out of print as it does out of the page."""
    cell = new_markdown_cell("mine")
    cell.metadata["tags"] = ["remove-cell"]
    assert carried(cell) == ((), ())


def test_losses_are_told_in_the_language_of_the_report() -> None:
    """Cells and pieces of Markdown that are no blocks have names in either language."""
    cells = [new_raw_cell("x"), new_markdown_cell("<div>y</div>"), new_markdown_cell("> | a |\n> |---|\n> | b |")]
    lost = {lang: blocks_in(imprinted(*cells), bare_imprint(lang=lang).words).lost for lang in LANGS}
    assert lost == {"id": ("sel mentah", "kode HTML", "tabel"), "en": ("raw cell", "HTML code", "table")}


@given(st.text())
def test_any_markdown_is_read(source: str) -> None:
    """Whatever is typed into a cell, it becomes blocks or is told as lost."""
    carried(new_markdown_cell(source))
