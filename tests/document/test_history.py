"""The history beside a file: a journal each, the first version of a day, and what was of an earlier format."""

import json
import os
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from kit.answers import F, L, N, P
from kit.made import blank
from kit.places import DATA
from kit.sittings import PLACE, Clock, Open, give, hidden, rating_of

from cxassess.batch.planning import find_assessments
from cxassess.content.reading import Content
from cxassess.document.answers import Answer
from cxassess.document.assessment import FORMAT
from cxassess.document.assessmentfile import dumps, load_assessment, save_assessment
from cxassess.document.shapes import Json
from cxassess.document.sitting import Sitting
from cxassess.document.upgrades import format_of, upgraded

JOURNAL_1 = DATA / "journal-1"


def test_the_first_version_of_a_day_is_kept(open_: Open, file: Path, clock: Clock) -> None:
    """As the file stood before the day's first save, for the last fourteen days with a save."""
    versions = {}
    for day in range(20):
        versions[f"{clock.now:%Y-%m-%d}"] = file.read_bytes()
        for rating in (N, P):
            give(open_(), "inform-1", Answer(state="unknown", note=f"{day} {rating.rating}"))
        clock.now += timedelta(days=1)
    kept = {copy.name: copy.read_bytes() for copy in hidden(file).glob("*.json")}
    assert kept == {f"acme.{day}.json": data for day, data in list(versions.items())[-14:]}


def test_the_journal_keeps_two_hundred_steps(open_: Open, file: Path) -> None:
    """It does not grow for ever, and what it keeps can be taken back."""
    sitting = open_()
    for number in range(210):
        give(sitting, "inform-1", Answer(state="unknown", note=str(number)))
    assert len((hidden(file) / "sari.jsonl").read_bytes().splitlines()) == 200
    assert sitting.undo().assessment.answer_to("inform-1").note == "208"


def test_busy_people_take_no_step_from_others(open_: Open) -> None:
    """What I did in the morning I can take back, however much others did since."""
    sari, budi = open_(), open_("budi")
    give(sari, "inform-1", L)
    budi.save(budi.assessment)
    for number in range(210):
        give(budi, "inform-2", Answer(state="unknown", note=str(number)))
    assert open_().undo().assessment.answers.keys() == {"inform-2"}


def test_a_torn_journal_is_read_as_far_as_it_goes(open_: Open, file: Path) -> None:
    """What is no step is passed over, at the end or between, and the next step is not glued to it."""
    give(open_(), "inform-1", P)
    give(open_(), "inform-1", L)
    journal = hidden(file) / "sari.jsonl"
    with journal.open("ab") as torn:
        torn.write(b'[]\n\xff\xfe\n{"at": "2026-11-22T10:')
    give(open_(), "inform-1", F)
    ratings = [open_().undo().assessment.answer_to("inform-1").rating for _ in range(3)]
    assert ratings == ["L", "P", None]


def test_a_journal_with_nonsense_changes_nothing(open_: Open, file: Path) -> None:
    """Somebody wrote a value that is no answer: undo leaves it and says so."""
    give(open_(), "inform-1", P)
    give(open_(), "inform-1", L)
    journal = hidden(file) / "sari.jsonl"
    journal.write_text(journal.read_text(encoding="utf-8").replace('"P"', '"superb"'), encoding="utf-8")
    before = file.read_bytes()
    assert open_().undo().left == (PLACE,)
    assert file.read_bytes() == before


def test_an_answer_counts_more_than_its_journal(open_: Open, file: Path, content: Content) -> None:
    """A history that cannot be written is told and keeps no answer back; this sitting can still undo."""
    hidden(file).write_text("in the way")
    sitting = open_()
    assert not give(sitting, "inform-1", P)
    assert not give(sitting, "inform-1", L)
    assert load_assessment(file, content).answer_to("inform-1") == L
    assert open_().undo() is None
    assert sitting.undo().assessment.answer_to("inform-1") == P
    hidden(file).unlink()
    assert give(sitting, "inform-2", F)
    ratings = [open_().undo().assessment.answers for _ in range(2)]
    assert ratings == [{"inform-1": P}, {}]


@pytest.mark.skipif(os.name != "posix", reason="modes")
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664])
def test_the_history_is_open_to_those_to_whom_the_file_is(open_: Open, file: Path, mode: int) -> None:
    """What is private in the file is private there."""
    give(open_(), "inform-1", L)
    file.chmod(mode)
    give(open_(), "inform-1", F)
    journal, first = hidden(file) / "sari.jsonl", hidden(file) / "acme.2026-11-22.json"
    assert journal.stat().st_mode & 0o777 == file.stat().st_mode & 0o777 == mode
    assert hidden(file).stat().st_mode & 0o777 == {0o600: 0o700, 0o640: 0o750, 0o664: 0o775}[mode]
    assert first.exists()


def test_the_history_is_no_assessment(open_: Open, file: Path) -> None:
    """A batch of the folder finds the file alone."""
    give(open_(), "inform-1", L)
    assert len(list(file.parent.rglob("*.json"))) == 2
    assert find_assessments([file.parent]) == [file]


def test_a_journal_line_is_plain(open_: Open, file: Path) -> None:
    """Whoever must mend something by hand can read it."""
    give(open_(), "inform-1", L)
    line = json.loads((hidden(file) / "sari.jsonl").read_text(encoding="utf-8"))
    assert line["changes"] == [[["answers", "inform-1"], None, {"state": "rated", "rating": "L"}]]
    assert line["who"] == "sari"


