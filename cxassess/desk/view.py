"""What one sees of a desk: the assessments of a workspace, what can be done with them, and reports being made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from cxassess.content.voice import Voice
from cxassess.desk.listing import Row
from cxassess.desk.making import Order
from cxassess.document.assessment import Profile, Unit
from cxassess.document.fields import fields_of
from cxassess.errors import CxError
from cxassess.forms.choices import choices
from cxassess.forms.pages import Notice, html_of, sentence_of
from cxassess.pyramid.scorecard import RESULTS, Scorecard
from cxassess.report.carrying import CarriedCells
from cxassess.report.rendering import Report
from cxassess.text import Html
from cxassess.workspace import SETTINGS, Workspace

_ROWS_AT_ONCE = 60


@dataclass(frozen=True)
class DeskView:
    """A desk in one language.

    `chosen` is the file whose panel is open, `sought` what is looked for in the list, `is_whole` whether a long
    list is shown to its end, `today` the date of a new assessment, `brand` the name of the workspace's brand.
    """

    workspace: Workspace
    voice: Voice
    rows: Sequence[Row]
    examples: Sequence[Row]
    today: date
    brand: str = ""
    chosen: Path | None = None
    sought: str = ""
    is_whole: bool = False
    notices: Sequence[Notice] = field(default=())
    orders: Sequence[Order] = field(default=())

    def html(self) -> Html:
        """The whole desk as HTML; what people typed is escaped by the template."""
        return Html(html_of("desk", self.voice, desk=self))

    @property
    def has_settings(self) -> bool:
        """Whether the folder is a workspace."""
        return (self.workspace.folder / SETTINGS).is_file()

    @property
    def found(self) -> list[Row]:
        """The rows that are looked for."""
        wanted = self.sought.casefold().split()
        return [row for row in self.rows if all(word in self._text(row).casefold() for word in wanted)]

    @property
    def shown(self) -> list[Row]:
        """The rows that are shown."""
        return self.found if self.is_whole else self.found[:_ROWS_AT_ONCE]

    def _text(self, row: Row) -> str:
        return f"{self.near(row.file)} {self.name(row)} {self.unit(row)}"

    def near(self, path: Path) -> str:
        """A path as one would type it here."""
        return self.workspace.near(path)

    def name(self, row: Row) -> str:
        """Whose assessment it is; of a file that cannot be read, its name."""
        return row.card.assessment.profile.organisation if row.card else row.file.name

    def unit(self, row: Row) -> str:
        """Of what it is; nothing for a company as a whole."""
        if not row.card or row.card.assessment.profile.unit.kind == "company":
            return ""
        unit = row.card.assessment.profile.unit
        return self.voice.unit(unit.kind, unit.name)

    def results(self, card: Scorecard) -> list[str]:
        """The three results in their order; a dash until anything can be said."""
        has_result = card.claimed.levels[0].rated
        return [card.results[name].shown if has_result else "–" for name in RESULTS]

    def reasons(self, error: CxError) -> str:
        """What keeps a file out, or a report from being made."""
        return "; ".join(self.voice.reasons(error))

    def carried(self, report: Report) -> list[str]:
        """What became of the cells that a person had changed in the notebook of a report, in words."""
        carried = report.carried or CarriedCells()
        told = (
            ("desk-carried", carried.cells),
            ("desk-left-out", carried.removed),
            ("desk-not-carried", carried.refused),
        )
        said = [self.voice.say(word, names=self.voice.quoted(names)) for word, names in told if names]
        return [*said, *([self.voice.say("desk-kept", file=self.near(carried.kept))] if carried.kept else [])]

    def whose(self, report: Report) -> str:
        """Of whom and of what a report is."""
        profile = report.card.assessment.profile
        names = (profile.organisation, profile.unit.name)
        return ", ".join(name for name in names if name)

    @property
    def index(self) -> Path | None:
        """The page that leads to the reports made so far; none where there is none yet."""
        page = self.workspace.reports / "index.html"
        return page if page.is_file() else None

    def doubts(self, row: Row) -> list[str]:
        """Why another file may be meant, in words."""
        return [self.voice.problem(problem) for problem in row.doubts]

    def is_misnamed(self, row: Row) -> bool:
        """Whether its name holds another date than the assessment."""
        return any(problem.key == "problem-name-of-other-date" for problem in row.doubts)

    def sentence(self, notice: Notice) -> str:
        """A notice in words."""
        return sentence_of(notice, self.voice)

    @property
    def trials(self) -> list[tuple[str, str]]:
        """The examples: the name of each one's file, and what it is called; those of other content are none."""
        usable = [(row.file.stem, row.card.assessment) for row in self.examples if row.card]
        named = [(stem, f"{one.profile.organisation} ({one.on.year})") for stem, one in usable]
        return sorted(named, key=lambda pair: pair[1])

    @property
    def units(self) -> dict[str, str]:
        """What can be assessed."""
        kind = fields_of(Unit)["kind"]
        return choices(kind, self.voice)

    @property
    def longest_name(self) -> int | None:
        """How many letters a name may have."""
        return fields_of(Profile)["organisation"].longest
