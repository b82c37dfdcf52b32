"""What is installed, from what, and that it works where it is installed."""

import ast
import re
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
import yaml
from kit.places import MODULES, ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
REQUIRED = {"jupyterlab", "ipywidgets", "pandas", "altair", "papermill", "nbval"}


def bounds(requirements: list[str]) -> dict[str, str]:
    """Name (lower case) → bounds without blanks."""
    split = (re.fullmatch(r"([A-Za-z0-9_-]+)\s*(.*)", text) for text in requirements)
    return {match[1].lower(): match[2].replace(" ", "") for match in split if match}


def test_the_required_stack_is_required() -> None:
    """The six packages are core dependencies, and stand in environment.yml too."""
    assert set(bounds(PROJECT["project"]["dependencies"])) >= REQUIRED


def test_conda_and_pip_install_the_same() -> None:
    """environment.yml names the packages and bounds of pyproject.toml, and Python's."""
    listed = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    by_pip = next(one for one in listed["dependencies"] if isinstance(one, dict))["pip"]
    names = bounds(
        [text for text in (*listed["dependencies"], *by_pip) if isinstance(text, str) and text != "-e ."]
    )
    assert names.pop("python") == PROJECT["project"]["requires-python"]
    names.pop("pip")
    assert names == bounds(PROJECT["project"]["dependencies"])
    assert listed["channels"] == ["conda-forge", "nodefaults"]


def imported(module: Path) -> set[str]:
    """The top-level names that a module imports from others, at its head or where they are used."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return {name.split(".")[0] for name in names} - set(sys.stdlib_module_names) - {"cxassess", "__future__"}


# Run, not imported: JupyterLab by `cxassess lab`, Voilà by `cxassess app`, ipywidgets by the form in the browser,
# nbval by `make test`.
RUN = {"jupyterlab", "voila", "ipywidgets", "nbval"}


def test_what_is_imported_is_declared() -> None:
    """Whatever the package imports is a dependency of its own, and every dependency is imported or run."""
    by_module = packages_distributions()
    names = {name for module in MODULES for name in imported(module)}
    found = {by_module[name][0].lower().replace("_", "-") for name in names}
    declared = {name.replace("_", "-") for name in bounds(PROJECT["project"]["dependencies"])}
    assert found | RUN == declared


def test_constraints_pin_everything_and_hold_no_address() -> None:
    """Every direct dependency, the test tools and the build backend are pinned; names and versions only."""
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    assert "://" not in text and "--" not in text and "@" not in text
    lines = text.splitlines()
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[^\s;]+( ; .+)?", line) for line in lines)
    pinned = {line.split("==")[0].lower().replace("_", "-") for line in lines}
    wanted = set(bounds(PROJECT["project"]["dependencies"]))
    wanted |= set(bounds(PROJECT["project"]["optional-dependencies"]["test"])) | {"hatchling", "editables"}
    assert {name.replace("_", "-") for name in wanted} <= pinned


@pytest.mark.parametrize(("target", "words"), [("demo", ""), ("test", " test"), ("check", " test")])
def test_a_demo_installs_no_tools_for_tests(target: str, words: str) -> None:
    """What a consultant waits for is what a consultant needs; who tests waits for more."""
    told = subprocess.run(["make", "-n", target], cwd=ROOT, capture_output=True, text=True, check=True)
    (line,) = [line for line in told.stdout.splitlines() if "setup.sh" in line]
    assert line.partition("tools/setup.sh")[2] == words


def test_no_lock_file_and_no_address_in_git() -> None:
    """Lock files of other tools hold addresses of one machine's registry."""
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    assert not [name for name in tracked.splitlines() if Path(name).name in {"uv.lock", "pylock.toml"}]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without network from what is installed."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "wheel",
            "--no-deps",
            "--no-build-isolation",
            "--no-index",
            "-w",
            folder,
            ROOT,
        ],
        check=True,
        capture_output=True,
    )
    return next(folder.glob("*.whl"))


def test_the_wheel_carries_the_data_folders(wheel: Path) -> None:
    """Content, notebooks, templates and examples travel with the package, and nothing private does."""
    names = zipfile.ZipFile(wheel).namelist()
    for name in (
        "content/model.yaml",
        "content/questions/1-inform.yaml",
        "content/LICENSE",
        "notebooks/read.ipynb",
        "templates/report.ipynb",
        "templates/nbconvert/cxreport/index.html.j2",
        "examples/kopi-lereng.json",
    ):
        assert f"cxassess/_share/{name}" in names
    assert not [name for name in names if name.startswith(("tests/", "reports/"))]


def test_the_wheel_works_away_from_the_checkout(wheel: Path, tmp_path: Path) -> None:
    """Unpacked elsewhere, with the checkout out of reach, an example is scored."""
    zipfile.ZipFile(wheel).extractall(tmp_path)
    program = (
        "import cxassess, sys; from cxassess.places import examples_dir; from cxassess.cli.commands import main;"
        f"assert cxassess.__file__.startswith({str(tmp_path)!r}), cxassess.__file__;"
        "sys.argv = ['cxassess', 'score', str(examples_dir() / 'kopi-lereng.json')]; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path, env={"PYTHONPATH": str(tmp_path)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "Kopi Lereng" in done.stdout, done.stderr
