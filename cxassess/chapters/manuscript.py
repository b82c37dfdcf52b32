"""A report as it is written: its chapters in order, each made once, and the contents and glossary that follow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from cxassess.chapters import (
    advice,
    answers,
    evidence,
    indicators,
    levels,
    method,
    missing,
    mistakes,
    profile,
    summary,
    why_not,
)
from cxassess.chapters.chapter import Chapter
from cxassess.chapters.cover import cover
from cxassess.chapters.glossary import glossary, terms_in
from cxassess.content.model import Term
from cxassess.content.voice import Voice
from cxassess.page.blocks import Heading, Part, Table
from cxassess.page.prose import texts_of
from cxassess.pyramid.scorecard import Scorecard

# What a report says, in its order: between the cover, which has the contents, and the glossary.
CHAPTERS: tuple[Chapter, ...] = (
    summary.CHAPTER,
    profile.CHAPTER,
    missing.CHAPTER,
    levels.CHAPTER,
    why_not.CHAPTER,
    mistakes.CHAPTER,
    indicators.CHAPTER,
    advice.CHAPTER,
    answers.CHAPTER,
    evidence.CHAPTER,
    method.CHAPTER,
)


@dataclass(frozen=True)
class Manuscript:
    """One report: what a scorecard says to readers of one language.

    Each chapter is made when it is first asked for, and kept as long as the manuscript is. Cover and glossary ask
    for all of them: the contents name the chapters that are there, the glossary explains the terms they use.

    >>> from cxassess import load_assessment, load_content, score
    >>> from cxassess.places import examples_dir
    >>> content = load_content()
    >>> assessment = load_assessment(examples_dir() / "kopi-lereng.json", content)
    >>> manuscript = Manuscript(score(assessment, content, on=assessment.on), Voice(content, "en"))
    >>> manuscript.chapter("summary").blocks[0].text
    'Summary'
    """

    card: Scorecard
    voice: Voice
    _made: dict[str, Part] = field(default_factory=dict, init=False, repr=False, compare=False)

    def cover(self) -> Part:
        """Whose assessment it is, of what and when; and the contents."""
        return Part(*cover(self.card, self.voice, self._links()))

    def chapter(self, key: str) -> Part:
        """One chapter; an empty part where it has nothing to say. KeyError where no chapter has that key."""
        if key not in self._made:
            chapter = {one.key: one for one in CHAPTERS}[key]
            self._made[key] = chapter.part(self.card, self.voice)
        return self._made[key]

    def glossary(self) -> Part:
        """The terms that the chapters use; an empty part where they use none."""
        if not self._terms:
            return Part()
        heading = Heading(level=2, text=self.voice.say("heading-glossary"), key="glossary")
        return Part(heading, glossary(self._terms, self.voice))

    def _links(self) -> Iterator[tuple[str, str]]:
        for chapter in CHAPTERS:
            if self.chapter(chapter.key).blocks:
                yield chapter.key, chapter.heading(self.voice)
        if self._terms:
            yield "glossary", self.voice.say("heading-glossary")

    @cached_property
    def _terms(self) -> list[Term]:
        return terms_in(self._glossed(), self.voice)

    def _glossed(self) -> Iterator[str]:
        """The texts whose terms are explained."""
        for chapter in CHAPTERS:
            blocks = self.chapter(chapter.key).blocks
            if chapter.glossed == "all":
                yield from texts_of(blocks)
            elif chapter.glossed == "tables":
                yield from texts_of(block for block in blocks if isinstance(block, Table))
