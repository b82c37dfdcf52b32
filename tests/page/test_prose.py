"""Text into blocks and out of them."""

from html.parser import HTMLParser
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from kit.blocks import every_block

from cxassess.page.blocks import (
    Bullets,
    Chart,
    Commentary,
    Contents,
    Cover,
    Facts,
    Figure,
    Heading,
    Panels,
    Picture,
    Run,
    Table,
    Verbatim,
    Verdict,
    Verdicts,
    bullets,
    fine,
    paragraph,
    small,
)
from cxassess.page.prose import texts_of, typed, typed_run


def test_typed_text_keeps_paragraphs_and_language() -> None:
    """Blank lines part paragraphs; what is not in the page's language says so; nothing is translated."""
    said = typed("Antre  lama\nsekali\n\nJuga mahal\n\n\n\n", working="id", lang="en")
    assert [part.html() for part in said] == ['<p lang="id">Antre lama sekali</p>', '<p lang="id">Juga mahal</p>']
    assert typed("Antre", working="id", lang="id")[0].html() == "<p>Antre</p>"
    assert typed({"id": "Antre", "en": "Queue"}, working="id", lang="en")[0].html() == "<p>Queue</p>"
    assert typed_run("a < b", working="id", lang="en").html() == '<span lang="id">a &lt; b</span>'
    assert typed_run("a", working="en", lang="en").html() == "a"


def test_texts_are_told_in_the_order_of_reading() -> None:
    """Every text a reader is given; not drawings, addresses, sources and the list of contents."""
    blocks = (
        Cover(kicker="1", title="2", lines=("3",), draft=paragraph("4")),
        Contents(label="contents", links=(("summary", "Summary"),)),
        Heading(level=2, text="5", key="address"),
        Commentary(blocks=(paragraph("6", Run(text="7", lang="id", link="#address")),)),
        Verdicts(boxes=(Verdict(name="claimed", label="8", shown="9", of="10", level="11", said=(small("12"),)),)),
        Panels(panels=((Heading(level=3, text="13"), bullets(["14"])),)),
        Table(
            caption="15",
            columns=("16", "17"),
            rows=(("18", (paragraph("19"), fine("20"))), (Figure(value=7, text="21"), "22")),
            numeric=(1,),
        ),
        Chart(key="address", svg="<svg>drawing</svg>", alt="23", caption="24", spec={"title": "source"}),
        Picture(media="image/png", data="AAAA", alt="picture"),
        Facts(rows=(("25", (paragraph("26"), Bullets(items=((paragraph("27"), bullets(["28"])),)))),)),
        Verbatim(text="29"),
    )
    assert list(texts_of(blocks)) == [str(n) for n in range(1, 30)]


@given(every_block(st.text(alphabet="abc", min_size=1)))
def test_no_text_of_a_block_is_left_untold(block: Any) -> None:
    """Everything that stands between tags is among the texts of a block."""

    class Words(HTMLParser):
        def handle_data(self, data: str) -> None:
            assert data.strip() in whole

    whole = "".join(texts_of([block]))
    if not isinstance(block, Contents | Picture):
        Words().feed(block.html())
