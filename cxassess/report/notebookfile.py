"""A report notebook as a file: read with its damage told, edited or not, and without trace of a machine."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cxassess.errors import Problem, ReportError
from cxassess.page.imprint import imprint_of

if TYPE_CHECKING:
    from nbformat import NotebookNode

# A report has half of one million bytes, with live charts one and a half; people paste pictures into it.
_MOST_BYTES = 100_000_000


def beside(notebook: Path, ending: str) -> Path:
    """The page or PDF of a report notebook.

    >>> beside(Path("reports/pt.-acme-2026-03-01-id.ipynb"), ".pdf").name
    'pt.-acme-2026-03-01-id.pdf'
    """
    return notebook.with_name(f"{notebook.name.removesuffix('.ipynb')}{ending}")


def read_notebook(path: Path) -> NotebookNode:
    """A report notebook that can be worked with: whole, and with an imprint that is whole, or none.

    Raises ReportError where it is not, OSError where it cannot be opened.
    """
    from nbformat.v4 import to_notebook

    data = _data_of(path)
    if not _is_notebook(data):
        raise _refused(path, "problem-no-notebook", option="--force")
    node: NotebookNode = to_notebook(data)
    imprint_of(node, name=str(path))
    return node


def _data_of(path: Path) -> dict[str, Any]:
    """The JSON object in a file."""
    if path.exists() and not path.is_file():  # reading a pipe would wait for ever
        raise _refused(path, "problem-notebook-no-file")
    if path.stat().st_size > _MOST_BYTES:
        raise _refused(path, "problem-notebook-huge", most=f"{_MOST_BYTES // 1_000_000} MB")
    try:
        data = json.loads(path.read_bytes().decode())
    except (ValueError, RecursionError):  # no text, no JSON, or nested without end
        data = None
    if not isinstance(data, dict):
        raise _refused(path, "problem-no-notebook", option="--force")
    return data


def _is_notebook(data: dict[str, Any]) -> bool:
    """Whether this is a notebook of format 4; nbformat itself only logs what is not, or stumbles over it."""
    from nbformat.validator import iter_validate

    if data.get("nbformat") != 4 or type(data.get("nbformat_minor")) is not int:
        return False
    try:
        return next(iter_validate(data), None) is None
    except (AttributeError, LookupError, TypeError, ValueError):  # a cell type that is no text, say
        return False


def _refused(path: Path, key: str, **values: object) -> ReportError:
    return ReportError("problem-nothing-written", [Problem(str(path), key, **values)])


def notebook_bytes(node: NotebookNode) -> bytes:
    """A notebook as it is written to disk."""
    import nbformat

    return f"{nbformat.writes(node)}\n".encode()


def digest_of(notebook: NotebookNode) -> str:
    """What a reader sees of a notebook, as a hash; not its counters and other traces of running or saving it."""
    return _hash([[*_written(cell)[:2], _shown(cell), *_written(cell)[2:]] for cell in notebook.cells])


def source_hash(cell: NotebookNode) -> str:
    """What is written in a cell, as a hash."""
    return _hash(_written(cell))


def shown_hash(cell: NotebookNode) -> str:
    """What a cell shows, as a hash."""
    return _hash(_shown(cell))


def _written(cell: NotebookNode) -> list[Any]:
    """Kind and source of a cell, and the tags that people give it: one of them leaves it out of the page."""
    tags = sorted(set(cell.metadata.get("tags", [])) - {"parameters", "injected-parameters"})
    return [cell.cell_type, cell.source, *([tags] if tags else [])]


def _shown(cell: NotebookNode) -> list[Any]:
    return [[out.get("data"), out.get("text")] for out in cell.get("outputs", [])]


def _hash(data: list[Any]) -> str:
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()


def is_edited(notebook: NotebookNode) -> bool:
    """Whether a person changed the text, the cells or the outputs of a report notebook since it was rendered.

    Raises ReportError where its imprint is damaged.
    """
    return imprint_of(notebook).digest != digest_of(notebook)


def seen_from(folder: Path, path: Path) -> str:
    """A path as a notebook in `folder` may name it: relative, with slashes, so that it does not say where it lies.

    Where the two have only the root of a drive in common, or not even that, the name alone: a way through the
    root would be the whole path again.

    >>> seen_from(Path("work/reports"), Path("work/clients/acme.json"))
    '../clients/acme.json'
    """
    here, there = folder.resolve(), path.resolve()
    if here.anchor != there.anchor or os.path.commonpath([here, there]) == here.anchor:
        return there.name
    return Path(os.path.relpath(there, here)).as_posix()


def leave_no_trace(notebook: NotebookNode, parameters: Mapping[str, str]) -> None:
    """Take out of an executed notebook what Papermill notes of machine and clock.

    The cell of parameters that it put in gets `parameters` instead, with which a person can run the notebook
    again from where it lies.
    """
    for part in (notebook, *notebook.cells):
        part.metadata.pop("papermill", None)
    for cell in notebook.cells:
        if "injected-parameters" in cell.metadata.get("tags", []):
            lines = [f"{name} = {value!r}" for name, value in parameters.items()]
            cell.source = "\n".join(["# Parameters", *lines])
