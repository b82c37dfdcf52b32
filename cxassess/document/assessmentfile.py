"""One assessment, one JSON file: read with every problem told, written whole or not at all."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from cxassess.content.reading import Content
from cxassess.document.assessment import FORMAT, Assessment, ContentVersion, Profile, Unit
from cxassess.document.checking import misfits
from cxassess.document.history import History
from cxassess.document.upgrades import upgraded
from cxassess.errors import AssessmentError, Cause, Problem, validation_problems
from cxassess.files import locked, write_whole
from cxassess.text import Lang

# Fields of one piece: a fault in them drops them whole, and these stand in so that the rest can be looked at.
_STAND_INS: dict[str, Any] = {
    "content": {"model": "unknown", "version": "1.0"},
    "on": "2000-01-01",
    "profile": {"organisation": "unknown", "unit": {"kind": "company"}},
}
_WHOLE = {"content", "profile"}


def new_assessment(
    path: Path, content: Content, *, organisation: str, on: date, working_language: Lang = "id"
) -> Assessment:
    """Write an empty assessment of the whole company, and give it.

    Raises AssessmentError where a file stands already, or where name or date cannot be, and OSError.
    """
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
        raise AssessmentError("problem-no-new-assessment", problems) from None
    write_new(path, assessment)
    return assessment


def write_new(path: Path, assessment: Assessment) -> None:
    """Write an assessment where no file stands. Raises AssessmentError where one does, and OSError."""
    with locked(path):
        if path.exists():
            raise AssessmentError("problem-nothing-written", [Problem(str(path), "problem-stands-already")])
        write_whole(path, dumps(assessment).encode())


def save_assessment(assessment: Assessment, path: Path) -> None:
    """Write an assessment whole or not at all, one writer at a time, whatever stands there.

    A file of an earlier format is first kept in its history. Raises OSError, or AssessmentError where another
    program keeps the file locked. What others changed meanwhile is lost: to work on a file, use a `Sitting`.
    """
    with locked(path):
        if path.exists():
            History(path).keep_format(path.read_bytes())
        write_whole(path, dumps(assessment).encode())


def dumps(assessment: Assessment) -> str:
    """The text of an assessment file: JSON in the order of the models, indented, nothing that is empty.

    The same assessment gives the same text.
    """
    data = assessment.model_dump(mode="json", exclude_defaults=True)
    return json.dumps({"format": FORMAT, **data}, ensure_ascii=False, indent=2) + "\n"


def load_assessment(path: Path | str, content: Content) -> Assessment:
    """Read an assessment, of this format or an earlier one, and check it against its content.

    The file itself stays as it is. Raises AssessmentError with every problem found, each with its line.
    """
    path = Path(path)
    text = _text_of(path)
    data, has_doubles = _object_of(path, text)
    lines = _Lines(path, text)
    problems = [Problem(place, "problem-twice") for place in (lines.doubled() if has_doubles else ())]
    if type(data.get("format")) is not int or data["format"] < 1:
        where, line = lines.where(("format",)), f'"format": {FORMAT}'
        key = "problem-format-no-number" if "format" in data else "problem-format-missing"
        problems.append(Problem(where, key, line=line))
    assessment, dropped = _validated(upgraded(data), problems, lines)
    for misfit in misfits(assessment, content) if assessment else ():
        # Of a field that was dropped nothing is known, nor of what links to it.
        if dropped.isdisjoint(misfit.place):
            problems.append(misfit.at(lines.where(misfit.place)))
    if problems or not assessment:
        raise _refused(path, problems)
    return assessment


def _validated(
    data: dict[str, Any], problems: list[Problem], lines: _Lines
) -> tuple[Assessment | None, set[str | int]]:
    """The assessment, with the problems of its form added; where it has some, what is left of it without them.

    Also the fields that were dropped whole, of which nothing more can be said.
    """
    try:
        return _parsed(data), set()
    except ValidationError as error:
        problems += validation_problems(error, lines.where)
        if any(not detail["loc"] for detail in error.errors()):  # no text at all: half of a letter, say
            return None, set()
        rest, dropped = _without_faults(data, error)
    try:
        return _parsed(rest), dropped
    except ValidationError:
        return None, dropped


def _without_faults(data: dict[str, Any], error: ValidationError) -> tuple[dict[str, Any], set[str | int]]:
    """What is left of a document without the entries and fields that are faulty, and which fields are not."""
    rest, dropped = dict(data), set[str | int]()
    for detail in error.errors():
        field, *inner = detail["loc"]
        entries = rest.get(str(field))
        if isinstance(entries, dict) and inner and field not in _WHOLE:
            rest[str(field)] = {key: entry for key, entry in entries.items() if key != inner[0]}
        else:
            rest.pop(str(field), None)
            dropped.add(field)
    return rest | {name: value for name, value in _STAND_INS.items() if name in dropped}, dropped


def _parsed(data: dict[str, Any]) -> Assessment:
    return Assessment.model_validate_json(json.dumps(data), strict=True)


def _refused(path: Path, problems: list[Problem]) -> AssessmentError:
    return AssessmentError("problem-file-unusable", sorted(problems, key=_line_of), path=path)


def _line_of(problem: Problem) -> int:
    """The line in a place like "acme.json:12 answers", so that problems are told from top to bottom."""
    found = re.search(r":(\d+)", problem.where)
    return int(found[1]) if found else 0


def _text_of(path: Path) -> str:
    try:
        # Reading a pipe would wait for ever.
        if path.exists() and not path.is_file():
            raise _refused(path, [Problem(str(path), "problem-no-file")])
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        problem = Problem(f"{path.name} byte {error.start}", "problem-not-utf8")
        raise _refused(path, [problem]) from None
    except OSError as error:
        raise _refused(path, [Problem(str(path), "problem-unopened", reason=Cause.of(error))]) from None


def _object_of(path: Path, text: str) -> tuple[dict[str, Any], bool]:
    """The JSON object of a file, and whether a key stands twice; a newer cxassess's is refused."""
    doubles: list[bool] = []

    def noted(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        doubles.append(len(dict(pairs)) < len(pairs))
        return dict(pairs)

    try:
        data = json.loads(text, object_pairs_hook=noted)
    except json.JSONDecodeError as error:
        where = f"{path.name}:{error.lineno} column {error.colno}"
        raise _refused(path, [Problem(where, "problem-not-json")]) from None
    except RecursionError:
        raise _refused(path, [Problem(path.name, "problem-json-too-deep")]) from None
    except ValueError:  # a number of thousands of digits
        raise _refused(path, [Problem(path.name, "problem-json-number")]) from None
    if not isinstance(data, dict):
        raise _refused(path, [Problem(f"{path.name}:1", "problem-no-assessment")])
    given = data.get("format")
    if type(given) is int and given > FORMAT:
        where = _Lines(path, text).where(("format",))
        raise _refused(path, [Problem(where, "problem-newer", given=given, ours=FORMAT)])
    return data, any(doubles)


class _Lines:
    """Finds the line of a place in a JSON text. JSON is YAML, whose reader keeps lines; only errors pay for it."""

    def __init__(self, path: Path, text: str) -> None:
        self.name = path.name
        self.text = text

    @cached_property
    def root(self) -> yaml.Node | None:
        """The nodes of the text, each with its line."""
        try:
            node: yaml.Node | None = yaml.compose(self.text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
            return node
        except yaml.YAMLError:  # a tab or a rare escape that YAML reads otherwise
            return None

    def doubled(self) -> Iterator[str]:
        """The places of keys that stand a second time in their object."""
        open_: list[tuple[tuple[str, ...], yaml.Node | None]] = [((), self.root)]
        while open_:
            place, node = open_.pop()
            if isinstance(node, yaml.MappingNode):
                seen: set[str] = set()
                for key, value in node.value:
                    if key.value in seen:
                        yield f"{self.name}:{key.start_mark.line + 1} {'.'.join((*place, key.value))}"
                    seen.add(key.value)
                    open_.append(((*place, key.value), value))
            elif isinstance(node, yaml.SequenceNode):
                open_ += [((*place, str(index)), child) for index, child in enumerate(node.value)]

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
