"""From an executed notebook to a PDF: its blocks, set by Typst."""

from __future__ import annotations

import base64
import json
import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cxassess import theme
from cxassess.errors import Problem, ReportError
from cxassess.page.blocks import Block, Chart, Contents, Cover, Heading, Picture
from cxassess.page.colours import recoloured
from cxassess.page.imprint import Imprint, imprint_of
from cxassess.page.notebooks import blocks_in
from cxassess.places import templates_dir

if TYPE_CHECKING:
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
    carried = blocks_in(notebook, imprint.words)
    lost = carried.lost
    with tempfile.TemporaryDirectory(prefix="cxassess-pdf-") as folder:
        document = _Document(imprint, Path(folder))
        data = document.of(carried.blocks)
        if document.unprintable:
            letters = " ".join(document.unprintable)
            lost += (imprint.words.letters.replace("{letters}", letters),)
        return Pdf(typeset("report.typ", data, Path(folder)), lost)


def typeset(name: str, data: dict[str, Any], folder: Path) -> bytes:
    """The PDF that a template of ours makes of data with a `title`; their pictures stand in `folder`.

    Raises ReportError where Typst refuses.
    """
    import typst

    template = folder / name
    template.write_bytes((templates_dir() / "pdf" / name).read_bytes())
    (folder / "data.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    ours = [str(templates_dir() / "fonts")]
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=ours)
    try:
        pdf = typst.Compiler(root=str(folder), font_paths=fonts).compile(
            input=str(template), pdf_standards=["ua-1"]
        )
    except typst.TypstError as error:
        problem = Problem(data["title"], "problem-pdf-unset", reason=error)
        raise ReportError("problem-no-pdf", [problem]) from error
    assert isinstance(pdf, bytes)  # one document, no output path: it comes back as it is
    return pdf


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

    def of(self, blocks: Sequence[Block]) -> dict[str, Any]:
        cover = next((block for block in blocks if isinstance(block, Cover)), None)
        self.keys = {block.key for block in blocks if isinstance(block, Heading)}
        texts = {
            "title": self.imprint.title or "cxassess",
            "kicker": cover.kicker if cover else "",
            "head": shortened(cover.title) if cover else "",
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
        """The text as it can be set; what the font lacks of it is noted."""
        fit, lacking = settable(text)
        self.unprintable |= dict.fromkeys(lacking)
        return fit

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
        """A block as data; what it draws goes into a file beside the template, in the brand's colours."""
        if isinstance(block, Chart):
            svg = recoloured(block.svg, self.colours)
            file = self._file("image/svg+xml", svg.encode())
            return {"kind": "drawing", "alt": block.alt, "caption": block.caption, "file": file}
        if isinstance(block, Picture):
            file = self._file(block.media, base64.b64decode(block.data))
            return {"kind": "drawing", "alt": block.alt, "caption": "", "file": file}
        return block.model_dump(mode="json")

    def _file(self, media: str, raw: bytes) -> str:
        self.pictures += 1
        ending = media.removeprefix("image/").partition("+")[0]
        file = self.folder / f"picture-{self.pictures}.{ending}"
        file.write_bytes(raw)
        return file.name


def shortened(name: str) -> str:
    """A name for the head of each page, one line long."""
    return name if len(name) <= 70 else f"{name[:69].rstrip()}…"


def settable(text: str) -> tuple[str, list[str]]:
    """A text as print can set it, its long words breakable; and the letters that our font lacks.

    PDF/UA forbids those: a stand-in is set for each.

    >>> settable("Kopi \u8336")
    ('Kopi �', ['茶'])
    """
    known = _letters()
    lacking = [letter for letter in text if ord(letter) not in known and letter not in "\n\t"]
    return _breakable(text.translate(dict.fromkeys(map(ord, lacking), "\ufffd"))), lacking


def _breakable(text: str) -> str:
    """Long words with places where a line may break; else they run out of their column."""
    return _LONG_WORD.sub(lambda word: _PIECE.sub(rf"\1{_ZERO_WIDTH_SPACE}", word[0]), text)


@cache
def _letters() -> frozenset[int]:
    """Every letter our font has, as written beside it when it was made."""
    ranges = json.loads((templates_dir() / "fonts" / "letters.json").read_text(encoding="utf-8"))
    return frozenset(code for first, last in ranges for code in range(first, last + 1))
