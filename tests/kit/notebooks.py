"""Small report notebooks, put together by hand."""

from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook, new_output

from cxassess.page.imprint import bare_imprint


def imprinted(*cells: NotebookNode, **fields: Any) -> NotebookNode:
    """A notebook of these cells with an imprint, some fields of which are as given."""
    imprint = bare_imprint(title="T").model_dump(mode="json") | fields
    return new_notebook(cells=list(cells), metadata={"cxassess": imprint})


def shows(data: dict[str, Any], **metadata: Any) -> NotebookNode:
    """A cell that shows something, with code that no reader is to see."""
    return new_code_cell("secret_code()", outputs=[new_output("execute_result", data=data, metadata=metadata)])
