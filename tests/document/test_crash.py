"""kill -9 at random moments: what was acknowledged is there, and the file can be read at every moment.

The test runs this file as a program: one process that loads everything once, and forks those that are killed. Four
people work in the same entries, each in fields of one's own: in each must stand what was acknowledged last.
"""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from kit.answers import F, L
from kit.made import ON
from kit.places import ROOT

from cxassess import files
from cxassess.content.reading import Content, load_content
from cxassess.document.answers import Evidence, Judgement
from cxassess.document.assessment import Assessment
from cxassess.document.assessmentfile import load_assessment, new_assessment
from cxassess.document.changes import Clash, decided, places
from cxassess.document.shapes import Json, Place, head_of
from cxassess.document.sitting import Sitting
from cxassess.errors import AssessmentError

WRITERS = 4
needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="kill -9 is of Unix")


ENTRIES: tuple[Place, ...] = (
    *(("answers", f"inform-{n}") for n in (1, 2, 3)),
    *(("evidence", key) for key in ("E-01", "E-02")),
    ("mistakes", "silos"),
)
# Who writes what: of the same entries one version of a note each, the private notes, and what proves or names.
NOTES: tuple[Place, ...] = (
    *((*entry, "note") for entry in ENTRIES),
    ("profile", "objective"),
    ("commentary", "summary"),
)
LINKS: tuple[Place, ...] = tuple((*entry, "evidence", "E-01") for entry in ENTRIES[:3])
FIELDS: tuple[tuple[Place, ...], ...] = (
    tuple((*note, "id") for note in NOTES),
    tuple((*note, "en") for note in NOTES),
    (*((*entry, "private") for entry in ENTRIES), ("profile", "private"), ("private",)),
    (*LINKS, ("evidence", "E-01", "person"), ("profile", "trade_text", "id")),
)


def begun(folder: Path, content: Content) -> None:
    """The file that all write: with evidence to link to, and a mistake that is judged."""
    new_assessment(folder / "acme.json", content, organisation="Acme", on=ON)
    sitting = Sitting.open(folder / "acme.json", content, who="first")
    records = tuple(Evidence(key=key, kind="document", source="paper") for key in ("E-01", "E-02"))
    sitting.save(sitting.assessment.replaced(evidence=records).judge("silos", Judgement(severity=1)))


def field_at(at: Place) -> Clash:
    """A field as decisions name it."""
    place = head_of(at)
    return Clash(place, None, None, None, at[len(place) :])


def numbered(at: Place, number: int) -> Json:
    """What a field holds that bears a number."""
    is_link = at[0] == "answers" and at[2] == "evidence"
    return {"evidence": at[3], "sample": {"k": number, "n": 10**6}} if is_link else str(number)


def number_at(at: Place, assessment: Assessment) -> int:
    """The number that a field bears; 0 for none."""
    value = field_at(at).value_in(places(assessment).get(head_of(at)), working="id")
    return value["sample"]["k"] if isinstance(value, dict) else int(value or 0)


def write(file: Path, content: Content, writer: int, first: int, log: Path) -> None:
    """Save one field after the other, at random, until killed; log what is begun, and what was acknowledged."""
    sitting, chance = Sitting.open(file, content, who=f"w{writer}"), random.Random()
    handle = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for number in count(first):
        at = chance.choice(FIELDS[writer])
        os.write(handle, f"begin {'/'.join(at)} {number}\n".encode())
        saved = sitting.save(decided(sitting.assessment, field_at(at), numbered(at, number)))
        assert (saved.clashes, saved.left) == ((), ())
        os.write(handle, f"saved {'/'.join(at)} {number}\n".encode())


def logged(log: Path) -> Iterator[tuple[str, str, int]]:
    """What a writer wrote down. os.write hands a line over whole, and a killed process cannot take it back."""
    for line in log.read_text().splitlines() if log.exists() else ():
        word, key, number = line.split()
        yield word, key, int(number)


