"""Notebooks are thin, stored clean, and the compared one really compares."""

import ast
import re
from pathlib import Path

import nbformat
import pytest
from kit.places import ROOT

SHIPPED = sorted([*(ROOT / "notebooks").glob("*.ipynb"), *(ROOT / "templates").glob("*.ipynb")])
COMPARED = sorted((ROOT / "tests" / "notebooks").glob("*.ipynb"))
each = pytest.mark.parametrize("file", SHIPPED, ids=lambda path: path.name)


def code_cells(file: Path) -> list[nbformat.NotebookNode]:
    return [cell for cell in nbformat.read(file, as_version=4).cells if cell.cell_type == "code"]


@pytest.mark.parametrize("file", SHIPPED + COMPARED, ids=lambda path: path.name)
def test_the_kernel_is_python3(file: Path) -> None:
    """Another name, or none, makes Lab ask and Papermill fail."""
    notebook = nbformat.read(file, as_version=4)
    nbformat.validate(notebook)
    assert notebook.metadata.kernelspec.name == "python3"


@each
def test_stored_clean(file: Path) -> None:
    """No output, no execution count, no traces of a run."""
    assert all(not cell.outputs and cell.execution_count is None for cell in code_cells(file))
    assert "papermill" not in nbformat.read(file, as_version=4).metadata


@each
def test_one_parameters_cell(file: Path) -> None:
    """Papermill finds the parameters; each is plain text with a default and says what it is."""
    (cell,) = [cell for cell in code_cells(file) if "parameters" in cell.metadata.get("tags", [])]
    for line in cell.source.splitlines():
        assert re.fullmatch(r'[a-z_]+ = r?"[a-z]*"  # .+', line)


@each
def test_cells_are_thin(file: Path) -> None:
    """Calls only: no def, class, try or with, and at most nine lines."""
    for cell in code_cells(file):
        heavy = (ast.FunctionDef, ast.ClassDef, ast.Try, ast.With, ast.For, ast.While)
        assert not [node for node in ast.walk(ast.parse(cell.source)) if isinstance(node, heavy)]
        assert len(cell.source.splitlines()) <= 9


def test_the_report_takes_paths_and_a_language_only() -> None:
    """Papermill writes parameters into the output in clear: never client data."""
    (cell,) = [cell for cell in code_cells(ROOT / "templates" / "report.ipynb") if cell.metadata.get("tags")]
    names = [line.split(" = ")[0] for line in cell.source.splitlines()]
    assert names == ["file", "lang", "content_dir"]


def test_the_compared_notebook_has_something_to_compare() -> None:
    """nbval compares only what was executed and kept: without counts and outputs it would test nothing."""
    assert COMPARED
    for file in COMPARED:
        cells = code_cells(file)
        assert all(cell.execution_count for cell in cells)
        assert sum(bool(cell.outputs) for cell in cells) >= 3
        assert not [tag for cell in cells for tag in cell.metadata.get("tags", []) if tag.startswith("nbval")]
