"""Where a person is in a form, kept beside the file: a reload, a new kernel or another day goes on there."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, ValidationError

from cxassess.document.history import History
from cxassess.text import Lang


class Bookmark(BaseModel):
    """The page that is open, where on it one was last, the interview that is on, and the language.

    `asked` is the language that the form was opened in: who opens it in another one means that.
    """

    model_config = ConfigDict(frozen=True)

    page: str
    anchor: str = ""
    interview: str = ""
    lang: Lang = "id"
    asked: Lang = "id"


def bookmark_in(history: History) -> Bookmark | None:
    """Where the person was who works with this history; None where that is not known, or was damaged."""
    try:
        return Bookmark.model_validate_json(history.bookmark())
    except ValidationError:
        return None
