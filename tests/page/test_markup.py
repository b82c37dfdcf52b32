"""Blocks as HTML: accessible, and nothing in them runs."""

from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kit.blocks import HOSTILE, PLACES, every_block

from cxassess.content.model import RATINGS
from cxassess.page.blocks import Figure, Run, Table, fine, paragraph


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


@pytest.mark.parametrize("place", PLACES)
def test_hostile_text_is_shown_not_run(place: str) -> None:
    """In every text of every block: the page has the tags it has with harmless text, and shows what was typed."""
    harmless, shown = (PLACES[place](text).html() for text in ("harmless", HOSTILE))
    assert "harmless" in harmless
    assert Seen(shown).tags == Seen(harmless).tags
    assert "&lt;img src=x onerror=alert(1)&gt;&lt;script&gt;" in shown
    assert "&amp;amp;" in shown


@pytest.mark.parametrize(
    "link", ["#a", "page.html", "a/b?c=d", "", "https://example.com", "http://x", "mailto:a@b"]
)
def test_a_link_may_lead_to_a_place_a_page_or_a_mailbox(link: str) -> None:
    """What reports need."""
    assert Run(text="x", link=link).html() == f'<a href="{link}">x</a>'


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
    """Only cells that are one are shaded: not "Not yet", though it begins like one, nor the head of the column."""
    cells = (*RATINGS, "Not yet", "n", "", "Largely (L)", Figure(value=1, text="N"), (paragraph("N"),))
    table = Table(caption="", columns=("A", "N"), rows=tuple(("N", cell) for cell in cells), shaded=(1,))
    found = [value for name, value in Seen(table.html()).attributes if value.startswith("cx-shade")]
    assert found == ["cx-shade-n", "cx-shade-p", "cx-shade-l", "cx-shade-f"]


def test_a_figure_is_shown_as_it_is_written() -> None:
    """Whatever its value is: the number is for who computes, the text for who reads."""
    one, other = (
        Table(caption="", columns=("A", "B"), rows=(("x", cell),), numeric=(1,)).html()
        for cell in ("93.3%", Figure(value=14 / 15, text="93.3%"))
    )
    assert one == other


def test_a_link_has_a_name_for_those_who_hear_it() -> None:
    """Beside the words it is seen by."""
    run = Run(text="PDF", link="a.pdf", spoken="PDF of Acme & Co")
    assert run.html() == '<a href="a.pdf" aria-label="PDF of Acme &amp; Co">PDF</a>'


def test_a_foreign_run_within_a_line_is_marked() -> None:
    """The paragraph speaks the page's language, the run its own; a link may be foreign, too."""
    assert paragraph("a ", Run(text="b", lang="id")).html() == '<p>a <span lang="id">b</span></p>'
    assert Run(text="b", lang="id", link="#a").html() == '<a href="#a" lang="id">b</a>'
    assert fine("x").html() == '<p class="cx-fine">x</p>'
