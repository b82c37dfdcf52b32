"""Docs are under test: every example in them and in docstrings runs."""

import doctest
import importlib
import re
from pathlib import Path

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


def test_the_version_stands_in_one_place_and_is_told() -> None:
    """pyproject, package and changelog agree."""
    version = re.search(r'^version = "(.+)"', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    assert version and version[1] == cxassess.__version__
    assert f"## {version[1]}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
