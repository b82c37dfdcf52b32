"""A consultant's folder and its settings."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath
from string import Template
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from cxassess.errors import CxError, Problem, validation_problems
from cxassess.places import content_dir, open_or_example, templates_dir
from cxassess.text import Lang, Line
from cxassess.yamlfile import YamlFile, scan_yaml

SETTINGS = "workspace.yaml"
_QUOTES = {'"': '"', "'": "'", "“": "”", "‘": "’"}


class WorkspaceFile(BaseModel):
    """`workspace.yaml` as it is written; its paths are relative to its folder."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Annotated[Line, Field(max_length=120)]
    brand: Line | None = None
    reports: Line = "reports"
    content: Line | None = None
    language: Lang = "id"


@dataclass(frozen=True)
class Workspace:
    """A consultant's folder: where assessments and reports lie, and what all of them have in common.

    >>> Workspace.without_settings("my-work").assessments.parts[-2:]
    ('my-work', 'assessments')
    """

    folder: Path
    name: str
    reports: Path
    brand: Path | None = None
    content: Path | None = None
    lang: Lang = "id"

    @classmethod
    def load(cls, folder: Path | str) -> Self:
        """The workspace of a folder, by its `workspace.yaml`.

        Raises CxError with every problem found, each with its line; what it names must be there.
        """
        folder = _absolute(folder)
        path = folder / SETTINGS
        if not _is_file(path):
            raise CxError("problem-nothing-opened", [_no_settings(folder)])
        file, problems = scan_yaml(path)
        shape = None
        try:
            shape = WorkspaceFile.model_validate(file.data)
        except ValidationError as error:
            problems += validation_problems(error, file.where)
        problems += _not_there(folder, file)
        if problems or not shape:
            first = {problem.where: problem for problem in reversed(problems)}  # a place is told once
            raise CxError("problem-file-unusable", [*first.values()][::-1], path=path)
        return cls(
            folder,
            name=shape.name,
            reports=_within(folder, shape.reports),
            brand=_within(folder, shape.brand) if shape.brand else None,
            content=_within(folder, shape.content) if shape.content else None,
            lang=shape.language,
        )

    @classmethod
    def without_settings(cls, folder: Path | str) -> Self:
        """Any folder, taken as a workspace that says nothing."""
        folder = _absolute(folder)
        return cls(folder, name=folder.name, reports=folder / "reports")

    @classmethod
    def around(cls, path: Path | str = "") -> Self:
        """The workspace that a file or folder lies in, or its folder without any. Raises CxError as `load`."""
        path = _absolute(as_typed(str(path)))
        folder = path.parent if _is_file(path) else path
        above = settings_folder(folder)
        return cls.load(above) if above else cls.without_settings(folder)

    @property
    def assessments(self) -> Path:
        """The folder of the assessments."""
        return self.folder / "assessments"

    def path(self, typed: str) -> Path:
        """A path as a person typed or pasted it: from the current folder, or else from the workspace.

        Quotes, backslashes and `~` are understood on every system, and so is a path that was printed in a folder
        above the workspace. Whether anything is there is not asked.

        >>> Workspace.without_settings("/my-work").path(r'"assessments\\acme.json"').name
        'acme.json'
        """
        path = as_typed(typed)
        if path.is_absolute() or _is_of_another_system(path) or _exists(path):
            return path
        above = (base / path for base in self.folder.parents)
        printed_above = (one for one in above if one.is_relative_to(self.folder) and _exists(one))
        within = self.folder / path
        return within if _exists(within) else next(printed_above, within)

    def assessment(self, typed: str) -> Path:
        """The assessment that a notebook names, as a person typed it; where it names none, a copy of an example.

        Raises CxError where there is no such file.
        """
        if not typed.strip():
            return open_or_example("")
        path = self.path(typed)
        if not _is_file(path):
            problem = Problem(typed.strip(), "problem-not-there", command='cxassess new "Company name"')
            raise CxError("problem-nothing-opened", [problem])
        return path

    def content_folder(self, typed: str) -> Path | None:
        """The content folder that a notebook names, else the workspace's own; None is the shipped content."""
        return self.path(typed) if typed.strip() else self.content

    def near(self, path: Path) -> str:
        """A path as it is printed for this workspace: relative to it, with slashes; outside it, the whole path.

        >>> work = Workspace.without_settings("my-work")
        >>> work.near(work.assessments / "acme.json")
        'assessments/acme.json'
        """
        full = _absolute(path)
        return full.relative_to(self.folder).as_posix() if full.is_relative_to(self.folder) else full.as_posix()


