"""One assessment → one report, whole or not at all."""

import ast
import base64
import hashlib
import json
import re
import shutil
import tempfile
from pathlib import Path
from typing import Any

import nbformat
import pytest
from kit.places import GOLDEN, ROOT
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output
from pypdf import PdfReader

from cxassess.batch.listing import reports_in
from cxassess.content.reading import Content, load_content
from cxassess.errors import AssessmentError, Problem, ReportError
from cxassess.page.brand import load_brand
from cxassess.page.imprint import imprint_of
from cxassess.places import examples_dir
from cxassess.report import printing
from cxassess.report import rendering as report
from cxassess.report.carrying import CarriedCells
from cxassess.report.edition import Edition
from cxassess.report.engine import Kernel
from cxassess.report.notebookfile import is_edited, notebook_bytes, read_notebook
from cxassess.report.printing import pages_from
from cxassess.report.rendering import Report, render_report

BRAND = load_brand(examples_dir() / "brand" / "brand.yaml")
HOSTILE = 'Toko {A}/..\\"<img src=x onerror=alert(1)>"'


def files(made: Report) -> list[bytes]:
    """What stands on disk of a report."""
    return [path.read_bytes() for path in (made.pages["html"], made.pages["pdf"], made.notebook)]


def copied(folder: Path, **profile: str) -> Path:
    """The coffee chain with another profile."""
    document = json.loads((examples_dir() / "kopi-lereng.json").read_text(encoding="utf-8"))
    document["profile"] |= profile
    file = folder / "assessment.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    return file


def test_a_report_in_each_language(tmp_path: Path, content: Content, kernel: Kernel) -> None:
    """Page, PDF and executed notebook; the page in its language, with the numbers of its language."""
    file = examples_dir() / "kopi-lereng.json"
    for lang, heading, share in (("id", "Ringkasan", "66,7%"), ("en", "Summary", "66.7%")):
        made = render_report(file, Edition(content, tmp_path), lang=lang, kernel=kernel)
        page = made.pages["html"].read_text(encoding="utf-8")
        assert f'<html lang="{lang}">' in page
        assert f'<h2 id="summary">{heading}</h2>' in page
        assert share in page
        assert "<script" not in page and "script-src 'none'" in page
        assert made.pages["pdf"].read_bytes().startswith(b"%PDF-")
        assert (made.lost, made.edited, made.lang) == ((), False, lang)
        nbformat.validate(nbformat.read(made.notebook, as_version=4))
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        f"kopi-lereng-2026-03-31-{lang}.{ending}" for lang in ("en", "id") for ending in ("html", "ipynb", "pdf")
    ]


CANARY = "canary-folder"


@pytest.fixture(scope="module")
def twins(tmp_path_factory: pytest.TempPathFactory, kernel: Kernel) -> list[Report]:
    """One assessment with content, brand and reports of its own, in two folders of different names."""
    made = []
    for name in (f"{CANARY}-one", f"{CANARY}-two"):
        home = tmp_path_factory.mktemp(name)
        shutil.copytree(GOLDEN, home / "work")
        shutil.copytree(examples_dir() / "brand", home / "brand")
        edition = Edition(
            load_content(home / "work" / "content"),
            home / "reports",
            brand=load_brand(home / "brand" / "brand.yaml"),
            interactive=True,
        )
        made.append(render_report(home / "work" / "kopi-kencana.json", edition, lang="en", kernel=kernel))
    return made


def test_same_input_same_report(twins: list[Report]) -> None:
    """No clock, no chance and no place in a report: notebook, page and PDF are the same bytes in any folder."""
    one, other = twins
    before = files(one)
    assert before == files(other)
    pages_from(one.notebook)
    assert files(one) == before


def test_no_report_names_a_folder_of_the_machine(twins: list[Report]) -> None:
    """Neither where the files lay nor where they were worked on: not in the notebook, the page or the PDF."""
    for made in twins:
        reader = PdfReader(made.pages["pdf"])
        print_ = "".join(page.extract_text() for page in reader.pages) + str(reader.metadata)
        texts = [made.notebook.read_text(encoding="utf-8"), made.pages["html"].read_text(encoding="utf-8"), print_]
        for text in texts:
            for folder in (CANARY, tempfile.gettempdir(), str(ROOT), str(Path.home()), "cxassess-report-"):
                assert folder not in text


