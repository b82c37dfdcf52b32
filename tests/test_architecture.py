"""The house rules that a machine can read."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest
from kit.places import MODULES, PACKAGE, ROOT

PAGE = (ROOT / "docs" / "ARCHITECTURE.md").read_text(encoding="utf-8")
# A room's own __init__ says what the room is; it has no tests of its own.
FILES = [module for module in MODULES if module.name != "__init__.py"]
ROOMS = sorted(folder for folder in PACKAGE.iterdir() if (folder / "__init__.py").exists())


def label(module: Path) -> str:
    """A module as the architecture names it: "text", "document/answers"."""
    return module.relative_to(PACKAGE).with_suffix("").as_posix()


by_name = pytest.mark.parametrize("module", FILES, ids=label)
by_room = pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)


def layers() -> list[list[str]]:
    """The layer list: a room, or a module on the ground, stands on one line."""
    block = re.search(r"```layers\n(.*?)```", PAGE, re.DOTALL)
    assert block
    return [line.split() for line in block[1].splitlines()]


def room_of(module: Path) -> str:
    """What of the layer list a module belongs to: its room, or itself on the ground."""
    return module.relative_to(PACKAGE).parts[0].removesuffix(".py")


def tree(module: Path) -> ast.Module:
    return ast.parse(module.read_text(encoding="utf-8"))


def own_imports(node: ast.AST) -> Iterator[str]:
    """The modules of the package that a tree imports, as the architecture names them."""
    for one in ast.walk(node):
        if isinstance(one, ast.ImportFrom) and (one.module or "").split(".")[0] == "cxassess":
            parent = "/".join((one.module or "").split(".")[1:])
            for alias in one.names:
                inside = f"{parent}/{alias.name}".strip("/")
                is_module = (PACKAGE / inside).is_dir() or (PACKAGE / f"{inside}.py").exists()
                yield inside if is_module else parent
        elif isinstance(one, ast.Import):
            names = [alias.name for alias in one.names if alias.name.startswith("cxassess.")]
            yield from (name.removeprefix("cxassess.").replace(".", "/") for name in names)


def functions(module: Path) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(tree(module)) if isinstance(node, ast.FunctionDef))


def public_definitions(parent: ast.AST) -> Iterator[ast.FunctionDef | ast.ClassDef]:
    """Functions, public classes and their methods; not what is defined inside functions or private classes."""
    for node in ast.iter_child_nodes(parent):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield from public_definitions(node)


def test_every_room_has_its_layer() -> None:
    """The list names each room and each module of the ground once, and nothing that is not there."""
    assert sorted(name for line in layers() for name in line) == sorted(set(map(room_of, MODULES)))


@by_name
def test_imports_go_only_upward(module: Path) -> None:
    """A room imports only from lines above its own."""
    rank = {name: index for index, line in enumerate(layers()) for name in line}
    own = room_of(module)
    rooms = {imported.split("/")[0] for imported in own_imports(tree(module))} - {own, ""}
    assert [name for name in rooms if rank[name] >= rank[own]] == []


@by_room
def test_no_cycle_inside_a_room(room: Path) -> None:
    """Within a room, too, imports have a direction."""
    imports = {label(module): set(own_imports(tree(module))) for module in room.glob("*.py")}
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


@by_name
def test_no_import_of_our_own_hides_in_a_function(module: Path) -> None:
    """Cycles are not hidden; heavy libraries may be imported where they are used."""
    assert [name for function in functions(module) for name in own_imports(function)] == []


@by_name
def test_the_docstring_is_the_row_of_the_table(module: Path) -> None:
    """docs/ARCHITECTURE.md says of each module what the module says of itself."""
    first_line = (ast.get_docstring(tree(module)) or "").splitlines()[0]
    assert f"| `{label(module)}` | {first_line} |" in PAGE


@by_room
def test_the_page_says_what_a_room_is(room: Path) -> None:
    """The first line of a room's docstring is its heading in the architecture."""
    first_line = (ast.get_docstring(tree(room / "__init__.py")) or "").splitlines()[0]
    assert f"### `{room.name}/`: {first_line}" in PAGE


@by_name
def test_functions_are_short(module: Path) -> None:
    """No body over 40 lines, no file over 350."""
    long = [f.name for f in functions(module) if (f.end_lineno or 0) - f.body[0].lineno + 1 > 40]
    assert long == []
    assert len(module.read_text(encoding="utf-8").splitlines()) <= 350


@by_room
def test_a_room_is_no_warehouse(room: Path) -> None:
    """At most 2,300 lines and 18 files."""
    files = list(room.glob("*.py"))
    assert sum(len(file.read_text(encoding="utf-8").splitlines()) for file in files) <= 2_300
    assert len(files) <= 19  # with its __init__


# The modules in which, at one place, everything is caught, and why.
CATCHES_ALL = {"batch/bulkhead": "what nobody foresaw in one client's file must not take the other reports along"}


def catches_all(handler: ast.ExceptHandler) -> bool:
    """Whether errors that nobody foresaw end here. (BaseException that is raised again, to clean up, is fine.)"""
    caught = "everything" if handler.type is None else getattr(handler.type, "id", "")
    is_raised_again = caught == "BaseException" and isinstance(handler.body[-1], ast.Raise)
    return caught in {"everything", "Exception", "BaseException"} and not is_raised_again


def test_nothing_catches_everything() -> None:
    """An error we did not foresee must be seen, but for the one place that is named above."""
    found = [
        label(module)
        for module in MODULES
        for node in ast.walk(tree(module))
        if isinstance(node, ast.ExceptHandler) and catches_all(node)
    ]
    assert found == list(CATCHES_ALL)


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
    """A file is a domain word, and the name of a kind stands in no room."""
    drawers = {"utils", "util", "helpers", "helper", "common", "base", "misc", "core", "models", "types"}
    assert module.stem not in drawers


@by_name
def test_every_module_has_its_tests(module: Path) -> None:
    """tests/ mirrors the rooms."""
    assert (ROOT / "tests" / Path(label(module)).parent / f"test_{module.stem}.py").exists()


TESTS = sorted((ROOT / "tests").rglob("test_*.py"))


@pytest.mark.parametrize("test", TESTS, ids=lambda path: str(path.relative_to(ROOT / "tests")))
def test_tests_are_easy_to_change(test: Path) -> None:
    """No test module imports another; none is over 500 lines. What they share stands in tests/kit/."""
    text = test.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 500
    assert not re.search(r"^\s*(from|import) (test_|conftest)", text, re.MULTILINE)


def test_lang_is_keyword_only() -> None:
    """So that no call reads `f(card, content, "id")`."""
    loose = [
        f"{module.stem}.{function.name}"
        for module in MODULES
        for function in functions(module)
        if any(arg.arg == "lang" for arg in function.args.args)
        and not function.name.startswith("_")
        # typer makes options of the command's plain arguments; report_name is `name and language`, in that order
        and room_of(module) != "cli"
        and function.name not in {"report_name", "in_", "form", "forms"}
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
    assert not loaded("import cxassess.cli.commands") & HEAVY


def test_budgets() -> None:
    """23,000 lines, 30 direct dependencies, 20 MB (docs/ARCHITECTURE.md)."""
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert sum(len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES) <= 23_000
    assert len(project["dependencies"]) <= 30
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    files = [ROOT / name for name in tracked.stdout.split("\0") if name]
    assert sum(path.stat().st_size for path in files if path.is_file()) < 20_000_000
