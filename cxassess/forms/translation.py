"""The page of what is still to translate: each text beside the field for its other version."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from cxassess.document.assessment import Assessment
from cxassess.document.shapes import Place, shape_at
from cxassess.forms.page import Lists, Page, Spot
from cxassess.interview.entries import Edited, Values, no_place, noted
from cxassess.interview.translating import notes_of, untranslated, with_note
from cxassess.text import LANGS, Lang, Note, Said, said


@dataclass(frozen=True)
class ToTranslate:
    """A text to translate: its place on this page, the way to where it stands, and both versions.

    `typed` is the version that is there, `version` the other as far as it was typed since the page was opened.
    """

    place: Place
    spot: Spot
    label: str
    typed: Said
    version: Said


class TranslationPage(Page):
    """Every text that stands in one language and is missing in another that reports are made in.

    On it a text has the place that it has in the assessment, behind the page's name and the language that it
    lacks: ("translation", "en", "answers", "inform-1", "note").
    """

    name = "translation"
    holds = ("translation",)
    is_for_clients = False

    def doubts(self) -> Lists:
        """The texts that a report would show in another language."""
        lists: dict[str, list[Spot]] = {}
        for one in untranslated(self.assessment):
            spot = self.spot((self.name, one.lang, *one.place))
            name = f"{self._owner(one.place).name}: {self._label(one.place)}"
            lists.setdefault(f"form-review-untranslated-{one.lang}", []).append(spot._replace(name=name))
        return lists

    @cached_property
    def groups(self) -> list[tuple[str, list[ToTranslate]]]:
        """What is to be translated, by the page on which it stands, in the order of the pages.

        What was filled in since this page was opened stays on it: a field must not go while one types.
        """
        wanted = {(one.lang, *one.place) for one in untranslated(self.assessment)}
        wanted |= {place[1:] for place in self.book.visited if place[0] == self.name}
        entries = []
        for place, note in notes_of(self.assessment):
            entries += [self._entry(lang, place, note) for lang in LANGS if (lang, *place) in wanted]
        keys = [page.key for page in self.book.pages]
        entries.sort(key=lambda one: keys.index(one.spot.page))
        runs = groupby(entries, lambda one: one.spot.page)
        return [(self.book.page(key).title, list(run)) for key, run in runs]

    def _entry(self, lang: Lang, place: Place, note: Note) -> ToTranslate:
        working = self.assessment.profile.working_language
        versions = {working: note} if isinstance(note, str) else note
        return ToTranslate(
            place=(self.name, lang, *place),
            spot=self._owner(place),
            label=self._label(place),
            typed=_typed(note, working, lang),
            version=Said(versions.get(lang, ""), lang),
        )

    def _owner(self, place: Place) -> Spot:
        """The way to what a text is about: the entry that it stands in."""
        length = 1 + max(1, len(shape_at(place[:1]).identity))
        return self.book.spot(place[:length])

    def _label(self, place: Place) -> str:
        """What the field of a text is called."""
        field = next(step for step in reversed(place) if not step.isdecimal()).replace("_", "-")
        if place[0] == "exceptions":  # other reasons are chosen, and called otherwise
            return self.voice.say("form-exception-why")
        words = (f"form-{field}", field, f"heading-{field}", "form-note")
        return self.voice.say(next(word for word in words if word in self.content.words))

    @classmethod
    def set(cls, at: Place, values: Values, assessment: Assessment) -> Edited:
        """With the other version of a text."""
        place, working = at[2:], assessment.profile.working_language
        lang = next((lang for lang in LANGS if at[1:2] == (lang,)), None)
        old = dict(notes_of(assessment)).get(place)
        if lang is None or old is None:
            raise no_place(at)
        # Entries of a list have only their number: another person may have put one in before it.
        if place[-1].isdecimal() and _typed(old, working, lang).text != values.get("typed"):
            raise no_place(at)
        return Edited(with_note(assessment, place, noted(old, "text", values, working)))


def _typed(note: Note, working: Lang, lang: Lang) -> Said:
    """A text in the language that it is translated from."""
    (other,) = (one for one in LANGS if one != lang)
    return said(note, working=working, lang=other)
