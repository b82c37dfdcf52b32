"""From an executed notebook to blocks: its cells, Markdown, pictures and pandas tables, and what is lost of it."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree

from pydantic import ValidationError

from cxassess.page.blocks import (
    MIME,
    Block,
    Bullets,
    Commentary,
    Heading,
    Paragraph,
    Picture,
    Run,
    Table,
    Verbatim,
    blocks_of,
    bold,
    paragraph,
)
from cxassess.page.imprint import PageWords

if TYPE_CHECKING:
    from bs4 import Tag
    from markdown_it.tree import SyntaxTreeNode
    from nbformat import NotebookNode

_PICTURES = ("image/svg+xml", "image/png", "image/jpeg")
_STYLES = {"strong": "bold", "em": "italic", "code_inline": "code"}


class Carried(NamedTuple):
    """The blocks of a notebook, and what of it is none: a line in its place says so."""

    blocks: tuple[Block, ...]
    lost: tuple[str, ...]


def blocks_in(notebook: NotebookNode, words: PageWords) -> Carried:
    """What the cells of a notebook show, as blocks in their order; `words` are those of its language.

    Cells tagged `remove-cell` are left out, code is never shown. Our own outputs, Markdown, pandas tables, SVG,
    PNG and JPEG pictures and printed text are carried.
    """
    reader = _Reader(words)
    blocks = tuple(reader.blocks(notebook))
    return Carried(blocks, tuple(reader.lost))


class _Reader:
    """Reads the cells of a notebook as blocks, and keeps a list of what it could not read."""

    def __init__(self, words: PageWords) -> None:
        self.words = words
        self.lost: list[str] = []

    def blocks(self, notebook: NotebookNode) -> Iterator[Block]:
        for cell in notebook.cells:
            if "remove-cell" in cell.metadata.get("tags", []):
                continue
            if cell.cell_type == "markdown":
                yield from self._markdown(cell.source, cell.get("attachments", {}))
            elif cell.cell_type == "raw" and cell.source.strip():
                yield self._losing(self.words.raw_cell)
            for output in cell.get("outputs", []):
                yield from self._output(output)

    def _output(self, output: NotebookNode) -> Iterator[Block]:
        if output.output_type == "stream":
            yield Verbatim(text=output.text)
            return
        if output.output_type == "error":
            yield self._losing(f"{output.ename}: {output.evalue}"[:200])
            return
        data = output.data
        if MIME in data:
            yield from self._ours(data[MIME])
        elif "text/html" in data and (tables := _tables_in(data["text/html"])):
            yield from tables
        elif pictures := [media for media in _PICTURES if media in data]:
            yield self._picture(pictures[0], data[pictures[0]], _alt(output.metadata.get(pictures[0])))
            # The page shows that instead, and it may say more than the picture.
            yield from (self._losing(media) for media in ("text/html", "text/markdown") if media in data)
        elif "text/markdown" in data:
            yield from self._markdown(data["text/markdown"], {})
        elif set(data) == {"text/plain"}:
            yield Verbatim(text=data["text/plain"])
        elif data:
            yield self._losing(", ".join(media for media in data if media != "text/plain"))

    def _losing(self, what: str) -> Paragraph:
        self.lost.append(what)
        return paragraph(bold(self.words.lost.replace("{what}", what)))

    def _ours(self, data: object) -> Iterator[Block]:
        try:
            yield from blocks_of(data)
        except ValidationError:
            yield self._losing(MIME)

    def _picture(self, media: str, data: str, alt: str) -> Block:
        """A picture that is one; what only says so would stop Typst."""
        raw = data.encode(errors="replace") if media == "image/svg+xml" else _unpacked(data)
        if not _is_picture(media, raw):
            return self._losing(media)
        encoded = base64.b64encode(raw).decode()
        return Picture.model_validate({"media": media, "data": encoded, "alt": alt or self.words.picture})

    def _markdown(self, source: str, attachments: Mapping[str, Mapping[str, str]]) -> Iterator[Block]:
        from markdown_it import MarkdownIt
        from markdown_it.tree import SyntaxTreeNode

        parser = MarkdownIt("commonmark", {"maxNesting": 200}).enable(["table", "strikethrough"])
        for node in SyntaxTreeNode(parser.parse(source)).children:
            yield from self._node(node, attachments)
            yield from self._lost_in(node)

    def _lost_in(self, node: SyntaxTreeNode) -> Iterator[Block]:
        """A line for everything in a node that print has no place for: pictures in lists, tables in quotations."""
        for one in node.walk():
            if one.type == "html_inline" and one.content.lower().startswith("<img"):
                yield self._losing("<img>")
            elif one is not node and one.type in ("table", "html_block"):
                yield self._losing(self.words.table if one.type == "table" else self.words.html)
            elif one.type == "image" and node.type != "paragraph":
                yield self._losing(str(one.attrs["src"])[:60])

    def _node(self, node: SyntaxTreeNode, attachments: Mapping[str, Mapping[str, str]]) -> Iterator[Block]:
        match node.type:
            case "paragraph":
                yield from self._paragraph(node, attachments)
            case "heading":
                if text := "".join(run.text for run in _runs(node)).strip():
                    yield Heading(level=int(node.tag[1]), text=text)
            case "bullet_list" | "ordered_list":
                yield _list(node)
            case "blockquote":
                yield Commentary(blocks=tuple(_paragraphs(node.children)))
            case "fence" | "code_block":
                yield Verbatim(text=node.content.rstrip("\n"))
            case "table":
                yield _table(node)
            case "html_block":
                yield self._losing(self.words.html)

    def _paragraph(self, node: SyntaxTreeNode, attachments: Mapping[str, Mapping[str, str]]) -> Iterator[Block]:
        runs = tuple(_runs(node))
        if any(run.text.strip() for run in runs):
            yield Paragraph(runs=runs)
        for image in (one for one in node.walk() if one.type == "image"):
            source = str(image.attrs["src"])
            held = attachments.get(source.removeprefix("attachment:"), {})
            media = next((media for media in _PICTURES if media in held), "")
            yield self._picture(media, held[media], image.content) if media else self._losing(source[:60])


def _alt(about: object) -> str:
    """What the metadata of a picture say of it, if anything."""
    alt = about.get("alt") if isinstance(about, Mapping) else None
    return alt if isinstance(alt, str) else ""


def _unpacked(data: str) -> bytes:
    try:
        return base64.b64decode(data)
    except ValueError:
        return b""


def _is_picture(media: str, raw: bytes) -> bool:
    if media == "image/png":
        return raw.startswith(b"\x89PNG\r\n") and b"IEND" in raw[-12:]
    if media == "image/jpeg":
        return raw.startswith(b"\xff\xd8\xff") and raw.rstrip(b"\0").endswith(b"\xff\xd9")
    try:
        # Entities can be made to grow without end; drawings need none.
        return b"<!ENTITY" not in raw and ElementTree.fromstring(raw).tag.endswith("svg")
    except ElementTree.ParseError:
        return False


def _runs(node: SyntaxTreeNode, **style: bool | str) -> Iterator[Run]:
    """The text of a Markdown node in the styles it stands in; HTML tags in it are dropped, their text stays."""
    for child in node.children:
        if child.type in ("text", "code_inline"):
            code = {"code": True} if child.type == "code_inline" else {}
            yield Run.model_validate({"text": child.content, **style, **code})
        elif child.type in ("softbreak", "hardbreak"):
            yield Run(text=" ")
        elif child.type == "link":
            yield from _runs(child, **{**style, **_linked(str(child.attrs["href"]))})
        elif child.type not in ("image", "html_inline"):
            named = {_STYLES[child.type]: True} if child.type in _STYLES else {}
            yield from _runs(child, **{**style, **named})


def _linked(address: str) -> dict[str, str]:
    """A link as far as print can carry it: to a page or a mailbox."""
    return {"link": address} if re.match(r"(https?://|mailto:)", address) else {}


def _paragraphs(nodes: Iterable[SyntaxTreeNode]) -> Iterator[Paragraph]:
    """The paragraphs in some nodes, however deep they stand; code is one, too."""
    for node in nodes:
        if node.type in ("paragraph", "heading"):
            yield Paragraph(runs=tuple(_runs(node)))
        elif node.type in ("fence", "code_block"):
            yield Paragraph(runs=(Run(text=node.content.rstrip("\n"), code=True),))
        else:
            yield from _paragraphs(node.children)


def _list(node: SyntaxTreeNode) -> Bullets:
    """A list; lists in it stay lists."""
    items = []
    for item in node.children:
        parts: list[Paragraph | Bullets] = []
        for child in item.children:
            is_list = child.type in ("bullet_list", "ordered_list")
            parts += [_list(child)] if is_list else _paragraphs([child])
        items.append(tuple(parts))
    start = int(node.attrs.get("start", 1))
    return Bullets(items=tuple(items), ordered=node.type == "ordered_list", start=start)


def _table(node: SyntaxTreeNode) -> Table:
    rows = [row for part in node.children for row in part.children]
    cells = [tuple((Paragraph(runs=tuple(_runs(cell))),) for cell in row.children) for row in rows]
    heads = tuple("".join(run.text for run in _runs(cell)) for cell in rows[0].children)
    return Table(caption="", columns=heads, rows=tuple(cells[1:]))


def _tables_in(html: str) -> list[Table | Paragraph]:
    """The tables that pandas wrote and the text around them; none where the HTML is another's."""
    if not re.search(r'<table[^>]*(class="dataframe"|id="T_)', html):
        return []
    from bs4 import BeautifulSoup

    page = BeautifulSoup(html, "html.parser")
    for style in page("style"):
        style.decompose()
    tables = []
    for found in page("table"):
        grid = _grid(found.extract())
        if not grid:
            return []
        tables.append(Table(caption="", columns=grid[0], rows=grid[1:]))
    around = " ".join(page.get_text(" ").split())
    return [*tables, *([paragraph(around)] if around else [])]


def _grid(table: Tag) -> tuple[tuple[str, ...], ...]:
    """The texts of a table, row by row; nothing where a cell spans others, or rows are not of one length."""
    grid = []
    for row in table("tr"):
        cells = row(["th", "td"])
        if any(cell.get(name, "1") != "1" for cell in cells for name in ("colspan", "rowspan")):
            return ()
        if cells:
            grid.append(tuple(" ".join(cell.text.split()) for cell in cells))
    is_even = len({len(row) for row in grid}) == 1
    return tuple(grid) if is_even else ()
