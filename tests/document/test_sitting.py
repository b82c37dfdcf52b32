"""Sittings: what was acknowledged is in the file, whole, merged, dated, and can be taken back."""

import os
import shutil
import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from kit.answers import F, L, N, P
from kit.edits import edited
from kit.made import blank
from kit.sittings import PLACE, Clock, Open, give, hidden, rating_of

from cxassess.content.reading import Content
from cxassess.document import sitting as sitting_module
from cxassess.document.answers import Answer, Evidence, EvidenceLink
from cxassess.document.assessmentfile import dumps, load_assessment, save_assessment
from cxassess.document.changes import decided
from cxassess.document.sitting import Sitting
from cxassess.errors import AssessmentError
from cxassess.files import locked


def full(*_: object) -> None:
    raise OSError(28, "No space left on device")


def test_what_is_saved_is_in_the_file(open_: Open, content: Content, file: Path) -> None:
    """Acknowledged with its time, to the byte as any other save would write it."""
    sitting = open_()
    wanted = sitting.assessment.answer("inform-1", L).replaced(note="n", private="p")
    saved = sitting.save(wanted)
    assert file.read_text(encoding="utf-8") == dumps(wanted)
    assert (saved.assessment, sitting.assessment) == (wanted, wanted)
    assert f"{saved.at:%H:%M:%S}" == "10:31:05"
    assert saved.at.tzinfo is not None
    assert saved.undo_kept


def test_two_people_on_one_file(open_: Open, file: Path, content: Content) -> None:
    """Changes to different answers merge; each sees the other's with the next save, even an empty one."""
    sari, budi = open_("sari"), open_("budi")
    give(sari, "inform-1", L)
    saved = budi.save(budi.assessment.answer("inform-2", F))
    assert (saved.assessment.answer_to("inform-1"), saved.assessment.answer_to("inform-2")) == (L, F)
    assert load_assessment(file, content) == saved.assessment
    assert sari.save(sari.assessment).assessment == saved.assessment


def test_a_clash_shows_both_and_keeps_theirs(open_: Open, file: Path, content: Content) -> None:
    """The other answers of the same save are stored; the person's choice is a plain save."""
    sari, budi = open_("sari"), open_("budi")
    give(sari, "inform-1", L)
    saved = budi.save(budi.assessment.answer("inform-1", F).answer("inform-2", P))
    (clash,) = saved.clashes
    assert (clash.mine["rating"], clash.theirs["rating"], clash.who) == ("F", "L", "sari")
    assert load_assessment(file, content).answer_to("inform-1") == L
    assert load_assessment(file, content).answer_to("inform-2") == P
    saved = budi.save(decided(saved.assessment, clash, clash.mine))
    assert (saved.clashes, load_assessment(file, content).answer_to("inform-1")) == ((), F)


def test_a_clash_says_who_made_theirs(open_: Open, file: Path) -> None:
    """Whoever changed that field, not who saved last; nobody, where the file was changed by hand."""
    sari, budi, rini = open_("sari"), open_("budi"), open_("rini")
    give(sari, "inform-1", L)
    rini.save(rini.assessment)
    give(rini, "inform-1", L.model_copy(update={"note": "seen"}))
    (clash,) = budi.save(budi.assessment.answer("inform-1", F)).clashes
    assert (clash.part, clash.who) == (("state",), "sari")
    (clash,) = sari.save(sari.assessment.answer("inform-1", L.model_copy(update={"note": "heard"}))).clashes
    assert (clash.part, clash.who, clash.both) == (("note", "id"), "rini", "seen\nheard")
    file.write_text(file.read_text(encoding="utf-8").replace('"L"', '"N"'), encoding="utf-8")
    (clash,) = budi.save(budi.assessment.answer("inform-1", P)).clashes
    assert (clash.theirs["rating"], clash.who) == ("N", "")


def test_a_decision_puts_only_what_clashed(open_: Open) -> None:
    """Over what stands now, whatever else of the answer was changed since; until theirs is changed, it is open."""
    sari, budi = open_("sari"), open_("budi")
    give(sari, "inform-1", L)
    (clash,) = budi.save(budi.assessment.answer("inform-1", F)).clashes
    give(sari, "inform-1", L.model_copy(update={"note": "seen", "private": "p"}))
    now = budi.save(budi.assessment).assessment
    assert clash.is_open(now)
    now = budi.save(decided(now, clash, clash.mine)).assessment
    assert now.answer_to("inform-1") == F.model_copy(update={"note": "seen", "private": "p"})
    assert not clash.is_open(now)


