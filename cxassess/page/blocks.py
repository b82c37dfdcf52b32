"""What a report is made of: headings, paragraphs, tables, charts, as data that pages and print are made from."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter, model_validator

from cxassess.page.markup import html_of, run_html
from cxassess.text import Html, Lang

if TYPE_CHECKING:
    import pandas as pd

MIME = "application/vnd.cxassess+json"
FORMAT = 1
# What a link in a report may lead to: a place in it, a file beside it, a page, a mailbox. Never a script.
Link = Annotated[str, Field(pattern=r"^(#|https?://|mailto:|[^:]*$)")]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Block(_Frozen):
    """A piece of a report that stands for itself; its `kind` is the name under which a notebook keeps it."""

    def html(self) -> str:
        """As HTML, everything escaped."""
        return html_of([self.model_dump()])


class _Shown(_Block):
    """A block that a notebook shows by itself, as the last line of a cell."""

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        return Part(self)._repr_mimebundle_()  # type: ignore[arg-type]  # only blocks are made from it


class Run(_Frozen):
    """A piece of text in one style; `lang` where it is not the page's, `link` where it leads somewhere.

    `spoken` is the name of a link for those who hear it, where its text says too little out of its place.
    """

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    lang: Lang | None = None
    link: Link | None = None
    spoken: str = ""

    def html(self) -> str:
        """The text in its tags."""
        return run_html(self.model_dump())


class Paragraph(_Block):
    """Running text: plain, `small` (what belongs to the line above it), `fine` (a remark on what is shown)."""

    kind: Literal["paragraph"] = "paragraph"
    runs: tuple[Run, ...]
    style: Literal["", "small", "fine"] = ""

    @property
    def text(self) -> str:
        """The words alone."""
        return "".join(run.text for run in self.runs)


class Heading(_Block):
    """A heading; `key` is its address in the page. On paper it begins a page of its own where it says so."""

    kind: Literal["heading"] = "heading"
    level: int = Field(ge=1, le=6)
    text: str
    key: str = Field(default="", pattern=r"^[a-z0-9-]*$")
    new_page: bool = False


class Bullets(_Block):
    """A list; each item is some paragraphs, or lists again."""

    kind: Literal["bullets"] = "bullets"
    items: tuple[tuple[Paragraph | Bullets, ...], ...]
    ordered: bool = False
    start: int = 1


class Facts(_Block):
    """Names and what they stand for."""

    kind: Literal["facts"] = "facts"
    rows: tuple[tuple[str, tuple[Paragraph | Bullets, ...]], ...]


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

    `numeric` names the columns that are set to the right, `shaded` those in which a cell that is a rating ("N" to
    "F") is the darker the better it is; `widths` are shares of the width, one a column, and without them the
    columns take what they need. A caption that only repeats the heading above it is not `caption_shown`.
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


def _base64(data: str) -> str:
    base64.b64decode(data, validate=True)
    return data


class Picture(_Block):
    """A picture a person added, in base64."""

    kind: Literal["picture"] = "picture"
    media: Literal["image/png", "image/jpeg", "image/svg+xml"]
    data: Annotated[str, AfterValidator(_base64)]
    alt: str = Field(min_length=1)


class Verdict(_Frozen):
    """One of the three results: its name, the level in figures and in words, what is said about it."""

    name: Literal["claimed", "consistent", "verified"]
    label: str
    shown: str
    of: str
    level: str
    said: tuple[Paragraph, ...]


class Verdicts(_Block):
    """The three results, side by side."""

    kind: Literal["verdicts"] = "verdicts"
    boxes: tuple[Verdict, ...]


class Panels(_Block):
    """Short texts side by side, each with its own heading."""

    kind: Literal["panels"] = "panels"
    panels: tuple[tuple[Heading | Paragraph | Bullets, ...], ...]


class Commentary(_Block):
    """What the consultant says to a section, before what was computed."""

    kind: Literal["commentary"] = "commentary"
    blocks: tuple[Paragraph, ...]


class Cover(_Block):
    """The top of a report: what it is, whose, of what and when; and a warning where it is a draft."""

    kind: Literal["cover"] = "cover"
    kicker: str
    title: str
    lines: tuple[str, ...]
    draft: Paragraph | None = None


class Contents(_Block):
    """Links to the sections: their addresses and headings."""

    kind: Literal["contents"] = "contents"
    label: str
    links: tuple[tuple[str, str], ...]


class Verbatim(_Block):
    """Text as it was printed, line by line."""

    kind: Literal["verbatim"] = "verbatim"
    text: str


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
        return Html(html_of(block.model_dump() for block in self.blocks))

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


def cell_text(cell: Cell) -> str:
    """The words of a cell."""
    if isinstance(cell, Figure):
        return cell.text
    return cell if isinstance(cell, str) else " ".join(part.text for part in cell)
