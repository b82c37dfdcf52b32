"""One assessment → one report, whole or not at all."""

import json
from pathlib import Path

import nbformat
import pytest
from conftest import GOLDEN

from cxassess import report
from cxassess.content import Content, load_content
from cxassess.engine import Kernel
from cxassess.errors import AssessmentError, ReportError
from cxassess.paths import examples_dir
from cxassess.report import page_from, render_report

HOSTILE = 'Toko {A}/..\\"<img src=x onerror=alert(1)>"'


def copied(folder: Path, **profile: str) -> Path:
    """The coffee chain with another profile."""
    document = json.loads((examples_dir() / "kopi-lereng.json").read_text(encoding="utf-8"))
    document["profile"] |= profile
    file = folder / "assessment.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    return file


def test_a_report_in_each_language(tmp_path: Path, content: Content, kernel: Kernel) -> None:
    """Page and executed notebook; the page in its language, with the numbers of its language."""
    file = examples_dir() / "kopi-lereng.json"
    for lang, heading, share in (("id", "Ringkasan", "66,7%"), ("en", "Summary", "66.7%")):
        made = render_report(file, content, lang=lang, folder=tmp_path, kernel=kernel)
        page = made.html.read_text(encoding="utf-8")
        assert f'<html lang="{lang}">' in page
        assert f'<h2 id="summary">{heading}</h2>' in page
        assert share in page
        nbformat.validate(nbformat.read(made.notebook, as_version=4))
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "kopi-lereng-2026-03-31-en.html",
        "kopi-lereng-2026-03-31-en.ipynb",
        "kopi-lereng-2026-03-31-id.html",
        "kopi-lereng-2026-03-31-id.ipynb",
    ]


def test_same_input_same_page(tmp_path: Path, content: Content, kernel: Kernel) -> None:
    """No clock and no chance in a report: byte for byte."""
    file = examples_dir() / "polderfiets.json"
    pages = [
        render_report(file, content, lang="en", folder=tmp_path / name, kernel=kernel).html.read_bytes()
        for name in "ab"
    ]
    assert pages[0] == pages[1]


def test_content_of_ones_own(tmp_path: Path, kernel: Kernel) -> None:
    """`--content DIR` reaches the notebook: the worked example renders with its own small content."""
    folder = GOLDEN / "content"
    file = GOLDEN / "kopi-kencana.json"
    made = render_report(file, load_content(folder), lang="en", folder=tmp_path, content_dir=folder, kernel=kernel)
    assert "58.3% (L)" in made.html.read_text(encoding="utf-8")


def test_a_hostile_client_is_harmless(tmp_path: Path, content: Content, kernel: Kernel) -> None:
    """The client's name stays text, in the page and in its title, and its files stay in the folder."""
    made = render_report(
        copied(tmp_path, organisation=HOSTILE), content, lang="id", folder=tmp_path / "out", kernel=kernel
    )
    page = made.html.read_text(encoding="utf-8")
    assert made.html.name == "toko-a-img-src-x-onerror-alert-1-2026-03-31-id.html"
    assert "<img" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page
    assert len(list((tmp_path / "out").iterdir())) == 2


def test_a_private_note_is_in_neither_file(tmp_path: Path, content: Content, kernel: Kernel) -> None:
    """Neither page nor executed notebook holds what is private."""
    document = json.loads((examples_dir() / "kopi-lereng.json").read_text(encoding="utf-8"))
    document["private"] = document["profile"]["private"] = "CANARY"
    for part in ("answers", "mistakes", "indicators"):
        for entry in document[part].values():
            entry["private"] = "CANARY"
    for part in ("evidence", "exceptions", "targets"):
        for entry in document.get(part, []):
            entry["private"] = "CANARY"
    file = tmp_path / "a.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    made = render_report(file, content, lang="id", folder=tmp_path, kernel=kernel)
    assert "CANARY" not in made.html.read_text(encoding="utf-8")
    assert "CANARY" not in made.notebook.read_text(encoding="utf-8")


