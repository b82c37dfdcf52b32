"""A person's cells in a report notebook: carried into one of the template as it is now, without a kernel."""

from copy import deepcopy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from cxassess.page.imprint import bare_imprint
from cxassess.report.carrying import Draft, drafts, has_own_outputs, is_as_template, prints_of


def code(key: str, source: str = "") -> NotebookNode:
    return new_code_cell(source or f"show({key!r})", id=key)


def shown(text: str) -> list[NotebookNode]:
    return [new_output("display_data", data={"text/plain": text})]


def template(*keys: str) -> NotebookNode:
    return new_notebook(cells=[code(key) for key in keys])


def report(of: NotebookNode, *, known: bool = True) -> NotebookNode:
    """A template as it stands once it is run, with or without what a report says of its cells."""
    node = deepcopy(of)
    for cell in node.cells:
        cell.outputs, cell.execution_count = shown(cell.id), 1
    put_in = new_code_cell("# Parameters", id="injected-parameters", metadata={"tags": ["injected-parameters"]})
    imprint = bare_imprint().model_copy(update={"cells": prints_of(of, node) if known else {}})
    node.metadata["cxassess"] = imprint.model_dump(mode="json")
    node.cells.insert(1, put_in)
    return node


def sources(draft: Draft) -> list[str]:
    return [cell.source for cell in draft.node.cells]


ABC = template("a", "b", "c")


@pytest.mark.parametrize("known", [True, False])
def test_added_changed_removed(known: bool) -> None:
    """Each in its place, ready to be run; also of a report that does not say what its cells held."""
    former = report(ABC, known=known)
    former.cells[2].source = "own"
    former.cells.pop(3)
    former.cells.insert(2, new_markdown_cell("\n  ## Our view\n\nLong."))
    (draft, textual, full) = drafts(ABC, former)
    assert sources(draft) == ["show('a')", "\n  ## Our view\n\nLong.", "own"]
    assert (draft.cells, draft.removed, draft.refused) == (("## Our view", "own"), ("show('c')",), ())
    assert (draft.node.cells[2].outputs, draft.node.cells[2].execution_count) == ([], None)
    assert sources(textual) == ["show('a')", "\n  ## Our view\n\nLong.", "show('b')"]
    assert (textual.cells, textual.removed, textual.refused) == (("## Our view",), ("show('c')",), ("own",))
    assert sources(full) == ["show('a')", "\n  ## Our view\n\nLong.", "show('b')", "show('c')"]
    assert (full.removed, full.refused) == ((), ("own", "show('c')"))
    assert (draft.has_code, textual.has_code) == (True, False)


def test_nothing_changed_is_the_template() -> None:
    """Nor by running it, nor by what Jupyter notes of a cell."""
    former = report(ABC)
    former.cells[0].metadata["execution"] = {"at": "now"}
    (draft,) = drafts(ABC, former)
    assert is_as_template(draft, ABC)
    assert not has_own_outputs(ABC, former)
    former.cells[0].outputs = []
    assert has_own_outputs(ABC, former)


def test_a_tag_is_a_change() -> None:
    """It leaves a cell out of the page."""
    former = report(ABC)
    former.cells[3].metadata["tags"] = ["remove-cell"]
    draft = next(drafts(ABC, former))
    assert draft.node.cells[2].metadata.tags == ["remove-cell"]
    assert not is_as_template(draft, ABC)


def test_a_template_that_has_changed_since() -> None:
    """What it changed or added comes in, what it dropped goes; a person's own word on a cell stands."""
    former = report(ABC)
    former.cells[2].source = "own"
    now = new_notebook(cells=[code("a", "anew"), code("new"), code("b", "anew")])
    draft = next(drafts(now, former))
    assert sources(draft) == ["anew", "show('new')", "own"]
    dropped = next(drafts(template("a"), former))
    assert sources(dropped) == ["show('a')", "own"]


def test_cells_that_were_moved_or_lost_their_ids() -> None:
    """Cut and pasted, or saved by an older Jupyter, they are known by what they hold; the order stays."""
    former = report(ABC)
    moved = former.cells.pop(0)
    moved.id = "pasted"
    former.cells.append(moved)
    for cell in former.cells:
        if cell.id == "b":
            del cell["id"]
    draft = next(drafts(ABC, former))
    assert [cell.id for cell in draft.node.cells] == ["b", "c", "a"]
    assert (draft.cells, draft.removed) == ((), ())


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(["add", "text", "edit", "remove", "move"]), max_size=6), st.data())
def test_what_is_carried_once_is_carried_again(acts: list[str], data: st.DataObject) -> None:
    """Whatever a person did, all of it is in the new notebook, in order, and again in the next; ids are unique."""
    former = report(ABC)
    for n, act in enumerate(acts):
        at = data.draw(st.integers(0, max(0, len(former.cells) - 1)))
        if act in ("add", "text"):
            make = new_code_cell if act == "add" else new_markdown_cell
            former.cells.insert(at, make(f"own {n}"))
        elif former.cells and "tags" not in former.cells[at].metadata:
            cell = former.cells.pop(at)
            if act == "edit":
                cell.source += f" own {n}"
            if act != "remove":
                former.cells.insert(at if act == "edit" else 0, cell)
    typed = [cell.source for cell in former.cells if "tags" not in cell.metadata]
    first = next(drafts(ABC, former))
    assert sources(first) == typed
    assert len({cell.id for cell in first.node.cells}) == len(typed)
    first.node.metadata["cxassess"] = former.metadata["cxassess"]
    again = next(drafts(ABC, first.node))
    assert [(cell.id, cell.source) for cell in again.node.cells] == [
        (cell.id, cell.source) for cell in first.node.cells
    ]
