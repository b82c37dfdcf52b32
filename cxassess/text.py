"""Language at the edge: texts in two languages, typed text in one, numbers and dates by locale."""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, time
from functools import cache
from typing import Annotated, Literal, NamedTuple, get_args

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Lang = Literal["id", "en"]
LANGS: tuple[Lang, ...] = get_args(Lang)
# As their own speakers call them.
OWN_NAMES: dict[Lang, str] = {"id": "Bahasa Indonesia", "en": "English"}

Written = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
# One line that a person typed: control characters would reach terminals and file names.
Line = Annotated[Written, StringConstraints(pattern=r"^[^\x00-\x1f\x7f-\x9f\u2028\u2029]*$")]


class Text(BaseModel):
    """A text of the content, complete in both languages.

    >>> Text(id="Upaya", en="Effort").in_("en")
    'Effort'
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Written
    en: Written

    def in_(self, lang: Lang) -> str:
        """The text in one language."""
        return self.id if lang == "id" else self.en


# What a person typed: plain, in the document's working language, or by language (one or both).
Note = Written | Annotated[dict[Lang, Written], Field(min_length=1)]


class Html(str):
    """HTML that is safe to show as it is; a plain str is escaped first.

    >>> Html("<b>ok</b>")._repr_html_()
    '<b>ok</b>'
    """

    __slots__ = ()

    def _repr_html_(self) -> str:
        return str(self)

    __html__ = _repr_html_  # what Jinja asks before it escapes


def escaped(text: str) -> Html:
    """Text as HTML: what is Html already stays, everything else is escaped.

    >>> escaped("<script>"), escaped(Html("<br>"))
    ('&lt;script&gt;', '<br>')
    """
    return text if isinstance(text, Html) else Html(html.escape(text))


class Said(NamedTuple):
    """Typed text as it is, with the language it is in."""

    text: str
    lang: Lang


def said(note: Note, *, working: Lang, lang: Lang) -> Said:
    """The version of a note for readers of `lang`; never translated, so it may be in the other language.

    >>> said({"id": "Antre lama"}, working="id", lang="en")
    Said(text='Antre lama', lang='id')
    """
    versions = versions_of(note, working=working)
    for choice in (lang, working, *LANGS):
        if choice in versions:
            return Said(versions[choice], choice)
    return Said("", lang)


# What people put in or leave out when they write a name again. Other signs belong to it: C++, C# and C are three.
_BY_THE_WAY = frozenset(".,;:'\"’‘“”()-‐‑–—/")


def known_as(name: str) -> str:
    """A name as one recognises it: whatever its capitals, blanks, punctuation and normal form.

    >>> known_as("PT. Kopi-Lereng") == known_as("pt kopi lereng"), known_as("C++") == known_as("C#")
    (True, False)
    """
    plain = unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
    return "".join(letter for letter in plain if letter not in _BY_THE_WAY and not letter.isspace())


def versions_of(note: Note | None, *, working: Lang) -> dict[Lang, str]:
    """What a note says, by language: a plain one is in the working language.

    >>> versions_of("Antre lama", working="id"), versions_of(None, working="id")
    ({'id': 'Antre lama'}, {})
    """
    return {working: note} if isinstance(note, str) else dict(note or {})


def note_of(versions: Mapping[Lang, str], *, working: Lang) -> Note | None:
    """A note as files hold it: plain in the working language alone, by language otherwise; None says nothing.

    >>> note_of({"en": "Long queue", "id": "Antre lama"}, working="id")
    {'id': 'Antre lama', 'en': 'Long queue'}
    >>> note_of({"id": "Antre lama"}, working="id")
    'Antre lama'
    """
    kept: dict[Lang, str] = {lang: versions[lang] for lang in LANGS if versions.get(lang)}
    return kept.get(working) if set(kept) <= {working} else kept


@cache
def locale_name(*, lang: Lang) -> str:
    """A language as CLDR names it."""
    return {"id": "id_ID", "en": "en_GB"}[lang]


def number(value: float, digits: int = 0, *, lang: Lang) -> str:
    """A number in the reader's style.

    >>> number(1234.5, 2, lang="id"), number(1234.5, 2, lang="en")
    ('1.234,50', '1,234.50')
    """
    from babel.numbers import format_decimal

    zeros = "0" * digits
    return str(
        format_decimal(value, format=f"#,##0.{zeros}" if digits else "#,##0", locale=locale_name(lang=lang))
    )


def percent(share: float, *, lang: Lang) -> str:
    """A share of one as per cent, with one decimal where whole per cent would blur it.

    >>> percent(2 / 3, lang="id"), percent(0.75, lang="en")
    ('66,7%', '75%')
    """
    is_whole = abs(share * 100 - round(share * 100)) < 0.05
    return f"{number(share * 100, 0 if is_whole else 1, lang=lang)}%"


def day(value: date, *, lang: Lang) -> str:
    """A date written out.

    >>> day(date(2026, 3, 5), lang="id"), day(date(2026, 3, 5), lang="en")
    ('5 Maret 2026', '5 March 2026')
    """
    from babel.dates import format_date

    return str(format_date(value, format="d MMMM y", locale=locale_name(lang=lang)))


def clock(value: time | datetime, *, lang: Lang) -> str:
    """A time of day to the second.

    >>> clock(time(10, 31, 5), lang="id"), clock(time(10, 31, 5), lang="en")
    ('10.31.05', '10:31:05')
    """
    from babel.dates import format_time

    return str(
        format_time(value, format="HH.mm.ss" if lang == "id" else "HH:mm:ss", locale=locale_name(lang=lang))
    )


def listed(items: list[str], *, lang: Lang, style: Literal["standard", "or"] = "standard") -> str:
    """Items as a person would say them: all of them, or one of them.

    >>> listed(["a", "b", "c"], lang="id"), listed(["a", "b"], lang="en", style="or")
    ('a, b, dan c', 'a or b')
    """
    from babel.lists import format_list

    return str(format_list(items, style=style, locale=locale_name(lang=lang)))


def plural(count: int, *, lang: Lang) -> str:
    """The plural category of a count in a language, by CLDR.

    >>> plural(1, lang="en"), plural(2, lang="en"), plural(1, lang="id")
    ('one', 'other', 'other')
    """
    from babel import Locale

    return str(Locale.parse(locale_name(lang=lang)).plural_form(count))
