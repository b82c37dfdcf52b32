"""What one event of the form makes of an assessment."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from cxassess.content.reading import Content
from cxassess.document.assessment import Assessment
from cxassess.document.shapes import Place
from cxassess.errors import AssessmentError, Problem
from cxassess.forms.evidence import added, detached
from cxassess.forms.page import Page
from cxassess.forms.pages import PAGES
from cxassess.interview.answering import opined
from cxassess.interview.entries import Edited, no_place
from cxassess.interview.links import linked, ticked, unlinked


class Event(BaseModel):
    """What a person did in the browser. Everything from there is text.

    `at` is a place of the assessment, or of the form; `values` is what the fields of one group hold now. A browser
    (`client`) numbers its events, and is told how far they are done. `seen` is the number of the view that it was
    done on, `data` a piece of a file.
    """

    model_config = ConfigDict(frozen=True)

    do: str
    at: tuple[str, ...] = ()
    values: dict[str, str] = {}
    client: str = ""
    seq: int = 0
    seen: int = 0
    data: bytes = Field(default=b"", repr=False)


def edited(event: Event, assessment: Assessment, content: Content) -> Edited:
    """What an event makes of an assessment. Raises AssessmentError where it can make none of it."""
    at, values = event.at, event.values
    match event.do:
        case "set":
            return _page_of(at).set(at, values, assessment)
        case "clear":
            return _page_of(at).set(at, {"choice": "unanswered"}, assessment)
        case "remove":
            return Edited(_page_of(at).remove(at, assessment))
        case "link":
            new = linked(at[:-1], at[-1], assessment, content)
            return Edited(new) if new else Edited(assessment, "form-needs-rating")
        case "unlink":
            return Edited(unlinked(at[:-1], at[-1], assessment))
        case "tick":
            ticks, were = (values.get(name, "").split() for name in ("uses", "were"))
            return Edited(ticked(at[-1], ticks, were, assessment, content))
        case "detach":
            return Edited(detached(at, assessment))
        case "add-evidence":
            return added(at, values, assessment, content)
        case "add-opinion":
            return opined(at, values, assessment)
    for page in PAGES:
        if page.adds and event.do == f"add-{page.adds}":
            return page.add(at, values, assessment)
    raise AssessmentError("problem-nothing-changed", [Problem(event.do, "problem-unknown-event")])


def _page_of(at: Place) -> type[Page]:
    """The class of the page on which a place stands. Raises AssessmentError where there is none."""
    for page in PAGES:
        if at and at[0] in page.holds:
            return page
    raise no_place(at)
