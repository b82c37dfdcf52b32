"""What can go wrong, told all at once: place first, what to do last.

CxError                 everything this package raises on purpose
├── ContentError        a questionnaire, word list or other content file
├── AssessmentError     a filled-in assessment
└── ReportError         rendering a report or a batch of them

An error and each of its problems carry a key of `content/words/problems.yaml` and the values that go into its
sentence; `Voice` says them in a language. As `str` they are English, read here from the shipped file: the content
that was asked for may be what cannot be read.
"""

from __future__ import annotations

import errno
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

import yaml

from cxassess.places import content_dir
from cxassess.text import LANGS, Lang, listed

if TYPE_CHECKING:
    from pydantic import ValidationError
    from pydantic_core import PydanticCustomError

Place = tuple[str | int, ...]


@dataclass(frozen=True, init=False)
class Problem:
    """One thing that is wrong.

    `where` is the place ("acme.json:12 answers.inform-1"), `key` the sentence that says what is wrong and what to
    do, `values` what fills its {placeholders}; a tuple among them is a choice: "a, b or c".

    >>> print(Problem("acme.json:3 on", "problem-unknown-names", names="inform-9"))
    acme.json:3 on: inform-9 is unknown; check the spelling
    """

    where: str
    key: str
    values: Mapping[str, object] = field(hash=False)

    def __init__(self, where: str, key: str, **values: object) -> None:
        # Filled in past its own guard, once.
        vars(self).update(where=where, key=key, values=values)

    @property
    def what(self) -> str:
        """What is wrong and what to do, in English."""
        return _in_english(self.key, self.values)

    def __str__(self) -> str:
        return printable(f"{self.where}: {self.what}")


# What the system says of a file, by its number, as we say it.
_CAUSES = {
    errno.ENOENT: "problem-cause-missing",
    errno.ENOTDIR: "problem-cause-missing",
    errno.EACCES: "problem-cause-forbidden",
    errno.EPERM: "problem-cause-forbidden",
    errno.EROFS: "problem-cause-read-only",
    errno.EISDIR: "problem-cause-folder",
    errno.ENOSPC: "problem-cause-full",
    errno.EDQUOT: "problem-cause-full",
    errno.ENAMETOOLONG: "problem-cause-long",
    errno.ELOOP: "problem-cause-circle",
    errno.EBUSY: "problem-cause-busy",
}
_OTHER_CAUSE = "problem-cause-other"


@dataclass(frozen=True)
class Cause:
    """Why the system refused a file: a sentence and, where there is none of ours, the system's name for it.

    The system's own sentence is in whatever language the machine has.

    >>> print(Cause.of(PermissionError(errno.EACCES, "Zugriff verweigert")))
    Permission denied
    """

    key: str
    code: str

    @classmethod
    def of(cls, error: OSError) -> Cause:
        """What the system said."""
        number = error.errno or 0
        return cls(_CAUSES.get(number, _OTHER_CAUSE), errno.errorcode.get(number, type(error).__name__))

    def __str__(self) -> str:
        return _in_english(self.key, {"code": self.code})


