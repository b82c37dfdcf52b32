"""What can go wrong, told all at once: place first, what to do last.

CxError                 everything this package raises on purpose
├── ContentError        a questionnaire, word list or other content file
├── AssessmentError     a filled-in assessment
└── ReportError         rendering a report or a batch of them
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from pydantic import ValidationError


class Problem(NamedTuple):
    """One thing that is wrong.

    `where` is the place ("acme.json:12 answers.inform-1"), `what` says what is wrong and what to do.
    """

    where: str
    what: str

    def __str__(self) -> str:
        # Keys and names come from files: a control character must not reach the terminal.
        return "".join(c if c.isprintable() else "?" for c in f"{self.where}: {self.what}")


class CxError(Exception):
    """An error with a one-line summary and every problem found, not just the first.

    >>> print(CxError("acme.json cannot be used", [Problem("acme.json:3 on", "is not a date")]))
    acme.json cannot be used
      acme.json:3 on: is not a date
    """

    def __init__(self, summary: str, problems: Sequence[Problem] = ()) -> None:
        super().__init__(summary)
        self.summary = summary
        self.problems = list(problems)

    def __str__(self) -> str:
        return "\n  ".join([self.summary, *map(str, self.problems)])


class ContentError(CxError):
    """A content file cannot be used."""


class AssessmentError(CxError):
    """An assessment cannot be used or saved."""


class ReportError(CxError):
    """A report could not be made."""


_BRANCH = re.compile(r"str|\[key\]|constrained-str|(dict|function-\w+)\[.*|[A-Z][a-z]\w*")
# pydantic's own words, said for people who edit files; the rest of its messages are plain enough.
_PLAINLY = {
    "missing": "is missing; add it",
    "extra_forbidden": "is unknown here; check the spelling or remove it",
    "string_too_short": "is empty; write the text",
    "string_pattern_mismatch": "has the wrong form; see the shipped examples",
    "string_type": "must be a text; put it in quotes",
    "invalid_key": "must be a text; put it in quotes",
    "tuple_type": "must be a list; begin each entry with a dash",
    "model_type": "must hold names with values; see the shipped examples",
}


def validation_problems(error: ValidationError, where: Callable[[tuple[str | int, ...]], str]) -> list[Problem]:
    """What pydantic refused, as problems; `where` turns a place in the document into one in the file."""
    details = error.errors(include_url=False)
    # A note may be text or texts by language: told of the second, "must be a text" would only confuse.
    inner = {_place(one)[:n] for one in details for n in range(1, len(_place(one)))}
    told = [one for one in details if one["type"] != "string_type" or _place(one) not in inner]
    return list(dict.fromkeys(Problem(where(_place(one)), _said(one)) for one in told))


def _said(detail: Any) -> str:  # noqa: ANN401 - pydantic's ErrorDetails, a dictionary of many shapes
    message = str(detail["msg"]).removeprefix("Value error, ").replace("Input should", "must")
    plain = _PLAINLY.get(detail["type"], message[:1].lower() + message[1:])
    given = detail["input"]
    if detail["type"] in _PLAINLY or isinstance(given, dict | list) or "Value error" in detail["msg"]:
        return plain
    return f"{plain}, not {str(given)[:60]!r}"


def _place(detail: Any) -> tuple[str | int, ...]:  # noqa: ANN401 - as above
    """The place without the names of union branches, which mean nothing to the reader."""
    return tuple(part for part in detail["loc"] if not _BRANCH.fullmatch(str(part)))
