"""Ninety-six kinds of damaged notebook where reports are to go: each is one client's trouble, and no other's."""

import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest
from kit.clients import client
from kit.damage import kinds
from kit.made import report_notebook
from kit.places import ROOT

from cxassess.batch.planning import find_assessments
from cxassess.batch.rendering import render_batch
from cxassess.content.reading import Content
from cxassess.document.assessmentfile import load_assessment
from cxassess.page.imprint import Imprint
from cxassess.report.edition import Edition, client_of
from cxassess.report.notebookfile import notebook_bytes

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no pipes and links there")
KINDS = kinds(list(Imprint.model_fields))
# Some that fail in different ways, none of which starts a kernel.
FEW = ("half", "pipe", "huge", "deep", "format 99", "cells is a number", "metadata.cxassess.client is a list")
# They are whole; of the few, only the last is there, for pages take time.
NEIGHBOURS = ("z-last", "a-first")


def report_place(folder: Path, name: str) -> Path:
    return folder / "out" / f"{name}-word-2026-05-20-en.ipynb"


def clients(folder: Path, content: Content, damaged: Iterable[str], neighbours: Sequence[str]) -> dict[str, str]:
    """Assessments, each with a report notebook that a person edited; but for the neighbours', they are damaged.

    Gives the kinds by the names of their clients. Edited, so that page and PDF are made from the notebook, and no
    kernel is needed.
    """
    by_name = {f"k{n:02}": kind for n, kind in enumerate(damaged)}
    (folder / "in").mkdir(parents=True)
    (folder / "out").mkdir()
    first = client(folder / "in", neighbours[0], "WORD")
    node = report_notebook(load_assessment(first, content), content, lang="en")
    for number, cell in enumerate(node.cells):
        cell.id = f"cell-{number}"  # else it is random
    for name in (*neighbours, *by_name):
        profile = load_assessment(client(folder / "in", name, "WORD"), content).profile
        node.metadata["cxassess"]["client"] = client_of(profile, content).model_dump(mode="json")
        place, whole = report_place(folder, name), notebook_bytes(node)
        if name in by_name:
            KINDS[by_name[name]](place, whole)
        else:
            place.write_bytes(whole)
    return by_name


def bytes_of(folder: Path, neighbours: Sequence[str]) -> list[bytes]:
    """Pages, PDFs and notebooks of those that are whole."""
    places = [report_place(folder, name) for name in neighbours]
    return [place.with_suffix(ending).read_bytes() for place in places for ending in (".html", ".pdf", ".ipynb")]


def test_there_are_a_hundred_and_two() -> None:
    """The 96 counted once, of which 28 ended a batch; two fields more of the imprint are six kinds more."""
    assert len(KINDS) == 102


def test_a_few_kinds_of_damage(tmp_path: Path, content: Content) -> None:
    """Each fails in words, with its client and a log; the index names it; the neighbours are as without it."""
    clients(tmp_path / "alone", content, [], NEIGHBOURS[:1])
    by_name = clients(tmp_path, content, FEW, NEIGHBOURS[:1])
    for folder in (tmp_path / "alone", tmp_path):
        done = render_batch(find_assessments([folder / "in"]), Edition(content, folder / "out"), workers=2)
    assert bytes_of(tmp_path, NEIGHBOURS[:1]) == bytes_of(tmp_path / "alone", NEIGHBOURS[:1])
    assert [failure.client for failure in done.failures] == [f"{name} WORD" for name in by_name]
    page = done.index.read_text(encoding="utf-8")
    for failure in done.failures:
        assert report_place(tmp_path, failure.file.stem).name in str(failure.error)
        assert failure.log and failure.log.name in page
        assert "nobody foresaw" not in str(failure.error)
    assert done.unlisted == ()


@pytest.mark.long
def test_every_kind_of_damage_at_once(tmp_path: Path, content: Content) -> None:
    """A batch of the command line over all of them ends in order, and leaves nothing in the temporary folder."""
    clients(tmp_path / "alone", content, [], NEIGHBOURS)
    by_name = clients(tmp_path, content, KINDS, NEIGHBOURS)
    home = tmp_path / "tmp"
    home.mkdir()
    program = [sys.executable, "-c", "from cxassess.cli.commands import main; main()", "batch"]
    for folder, code in ((tmp_path / "alone", 0), (tmp_path, 1)):
        done = subprocess.run(
            [*program, str(folder / "in"), "--out", str(folder / "out")],
            cwd=ROOT,
            env={**os.environ, "TMPDIR": str(home)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == code
        assert "Traceback" not in done.stdout + done.stderr
        assert "nobody foresaw" not in done.stderr
    assert bytes_of(tmp_path, NEIGHBOURS) == bytes_of(tmp_path / "alone", NEIGHBOURS)
    page = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    for name, kind in by_name.items():
        has_failed = f"Failed: {name} WORD, en: " in done.stderr
        place = report_place(tmp_path, name)
        assert has_failed is not place.with_suffix(".html").exists(), kind
        assert has_failed is place.with_suffix(".failed.log").exists(), kind
        assert name in page, kind
    assert list(home.iterdir()) == []