def test_a_journal_that_cannot_be_read_hides_no_other(open_: Open, file: Path) -> None:
    """A colleague's may be closed to us: what we know is told all the same."""
    sitting = open_()
    give(sitting, "inform-1", L)
    give(sitting, "inform-1", F)
    (hidden(file) / "zed.jsonl").mkdir()
    assert sitting.befores(rating_of)[PLACE].value["rating"] == "L"


# --- files of an earlier format ---


@pytest.fixture
def old_file(tmp_path: Path) -> Path:
    """A file of format 1 with a journal, as the program of that format wrote them."""
    file = tmp_path / "acme.json"
    hidden(file).mkdir()
    shutil.copy(JOURNAL_1 / "acme.json", file)
    shutil.copy(JOURNAL_1 / "sari.jsonl", hidden(file))
    return file


def test_the_first_save_writes_the_present_format_and_keeps_the_old_file(old_file: Path, content: Content) -> None:
    """To open it, or to save nothing, leaves it as it is; what is kept is whole, and stays when days go by."""
    before, clock = old_file.read_bytes(), Clock()
    sitting = Sitting.open(old_file, content, who="sari", clock=clock)
    sitting.save(sitting.assessment)
    assert old_file.read_bytes() == before
    assert give(sitting, "inform-2", L)
    assert format_of(old_file.read_bytes()) == FORMAT
    for _ in range(20):
        clock.now += timedelta(days=1)
        give(sitting, "inform-2", Answer(state="unknown", note=str(clock.now)))
    (kept,) = hidden(old_file).glob("acme.format-1.*")
    assert kept.read_bytes() == before
    assert len(list(hidden(old_file).glob("*.json"))) == 15
    assert find_assessments([old_file.parent]) == [old_file]


def test_an_old_file_that_is_put_back_is_kept_too(old_file: Path, content: Content) -> None:
    """Somebody restores a copy and works on with it: each state of an earlier format is kept, each once."""
    first = old_file.read_bytes()
    second = first.replace(b"Ringkas", b"Singkat")
    for data in (first, second, first):
        old_file.write_bytes(data)
        give(Sitting.open(old_file, content), "inform-2", L)
    save_assessment(blank(content), old_file)
    old_file.write_bytes(second.replace(b"Singkat", b"Padat"))
    save_assessment(blank(content), old_file)
    kept = [copy.read_bytes() for copy in sorted(hidden(old_file).glob("*.format-1.*"))]
    assert kept == [first, second, second.replace(b"Singkat", b"Padat")]


def test_a_copy_that_cannot_be_kept_is_told(old_file: Path, content: Content) -> None:
    """As of all history: the answer counts more, and the person is told."""
    shutil.rmtree(hidden(old_file))
    hidden(old_file).write_text("in the way")
    assert not give(Sitting.open(old_file, content), "inform-2", L)
    assert load_assessment(old_file, content).answer_to("inform-2") == L


@pytest.mark.parametrize("steps_since", [0, 1, 3])
def test_undo_goes_back_through_a_journal_of_format_1(old_file: Path, content: Content, steps_since: int) -> None:
    """Step by step, also after steps of the present format, each to what the old program had; and again."""
    sitting = Sitting.open(old_file, content, who="sari", clock=Clock())
    for number in range(steps_since):
        give(sitting, "inform-5", Answer(state="unknown", note=str(number)))
    states = [upgraded(state) for state in json.loads((JOURNAL_1 / "states.json").read_text(encoding="utf-8"))]
    for _ in range(steps_since):
        sitting.undo()
    for state in reversed(states[:-1]):
        saved = sitting.undo()
        assert saved is not None and saved.left == ()
        assert json.loads(dumps(saved.assessment)) == state
    assert sitting.undo() is None
    for state in states[1:]:
        saved = Sitting.open(old_file, content, who="sari", clock=Clock()).redo()
        assert saved is not None
        assert json.loads(dumps(saved.assessment)) == state


def test_what_stood_before_is_known_from_an_old_journal(old_file: Path, content: Content) -> None:
    """By whom, in the places there are now."""
    sitting = Sitting.open(old_file, content, who="budi", clock=Clock())
    before = sitting.befores(lambda value: value)
    assert (before["profile", "trade_text"].value, before["profile", "trade_text"].who) == ("Kedai kopi", "sari")
    assert before["profile", "size"].value is None
    assert ("profile", "trade") in before and ("targets",) not in before


@pytest.mark.parametrize(
    "odd",
    [
        {"changes": [[[], None, 1]]},
        {"changes": [[["on"], "x", "y"], [["on", "x"], 1, 2]]},
        {"changes": [[["on"], "x", "y"]], "format": FORMAT + 1},
        {"changes": [], "format": 0},
    ],
)
def test_a_step_that_makes_no_sense_is_passed_over(old_file: Path, content: Content, odd: Json) -> None:
    """As a torn one is; so is one of a newer program."""
    line = json.dumps({"at": "2026-04-02T09:00:00Z", "who": "sari", "kind": "save", **odd})
    with (hidden(old_file) / "sari.jsonl").open("a", encoding="utf-8") as journal:
        journal.write(f"{line}\n")
    saved = Sitting.open(old_file, content, who="sari", clock=Clock()).undo()
    assert saved is not None
    assert saved.assessment.commentary == {}


def test_a_line_says_its_format(open_: Open, file: Path) -> None:
    """So that a later program knows how to read it."""
    give(open_(), "inform-1", L)
    assert json.loads((hidden(file) / "sari.jsonl").read_text(encoding="utf-8"))["format"] == FORMAT
