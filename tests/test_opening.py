"""What is shown outside the page, only where there is a screen for it."""

import sys
import webbrowser
from pathlib import Path

import pytest
import typer

from cxassess.opening import opened_in_browser, shown_in_folder


def test_nothing_is_opened_without_a_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only a browser in the terminal would, and none is asked."""
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(webbrowser, "open", lambda address: pytest.fail(address))
    monkeypatch.setattr(typer, "launch", lambda *what, **how: pytest.fail(str(what)))
    assert not opened_in_browser("http://127.0.0.1")
    assert not shown_in_folder(Path("x"))


def test_a_browser_of_ones_own_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing but BROWSER says that there is one."""
    asked: list[str] = []
    monkeypatch.setattr(webbrowser, "open", lambda address: asked.append(address) is None)
    monkeypatch.setenv("BROWSER", "firefox")
    assert opened_in_browser("http://a")
    assert asked == ["http://a"]


def test_a_file_is_shown_in_its_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    """By the file manager, not opened."""
    asked: list[object] = []
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(typer, "launch", lambda path, locate: asked.append((path, locate)) or 0)
    assert shown_in_folder(Path("reports/acme.html"))
    assert asked == [("reports/acme.html", True)]
