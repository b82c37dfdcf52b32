"""What a report is made of: headings, paragraphs, tables, charts; as HTML, and as data that print is made from."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter, model_validator

from cxassess.content.model import RATINGS
from cxassess.text import Html, Lang, Note, escaped, said

if TYPE_CHECKING:
    import pandas as pd

MIME = "application/vnd.cxassess+json"
FORMAT = 1
# What a link in a report may lead to: a place in it, a file beside it, a page, a mailbox. Never a script.
Link = Annotated[str, Field(pattern=r"^(#|https?://|mailto:|[^:]*$)")]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Shown(_Frozen):
    """A block that a notebook shows by itself, as the last line of a cell."""

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        return Part(self)._repr_mimebundle_()  # type: ignore[arg-type]  # only blocks are made from it


class Run(_Frozen):
    """A piece of text in one style; `lang` where it is not the page's, `link` where it leads somewhere."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    lang: Lang | None = None
    link: Link | None = None

    def html(self) -> str:
        """The text, escaped, in its tags."""
        shown = str(escaped(self.text))
        for tag, wanted in (("code", self.code), ("em", self.italic), ("strong", self.bold)):
            shown = f"<{tag}>{shown}</{tag}>" if wanted else shown
        spoken = f' lang="{self.lang}"' if self.lang else ""
        if self.link is not None:
            return f'<a href="{escaped(self.link)}"{spoken}>{shown}</a>'
        return f"<span{spoken}>{shown}</span>" if spoken else shown


class Paragraph(_Frozen):
    """Running text: plain, `small` (what belongs to the line above it), `fine` (a remark on what is shown)."""

    kind: Literal["paragraph"] = "paragraph"
    runs: tuple[Run, ...]
    style: Literal["", "small", "fine"] = ""

    def html(self) -> str:
        """One <p>. A paragraph that is all in one other language says so itself."""
        style = f' class="cx-{self.style}"' if self.style else ""
        languages = {run.lang for run in self.runs}
        if len(self.runs) == 1 and languages != {None}:
            (run,) = self.runs
            return f'<p{style} lang="{run.lang}">{run.model_copy(update={"lang": None}).html()}</p>'
        return f"<p{style}>{''.join(run.html() for run in self.runs)}</p>"

    @property
    def text(self) -> str:
        """The words alone."""
        return "".join(run.text for run in self.runs)


class Heading(_Frozen):
    """A heading; `key` is its address in the page. On paper it begins a page of its own where it says so."""

    kind: Literal["heading"] = "heading"
    level: int = Field(ge=1, le=6)
    text: str
    key: str = Field(default="", pattern=r"^[a-z0-9-]*$")
    new_page: bool = False

    def html(self) -> str:
        """<h1> to <h6>."""
        address = f' id="{self.key}"' if self.key else ""
        return f"<h{self.level}{address}>{escaped(self.text)}</h{self.level}>"


class Bullets(_Frozen):
    """A list; each item is some paragraphs, or lists again."""

    kind: Literal["bullets"] = "bullets"
    items: tuple[tuple[Paragraph | Bullets, ...], ...]
    ordered: bool = False
    start: int = 1

    def html(self) -> str:
        """<ul> or <ol>."""
        tag = "ol" if self.ordered else "ul"
        first = f' start="{self.start}"' if self.ordered and self.start != 1 else ""
        return f"<{tag}{first}>{''.join(f'<li>{_html(item)}</li>' for item in self.items)}</{tag}>"


class Facts(_Frozen):
    """Names and what they stand for."""

    kind: Literal["facts"] = "facts"
    rows: tuple[tuple[str, tuple[Paragraph | Bullets, ...]], ...]

    def html(self) -> str:
        """A <dl>."""
        rows = (f"<dt>{escaped(name)}</dt><dd>{_html(value)}</dd>" for name, value in self.rows)
        return f"<dl>{''.join(rows)}</dl>"


class Figure(_Frozen):
    """A number in a table, and how it is written for readers of the page's language.

    >>> Figure(value=0.917, text="91,7% (F)").text
    '91,7% (F)'
    """

    # Neither NaN nor infinity can be kept in a notebook.
    value: int | Annotated[float, Field(allow_inf_nan=False)]
    text: str


Cell = str | Figure | tuple[Paragraph, ...]


