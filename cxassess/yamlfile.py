"""Strict YAML: only true and false are booleans, nothing is guessed, every problem has its line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from cxassess.errors import ContentError, Problem

# The C reader is ten times faster; PyYAML builds without it exist.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*")
_INTEGER = re.compile(r"-?(0|[1-9]\d*)")
_DECIMAL = re.compile(r"-?(0|[1-9]\d*)\.\d+")
# YAML 1.1 readers take these for booleans or nothing: an unquoted `No` once became false in 24 answer sets.
_TRAPS = {"yes", "no", "on", "off", "y", "n", "null", "true", "false"}
_TAGS = {
    f"tag:yaml.org,2002:{kind}" for kind in ("map", "seq", "str", "int", "float", "bool", "null", "timestamp")
}

Place = tuple[str | int, ...]


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

    Raises ContentError with every problem, each with file and line.
    """
    try:
        text = path.read_text(encoding="utf-8")
        root = yaml.compose(text, Loader=_LOADER)
    except FileNotFoundError:
        raise _refused(
            path, [Problem(str(path), "is missing; put it back or copy it from the shipped content")]
        ) from None
    except UnicodeDecodeError as error:
        raise _refused(
            path, [Problem(f"{path.name} byte {error.start}", "is not UTF-8; save the file as UTF-8")]
        ) from None
    except yaml.YAMLError as error:
        raise _refused(path, [_syntax_problem(path, error)]) from None
    if root is None:
        raise _refused(path, [Problem(f"{path.name}:1", "is empty; see the shipped file of this name")])
    reader = _Reader(path.name)
    data = reader.value(root, ())
    if reader.problems:
        raise _refused(path, reader.problems)
    return YamlFile(path, data, reader.lines)


def _refused(path: Path, problems: list[Problem]) -> ContentError:
    return ContentError(f"{path} cannot be read", problems)


def _syntax_problem(path: Path, error: yaml.YAMLError) -> Problem:
    mark = getattr(error, "problem_mark", None)
    what = getattr(error, "problem", None) or str(error)
    line = mark.line + 1 if mark else 1
    return Problem(f"{path.name}:{line}", f"is not YAML here ({what}); check quotes, colons and indentation")


class _Reader:
    """Builds plain Python values from YAML nodes, collecting lines and problems on the way."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.lines: dict[Place, int] = {}
        self.problems: list[Problem] = []
        self._seen: set[int] = set()

    def value(self, node: yaml.Node, place: Place) -> Any:  # noqa: ANN401 - any YAML
        self.lines[place] = node.start_mark.line + 1
        if id(node) in self._seen:
            return self._refuse(node, place, "repeats another part by an alias; write it out")
        self._seen.add(id(node))
        if node.tag not in _TAGS:
            return self._refuse(node, place, f"has the tag {node.tag}; leave tags out")
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, place)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(child, (*place, index)) for index, child in enumerate(node.value)]
        return dict(self._pairs(node, place))

    def _pairs(self, node: yaml.Node, place: Place) -> Iterator[tuple[str, Any]]:
        keys: set[str] = set()
        for key_node, value_node in node.value:
            key = key_node.value if isinstance(key_node, yaml.ScalarNode) else "?"
            if not _WORD.fullmatch(key.replace("_", "-")):
                self._refuse(key_node, (*place, key), "is no key; use letters, digits, - and _")
            if key in keys:
                self._refuse(key_node, (*place, key), "stands twice; keep one")
            keys.add(key)
            yield key, self.value(value_node, (*place, key))

    def _scalar(self, node: yaml.ScalarNode, place: Place) -> str | int | float | bool | None:
        text: str = node.value
        if node.style is not None:  # quoted or block
            return text
        if text in ("true", "false"):
            return text == "true"
        if _INTEGER.fullmatch(text):
            return int(text)
        if _DECIMAL.fullmatch(text):
            return float(text)
        if _WORD.fullmatch(text) and text.lower() not in _TRAPS:
            return text
        empty = 'has no value (an unquoted # begins a comment); write it in "quotes"'
        self._refuse(node, place, f'is ambiguous without quotes; write "{text}"' if text else empty)
        return None

    def _refuse(self, node: yaml.Node, place: Place, what: str) -> None:
        line = node.start_mark.line + 1
        self.problems.append(Problem(f"{self.name}:{line} {'.'.join(map(str, place))}".rstrip(), what))
