"""kill -9 at random moments: what was acknowledged is there, and the file can be read at every moment.

The test runs this file as a program: one process that loads everything once, and forks those that are killed.
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
from kit.made import ON
from kit.places import ROOT

from cxassess import files
from cxassess.content.reading import Content, load_content
from cxassess.document.answers import Answer
from cxassess.document.assessmentfile import load_assessment, new_assessment
from cxassess.document.sitting import Sitting
from cxassess.errors import AssessmentError

WRITERS = 4
SAVES = 1000
needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="kill -9 is of Unix")


def numbered(number: int) -> Answer:
    return Answer(state="unknown", note=str(number))


def number_in(answer: Answer) -> int:
    return int(str(answer.note or "0"))


def keys_of(writer: int, content: Content) -> list[str]:
    """The questions one writer answers."""
    return [question.key for question in content.questions][writer::WRITERS]


def write(file: Path, content: Content, writer: int, first: int, log: Path) -> None:
    """Save one answer after the other until killed; log what is begun, and what was acknowledged."""
    sitting = Sitting.open(file, content, who=f"w{writer}")
    keys = keys_of(writer, content)
    handle = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for number in count(first):
        key = keys[number % len(keys)]
        os.write(handle, f"begin {key} {number}\n".encode())
        sitting.save(sitting.assessment.answer(key, numbered(number)))
        os.write(handle, f"saved {key} {number}\n".encode())


def logged(log: Path) -> Iterator[tuple[str, str, int]]:
    """What a writer wrote down. os.write hands a line over whole, and a killed process cannot take it back."""
    for line in log.read_text().splitlines() if log.exists() else ():
        word, key, number = line.split()
        yield word, key, int(number)


class Crowd:
    """Writers on one file, each killed and begun again, while the file is read."""

    def __init__(self, folder: Path) -> None:
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
        while sum(word == "saved" for log in self.logs for word, _, _ in logged(log)) < SAVES:
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
def test_kill_9_at_random_moments(tmp_path: Path, content: Content) -> None:
    """1,000 saves by 4 processes, each killed again and again: every acknowledged answer is in the file.

    In each place stands what was acknowledged last, or something later that was begun; the file could be read
    all the time; and each writer can take back twenty changes of its own.
    """
    new_assessment(tmp_path / "acme.json", content, organisation="Acme", on=ON)
    program = [sys.executable, __file__, str(tmp_path)]
    here = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (ROOT, ROOT / "tests")))}
    told = json.loads(subprocess.run(program, env=here, check=True, stdout=subprocess.PIPE, timeout=300).stdout)
    assert told["kills"] > 20
    assert told["killed in a save"] > 10
    assert told["reads"] > 100
    found = load_assessment(tmp_path / "acme.json", content)
    acknowledged = 0
    for writer in range(WRITERS):
        log = list(logged(tmp_path / f"{writer}.log"))
        acknowledged += sum(word == "saved" for word, _, _ in log)
        for key in keys_of(writer, content):
            begun, saved = ([n for w, k, n in log if (w, k) == (word, key)] for word in ("begin", "saved"))
            now = number_in(found.answer_to(key))
            assert max(saved, default=0) <= now <= max(begun, default=0)
            assert now in [0, *begun]
    assert acknowledged >= SAVES
    assert len(list((tmp_path / ".acme.json.history").glob("*.part"))) <= WRITERS
    for writer in range(WRITERS):
        sitting = Sitting.open(tmp_path / "acme.json", content, who=f"w{writer}")
        for _ in range(20):
            before, saved = sitting.assessment, sitting.undo()
            assert saved is not None
            changed = {key for key in before.answers if before.answer_to(key) != saved.assessment.answer_to(key)}
            assert changed <= set(keys_of(writer, content))


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
            sitting.save(sitting.assessment.answer("inform-1", numbered(1)))
        holder.kill()
    assert sitting.save(sitting.assessment.answer("inform-1", numbered(2))).assessment.answers


if __name__ == "__main__":
    crowd = Crowd(Path(sys.argv[1]))
    try:
        crowd.run(random.Random())
    finally:
        crowd.end()
    figures = {"kills": crowd.kills, "killed in a save": crowd.killed_in_a_save, "reads": crowd.reads}
    print(json.dumps(figures))
