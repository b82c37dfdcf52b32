"""Many reports: every failure named, none of them another's."""

import os
import re
import sys
import time
from pathlib import Path

import pytest
from kit.clients import client
from kit.page import tables
from kit.reports import reports_of, stood

from cxassess.batch import rendering
from cxassess.batch.planning import find_assessments
from cxassess.batch.rendering import Batch, render_batch
from cxassess.batch.stopping import Stop
from cxassess.content.reading import Content
from cxassess.document.assessmentfile import load_assessment
from cxassess.report.edition import Edition
from cxassess.report.rendering import Report
from cxassess.text import Lang

WORDS = {"a": "ZEBRAWORD", "b": "GIRAFFEWORD"}


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory, content: Content) -> Batch:
    """Four companies, of which one is broken and two are the same, rendered side by side."""
    folder = tmp_path_factory.mktemp("clients {x}")
    files = [client(folder, name, word) for name, word in WORDS.items()]
    (folder / "c.json").write_text('{"format": 1}', encoding="utf-8")
    twin = folder / "twin" / "d.json"
    twin.parent.mkdir()
    twin.write_bytes(files[0].read_bytes())
    return render_batch(find_assessments([folder]), Edition(content, folder / "out"), workers=2)


def test_failures_stop_nobody(mixed: Batch) -> None:
    """Two reports, two failures, each with its file and its reason."""
    assert [made.file.name for made in mixed.reports] == ["a.json", "b.json"]
    broken, twin = mixed.failures
    assert (broken.file.name, twin.file.name) == ("c.json", "d.json")
    assert "c.json:1 profile: is missing" in str(broken.error)
    assert "would overwrite the report of" in str(twin.error)


def test_clients_side_by_side_share_no_word(mixed: Batch) -> None:
    """Neither page nor notebook of one holds the word of the other."""
    for made, mine, other in zip(mixed.reports, WORDS.values(), reversed(WORDS.values()), strict=True):
        for file in (made.pages["html"], made.notebook):
            text = file.read_text(encoding="utf-8")
            assert mine in text
            assert other not in text


def test_the_index_leads_to_every_report(mixed: Batch) -> None:
    """Relative links that exist, the levels, and the failures by name."""
    page = mixed.index.read_text(encoding="utf-8")
    links = re.findall(r'<a [^>]*href="([^"#]+)"', page)
    logs = [failure.log.name for failure in mixed.failures if failure.log]
    assert links == logs + [file.name for made in mixed.reports for file in made.pages.values()]
    assert all((mixed.index.parent / link).exists() for link in links)
    assert "c.json" in page and "is missing; add it" in page


def test_nothing_else_is_left(mixed: Batch) -> None:
    """Three files a report, a log a failure, and the index."""
    assert len(list(mixed.index.parent.iterdir())) == 2 * 3 + 2 + 1


def test_only_failures(tmp_path: Path, content: Content) -> None:
    """No kernel starts; the index says what failed."""
    (tmp_path / "x.json").write_text("{", encoding="utf-8")
    done = render_batch([tmp_path / "x.json"], Edition(content, tmp_path / "out", lang="id"))
    assert not done.reports
    assert "Gagal: 1" in done.index.read_text(encoding="utf-8")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_a_file_name_that_is_no_text_is_told(tmp_path: Path, content: Content) -> None:
    """The index is written all the same."""
    odd = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.json"))
    odd.write_text("{", encoding="utf-8")
    done = render_batch(find_assessments([tmp_path]), Edition(content, tmp_path / "out", lang="id"))
    assert len(done.failures) == 1
    assert done.index.exists()


# --- without rendering: what a batch does with results ---


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files that were rendered, in order; a file called bad.json fails.

    From the third on they take a while, in which who is told of the first can stop the batch.
    """
    begun: list[Path] = []

    def render(file: Path, edition: Edition, *, lang: Lang, **_: object) -> Report:
        begun.append(file)
        if len(begun) > 2:
            time.sleep(0.1)
        if file.stem == "bad":
            raise RuntimeError("surprise")
        assessment = load_assessment(file, edition.content)
        (made,) = [one for one in reports_of(file, assessment, edition.content) if one.lang == lang]
        stood(edition.folder, made, edition.content)
        return made

    monkeypatch.setattr(rendering, "render_report", render)
    return begun


def test_results_stand_in_the_order_of_the_files(tmp_path: Path, content: Content, rendered: list[Path]) -> None:
    """Whichever thread was first; failures too."""
    both = ["en", "id"]
    files = [client(tmp_path, name, "WORD", report_languages=both) for name in ("c", "bad", "a")]
    done = render_batch(files, Edition(content, tmp_path / "out"), workers=3)
    assert [(one.file.stem, one.lang) for one in done.reports] == [
        ("c", "en"),
        ("c", "id"),
        ("a", "en"),
        ("a", "id"),
    ]
    assert [(one.file.stem, one.lang) for one in done.failures] == [("bad", "en"), ("bad", "id")]
    assert done.wanted == 6


def test_a_failure_has_name_reason_and_log(tmp_path: Path, content: Content, rendered: list[Path]) -> None:
    """What nobody foresaw: the client, the error in words, and where in the program, beside the report's place."""
    (failed,) = render_batch([client(tmp_path, "bad", "WORD")], Edition(content, tmp_path)).failures
    assert failed.client == "bad WORD"
    (problem,) = failed.error.problems
    assert str(problem) == f"{failed.file}: stopped on what nobody foresaw, RuntimeError: surprise"
    assert failed.log == tmp_path / "bad-word-2026-05-20-en.failed.log"
    assert "Traceback" in failed.log.read_text(encoding="utf-8")


