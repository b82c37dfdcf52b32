"""Reports from the command line: one, many, and from a notebook that a person edited."""

from pathlib import Path

import nbformat
import pytest
from kit.program import cxassess

from cxassess.places import examples_dir

CAFE = str(examples_dir() / "kopi-lereng.json")


def test_batch_exit_code_and_names(tmp_path: Path) -> None:
    """One good, one bad: the good one is made, the bad one named with its reason, exit code 1."""
    (tmp_path / "bad.json").write_text("{", encoding="utf-8")
    done = cxassess("batch", "bad.json", CAFE, "--lang", "en", cwd=tmp_path)
    assert done.returncode == 1
    assert "4 / 3 / 2" in done.stdout
    assert "kopi-lereng-2026-03-31-en.html" in done.stdout
    assert "Index: " + str(Path("reports/index.html")) in done.stdout
    assert "Failed: bad.json" in done.stderr and "is not JSON here" in done.stderr


@pytest.mark.long
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


def test_a_sheet_on_paper(tmp_path: Path) -> None:
    """For a file it is in its working language, named after it, in any folder; and it is named as it was made."""
    done = cxassess("sheet", CAFE, "--role", "customer", "--out", "paper/mine.pdf", cwd=tmp_path)
    assert (done.returncode, done.stdout.splitlines(), done.stderr) == (0, [str(Path("paper/mine.pdf"))], "")
    assert (tmp_path / "paper" / "mine.pdf").read_bytes().startswith(b"%PDF-")
    blank = cxassess("sheet", "--role", "leader", "--lang", "en", cwd=tmp_path)
    assert blank.stdout.splitlines() == [str(Path("reports/sheet-leader-en.pdf"))]