class Crowd:
    """Writers on one file, each killed and begun again, while the file is read."""

    def __init__(self, folder: Path, saves: int) -> None:
        self.saves = saves
        self.file = folder / "acme.json"
        self.content = load_content()
        self.logs = [folder / f"{writer}.log" for writer in range(WRITERS)]
        self.pids = [0] * WRITERS
        self.reads = self.kills = self.killed_in_a_save = 0

    def start(self, writer: int) -> None:
        first = max((number for _, _, number in logged(self.logs[writer])), default=0) + 1
        self.pids[writer] = os.fork()
        if not self.pids[writer]:
            try:
                write(self.file, self.content, writer, first, self.logs[writer])
            finally:
                os._exit(1)  # an error is printed, and the writer's end noticed

    def kill(self, writer: int) -> None:
        pid, self.pids[writer] = self.pids[writer], 0
        os.kill(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
        if os.WIFEXITED(status):
            raise SystemExit(f"writer {writer} ended by itself")
        self.kills += 1
        self.killed_in_a_save += [word for word, _, _ in logged(self.logs[writer])][-1:] == ["begin"]

    def run(self, chance: random.Random) -> None:
        for writer in range(WRITERS):
            self.start(writer)
        while sum(word == "saved" for log in self.logs for word, _, _ in logged(log)) < self.saves:
            until = time.monotonic() + chance.uniform(0.01, 0.06)
            while time.monotonic() < until:
                load_assessment(self.file, self.content)
                self.reads += 1
                time.sleep(0.005)
            writer = chance.randrange(WRITERS)
            self.kill(writer)
            self.start(writer)

    def end(self) -> None:
        for pid in filter(None, self.pids):
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)


@needs_fork
@pytest.mark.parametrize("saves", [60, pytest.param(1000, marks=pytest.mark.long)])
def test_kill_9_at_random_moments(tmp_path: Path, content: Content, saves: int) -> None:
    """Saves by 4 people in random fields of the same entries, each killed again and again: nothing is lost.

    In each field stands what was acknowledged last, or something later that was begun; the file could be read
    all the time, nobody was asked anything, and each can take back changes of its own and no other's.
    """
    begun(tmp_path, content)
    program = [sys.executable, __file__, str(tmp_path), str(saves)]
    here = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (ROOT, ROOT / "tests")))}
    told = json.loads(subprocess.run(program, env=here, check=True, stdout=subprocess.PIPE, timeout=300).stdout)
    assert told["kills"] > saves // 50
    assert told["killed in a save"] > saves // 100
    assert told["reads"] > saves // 10
    found = load_assessment(tmp_path / "acme.json", content)
    acknowledged = 0
    for writer, fields in enumerate(FIELDS):
        log = list(logged(tmp_path / f"{writer}.log"))
        acknowledged += sum(word == "saved" for word, _, _ in log)
        for at in fields:
            own = [(word, number) for word, where, number in log if where == "/".join(at)]
            tried, saved = ([number for one, number in own if one == word] for word in ("begin", "saved"))
            now = number_at(at, found)
            assert max(saved, default=0) <= now <= max(tried, default=0)
            assert now in [0, *tried]
    assert acknowledged >= saves
    assert len(list((tmp_path / ".acme.json.history").glob("*.part"))) <= WRITERS
    for writer in range(WRITERS):
        sitting = Sitting.open(tmp_path / "acme.json", content, who=f"w{writer}")
        # On a busy machine one of them may have come to few saves.
        own = sum(word == "saved" for word, _, _ in logged(tmp_path / f"{writer}.log"))
        takes_back(sitting, FIELDS[writer], min(own, saves // 20))


def takes_back(sitting: Sitting, fields: tuple[Place, ...], steps: int) -> None:
    """So many steps back change nothing but these fields."""
    for _ in range(steps):
        before, saved = sitting.assessment, sitting.undo()
        assert saved is not None
        every = [at for group in FIELDS for at in group]
        changed = {at for at in every if number_at(at, before) != number_at(at, saved.assessment)}
        assert changed <= set(fields)


@needs_fork
def test_the_dead_hold_no_lock(tmp_path: Path, content: Content, monkeypatch: pytest.MonkeyPatch) -> None:
    """While a process holds the file, others are told so; killed, it is in nobody's way."""
    file = tmp_path / "acme.json"
    new_assessment(file, content, organisation="Acme", on=ON)
    script = "import sys,time; from pathlib import Path; from cxassess.document.assessmentfile import locked\n"
    script += "with locked(Path(sys.argv[1])): print('held', flush=True); time.sleep(60)"
    sitting = Sitting.open(file, content)
    with subprocess.Popen([sys.executable, "-c", script, str(file)], stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        monkeypatch.setattr(files, "_LOCK_SECONDS", 0.1)
        with pytest.raises(AssessmentError, match="nothing was written"):
            sitting.save(sitting.assessment.answer("inform-1", F))
        holder.kill()
    assert sitting.save(sitting.assessment.answer("inform-1", L)).assessment.answers


if __name__ == "__main__":
    crowd = Crowd(Path(sys.argv[1]), int(sys.argv[2]))
    try:
        crowd.run(random.Random())
    finally:
        crowd.end()
    figures = {"kills": crowd.kills, "killed in a save": crowd.killed_in_a_save, "reads": crowd.reads}
    print(json.dumps(figures))