class Table(_Shown):
    """Columns and rows; the first cell of a row is its heading.

    `numeric` names the columns that are set to the right, `shaded` those whose cells begin with a rating and are
    the darker the better it is; `widths` are shares of the width, one a column, and
    without them the columns take what they need. A caption that only repeats the heading above it is not `shown`.
    """

    kind: Literal["table"] = "table"
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    numeric: tuple[int, ...] = ()
    shaded: tuple[int, ...] = ()
    widths: tuple[float, ...] = ()
    caption_shown: bool = True

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        """A notebook may come from anyone; a row too long would stop the page."""
        width = len(self.columns)
        if any(len(row) != width for row in self.rows) or len(self.widths) not in (0, width):
            raise ValueError("rows and widths must be as many as columns")
        if not {*self.numeric, *self.shaded} <= set(range(width)):
            raise ValueError("numeric and shaded must name columns that are there")
        return self

    @property
    def frame(self) -> pd.DataFrame:
        """The same as a pandas frame: of a column with figures the numbers, of any other the words.

        Where such a column has no figure, the frame has NaN; of a row's heading it has the line itself.
        """
        import pandas as pd

        made = pd.DataFrame({index: self._values(index) for index in range(len(self.columns))})
        made.columns = pd.Index(self.columns)
        return made

    def _values(self, index: int) -> list[int | float | str | None]:
        """A column: numbers, and None where there is none, or texts."""
        cells = [row[index] for row in self.rows]
        if any(isinstance(cell, Figure) for cell in cells):
            return [cell.value if isinstance(cell, Figure) else None for cell in cells]
        if index == 0:
            cells = [cell[:1] if isinstance(cell, tuple) else cell for cell in cells]
        return [cell_text(cell) for cell in cells]

    def html(self) -> str:
        """An accessible table: caption, column and row headings, everything escaped."""
        head = "".join(
            f'<th role="columnheader" scope="col"{self._class(i)}>{escaped(text)}</th>'
            for i, text in enumerate(self.columns)
        )
        body = "".join(f'<tr role="row">{self._cells(row)}</tr>' for row in self.rows)
        hidden = "" if self.caption_shown else ' class="cx-unseen"'
        caption = f"<caption{hidden}>{escaped(self.caption)}</caption>" if self.caption else ""
        named = f' role="region" tabindex="0" aria-label="{escaped(self.caption)}"' if self.caption else ""
        # Wide tables scroll on a phone; a scrolling region must be reachable by keyboard and have a name.
        # There the rows stand as cards; the roles keep it a table for screen readers even then.
        table = f'<table role="table"{" class=cx-fixed" if self.widths else ""}>{caption}{self._widths()}'
        head = f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        return f'<div class="cx-table"{named}>{table}{head}<tbody role="rowgroup">{body}</tbody></table></div>'

    def _widths(self) -> str:
        columns = "".join(f'<col style="width:{share:g}%">' for share in self.widths)
        return f"<colgroup>{columns}</colgroup>" if columns else ""

    def _cells(self, row: Sequence[Cell]) -> str:
        first = f'<th role="rowheader" scope="row">{_cell_html(row[0])}</th>' if row else ""
        return first + "".join(
            f'<td role="cell" data-label="{escaped(head)}"{self._class(i, cell)}>{_cell_html(cell)}</td>'
            for i, (head, cell) in enumerate(zip(self.columns[1:], row[1:], strict=True), start=1)
        )

    def _class(self, index: int, cell: Cell = "") -> str:
        if index in self.shaded:
            return f' class="cx-shade-{cell_text(cell)[:1].lower()}"' if cell_text(cell)[:1] in RATINGS else ""
        return ' class="cx-number"' if index in self.numeric else ""


class Chart(_Shown):
    """A drawing of ours: SVG, said in words for those who do not see it, with a line on how to read it.

    `spec` is its Vega-Lite source, for pages whose readers want to point at things.
    """

    kind: Literal["chart"] = "chart"
    key: str = Field(pattern=r"^[a-z0-9-]+$")
    svg: str
    alt: str = Field(min_length=1)
    caption: str = ""
    spec: dict[str, Any] | None = None

    def html(self) -> str:
        """A <figure> with the SVG in it."""
        caption = f"<figcaption>{escaped(self.caption)}</figcaption>" if self.caption else ""
        # Vega gives the parts of a drawing roles of their own, without names; the alternative text says it all.
        drawn = self.svg.replace("<svg ", '<svg aria-hidden="true" ', 1)
        image = f'<div role="img" aria-label="{escaped(self.alt)}" data-chart="{self.key}">{drawn}</div>'
        return f'<figure class="cx-chart">{image}{caption}</figure>'


