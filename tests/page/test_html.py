"""The page: self-contained, silent towards the network, marked with its language."""

import base64
import hashlib
import json
import re
from typing import Any

import pytest
import vl_convert
from kit.notebooks import imprinted
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from cxassess.page.blocks import Chart, Heading, Part
from cxassess.page.brand import load_brand
from cxassess.places import examples_dir
from cxassess.report.printing import to_html

HOSTILE = '"><script>alert(1)</script>'


def page(*cells: NotebookNode, **fields: Any) -> str:
    return to_html(imprinted(*cells, **fields))


def shows(mime: str, data: str) -> NotebookNode:
    return new_code_cell("secret_code()", outputs=[new_output("execute_result", data={mime: data})])


def test_language_and_title_are_escaped() -> None:
    """A client's name in the title is text."""
    shown = page(shows("text/html", "<h1>x</h1>"), lang="id", title=HOSTILE)
    assert '<html lang="id">' in shown
    assert "<script>alert" not in shown


def test_nothing_is_asked_of_the_network() -> None:
    """No script, no address, and a policy that forbids both."""
    shown = page(shows("text/html", "<p>x</p>"), new_markdown_cell("# x"))
    assert "http://" not in shown and "https://" not in shown
    assert "<script" not in shown and "@import" not in shown
    assert "default-src 'none'" in shown and "script-src 'none'" in shown


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


@pytest.mark.parametrize(
    ("about", "alt"), [({"alt": "a dot"}, "a dot"), ({}, "plain"), ("x", "plain"), (7, "plain")]
)
def test_a_picture_has_words_beside_it(about: Any, alt: str) -> None:
    """Those it came with; metadata come from anyone, and what is none stops no page."""
    picture = new_output("display_data", data={"image/png": "aGFsbG8=", "text/plain": "plain"})
    picture.metadata["image/png"] = about
    assert f'<img alt="{alt}" ' in page(new_code_cell(outputs=[picture]))


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


SPEC = {"mark": "bar", "title": "</script><script>alert(1)</script><!--<script>", "data": {"values": [{"a": 1}]}}


def charts(*keys: str) -> NotebookNode:
    part = Part(
        Heading(level=1, text="T"), *(Chart(key=key, svg="<svg></svg>", alt="x", spec=SPEC) for key in keys)
    )
    return new_code_cell(outputs=[new_output("execute_result", data=part._repr_mimebundle_())])


def scripts(page: str) -> tuple[list[str], dict[str, str]]:
    """What a browser would run, and the data elements by their ids; a script ends at the first end tag."""
    found = re.findall(r"<script([^>]*)>(.*?)</script", page, re.DOTALL | re.IGNORECASE)
    data = {re.findall('id="([^"]+)"', head)[0]: body for head, body in found if "application/json" in head}
    return [body for head, body in found if "application/json" not in head], data


@pytest.mark.parametrize("brand", [None, load_brand(examples_dir() / "brand" / "brand.yaml")])
def test_a_live_page_runs_one_script_and_no_other(brand: Any) -> None:
    """The policy names the very script the page holds, in whatever colours; it holds the whole chart library."""
    shown = page(charts("a"), interactive=True, brand=brand and brand.model_dump(mode="json"))
    (script,), _ = scripts(shown)
    policy = re.findall(r"script-src ([^;]*);", shown)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert policy == [f"'sha256-{digest}'"]
    assert len(script) > 100_000
    assert len(shown) < 2_500_000


def test_a_script_cannot_be_left_open() -> None:
    """A comment and a script tag within a script would hide its end from a browser."""
    (script,), data = scripts(page(charts("a"), interactive=True))
    for held in (script, *data.values()):
        assert not ("<!--" in held and "<script" in held.lower())


def test_a_live_page_carries_the_sources_of_its_charts() -> None:
    """Under the keys that stand at their drawings; the drawings stay for those who run no script."""
    shown = page(charts("a"), charts("b", "c"), interactive=True)
    _, data = scripts(shown)
    vega = json.loads(json.dumps(vl_convert.vegalite_to_vega(SPEC)))
    assert json.loads(data["cx-specs"]) == {"a": vega, "b": vega, "c": vega}
    assert re.findall('data-chart="([a-z]+)"', shown) == ["a", "b", "c"]
    assert shown.count("<svg></svg>") == 3
    assert len(re.findall("<script", shown.replace(data["cx-specs"], ""))) == 2


def test_without_being_asked_a_page_runs_nothing() -> None:
    """No script, no sources, and a policy that allows none."""
    for script in ("", "live", "../../conf.json"):
        shown = to_html(imprinted(charts("a"), interactive=False), script=script)
        assert "<script" not in shown and "script-src 'none'" in shown


def test_a_brand_is_on_the_page() -> None:
    """Logo, contact, standing lines in the page's language; its colours in place of ours, in drawings, too."""
    brand = load_brand(examples_dir() / "brand" / "brand.yaml")
    drawing = shows("image/svg+xml", '<svg><path fill="#123F6D"/></svg>')
    shown = page(drawing, lang="id", brand=brand.model_dump(mode="json"))
    assert f'<img alt="{brand.logo.alt}" src="{brand.logo.uri}"' in shown
    assert brand.confidential.id in shown and brand.confidential.en not in shown
    assert all(line in shown for line in brand.contact)
    assert "#123f6d" not in shown.lower() and brand.colours.primary in shown
    bare = page(drawing, lang="id")
    assert "<header" not in bare and "<footer" not in bare and "#123f6d" in bare.lower()


def test_a_hostile_brand_is_text() -> None:
    """What a consultancy calls itself is shown, not run."""
    brand = {"name": HOSTILE, "contact": [HOSTILE], "confidential": {"id": HOSTILE, "en": HOSTILE}}
    brand["disclaimer"] = brand["confidential"]
    shown = page(lang="en", brand=brand)
    assert "<script" not in shown
    # in the head of the page and in its foot: the name twice and once, each of the others once
    assert shown.count("&lt;script&gt;") == 6
