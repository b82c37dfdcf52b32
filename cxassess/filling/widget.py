"""The form as widgets: what browsers send is taken, and every browser is shown what stands then."""

from __future__ import annotations

import asyncio
from threading import RLock, Timer
from typing import Any

import altair  # noqa: F401 - loaded with the rest: when it is first used, it would hold up the first clicks
import anywidget
import traitlets

from cxassess import theme
from cxassess.document.assessment import Assessment
from cxassess.document.sitting import Sitting
from cxassess.filling.edits import Event
from cxassess.filling.filling import Filling
from cxassess.forms.result import ResultPage
from cxassess.places import templates_dir
from cxassess.text import Lang

_READING_SECONDS = 2
_LOOK_SECONDS = 0.7


class Screen(anywidget.AnyWidget):
    """What shows browsers HTML that was made here, and takes what people do with it."""

    _esm = traitlets.Unicode().tag(sync=True)
    _css = traitlets.Unicode().tag(sync=True)

    def __init__(self) -> None:
        # Not a trait of the widget: notebooks may keep those, and client data must not stay behind in one.
        self.view: dict[str, Any] = {}
        super().__init__(_esm=_script(), _css=_style())
        self.on_msg(self._on_message)

    def take(self, event: Event) -> None:
        """Do what a person did in a browser."""
        raise NotImplementedError

    def hear(self, event: Event) -> None:
        """Note that a browser shows this screen, or no more."""
        raise NotImplementedError

    def show(self, view: dict[str, Any]) -> None:
        """Show every browser of this screen what stands now."""
        self.view = view
        self.send(view)

    def _on_message(self, _: object, message: Any, pieces: Any) -> None:  # noqa: ANN401 - whatever a browser sends
        data = b"".join(bytes(piece) for piece in pieces or ())
        event = Event.model_validate({**message, "data": data})
        self.hear(event)
        if event.do != "leave":
            self.take(event)


class FormScreen(Screen):
    """A screen over one person's filling in, which may still have to be chosen; its pages can stand alone, too."""

    # Of the class: a screen that could not be made is closed, too.
    _looking: asyncio.Task[None] | None = None

    def __init__(self, filling: Filling | None) -> None:
        self.filling = filling
        self._pages: dict[str, FormPage] = {}
        self._is_drawn_ahead = False
        # Lab may hand messages to another thread than that which runs cells, and looks at the file.
        self._one_at_a_time = RLock()
        self._clients: set[str] = set()
        super().__init__()
        self.view = self.whole()

    def whole(self) -> dict[str, Any]:
        """What the screen itself shows."""
        assert self.filling
        return self.filling.view()

    def alone(self, key: str) -> dict[str, Any]:
        """What a page shows that stands alone."""
        assert self.filling
        return self.filling.view(key)

    def page(self, key: str) -> FormPage:
        """One page of the form alone, as a widget of its own; it shows and saves the same assessment."""
        if key not in self._pages:
            self._pages[key] = FormPage(self, key)
        return self._pages[key]

    def do(self, event: Event) -> None:
        """Do what a person did, and save it."""
        assert self.filling
        self.filling.take(event)

    def take(self, event: Event, first: Screen | None = None) -> None:
        """Do what a person did in a browser, save it, and show what stands then."""
        with self._one_at_a_time:
            self.do(event)
            self.show_all(first)

    def show_all(self, first: Screen | None = None) -> None:
        """Show what stands now, here and on pages alone that are in sight; first where somebody waits for it."""
        with self._one_at_a_time:
            if isinstance(first, FormPage):
                first.show(self.alone(first.key))
            self.show(self.whole())
            for page in self._pages.values():
                if page is not first and page.browsers:
                    page.show(self.alone(page.key))

    def hear(self, event: Event) -> None:
        """Look at the file while some browser shows the form or a page of it, where an event loop runs."""
        if event.do == "leave":
            self._clients.discard(event.client)
            return
        self._clients.add(event.client)
        if self._looking is None or self._looking.done():
            try:
                self._looking = asyncio.get_running_loop().create_task(self._look())
            except RuntimeError:  # no loop: a script, which nobody looks at
                self._looking = None

    async def _look(self) -> None:
        """Show what others save, without anybody touching this form, until no browser shows it."""
        while self._clients:
            await asyncio.sleep(_LOOK_SECONDS)
            with self._one_at_a_time:
                if self.filling and self.filling.look():
                    self.show_all()

    def close(self) -> None:
        """End the widget, and with it the looking."""
        if self._looking:
            self._looking.cancel()
        super().close()

    def draw_ahead(self) -> None:
        """Make the first drawing, which takes longer than others, beside the work: a person has begun to read."""
        if self._is_drawn_ahead or not self.filling:
            return
        self._is_drawn_ahead = True
        drawing = Timer(_READING_SECONDS, ResultPage(ResultPage.name, self.filling.book()).drawing)
        drawing.daemon = True
        drawing.start()

    def _on_message(self, _: object, message: Any, __: object) -> None:  # noqa: ANN401
        super()._on_message(_, message, __)
        self.draw_ahead()


