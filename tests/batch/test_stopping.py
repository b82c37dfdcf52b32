"""Signals that end a batch: what they ask for, and what they leave as it was."""

import os
import signal
import sys

import pytest

from cxassess.batch.stopping import Stop, stopped_by_signals

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no program can send itself these signals there")
CODES = {"SIGINT": 130, "SIGTERM": 143, "SIGHUP": 129}


@pytest.mark.parametrize("name", CODES)
def test_a_signal_asks(name: str) -> None:
    """Nothing is raised where the batch stands; the exit code is that of the first signal."""
    with stopped_by_signals() as stop:
        assert (stop.is_asked, stop.exit_code) == (False, 0)
        os.kill(os.getpid(), signal.Signals[name])
        os.kill(os.getpid(), signal.SIGTERM)
    assert (stop.is_asked, stop.exit_code) == (True, CODES[name])


def test_handlers_are_put_back() -> None:
    """After the block, Ctrl-C does what it did before."""
    before = [signal.getsignal(signal.Signals[name]) for name in CODES]
    with stopped_by_signals():
        assert signal.getsignal(signal.SIGINT) not in before
    assert [signal.getsignal(signal.Signals[name]) for name in CODES] == before


def test_what_is_ignored_stays_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Under nohup, a batch outlives its terminal."""
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with stopped_by_signals() as stop:
            os.kill(os.getpid(), signal.SIGHUP)
        assert not stop.is_asked
    finally:
        signal.signal(signal.SIGHUP, before)


def test_asked_without_a_signal() -> None:
    """By a caller in this program: no exit code of a signal."""
    stop = Stop()
    stop.ask()
    assert (stop.is_asked, stop.exit_code) == (True, 0)
