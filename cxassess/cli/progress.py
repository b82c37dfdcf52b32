"""What a batch says while it runs and when it ends; a lost reader or a full log stops nothing."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table
from rich.text import Text as Styled

from cxassess.batch.bulkhead import Failure
from cxassess.batch.rendering import Batch
from cxassess.batch.stopping import Stop
from cxassess.cli.terminal import near
from cxassess.errors import printable
from cxassess.report.rendering import Report


class PatientConsole(Console):
    """A console that falls silent where its reader has left (`| head`) or its disk is full.

    What it speaks of are files that stand in a folder; they are worth having without it.
    """

    def print(self, *objects: object, **how: object) -> None:
        """Print, if that can be."""
        try:
            super().print(*objects, **how)  # type: ignore[arg-type]  # handed on as they came
        except OSError:
            self._fall_silent()

    def on_broken_pipe(self) -> None:
        """Rich would end the program."""
        self._fall_silent()

    def _fall_silent(self) -> None:
        self.quiet = True
        # What is still in the buffer goes nowhere; Python would fail at it when the program ends.
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self.file.fileno())
        os.close(nowhere)


# Paths must stay whole when output is not a terminal: people copy them.
out = PatientConsole(soft_wrap=True, highlight=False, markup=False)
err = PatientConsole(stderr=True, soft_wrap=True, highlight=False, markup=False)


def tell_result(result: Report | Failure) -> None:
    """A line as each report comes or fails."""
    if isinstance(result, Failure):
        err.print(Styled(f"  failed: {_whose(result) or printable(result.file.name)}"))
        return
    err.print(Styled(f"  {_first(result).name}{as_edited(result)}"))
    for told in of_cells(result):
        err.print(Styled(told))
    for what in result.lost:
        err.print(Styled(not_in_pdf(what)))


def _first(report: Report) -> Path:
    """The page of a report or, where only a PDF was made, that."""
    return next(iter(report.pages.values()))


def tell_end(batch: Batch, stop: Stop) -> None:
    """What came of a batch: the reports, what failed, how far it got if it was stopped, and the index."""
    if batch.reports:
        out.print(_table(batch.reports))
    for failure in batch.failures:
        file = printable(str(failure.file))
        whose = _whose(failure)
        err.print(Styled(f"Failed: {whose}: {file}" if whose else f"Failed: {file}"))
        err.print(Styled(str(failure.error)))
        if failure.log:
            err.print(Styled(f"  Log: {near(failure.log)}"))
    for _, error in batch.unlisted:
        for problem in error.problems:
            err.print(Styled(f"Not in the index: {problem}"))
    if stop.is_asked:
        err.print(Styled(f"Stopped: {len(batch.reports)} of {batch.wanted} made."))
    out.print(Styled(f"Index: {near(batch.index)}"))


def _whose(failure: Failure) -> str:
    """The client and the language of a report that failed; "" where the file does not tell."""
    return printable(f"{failure.client}, {failure.lang}") if failure.client else ""


def as_edited(made: Report) -> str:
    """What stands behind the name of a report that a person has edited."""
    return "  edited: made from its notebook as it stands (--force renders it anew)" if made.edited else ""


def of_cells(made: Report) -> list[str]:
    """What became of the cells that a person had changed in a report notebook, where it was rendered anew."""
    carried = made.carried
    if not carried:
        return []
    told = [f"  Kept from the notebook: {name}" for name in carried.cells]
    told += [f"  Left out, as in the notebook: {name}" for name in carried.removed]
    told += [f"  Not kept, for the notebook would not run with it: {name}" for name in carried.refused]
    if carried.refused:
        told.append(f"  {carried.why}")
    if carried.kept:
        told.append(f"  The notebook as it was: {near(carried.kept)}")
    return told


def not_in_pdf(what: str) -> str:
    """That the PDF could not carry something."""
    return f"Not in the PDF: {what}; a line in it says so"


def _table(reports: Sequence[Report]) -> Table:
    table = Table("Company", "Date", "Lang.", "Claimed /\nconsistent /\nverified", box=SIMPLE)
    # A name that is cut short cannot be opened.
    table.add_column(Styled(f"File in {near(reports[0].notebook.parent)}"), overflow="fold", min_width=32)
    table.add_column("Seconds", justify="right")
    for made in reports:
        levels = " / ".join(result.shown for result in made.card.results.values())
        draft = " draft" if made.card.draft else ""
        table.add_row(
            Styled(made.card.assessment.profile.organisation),
            made.card.on.isoformat(),
            made.lang,
            f"{levels}{draft}",
            Styled(_first(made).name),
            f"{made.seconds:.1f}",
        )
    return table
