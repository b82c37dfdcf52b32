"""One assessment, one JSON file: read with every problem told, written whole or not at all."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from filelock import FileLock, Timeout
from pydantic import ValidationError

from cxassess.assessment import FORMAT, Assessment, ContentVersion, Profile, Unit, misfits
from cxassess.content import Content
from cxassess.errors import AssessmentError, Problem, validation_problems
from cxassess.paths import write_whole
from cxassess.text import Lang

_LOCK_SECONDS = 10


def new_assessment(
    path: Path, content: Content, *, organisation: str, on: date, working_language: Lang = "id"
) -> Assessment:
    """Write an empty assessment. AssessmentError where a file stands already."""
    try:
        assessment = Assessment(
            content=ContentVersion(model=content.model.key, version=content.model.version),
            on=on,
            profile=Profile(
                organisation=organisation, unit=Unit(kind="company"), working_language=working_language
            ),
        )
    except ValidationError as error:
        problems = validation_problems(error, lambda place: ".".join(map(str, place)))
        raise AssessmentError("no assessment can be made of this", problems) from None
    with _locked(path):
        if path.exists():
            what = "stands already; choose another name or date, or move it away"
            raise AssessmentError("nothing was written", [Problem(str(path), what)])
        write_whole(path, dumps(assessment).encode())
    return assessment


def save_assessment(assessment: Assessment, path: Path) -> None:
    """Write an assessment whole or not at all, one writer at a time.

    Raises OSError, or AssessmentError where another program keeps the file locked.
    """
    with _locked(path):
        write_whole(path, dumps(assessment).encode())


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(path.with_name(f".{path.name}.lock"), timeout=_LOCK_SECONDS)
    try:
        with lock:
            yield
    except Timeout:
        what = "is being written by another program; close it there and try again"
        raise AssessmentError("nothing was written", [Problem(str(path), what)]) from None


def dumps(assessment: Assessment) -> str:
    """The text of an assessment file: indented, in a stable order, nothing that is empty."""
    data = assessment.model_dump(mode="json", exclude_defaults=True)
    return json.dumps({"format": FORMAT, **data}, ensure_ascii=False, indent=2) + "\n"


def load_assessment(path: Path | str, content: Content) -> Assessment:
    """Read an assessment and check it against its content.

    Raises AssessmentError with every problem found, each with its line.
    """
    path = Path(path)
    text = _text_of(path)
    _refuse_other_json(path, text)
    try:
        assessment = Assessment.model_validate_json(text, strict=True)
    except ValidationError as error:
        lines = _Lines(path, text)
        raise _refused(path, validation_problems(error, lines.where)) from None
    found = list(misfits(assessment, content))
    if found:
        lines = _Lines(path, text)
        raise _refused(path, [Problem(lines.where(place), what) for place, what in found])
    return assessment


def _refused(path: Path, problems: list[Problem]) -> AssessmentError:
    return AssessmentError(f"{path} cannot be used", sorted(problems, key=_line_of))


def _line_of(problem: Problem) -> int:
    """The line in a place like "acme.json:12 answers", so that problems are told from top to bottom."""
    found = re.search(r":(\d+)", problem.where)
    return int(found[1]) if found else 0


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        problem = Problem(f"{path.name} byte {error.start}", "is not UTF-8; save the file as UTF-8")
        raise _refused(path, [problem]) from None
    except OSError as error:
        raise _refused(path, [Problem(str(path), f"{error.strerror}; check the name")]) from None


def _refuse_other_json(path: Path, text: str) -> None:
    """Refuse what pydantic would pass over or say badly: broken JSON, keys that stand twice, another format."""
    doubled: list[str] = []

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        times = Counter(key for key, _ in pairs)
        doubled.extend(sorted(key for key, count in times.items() if count > 1))
        return dict(pairs)

    try:
        data = json.loads(text, object_pairs_hook=unique)
    except json.JSONDecodeError as error:
        where = f"{path.name}:{error.lineno} column {error.colno}"
        raise _refused(
            path, [Problem(where, f"is not JSON here ({error.msg}); mend it or restore a copy")]
        ) from None
    except RecursionError:
        raise _refused(path, [Problem(path.name, "is nested too deeply; restore a copy")]) from None
    except ValueError:  # a number of thousands of digits
        raise _refused(path, [Problem(path.name, "holds a number no one can mean; restore a copy")]) from None
    if doubled:
        raise _refused(path, [Problem(f"{path.name} {key}", "stands twice; keep one") for key in doubled])
    if not isinstance(data, dict):
        raise _refused(path, [Problem(f"{path.name}:1", "is no assessment; it must begin with {")])
    _refuse_other_formats(path, data)


def _refuse_other_formats(path: Path, data: dict[str, Any]) -> None:
    given = data.get("format")
    if type(given) is int and given > FORMAT:
        what = f"was written by a newer cxassess (format {given}; this one reads {FORMAT}); upgrade cxassess"
        raise _refused(path, [Problem(path.name, what)])
    if type(given) is not int or given < 1:
        what = f'has no "format" of an assessment; if it is one, write "format": {FORMAT}'
        raise _refused(path, [Problem(path.name, what)])


class _Lines:
    """Finds the line of a place in a JSON text. JSON is YAML, whose reader keeps lines; only errors pay for it."""

    def __init__(self, path: Path, text: str) -> None:
        self.name = path.name
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        try:
            self.root = yaml.compose(text, Loader=loader)
        except yaml.YAMLError:  # a tab or a rare escape that YAML reads otherwise
            self.root = None

    def where(self, place: tuple[str | int, ...]) -> str:
        node, line = self.root, 1
        for part in place:
            node = _child(node, part)
            if node is None:
                break
            line = node.start_mark.line + 1
        return f"{self.name}:{line} {'.'.join(map(str, place))}".rstrip()


def _child(node: yaml.Node | None, part: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == part), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        child: yaml.Node = node.value[part]
        return child
    return None