def _base64(data: str) -> str:
    base64.b64decode(data, validate=True)
    return data


class Picture(_Frozen):
    """A picture a person added, in base64."""

    kind: Literal["picture"] = "picture"
    media: Literal["image/png", "image/jpeg", "image/svg+xml"]
    data: Annotated[str, AfterValidator(_base64)]
    alt: str = Field(min_length=1)

    def html(self) -> str:
        """An <img>, in which nothing runs."""
        source = f"data:{self.media};base64,{self.data}"
        return f'<figure class="cx-chart"><img alt="{escaped(self.alt)}" src="{escaped(source)}"></figure>'


class Verdict(_Frozen):
    """One of the three results: its name, the level in figures and in words, what is said about it."""

    name: Literal["claimed", "consistent", "verified"]
    label: str
    shown: str
    of: str
    level: str
    said: tuple[Paragraph, ...]

    def html(self) -> str:
        """One box."""
        figure = f'<p class="cx-figure">{escaped(self.shown)} <span>{escaped(self.of)}</span></p>'
        label, level = (f"<p><strong>{escaped(line)}</strong></p>" for line in (self.label, self.level))
        top = f"{label}{figure}{level if self.level else ''}"
        return f'<div class="cx-box cx-{self.name}">{top}{_html(self.said)}</div>'


class Verdicts(_Frozen):
    """The three results, side by side."""

    kind: Literal["verdicts"] = "verdicts"
    boxes: tuple[Verdict, ...]

    def html(self) -> str:
        """Three boxes."""
        return f'<div class="cx-verdicts">{_html(self.boxes)}</div>'


class Panels(_Frozen):
    """Short texts side by side, each with its own heading."""

    kind: Literal["panels"] = "panels"
    panels: tuple[tuple[Heading | Paragraph | Bullets, ...], ...]

    def html(self) -> str:
        """Panels in a row, or below one another where there is no room."""
        return f'<div class="cx-panels">{"".join(f"<div>{_html(one)}</div>" for one in self.panels)}</div>'


class Commentary(_Frozen):
    """What the consultant says to a section, before what was computed."""

    kind: Literal["commentary"] = "commentary"
    blocks: tuple[Paragraph, ...]

    def html(self) -> str:
        """Set apart from what follows."""
        return f'<div class="cx-commentary">{_html(self.blocks)}</div>'


class Cover(_Frozen):
    """The top of a report: what it is, whose, of what and when; and a warning where it is a draft."""

    kind: Literal["cover"] = "cover"
    kicker: str
    title: str
    lines: tuple[str, ...]
    draft: Paragraph | None = None

    def html(self) -> str:
        """The kicker, the only <h1>, the lines below it."""
        lines = "".join(f'<p class="cx-unit">{escaped(line)}</p>' for line in self.lines)
        draft = f'<div class="cx-draft">{self.draft.html()}</div>' if self.draft else ""
        kicker = f'<p class="cx-kicker">{escaped(self.kicker)}</p>'
        return f'<div class="cx-cover">{kicker}<h1>{escaped(self.title)}</h1>{lines}</div>{draft}'


class Contents(_Frozen):
    """Links to the sections: their addresses and headings."""

    kind: Literal["contents"] = "contents"
    label: str
    links: tuple[tuple[str, str], ...]

    def html(self) -> str:
        """A <nav>."""
        links = "".join(f'<li><a href="#{escaped(key)}">{escaped(text)}</a></li>' for key, text in self.links)
        return f'<nav aria-label="{escaped(self.label)}"><ul>{links}</ul></nav>'


class Verbatim(_Frozen):
    """Text as it was printed, line by line."""

    kind: Literal["verbatim"] = "verbatim"
    text: str

    def html(self) -> str:
        """A <pre>."""
        return f"<pre>{escaped(self.text)}</pre>"


Block = Annotated[
    Paragraph
    | Heading
    | Bullets
    | Facts
    | Table
    | Chart
    | Picture
    | Verdicts
    | Panels
    | Commentary
    | Cover
    | Contents
    | Verbatim,
    Field(discriminator="kind"),
]
_BLOCKS: TypeAdapter[tuple[Block, ...]] = TypeAdapter(tuple[Block, ...])