@pytest.mark.parametrize("trouble", [BrokenPipeError(32, "gone"), OSError(28, "full"), RuntimeError("x")])
def test_telling_stops_nothing(tmp_path: Path, content: Content, rendered: list[Path], trouble: Exception) -> None:
    """A reader that has left, a log that is full: every report is made, and none has failed."""

    def tell(_: object) -> None:
        raise trouble

    files = [client(tmp_path, f"c{n}", "WORD") for n in range(3)]
    done = render_batch(files, Edition(content, tmp_path / "out", lang="en"), tell=tell)
    assert (len(done.reports), done.failures, done.index.exists()) == (3, (), True)


@pytest.mark.parametrize("end", [KeyboardInterrupt, SystemExit])
def test_the_end_of_the_program_ends_a_batch(
    tmp_path: Path, content: Content, rendered: list[Path], end: type[BaseException]
) -> None:
    """Nothing else is begun, the index is written, and the exception goes on."""
    files = [client(tmp_path, f"c{n}", "WORD") for n in range(6)]
    told: list[object] = []

    def interrupt(result: object) -> None:
        told.append(result)
        raise end

    with pytest.raises(end):
        render_batch(files, Edition(content, tmp_path / "out", lang="en"), workers=1, tell=interrupt)
    assert len(told) == 1 and len(rendered) < 6
    assert (tmp_path / "out" / "index.html").exists()


def test_a_stopped_batch_ends_in_order(tmp_path: Path, content: Content, rendered: list[Path]) -> None:
    """What is under way is finished, nothing else begun, the index written; how much was wanted is known."""
    files = [client(tmp_path, f"c{n}", "WORD") for n in range(6)]
    stop = Stop()
    done = render_batch(
        files, Edition(content, tmp_path / "out", lang="en"), workers=1, tell=lambda _: stop.ask(), stop=stop
    )
    assert [one.file for one in done.reports] == rendered == files[: len(rendered)]
    assert len(rendered) < done.wanted == 6
    assert done.index.exists()


def test_an_index_that_cannot_be_written_is_a_failure(
    tmp_path: Path, content: Content, rendered: list[Path]
) -> None:
    """Told like any other; the reports are there."""
    (tmp_path / "out" / "index.html").mkdir(parents=True)
    done = render_batch([client(tmp_path, "a", "WORD")], Edition(content, tmp_path / "out", lang="en"))
    assert len(done.reports) == 1
    (failure,) = done.failures
    assert failure.file == done.index
    assert "index.html: Is a directory" in str(failure.error)


# --- the index is of the folder ---


def listed_in(done: Batch) -> list[str]:
    """The companies on an index."""
    rows = tables(done.index.read_text(encoding="utf-8"))[-1]
    return [row[0].text.split()[0] for row in rows]


def test_the_index_lists_what_earlier_batches_made(tmp_path: Path, content: Content, rendered: list[Path]) -> None:
    """Into the same folder, also where nothing is made this time."""
    edition = Edition(content, tmp_path / "out")
    for name in ("a", "b"):
        last = render_batch([client(tmp_path, name, "WORD")], edition)
    assert listed_in(last) == ["a", "b"]
    pages = last.index.read_bytes()
    (tmp_path / "x.json").write_text("{", encoding="utf-8")
    failing = render_batch([tmp_path / "x.json"], Edition(content, tmp_path / "out", lang="en"))
    assert listed_in(failing) == ["a", "b"] and len(failing.failures) == 1
    again = render_batch([tmp_path / "b.json", tmp_path / "a.json"], edition)
    assert again.index.read_bytes() == pages


def test_a_damaged_notebook_is_named_once(tmp_path: Path, content: Content, rendered: list[Path]) -> None:
    """As the failure of its client; one that is nobody's in this run, as not listed, and it fails nothing."""
    bad = client(tmp_path, "bad", "WORD")
    out = tmp_path / "out"
    out.mkdir()
    for name in ("bad-word-2026-05-20-en.ipynb", "other.ipynb"):
        (out / name).write_text("{", encoding="utf-8")
    done = render_batch([bad], Edition(content, out))
    assert [failure.client for failure in done.failures] == ["bad WORD"]
    assert [notebook.name for notebook, _ in done.unlisted] == ["other.ipynb"]
    page = done.index.read_text(encoding="utf-8")
    assert "other.ipynb" in page and "bad-word-2026-05-20-en.ipynb" not in page


@pytest.mark.parametrize(
    ("asked", "profile", "expected"),
    [("en", ["id", "en"], "en"), (None, ["en", "id"], "en"), (None, ["id", "en"], "id")],
)
def test_the_language_of_the_index(
    tmp_path: Path, content: Content, rendered: list[Path], asked: Lang | None, profile: list[Lang], expected: Lang
) -> None:
    """What was asked for, else that of the first report."""
    file = client(tmp_path, "a", "WORD", report_languages=profile)
    done = render_batch([file], Edition(content, tmp_path / "out", lang=asked))
    assert f'<html lang="{expected}">' in done.index.read_text(encoding="utf-8")


@pytest.mark.parametrize(("asked", "expected"), [("en", "en"), (None, "id")])
def test_the_language_of_an_index_of_nothing(
    tmp_path: Path, content: Content, asked: Lang | None, expected: Lang
) -> None:
    """What was asked for, else Indonesian."""
    (tmp_path / "x.json").write_text("{", encoding="utf-8")
    done = render_batch([tmp_path / "x.json"], Edition(content, tmp_path / "out", lang=asked))
    assert f'<html lang="{expected}">' in done.index.read_text(encoding="utf-8")
