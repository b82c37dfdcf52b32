"""A workspace from the command line: laid out once."""

from pathlib import Path

from kit.program import cxassess


def test_init_lays_out_a_workspace_once(tmp_path: Path) -> None:
    """Notebooks, examples and two empty folders; a folder that holds something is left alone."""
    assert cxassess("init", "work", cwd=tmp_path).returncode == 0
    assert {path.name for path in (tmp_path / "work").iterdir()} == {
        "assessments",
        "examples",
        "notebooks",
        "reports",
    }
    again = cxassess("init", "work", cwd=tmp_path)
    assert again.returncode == 1
    assert "is not empty; name a new folder" in again.stderr
