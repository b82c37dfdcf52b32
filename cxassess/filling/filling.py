"""One person filling in an assessment: takes events, saves, and knows what stands then."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from cxassess.content.practices import ROLES, Role
from cxassess.content.voice import Voice
from cxassess.document.assessment import Assessment
from cxassess.document.assessmentfile import dumps, write_new
from cxassess.document.changes import Clash, changed, decided, merged, put
from cxassess.document.checking import check_assessment
from cxassess.document.shapes import Place
from cxassess.document.sitting import Saved, Sitting
from cxassess.errors import AssessmentError, Cause, Problem
from cxassess.files import slug
from cxassess.filling.bookmark import Bookmark, bookmark_in
from cxassess.filling.edits import Event, edited
from cxassess.filling.lasttime import LastTime
from cxassess.filling.unsaved import unsaved
from cxassess.filling.unseen import Unseen
from cxassess.forms.clashes import choice_of
from cxassess.forms.page import Book
from cxassess.forms.pages import PAGES, Notice, Status, View, page_keys
from cxassess.interview.attachments import Arrivals, attached, located, sizes
from cxassess.interview.entries import Values
from cxassess.interview.talks import heard
from cxassess.places import is_trial
from cxassess.pyramid.scoring import score
from cxassess.text import LANGS, Lang


class Filling:
    """One person's filling in of one assessment file, seen by any number of browsers.

    `value` is the assessment on screen; what cannot be saved stays there, is told, and is tried again; the file
    then stands as it did. Nothing here knows of widgets: events come in, and `view` is what browsers are shown.
    `home` is the folder one works in: paths are shown as from there, and what begins as an example ends up there;
    `has_desk` says that there is a desk to go back to.
    """

    def __init__(self, sitting: Sitting, *, lang: Lang, home: Path | None = None, has_desk: bool = False) -> None:
        self.sitting = sitting
        self._has_desk = has_desk
        self.home = (home or Path.cwd()).resolve()
        self._asked: Lang = lang
        self.lang: Lang = lang
        self.page = "profile"
        self._anchor = ""
        self.interview = ""  # the evidence that is the talk going on
        self._seeks: dict[Place, Values] = {}
        self._arrivals = Arrivals()
        self._value = sitting.assessment
        self._clashes: list[Clash] = []
        self._notices: list[Notice] = []
        self._saved_at: datetime | None = None
        self._trouble: Notice | None = None
        self._visited: set[Place] = set()
        self._focus: tuple[int, str] = (0, "")
        self._mover = ""  # the browser that moved the focus: no other shall follow
        self._for_client = False
        self._role: Role | None = None  # whose questions are shown; None: everyone's
        self._acks: dict[str, int] = {}
        self._unseen = Unseen()
        self._last_time = LastTime(sitting.content)
        self._bookmark = bookmark_in(sitting.history)
        self._go_on()

    def _go_on(self) -> None:
        """Go on where this person was last."""
        mark = self._bookmark
        if mark and mark.page in page_keys(self.sitting.content):
            self.page, self._anchor, self.interview = mark.page, mark.anchor, mark.interview
        if mark and mark.asked == self._asked:
            self.lang = mark.lang

    @property
    def value(self) -> Assessment:
        """The assessment on screen, saved or not yet."""
        return self._value

    @value.setter
    def value(self, new: Assessment) -> None:
        """Save an assessment. Raises AssessmentError where it does not fit its content."""
        self._save(new)

    def take(self, event: Event) -> None:
        """Do what a person did in the browser, and save it."""
        focus = self._focus
        if event.do not in ("look", "retry"):  # the browser's own: nobody may have read yet what was told
            self._notices = []
        try:
            self._do(event)
        except AssessmentError as error:
            self._notices.append(Notice("form-refused", {"what": error}, urgent=True))
        if self._focus != focus:
            self._mover = event.client
        self._acks[event.client] = event.seq
        self._mark(event)

    def _mark(self, event: Event) -> None:
        """Remember where one is; `set` names the place that one is at."""
        if event.do == "set":
            self._visited.add(event.at)
            self._anchor = "-".join(("cx", *event.at))
        mark = Bookmark(
            page=self.page, anchor=self._anchor, interview=self.interview, lang=self.lang, asked=self._asked
        )
        if mark != self._bookmark:
            self._bookmark = mark
            self.sitting.history.keep_bookmark(mark.model_dump_json())

    def look(self) -> bool:
        """Take in what others saved, if nothing of one's own waits to be saved. Whether that is anything."""
        if self._trouble or not self.sitting.look():
            return False
        before, self._value = self._value, self.sitting.assessment
        self._unseen.came(before, self._value)
        self._clashes = [clash for clash in self._clashes if clash.is_open(self._value)]
        return True

    def _do(self, event: Event) -> None:
        """Do what an event says. Raises AssessmentError where it says what cannot be."""
        match event.do:
            case "go":
                self._go(*event.at)
            case "lang":
                self.lang = next(lang for lang in LANGS if lang == event.at[0])
            case "client":
                self._for_client = not self._for_client
                self._turn_from_clients()
            case "ask":
                self._role = next((role for role in ROLES if (role,) == event.at), None)
            case "undo" | "redo":
                self._turn(event.do)
            case "look" | "retry":
                self._save(self._value)
            case "own":
                self._make_own(event.values.get("organisation", ""))
            case "mine" | "theirs" | "both":
                self._decide(event)
            case "seek":
                self._seeks[event.at] = event.values
            case "interview":
                self.interview = "".join(event.at)
            case "attach":
                self._attach(event)
            case "locate":
                path = located(event.at, self._value, self.sitting.path)
                self._notices.append(Notice("form-attachment-at", {"path": path}))
            case _:
                self._edit(event)

    def _edit(self, event: Event) -> None:
        """Save what an event makes of the assessment; what is rated in a talk is linked to it in the same save."""
        before, content = self._unseen.without(self._value, event), self.sitting.content
        is_talk = event.do == "add-interview"
        done = event.model_copy(update={"do": "add-evidence"}) if is_talk else event
        new, missing = edited(done, before, content)
        if missing:
            self._notices.append(Notice(missing, {}, urgent=True))
        if is_talk and new != before:
            self.interview = new.evidence[-1].key
        elif self._talk:
            new = heard(before, new, self._talk)
        if before is not self._value:  # what came in meanwhile was not on the screen that this was done on
            merge = merged(before, new, self._value)
            self._clashes += [self.sitting.named(clash, self._value) for clash in merge.clashes]
            new = merge.assessment
        self._save(new)

    @property
    def _talk(self) -> str:
        """The talk that is on; none where somebody removed it."""
        keys = [record.key for record in self._value.evidence]
        return self.interview if self.interview in keys else ""

    def _attach(self, event: Event) -> None:
        """Take a piece of a file; the last one is a change to be saved."""
        upload = self._arrivals.take(event.client, event.values, event.data)
        try:
            new = attached(event.at, upload, self._value, self.sitting.path) if upload else self._value
        except OSError as error:
            self._notices.append(Notice(unsaved(error, self.sitting.path), {"what": error}, urgent=True))
        else:
            self._save(new)

    def _go(self, page: str, anchor: str = "") -> None:
        """Show a page; others may have saved meanwhile, so look."""
        if page not in page_keys(self.sitting.content):
            raise AssessmentError("problem-nothing-shown", [Problem(page, "problem-no-page")])
        self.page, self._anchor = page, anchor
        self._visited.clear()
        self._focus = (self._focus[0] + 1, anchor or "cx-page")
        self._reveal()
        self._save(self._value)

    def _turn_from_clients(self) -> None:
        """Leave a page that is not for clients, once one looks on."""
        page = self.book().page(self.page)
        if self._for_client and not page.is_for_clients:
            self._go(page_keys(self.sitting.content)[0])

    def _reveal(self) -> None:
        """Show everything again where one was led to what the role now asked is not asked."""
        if self._role and self.book().page(self.page).hides(self._anchor):
            self._role = None
            self._notices.append(Notice("form-ask-revealed", {}))

    def _make_own(self, organisation: str) -> None:
        """Go on with what is on screen as a file of one's own. Raises AssessmentError where there can be none."""
        own = put(self._value, {("profile", "organisation"): organisation.strip()})
        path = self.home / "assessments" / slug(own.profile.organisation) / f"{own.on.isoformat()}.json"
        try:
            write_new(path, own)
        except OSError as error:
            problem = Problem(str(path), "problem-unopened", reason=Cause.of(error))
            raise AssessmentError("problem-nothing-written", [problem]) from None
        self.sitting = Sitting.open(path, self.sitting.content, who=self.sitting.history.who)
        self._value, self._clashes, self._saved_at = self.sitting.assessment, [], None
        self._notices.append(Notice("form-own-made", {"file": self.near(path)}))

    def near(self, path: Path) -> str:
        """A path as one would type it from where one works."""
        full = path.resolve()
        return full.relative_to(self.home).as_posix() if full.is_relative_to(self.home) else str(full)

    def _save(self, new: Assessment) -> None:
        check_assessment(new, self.sitting.content)
        self._value = new
        if self._keep(lambda: self.sitting.save(new)):
            self._unseen.came(new, self._value)

    def _turn(self, do: str) -> None:
        """Undo or redo, and go where something changed."""
        self._save(self._value)
        before = self._value
        if self._trouble or not self._keep(self.sitting.undo if do == "undo" else self.sitting.redo):
            return
        place = next(iter(changed(before, self._value)), None)
        if place:
            spot = self.book().spot(place)
            self._notices.append(Notice(f"form-{do}ne", {"what": spot.name}))
            self.page, self._anchor = spot.page, spot.anchor
            self._focus = (self._focus[0] + 1, spot.anchor)
            self._reveal()

    def _decide(self, event: Event) -> None:
        """Settle what two people made of one field; theirs stands in the file already."""
        for clash in [clash for clash in self._clashes if clash.at == event.at]:
            if event.do == "both" and clash.both is None:
                return
            if event.do != "theirs":
                value = clash.mine if event.do == "mine" else clash.both
                self._save(decided(self._value, clash, value))
            self._clashes = [other for other in self._clashes if other.at != clash.at]

    def _keep(self, act: Callable[[], Saved | None]) -> bool:
        """Whether something was saved: then it is what stands. Else why not, and nothing is lost."""
        try:
            saved = act()
        except (AssessmentError, OSError) as error:
            self._trouble = Notice(unsaved(error, self.sitting.path), {"what": error})
            return False
        self._trouble = None
        if saved is None:
            self._notices.append(Notice("form-nothing-more", {}))
            return False
        self._value, self._saved_at = saved.assessment, saved.at
        self.interview = saved.renumbered.get(self.interview, self.interview)
        self._clashes = self._open_clashes(saved)
        self._notices += self._remarks(saved)
        return True

    def _open_clashes(self, saved: Saved) -> list[Clash]:
        """What is still to be settled; where theirs does not stand any more, there is nothing to decide."""
        anew = {clash.at for clash in saved.clashes}
        older = [clash for clash in self._clashes if clash.at not in anew]
        return [clash for clash in (*older, *saved.clashes) if clash.is_open(saved.assessment)]

    def _remarks(self, saved: Saved) -> Iterator[Notice]:
        """What came out otherwise than one may think."""
        if saved.left:
            book = self.book()
            yield from (Notice("form-left", {"what": book.spot(place).name}) for place in saved.left)
        seen = {record.key for record in saved.assessment.evidence}
        for old, key in saved.renumbered.items():
            if key in seen:  # keys of targets nobody sees
                yield Notice("form-renumbered", {"old": old, "new": key})
        if not saved.undo_kept:
            yield Notice("form-undo-lost", {})

    def book(self) -> Book:
        """The pages as they stand now."""
        return Book(
            card=score(self._value, self.sitting.content, on=self._value.on),
            voice=Voice(self.sitting.content, self.lang),
            earlier=self.sitting.befores(choice_of),
            today=date.today(),
            kinds=PAGES,
            last=self._last_time.card(self.sitting.path, self._value, self._notices),
            role=self._role,
            visited=frozenset(self._visited),
            anchor=self._anchor,
            interview=self._talk,
            seeks=self._seeks,
            files=sizes(self.sitting.path),
        )

    def _html(self, page: str) -> str:
        book = self.book()
        status = Status(
            file=self.near(self.sitting.path),
            is_trial=is_trial(self.sitting.path),
            has_desk=self._has_desk,
            saved=book.voice.clock(self._saved_at) if self._saved_at else "",
            trouble=self._trouble,
            notices=self._notices,
            clashes=self._clashes,
        )
        open_ = book.page(page or self.page)
        return View(book, open_, status, for_client=self._for_client, alone=bool(page)).html()

    def view(self, page: str = "") -> dict[str, Any]:
        """What browsers are shown: the form at the page that is open or, by its key, one page alone."""
        return {
            "html": self._html(page),
            "acks": dict(self._acks),
            "focus": [*self._focus, self._mover],
            "anchor": "" if page else self._anchor,
            "page": self.page,
            "alone": page,
            "unsaved": bool(self._trouble),
            "refused": any(notice.urgent for notice in self._notices),
            "file": str(self.sitting.path),
            "copy": dumps(self._value) if self._trouble else "",
            "number": self._unseen.shown(),
        }
