"""The doctor: what is looked at, and how to mend it."""

import errno
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest
from kit.kernels import kernel_of
from kit.places import ROOT
from kit.program import PROGRAM

import cxassess.content.reading
from cxassess.cli import doctor
from cxassess.cli.doctor import Check, checks


def named(name: str, folder: Path) -> Check:
    return next(check for check in checks(folder) if check.name == name)


def test_a_good_machine_is_good(tmp_path: Path) -> None:
    """Every check is good on this one, in this order, and leaves nothing behind."""
    found = list(checks(tmp_path))
    assert [check.name for check in found] == ["Python", "content", "folder", "fonts", "charts", "kernel", "app"]
    assert [check for check in found if not check.good] == []
    assert list(tmp_path.iterdir()) == []


def test_an_old_python_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And which are good; a newer one is as bad as an older."""
    for version in ((3, 10, 9), (3, 15, 0)):
        monkeypatch.setattr(doctor.sys, "version_info", version)
        check = next(checks(tmp_path))
        assert (check.name, check.good) == ("Python", False)
        assert "install Python 3.11 to 3.14" in check.mend


def test_broken_content_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With what the content says of itself."""
    monkeypatch.setattr(cxassess.content.reading, "content_dir", lambda: tmp_path)
    check = named("content", tmp_path)
    assert not check.good and str(tmp_path) in check.finding


@pytest.mark.parametrize("name", ["file", "nowhere"])
def test_a_folder_that_cannot_be_written_to_is_told(tmp_path: Path, name: str) -> None:
    """A file in its place, or none at all; nothing is made."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    check = named("folder", tmp_path / name)
    assert not check.good and str(tmp_path / name) in check.finding
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_disk_that_cannot_lock_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some network disks cannot; two people would overwrite each other there."""
    monkeypatch.setattr("fcntl.flock", unlockable)
    assert not named("folder", tmp_path).good
    assert list(tmp_path.iterdir()) == []


def unlockable(*_: object) -> None:
    raise OSError(errno.ENOLCK, "No locks available")


def test_missing_fonts_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One face less is one too few: reports would fall back to none."""
    shutil.copytree(ROOT / "templates" / "fonts", tmp_path / "fonts")
    (tmp_path / "fonts" / "NotoSans-Bold.ttf").unlink()
    monkeypatch.setattr(doctor, "templates_dir", lambda: tmp_path)
    check = named("fonts", tmp_path)
    assert not check.good and check.finding.startswith("3 of 4 faces")


def test_charts_that_cannot_be_drawn_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A library that does not load is one case: on Windows, parts of the system may be missing."""
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    check = named("charts", tmp_path)
    assert not check.good and "vl_convert" in check.finding and "vl-convert-python" in check.mend


def test_a_kernel_without_its_program_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the folder it comes from, and how to go on working."""
    spec = kernel_of(tmp_path / "nowhere" / "python", tmp_path, monkeypatch)
    check = named("kernel", tmp_path)
    assert not check.good and str(spec) in check.finding and "No such file" in check.finding
    assert check.mend.startswith(f"rename {spec}; until then, open notebooks with cxassess lab")


def test_a_kernel_that_dies_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At once, not after a minute."""
    kernel_of(Path("/bin/false"), tmp_path, monkeypatch)
    check = named("kernel", tmp_path)
    assert not check.good and "does not answer: Kernel died" in check.finding


def test_the_kernel_of_another_environment_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The classic: it runs, but with other packages than those that were installed."""
    other = tmp_path / "other"
    venv.create(other, with_pip=False, symlinks=True)
    kernel_of(other / "bin" / "python", tmp_path, monkeypatch)
    check = named("kernel", tmp_path)
    assert not check.good and check.finding.endswith(f"is that of another Python: {other}")


def test_a_workspace_is_looked_through(tmp_path: Path) -> None:
    """Its settings with what they name; a folder that is none has nothing to mend."""
    assert list(doctor._workspace(tmp_path)) == []
    (tmp_path / "workspace.yaml").write_text('name: A\nbrand: "look.yaml"\n', encoding="utf-8")
    (check,) = doctor._workspace(tmp_path / "assessments")
    assert not check.good and "workspace.yaml:2 brand: there is no file look.yaml" in check.finding
    (tmp_path / "look.yaml").write_text("name: 5\n", encoding="utf-8")
    (check,) = doctor._workspace(tmp_path)
    assert not check.good and "look.yaml:1 name" in check.finding
    (tmp_path / "look.yaml").write_text('name: "Tilikrasa"\n', encoding="utf-8")
    (check,) = doctor._workspace(tmp_path)
    assert check.good and check.finding.startswith("A, Tilikrasa, ")


def test_a_missing_app_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the command that installs it into this very Python."""
    monkeypatch.setattr(doctor, "find_spec", lambda name: None)
    check = named("app", tmp_path)
    assert not check.good
    assert check.mend == f"run {sys.executable} -m pip install voila"


def test_the_doctor_is_typed(tmp_path: Path) -> None:
    """A line a check, how to mend under what is bad, and exit code 1."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, "doctor", "nowhere"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    lines = done.stdout.splitlines()
    assert (done.returncode, done.stderr, len(lines)) == (1, "", 8)
    assert lines[2].startswith("to mend folder: nowhere is no folder")
    assert lines[3].startswith("        name the folder you mean to work in")
    assert lines[0].startswith("good    Python: 3.")
