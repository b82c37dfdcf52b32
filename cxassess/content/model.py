"""What the pyramid is made of, and the words that name it: levels, facets, kinds of evidence, sizes, terms."""

from __future__ import annotations

import string
from collections import Counter
from collections.abc import Sequence
from typing import Annotated, Literal, Protocol, Self, TypeVar, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from cxassess.errors import refusal
from cxassess.text import LANGS, Lang, Text, Written, plural

Rating = Literal["N", "P", "L", "F"]


# The letters, lowest first: not, partly, largely, fully achieved (ISO/IEC 33020).
RATINGS: tuple[Rating, ...] = get_args(Rating)


Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]


LEVELS = 6


MIN_QUESTIONS = 3


class _Keyed(Protocol):
    @property
    def key(self) -> str: ...


_Entries = TypeVar("_Entries", bound=Sequence[_Keyed])


def unique(entries: _Entries) -> _Entries:
    """The same entries; a refusal (for pydantic) where a key stands twice."""
    doubled = [key for key, times in Counter(entry.key for entry in entries).items() if times > 1]
    if doubled:
        raise refusal("problem-key-twice", keys=", ".join(doubled))
    return entries


class Entry(BaseModel):
    """A piece of content: frozen, and refusing what it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Named(Entry):
    """Something with a stable key and a name in both languages."""

    key: Key
    name: Text


class Level(Named):
    """A storey of the pyramid; `gist` says in one sentence what a customer meets there."""

    gist: Text


# Evidence from this grade on proves. METHOD 4.
PROVING_GRADE = 2


class EvidenceKind(Named):
    """A kind of evidence: how strong it is (0 to 4), how many days it counts in full, whether it is a talk."""

    grade: int = Field(ge=0, le=4)
    days: int = Field(gt=0, le=36_500)
    talk: bool = False

    @property
    def proves(self) -> bool:
        """Whether it could prove an answer: METHOD 4."""
        return self.grade >= PROVING_GRADE

    @model_validator(mode="after")
    def _no_talk_proves(self) -> Self:
        if self.talk and self.proves:
            raise refusal("problem-talk-proves", talk="talk", grade=self.grade)
        return self


class Size(Named):
    """A size of company, and what it makes of an effort given for a medium-sized one."""

    factor: float = Field(gt=0)


class Crossing(Entry):
    """A level of another published pyramid, and the levels here that come closest to it."""

    name: Text
    levels: tuple[Key, ...]
    note: Text


class Term(Entry):
    """A word of the field in both languages, and what it means.

    `spoken` is the English word where Indonesian consultants say that one among themselves.
    """

    key: Key
    term: Text
    spoken: str | None = None
    meaning: Text


class ModelFile(Named):
    """`model.yaml`: what the pyramid is made of."""

    version: str = Field(pattern=r"^\d+\.\d+$")
    levels: Annotated[tuple[Level, ...], AfterValidator(unique)] = Field(min_length=LEVELS, max_length=LEVELS)
    facets: Annotated[tuple[Named, ...], AfterValidator(unique)] = Field(min_length=1)
    evidence_kinds: Annotated[tuple[EvidenceKind, ...], AfterValidator(unique)] = Field(min_length=1)
    sizes: Annotated[tuple[Size, ...], AfterValidator(unique)] = ()
    owners: Annotated[tuple[Named, ...], AfterValidator(unique)] = ()
    levers: Annotated[tuple[Named, ...], AfterValidator(unique)] = ()
    crosswalk: tuple[Crossing, ...] = ()


class GlossaryFile(Entry):
    """`glossary.yaml`: the terms, and the English words that Indonesian texts may use as they are."""

    terms: Annotated[tuple[Term, ...], AfterValidator(unique)]
    loanwords: tuple[str, ...]


class Forms(Entry):
    """A text that goes with a count: its form for one, where the language has such, and that for all others.

    Which count takes which form is CLDR's to say (https://cldr.unicode.org/index/cldr-spec/plural-rules).
    """

    one: Written
    other: Written


class Word(Entry):
    """Something that is said, in both languages; {placeholders} are filled in where it is said."""

    id: Written | Forms
    en: Written | Forms

    def in_(self, lang: Lang) -> str:
        """The text in one language; of one that counts, the form for many."""
        given = self.id if lang == "id" else self.en
        return given.other if isinstance(given, Forms) else given

    def form(self, lang: Lang, count: int | None) -> str:
        """The text in the form that goes with a count.

        >>> days = Word(id="{count} hari", en=Forms(one="{count} day", other="{count} days"))
        >>> days.form("en", 1), days.form("en", 2), days.form("id", 1)
        ('{count} day', '{count} days', '{count} hari')
        """
        given = self.id if lang == "id" else self.en
        if isinstance(given, str):
            return given
        return given.one if plural(count or 0, lang=lang) == "one" else given.other

    def forms(self, lang: Lang) -> tuple[str, ...]:
        """Every form in one language."""
        given = self.id if lang == "id" else self.en
        return (given,) if isinstance(given, str) else (given.one, given.other)


class WordsFile(Entry):
    """`words/NAME.yaml`: what one subject says; {placeholders} are the same in both languages and all forms."""

    words: dict[Key, Word]

    @model_validator(mode="after")
    def _same_placeholders(self) -> Self:
        forms = {key: [form for lang in LANGS for form in word.forms(lang)] for key, word in self.words.items()}
        torn = [key for key, texts in forms.items() if not all(map(_is_whole, texts))]
        if torn:
            raise refusal("problem-torn-placeholders", keys=", ".join(torn))
        uneven = [key for key, texts in forms.items() if len({frozenset(fields_of(text)) for text in texts}) > 1]
        if uneven:
            raise refusal("problem-uneven-placeholders", keys=", ".join(uneven), first=LANGS[0], second=LANGS[1])
        styled = [key for key, texts in forms.items() if any(map(_is_styled, texts))]
        if styled:
            raise refusal("problem-styled-placeholders", keys=", ".join(styled))
        return self


def _is_styled(text: str) -> bool:
    """Whether a {placeholder} holds something else than a name; a brace that stands twice ({{) is none."""
    for _, name, style, conversion in string.Formatter().parse(text):
        if name is not None and (style or conversion or not name.isidentifier()):
            return True
    return False


def _is_whole(text: str) -> bool:
    """Whether each brace has its other half."""
    try:
        fields_of(text)
    except ValueError:
        return False
    return True


def fields_of(text: str) -> set[str]:
    """The names of the {placeholders} in a text.

    Raises ValueError where a brace has no other half.

    >>> fields_of("level {n}")
    {'n'}
    """
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
