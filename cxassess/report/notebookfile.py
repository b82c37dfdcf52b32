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
    import nbformat

    try:
        text = path.read_text(encoding="utf-8")
        is_whole = _is_notebook(json.loads(text))
    except (ValueError, RecursionError):  # no text, no JSON, or nested without end
        is_whole = False
    if not is_whole:
        problem = Problem(str(path), "problem-no-notebook", option="--force")
        raise ReportError("problem-nothing-written", [problem])
    node: NotebookNode = nbformat.reads(text, as_version=4)
    imprint_of(node, name=str(path))
    return node


def _is_notebook(data: Any) -> bool:  # noqa: ANN401 - JSON of anyone
    """Whether this is a notebook of format 4; nbformat itself only logs what is not, or stumbles over it."""
    from nbformat.validator import iter_validate

    if not isinstance(data, dict) or data.get("nbformat") != 4 or type(data.get("nbformat_minor")) is not int:
        return False
    return next(iter_validate(data), None) is None


def notebook_bytes(node: NotebookNode) -> bytes:
    """A notebook as it is written to disk."""
    import nbformat

    return f"{nbformat.writes(node)}\n".encode()


def digest_of(notebook: NotebookNode) -> str:
    """What a reader sees of a notebook, as a hash; not its counters and other traces of running or saving it."""
    seen = [
        [cell.cell_type, cell.source, [[out.get("data"), out.get("text")] for out in cell.get("outputs", [])]]
        for cell in notebook.cells
    ]
    return hashlib.sha256(json.dumps(seen, sort_keys=True).encode()).hexdigest()


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