def test_a_report_notebook_can_be_run_again_where_it_lies(twins: list[Report]) -> None:
    """The paths in its first cells lead from its own folder to the assessment and to the content."""
    for made in twins:
        cells = nbformat.read(made.notebook, as_version=4).cells
        (injected,) = [cell for cell in cells if "injected-parameters" in cell.metadata.get("tags", [])]
        given = dict(line.split(" = ") for line in injected.source.splitlines()[1:])
        assert ast.literal_eval(given["file"]) == "../work/kopi-kencana.json"
        assert ast.literal_eval(given["content_dir"]) == "../work/content"
        assert (made.notebook.parent / "../work/content").is_dir()


def test_a_report_knows_what_it_was_made_of(twins: list[Report]) -> None:
    """Its imprint holds the hashes of the very bytes of the assessment, and of the content."""
    for made in twins:
        sources = imprint_of(nbformat.read(made.notebook, as_version=4)).sources
        assert sources and sources.assessment == hashlib.sha256(made.file.read_bytes()).hexdigest()
        assert sources.content == load_content(made.file.parent / "content").sha256


def scripts_of(page: str) -> tuple[list[str], dict[str, Any]]:
    """The scripts a page runs, and the charts it carries for them."""
    found = re.findall(r"<script([^>]*)>(.*?)</script", page, re.DOTALL)
    specs = [json.loads(body) for head, body in found if "cx-specs" in head]
    return [body for head, body in found if not head], specs[0] if specs else {}


def test_brand_and_live_charts_stay_with_the_notebook(tmp_path: Path, content: Content, kernel: Kernel) -> None:
    """Once rendered, page and PDF made again from the notebook alone have them, too."""
    file = copied(tmp_path)
    made = render_report(file, Edition(content, tmp_path, brand=BRAND, interactive=True), lang="id", kernel=kernel)
    for path in (made.pages["html"], made.pages["pdf"]):
        path.unlink()
    pages_from(made.notebook)
    page = made.pages["html"].read_text(encoding="utf-8")
    assert BRAND.contact[0] in page and BRAND.colours.primary in page
    assert "#123f6d" not in page.lower()
    (script,), specs = scripts_of(page)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert re.findall("script-src ([^;]*);", page) == [f"'sha256-{digest}'"]
    assert set(specs) == set(re.findall('data-chart="([^"]+)"', page)) and len(specs) > 5
    assert all(spec["$schema"].startswith("https://vega.github.io/schema/vega/") for spec in specs.values())
    assert PdfReader(made.pages["pdf"]).metadata["/Author"] == BRAND.name


