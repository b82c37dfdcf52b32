"""Content files fit each other, or it is said where they do not."""

import shutil
from pathlib import Path

import pytest
from kit.spoiling import BREAKS, Break, edit, problems, spoil


def test_files_that_do_not_fit_each_other(folder: Path) -> None:
    """Unknown level and facet, a level with two files or none, doubled keys: all at once, each by its key."""
    shutil.rmtree(folder / "advice")
    shutil.copy(folder / "questions" / "1-inform.yaml", folder / "questions" / "7-again.yaml")
    edit(folder / "questions" / "2-resolve.yaml", "facet: effort", "facet: smell")
    attic = folder / "questions" / "3-respond.yaml"
    attic.write_text(attic.read_text(encoding="utf-8").replace("respond", "attic"), encoding="utf-8")
    edit(folder / "mistakes.yaml", "level: .*", "level: cellar")
    found = [str(problem) for problem in problems(folder)]
    expected = [
        ("3-respond.yaml:2 level", "attic is no level"),
        ("2-resolve.yaml", "smell is no facet"),
        ("1-inform.yaml:2 level", "inform has two files"),
        ("7-again.yaml:2 level", "inform has two files"),
        ("questions/ respond", "has no questions"),
        ("mistakes.yaml", "cellar is no level"),
    ]
    assert len(found) == len(expected)
    for key, said in expected:
        assert any(key in text and said in text for text in found), f"{key} {said}"


@pytest.mark.parametrize(
    ("file", "pattern", "instead"),
    [
        ("questions/2-resolve.yaml", "facet: effort", "facet: smell # HERE"),
        ("mistakes.yaml", "level: .*", "level: cellar # HERE"),
    ],
)
def test_misfits_have_file_and_line(folder: Path, file: str, pattern: str, instead: str) -> None:
    """Every problem has a place to jump to."""
    where = spoil(folder, Break(file, pattern, instead, "", ""))
    assert problems(folder)[0].where.split()[0] == where


def test_misfits_are_told_beside_other_problems(folder: Path) -> None:
    """All problems at once means all."""
    spoil(folder, BREAKS["unknown key"])
    edit(folder / "questions" / "2-resolve.yaml", "facet: effort", "facet: smell")
    assert len(problems(folder)) == 2


@pytest.mark.parametrize(
    ("pattern", "instead", "said"),
    [
        ("for: inform-1\n", "for: inform-9\n", "the key of this advice is inform-9-p"),
        ("owner: branch-manager", "owner: astrologer # HERE", "astrologer is unknown"),
        (r"kpis: \[ces, conversion\]", "kpis: [luck] # HERE", "luck is unknown"),
        (r"levers: \[service, website\]", "levers: [magic] # HERE", "magic is unknown"),
        (r"after: \[\]", "after: [inform-1-z] # HERE", "inform-1-z is unknown"),
        (r"after: \[\]", "after: [inform-1-p] # HERE", "comes round to this advice again"),
    ],
)
def test_advice_that_does_not_fit_is_told(folder: Path, pattern: str, instead: str, said: str) -> None:
    """What advice names must be there, and it must not wait for itself."""
    edit(folder / "advice" / "1-inform.yaml", pattern, instead)
    (problem,) = problems(folder)
    assert problem.where.startswith("1-inform.yaml:")
    assert said in problem.what
