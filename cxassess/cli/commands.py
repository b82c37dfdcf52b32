"""The command line: the commands of every family, and how it says what went wrong."""

from __future__ import annotations

import sys

import typer
from rich.text import Text as Styled

from cxassess.cli import assessments, reports, workspace
from cxassess.cli.terminal import err
from cxassess.errors import CxError

# In the order in which they are listed.
FAMILIES = (workspace, assessments, reports)

app = typer.Typer(
    help="Place a company on a six-level customer-experience pyramid, and report it in Indonesian and English.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
for family in FAMILIES:
    app.add_typer(family.commands)


def main() -> None:
    """Run the command line; what went wrong is told in words, exit code 1."""
    for stream in filter(None, (sys.stdout, sys.stderr)):  # a program may be started without them
        # A console that cannot show a letter shows a stand-in instead of stopping.
        stream.reconfigure(errors="replace")
    try:
        app()
    except CxError as error:
        err.print(Styled(str(error)))
        sys.exit(1)
    except OSError as error:
        err.print(
            Styled(f"{error.filename or 'file'}: {error.strerror or error}; check the folder and its rights")
        )
        sys.exit(1)