def test_a_bad_file_needs_no_kernel(tmp_path: Path, content: Content) -> None:
    """It is refused before anything starts, and nothing is written."""
    file = copied(tmp_path, size="huge")
    with pytest.raises(AssessmentError):
        render_report(file, content, lang="id", folder=tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_failed_run_leaves_the_old_report(
    tmp_path: Path, content: Content, kernel: Kernel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The half-run notebook is kept under another name and told; the report that was there stays."""
    file = copied(tmp_path)
    made = render_report(file, content, lang="id", folder=tmp_path, kernel=kernel)
    before = made.html.read_bytes(), made.notebook.read_bytes()
    broken = nbformat.read(report.templates_dir() / "report.ipynb", as_version=4)
    broken.cells[-1].source = "sections.horoscope(card)"
    (tmp_path / "templates").mkdir()
    nbformat.write(broken, tmp_path / "templates" / "report.ipynb")
    monkeypatch.setattr(report, "templates_dir", lambda: tmp_path / "templates")
    with pytest.raises(ReportError) as caught:
        render_report(file, content, lang="id", folder=tmp_path, kernel=kernel)
    kept = tmp_path / "kopi-lereng-2026-03-31-id.failed.ipynb"
    assert "AttributeError" in str(caught.value)
    assert f"{kept}: is the half-run notebook" in str(caught.value)
    assert "Ringkasan" in kept.read_text(encoding="utf-8")
    assert (made.html.read_bytes(), made.notebook.read_bytes()) == before


def test_one_client_never_replaces_another(tmp_path: Path, content: Content, kernel: Kernel) -> None:
    """ "C++" and "C#" make one file name: the second is refused, the first stays."""
    made = render_report(copied(tmp_path, organisation="C++"), content, lang="id", folder=tmp_path, kernel=kernel)
    before = made.html.read_bytes()
    with pytest.raises(ReportError, match=r"is the report of C\+\+; choose another folder"):
        render_report(copied(tmp_path, organisation="C#"), content, lang="id", folder=tmp_path, kernel=kernel)
    with pytest.raises(ReportError, match="is the report of"):
        render_report(
            copied(tmp_path, organisation="C#"), content, lang="id", folder=tmp_path, kernel=kernel, force=True
        )
    assert made.html.read_bytes() == before


def test_the_clients_folder_is_not_imported_from(
    tmp_path: Path, content: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file called like a library, lying where the command is typed, is not run."""
    (tmp_path / "babel.py").write_text("raise SystemExit('shadowed')", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    render_report(copied(tmp_path), content, lang="id", folder=tmp_path / "out")


def edited(notebook: Path, word: str) -> None:
    """A consultant writes a paragraph into a report notebook and saves it."""
    node = nbformat.read(notebook, as_version=4)
    node.cells.insert(3, nbformat.v4.new_markdown_cell(f"Our own view: {word}."))
    nbformat.write(node, notebook)


def test_an_edited_report_is_not_overwritten(tmp_path: Path, content: Content, kernel: Kernel) -> None:
    """Rendered again, it is kept and its page is made from it; only `force` loses it."""
    file = copied(tmp_path)
    made = render_report(file, content, lang="en", folder=tmp_path, kernel=kernel)
    edited(made.notebook, "ZEBRA")
    before = made.notebook.read_bytes()
    again = render_report(file, content, lang="en", folder=tmp_path, kernel=kernel)
    assert again.edited
    assert made.notebook.read_bytes() == before
    assert "Our own view: ZEBRA." in made.html.read_text(encoding="utf-8")
    forced = render_report(file, content, lang="en", folder=tmp_path, kernel=kernel, force=True)
    assert not forced.edited
    assert "ZEBRA" not in made.html.read_text(encoding="utf-8")


def test_opening_and_saving_is_no_edit(tmp_path: Path, content: Content, kernel: Kernel) -> None:
    """Jupyter changes metadata and counters when it saves; the report may still be rendered anew."""
    file = copied(tmp_path)
    made = render_report(file, content, lang="en", folder=tmp_path, kernel=kernel)
    node = nbformat.read(made.notebook, as_version=4)
    node.metadata["widgets"] = {}
    for cell in node.cells:
        cell.metadata["scrolled"] = True
        cell.execution_count = 7
    nbformat.write(node, made.notebook)
    assert not render_report(file, content, lang="en", folder=tmp_path, kernel=kernel).edited


def test_a_page_is_made_from_a_notebook(tmp_path: Path, content: Content, kernel: Kernel) -> None:
    """`report --from`: what was written into the notebook reaches the page, without a kernel."""
    made = render_report(copied(tmp_path), content, lang="en", folder=tmp_path, kernel=kernel)
    edited(made.notebook, "GIRAFFE")
    assert page_from(made.notebook) == made.html
    assert "Our own view: GIRAFFE." in made.html.read_text(encoding="utf-8")


def test_a_broken_notebook_is_not_lost(tmp_path: Path, content: Content) -> None:
    """A half-saved notebook is told, and stays."""
    file = copied(tmp_path)
    (tmp_path / "kopi-lereng-2026-03-31-en.ipynb").write_text('{"cells": [', encoding="utf-8")
    with pytest.raises(ReportError, match="is no whole notebook; restore it, or render it anew with --force"):
        render_report(file, content, lang="en", folder=tmp_path)
    assert render_report(file, content, lang="en", folder=tmp_path, force=True).html.exists()
