"""From an executed notebook to one self-contained HTML page, by nbconvert and our own theme."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from nbconvert.exporters import HTMLExporter
from pydantic import ValidationError
from traitlets import default

from cxassess import theme
from cxassess.page.blocks import MIME, Block, Chart, blocks_of
from cxassess.page.colours import recoloured
from cxassess.page.imprint import imprint_of
from cxassess.places import templates_dir

if TYPE_CHECKING:
    from nbformat import NotebookNode


class ReportExporter(HTMLExporter):
    """nbconvert's HTML exporter with the cxassess theme; also `jupyter nbconvert --to cxreport`.

    What the page says of itself is in the notebook's imprint. Of nbconvert's `resources`, a page of our own may
    give `script` (the name of one of the theme's scripts) and `script_data` (what that script works with).
    """

    export_from_notebook = "cxassess report"

    @default("template_name")
    def _our_theme(self) -> str:
        return "cxreport"

    @default("extra_template_basedirs")
    def _where_it_is(self) -> list[str]:
        return [str(templates_dir() / "nbconvert")]

    def from_notebook_node(  # type: ignore[override]  # nbconvert's own HTML exporter returns text too
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: object
    ) -> tuple[str, dict[str, Any]]:
        """The page of a notebook, and nbconvert's resources. Raises ReportError where its imprint is damaged."""
        given = resources or {}
        imprint = imprint_of(nb)
        scripts = list(_scripts(given.get("script", ""), interactive=imprint.interactive))
        filled = {
            **given,
            "css_variables": theme.css_variables(),
            "font_css": theme.font_css(templates_dir() / "fonts"),
            "imprint": imprint,
            "scripts": scripts,
            "script_sources": " ".join(map(_source, scripts)) or "'none'",
            "specs": _specs(nb) if imprint.interactive else "",
            "script_data": _embedded(given["script_data"]) if given.get("script_data") else "",
        }
        page, kept = super().from_notebook_node(nb, filled, **kw)
        colours = imprint.brand.colours_by_role() if imprint.brand else {}
        return recoloured(str(page), colours), kept


def _scripts(name: str, *, interactive: bool) -> Iterator[str]:
    """The scripts of a page: none, unless it asks for them."""
    static = templates_dir() / "nbconvert" / "cxreport" / "static"
    if name == "index":
        yield (static / "index.js").read_text(encoding="utf-8")
    if interactive:
        import vl_convert

        ours = (static / "live.js").read_text(encoding="utf-8")
        yield vl_convert.javascript_bundle(ours).replace("</script", r"<\/script")


def _source(script: str) -> str:
    """A script as the page's policy names it: this one and no other may run."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def _specs(notebook: NotebookNode) -> str:
    """The sources of all charts by their keys, for the live script: as Vega, which browsers need not translate."""
    import vl_convert

    sources = {}
    for block in _blocks_kept(notebook):
        if isinstance(block, Chart) and block.spec:
            sources[block.key] = vl_convert.vegalite_to_vega(block.spec)
    return _embedded(sources)


def _blocks_kept(notebook: NotebookNode) -> Iterator[Block]:
    """The blocks that outputs keep; none of one that is damaged, for its HTML stands beside them."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if MIME in output.get("data", {}):
                with suppress(ValidationError):
                    yield from blocks_of(output.data[MIME])


def _embedded(data: object) -> str:
    """Data as JSON in a script element: without "<" nothing ends it, or begins a comment that hides its end."""
    return json.dumps(data, ensure_ascii=False).replace("<", r"\u003c")
