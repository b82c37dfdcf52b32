"""What a chapter is: when a report has it, and what it says, with the consultant's own words first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from cxassess.content.voice import Voice
from cxassess.page.blocks import Block, Commentary, Heading, Paragraph, Part, Run, small
from cxassess.page.prose import typed, typed_run
from cxassess.pyramid.scorecard import Scorecard
from cxassess.text import Note


@dataclass(frozen=True)
class Chapter:
    """A chapter of a report, known by its key: the address of its heading, which is the word `heading-<key>`.

    `is_there` says of a scorecard whether there is anything to say; `blocks` is asked only then, and says it.
    A chapter that takes `commentary` begins with what the consultant wrote for it. `new_page`: on paper it begins
    a page. The glossary explains the terms of what is `glossed`: all of the chapter, its tables alone (what people
    typed around them is theirs to explain), or nothing of it.

    >>> hello = Chapter("summary", everywhere, lambda card, voice: [])
    >>> hello.key, hello.commentary
    ('summary', True)
    """

    key: str
    is_there: Callable[[Scorecard], bool]
    blocks: Callable[[Scorecard, Voice], Iterable[Block]]
    commentary: bool = True
    new_page: bool = False
    glossed: Literal["all", "tables", "nothing"] = "all"

    def heading(self, voice: Voice) -> str:
        """What stands above the chapter, and in the contents."""
        return voice.say(f"heading-{self.key}")

    def part(self, card: Scorecard, voice: Voice) -> Part:
        """The chapter as it is shown: heading, commentary, blocks; empty where there is nothing to say."""
        if not self.is_there(card):
            return Part()
        heading = Heading(level=2, text=self.heading(voice), key=self.key, new_page=self.new_page)
        return Part(heading, *self._commentary(card, voice), *self.blocks(card, voice))

    def _commentary(self, card: Scorecard, voice: Voice) -> Iterable[Commentary]:
        note = card.assessment.commentary.get(self.key)
        return [Commentary(blocks=typed_note(note, card, voice))] if note else []


# --- when a chapter is there ---


def everywhere(_: Scorecard) -> bool:
    """Of a chapter that no report lacks."""
    return True


def is_answered(card: Scorecard) -> bool:
    """Whether any question has an answer, be it that nobody knows."""
    return any(mark.answer.state != "unanswered" for mark in card.marks)


# --- what people typed ---


def typed_note(note: Note | None, card: Scorecard, voice: Voice) -> tuple[Paragraph, ...]:
    """A note in paragraphs, in the version for these readers; none where there is no note."""
    return typed(note, working=card.assessment.profile.working_language, lang=voice.lang) if note else ()


def typed_line(note: Note, card: Scorecard, voice: Voice) -> Run:
    """A short typed text inside a line, in the version for these readers."""
    return typed_run(note, working=card.assessment.profile.working_language, lang=voice.lang)


def evidence_keys(keys: Iterable[str]) -> tuple[Paragraph, ...]:
    """The numbers of evidence, each once, below what they bear; nothing where there are none."""
    numbers = ", ".join(dict.fromkeys(keys))
    return (small(numbers),) if numbers else ()
