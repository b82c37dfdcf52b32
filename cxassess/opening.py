"""What a person wants to see outside the page: a report in the browser, a file in its folder."""

from __future__ import annotations

import os
import sys
import webbrowser
from pathlib import Path


def has_screen() -> bool:
    """Whether anything can be shown here; a server or a container has no screen."""
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")
    return sys.platform in ("win32", "darwin") or any(map(os.environ.get, screens))


def opened_in_browser(address: str) -> bool:
    """Whether a browser took the address; without a screen, only one in the terminal would, and none is asked."""
    return has_screen() and webbrowser.open(address)


def shown_in_folder(path: Path) -> bool:
    """Whether the file manager showed where a file or folder is."""
    import typer

    return has_screen() and typer.launch(str(path), locate=True) == 0
