"""The page: self-contained, silent towards the network, marked with its language."""

import re

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from cxassess.report import to_html

HOSTILE = '"><script>alert(1)</script>'


def page(*cells: NotebookNode, **told: str) -> str:
    return to_html(new_notebook(cells=list(cells), metadata={"cxassess": told}))


def shows(mime: str, data: str) -> NotebookNode:
    return new_code_cell("secret_code()", outputs=[new_output("execute_result", data={mime: data})])


def test_language_and_title_are_escaped() -> None:
    """A client's name in the title is text."""
    shown = page(shows("text/html", "<h1>x</h1>"), lang="id", title=HOSTILE, skip=HOSTILE)
    assert '<html lang="id">' in shown
    assert "<script>alert" not in shown


def test_nothing_is_asked_of_the_network() -> None:
    """No script, no address, and a policy that forbids both."""
    shown = page(shows("text/html", "<p>x</p>"), new_markdown_cell("# x"))
    assert "http://" not in shown and "https://" not in shown
    assert "<script" not in shown and "@import" not in shown
    assert "default-src 'none'" in shown


@pytest.mark.parametrize(
    ("mime", "data", "shown"),
    [
        ("text/html", "<table><tr><td>1</td></tr></table>", "<td>1</td>"),
        ("text/plain", "a < b", "a &lt; b"),
        ("text/markdown", "**bold**", "<strong>bold</strong>"),
        ("image/svg+xml", "<svg><title>t</title></svg>", "<svg><title>t</title></svg>"),
        ("image/png", "aGFsbG8=", 'src="data:image/png;base64,aGFsbG8="'),
    ],
)
def test_what_a_consultant_adds_is_shown(mime: str, data: str, shown: str) -> None:
    """Any output a cell may have reaches the page; its code does not."""
    html = page(shows(mime, data))
    assert shown in html
    assert "secret_code" not in html


def test_printed_text_is_shown_as_text() -> None:
    """A stream is escaped."""
    cell = new_code_cell("x", outputs=[new_output("stream", name="stdout", text="<b>&")])
    assert "&lt;b&gt;&amp;" in page(cell)


def test_a_removed_cell_is_gone() -> None:
    """The tag `remove-cell` keeps a working cell out of the report."""
    cell = shows("text/html", "<p>mine</p>")
    cell.metadata["tags"] = ["remove-cell"]
    assert "mine" not in page(cell)


def test_colours_come_from_the_theme() -> None:
    """Every variable that the style sheet uses is defined."""
    shown = page()
    used = set(re.findall(r"var\((--cx-[a-z]+)\)", shown))
    defined = set(re.findall(r"(--cx-[a-z]+):", shown))
    assert used
    assert used <= defined
