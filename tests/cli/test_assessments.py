"""Assessments from the command line: begun, checked, scored."""

import json
from pathlib import Path

import pytest
from kit.places import GOLDEN
from kit.program import cxassess

from cxassess.places import examples_dir

CAFE = str(examples_dir() / "kopi-lereng.json")


def test_new_check_score(tmp_path: Path) -> None:
    """From nothing to a scored file, each command with what the one before printed."""
    made = cxassess("new", "Toko {A}/..", "--on", "2026-03-31", cwd=tmp_path)
    assert made.stdout.strip() == str(Path("toko-a") / "2026-03-31.json")
    checked = cxassess("check", made.stdout.strip(), cwd=tmp_path)
    assert "good; 0 of 30 answered, 0 of 11 mistakes judged" in checked.stdout
    scored = cxassess("score", made.stdout.strip(), cwd=tmp_path)
    assert "Toko {A}/.." in scored.stdout and "≥ 0" in scored.stdout


def test_new_never_overwrites(tmp_path: Path) -> None:
    """The second time it is refused, with what to do, and exit code 1."""
    words = ("new", "Acme", "--on", "2026-03-31")
    cxassess(*words, cwd=tmp_path)
    again = cxassess(*words, cwd=tmp_path)
    assert again.returncode == 1
    assert "stands already; choose another name or date, or move it away" in again.stderr


def test_the_next_wave_and_another_unit(tmp_path: Path) -> None:
    """Beside the old, named by date and unit."""
    old = cxassess("new", "Acme", "--on", "2026-03-31", cwd=tmp_path).stdout.strip()
    later = cxassess("new", "--from", old, "--on", "2027-03-31", cwd=tmp_path)
    assert later.stdout.strip() == str(Path("acme") / "2027-03-31.json")
    outlet = cxassess("new", "--from", old, "--unit", "Dago Atas", "--on", "2026-03-31", cwd=tmp_path)
    assert outlet.stdout.strip() == str(Path("acme") / "2026-03-31-dago-atas.json")
    assert "good;" in cxassess("check", ".", cwd=tmp_path).stdout
    assert "name either ORGANISATION or --from FILE" in cxassess("new", cwd=tmp_path).stderr


def test_check_tells_what_cannot_both_be_meant(tmp_path: Path) -> None:
    """A copy under another date, and a sync client's: each named, exit code 1."""
    cxassess("new", "Acme", "--on", "2026-03-31", cwd=tmp_path)
    for name in ("2027-03-31.json", "2026-03-31 (1).json"):
        (tmp_path / "acme" / name).write_bytes((tmp_path / "acme" / "2026-03-31.json").read_bytes())
    done = cxassess("check", ".", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    for said in ("2027-03-31.json: is named 2027-03-31 but dated 2026-03-31", "(1).json: looks like a copy of"):
        assert said in done.stderr


def test_score_json_of_the_worked_example(tmp_path: Path) -> None:
    """One object on standard output, nothing else; content of one's own by --content."""
    words = ("score", str(GOLDEN / "kopi-kencana.json"), "--content", str(GOLDEN / "content"), "--json")
    shown = json.loads(cxassess(*words, cwd=tmp_path).stdout)
    assert [shown[name]["attained"] for name in ("claimed", "consistent", "verified")] == [4, 3, 2]
    assert shown["claimed"]["height"] == pytest.approx(3.3576, abs=5e-5)


def test_score_on_another_day(tmp_path: Path) -> None:
    """--on moves the as-of date: evidence expires."""
    later = json.loads(cxassess("score", CAFE, "--on", "2036-01-01", "--json", cwd=tmp_path).stdout)
    assert (later["on"], later["verified"]["attained"]) == ("2036-01-01", 0)


def test_check_tells_all_problems_of_all_files(tmp_path: Path) -> None:
    """Good files are named as good, bad ones with every problem; exit code 1."""
    (tmp_path / "a.json").write_text('{"format": 1}', encoding="utf-8")
    (tmp_path / "b.json").write_text("{", encoding="utf-8")
    done = cxassess("check", ".", CAFE, cwd=tmp_path)
    assert done.returncode == 1
    assert "kopi-lereng.json: good" in done.stdout
    for said in ("a.json:1 content: is missing", "a.json:1 profile: is missing", "b.json:1 column 2: is not JSON"):
        assert said in done.stderr


def test_check_tells_which_attachments_are_lost(tmp_path: Path) -> None:
    """By evidence and name; the file is good all the same."""
    cxassess("new", "Acme", "--on", "2026-03-31", cwd=tmp_path)
    file = tmp_path / "acme" / "2026-03-31.json"
    document = json.loads(file.read_text(encoding="utf-8"))
    document["evidence"] = [{"key": "E-01", "kind": "document", "source": "SOP", "file": "sop.pdf"}]
    file.write_text(json.dumps(document), encoding="utf-8")
    done = cxassess("check", str(file), cwd=tmp_path)
    assert (done.returncode, "attachments not found: E-01 (sop.pdf)" in done.stdout) == (0, True)