def test_three_files_or_none(
    tmp_path: Path, content: Content, kernel: Kernel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where page or PDF cannot be made, neither they nor the notebook are written, nor what stood there."""

    def failing(_: object) -> None:
        raise ReportError("no such thing", [])

    file = copied(tmp_path)
    made = render_report(file, Edition(content, tmp_path / "old"), lang="id", kernel=kernel)
    stood = {path: path.read_bytes() for path in (tmp_path / "old").iterdir()}
    assert set(stood) == {made.notebook, made.pages["html"], made.pages["pdf"]}
    for fails, folder in (("to_html", "new"), ("to_pdf", "new"), ("to_pdf", "old")):
        with monkeypatch.context() as patched, pytest.raises(ReportError, match="no such thing"):
            patched.setattr(printing, fails, failing)
            render_report(file, Edition(content, tmp_path / folder), lang="id", kernel=kernel)
    monkeypatch.setattr(printing, "to_pdf", failing)
    with pytest.raises(ReportError, match="no such thing"):
        pages_from(made.notebook)
    assert {path: path.read_bytes() for path in (tmp_path / "old").iterdir()} == stood
    assert not list((tmp_path / "new").glob("*"))


def test_content_of_ones_own(twins: list[Report]) -> None:
    """`--content DIR` reaches the notebook: the worked example renders with its own small content."""
    assert "58.3% (L)" in twins[0].pages["html"].read_text(encoding="utf-8")


def test_a_hostile_client_is_harmless(tmp_path: Path, content: Content, kernel: Kernel) -> None:
    """The client's name stays text, in the page and in its title, and its files stay in the folder."""
    made = render_report(
        copied(tmp_path, organisation=HOSTILE), Edition(content, tmp_path / "out"), lang="id", kernel=kernel
    )
    page = made.pages["html"].read_text(encoding="utf-8")
    assert made.pages["html"].name == "toko-a-img-src-x-onerror-alert-1-2026-03-31-id.html"
    assert "<img" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page
    assert len(list((tmp_path / "out").iterdir())) == 3


def test_a_private_note_is_in_no_file(tmp_path: Path, content: Content, kernel: Kernel) -> None:
    """Neither page nor PDF nor executed notebook holds what is private, nor whom the evidence came from."""
    document = json.loads((examples_dir() / "kopi-lereng.json").read_text(encoding="utf-8"))
    document["private"] = document["profile"]["private"] = "CANARY"
    for part in ("answers", "mistakes", "indicators"):
        for entry in document[part].values():
            entry["private"] = "CANARY"
    for part in ("evidence", "exceptions", "targets"):
        for entry in document.get(part, []):
            entry["private"] = "CANARY"
    for entry in document["evidence"]:
        entry["person"] = "CANARY"
    file = tmp_path / "a.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    made = render_report(file, Edition(content, tmp_path), lang="id", kernel=kernel)
    assert "CANARY" not in made.pages["html"].read_text(encoding="utf-8")
    assert "CANARY" not in made.notebook.read_text(encoding="utf-8")
    assert "CANARY" not in "".join(page.extract_text() for page in PdfReader(made.pages["pdf"]).pages)


def test_a_bad_file_needs_no_kernel(tmp_path: Path, content: Content) -> None:
    """It is refused before anything starts, and nothing is written."""
    file = copied(tmp_path, size="huge")
    with pytest.raises(AssessmentError):
        render_report(file, Edition(content, tmp_path / "out"), lang="id")
    assert not (tmp_path / "out").exists()


def test_a_failed_run_leaves_the_old_report(
    tmp_path: Path, content: Content, kernel: Kernel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The half-run notebook is kept under another name and told; the report that was there stays."""
    file = copied(tmp_path)
    made = render_report(file, Edition(content, tmp_path), lang="id", kernel=kernel)
    before = files(made)
    broken = nbformat.read(report.templates_dir() / "report.ipynb", as_version=4)
    broken.cells[6].source = 'manuscript.chapter("horoscope")'
    (tmp_path / "templates").mkdir()
    nbformat.write(broken, tmp_path / "templates" / "report.ipynb")
    monkeypatch.setattr(report, "templates_dir", lambda: tmp_path / "templates")
    with pytest.raises(ReportError) as caught:
        render_report(file, Edition(content, tmp_path), lang="id", kernel=kernel)
    kept = tmp_path / "kopi-lereng-2026-03-31-id.failed.ipynb"
    assert "KeyError" in str(caught.value)
    assert f"{kept}: is the half-run notebook" in str(caught.value)
    half = kept.read_text(encoding="utf-8")
    assert "Ringkasan" in half and "assessment.json" in half
    assert str(tmp_path) not in half
    assert files(made) == before


def test_one_client_never_replaces_another(tmp_path: Path, content: Content, kernel: Kernel) -> None:
    """ "C++" and "C#" make one file name: the second is refused, the first stays."""
    made = render_report(
        copied(tmp_path, organisation="C++"), Edition(content, tmp_path), lang="id", kernel=kernel
    )
    before = made.pages["html"].read_bytes()
    with pytest.raises(ReportError, match=r"is the report of C\+\+; choose another folder"):
        render_report(copied(tmp_path, organisation="C#"), Edition(content, tmp_path), lang="id", kernel=kernel)
    with pytest.raises(ReportError, match="is the report of"):
        render_report(
            copied(tmp_path, organisation="C#"), Edition(content, tmp_path, force=True), lang="id", kernel=kernel
        )
    assert made.pages["html"].read_bytes() == before


@pytest.mark.long
def test_the_clients_folder_is_not_imported_from(
    tmp_path: Path, content: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file called like a library, lying where the command is typed, is not run."""
    (tmp_path / "babel.py").write_text("raise SystemExit('shadowed')", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    render_report(copied(tmp_path), Edition(content, tmp_path / "out"), lang="id")


def edited(notebook: Path, word: str, data: dict[str, str] | None = None) -> None:
    """A consultant writes a paragraph into a report notebook, perhaps shows something, and saves it."""
    node = nbformat.read(notebook, as_version=4)
    node.cells.insert(3, nbformat.v4.new_markdown_cell(f"Our own view: {word}."))
    if data:
        node.cells.append(new_code_cell(outputs=[new_output("display_data", data=data)]))
    nbformat.write(node, notebook)


def test_an_edited_report_is_not_overwritten(tmp_path: Path, content: Content, kernel: Kernel) -> None:
    """Of the same answers, its page is made from it; of others, its cells run anew; only `force` loses them.

    The company's name is corrected meanwhile: no report of the old one stays behind.
    """
    file = copied(tmp_path, organisation="KopiLereng")
    made = render_report(file, Edition(content, tmp_path), lang="en", kernel=kernel)
    edited(made.notebook, "ZEBRA", {"text/html": "<iframe></iframe>"})
    before = made.notebook.read_bytes()
    again = render_report(file, Edition(content, tmp_path), lang="en", kernel=kernel)
    assert (again.edited, again.lost) == (True, ("text/html",))
    assert made.notebook.read_bytes() == before
    assert "Our own view: ZEBRA." in made.pages["html"].read_text(encoding="utf-8")
    node = nbformat.read(made.notebook, as_version=4)
    node.cells.append(new_code_cell("print(card.assessment.profile.organisation, 'by our count')"))
    nbformat.write(node, made.notebook)
    made = render_report(
        copied(tmp_path, organisation="Kopi Lereng"), Edition(content, tmp_path), lang="en", kernel=kernel
    )
    assert "Kopi Lereng by our count" in made.pages["html"].read_text(encoding="utf-8")
    assert [path.name for path in tmp_path.glob("*-en.html")] == ["kopi-lereng-2026-03-31-en.html"]
    forced = render_report(file, Edition(content, tmp_path, force=True), lang="en", kernel=kernel)
    assert not forced.edited and forced.carried is None
    assert "ZEBRA" not in made.pages["html"].read_text(encoding="utf-8")


class Rehearsal(Kernel):
    """Runs nothing: each code cell shows its own source, and one that divides by zero fails."""

    closed = 0

    def run(self, template: Path, parameters: dict[str, str], out: Path) -> nbformat.NotebookNode:
        node = nbformat.read(template, as_version=4)
        for cell in node.cells:
            if "1/0" in cell.source:
                problem = Problem(template.name, "problem-cell-stopped", error="ZeroDivisionError", reason="1/0")
                raise ReportError("problem-notebook-stopped", [problem], notebook=template.name)
            if cell.cell_type == "code":
                cell.outputs = [new_output("stream", text=f"{parameters['file']}: {cell.source}")]
        return node

    def close(self) -> None:
        self.closed += 1


def changed(file: Path) -> None:
    """Something is answered otherwise, or noted."""
    document = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps(document | {"private": document.get("private", "") + "x"}), encoding="utf-8")


def test_cells_of_a_person_go_into_the_new_report(tmp_path: Path, content: Content) -> None:
    """Once the answers changed, and each time again."""
    file, kernel = copied(tmp_path), Rehearsal()
    out = Edition(content, tmp_path / "out")
    made = render_report(file, out, lang="en", kernel=kernel)
    edited(made.notebook, "ZEBRA")
    changed(file)
    for _ in range(2):
        again = render_report(file, out, lang="en", kernel=kernel)
        assert not again.edited
        assert again.carried == CarriedCells(cells=("Our own view: ZEBRA.",))
        assert "Our own view: ZEBRA." in made.pages["html"].read_text(encoding="utf-8")
        assert is_edited(nbformat.read(made.notebook, as_version=4))
        changed(file)
    assert len(list(out.folder.iterdir())) == 3
    assert kernel.closed == 0


def test_a_cell_that_fails_is_named_and_kept_beside(tmp_path: Path, content: Content) -> None:
    """The rest is carried; the notebook as it was is kept, each time under a name of its own, and never listed."""
    file, kernel = copied(tmp_path), Rehearsal()
    out = Edition(content, tmp_path / "out")
    made = render_report(file, out, lang="en", kernel=kernel)
    for ending in (".kept.ipynb", ".kept-2.ipynb"):
        edited(made.notebook, "ZEBRA", {"text/plain": "x"})
        node = nbformat.read(made.notebook, as_version=4)
        node.cells[-1].source = "1/0"
        nbformat.write(node, made.notebook)
        before = made.notebook.read_bytes()
        changed(file)
        carried = render_report(file, out, lang="en", kernel=kernel).carried
        assert carried and carried.kept and carried.kept.name.endswith(ending)
        assert (carried.kept.read_bytes(), carried.refused) == (before, ("1/0",))
        assert "ZeroDivisionError" in str(carried.why)
        assert "Our own view: ZEBRA." in made.pages["html"].read_text(encoding="utf-8")
    listing = reports_in(out.folder)
    assert ([entry[0].notebook for entry in listing.entries], listing.unread) == ([made.notebook], [])
    assert kernel.closed == 2  # what their code left behind goes with it


def test_an_output_changed_by_hand_is_kept_beside(tmp_path: Path, content: Content) -> None:
    """It cannot be carried: the cell shows something else by now."""
    file, out, kernel = copied(tmp_path), Edition(content, tmp_path / "out"), Rehearsal()
    made = render_report(file, out, lang="en", kernel=kernel)
    node = nbformat.read(made.notebook, as_version=4)
    node.cells[5].outputs = []
    nbformat.write(node, made.notebook)
    changed(file)
    carried = render_report(file, out, lang="en", kernel=kernel).carried
    assert carried and carried.kept and not carried.cells
    assert not is_edited(nbformat.read(made.notebook, as_version=4))


def test_opening_and_saving_is_no_edit(tmp_path: Path, content: Content, kernel: Kernel) -> None:
    """Jupyter changes metadata and counters when it saves; the report may still be rendered anew."""
    file = copied(tmp_path)
    made = render_report(file, Edition(content, tmp_path), lang="en", kernel=kernel)
    node = nbformat.read(made.notebook, as_version=4)
    node.metadata["widgets"] = {}
    for cell in node.cells:
        cell.metadata["scrolled"] = True
        cell.execution_count = 7
    nbformat.write(node, made.notebook)
    assert not render_report(file, Edition(content, tmp_path), lang="en", kernel=kernel).edited


def test_pages_are_made_from_a_notebook(tmp_path: Path, content: Content, kernel: Kernel) -> None:
    """`report --from`: what was written into the notebook reaches page and PDF, without a kernel."""
    made = render_report(copied(tmp_path), Edition(content, tmp_path), lang="en", kernel=kernel)
    edited(made.notebook, "GIRAFFE")
    assert pages_from(made.notebook) == ()
    assert "Our own view: GIRAFFE." in made.pages["html"].read_text(encoding="utf-8")
    assert "GIRAFFE" in "".join(page.extract_text() for page in PdfReader(made.pages["pdf"]).pages)


def test_a_broken_notebook_is_not_lost(tmp_path: Path, content: Content, kernel: Kernel) -> None:
    """A half-saved notebook is told, and stays."""
    file = copied(tmp_path)
    (tmp_path / "kopi-lereng-2026-03-31-en.ipynb").write_text('{"cells": [', encoding="utf-8")
    with pytest.raises(ReportError, match="is no whole notebook; restore it, or render it anew with --force"):
        render_report(file, Edition(content, tmp_path), lang="en")
    forced = render_report(file, Edition(content, tmp_path, force=True), lang="en", kernel=kernel)
    assert forced.pages["html"].exists()


@pytest.mark.long
def test_an_edited_notebook_in_another_format(tmp_path: Path, content: Content, kernel: Kernel) -> None:
    """What a person wrote stays, in the format that is wanted now."""
    file = Path(shutil.copy(examples_dir() / "kopi-lereng.json", tmp_path))
    made = render_report(file, Edition(content, tmp_path / "out"), lang="en", kernel=kernel)
    node = read_notebook(made.notebook)
    node.cells.append(new_markdown_cell("Our own view: ZEBRA."))
    made.notebook.write_bytes(notebook_bytes(node))
    again = render_report(file, Edition(content, tmp_path / "out", formats=("html",)), lang="en", kernel=kernel)
    assert again.edited
    assert "ZEBRA" in again.pages["html"].read_text(encoding="utf-8")
    assert not made.pages["pdf"].exists()
    (entry,) = reports_in(tmp_path / "out").entries
    assert entry[0].edited
