"""Logos, one of them hostile, and a notebook that carries a brand."""

import base64
from pathlib import Path
from typing import Any

from nbformat.v4 import new_markdown_cell

from cxassess.page.blocks import Cover, Part
from cxassess.page.brand import Brand, load_brand
from kit.notebooks import imprinted, shows

SVG = "http://www.w3.org/2000/svg"
CIRCLE = '<circle cx="5" cy="5" r="4" fill="#14524a" />'
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
JPEG = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xd9"


def drawing(inner: str, head: str = 'viewBox="0 0 10 10"') -> str:
    return f'<svg xmlns="{SVG}" xmlns:xlink="http://www.w3.org/1999/xlink" {head}>{inner}</svg>'


def encoded(text: str | bytes) -> str:
    return base64.b64encode(text.encode() if isinstance(text, str) else text).decode()


# All that a drawing can hold beside drawing; none of it may run, be fetched or be followed.
HOSTILE_LOGO = '<?xml-stylesheet href="https://evil.example/a.css"?>' + drawing(
    "<script>alert(1)</script>"
    '<script xlink:href="https://evil.example/a.js"/>'
    '<style>@import url("https://evil.example/b.css");@font-face{font-family:a;src:url(https://evil.example/f)}'
    "rect{fill:url(https://evil.example/b.svg#x)}</style>"
    '<foreignObject width="9" height="9"><body xmlns="http://www.w3.org/1999/xhtml" onload="alert(2)">'
    '<img src="https://evil.example/c.png" onerror="alert(3)"/><iframe src="https://evil.example/"/></body>'
    "</foreignObject>"
    '<a href="javascript:alert(4)"><rect width="4" height="4" onload="alert(5)"/></a>'
    '<a href="https://evil.example/link"><rect width="9" height="9" opacity=".5"/></a>'
    '<use href="https://evil.example/d.svg#x"/><use xlink:href="//evil.example/e.svg#x"/>'
    '<set attributeName="href" to="javascript:alert(6)" onbegin="alert(7)"/>' + CIRCLE,
    head='viewBox="0 0 10 10" onload="alert(8)"',
)


def branded(folder: Path, logo: str | bytes, name: str = "logo.svg") -> Brand:
    """The brand whose logo holds this."""
    (folder / name).write_bytes(logo.encode() if isinstance(logo, str) else logo)
    (folder / "brand.yaml").write_text(f'name: "Acme"\nlogo: "{name}"\n', encoding="utf-8")
    return load_brand(folder / "brand.yaml")


def notebook(brand: Brand, text: str = "") -> Any:
    """A small report notebook that carries a brand."""
    cover = Part(Cover(kicker="K", title="T", lines=("x",)))._repr_mimebundle_()
    return imprinted(shows(cover), new_markdown_cell(text), brand=brand.model_dump(mode="json"))
