"""What an index lists: every report that stands in a folder, by the imprint of its notebook."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple

from cxassess.batch.bulkhead import Mishap, kept_apart
from cxassess.errors import CxError, Problem, ReportError
from cxassess.page.imprint import Client, Format, Imprint, Outcome, imprint_of
from cxassess.report.notebookfile import beside, digest_of, read_notebook
from cxassess.text import LANGS

# A half-run notebook, and one that was kept when its report was rendered anew.
_ASIDE = re.compile(r"\.(failed|kept(-\d+)?)\.ipynb$")


@dataclass(frozen=True)
class Listed:
    """A report that stands in the folder: its imprint, and whose it is and what came of it, which it must tell.

    `edited` says that a person has changed its notebook since it was rendered.
    """

    notebook: Path
    imprint: Imprint
    client: Client
    on: date
    outcome: Outcome
    edited: bool

    @property
    def pages(self) -> dict[Format, Path]:
        """What was made of the notebook, beside it."""
        return {one: beside(self.notebook, f".{one}") for one in self.imprint.formats}


# A notebook that is not listed, and why.
Unread = tuple[Path, CxError]
# One line of the list: what was made of the same answers of one unit on one date, a report a language.
Entry = Sequence[Listed]


class Listing(NamedTuple):
    """The reports of a folder by company and unit, the newest first; and the notebooks that cannot be read."""

    entries: list[Entry]
    unread: list[Unread]


def reports_in(folder: Path) -> Listing:
    """What stands in a folder, not in the folders in it; a notebook that is no report of ours is passed over."""
    listed: list[Listed] = []
    unread: list[Unread] = []
    for notebook in sorted(folder.glob("*.ipynb")):
        # Hidden files are copies that editors keep; half-run and replaced notebooks are no reports.
        if notebook.name.startswith(".") or _ASIDE.search(notebook.name):
            continue
        found = kept_apart(partial(_listed, notebook), notebook)
        if isinstance(found, Mishap):
            unread.append((notebook, _by_name(found.error, notebook)))
        elif found is not None:
            listed.append(found)
    return listing_of(listed, unread)


def _by_name(error: CxError, notebook: Path) -> CxError:
    """An error that names its notebook without the folder: the page may be seen by others."""
    problems = [
        Problem(one.where.replace(str(notebook), notebook.name), one.key, **one.values) for one in error.problems
    ]
    return CxError(error.key, problems, **error.values)


def listing_of(listed: Sequence[Listed], unread: Sequence[Unread] = ()) -> Listing:
    """Reports as they are listed: those of the same answers together, by company and unit, the newest first.

    Where the reports of an assessment in two languages were made of different answers, each has its own entry.
    """
    by_answers: dict[tuple[tuple[str, ...], Outcome], list[Listed]] = {}
    for report in listed:
        by_answers.setdefault((report.imprint.assessment_key, report.outcome), []).append(report)
    for entry in by_answers.values():
        entry.sort(key=lambda report: LANGS.index(report.imprint.lang))
    return Listing(sorted(by_answers.values(), key=_place), list(unread))


def _listed(notebook: Path) -> Listed | None:
    """The report of a notebook; None where it is somebody's own, without imprint and without page and PDF.

    Raises ReportError where it is damaged, has pages but no imprint, or one of a time before imprints told the
    outcome, or an imprint but not its pages.
    """
    node = read_notebook(notebook)
    if "cxassess" not in node.metadata:
        if all(beside(notebook, ending).is_file() for ending in (".html", ".pdf")):
            raise _unlisted(notebook, "problem-no-imprint", option="--force")
        return None
    imprint = imprint_of(node)
    if imprint.client is None or imprint.on is None or imprint.outcome is None:
        raise _unlisted(notebook, "problem-imprint-older")
    is_changed = imprint.digest != digest_of(node)
    listed = Listed(notebook, imprint, imprint.client, imprint.on, imprint.outcome, is_changed)
    for made in listed.pages.values():
        if not made.is_file():
            again = f"cxassess report --from {notebook.name}"
            raise _unlisted(notebook, "problem-page-gone", gone=made.name, option=again)
    return listed


def _unlisted(notebook: Path, key: str, **values: object) -> ReportError:
    return ReportError("problem-not-listed", [Problem(notebook.name, key, **values)])


def _place(entry: Entry) -> tuple[str, str, int]:
    client = entry[0].client
    return folded(client.organisation), folded(client.unit_name), -entry[0].on.toordinal()


def folded(text: str) -> str:
    """A name as it is looked up: without capitals and accents.

    >>> folded("Kafé Élan") == folded("kafe elan")
    True
    """
    marked = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in marked if not unicodedata.category(letter).startswith("M"))
