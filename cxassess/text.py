"""Language at the edge: texts in two languages, typed text in one, numbers and dates by locale."""

from __future__ import annotations

import html
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Annotated, Literal, NamedTuple, get_args

from pydantic import BaseModel, ConfigDict, StringConstraints

Lang = Literal["id", "en"]
LANGS: tuple[Lang, ...] = get_args(Lang)

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Text(BaseModel):
    """A text of the content, complete in both languages.

    >>> Text(id="Upaya", en="Effort").in_("en")
    'Effort'
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Line
    en: Line

    def in_(self, lang: Lang) -> str:
        """The text in one language."""
        return self.id if lang == "id" else self.en


# What a person typed: plain, in the document's working language, or by language (one or both).
Note = str | dict[Lang, str]


class Said(NamedTuple):
    """Typed text as it is, with the language it is in."""

    text: str
    lang: Lang


def said(note: Note, *, working: Lang, lang: Lang) -> Said:
    """The version of a note for readers of `lang`; never translated, so it may be in the other language.

    >>> said({"id": "Antre lama"}, working="id", lang="en")
    Said(text='Antre lama', lang='id')
    """
    versions: Mapping[Lang, str] = {working: note} if isinstance(note, str) else note
    for choice in (lang, working, *LANGS):
        if versions.get(choice, "").strip():
            return Said(versions[choice].strip(), choice)
    return Said("", lang)


def said_html(note: Note, *, working: Lang, lang: Lang) -> str:
    """A note as HTML: escaped, in paragraphs, marked with its language where that is not the page's.

    >>> said_html("a < b", working="id", lang="en")
    '<p lang="id">a &lt; b</p>'
    """
    text, spoken = said(note, working=working, lang=lang)
    mark = "" if spoken == lang else f' lang="{spoken}"'
    paragraphs = [part.strip() for part in text.split("\n\n") if part.strip()]
    return "".join(f"<p{mark}>{html.escape(part)}</p>" for part in paragraphs)


@cache
def _locale(lang: Lang) -> str:
    return {"id": "id_ID", "en": "en_GB"}[lang]


def number(value: float, digits: int = 0, *, lang: Lang) -> str:
    """A number in the reader's style.

    >>> number(1234.5, 2, lang="id"), number(1234.5, 2, lang="en")
    ('1.234,50', '1,234.50')
    """
    from babel.numbers import format_decimal

    zeros = "0" * digits
    return str(format_decimal(value, format=f"#,##0.{zeros}" if digits else "#,##0", locale=_locale(lang)))


def percent(share: float, digits: int = 0, *, lang: Lang) -> str:
    """A share of one as per cent. 1/2 is "50%"; a share just under a cut is not rounded over it.

    >>> percent(2 / 3, lang="id"), percent(0.9167, 1, lang="id")
    ('67%', '91,7%')
    """
    return f"{number(share * 100, digits, lang=lang)}%"


def day(value: date, *, lang: Lang) -> str:
    """A date written out.

    >>> day(date(2026, 3, 5), lang="id"), day(date(2026, 3, 5), lang="en")
    ('5 Maret 2026', '5 March 2026')
    """
    from babel.dates import format_date

    return str(format_date(value, format="d MMMM y", locale=_locale(lang)))


def listed(items: list[str], *, lang: Lang) -> str:
    """Items as a person would say them.

    >>> listed(["a", "b", "c"], lang="id"), listed(["a", "b"], lang="en")
    ('a, b, dan c', 'a and b')
    """
    from babel.lists import format_list

    return str(format_list(items, locale=_locale(lang)))
