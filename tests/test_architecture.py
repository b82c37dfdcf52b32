"""The house rules that a machine can read."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT

PACKAGE = ROOT / "cxassess"
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")
PAGE = (ROOT / "docs" / "ARCHITECTURE.md").read_text(encoding="utf-8")
by_name = pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))


def name_of(module: Path) -> str:
    """A module's name in the architecture; a folder is one module in several files."""
    return module.stem if module.parent == PACKAGE else module.parent.name


def layers() -> list[list[str]]:
    block = re.search(r"```layers\n(.*?)```", PAGE, re.DOTALL)
    assert block
    return [line.split() for line in block[1].splitlines()]


def tree(module: Path) -> ast.Module:
    return ast.parse(module.read_text(encoding="utf-8"))


def own_imports(node: ast.AST) -> Iterator[str]:
    """The modules of the package that a tree imports."""
    for one in ast.walk(node):
        if isinstance(one, ast.ImportFrom) and one.module == "cxassess":
            yield from (alias.name for alias in one.names)
        elif isinstance(one, ast.ImportFrom) and (one.module or "").startswith("cxassess."):
            yield (one.module or "").split(".")[1]
        elif isinstance(one, ast.Import):
            yield from (a.name.split(".")[1] for a in one.names if a.name.startswith("cxassess."))


def functions(module: Path) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(tree(module)) if isinstance(node, ast.FunctionDef))


def public_definitions(parent: ast.AST) -> Iterator[ast.FunctionDef | ast.ClassDef]:
    """Functions, public classes and their methods; not what is defined inside functions or private classes."""
    for node in ast.iter_child_nodes(parent):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield from public_definitions(node)


def test_every_module_has_its_layer() -> None:
    """The list names each module once, and no module that is not there."""
    assert sorted(name for line in layers() for name in line) == sorted(set(map(name_of, MODULES)))


@by_name
def test_imports_go_only_upward(module: Path) -> None:
    """A module imports only from lines above its own."""
    rank = {name: index for index, line in enumerate(layers()) for name in line}
    own = name_of(module)
    downward = [name for name in own_imports(tree(module)) if rank[name] >= rank[own] and name != own]
    assert downward == []


@by_name
def test_no_import_of_our_own_hides_in_a_function(module: Path) -> None:
    """Cycles are not hidden; heavy libraries may be imported where they are used."""
    assert [name for function in functions(module) for name in own_imports(function)] == []


@by_name
def test_the_docstring_is_the_row_of_the_table(module: Path) -> None:
    """docs/ARCHITECTURE.md says of each module what the module says of itself."""
    first_line = (ast.get_docstring(tree(module)) or "").splitlines()[0]
    is_part = module.parent != PACKAGE and module.name != "__init__.py"
    assert is_part or f"| `{name_of(module)}` | {first_line} |" in PAGE


@by_name
def test_functions_are_short(module: Path) -> None:
    """No body over 60 lines, no module over 500."""
    long = [f.name for f in functions(module) if (f.end_lineno or 0) - f.body[0].lineno + 1 > 60]
    assert long == []
    assert len(module.read_text(encoding="utf-8").splitlines()) <= 500


@by_name
def test_nothing_catches_everything(module: Path) -> None:
    """An error we did not foresee must be seen. (BaseException that is raised again, to clean up, is fine.)"""
    for handler in (node for node in ast.walk(tree(module)) if isinstance(node, ast.ExceptHandler)):
        caught = "everything" if handler.type is None else getattr(handler.type, "id", "")
        assert caught not in {"everything", "Exception"}
        assert caught != "BaseException" or isinstance(handler.body[-1], ast.Raise)


@by_name
def test_public_names_say_what_they_are(module: Path) -> None:
    """Every public class, function and method has a docstring."""
    silent = [
        node.name
        for node in public_definitions(tree(module))
        if not node.name.startswith("_") and not ast.get_docstring(node)
    ]
    assert silent == []


@by_name
def test_no_drawers(module: Path) -> None:
    """A file is a domain word."""
    assert module.stem not in {"utils", "util", "helpers", "helper", "common", "base", "misc", "core"}


@by_name
def test_every_module_has_its_tests(module: Path) -> None:
    """tests/ mirrors the package."""
    assert (ROOT / "tests" / f"test_{name_of(module)}.py").exists()


def test_lang_is_keyword_only() -> None:
    """So that no call reads `f(card, content, "id")`."""
    loose = [
        f"{module.stem}.{function.name}"
        for module in MODULES
        for function in functions(module)
        if any(arg.arg == "lang" for arg in function.args.args)
        and not function.name.startswith("_")
        # typer makes options of the command's plain arguments; report_name is `name and language`, in that order
        and module.stem != "cli"
        and function.name not in {"report_name", "in_"}
    ]
    assert loose == []


def loaded(*command: str) -> set[str]:
    """The top-level modules a fresh interpreter has loaded after running something."""
    report = "import sys; print(*{name.split('.')[0] for name in sys.modules})"
    done = subprocess.run(
        [sys.executable, "-c", "; ".join([*command, report])], capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


HEAVY = {
    "pandas",
    "altair",
    "papermill",
    "ipywidgets",
    "nbconvert",
    "nbformat",
    "scipy",
    "babel",
    "jupyter_client",
}


def test_import_is_light() -> None:
    """`import cxassess` loads nothing heavy."""
    assert not loaded("import cxassess") & HEAVY


def test_the_command_line_is_light() -> None:
    """So that `cxassess --help` and `cxassess score` answer at once."""
    assert not loaded("import cxassess.cli") & HEAVY


def test_budgets() -> None:
    """32 modules, 9,100 lines (decision 9), 20 direct dependencies, 15 MB."""
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert len(set(map(name_of, MODULES))) <= 32
    assert sum(len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES) <= 9_100
    assert len(project["dependencies"]) <= 20
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    files = [ROOT / name for name in tracked.stdout.split("\0") if name]
    assert sum(path.stat().st_size for path in files if path.is_file()) < 15_000_000
