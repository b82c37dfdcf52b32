"""Blocks of every kind, drawn at random and with a text in every place."""

from base64 import b64encode
from typing import Any

from hypothesis import strategies as st

from cxassess.content.model import RATINGS
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
    Paragraph,
    Picture,
    Run,
    Table,
    Verbatim,
    Verdict,
    Verdicts,
    bold,
    bullets,
    paragraph,
)
from cxassess.text import LANGS

HOSTILE = "\"'><img src=x onerror=alert(1)><script>alert(2)</script>&amp;"


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
    runs = st.builds(Run, text=text, bold=flags, italic=flags, code=flags, lang=spoken, link=links, spoken=text)
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
    figures = st.builds(Figure, value=numbers, text=text)
    cell = text | st.sampled_from(RATINGS) | figures | some(paragraphs)
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


PLAIN = paragraph("x")
PLACES = {
    "run": lambda t: paragraph(t),
    "run in all styles": lambda t: Paragraph(
        runs=(Run(text=t, bold=True, italic=True, code=True, lang="id"), bold(t))
    ),
    "link": lambda t: paragraph(Run(text="x", link=f"#{t}")),
    "link's name": lambda t: paragraph(Run(text="harmless", link="#a", spoken=t)),
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
