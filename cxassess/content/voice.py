"""Content in one language: words, numbers, dates, names, and the phrases that are made of them, each once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property

from cxassess import text
from cxassess.content.reading import Content
from cxassess.errors import Cause, CxError, Problem, printable
from cxassess.text import Lang, Note, Said, Text


@dataclass(frozen=True)
class Voice:
    """What speaks is handed one: all of the content, as readers of one language are to hear it.

    >>> from cxassess.content.reading import load_content
    >>> voice = Voice(load_content(), "en")
    >>> voice.level_name("respond"), voice.achievement(14 / 15, "F")
    ('3. Need met when voiced', '93.3% (F)')
    """

    content: Content
    lang: Lang

    # --- words ---

    def say(self, word: str, **values: object) -> str:
        """A sentence of `words/` with its {placeholders} filled. Escape it where it is shown.

        An integer `count` chooses the form that goes with it, and stands in the sentence as the language writes
        numbers. Raises KeyError for a word that is not there.
        """
        count = values.get("count")
        if not isinstance(count, int):
            return self.content.words[word].in_(self.lang).format(**values)
        return self.content.words[word].form(self.lang, count).format(**values | {"count": self.number(count)})

    def text(self, of_content: Text) -> str:
        """A text of the content."""
        return of_content.in_(self.lang)

    def typed(self, note: Note, *, working: Lang) -> Said:
        """What a person typed, in the version for these readers; never translated."""
        return text.said(note, working=working, lang=self.lang)

    # --- numbers, dates, lists ---

    def number(self, value: float, digits: int = 0) -> str:
        """A number with so many decimals."""
        return text.number(value, digits, lang=self.lang)

    def percent(self, share: float) -> str:
        """A share of one as per cent."""
        return text.percent(share, lang=self.lang)

    def day(self, value: date) -> str:
        """A date written out."""
        return text.day(value, lang=self.lang)

    def clock(self, value: time | datetime) -> str:
        """A time of day to the second."""
        return text.clock(value, lang=self.lang)

    def listed(self, items: Iterable[str]) -> str:
        """Items as a person would say them: "a, b and c"."""
        return text.listed(list(items), lang=self.lang)

    def either(self, items: Iterable[str]) -> str:
        """Items to choose from, as a person would say them: "a, b or c"."""
        return text.listed(list(items), lang=self.lang, style="or")

    def quoted(self, items: Iterable[str]) -> str:
        """Names in quotation marks, as a person would list them."""
        return self.listed(f"“{item}”" for item in items)

    # --- what has a key, by its name ---

    @cached_property
    def names(self) -> dict[str, str]:
        """The names of questions, mistakes and indicators by key."""
        content = self.content
        return {
            one.key: self.text(one.name) for one in (*content.questions, *content.mistakes, *content.indicators)
        }

    @cached_property
    def owners(self) -> dict[str, str]:
        """The roles that advice is for, by key."""
        return {owner.key: self.text(owner.name) for owner in self.content.model.owners}

    @cached_property
    def sizes(self) -> dict[str, str]:
        """The sizes of companies by key."""
        return {size.key: self.text(size.name) for size in self.content.model.sizes}

    @cached_property
    def subjects(self) -> dict[str, str]:
        """By the key of each piece of advice, the name of the question, mistake or indicator it is for."""
        return {piece.key: self.names[piece.for_] for piece in self.content.advice}

    @cached_property
    def trades(self) -> dict[str, str]:
        """The trades of the journey catalogue by key."""
        return {trade.key: self.text(trade.name) for trade in self.content.journey.trades}

    @cached_property
    def kpis(self) -> dict[str, str]:
        """The names of measures by key."""
        return {kpi.key: self.text(kpi.name) for kpi in self.content.kpis}

    def level_name(self, key: str) -> str:
        """A level's number and name: "3. Need met when voiced"."""
        n = self.content.level_keys.index(key) + 1
        return self.numbered(n, self.text(self.content.levels[n - 1].name))

    def kind(self, key: str) -> str:
        """The name of a kind of evidence."""
        return self.text(self.content.evidence_kinds[key].name)

    def rating(self, letter: str) -> str:
        """A rating in words."""
        return self.say(f"rating-{letter.lower()}")

    def severity(self, severity: int | None) -> str:
        """How severe a mistake is, in words; None is not judged yet."""
        return self.say("severity-open" if severity is None else f"severity-{severity}")

    def answer(self, rating: str | None, state: str) -> str:
        """An answer in words: its rating, or the state of one that has none."""
        return self.rating(rating) if rating else self.say(f"state-{state}")

    def unit(self, kind: str, name: str | None) -> str:
        """What is assessed: the company as a whole, or a part of it by its name."""
        return self.say(f"unit-{kind}", name=name or "")

    def language(self, key: Lang) -> str:
        """The name of a language."""
        return self.say(f"language-{key}")

    # --- what went wrong ---

    def problem(self, problem: Problem) -> str:
        """A problem: its place as it is, then what is wrong and what to do.

        >>> from cxassess.content.reading import load_content
        >>> Voice(load_content(), "id").problem(Problem("acme.json:3 on", "problem-missing"))
        'acme.json:3 on: tidak ada; tambahkan'
        """
        return printable(f"{problem.where}: {self._sentence(problem.key, problem.values)}")

    def summary(self, error: CxError) -> str:
        """What came of an error, without its problems."""
        return printable(self._sentence(error.key, error.values))

    def reasons(self, error: CxError) -> list[str]:
        """Every problem of an error; where it names none, what came of it."""
        return [self.problem(problem) for problem in error.problems] or [self.summary(error)]

    def _sentence(self, key: str, values: Mapping[str, object]) -> str:
        choices = {name: self.either(value) for name, value in values.items() if isinstance(value, tuple)}
        causes = {name: self.cause(value) for name, value in values.items() if isinstance(value, Cause)}
        return self.say(key, **{**values, **choices, **causes})

    def cause(self, cause: Cause) -> str:
        """Why the system refused a file."""
        return self.say(cause.key, code=cause.code)

    # --- phrases ---

    def reached(self, level: int) -> str:
        """A level by its number, as it is reached; 0 is none."""
        return self.level_name(self.content.level_keys[level - 1]) if level else self.say("level-none")

    def numbered(self, n: int, name: str) -> str:
        """The number of a level before a name, its own or that of something in it."""
        return self.say("level-numbered", n=n, name=name)

    def as_of(self, day: date) -> str:
        """On which day something holds."""
        return self.say("as-of", date=self.day(day))

    def achievement(self, share: float | None, letter: str | None) -> str:
        """A level's achievement with its letter, or that it is not rated."""
        if share is None:
            return self.say("not-rated")
        return self.say("achievement-value", share=self.percent(share), letter=letter)

    def effort(self, days: int) -> str:
        """So many person-days."""
        return self.say("person-days", count=days)

    def bounds(self, lower: str, upper: str) -> str:
        """From one value to another, both as they are written."""
        return self.say("bounds-value", lower=lower, upper=upper)

    def target(self, level: int, by: date | None) -> str:
        """A level to reach, and by when."""
        if by is None:
            return self.say("target-open", n=level)
        return self.say("target-by", n=level, date=self.day(by))
