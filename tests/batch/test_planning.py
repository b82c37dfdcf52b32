"""What a batch is asked to make: files found, checked, and none of them passed over in silence."""

import os
import sys
from pathlib import Path

import pytest
from kit.clients import client

from cxassess.batch.planning import Plan, find_assessments, planned
from cxassess.batch.stopping import Stop
from cxassess.content.reading import Content
from cxassess.document.assessmentfile import load_assessment
from cxassess.places import examples_dir
from cxassess.report.edition import Edition

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="no such files there")


def plan_of(files: list[Path], content: Content, folder: Path) -> Plan:
    return planned(files, Edition(content, folder), stop=Stop())


def test_a_folder_is_searched_deep_and_sorted(tmp_path: Path) -> None:
    """Hidden files are left out; a file named is taken as it is, once."""
    for name in ("b/2.json", "a/1.json", ".hidden/3.json", "b/.4.json", "b/5.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    found = find_assessments([tmp_path, tmp_path / "a" / "1.json"])
    assert [str(path.relative_to(tmp_path)) for path in found] == [str(Path("a/1.json")), str(Path("b/2.json"))]


def test_every_example_can_be_used(content: Content) -> None:
    """What we ship is valid."""
    files = find_assessments([examples_dir()])
    assert len(files) >= 3
    for file in files:
        load_assessment(file, content)


def odd_files(folder: Path) -> dict[str, Path]:
    """What may lie among assessments and is none, by what is said of it."""
    pipe, loop, gone = folder / "pipe.json", folder / "loop.json", folder / "gone.json"
    os.mkfifo(pipe)
    loop.symlink_to(loop)
    gone.symlink_to(folder / "nowhere")
    (folder / "folder.json").mkdir()
    (folder / "{braces}.json").write_text("{", encoding="utf-8")
    return {
        "is a folder or a pipe; name a file": pipe,
        "Too many levels of symbolic links": loop,
        "No such file": gone,
        "is a folder or a pipe": folder / "folder.json",
        "{braces}.json:1 column 2: is not JSON": folder / "{braces}.json",
    }


@posix_only
def test_what_is_no_file_is_told(tmp_path: Path, content: Content) -> None:
    """In a folder or named one by one: a sentence each, and no reading that never ends."""
    said = odd_files(tmp_path)
    assert set(find_assessments([tmp_path])) == set(said.values())
    named = [file for file in said.values() if not file.is_dir()]
    assert find_assessments(named) == named
    plan = plan_of(list(said.values()), content, tmp_path / "out")
    assert not plan.jobs
    for failure, sentence in zip(plan.failures, said, strict=True):
        assert failure.file == said[sentence]
        assert sentence in str(failure.error)


def test_what_is_to_be_made(tmp_path: Path, content: Content) -> None:
    """A report a language of the profile, under the client's name; an old log of the file is taken away."""
    file = client(tmp_path, "acme", "WORD", report_languages=["id", "en"])
    log = tmp_path / "out" / f"{tmp_path.name.replace('_', '-')}-acme.failed.log"
    log.parent.mkdir()
    log.touch()
    plan = plan_of([file], content, log.parent)
    assert [(job.lang, job.client, job.name[:9]) for job in plan.jobs] == [
        ("id", "acme WORD", "acme-word"),
        ("en", "acme WORD", "acme-word"),
    ]
    assert (plan.failures, plan.wanted, log.exists()) == ([], 2, False)


def test_a_file_that_cannot_be_used_has_a_log(tmp_path: Path, content: Content) -> None:
    """Named after the file and its folder, for nothing else is known."""
    file = tmp_path / "Acme" / "2026.json"
    file.parent.mkdir()
    file.write_text('{"format": 1}', encoding="utf-8")
    (failure,) = plan_of([file], content, tmp_path / "out").failures
    assert (failure.client, failure.lang, failure.log) == ("", None, tmp_path / "out" / "acme-2026.failed.log")
    assert "2026.json:1 profile: is missing" in failure.log.read_text(encoding="utf-8")


def test_what_nobody_foresaw_in_one_file_is_told(
    tmp_path: Path, content: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others are planned."""
    files = [client(tmp_path, name, "WORD") for name in ("a", "b")]

    def load(file: Path, content: Content) -> object:
        if file == files[0]:
            raise KeyError("surprise")
        return load_assessment(file, content)

    monkeypatch.setattr("cxassess.batch.planning.load_assessment", load)
    plan = plan_of(files, content, tmp_path / "out")
    assert [job.file for job in plan.jobs] == files[1:]
    assert "KeyError: 'surprise'" in str(plan.failures[0].error)


def test_no_report_overwrites_another(tmp_path: Path, content: Content) -> None:
    """The second of two that would have one name fails, by the client's name; its log is not the first's."""
    first = client(tmp_path, "acme", "WORD")
    twin = tmp_path / "twins" / "twin.json"
    twin.parent.mkdir()
    twin.write_bytes(first.read_bytes())
    plan = plan_of([first, twin], content, tmp_path / "out")
    (failure,) = plan.failures
    assert (failure.file, failure.client, failure.lang) == (twin, "acme WORD", "en")
    assert f"would overwrite the report of {first}" in str(failure.error)
    assert failure.log and failure.log.name.endswith("-twin.failed.log")


def test_of_two_files_of_one_unit_and_date_neither_is_used(tmp_path: Path, content: Content) -> None:
    """Both fail, each naming the other; by force, they are as two of a name."""
    files = [client(tmp_path, "acme", "WORD"), tmp_path / "acme-LAPTOP.json"]
    files[1].write_bytes(files[0].read_bytes())
    plan = plan_of(files, content, tmp_path / "out")
    assert plan.jobs == []
    for failure, other in zip(plan.failures, reversed(files), strict=True):
        assert f"is of the same organisation, unit and date as {other.name}" in str(failure.error)
    forced = planned(files, Edition(content, tmp_path / "out", force=True), stop=Stop())
    assert (len(forced.jobs), len(forced.failures)) == (1, 1)


def test_a_stopped_batch_checks_no_more(tmp_path: Path, content: Content) -> None:
    """What was not looked at counts as one report each, at least."""
    stop = Stop()
    stop.ask()
    plan = planned([tmp_path / "a.json"] * 3, Edition(content, tmp_path), stop=stop)
    assert plan == Plan([], [], 3)
    assert plan.wanted == 3
