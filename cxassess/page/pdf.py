"""From an executed notebook to a PDF: its blocks, Markdown, tables and pictures, set by Typst."""

from __future__ import annotations

import base64
import json
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from pydantic import ValidationError

from cxassess import theme
from cxassess.errors import Problem, ReportError
from cxassess.page.blocks import (
    MIME,
    Block,
    Bullets,
    Chart,
    Commentary,
    Contents,
    Cover,
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
from cxassess.page.colours import recoloured
from cxassess.page.imprint import Imprint, PageWords, imprint_of
from cxassess.places import templates_dir

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode
    from nbformat import NotebookNode

# A word longer than this may be broken, for a line holds no more in the narrowest column.
_LONG_WORD = re.compile(r"\S{24,}")
_PIECE = re.compile(r"(.{12})(?=.)")
_ZERO_WIDTH_SPACE = "\u200b"
# What is no text in the data: Typst must find these letter by letter.
_NAMES = {"kind", "key", "style", "lang", "link", "file"}


@dataclass(frozen=True)
class Pdf:
    """A PDF, and what of its notebook could not be carried into it."""

    data: bytes
    lost: tuple[str, ...]


def to_pdf(notebook: NotebookNode) -> Pdf:
    """A report notebook as a PDF: tagged (PDF/UA-1), in our font alone, the same bytes for the same notebook.

    Our own outputs, Markdown, pandas tables, SVG, PNG and JPEG pictures and printed text are carried; in place of
    anything else stands a line that says so. Raises ReportError where Typst refuses.
    """
    imprint = imprint_of(notebook)
    reader = _Reader(imprint.words)
    blocks = list(reader.blocks(notebook))
    with tempfile.TemporaryDirectory(prefix="cxassess-pdf-") as folder:
        document = _Document(imprint, Path(folder))
        data = document.of(blocks)
        if document.unprintable:
            reader.lost.append(imprint.words.letters.replace("{letters}", " ".join(document.unprintable)))
        return Pdf(_typeset(data, Path(folder)), tuple(reader.lost))


def _typeset(data: dict[str, Any], folder: Path) -> bytes:
    import typst

    template = folder / "report.typ"
    template.write_bytes((templates_dir() / "pdf" / "report.typ").read_bytes())
    (folder / "data.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    ours = [str(templates_dir() / "fonts")]
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=ours)
    try:
        made = typst.Compiler(root=str(folder), font_paths=fonts).compile(
            input=str(template), pdf_standards=["ua-1"]
        )
    except typst.TypstError as error:
        problem = Problem(data["title"], "problem-pdf-unset", reason=error)
        raise ReportError("problem-no-pdf", [problem]) from error
    assert isinstance(made, bytes)  # one document, no output path: it comes back as it is
    return made


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
                yield self._losing("raw cell")
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
            alt = output.metadata.get(pictures[0], {}).get("alt") or self.words.picture
            yield self._picture(pictures[0], data[pictures[0]], alt)
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
        raw = data.encode() if media == "image/svg+xml" else _unpacked(data)
        if not _is_picture(media, raw):
            return self._losing(media)
        return Picture.model_validate({"media": media, "data": base64.b64encode(raw).decode(), "alt": alt})

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
                yield self._losing("table" if one.type == "table" else "HTML")
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
                yield self._losing("HTML")

    def _paragraph(self, node: SyntaxTreeNode, attachments: Mapping[str, Mapping[str, str]]) -> Iterator[Block]:
        runs = tuple(_runs(node))
        if any(run.text.strip() for run in runs):
            yield Paragraph(runs=runs)
        for image in (one for one in node.walk() if one.type == "image"):
            held = attachments.get(str(image.attrs["src"]).removeprefix("attachment:"), {})
            media = next((media for media in _PICTURES if media in held), "")
            alt = image.content or self.words.picture
            yield self._picture(media, held[media], alt) if media else self._losing(str(image.attrs["src"])[:60])


_PICTURES = ("image/svg+xml", "image/png", "image/jpeg")
_STYLES = {"strong": "bold", "em": "italic", "code_inline": "code"}


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
    tables = [table.extract() for table in page("table")]
    cells = [[row(["th", "td"]) for row in table("tr")] for table in tables]
    spans = (
        cell.get(name, "1") for rows in cells for row in rows for cell in row for name in ("colspan", "rowspan")
    )
    grids = [[tuple(" ".join(cell.text.split()) for cell in row) for row in rows if row] for rows in cells]
    if any(span != "1" for span in spans) or any(len(set(map(len, grid))) != 1 for grid in grids):
        return []
    around = " ".join(page.get_text(" ").split())
    shown = [Table(caption="", columns=grid[0], rows=tuple(grid[1:])) for grid in grids]
    return [*shown, *([paragraph(around)] if around else [])]


class _Document:
    """What the Typst template reads: the blocks as plain data, their pictures as files beside it."""

    def __init__(self, imprint: Imprint, folder: Path) -> None:
        self.imprint, self.folder = imprint, folder
        self.brand = imprint.brand
        self.colours = self.brand.colours_by_role() if self.brand else {}
        self.pictures = 0
        self.keys: set[str] = set()
        self.level = 0
        # In the order in which they were met.
        self.unprintable: dict[str, None] = {}

    def of(self, blocks: list[Block]) -> dict[str, Any]:
        cover = next((block for block in blocks if isinstance(block, Cover)), None)
        self.keys = {block.key for block in blocks if isinstance(block, Heading)}
        texts = {
            "title": self.imprint.title or "cxassess",
            "kicker": cover.kicker if cover else "",
            "head": _shortened(cover.title) if cover else "",
            "contents": self.imprint.words.contents,
            "brand": self._masthead(),
            # Print has contents of its own, with page numbers.
            "blocks": [self._block(block) for block in blocks if not isinstance(block, Contents)],
        }
        data: dict[str, Any] = self._fit(texts)
        on = self.imprint.on
        return data | {
            "lang": self.imprint.lang,
            "date": [on.year, on.month, on.day] if on else None,
            "author": self.brand.name if self.brand else "",
            "colours": {name: recoloured(value, self.colours) for name, value in theme.colours().items()},
        }

    def _fit(self, value: Any) -> Any:  # noqa: ANN401 - plain data
        """The same data as print can take it: texts, headings and links; in the order of reading."""
        if isinstance(value, str):
            return self._printable(value)
        if isinstance(value, list | tuple):
            return [self._fit(one) for one in value]
        if not isinstance(value, dict):
            return value
        if value.get("kind") == "heading":
            # The cover has the first level to itself; PDF/UA wants none left out below it.
            self.level = min(max(value["level"] - 1, 1), self.level + 1)
            value = value | {"level": self.level}
        link = value.get("link")
        if link and not (link.startswith(("http", "mailto:")) or link.removeprefix("#") in self.keys):
            value = value | {"link": None}
        return {key: one if key in _NAMES else self._fit(one) for key, one in value.items()}

    def _printable(self, text: str) -> str:
        """The text with a stand-in for letters the font lacks, which PDF/UA forbids, and with breakable words."""
        known = _letters()
        lacking = [letter for letter in text if ord(letter) not in known and letter not in "\n\t"]
        self.unprintable |= dict.fromkeys(lacking)
        return _breakable(text.translate(dict.fromkeys(map(ord, lacking), "\ufffd")))

    def _masthead(self) -> dict[str, Any] | None:
        """The consultancy on cover, foot and last page."""
        brand, lang = self.brand, self.imprint.lang
        if not brand:
            return None
        logo = self._file(brand.logo.media, brand.logo.raw) if brand.logo else None
        return {
            "name": brand.name,
            "logo": {"file": logo, "alt": brand.logo.alt} if brand.logo else None,
            "by": self.imprint.words.by.replace("{name}", brand.advisor or brand.name),
            "confidential": brand.confidential.in_(lang) if brand.confidential else "",
            "contact": brand.contact,
            "disclaimer": brand.disclaimer.in_(lang).splitlines() if brand.disclaimer else [],
        }

    def _block(self, block: Block) -> dict[str, Any]:
        data = block.model_dump(mode="json")
        if isinstance(block, Chart):
            svg = recoloured(block.svg, self.colours)
            file = self._file("image/svg+xml", svg.encode())
            return {"kind": "drawing", "alt": block.alt, "caption": block.caption, "file": file}
        if isinstance(block, Picture):
            file = self._file(block.media, base64.b64decode(block.data))
            return {"kind": "drawing", "alt": block.alt, "caption": "", "file": file}
        return data

    def _file(self, media: str, raw: bytes) -> str:
        self.pictures += 1
        ending = media.removeprefix("image/").partition("+")[0]
        file = self.folder / f"picture-{self.pictures}.{ending}"
        file.write_bytes(raw)
        return file.name


def _shortened(name: str) -> str:
    """A name for the head of each page, one line long."""
    return name if len(name) <= 70 else f"{name[:69].rstrip()}…"


def _breakable(text: str) -> str:
    """Long words with places where a line may break; else they run out of their column."""
    return _LONG_WORD.sub(lambda word: _PIECE.sub(rf"\1{_ZERO_WIDTH_SPACE}", word[0]), text)


@cache
def _letters() -> frozenset[int]:
    """Every letter our font has, as written beside it when it was made."""
    ranges = json.loads((templates_dir() / "fonts" / "letters.json").read_text(encoding="utf-8"))
    return frozenset(code for first, last in ranges for code in range(first, last + 1))
