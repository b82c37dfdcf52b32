"""The command line, as it is typed."""

import json
import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from kit.places import GOLDEN

from cxassess.places import examples_dir

CAFE = str(examples_dir() / "kopi-lereng.json")


def cxassess(*words: str, cwd: Path, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command in a folder, in a bare environment."""
    return subprocess.run(
        [sys.executable, "-c", "from cxassess.cli.commands import main; main()", *words],
        cwd=cwd,
        env={"PATH": os.environ["PATH"], "COLUMNS": "160", **(env or {})},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


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


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("score", "nowhere.json"), "nowhere.json: No such file or directory; check the name"),
        (("score", CAFE, "--content", "nowhere"), "nowhere: is no folder; name a content folder"),
        (("report", CAFE, "--lang", "fr"), "--lang: is fr; write id or en"),
        (("score", CAFE, "--on", "2026-13-01"), "--on: is 2026-13-01; write YYYY-MM-DD"),
        (("report", CAFE, "--from", "x.ipynb"), "takes an assessment FILE or --from NOTEBOOK; name one"),
        (("report", CAFE, "--brand", "nowhere.yaml"), "nowhere.yaml"),
        (("report", "--from", "nowhere.ipynb"), "nowhere.ipynb: No such file or directory"),
        (("report",), "takes an assessment FILE or --from NOTEBOOK; name one"),
        (("check", "."), "holds no .json file"),
        (("batch", "."), "holds no .json file"),
    ],
)
def test_mistakes_are_told_in_words(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    """Exit code 1, no traceback."""
    done = cxassess(*words, cwd=tmp_path)
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_check_tells_all_problems_of_all_files(tmp_path: Path) -> None:
    """Good files are named as good, bad ones with every problem; exit code 1."""
    (tmp_path / "a.json").write_text('{"format": 1}', encoding="utf-8")
    (tmp_path / "b.json").write_text("{", encoding="utf-8")
    done = cxassess("check", ".", CAFE, cwd=tmp_path)
    assert done.returncode == 1
    assert "kopi-lereng.json: good" in done.stdout
    for said in ("a.json:1 content: is missing", "a.json:1 profile: is missing", "b.json:1 column 2: is not JSON"):
        assert said in done.stderr


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


def test_batch_exit_code_and_names(tmp_path: Path) -> None:
    """One good, one bad: the good one is made, the bad one named with its reason, exit code 1."""
    (tmp_path / "bad.json").write_text("{", encoding="utf-8")
    done = cxassess("batch", "bad.json", CAFE, "--lang", "en", cwd=tmp_path)
    assert done.returncode == 1
    assert "4 / 3 / 2" in done.stdout
    assert "kopi-lereng-2026-03-31-en.html" in done.stdout
    assert "Index: " + str(Path("reports/index.html")) in done.stdout
    assert "Failed: bad.json" in done.stderr and "is not JSON here" in done.stderr


def test_a_poor_terminal_is_enough(tmp_path: Path) -> None:
    """ASCII only, no HOME: letters it cannot show are replaced, nothing stops."""
    env = {"PYTHONIOENCODING": "ascii", "HOME": "/nonexistent", "LC_ALL": "C"}
    assert cxassess("score", CAFE, "--lang", "id", cwd=tmp_path, env=env).returncode == 0


def test_a_report_with_a_brand_and_live_charts(tmp_path: Path) -> None:
    """--brand and --interactive reach the page; page and PDF are named, each on a line, and nothing else."""
    brand = str(examples_dir() / "brand" / "brand.yaml")
    done = cxassess("report", CAFE, "--lang", "en", "--brand", brand, "--interactive", cwd=tmp_path)
    names = [str(Path("reports") / f"kopi-lereng-2026-03-31-en.{ending}") for ending in ("html", "pdf")]
    assert (done.returncode, done.stdout.splitlines(), done.stderr) == (0, names, "")
    page = (tmp_path / names[0]).read_text(encoding="utf-8")
    assert "Tilikrasa Konsultan" in page and "cx-specs" in page
    assert (tmp_path / names[1]).read_bytes().startswith(b"%PDF-")


def test_a_report_from_an_edited_notebook(tmp_path: Path) -> None:
    """--from names page and PDF on standard output, and what the PDF could not carry on the other."""
    frame = nbformat.v4.new_output("display_data", data={"text/html": "<iframe></iframe>"})
    cells = [nbformat.v4.new_markdown_cell("# Ours"), nbformat.v4.new_code_cell(outputs=[frame])]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "ours.ipynb")
    done = cxassess("report", "--from", "ours.ipynb", cwd=tmp_path)
    assert (done.returncode, done.stdout.splitlines()) == (0, ["ours.html", "ours.pdf"])
    assert done.stderr.splitlines() == ["Not in the PDF: text/html; a line in it says so"]
    assert {path.name for path in tmp_path.iterdir()} == {"ours.ipynb", "ours.html", "ours.pdf"}


def test_a_brand_that_cannot_be_used_stops_before_anything_is_made(tmp_path: Path) -> None:
    """Every problem with its line; no folder, no kernel."""
    (tmp_path / "brand.yaml").write_text(
        'name: "A"\ncolours:\n  primary: "#ffff00"\nlogo: "no.svg"\n', encoding="utf-8"
    )
    for command in ("report", "batch"):
        done = cxassess(command, CAFE, "--brand", "brand.yaml", cwd=tmp_path)
        assert done.returncode == 1
        assert "brand.yaml:3" in done.stderr and "brand.yaml:4" in done.stderr
        assert "Traceback" not in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["brand.yaml"]
