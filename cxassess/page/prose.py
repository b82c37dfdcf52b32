"""Text into blocks and out of them: what a person typed, as paragraphs; and all that a reader reads, in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import BaseModel

from cxassess.page.blocks import Contents, Paragraph, Picture, Run
from cxassess.text import Lang, Note, said

# Fields that are no text to read.
_NO_TEXT = {"kind", "key", "style", "svg", "spec", "name", "link", "spoken", "lang"}


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


def texts_of(blocks: Iterable[Any]) -> Iterator[str]:
    """Every text in blocks, in the order of reading, but for drawings, addresses and contents.

    >>> from cxassess.page.blocks import Heading, bullets
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
