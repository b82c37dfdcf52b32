"""Many reports: every failure named, none of them another's."""

import json
import os
import re
import sys
from pathlib import Path

import pytest

from cxassess.batch.rendering import Batch, find_assessments, render_batch
from cxassess.content.reading import Content
from cxassess.document.assessmentfile import load_assessment
from cxassess.places import examples_dir

WORDS = {"a": "ZEBRAWORD", "b": "GIRAFFEWORD"}


def company(folder: Path, name: str, word: str, **profile: object) -> Path:
    """The web shop under another name, with a word of its own in every typed text."""
    text = (examples_dir() / "polderfiets.json").read_text(encoding="utf-8")
    document = json.loads(text.replace("Polderfiets", word))
    document["profile"] |= {"organisation": f"{name} {word}", "trade": word, "report_languages": ["en"], **profile}
    for entry in document["answers"].values():
        if entry["state"] != "not-applicable":
            entry["note"] = word
    for record in document["evidence"]:
        record["source"] = word
    file = folder / f"{name}.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory, content: Content) -> Batch:
    """Four companies, of which one is broken and two are the same, rendered side by side."""
    folder = tmp_path_factory.mktemp("clients {x}")
    files = [company(folder, name, word) for name, word in WORDS.items()]
    (folder / "c.json").write_text('{"format": 1}', encoding="utf-8")
    twin = folder / "d.json"
    twin.write_bytes(files[0].read_bytes())
    return render_batch(find_assessments([folder]), content, lang=None, folder=folder / "out", workers=2)


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
        for file in (made.html, made.notebook):
            text = file.read_text(encoding="utf-8")
            assert mine in text
            assert other not in text


def test_the_index_leads_to_every_report(mixed: Batch) -> None:
    """Relative links that exist, the levels, and the failures by name."""
    page = mixed.index.read_text(encoding="utf-8")
    links = re.findall(r'<a [^>]*href="([^"#]+)"', page)
    assert links == [file.name for made in mixed.reports for file in (made.html, made.pdf)]
    assert all((mixed.index.parent / link).exists() for link in links)
    assert "c.json" in page and "is missing; add it" in page


def test_nothing_else_is_left(mixed: Batch) -> None:
    """Three files a report and the index."""
    assert len(list(mixed.index.parent.iterdir())) == 7


def test_only_failures(tmp_path: Path, content: Content) -> None:
    """No kernel starts; the index says what failed."""
    (tmp_path / "x.json").write_text("{", encoding="utf-8")
    done = render_batch([tmp_path / "x.json"], content, lang="id", folder=tmp_path / "out")
    assert not done.reports
    assert "Gagal: 1" in done.index.read_text(encoding="utf-8")


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


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_a_file_name_that_is_no_text_is_told(tmp_path: Path, content: Content) -> None:
    """The index is written all the same."""
    odd = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.json"))
    odd.write_text("{", encoding="utf-8")
    done = render_batch(find_assessments([tmp_path]), content, lang="id", folder=tmp_path / "out")
    assert len(done.failures) == 1
    assert done.index.exists()


def test_an_interrupted_batch_stops_soon(tmp_path: Path, content: Content) -> None:
    """Ctrl-C ends the reports under way and begins no other."""
    files = [company(tmp_path, f"c{n}", "WORD") for n in range(6)]
    made: list[object] = []

    def interrupt(result: object) -> None:
        made.append(result)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        render_batch(files, content, lang="en", folder=tmp_path / "out", workers=1, tell=interrupt)
    assert len(made) == 1
