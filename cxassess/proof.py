"""All content side by side in both languages, as one page to read, print and correct."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from cxassess.content import Content
from cxassess.report import to_html
from cxassess.tables import Table
from cxassess.text import Html, Text, escaped


def texts_of(value: Any, place: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Text]]:  # noqa: ANN401
    """Every bilingual text in a piece of content, with its place: keys of entries and names of fields.

    >>> from cxassess.content import load_content
    >>> place, text = next(texts_of(load_content().levels))
    >>> place, text.en
    (('inform', 'name'), 'Relevant information')
    """
    if isinstance(value, Text):
        yield place, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from texts_of(getattr(value, name), (*place, name))
    elif isinstance(value, dict):
        for name, one in value.items():
            yield from texts_of(one, (*place, name))
    elif isinstance(value, tuple):
        for number, one in enumerate(value, start=1):
            yield from texts_of(one, (*place, getattr(one, "key", str(number))))


def proof_page(content: Content) -> str:
    """The page: a table for each part of the content, its place, the Indonesian and the English text."""
    from nbformat.v4 import new_code_cell, new_notebook, new_output

    parts = [f"<h1>{escaped(content.model.name.id)}<small lang='en'>{escaped(content.model.name.en)}</small></h1>"]
    for part in type(content).model_fields:
        rows = tuple(_row(place, text) for place, text in texts_of(getattr(content, part)))
        if rows:
            # Names of fields and languages, as they stand in the files: nothing to translate.
            table = Table(part, ("key", "Bahasa Indonesia", "English"), rows, style="cx-proof cx-answers").html()
            parts.append(f"<h2>{escaped(part)}</h2>{table}")
    cell = new_code_cell(outputs=[new_output("execute_result", data={"text/html": "".join(parts)})])
    told = {"lang": "id", "title": content.model.name.id, "skip": content.say("skip-link", lang="id")}
    return to_html(new_notebook(cells=[cell], metadata={"cxassess": told}))


def _row(place: tuple[str, ...], text: Text) -> tuple[str, ...]:
    return (" › ".join(place), escaped(text.id), Html(f'<span lang="en">{escaped(text.en)}</span>'))
