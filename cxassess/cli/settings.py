"""What a command takes of the workspace where it was told nothing, and that it says so."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from pathlib import Path
from typing import TypeVar

from rich.text import Text as Styled

from cxassess.cli.terminal import err, near
from cxassess.content.reading import Content, load_content
from cxassess.errors import CxError, Problem
from cxassess.page.brand import Brand, load_brand
from cxassess.text import Lang
from cxassess.workspace import SETTINGS, Workspace, workspace_of

_Value = TypeVar("_Value", bound=Hashable)


class Settings:
    """The settings of the workspaces that a command's files lie in; where they lie in none, of the current folder.

    What was told on the command line wins over them; what a file says of itself, such as the languages of its
    reports, is not theirs to say. Of several workspaces, each setting that is needed must be the same, or told.

    Raises CxError where settings cannot be used, or differ.
    """

    def __init__(self, *paths: Path) -> None:
        found = [work for work in map(workspace_of, paths) if work]
        here = None if found else workspace_of(Path())
        self._workspaces = {work.folder: work for work in found or filter(None, [here])}
        self._taken: list[str] = []

    def content(self, told: Path | None) -> Content:
        """The content folder told, else the workspace's, else the shipped one."""
        own = None if told else self._own("content", lambda work: work.content)
        if own:
            self._take("content", own)
        return load_content(told or own)

    def brand(self, told: Brand | None) -> Brand | None:
        """The brand told, else the workspace's, else none."""
        own = None if told else self._own("brand", lambda work: work.brand)
        if not own:
            return told
        self._take("brand", own)
        return load_brand(own)

    def reports(self, told: Path | None) -> Path:
        """The folder told, else the workspace's, else `reports` here."""
        own = None if told else self._own("out", lambda work: work.reports)
        here = Path("reports")
        if own and near(own) != here:
            self._take("reports", own)
        return told or (near(own) if own else here)

    def assessments(self, told: Path | None) -> Path:
        """The folder told, else the workspace's, else this one."""
        own = None if told else self._own("dir", lambda work: work.assessments)
        return told or (near(own) if own else Path())

    def lang(self, told: Lang | None, *, default: Lang) -> Lang:
        """The language told, else the workspace's, else the default."""
        return told or self._own("lang", lambda work: work.lang) or default

    def tell(self) -> None:
        """Say on the other stream what was taken, and from where."""
        if self._taken:
            files = ", ".join(str(near(folder / SETTINGS)) for folder in self._workspaces)
            err.print(Styled(f"From {files}: {', '.join(self._taken)}"))

    def _take(self, setting: str, path: Path) -> None:
        self._taken.append(f"{setting} {near(path)}")

    def _own(self, option: str, read: Callable[[Workspace], _Value]) -> _Value | None:
        """What all workspaces say; None where there is none."""
        values = {read(work): work for work in self._workspaces.values()}
        if len(values) > 1:
            one, other = (str(near(work.folder / SETTINGS)) for work in list(values.values())[:2])
            problem = Problem(one, "problem-settings-differ", other=other, option=f"--{option}")
            raise CxError("problem-nothing-to-do", [problem])
        return next(iter(values), None)
