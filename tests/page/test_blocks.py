"""Blocks: as data they come back whole, and what is none of ours is refused."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kit.blocks import KINDS, PLACES, every_block, some
from pydantic import BaseModel, ValidationError

from cxassess.page.blocks import FORMAT, MIME, Chart, Figure, Part, Run, Table, blocks_of, bold, paragraph, small
from cxassess.page.prose import texts_of


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


def test_every_kind_of_block_has_its_hostile_case() -> None:
    """A new block must be tried, too."""
    assert {type(make("x")) for make in PLACES.values()} == set(KINDS)


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


def test_a_frame_holds_the_words_of_the_cells() -> None:
    """The same table for further work in pandas."""
    table = Table(caption="", columns=("A", "B"), rows=(("x", (paragraph("y ", bold("z")), small("s"))),))
    assert table.frame.to_dict("records") == [{"A": "x", "B": "y z s"}]


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


@pytest.mark.parametrize("value", ["1", float("nan"), float("inf"), [1], None])
def test_a_figure_is_a_number(value: Any) -> None:
    """Else a frame would mix numbers with what only looks like them."""
    with pytest.raises(ValidationError):
        Figure.model_validate_json(json.dumps({"value": value, "text": "x"}), strict=True)


EARLIER = (
    '[{"kind": "heading", "level": 2, "text": "A", "key": "a"},'
    ' {"kind": "paragraph", "runs": [{"text": "x", "bold": false, "italic": false, "code": false, "lang": null,'
    ' "link": null}], "style": ""},'
    ' {"kind": "table", "caption": "", "columns": ["A", "B"], "rows": [["x", "93%"]], "numeric": [1],'
    ' "shaded": [], "widths": [], "caption_shown": true}]'
)


def test_blocks_of_an_earlier_time_can_be_read() -> None:
    """Fields that have come since have defaults: a report that a person edited still makes its pages."""
    heading, text, table = blocks_of({"format": 1, "blocks": EARLIER})
    assert (heading.html(), text.html()) == ('<h2 id="a">A</h2>', "<p>x</p>")
    assert isinstance(table, Table) and table.rows == (("x", "93%"),)


def test_a_block_is_a_model_with_a_kind() -> None:
    """The name under which a notebook keeps it: its own in lower case."""
    assert all(
        issubclass(kind, BaseModel) and kind.model_fields["kind"].default == kind.__name__.lower()
        for kind in KINDS
    )
