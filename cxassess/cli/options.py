"""What several commands may be told: each option once, with its help and how it is read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from cxassess.batch.planning import find_assessments
from cxassess.content.practices import ROLES, Role
from cxassess.document.assessment import Unit
from cxassess.errors import AssessmentError, CxError, Problem, validation_problems
from cxassess.page.brand import Brand, load_brand
from cxassess.page.imprint import FORMATS, Format
from cxassess.text import LANGS, Lang


def read_lang(given: str) -> Lang:
    """A language by its code. Raises CxError."""
    for lang in LANGS:
        if given == lang:
            return lang
    problem = Problem("--lang", "problem-language-unknown", given=given, known=LANGS)
    raise CxError("problem-unknown-language", [problem])


def read_role(given: str) -> Role:
    """A role that is asked. Raises CxError."""
    for role in ROLES:
        if given == role:
            return role
    raise CxError("problem-unknown-role", [Problem("--role", "problem-role-unknown", given=given, known=ROLES)])


def read_format(given: str) -> Format:
    """What is made of a report notebook. Raises CxError."""
    for one in FORMATS:
        if given == one:
            return one
    problem = Problem("--format", "problem-format-unknown", given=given, known=FORMATS)
    raise CxError("problem-unknown-format", [problem])


def chosen(formats: Sequence[str] | None) -> tuple[Format, ...]:
    """The formats that were named, in our order; all of them where none was."""
    return tuple(one for one in FORMATS if not formats or one in formats)


def read_day(given: str) -> date:
    """A date as YYYY-MM-DD. Raises CxError."""
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise CxError("problem-unknown-date", [Problem("--on", "problem-date-unknown", given=given)]) from None


def read_unit(kind: str, name: str) -> Unit:
    """A unit of a company. Raises AssessmentError where it cannot be."""
    try:
        return Unit.model_validate({"kind": kind, "name": name})
    except ValidationError as error:
        problems = validation_problems(error, lambda place: f"--unit {'.'.join(map(str, place))}".rstrip())
        raise AssessmentError("problem-no-new-assessment", problems) from None


def assessments_in(paths: Sequence[Path]) -> list[Path]:
    """The assessment files named, and those in the folders named. Raises CxError where there is none."""
    found = find_assessments(paths)
    if not found:
        where = ", ".join(map(str, paths))
        raise CxError("problem-nothing-to-do", [Problem(where, "problem-no-files")])
    return found


File = Annotated[Path, typer.Argument(help="An assessment file.", metavar="FILE")]
Files = Annotated[list[Path], typer.Argument(help="Assessment files or folders of them.", metavar="FILE...")]

ContentDir = Annotated[Path | None, typer.Option("--content", help="A content folder of your own.", metavar="DIR")]
On = Annotated[
    date | None, typer.Option("--on", parser=read_day, help="As of this date: YYYY-MM-DD.", metavar="DATE")
]

# Of another unit than the one before.
UnitName = Annotated[
    str | None, typer.Option("--unit", help="With --from: of another unit, of this name.", metavar="NAME")
]
UnitKind = Annotated[
    str | None,
    typer.Option("--unit-kind", help="brand, channel, region or outlet; else as before.", metavar="KIND"),
]

# Of reports.
ReportLang = Annotated[
    Lang | None,
    typer.Option(
        "--lang",
        parser=read_lang,
        help="id or en; without it, the report languages of the profile.",
        metavar="LANG",
    ),
]
Out = Annotated[
    Path | None,
    typer.Option("--out", help="Where reports go; else the workspace's folder, or reports.", metavar="DIR"),
]
OwnBrand = Annotated[
    Brand | None,
    typer.Option(
        "--brand",
        parser=load_brand,
        help="Your brand file: name, logo, colours, contact.",
        metavar="FILE",
    ),
]
Interactive = Annotated[
    bool, typer.Option("--interactive", help="Charts in the page answer to the pointer (a page of 1 MB).")
]
Formats = Annotated[
    list[str] | None,
    typer.Option("--format", parser=read_format, help="html or pdf, to make only that.", metavar="FORMAT"),
]
Force = Annotated[
    bool,
    typer.Option("--force", help="Render though the file is doubtful, or another or edited report stands there."),
]

# Of interview sheets.
SheetLang = Annotated[
    Lang | None,
    typer.Option(
        "--lang",
        parser=read_lang,
        help="id or en; without it, the working language of FILE, or the workspace's.",
        metavar="LANG",
    ),
]
OfRole = Annotated[
    Role | None,
    typer.Option(
        "--role",
        parser=read_role,
        help="Only what this role is asked: leader, front-line or customer.",
        metavar="ROLE",
    ),
]
OpenOnly = Annotated[bool, typer.Option("--open-only", help="Only what FILE leaves unanswered or not known.")]
SheetOut = Annotated[
    Path | None, typer.Option("--out", help="The PDF to write; else one among the reports.", metavar="FILE")
]

# Of what opens in a browser.
NoBrowser = Annotated[bool, typer.Option("--no-browser", help="Print the address; open no browser.")]
Port = Annotated[int, typer.Option(min=1, max=65_535, help="Or the next free one.")]
