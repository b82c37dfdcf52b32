"""What a person changed in the cells of a report notebook, and how it comes into the one rendered anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cxassess.errors import Problem, printable
from cxassess.page.imprint import CellPrint, imprint_of
from cxassess.report.notebookfile import shown_hash, source_hash

if TYPE_CHECKING:
    from nbformat import NotebookNode

_NAME_LETTERS = 60
# What Jupyter and Papermill note of a run in a cell.
_OF_RUNNING = ("execution", "papermill", "scrolled")


@dataclass(frozen=True)
class CarriedCells:
    """What a person had changed in a report notebook that was rendered anew, each cell by its first line.

    `cells` were added or changed, `removed` left out, in the new one too. `refused` could not be, for `why`. Where
    something was lost of the notebook, a copy of it is `kept`.
    """

    cells: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    why: Problem | None = None
    kept: Path | None = None


class Draft(NamedTuple):
    """A notebook to be run: the template with a person's cells in their places, or with as many as will run."""

    node: NotebookNode
    cells: tuple[str, ...]
    removed: tuple[str, ...]
    refused: tuple[str, ...]
    has_code: bool


def drafts(template: NotebookNode, former: NotebookNode) -> Iterator[Draft]:
    """What to try, one after another: all that a person changed; no code of theirs; nothing left out either."""
    whole = _draft(template, former)
    yield whole
    textual = _draft(template, former, code=False)
    if textual.refused:
        yield textual
    if whole.removed:
        full = _draft(template, former, code=False, removals=False)
        yield full._replace(removed=(), refused=(*full.refused, *full.removed))


def is_as_template(draft: Draft, template: NotebookNode) -> bool:
    """Whether nothing of a person's is in it."""
    return [_identity(cell) for cell in draft.node.cells] == [_identity(cell) for cell in template.cells]


def _identity(cell: NotebookNode) -> tuple[str, str]:
    return cell.id, source_hash(cell)


def prints_of(template: NotebookNode, executed: NotebookNode | None = None) -> dict[str, CellPrint]:
    """What the template's cells held, and showed when they were run, by their ids."""
    ran = {cell.id: cell for cell in executed.cells} if executed else {}
    return {
        cell.id: CellPrint(source=source_hash(cell), shown=shown_hash(ran[cell.id]) if cell.id in ran else "")
        for cell in template.cells
    }


def has_own_outputs(template: NotebookNode, former: NotebookNode) -> bool:
    """Whether a cell of the template shows something else than it did when it was run, or nobody knows."""
    prints = _prints(template, former)
    return any(
        source_hash(cell) == prints[key].source and shown_hash(cell) != prints[key].shown
        for key, cell in _by_key(former, prints)
        if key
    )


def _prints(template: NotebookNode, former: NotebookNode) -> Mapping[str, CellPrint]:
    """What a report's cells held when it was rendered; of a time before that was kept, what they hold today."""
    return imprint_of(former).cells or prints_of(template)


def _by_key(former: NotebookNode, prints: Mapping[str, CellPrint]) -> Iterator[tuple[str, NotebookNode]]:
    """The cells of a report with the ids of the template's; "" for those that a person added.

    A cell that lost its id, as those do that are cut and pasted, is known by what it holds.
    """
    cells = [cell for cell in former.cells if "injected-parameters" not in cell.metadata.get("tags", [])]
    free = {key: prints[key] for key in prints}
    strayed = {one.source: key for key, one in prints.items()}
    for cell in cells:
        key = cell.get("id", "")
        if key not in free:
            key = strayed.get(source_hash(cell), "")
        yield (key if free.pop(key, None) else ""), cell


def _draft(template: NotebookNode, former: NotebookNode, *, code: bool = True, removals: bool = True) -> Draft:
    """The cells in the former order: a person's as they are, the template's as they are today."""
    prints = _prints(template, former)
    today = {cell.id: cell for cell in template.cells}
    cells: list[NotebookNode] = []
    own: list[str] = []
    refused: list[str] = []
    found: set[str] = set()
    for key, cell in _by_key(former, prints):
        found.add(key)
        is_own = not key or source_hash(cell) != prints[key].source
        if is_own and (code or cell.cell_type != "code"):
            own.append(_name(cell))
            cells.append(_fresh(cell, key or f"own-{len(own)}"))
            continue
        if is_own:
            refused.append(_name(cell))
        if key in today:
            cells.append(today[key])
    removed = [key for key in today if key in prints and key not in found]
    for key in today:
        # What the template has had only since then, or what must not be left out, follows what it follows there.
        if key not in found and not (removals and key in removed):
            cells.insert(_place(key, cells, list(today)), today[key])
    node = deepcopy(template)
    node.cells = deepcopy(cells)
    has_code = any(cell.cell_type == "code" and cell not in template.cells for cell in cells)
    return Draft(node, tuple(own), tuple(_name(today[key]) for key in removed), tuple(refused), has_code)


def _place(key: str, cells: list[NotebookNode], order: list[str]) -> int:
    before = set(order[: order.index(key)])
    return max((at + 1 for at, cell in enumerate(cells) if cell.id in before), default=0)


def _fresh(cell: NotebookNode, key: str) -> NotebookNode:
    """A cell without what is left of running it."""
    new = deepcopy(cell)
    new.id = key
    for name in _OF_RUNNING:
        new.metadata.pop(name, None)
    if new.cell_type == "code":
        new.outputs, new.execution_count = [], None
    return new


def _name(cell: NotebookNode) -> str:
    """A cell by its first line."""
    lines = [line.strip() for line in cell.source.splitlines() if line.strip()]
    return printable(lines[0][:_NAME_LETTERS]) if lines else "–"