def workspace_of(path: Path | str) -> Workspace | None:
    """The workspace that a file or folder lies in: that of the nearest `workspace.yaml` upwards.

    Raises CxError where its settings cannot be used.
    """
    folder = settings_folder(path)
    return Workspace.load(folder) if folder else None


def settings_text(name: str, *, brand: str = "", lang: Lang = "id") -> str:
    """A `workspace.yaml` with a word on each setting; without a brand, its line waits as a comment.

    Raises CxError where the name cannot stand in one line.

    >>> "language: en" in settings_text("Tilikrasa", lang="en")
    True
    """
    try:
        name = WorkspaceFile(name=name).name
    except ValidationError as error:
        raise CxError("problem-nothing-written", validation_problems(error, lambda _: repr(name[:40]))) from None
    schema = (content_dir() / "schemas" / "workspace.schema.json").as_uri()
    template = Template((templates_dir() / SETTINGS).read_text(encoding="utf-8"))
    # A JSON text is a YAML text in quotes.
    name, named = (json.dumps(text, ensure_ascii=False) for text in (name, brand or "brand/brand.yaml"))
    brand_line = f"brand: {named}" if brand else f"# brand: {named}"
    return template.substitute(schema=schema, name=name, brand=brand_line, language=lang)


def as_typed(text: str) -> Path:
    """A path as a person typed or pasted it, with quotes, backslashes or `~`.

    >>> as_typed(r"'assessments\\acme\\2026-11-28.json' ").as_posix()
    'assessments/acme/2026-11-28.json'
    """
    bare = text.strip()
    if len(bare) > 1 and _QUOTES.get(bare[0]) == bare[-1]:
        bare = bare[1:-1].strip()
    path = Path(bare)
    if "\\" in bare and not _exists(path):  # outside Windows, a backslash may belong to a name
        path = Path(bare.replace("\\", "/"))
    try:
        return path.expanduser()
    except RuntimeError:  # there is no such user
        return path


def _absolute(path: Path | str) -> Path:
    """A path from the root, without `..`; links are not followed, for people know the path that they typed."""
    if _is_of_another_system(Path(path)):
        return Path(path)
    return Path(os.path.abspath(path))  # noqa: PTH100 - Path.absolute keeps `..`


def _is_of_another_system(path: Path) -> bool:
    """Whether a path begins with a drive where there are none; nothing can be found there."""
    return os.name != "nt" and PureWindowsPath(str(path)).is_absolute()


def settings_folder(path: Path | str = "") -> Path | None:
    """The nearest folder upwards that has a `workspace.yaml`, whatever stands in that."""
    path = _absolute(path)
    above = (path, *path.parents)
    return next((one for one in above if _is_file(one / SETTINGS)), None)


# Those of Path raise where a folder above is closed to us, or where what was pasted is no name at all.


def _is_file(path: Path) -> bool:
    return os.path.isfile(path)  # noqa: PTH113


def _is_folder(path: Path) -> bool:
    return os.path.isdir(path)  # noqa: PTH112


def _exists(path: Path) -> bool:
    return os.path.exists(path)  # noqa: PTH110


def _within(folder: Path, named: str) -> Path:
    """What a setting names."""
    return _absolute(folder / as_typed(named))


def _no_settings(folder: Path) -> Problem:
    return Problem(str(folder), "problem-no-workspace", file=SETTINGS, command="cxassess init DIR")


def _not_there(folder: Path, file: YamlFile) -> list[Problem]:
    """The files and folders that are named, and are none."""
    settings = file.data if isinstance(file.data, dict) else {}
    named = {key: settings.get(key) for key in ("brand", "reports", "content")}
    paths = {key: _within(folder, value) for key, value in named.items() if isinstance(value, str)}
    problems = []
    if "brand" in paths and not _is_file(paths["brand"]):
        problems.append(Problem(file.where(("brand",)), "problem-setting-no-file", named=named["brand"]))
    if "content" in paths and not _is_folder(paths["content"]):
        problems.append(Problem(file.where(("content",)), "problem-setting-no-folder", named=named["content"]))
    # Reports make their folder.
    if "reports" in paths and _is_file(paths["reports"]):
        problems.append(Problem(file.where(("reports",)), "problem-setting-no-folder", named=named["reports"]))
    return problems
