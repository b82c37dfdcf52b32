"""Strict YAML: only true and false are booleans, nothing is guessed, every problem has its line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from cxassess.errors import Cause, ContentError, Place, Problem

# The C reader is ten times faster; PyYAML builds without it exist.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*")
_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,8})")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]{0,8})\.[0-9]{1,9}")
# YAML 1.1 readers take these for booleans or nothing: an unquoted `No` once became false in 24 answer sets.
_TRAPS = {"yes", "no", "on", "off", "y", "n", "null", "true", "false"}
_CORE = "tag:yaml.org,2002:"
_TAGS = {_CORE + kind for kind in ("map", "seq", "str", "int", "float", "bool", "null", "timestamp")}
_TEXT = _CORE + "str"


class YamlFile:
    """What a YAML file holds, and the line on which each of its places begins."""

    def __init__(self, path: Path, data: Any, lines: dict[Place, int]) -> None:  # noqa: ANN401 - any YAML
        self.path = path
        self.data = data
        self.lines = lines

    def where(self, place: Place) -> str:
        """ "file:line key.key": the place a person can jump to."""
        line = next((self.lines[place[:n]] for n in range(len(place), -1, -1) if place[:n] in self.lines), 1)
        return f"{self.path.name}:{line} {'.'.join(map(str, place))}".rstrip()


def read_yaml(path: Path) -> YamlFile:
    """Read one strict YAML file.

    Raises ContentError with every problem, each with file and line, from top to bottom.
    """
    file, problems = scan_yaml(path)
    if problems:
        raise _refused(path, problems)
    return file


def scan_yaml(path: Path) -> tuple[YamlFile, list[Problem]]:
    """The same, with the problems beside what could be read: what is refused stands as None.

    Raises ContentError where nothing can be read.
    """
    root = _composed(path)
    if root is None:
        raise _refused(path, [Problem(f"{path.name}:1", "problem-file-empty")])
    reader = _Reader(path.name)
    try:
        data = reader.value(root, ())
    except RecursionError:
        raise _refused(path, [Problem(f"{path.name}:1", "problem-yaml-too-deep")]) from None
    from_top = sorted(reader.problems, key=lambda found: found[0])
    return YamlFile(path, data, reader.lines), [problem for _, problem in from_top]


def _composed(path: Path) -> yaml.Node | None:
    """The nodes of a file, None if it is empty."""
    try:
        root: yaml.Node | None = yaml.compose(path.read_text(encoding="utf-8"), Loader=_LOADER)
        return root
    except FileNotFoundError:
        problem = Problem(str(path), "problem-file-missing")
    except UnicodeDecodeError as error:
        problem = Problem(f"{path.name} byte {error.start}", "problem-not-utf8")
    except OSError as error:
        problem = Problem(str(path), "problem-unreadable", reason=Cause.of(error))
    except RecursionError:
        problem = Problem(f"{path.name}:1", "problem-yaml-too-deep")
    except yaml.YAMLError as error:
        problem = _syntax_problem(path, error)
    raise _refused(path, [problem])


def _refused(path: Path, problems: list[Problem]) -> ContentError:
    return ContentError("problem-file-unread", problems, path=path)


def _syntax_problem(path: Path, error: yaml.YAMLError) -> Problem:
    mark = getattr(error, "problem_mark", None)
    reason = getattr(error, "problem", None) or str(error).splitlines()[0]
    line = mark.line + 1 if mark else 1
    return Problem(f"{path.name}:{line}", "problem-not-yaml", reason=reason)


class _Reader:
    """Builds plain Python values from YAML nodes, collecting lines and problems on the way."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.lines: dict[Place, int] = {}
        self.problems: list[tuple[int, Problem]] = []
        self._seen: set[int] = set()

    def value(self, node: yaml.Node, place: Place, line: int = 0) -> Any:  # noqa: ANN401 - any YAML
        """The plain value of a node. `line` is that of its key: an alias only knows where its anchor stands."""
        if id(node) not in self._seen or not line:
            line = node.start_mark.line + 1
        self.lines[place] = line
        if self._is_refused(node, place, line):
            return None
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, place)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(child, (*place, index)) for index, child in enumerate(node.value)]
        return dict(self._pairs(node, place))

    def _is_refused(self, node: yaml.Node, place: Place, line: int) -> bool:
        """Aliases and tags: what they stand for is not what is written."""
        if id(node) in self._seen:
            self._refuse(line, place, "problem-alias")
            return True
        self._seen.add(id(node))
        if node.tag not in _TAGS or (isinstance(node, yaml.ScalarNode) and _has_own_tag(node)):
            self._refuse(line, place, "problem-tag", tag=node.tag.removeprefix(_CORE))
            return True
        return False

    def _pairs(self, node: yaml.Node, place: Place) -> Iterator[tuple[str, Any]]:
        keys: set[str] = set()
        for key_node, value_node in node.value:
            key = key_node.value if isinstance(key_node, yaml.ScalarNode) else "?"
            line = key_node.start_mark.line + 1
            if not _WORD.fullmatch(key.replace("_", "-")):
                self._refuse(line, (*place, key), "problem-no-key")
            elif self._is_refused(key_node, (*place, key), line):
                continue
            if key in keys:
                self._refuse(line, (*place, key), "problem-twice")
            keys.add(key)
            yield key, self.value(value_node, (*place, key), line)

    def _scalar(self, node: yaml.ScalarNode, place: Place) -> str | int | float | bool | None:
        text: str = node.value
        if node.style:  # quoted or block; the C reader says "" for plain, the other one None
            return text
        if text in ("true", "false"):
            return text == "true"
        if _INTEGER.fullmatch(text):
            return int(text)
        if _DECIMAL.fullmatch(text):
            return float(text)
        if _WORD.fullmatch(text) and text.lower() not in _TRAPS:
            return text
        if text:
            self._refuse(self.lines[place], place, "problem-ambiguous", text=text)
        else:
            self._refuse(self.lines[place], place, "problem-no-value")
        return None

    def _refuse(self, line: int, place: Place, key: str, **values: object) -> None:
        where = f"{self.name}:{line} {'.'.join(map(str, place))}".rstrip()
        self.problems.append((line, Problem(where, key, **values)))


def _has_own_tag(node: yaml.ScalarNode) -> bool:
    """Whether a scalar's type was written (`!!int "5"`, `!!str 5`), not read from its form."""
    if node.style:
        return bool(node.tag != _TEXT)
    looks = node.value in ("true", "false") or _INTEGER.fullmatch(node.value) or _DECIMAL.fullmatch(node.value)
    return bool(looks) and node.tag == _TEXT