@dataclass(frozen=True, init=False, repr=False)
class Part:
    """A stretch of a report. A notebook shows it as HTML, and keeps it as data beside that.

    >>> part = Part(Heading(level=2, text="A & B"), paragraph("x"))
    >>> part.html()
    '<h2>A &amp; B</h2><p>x</p>'
    >>> blocks_of(part._repr_mimebundle_()[MIME]) == part.blocks
    True
    """

    blocks: tuple[Block, ...]

    def __init__(self, *blocks: Block) -> None:
        object.__setattr__(self, "blocks", blocks)

    def __repr__(self) -> str:
        # Notebooks keep this beside every output, where the whole would stand a third time.
        return f"Part({', '.join(block.kind for block in self.blocks)})"

    def html(self) -> Html:
        """Everything in it, as HTML."""
        return Html(_html(self.blocks))

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        # As one text: Papermill writes a notebook many times while it runs, and slowly where it is deep.
        data = _BLOCKS.dump_json(self.blocks).decode()
        return {"text/html": str(self.html()), MIME: {"format": FORMAT, "blocks": data}}


def blocks_of(data: object) -> tuple[Block, ...]:
    """The blocks that a notebook kept. Raises pydantic's ValidationError for what is none of ours."""
    given = data if isinstance(data, dict) and data.get("format") == FORMAT else {}
    return _BLOCKS.validate_json(str(given.get("blocks")))


def paragraph(*runs: str | Run, style: Literal["", "small", "fine"] = "") -> Paragraph:
    """A paragraph of texts and runs.

    >>> paragraph("a ", bold("b")).html()
    '<p>a <strong>b</strong></p>'
    """
    return Paragraph(runs=tuple(Run(text=run) if isinstance(run, str) else run for run in runs), style=style)


def small(*runs: str | Run) -> Paragraph:
    """What belongs to the line above it."""
    return paragraph(*runs, style="small")


def fine(*runs: str | Run) -> Paragraph:
    """A remark on what is shown."""
    return paragraph(*runs, style="fine")


def bold(text: str) -> Run:
    """A text in bold."""
    return Run(text=text, bold=True)


def bullets(items: Iterable[str | Paragraph | tuple[Paragraph, ...]]) -> Bullets:
    """A list of texts or paragraphs."""
    return Bullets(items=tuple(_item(item) for item in items))


def _item(item: str | Paragraph | tuple[Paragraph, ...]) -> tuple[Paragraph, ...]:
    if isinstance(item, tuple):
        return item
    return (paragraph(item) if isinstance(item, str) else item,)


def typed(note: Note, *, working: Lang, lang: Lang) -> tuple[Paragraph, ...]:
    """What a person typed, in paragraphs, marked with its language where that is not the page's.

    >>> typed("a < b", working="id", lang="en")[0].html()
    '<p lang="id">a &lt; b</p>'
    """
    text, spoken = said(note, working=working, lang=lang)
    parts = (" ".join(part.split()) for part in text.split("\n\n"))
    other = None if spoken == lang else spoken
    return tuple(Paragraph(runs=(Run(text=part, lang=other),)) for part in parts if part)


def typed_run(note: Note, *, working: Lang, lang: Lang) -> Run:
    """A short typed text inside a line.

    >>> typed_run("Rapat", working="id", lang="en").html()
    '<span lang="id">Rapat</span>'
    """
    text, spoken = said(note, working=working, lang=lang)
    return Run(text=text, lang=None if spoken == lang else spoken)


def cell_text(cell: Cell) -> str:
    """The words of a cell."""
    if isinstance(cell, Figure):
        return cell.text
    return cell if isinstance(cell, str) else " ".join(part.text for part in cell)


def _cell_html(cell: Cell) -> str:
    return _html(cell) if isinstance(cell, tuple) else str(escaped(cell_text(cell)))


def _html(blocks: Iterable[Any]) -> str:
    return "".join(block.html() for block in blocks)


def texts_of(blocks: Iterable[Any]) -> Iterator[str]:
    """Every text in blocks, in the order of reading, but for drawings, addresses and contents.

    >>> list(texts_of([Heading(level=2, text="A", key="a"), bullets(["x", "y"])]))
    ['A', 'x', 'y']
    """
    for block in blocks:
        if isinstance(block, str):
            yield block
        elif isinstance(block, tuple | list):
            yield from texts_of(block)
        elif isinstance(block, BaseModel) and not isinstance(block, Contents | Picture):
            for name in type(block).model_fields:
                if name not in _NO_TEXT:
                    yield from texts_of((getattr(block, name),))


_NO_TEXT = {"kind", "key", "style", "svg", "spec", "name", "link", "lang"}