def test_a_save_without_a_change_writes_nothing(open_: Open, file: Path) -> None:
    """It only looks: file and journal stay, byte and time."""
    sitting = open_()
    file.write_text(file.read_text(encoding="utf-8").replace("  ", "    "), encoding="utf-8")
    before = file.read_bytes(), file.stat().st_mtime_ns
    assert sitting.save(sitting.assessment).assessment == sitting.assessment
    assert (file.read_bytes(), file.stat().st_mtime_ns) == before
    assert not hidden(file).exists()


def test_what_does_not_fit_is_not_saved(open_: Open, file: Path) -> None:
    """So the file can always be read."""
    sitting, other = open_(), open_("budi")
    give(other, "inform-2", L)
    before = file.read_bytes()
    twice = [Evidence(key="E-01", kind="document", source=source) for source in ("one", "two")]
    with pytest.raises(AssessmentError, match="E-01 stands twice"):
        sitting.save(sitting.assessment.replaced(evidence=twice))
    unfit = Answer(state="rated", rating="L", evidence=(EvidenceLink(evidence="E-99", supports="L"),))
    with pytest.raises(AssessmentError, match="E-99 is not in the evidence list"):
        give(sitting, "inform-1", unfit)
    assert file.read_bytes() == before


def test_a_full_disk_is_told_and_tried_again(open_: Open, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file stands, the sitting knows nothing was saved, and the same save works once there is room."""
    sitting, before = open_(), file.read_bytes()
    wanted = sitting.assessment.answer("inform-1", L)
    with monkeypatch.context() as disk:
        disk.setattr(sitting_module, "write_whole", full)
        with pytest.raises(OSError, match="No space left"):
            sitting.save(wanted)
    assert file.read_bytes() == before
    assert sitting.assessment.answer_to("inform-1").state == "unanswered"
    assert sitting.undo() is None
    assert sitting.save(wanted).assessment == wanted


def test_a_file_that_is_gone_is_not_made_anew(open_: Open, file: Path) -> None:
    """Its drive may be gone: a file written in its place would soon be hidden, and acknowledged."""
    sitting = open_()
    shutil.rmtree(file.parent)
    with pytest.raises(AssessmentError, match="is gone; put it back, or save a copy"):
        give(sitting, "inform-1", L)
    assert not file.parent.exists()


def test_a_read_only_file_is_left_alone(open_: Open, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Putting another file in its place would work, and is not what was meant."""
    sitting, before = open_(), file.read_bytes()
    monkeypatch.setattr(os, "access", lambda path, mode: (path, mode) != (file, os.W_OK))
    with pytest.raises(AssessmentError, match="is read-only"):
        give(sitting, "inform-1", L)
    assert file.read_bytes() == before


def test_a_broken_file_is_not_written_over(open_: Open, file: Path) -> None:
    """Half of a file from a sync client: somebody must look first."""
    sitting = open_()
    file.write_text("{", encoding="utf-8")
    with pytest.raises(AssessmentError, match="is not JSON here"):
        give(sitting, "inform-1", L)
    assert file.read_text(encoding="utf-8") == "{"


def test_a_file_held_for_a_moment_is_waited_for(open_: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sync client lets go within a second; one that does not is told."""
    sitting, tries, replace = open_(), iter(range(100)), Path.replace

    def held(path: Path, target: Path) -> Path:
        if target.name == "acme.json" and next(tries) < holds:
            raise PermissionError(13, "in use by another program")
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", held)
    monkeypatch.setattr(sitting_module, "_PAUSES", [0.001] * 4)
    holds = 3
    assert give(sitting, "inform-1", L)
    tries, holds = iter(range(100)), 100
    with pytest.raises(PermissionError):
        give(sitting, "inform-2", L)
    assert next(tries) == 5


def test_waiting_for_a_held_file_takes_a_second() -> None:
    """A person waits no longer than that."""
    assert 0.8 <= sum(sitting_module._PAUSES) <= 1


def test_writers_wait_for_each_other(open_: Open, file: Path) -> None:
    """While one holds the file, another's save waits, then merges."""
    sari, budi, done = open_("sari"), open_("budi"), threading.Event()

    def save() -> None:
        give(budi, "inform-2", F)
        done.set()

    with locked(file):
        thread = threading.Thread(target=save)
        thread.start()
        assert not done.wait(0.2)
        file.write_text(dumps(sari.assessment.answer("inform-1", L)), encoding="utf-8")
    thread.join()
    assert set(sari.save(sari.assessment).assessment.answers) == {"inform-1", "inform-2"}


def test_undo_goes_back_step_by_step(open_: Open, file: Path, content: Content) -> None:
    """Twenty-five changes back, each a save, after reopening before every one; then there is nothing more."""
    states = [open_().assessment]
    for number in range(25):
        key = f"inform-{number % 4 + 1}"
        states.append(open_().save(states[-1].answer(key, Answer(state="unknown", note=str(number)))).assessment)
    for state in reversed(states[:-1]):
        saved = open_().undo()
        assert saved is not None
        assert saved.assessment == load_assessment(file, content) == state
    assert open_().undo() is None


def test_redo_makes_it_again(open_: Open) -> None:
    """All that undo took back, until something else is changed."""
    sitting = open_()
    give(sitting, "inform-1", P)
    give(sitting, "inform-1", L)
    changed = sitting.assessment
    sitting.undo()
    sitting.undo()
    sitting.redo()
    assert sitting.redo().assessment == changed
    assert sitting.redo() is None
    sitting.undo()
    give(sitting, "inform-2", F)
    assert sitting.redo() is None
    sitting.undo()
    assert sitting.undo().assessment.answers == {}


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_undo_and_redo_of_anything(data: st.DataObject, file: Path, content: Content) -> None:
    """Whatever was changed, and however often one goes back and forth, each state is one that was."""
    save_assessment(blank(content), file)
    shutil.rmtree(hidden(file), ignore_errors=True)
    sitting = Sitting.open(file, content)
    states, at = [sitting.assessment], 0
    for _ in range(4):
        new = data.draw(edited(sitting.assessment, content, most=3))
        if new != sitting.assessment:
            sitting.save(new)
            states, at = [*states[: at + 1], new], at + 1
        for step in data.draw(st.lists(st.sampled_from(["undo", "redo"]), max_size=4)):
            at_next = at + (1 if step == "redo" else -1)
            saved = getattr(sitting, step)()
            assert (saved is not None) == (0 <= at_next < len(states))
            at = at_next if saved else at
            assert sorted(sitting.assessment.evidence, key=str) == sorted(states[at].evidence, key=str)
            assert sitting.assessment.answers == states[at].answers


def test_undo_leaves_what_others_did(open_: Open) -> None:
    """Mine goes, theirs stays; of mine what another changed since is left and named, and the next step follows."""
    sari, budi = open_("sari"), open_("budi")
    give(sari, "inform-3", N)
    sari.save(sari.assessment.answer("inform-1", L).answer("inform-2", L))
    budi.save(budi.assessment)
    give(budi, "inform-1", F)
    saved = sari.undo()
    assert saved.left == (PLACE,)
    assert saved.assessment.answers == {"inform-1": F, "inform-3": N}
    assert sari.undo().assessment.answers == {"inform-1": F}
    assert sari.undo() is None
    assert budi.undo().assessment.answers == {"inform-1": L}


def test_undo_of_a_rating_leaves_the_note_of_another(open_: Open) -> None:
    """Also where the rating was the first of its answer, and forth again; so does undo of a note."""
    sari, budi = open_("sari"), open_("budi")
    give(sari, "inform-1", L)
    budi.save(budi.assessment)
    give(budi, "inform-1", L.model_copy(update={"note": "seen"}))
    saved = sari.undo()
    assert saved.assessment.answer_to("inform-1") == Answer(state="unanswered", note="seen")
    assert saved.left == ()
    assert sari.redo().assessment.answer_to("inform-1") == L.model_copy(update={"note": "seen"})
    assert budi.undo().assessment.answer_to("inform-1") == L
    assert sari.undo().assessment.answers == {}


def test_undo_that_would_not_fit_is_left(open_: Open) -> None:
    """A removed answer whose evidence is gone cannot come back; it is named, and undo goes on."""
    sari, budi = open_("sari"), open_("budi")
    paper = Evidence(key="E-01", kind="document", source="paper")
    proved = Answer(state="rated", rating="L", evidence=(EvidenceLink(evidence="E-01", supports="L"),))
    give(sari, "inform-2", N)
    budi.save(budi.assessment)
    budi.save(budi.assessment.replaced(evidence=(paper,)).answer("inform-1", proved))
    sari.save(sari.assessment)
    sari.save(sari.assessment.replaced(answers={"inform-2": N}))
    budi.save(budi.assessment)
    budi.save(budi.assessment.replaced(evidence=()))
    saved = sari.undo()
    assert saved.left == (PLACE,)
    assert saved.assessment.answers == {"inform-2": N}
    assert sari.undo().assessment.answers == {}


def test_what_an_answer_was_is_told(open_: Open, clock: Clock) -> None:
    """Its value before, when and by whom it was changed; after reopening, too."""
    give(open_("budi"), "inform-1", L)
    assert open_().befores(rating_of)[PLACE].value is None
    clock.now += timedelta(hours=1)
    give(open_(), "inform-1", F)
    value, at, who = open_("budi").befores(rating_of)[PLACE]
    assert (value["rating"], f"{at:%H:%M}", who) == ("L", "11:31", "sari")
    assert set(open_().befores(rating_of)) == {PLACE}
    clock.now += timedelta(hours=1)
    give(open_("budi"), "inform-1", N)
    assert open_().befores(rating_of)[PLACE].value["rating"] == "F"


def test_what_one_does_not_look_at_is_no_change(open_: Open) -> None:
    """A note written after the rating does not hide what the rating was."""
    sitting = open_()
    for answer in (L, F, F.model_copy(update={"note": "seen"})):
        give(sitting, "inform-1", answer)
    assert sitting.befores(rating_of)[PLACE].value["rating"] == "L"


def test_what_the_journal_cannot_know_is_not_told(open_: Open, file: Path) -> None:
    """The file was changed by hand: what stood before that is not in the journal."""
    sitting = open_()
    give(sitting, "inform-1", L)
    file.write_text(file.read_text(encoding="utf-8").replace('"L"', '"P"'), encoding="utf-8")
    assert open_().befores(rating_of) == {}
    assert sitting.save(sitting.assessment).assessment.answer_to("inform-1") == P
    assert sitting.undo().left == (PLACE,)


def test_first_on_disk_then_in_place_then_in_the_journal(
    open_: Open, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The order that makes an acknowledgement true: file flushed, put in place, name flushed, journal."""
    sitting, done, fsync, replace = open_(), [], os.fsync, Path.replace
    give(sitting, "inform-2", F)

    def flushed(handle: int) -> None:
        place = Path(f"/proc/self/fd/{handle}").readlink()
        done.append(f"flush {'folder' if place == file.parent else place.parent.name}")
        fsync(handle)

    def put_in_place(path: Path, target: Path) -> Path:
        done.append(f"replace {target.name}")
        return replace(path, target)

    if not Path("/proc/self/fd").exists():
        pytest.skip("tells by /proc which file is flushed")
    monkeypatch.setattr(os, "fsync", flushed)
    monkeypatch.setattr(Path, "replace", put_in_place)
    give(sitting, "inform-1", L)
    own = f"flush {file.parent.name}"
    of_journal = [f"flush {hidden(file).name}", "replace sari.jsonl"]
    assert done == [own, "replace acme.json", "flush folder", *of_journal]


def test_a_save_that_failed_leaves_no_step(open_: Open, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Undo must not take back what never was in the file."""
    sitting, write = open_(), sitting_module.write_whole
    give(sitting, "inform-1", L)
    steps = (hidden(file) / "sari.jsonl").read_bytes()
    monkeypatch.setattr(
        sitting_module, "write_whole", lambda path, data: full() if path == file else write(path, data)
    )
    with pytest.raises(OSError):
        give(sitting, "inform-1", F)
    assert (hidden(file) / "sari.jsonl").read_bytes() == steps


def test_a_sitting_outlives_a_change_of_folder(
    file: Path, content: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Notebooks change their folder; a link to a file stays a link."""
    link = file.with_name("link.json")
    link.symlink_to(file)
    monkeypatch.chdir(file.parent)
    sitting = Sitting.open("link.json", content)
    monkeypatch.chdir("/")
    give(sitting, "inform-1", L)
    assert link.is_symlink()
    assert load_assessment(file, content).answer_to("inform-1") == L


def test_saving_is_quick(content: Content, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full assessment with a full journal is saved and merged in 15 ms, apart from the disk's flushing."""
    answered = {q.key: Answer(state="rated", rating="L", note="seen " * 40) for q in content.questions}
    save_assessment(blank(content, answers=answered), tmp_path / "a.json")
    monkeypatch.setattr(os, "fsync", lambda handle: None)
    sitting, other = (Sitting.open(tmp_path / "a.json", content, who=who) for who in "ab")
    for number in range(200):
        give(sitting, "inform-1", Answer(state="unknown", note=f"{number} " * 40))
    spans = []
    for number in range(15):
        give(other, "inform-3", Answer(state="unknown", note=str(number)))
        start = time.perf_counter()
        give(sitting, "inform-2", Answer(state="unknown", note=str(number)))
        spans.append(time.perf_counter() - start)
    assert sorted(spans)[len(spans) // 2] < 0.015


def test_a_nameless_user_can_work(file: Path, content: Content, monkeypatch: pytest.MonkeyPatch) -> None:
    """A container may know no user."""

    def nobody() -> str:
        raise KeyError("uid")

    monkeypatch.setattr(sitting_module.getpass, "getuser", nobody)
    assert give(Sitting.open(file, content), "inform-1", L)
    assert Sitting.open(file, content).befores(rating_of)[PLACE].who == "unknown"
