"""What a batch says, and that its saying so stops nothing: real programs, real pipes, real signals."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from kit.clients import client
from kit.places import ROOT
from kit.program import PROGRAM
from kit.reports import reports_of

from cxassess.batch.bulkhead import Failure
from cxassess.batch.rendering import Batch
from cxassess.batch.stopping import Stop
from cxassess.cli import progress
from cxassess.content.reading import Content
from cxassess.document.assessmentfile import load_assessment
from cxassess.errors import CxError

# Instead of rendering, and of what takes seconds to load, what a batch makes of an assessment.
STAND_IN = """
from cxassess.batch import rendering
from cxassess.document.assessmentfile import load_assessment
from cxassess.pyramid.scoring import score
from cxassess.report.rendering import Report

def render(file, edition, *, lang, **_):
    assessment = load_assessment(file, edition.content)
    card = score(assessment, edition.content, on=assessment.on)
    return Report(file, lang, card, edition.folder / f"{file.stem}.ipynb", (), 1.0)

rendering.render_report = render
rendering.index_page = lambda *_: "page"
"""
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="pipes and signals are others there")


def batch_argv(folder: Path, program: str) -> list[str]:
    return [sys.executable, "-c", program, "batch", str(folder / "in"), "--out", str(folder / "out")]


def clients(folder: Path, count: int) -> None:
    (folder / "in").mkdir()
    for n in range(count):
        client(folder / "in", f"c{n:02}", "WORD")


# --- what is said ---


def test_the_end_is_told(tmp_path: Path, content: Content, capsys: pytest.CaptureFixture[str]) -> None:
    """Reports with their levels, failures with client, reason and log, how far it got, and the index."""
    file = client(tmp_path, "acme", "WORD")
    reports = reports_of(file, load_assessment(file, content), content)
    failure = Failure(Path("b.json"), "id", "PT B", CxError("no room"), Path("out/b.failed.log"))
    unknown = Failure(Path("c.json"), None, "", CxError("is no JSON"))
    stop = Stop()
    stop.ask()
    progress.tell_end(Batch(tuple(reports), (failure, unknown), 12, Path("out/index.html")), stop)
    said = capsys.readouterr()
    assert "acme WORD" in said.out and said.out.endswith(f"Index: {Path('out/index.html')}\n")
    failed = ["Failed: PT B, id: b.json", "no room", f"  Log: {failure.log}", "Failed: c.json", "is no JSON"]
    assert said.err.splitlines() == [*failed, "Stopped: 1 of 12 made."]


def test_each_result_is_a_line(tmp_path: Path, content: Content, capsys: pytest.CaptureFixture[str]) -> None:
    """The page's name, or whose failed."""
    file = client(tmp_path, "acme", "WORD")
    progress.tell_result(reports_of(file, load_assessment(file, content), content)[0])
    progress.tell_result(Failure(file, "id", "PT B", CxError("x")))
    progress.tell_result(Failure(Path("in/c\x1b.json"), None, "", CxError("x")))
    assert capsys.readouterr().err == "  acme-word-2026-05-20-en.html\n  failed: PT B, id\n  failed: c?.json\n"


# --- where nobody hears it ---


def code_into(stream: int, folder: Path) -> int:
    """The exit code of a batch that says all it says into one stream."""
    # Buffered, as it is for people: what is still in the buffer at the end must not fail, either.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    argv = batch_argv(folder, STAND_IN + PROGRAM)
    done = subprocess.run(argv, cwd=ROOT, env=environment, stdout=stream, stderr=stream, check=False, timeout=60)
    assert (folder / "out" / "index.html").exists()
    return done.returncode


@posix_only
def test_a_lost_reader_stops_nothing(tmp_path: Path) -> None:
    """Both streams go into a pipe that nobody reads (`2>&1 | head -0`)."""
    clients(tmp_path, 3)
    reading, writing = os.pipe()
    os.close(reading)
    assert code_into(writing, tmp_path) == 0
    os.close(writing)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no disk that is always full")
@pytest.mark.parametrize("bad", [0, pytest.param(1, marks=pytest.mark.long)])
def test_a_full_log_stops_nothing(tmp_path: Path, bad: int) -> None:
    """Nor hides whether a file failed."""
    clients(tmp_path, 2)
    if bad:
        (tmp_path / "in" / "bad.json").write_text("{", encoding="utf-8")
    with Path("/dev/full").open("wb") as full:
        assert code_into(full.fileno(), tmp_path) == bad


# --- signals, with real kernels ---


def kernels(home: Path) -> list[str]:
    """The processes that were given a file in a temporary folder."""
    lines = [file.read_bytes() for file in Path("/proc").glob("[0-9]*/cmdline") if file.exists()]
    return [line.decode(errors="replace") for line in lines if os.fsencode(home) in line]


@pytest.mark.long
@pytest.mark.skipif(not Path("/proc").exists(), reason="looks for processes in /proc")
@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143), ("SIGHUP", 129)])
def test_a_signal_ends_a_batch_in_order(tmp_path: Path, name: str, code: int) -> None:
    """What is under way is finished, the index leads to all that was made, and nothing else is left."""
    clients(tmp_path, 12)
    home = tmp_path / "tmp"
    home.mkdir()
    with subprocess.Popen(
        [*batch_argv(tmp_path, PROGRAM), "--workers", "2"],
        env={**os.environ, "TMPDIR": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as running:
        assert running.stderr
        first = running.stderr.readline()
        os.killpg(running.pid, signal.Signals[name])  # as a terminal does: to all that it started
        said = first + running.stderr.read()
    assert running.returncode == code
    pages = {path.name for path in (tmp_path / "out").glob("*-en.html")}
    assert 1 <= len(pages) < 12
    assert f"Stopped: {len(pages)} of 12 made." in said and "Traceback" not in said
    assert all(page in (tmp_path / "out" / "index.html").read_text(encoding="utf-8") for page in pages)
    assert len(list((tmp_path / "out").iterdir())) == 3 * len(pages) + 1
    assert list(home.iterdir()) == []
    time.sleep(1)
    assert kernels(home) == []
