"""The form as widgets: what browsers send is taken, and every browser is shown what stands then."""

from __future__ import annotations

from threading import Timer
from typing import Any

import altair  # noqa: F401 - loaded with the rest: when it is first used, it would hold up the first clicks
import anywidget
import traitlets

from cxassess import theme
from cxassess.document.assessment import Assessment
from cxassess.document.sitting import Sitting
from cxassess.forms.edits import Event
from cxassess.forms.filling import Filling
from cxassess.forms.result import ResultPage
from cxassess.places import templates_dir
from cxassess.text import Lang

_READING_SECONDS = 2


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

    def show(self, view: dict[str, Any]) -> None:
        """Show every browser of this screen what stands now."""
        self.view = view
        self.send(view)

    def _on_message(self, _: object, message: Any, __: object) -> None:  # noqa: ANN401 - whatever a browser sends
        self.take(Event.model_validate(message))


class AssessmentForm(Screen):
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
    FormPage('kopi-lereng.json', 'inform')
    """

    def __init__(self, sitting: Sitting, *, lang: Lang) -> None:
        self.filling = Filling(sitting, lang=lang)
        self._pages: dict[str, FormPage] = {}
        super().__init__()
        self.view = self.filling.view()
        # The first drawing takes longer than others: one is made beside the work, once a person has begun to read.
        self._draw_once = Timer(_READING_SECONDS, ResultPage(ResultPage.name, self.filling.book()).drawing)
        self._draw_once.daemon = True

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
        self.filling.value = new
        self.show_all()

    def page(self, key: str) -> FormPage:
        """One page of the form alone, as a widget of its own; it shows and saves the same assessment."""
        if key not in self._pages:
            self._pages[key] = FormPage(self, key)
        return self._pages[key]

    def take(self, event: Event) -> None:
        """Do what a person did in the browser, save it, and show what stands then."""
        self.filling.take(event)
        self.show_all()

    def show_all(self, first: Screen | None = None) -> None:
        """Show what stands now, here and on the pages that are shown alone; first where somebody waits for it."""
        pages = sorted(self._pages.values(), key=lambda page: page is not first)
        for page in pages[: first is not None]:
            page.show(self.filling.view(page.key))
        self.show(self.filling.view())
        for page in pages[first is not None :]:
            page.show(self.filling.view(page.key))

    def _on_message(self, _: object, message: Any, __: object) -> None:  # noqa: ANN401
        super()._on_message(_, message, __)
        if self._draw_once.ident is None:
            self._draw_once.start()


class FormPage(Screen):
    """One page of a form alone, for a notebook that goes through the form page by page."""

    def __init__(self, form: AssessmentForm, key: str) -> None:
        self.form = form
        self.key = key
        super().__init__()
        self.view = form.filling.view(key)

    def __repr__(self) -> str:
        return f"FormPage({self.form.sitting.path.name!r}, {self.key!r})"

    def take(self, event: Event) -> None:
        """Do what a person did on this page, as in the form."""
        self.form.filling.take(event)
        self.form.show_all(first=self)


def _script() -> str:
    folder = templates_dir() / "form"
    return "\n".join((folder / name).read_text(encoding="utf-8") for name in ("idiomorph.min.js", "form.js"))


def _style() -> str:
    """The form's own style, and that of reports within it, for it shows pieces of them."""
    report = (templates_dir() / "nbconvert" / "cxreport" / "static" / "report.css").read_text(encoding="utf-8")
    own = (templates_dir() / "form" / "form.css").read_text(encoding="utf-8")
    return f"{theme.css_variables()}\n.cx-report {{\n{report}\n}}\n{own}"
