"""Docs are under test: every example in them and in docstrings runs."""

import ast
import doctest
import importlib
import re
from pathlib import Path

import nbformat
import pytest
from kit.places import MODULES, ROOT

import cxassess

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def dotted(module: Path) -> str:
    """The name a module is imported by."""
    parts = module.relative_to(ROOT).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


@pytest.mark.parametrize("name", ["cxassess", *map(dotted, MODULES)])
def test_examples_in_docstrings_run(name: str) -> None:
    """Each public thing shows how it is used, and the example is true."""
    assert doctest.testmod(importlib.import_module(name)).failed == 0


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_examples_in_pages_run(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same for the pages."""
    monkeypatch.chdir(ROOT)
    assert doctest.testfile(str(page), module_relative=False, encoding="utf-8").failed == 0


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_links_lead_somewhere(page: Path) -> None:
    """Every relative link and picture is there."""
    links = re.findall(r"\]\((?!https?://|#)([^)#\s]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


METHOD = (ROOT / "docs" / "METHOD.md").read_text(encoding="utf-8")


def cited(path: Path) -> set[int]:
    """The sections of docs/METHOD.md that a file cites: "METHOD 4 and 8", "METHOD 1 to 8"."""
    text = path.read_text(encoding="utf-8")
    pairs = re.findall(r"METHOD (\d+)(?: (?:and|to) (\d+))?", text)
    return {int(number) for pair in pairs for number in pair if number}


def test_the_method_says_where_its_rules_stand() -> None:
    """The table of docs/METHOD.md names for each section the modules that cite it, and no others."""
    rows = re.findall(r"^\| (\d+) \| (`.+) \|$", METHOD, re.MULTILINE)
    told = {(module, int(number)) for number, modules in rows for module in re.findall(r"`(\w+/\w+)`", modules)}
    package = ROOT / "cxassess"
    found = {
        (module.relative_to(package).with_suffix("").as_posix(), number)
        for module in MODULES
        for number in cited(module)
    }
    assert told == found


def test_every_section_of_the_method_that_is_cited_is_there() -> None:
    """By tests, too."""
    there = set(map(int, re.findall(r"^## (\d+)\. ", METHOD, re.MULTILINE)))
    assert {path.name: cited(path) - there for path in (ROOT / "tests").rglob("*.py") if cited(path) - there} == {}


def imports_in(source: str) -> set[tuple[str, str]]:
    """What a piece of code imports from the package: module and name."""
    return {
        (node.module, alias.name)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "cxassess"
        for alias in node.names
    }


def used() -> set[tuple[str, str]]:
    """What pages and notebooks import of the package."""
    notebooks = [*(ROOT / "notebooks").glob("*.ipynb"), *(ROOT / "templates").glob("*.ipynb")]
    cells = [cell for file in notebooks for cell in nbformat.read(file, as_version=4).cells]
    code = [cell.source for cell in cells if cell.cell_type == "code"]
    parser = doctest.DocTestParser()
    code += [one.source for page in PAGES for one in parser.get_examples(page.read_text(encoding="utf-8"))]
    return set().union(*map(imports_in, code))


def test_the_public_surface_is_what_is_used() -> None:
    """docs/ARCHITECTURE.md lists it once: `cxassess` itself, and what pages and notebooks import besides."""
    page = (ROOT / "docs" / "ARCHITECTURE.md").read_text(encoding="utf-8")
    block = re.search(r"```surface\n(.*?)```", page, re.DOTALL)
    assert block
    listed = {(line.split()[0], name) for line in block[1].splitlines() for name in line.split()[1:]}
    own = {("cxassess", name) for name in cxassess.__all__}
    assert listed == own | used()
    for module, name in listed:
        assert hasattr(importlib.import_module(module), name) or importlib.import_module(f"{module}.{name}")


def test_the_version_stands_in_one_place_and_is_told() -> None:
    """pyproject, package and changelog agree."""
    version = re.search(r'^version = "(.+)"', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    assert version and version[1] == cxassess.__version__
    assert f"## {version[1]}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
