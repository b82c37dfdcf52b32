"""The desk as a widget: an assessment is chosen, filled in and handed on, without a path or a terminal."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from cxassess.content.practices import ROLES
from cxassess.content.reading import load_content
from cxassess.content.voice import Voice
from cxassess.desk.listing import Listing
from cxassess.desk.making import Making, Order
from cxassess.desk.sheets import sheet_name, sheet_pdf
from cxassess.desk.view import DeskView
from cxassess.document.assessment import Unit
from cxassess.document.assessmentfile import load_assessment, new_assessment
from cxassess.document.sitting import Sitting
from cxassess.errors import AssessmentError, CxError, Problem, validation_problems
from cxassess.files import slug, write_whole
from cxassess.filling.edits import Event
from cxassess.filling.filling import Filling
from cxassess.filling.widget import FormScreen
from cxassess.forms.pages import Notice, html_of, page_keys
from cxassess.opening import opened_in_browser, shown_in_folder
from cxassess.page.brand import Brand, load_brand
from cxassess.page.imprint import FORMATS
from cxassess.places import examples_dir, trial_of
from cxassess.report.edition import Edition
from cxassess.series.waves import new_wave, renamed_by_date
from cxassess.text import LANGS, Lang
from cxassess.workspace import Workspace


class Desk(FormScreen):
    """The assessments of a workspace and, once one is chosen, its form.

    Without a workspace, that around the current folder. With a `file`, its form is open from the start; without a
    `lang`, in the working language of each assessment. Raises CxError where the workspace's settings, the file or
    the language cannot be used.

    >>> desk = Desk(lang="en")
    >>> "Examples to try" in desk.view["html"]
    True
    """

    def __init__(
        self,
        workspace: Workspace | Path | str = "",
        *,
        file: Path | str = "",
        lang: str = "",
        who: str = "",
        content_dir: Path | str = "",
    ) -> None:
        self.workspace = workspace if isinstance(workspace, Workspace) else Workspace.around(workspace)
        self.content = load_content(self.workspace.content_folder(str(content_dir)))
        self._asked = _language(lang)
        self.lang: Lang = self._asked or self.workspace.lang
        self.who = who
        self._listing = Listing(self.workspace.assessments, self.content)
        self._examples = Listing(examples_dir(), self.content)
        self._chosen: Path | None = None
        self._sought = ""
        self._is_whole = False
        self._notices: list[Notice] = []
        self._acks: dict[str, int] = {}
        # Where the focus goes when the desk, or another form, comes on screen; and the browser that it is for.
        self._focus: tuple[int, str] = (0, "")
        self._mover = ""
        self._making = Making(self._told)
        self._loop = _running_loop()
        try:
            filling = self._filling(self.workspace.path(str(file))) if file else None
        except CxError as error:
            error.lang = self.lang  # a notebook shows it
            raise
        super().__init__(filling)

    def __repr__(self) -> str:
        return f"Desk({self.workspace.name!r})"

    # --- what is shown ---

    def whole(self) -> dict[str, Any]:
        """The desk or, once an assessment is open, its form."""
        view = self.filling.view() if self.filling else self._blank(self._view().html())
        return {**view, "acks": dict(self._acks), "focus": self._focused(view["focus"]), "desk": True}

    def alone(self, key: str) -> dict[str, Any]:
        """A page of the form alone; until there is one, the first page asks which, and the others say so."""
        if self.filling:
            view = self.filling.view(key)
            return {**view, "acks": dict(self._acks), "focus": self._focused(view["focus"])}
        if key == page_keys(self.content)[0]:
            return {**self.whole(), "desk": False}
        return self._blank(html_of("unchosen", Voice(self.content, self.lang), lang=self.lang))

    def _focused(self, focus: list[Any]) -> list[Any]:
        """Where the focus goes: a form counts from 0, and the desk that it came from has counted before."""
        count, anchor, mover = focus
        return [self._focus[0] + count, anchor, mover] if count else [*self._focus, self._mover]

    def _blank(self, html: str) -> dict[str, Any]:
        """What browsers are shown while no file is open."""
        refused = any(notice.urgent for notice in self._notices)
        nowhere = {
            "focus": [0, "", ""],
            "anchor": "",
            "page": "",
            "alone": "",
            "file": "",
            "copy": "",
            "number": 0,
        }
        return {**nowhere, "html": html, "acks": dict(self._acks), "unsaved": False, "refused": refused}

    def _view(self) -> DeskView:
        return DeskView(
            workspace=self.workspace,
            voice=Voice(self.content, self.lang),
            rows=self._listing.rows(),
            examples=self._examples.rows(),
            today=date.today(),
            brand=self._brand_name(),
            chosen=self._chosen,
            sought=self._sought,
            is_whole=self._is_whole,
            notices=tuple(self._notices),
            orders=tuple(self._making.orders),
        )

    def _brand_name(self) -> str:
        with suppress(CxError, OSError):  # told when a report is asked for
            return self._brand().name if self.workspace.brand else ""
        return ""

    # --- what a person does ---

    def do(self, event: Event) -> None:
        """Do what a person did, at the desk or in the form that is open."""
        self._acks[event.client] = event.seq
        before, orders = self.filling, len(self._making.orders)
        if event.do not in ("look", "retry"):
            self._notices = []
        try:
            if event.do == "desk":
                self._close()
            elif self.filling:
                self.filling.take(event)
            elif event.do in self._deeds:
                self._deeds[event.do](event)
        except (CxError, OSError) as error:
            self._notices.append(Notice("desk-refused", {"what": error}, urgent=True))
        if self.filling is not before:
            self._move("cx-page", event, past=before)
        elif len(self._making.orders) > orders:
            self._move("cx-orders", event)

    def _move(self, anchor: str, event: Event, past: Filling | None = None) -> None:
        """Lead the browser that asked to what came on screen, whatever the form before had counted."""
        counted = past.view()["focus"][0] if past else 0
        self._focus, self._mover = (self._focus[0] + counted + 1, anchor), event.client

    @property
    def _deeds(self) -> dict[str, Callable[[Event], None]]:
        """What can be done at the desk, by what the event is called."""
        return {
            "lang": self._speak,
            "seek": self._seek,
            "all": self._show_whole,
            "choose": self._choose,
            "open": self._open,
            "try": self._try,
            "new": self._begin,
            "wave": self._next_wave,
            "unit": self._other_unit,
            "rename": self._rename,
            "report": self._order,
            "batch": self._order,
            "sheet": self._print_sheet,
            "stop": self._stop,
            "page": self._show_page,
            "folder": self._show_folder,
        }

    def _speak(self, event: Event) -> None:
        # Whoever chooses a language here means the forms, too.
        self._asked = self.lang = next(lang for lang in LANGS if lang == event.at[0])

    def _seek(self, event: Event) -> None:
        self._sought, self._is_whole = event.values.get("text", "").strip(), False

    def _show_whole(self, _: Event) -> None:
        self._is_whole = True

    def _choose(self, event: Event) -> None:
        file = self._file(event)
        self._chosen = None if file == self._chosen else file

    def _open(self, event: Event) -> None:
        self.filling = self._filling(self._file(event))

    def _try(self, event: Event) -> None:
        # By name: what is copied is an example, and nothing else.
        example = {file.stem: file for file in examples_dir().glob("*.json")}.get(event.at[0])
        if example:
            self.filling = self._filling(trial_of(example))

    def _begin(self, event: Event) -> None:
        organisation, on = event.values.get("organisation", "").strip(), _day(event)
        lang = next((one for one in LANGS if one == event.values.get("lang")), self.lang)
        file = self.workspace.assessments / slug(organisation) / f"{on.isoformat()}.json"
        if file.exists():
            raise CxError("problem-nothing-written", [Problem(self.workspace.near(file), "problem-begun-already")])
        new_assessment(file, self.content, organisation=organisation, on=on, working_language=lang)
        self.filling = self._filling(file)

    def _next_wave(self, event: Event) -> None:
        keep = bool(event.values.get("keep"))
        self.filling = self._filling(new_wave(self._file(event), self.content, on=_day(event), keep_answers=keep))

    def _other_unit(self, event: Event) -> None:
        kind, name = event.values.get("kind", ""), event.values.get("name", "").strip()
        try:
            unit = Unit.model_validate({"kind": kind, "name": name or None})
        except ValidationError as error:
            problems = validation_problems(error, lambda place: ".".join(map(str, place)))
            raise AssessmentError("problem-no-new-assessment", problems) from None
        keep = bool(event.values.get("keep"))
        made = new_wave(self._file(event), self.content, on=_day(event), unit=unit, keep_answers=keep)
        self.filling = self._filling(made)

    def _rename(self, event: Event) -> None:
        new = renamed_by_date(self._file(event), self.content)
        self._notices.append(Notice("desk-renamed", {"file": self.workspace.near(new)}))

    def _close(self) -> None:
        """Back to the desk; not while something is on screen that is not on disk."""
        if self.filling and not self.filling.view()["unsaved"]:
            self.lang, self.filling = self.filling.lang, None

    def _filling(self, file: Path) -> Filling:
        """The form of a file, in the language that was asked for, or in its own."""
        if not file.is_file():
            problem = Problem(self.workspace.near(file), "problem-not-where-named")
            raise CxError("problem-nothing-opened", [problem])
        if file.resolve().parent in (examples_dir().resolve(), (self.workspace.folder / "examples").resolve()):
            file = trial_of(file)
        sitting = Sitting.open(file, self.content, who=self.who)
        lang = self._asked or sitting.assessment.profile.working_language
        return Filling(sitting, lang=lang, home=self.workspace.folder, has_desk=True)

    def _file(self, event: Event) -> Path:
        """The file that an event names, by its button or typed."""
        return self.workspace.path(event.values.get("path") or "/".join(event.at))

    # --- reports ---

    def _order(self, event: Event) -> None:
        """Have the reports made of one file, or of those ticked."""
        ticked = [name.removeprefix("file.") for name in event.values if name.startswith("file.")]
        files = [self.workspace.path(one) for one in ticked] if event.do == "batch" else [self._file(event)]
        if not files:
            self._notices.append(Notice("desk-none-ticked", {}, urgent=True))
            return
        edition = Edition(
            self.content,
            self.workspace.reports,
            brand=self._brand() if event.values.get("brand") else None,
            lang=next((one for one in LANGS if one == event.values.get("lang")), None),
            interactive=bool(event.values.get("interactive")),
            formats=tuple(one for one in FORMATS if event.values.get(one)) or FORMATS,
        )
        self._making.take(Order(tuple(files), edition, sum(self._wanted(one, edition) for one in files)))

    def _wanted(self, file: Path, edition: Edition) -> int:
        """How many reports a file asks for; one that cannot be read, one failure."""
        try:
            return len(edition.languages_for(load_assessment(file, self.content).profile))
        except AssessmentError:
            return 1

    def _brand(self) -> Brand:
        return load_brand(str(self.workspace.brand))

    def _print_sheet(self, event: Event) -> None:
        """Write an interview sheet among the reports, and open it."""
        assessment, values = load_assessment(self._file(event), self.content), event.values
        role = next((one for one in ROLES if one == values.get("role")), None)
        lang = next((one for one in LANGS if one == values.get("lang")), assessment.profile.working_language)
        voice = Voice(self.content, lang)
        brand = self._brand() if values.get("brand") else None
        pdf = sheet_pdf(voice, role=role, assessment=assessment, open_only=bool(values.get("open")), brand=brand)
        file = self.workspace.reports / sheet_name(voice, role=role, assessment=assessment)
        write_whole(file, pdf)
        self._notices.append(Notice("desk-sheet-made", {"file": self.workspace.near(file)}))
        opened_in_browser(file.as_uri())

    def _stop(self, _: Event) -> None:
        for order in self._making.orders:
            order.stop.ask()

    def _show_page(self, event: Event) -> None:
        file = self._file(event)
        if not opened_in_browser(file.as_uri()):
            self._notices.append(Notice("desk-unopened", {"file": self.workspace.near(file)}))

    def _show_folder(self, event: Event) -> None:
        file = self._file(event)
        if not shown_in_folder(file):
            self._notices.append(Notice("desk-unopened", {"file": self.workspace.near(file)}))

    def _told(self) -> None:
        """A report was made, in another thread: what browsers are told is told from the kernel's own loop."""
        if self._loop:
            self._loop.call_soon_threadsafe(self.show_all)


def _language(given: str) -> Lang | None:
    """The language that was asked for, if one was. Raises CxError."""
    for lang in LANGS:
        if given == lang:
            return lang
    if given:
        problem = Problem("lang", "problem-language-unknown", given=given, known=LANGS)
        raise CxError("problem-unknown-language", [problem])
    return None


def _running_loop() -> asyncio.AbstractEventLoop | None:
    try:
        return asyncio.get_running_loop()
    except RuntimeError:  # no kernel: a test, a script
        return None


def _day(event: Event) -> date:
    """The date that was typed. Raises CxError."""
    given = event.values.get("on", "")
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise CxError("problem-unknown-date", [Problem("on", "problem-date-unknown", given=given)]) from None
