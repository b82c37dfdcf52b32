"""Blocks as HTML, from the same plain data that print is set from; nothing that was typed becomes a tag."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from cxassess.content.model import RATINGS
from cxassess.text import escaped

# A block as `model_dump` gives it; `page/blocks.py` says what is in it.
Data = Mapping[str, Any]


def html_of(blocks: Iterable[Data]) -> str:
    """Some blocks, one after another. Raises KeyError for what is no block.

    >>> html_of([{"kind": "heading", "level": 2, "text": "A & B", "key": ""}])
    '<h2>A &amp; B</h2>'
    """
    return "".join(_SHOWN[block["kind"]](block) for block in blocks)


def run_html(run: Data) -> str:
    """A piece of text in its tags."""
    text = str(escaped(run["text"]))
    for tag, style in (("code", "code"), ("em", "italic"), ("strong", "bold")):
        text = f"<{tag}>{text}</{tag}>" if run[style] else text
    lang = f' lang="{run["lang"]}"' if run["lang"] else ""
    if run["link"] is not None:
        name = f' aria-label="{escaped(run["spoken"])}"' if run["spoken"] else ""
        return f'<a href="{escaped(run["link"])}"{name}{lang}>{text}</a>'
    return f"<span{lang}>{text}</span>" if lang else text


def _paragraph(block: Data) -> str:
    """A <p>. One that is all in one other language says so itself."""
    style, runs = f' class="cx-{block["style"]}"' if block["style"] else "", block["runs"]
    if len(runs) == 1 and runs[0]["lang"]:
        return f'<p{style} lang="{runs[0]["lang"]}">{run_html({**runs[0], "lang": None})}</p>'
    return f"<p{style}>{''.join(map(run_html, runs))}</p>"


def _heading(block: Data) -> str:
    address = f' id="{block["key"]}"' if block["key"] else ""
    return f"<h{block['level']}{address}>{escaped(block['text'])}</h{block['level']}>"


def _bullets(block: Data) -> str:
    tag = "ol" if block["ordered"] else "ul"
    first = f' start="{block["start"]}"' if block["ordered"] and block["start"] != 1 else ""
    items = "".join(f"<li>{html_of(item)}</li>" for item in block["items"])
    return f"<{tag}{first}>{items}</{tag}>"


def _facts(block: Data) -> str:
    rows = (f"<dt>{escaped(name)}</dt><dd>{html_of(value)}</dd>" for name, value in block["rows"])
    return f"<dl>{''.join(rows)}</dl>"


def _verdicts(block: Data) -> str:
    return f'<div class="cx-verdicts">{"".join(map(_verdict, block["boxes"]))}</div>'


def _verdict(box: Data) -> str:
    figure = f'<p class="cx-figure">{escaped(box["shown"])} <span>{escaped(box["of"])}</span></p>'
    label, level = (f"<p><strong>{escaped(box[line])}</strong></p>" for line in ("label", "level"))
    top = f"{label}{figure}{level if box['level'] else ''}"
    return f'<div class="cx-box cx-{box["name"]}">{top}{html_of(box["said"])}</div>'


def _panels(block: Data) -> str:
    return f'<div class="cx-panels">{"".join(f"<div>{html_of(one)}</div>" for one in block["panels"])}</div>'


def _commentary(block: Data) -> str:
    return f'<div class="cx-commentary">{html_of(block["blocks"])}</div>'


def _cover(block: Data) -> str:
    """The kicker, the only <h1>, the lines below it."""
    kicker = f'<p class="cx-kicker">{escaped(block["kicker"])}</p>'
    lines = "".join(f'<p class="cx-unit">{escaped(line)}</p>' for line in block["lines"])
    draft = f'<div class="cx-draft">{_paragraph(block["draft"])}</div>' if block["draft"] else ""
    return f'<div class="cx-cover">{kicker}<h1>{escaped(block["title"])}</h1>{lines}</div>{draft}'


def _contents(block: Data) -> str:
    links = "".join(f'<li><a href="#{escaped(key)}">{escaped(text)}</a></li>' for key, text in block["links"])
    return f'<nav aria-label="{escaped(block["label"])}"><ul>{links}</ul></nav>'


def _verbatim(block: Data) -> str:
    return f"<pre>{escaped(block['text'])}</pre>"


# --- drawings ---


def _chart(block: Data) -> str:
    """A <figure> with the SVG in it."""
    caption = f"<figcaption>{escaped(block['caption'])}</figcaption>" if block["caption"] else ""
    # Vega gives the parts of a drawing roles of their own, without names; the alternative text says it all.
    drawn = block["svg"].replace("<svg ", '<svg aria-hidden="true" ', 1)
    image = f'<div role="img" aria-label="{escaped(block["alt"])}" data-chart="{block["key"]}">{drawn}</div>'
    return f'<figure class="cx-chart">{image}{caption}</figure>'


def _picture(block: Data) -> str:
    """An <img>, in which nothing runs."""
    source = f"data:{block['media']};base64,{block['data']}"
    return f'<figure class="cx-chart"><img alt="{escaped(block["alt"])}" src="{escaped(source)}"></figure>'


# --- tables ---


def _table(block: Data) -> str:
    """An accessible table: caption, column and row headings, everything escaped."""
    caption = escaped(block["caption"])
    # Wide tables scroll on a phone; a scrolling region must be reachable by keyboard and have a name.
    # There the rows stand as cards; the roles keep it a table for screen readers even then.
    region = f' role="region" tabindex="0" aria-label="{caption}"' if caption else ""
    unseen = "" if block["caption_shown"] else ' class="cx-unseen"'
    title = f"<caption{unseen}>{caption}</caption>" if caption else ""
    columns = "".join(f'<col style="width:{share:g}%">' for share in block["widths"])
    columns = f"<colgroup>{columns}</colgroup>" if columns else ""
    head = "".join(
        f'<th role="columnheader" scope="col"{_cell_class(block, at)}>{escaped(name)}</th>'
        for at, name in enumerate(block["columns"])
    )
    head = f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>'
    rows = "".join(f'<tr role="row">{_row(block, row)}</tr>' for row in block["rows"])
    table = f'<table role="table"{" class=cx-fixed" if columns else ""}>{title}{columns}{head}'
    return f'<div class="cx-table"{region}>{table}<tbody role="rowgroup">{rows}</tbody></table></div>'


def _row(block: Data, row: tuple[Any, ...]) -> str:
    """The first cell of a row is its heading; each of the others knows the head of its column."""
    cells = [f'<th role="rowheader" scope="row">{_cell(row[0])}</th>'] if row else []
    for at, head in list(enumerate(block["columns"]))[1:]:
        place = f'role="cell" data-label="{escaped(head)}"{_cell_class(block, at, row[at])}'
        cells.append(f"<td {place}>{_cell(row[at])}</td>")
    return "".join(cells)


def _cell(cell: Any) -> str:  # noqa: ANN401 - a text, a figure or paragraphs
    if isinstance(cell, str):
        return str(escaped(cell))
    return str(escaped(cell["text"])) if isinstance(cell, Mapping) else html_of(cell)


def _cell_class(block: Data, at: int, cell: Any = None) -> str:  # noqa: ANN401 - as above
    if at in block["shaded"]:
        return f' class="cx-shade-{cell.lower()}"' if cell in RATINGS else ""
    return ' class="cx-number"' if at in block["numeric"] else ""


_SHOWN = {
    "paragraph": _paragraph,
    "heading": _heading,
    "bullets": _bullets,
    "facts": _facts,
    "table": _table,
    "chart": _chart,
    "picture": _picture,
    "verdicts": _verdicts,
    "panels": _panels,
    "commentary": _commentary,
    "cover": _cover,
    "contents": _contents,
    "verbatim": _verbatim,
}