class AssessmentForm(FormScreen):
    """A form over one assessment file, for JupyterLab and Voilà.

    `value` is the assessment on screen; to set it is to save it. What cannot be saved stays on screen, is told,
    and is tried again; the file then stands as it did. `view` is what browsers are shown.

    >>> from cxassess import load_content
    >>> from cxassess.places import open_or_example
    >>> form = AssessmentForm(Sitting.open(open_or_example(""), load_content()), lang="en")
    >>> form.value = form.value.replaced(private="seen on Monday")
    >>> form.sitting.assessment.private
    'seen on Monday'
    >>> form.page("inform")
    FormPage('inform')
    """

    filling: Filling

    def __init__(self, sitting: Sitting, *, lang: Lang) -> None:
        super().__init__(Filling(sitting, lang=lang))

    def __repr__(self) -> str:
        # Notebooks keep this beside the form; what the form shows must not be in it.
        return f"AssessmentForm({self.sitting.path.name!r})"

    @property
    def sitting(self) -> Sitting:
        """The work on the file."""
        return self.filling.sitting

    @property
    def value(self) -> Assessment:
        """The assessment on screen, saved or not yet."""
        return self.filling.value

    @value.setter
    def value(self, new: Assessment) -> None:
        """Save an assessment and show it. Raises AssessmentError where it does not fit its content."""
        with self._one_at_a_time:
            self.filling.value = new
            self.show_all()


class FormPage(Screen):
    """One page of a form alone, for a notebook that goes through the form page by page."""

    def __init__(self, form: FormScreen, key: str) -> None:
        self.form = form
        self.key = key
        # Those in which it is in sight: a page far down a notebook is made when one comes to it.
        self.browsers: set[str] = set()
        super().__init__()
        self.view = form.alone(key)

    def __repr__(self) -> str:
        return f"FormPage({self.key!r})"

    def hear(self, event: Event) -> None:
        """Note it, and with the form, whose file is looked at for all its pages."""
        if event.do == "leave":
            self.browsers.discard(event.client)
        else:
            self.browsers.add(event.client)
        self.form.hear(event)

    def take(self, event: Event) -> None:
        """Do what a person did on this page, as in the form."""
        self.form.take(event, first=self)


def _script() -> str:
    folder = templates_dir() / "form"
    return "\n".join((folder / name).read_text(encoding="utf-8") for name in ("idiomorph.min.js", "form.js"))


def _style() -> str:
    """The form's own style, and that of reports within it, for it shows pieces of them."""
    report = (templates_dir() / "nbconvert" / "cxreport" / "static" / "report.css").read_text(encoding="utf-8")
    own = (templates_dir() / "form" / "form.css").read_text(encoding="utf-8")
    return f"{theme.css_variables()}\n.cx-report {{\n{report}\n}}\n{own}"