class CxError(Exception):
    """An error with a one-line summary and every problem found, not just the first.

    Its own `key` and `values` are those of the summary; `lang` is the language in which a notebook is to show it,
    where its own `lang` names none.

    >>> print(CxError("problem-file-unusable", [Problem("acme.json:3 on", "problem-missing")], path="acme.json"))
    acme.json cannot be used
      acme.json:3 on: is missing; add it
    """

    lang: Lang = "en"

    def __init__(self, key: str, problems: Sequence[Problem] = (), **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values
        self.problems = list(problems)

    @property
    def summary(self) -> str:
        """What came of it, in English."""
        return _in_english(self.key, self.values)

    def __str__(self) -> str:
        return "\n  ".join([printable(self.summary), *map(str, self.problems)])

    def _render_traceback_(self) -> list[str]:
        """What IPython shows instead of a traceback, in the language that the notebook calls `lang`."""
        named = getattr(sys.modules.get("__main__"), "lang", None)
        lang = next((one for one in LANGS if one == named), self.lang)
        problems = [f"{one.where}: {_worded(one.key, one.values, lang=lang)}" for one in self.problems]
        # Of one problem, its sentence says it all.
        summary = [] if len(problems) == 1 else [_worded(self.key, self.values, lang=lang)]
        return [printable(line) for line in summary + problems]


class ContentError(CxError):
    """A content file cannot be used."""


class AssessmentError(CxError):
    """An assessment cannot be used or saved."""


class ReportError(CxError):
    """A report could not be made."""


def printable(text: str) -> str:
    """Text without control characters: names come from files, and may else talk to the terminal.

    >>> printable("a\x1b[31mX")
    'a?[31mX'
    """
    return "".join(c if c.isprintable() else "?" for c in text)


@cache
def _shipped(*, lang: Lang) -> Mapping[str, str]:
    """The shipped sentences by key, none where their file cannot be read."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        read = yaml.load((content_dir() / "words" / "problems.yaml").read_text(encoding="utf-8"), Loader=loader)
        return {key: str(word[lang]) for key, word in read["words"].items()}
    except (OSError, UnicodeDecodeError, yaml.YAMLError, LookupError, TypeError, AttributeError):
        return {}


def _worded(key: str, values: Mapping[str, object], *, lang: Lang) -> str:
    """A sentence; without the shipped file, its key with what it would have named."""
    choices = {name: _either(value, lang=lang) for name, value in values.items() if isinstance(value, tuple)}
    causes = {name: value for name, value in values.items() if isinstance(value, Cause)}
    choices |= {name: _worded(one.key, {"code": one.code}, lang=lang) for name, one in causes.items()}
    try:
        return _shipped(lang=lang)[key].format_map({**values, **choices})
    except (LookupError, ValueError, AttributeError):
        return " ".join([key, *(f"{name}={value}" for name, value in values.items())])


def _in_english(key: str, values: Mapping[str, object]) -> str:
    return _worded(key, values, lang="en")


def _either(options: tuple[object, ...], *, lang: Lang) -> str:
    if lang != "en":
        return listed([*map(str, options)], lang=lang, style="or")
    # English needs no Babel, which may be what is missing.
    *others, last = map(str, options)
    return f"{', '.join(others)} or {last}" if others else last


# --- what pydantic refuses ---

_BRANCH = re.compile(r"str|\[key\]|constrained-str|(dict|function-\w+)\[.*|[A-Z][a-z]\w*")
# Our words for pydantic's kinds of error, for people who edit files.
_KEYS = {
    "missing": "problem-missing",
    "extra_forbidden": "problem-unknown-field",
    "string_too_short": "problem-empty-text",
    "string_too_long": "problem-text-too-long",
    "string_pattern_mismatch": "problem-wrong-form",
    "string_type": "problem-no-text",
    "invalid_key": "problem-no-text",
    "string_unicode": "problem-half-letter",
    "json_invalid": "problem-not-json",
    "tuple_type": "problem-no-list",
    "model_type": "problem-no-fields",
    "dict_type": "problem-no-fields",
    "too_short": "problem-too-few",
    "too_long": "problem-too-many",
    "literal_error": "problem-no-choice",
    "int_type": "problem-no-integer",
    "int_parsing": "problem-no-integer",
    "int_parsing_size": "problem-no-integer",
    "int_from_float": "problem-no-integer",
    "float_type": "problem-no-number",
    "float_parsing": "problem-no-number",
    "decimal_type": "problem-no-number",
    "decimal_parsing": "problem-no-number",
    "finite_number": "problem-no-number",
    "bool_type": "problem-no-choice",
    "bool_parsing": "problem-no-choice",
    "date_type": "problem-no-date",
    "date_parsing": "problem-no-date",
    "date_from_datetime_parsing": "problem-no-date",
    "date_from_datetime_inexact": "problem-no-date",
    "greater_than": "problem-not-above",
    "greater_than_equal": "problem-too-small",
    "less_than_equal": "problem-too-large",
}
# Of every other kind it says what pydantic says.
_UNKNOWN = "problem-invalid"
_MOST_LETTERS = 60


def refusal(key: str, **values: object) -> PydanticCustomError:
    """What a validator raises where a document is wrong in a way that pydantic does not know."""
    from pydantic_core import PydanticCustomError

    return PydanticCustomError(key, _in_english(key, values), values)


def validation_problems(error: ValidationError, where: Callable[[Place], str]) -> list[Problem]:
    """What pydantic refused, as problems; `where` turns a place in the document into one in the file."""
    details = error.errors(include_url=False)
    # A note may be text or texts by language: told of the second, "must be a text" would only confuse.
    inner = {_place(one)[:n] for one in details for n in range(1, len(_place(one)))}
    shown = [one for one in details if one["type"] != "string_type" or _place(one) not in inner]
    found: list[Problem] = []
    for one in shown:
        key, values = _sentence(one)
        problem = Problem(where(_place(one)), key, **values)
        if problem not in found:
            found.append(problem)
    return found


def _sentence(detail: Any) -> tuple[str, dict[str, object]]:  # noqa: ANN401 - pydantic's ErrorDetails
    """Key and values of what pydantic says; in its own words where we have none."""
    kind, values = str(detail["type"]), dict(detail.get("ctx", {}))
    if kind.startswith("problem-"):  # one of our own, raised as a refusal
        return kind, values
    values["given"] = _given(detail["input"])
    if kind == "literal_error":
        values["expected"] = tuple(re.split(r", | or ", values["expected"]))
    elif kind.startswith("bool"):
        values["expected"] = ("true", "false")
    elif kind not in _KEYS:
        message = str(detail["msg"]).removeprefix("Value error, ").replace("Input should", "must")
        values["message"] = message[:1].lower() + message[1:]
    return _KEYS.get(kind, _UNKNOWN), values


def _given(value: object) -> str:
    """What stands in the file instead, cut short; of a list or a mapping, only that it is one."""
    if isinstance(value, dict):
        return "{…}"
    if isinstance(value, list | tuple):
        return "[…]"
    return repr(str(value)[:_MOST_LETTERS])


def _place(detail: Any) -> Place:  # noqa: ANN401 - as above
    """The place without the names of union branches, which mean nothing to the reader."""
    return tuple(part for part in detail["loc"] if not _BRANCH.fullmatch(str(part)))
