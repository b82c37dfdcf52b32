"""All content side by side in both languages, as one page to read, print and correct."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from cxassess.content.model import Word
from cxassess.content.reading import Content
from cxassess.content.voice import Voice
from cxassess.page.blocks import Block, Cell, Heading, Part, Run, Table, paragraph
from cxassess.report.printing import page_of
from cxassess.text import LANGS, Text


def texts_of(value: Any, place: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Text]]:  # noqa: ANN401
    """Every bilingual text in a piece of content, with its place: keys of entries and names of fields.

    >>> from cxassess.content.reading import load_content
    >>> place, text = next(texts_of(load_content().levels))
    >>> place, text.en
    (('inform', 'name'), 'Relevant information')
    """
    if isinstance(value, Text):
        yield place, value
    elif isinstance(value, Word):
        yield from _forms_of(value, place)
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from texts_of(getattr(value, name), (*place, name))
    elif isinstance(value, dict):
        for name, one in value.items():
            yield from texts_of(one, (*place, name))
    elif isinstance(value, tuple):
        for number, one in enumerate(value, start=1):
            yield from texts_of(one, (*place, getattr(one, "key", str(number))))


def _forms_of(word: Word, place: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Text]]:
    """The forms of a word that goes with a count, as the file names them; of any other, the one it has."""
    forms = {lang: word.forms(lang) for lang in LANGS}
    names = ("one", "other") if max(map(len, forms.values())) > 1 else ("",)
    for at, name in enumerate(names):
        # A language with a single form says that with any count.
        one = {lang: forms[lang][min(at, len(forms[lang]) - 1)] for lang in LANGS}
        yield ((*place, name) if name else place), Text(id=one["id"], en=one["en"])


def proof_page(content: Content) -> str:
    """The page: a table for each part of the content, its place, the Indonesian and the English text."""
    name = content.model.name
    blocks: list[Block] = [Heading(level=1, text=name.id), paragraph(Run(text=name.en, lang="en"))]
    for part in type(content).model_fields:
        rows = tuple(_row(place, text) for place, text in texts_of(getattr(content, part)))
        if rows:
            # Names of fields and languages, as they stand in the files: nothing to translate.
            columns = ("key", "Bahasa Indonesia", "English")
            table = Table(caption=part, columns=columns, rows=rows, widths=(20, 40, 40), caption_shown=False)
            blocks += [Heading(level=2, text=part), table]
    return page_of(Part(*blocks), Voice(content, "id"), title=name.id)


def _row(place: tuple[str, ...], text: Text) -> tuple[Cell, ...]:
    return (" › ".join(place), text.id, (paragraph(Run(text=text.en, lang="en")),))
