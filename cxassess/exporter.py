"""From an executed notebook to one self-contained HTML page, by nbconvert and our own theme."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nbconvert.exporters import HTMLExporter
from traitlets import default

from cxassess import theme
from cxassess.paths import templates_dir

if TYPE_CHECKING:
    from nbformat import NotebookNode


class ReportExporter(HTMLExporter):
    """nbconvert's HTML exporter with the cxassess theme; also `jupyter nbconvert --to cxreport`."""

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
        """The page of a notebook, and nbconvert's resources."""
        given = {**(resources or {}), "css_variables": theme.css_variables()}
        page: tuple[str, dict[str, Any]] = super().from_notebook_node(nb, given, **kw)
        return page
