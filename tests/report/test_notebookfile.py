"""A report notebook as a file: whatever stands in it, it is read or refused in words."""

import json
import os
from pathlib import Path
from typing import Any

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st
from kit.notebooks import imprinted, shows

from cxassess.errors import ReportError
from cxassess.report.notebookfile import (
    digest_of,
    is_edited,
    leave_no_trace,
    notebook_bytes,
    read_notebook,
    seen_from,
)


def whole() -> dict[str, Any]:
    """A notebook as JSON."""
    cells = [shows({"text/html": "<p>x</p>"}), nbformat.v4.new_markdown_cell("# y")]
    return json.loads(notebook_bytes(imprinted(*cells)))  # type: ignore[no-any-return]


def written(folder: Path, data: object) -> Path:
    path = folder / "a.ipynb"
    path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return path


def test_what_was_written_is_read(tmp_path: Path) -> None:
    """Byte for byte."""
    path = written(tmp_path, whole())
    node = read_notebook(path)
    path.write_bytes(notebook_bytes(node))
    assert read_notebook(path) == node


DAMAGED: list[object] = [
    "",
    "{",
    "[" * 100_000,
    [],
    "7",
    {},
    {"cells": []},
    {**whole(), "nbformat": 3},
    {**whole(), "nbformat": "4"},
    {**whole(), "nbformat_minor": None},
    {**whole(), "nbformat_minor": True},
    {**whole(), "cells": {}},
    {**whole(), "cells": ["x"]},
    {**whole(), "cells": [{"cell_type": "poem", "metadata": {}, "source": "", "id": "x"}]},
    {**whole(), "cells": [{"cell_type": "markdown", "metadata": [], "source": "", "id": "x"}]},
    {**whole(), "cells": [{"cell_type": "markdown", "metadata": {}, "source": 7, "id": "x"}]},
    {**whole(), "cells": [{**whole()["cells"][0], "outputs": [{"output_type": "display_data"}]}]},
    {**whole(), "metadata": []},
]


@pytest.mark.parametrize("data", DAMAGED)
def test_what_is_no_notebook_is_told(tmp_path: Path, data: object) -> None:
    """Half of one, another program's, one of the wrong shape: a sentence each, with what to do."""
    with pytest.raises(ReportError, match="is no whole notebook; restore it, or render it anew with --force"):
        read_notebook(written(tmp_path, data))


def test_what_is_no_file_is_not_read(tmp_path: Path) -> None:
    """A folder, a pipe that nobody writes into, three gigabytes of nothing: told at once."""
    (tmp_path / "folder").mkdir()
    with (tmp_path / "huge").open("wb") as file:
        file.truncate(3_000_000_000)
    refused = {"folder": "is a folder or a pipe", "huge": "has more than 100 MB"}
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        refused["pipe"] = "is a folder or a pipe"
    for name, said in refused.items():
        with pytest.raises(ReportError, match=said):
            read_notebook(tmp_path / name)
    with pytest.raises(FileNotFoundError):
        read_notebook(tmp_path / "nothing")


def test_letters_that_are_none_are_told(tmp_path: Path) -> None:
    """A file of bytes that are no text."""
    (tmp_path / "a.ipynb").write_bytes(b"\xff\xfe")
    with pytest.raises(ReportError, match="is no whole notebook"):
        read_notebook(tmp_path / "a.ipynb")


def test_a_damaged_imprint_is_told_with_its_file(tmp_path: Path) -> None:
    """Before anything is made of it."""
    path = written(tmp_path, {**whole(), "metadata": {"cxassess": {"format": 1}}})
    with pytest.raises(ReportError) as caught:
        read_notebook(path)
    assert f"{path} metadata.cxassess.lang: is missing; add it" in str(caught.value)


def test_what_a_reader_sees_makes_an_edit() -> None:
    """Texts, cells and outputs; not counters, ids, or what Jupyter notes."""
    notebook = imprinted(shows({"text/html": "<p>x</p>"}))
    notebook.metadata.cxassess["digest"] = digest_of(notebook)
    notebook.metadata["widgets"] = {}
    notebook.cells[0].execution_count = 7
    notebook.cells[0].metadata["scrolled"] = True
    assert not is_edited(notebook)
    notebook.cells[0].outputs[0].data["text/html"] = "<p>y</p>"
    assert is_edited(notebook)
    assert is_edited(imprinted()), "nobody knows what it was"


@pytest.mark.parametrize(
    ("folder", "path", "seen"),
    [
        ("w/reports", "w/clients/a.json", "../clients/a.json"),
        ("w", "w/a.json", "a.json"),
        ("w/x", "w/x", "."),
        ("/one/reports", "/two/clients/a.json", "a.json"),
        ("/", "/two/a.json", "a.json"),
    ],
)
def test_a_path_is_seen_from_the_notebook(folder: str, path: str, seen: str) -> None:
    """Never by way of the root, which would name every folder of the machine."""
    assert seen_from(Path(folder), Path(path)) == seen


@given(st.text(alphabet="ab '\"\\{}\n", max_size=20))
def test_the_cell_of_parameters_can_be_run_again(name: str) -> None:
    """Whatever a file is called, the line is Python and says it."""
    cell = nbformat.v4.new_code_cell("file = '/home/CANARY'", metadata={"tags": ["injected-parameters"]})
    notebook = nbformat.v4.new_notebook(cells=[cell], metadata={"papermill": {"input_path": "/home/CANARY"}})
    cell.metadata["papermill"] = {"start_time": "now"}
    leave_no_trace(notebook, {"file": name, "lang": "id"})
    assert "CANARY" not in str(notebook) and "papermill" not in str(notebook)
    names: dict[str, str] = {}
    exec(notebook.cells[0].source, names)  # our own two lines
    assert (names["file"], names["lang"]) == (name, "id")
