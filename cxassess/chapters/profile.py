"""About the assessment: whom it is of, what they aim at, and what it rests on; what is known, no more."""

from __future__ import annotations

from collections.abc import Iterator

from cxassess.chapters.chapter import Chapter, everywhere, typed_note
from cxassess.content.voice import Voice
from cxassess.document.answers import Evidence
from cxassess.document.fields import fields_of
from cxassess.page.blocks import Block, Bullets, Facts, Paragraph, bullets, fine, paragraph
from cxassess.pyramid.scorecard import Scorecard

_Value = tuple[Paragraph | Bullets, ...]
# Fields of the profile that are no facts by their type alone: said in a way of their own below, printed on the
# cover, or not printed, for they say how the report is made.
_SAID_BELOW = {"unit", "note"}
_NO_FACTS = {"organisation", "private", "working_language", "report_languages", "print_names"}


def blocks(card: Scorecard, voice: Voice) -> Iterator[Block]:
    """The facts, each under its word; and where notes stay in the other language, that they do."""
    yield Facts(rows=tuple((voice.say(word), value) for word, value in _facts(card, voice)))
    if _has_foreign_notes(card, voice):
        yield fine(voice.say("notes-other-language"))


def _facts(card: Scorecard, voice: Voice) -> Iterator[tuple[str, _Value]]:
    profile = card.assessment.profile
    yield "unit", (paragraph(voice.unit(profile.unit.kind, profile.unit.name)),)
    for name in type(profile).model_fields:
        if name in _SAID_BELOW | _NO_FACTS or not getattr(profile, name):
            continue
        if fact := _fact(name, card, voice):
            yield name.replace("_", "-"), fact
    if card.assessment.targets:
        yield "targets", tuple(_targets(card, voice))
    dated = [record for record in card.assessment.evidence if record.on]
    if dated:
        yield "evidence-base", (paragraph(" ".join(_evidence_base(dated, card, voice))),)
    if notes := [note for note in (profile.note, card.assessment.note) if note]:
        yield "note", tuple(part for note in notes for part in typed_note(note, card, voice))


def _fact(name: str, card: Scorecard, voice: Voice) -> _Value:
    """A field of the profile, said as its type wants it: so that a new field needs no line here."""
    profile = card.assessment.profile
    value = getattr(profile, name)
    field = fields_of(type(profile))[name]
    match name, field.kind:
        case "group", _:  # from the parent company down
            return (paragraph(" › ".join(value)),)
        case "size", _:
            return (paragraph(voice.sizes[value]),)
        case "trade", _ if profile.trade_text or value not in voice.trades:
            return ()  # what was typed says more, and is a field of its own
        case "trade", _:
            return (paragraph(voice.trades[value]),)
        case _, "flag":
            return (paragraph(voice.say("flag-set")),)
        case _, "choice" | "key":
            return (paragraph(voice.say(f"{field.word}-{value}")),)
        case _, "lines":
            return (paragraph(voice.listed(value)),)
        case _, "notes":
            return (bullets(typed_note(note, card, voice) for note in value),)
        case _, "date":
            return (paragraph(voice.day(value)),)
        case _, "number":
            return (paragraph(voice.number(value)),)
        case _:
            return typed_note(value, card, voice)


def _targets(card: Scorecard, voice: Voice) -> Iterator[Paragraph]:
    for target in card.assessment.targets:
        yield paragraph(voice.target(target.level, target.by))
        yield from typed_note(target.note, card, voice)


def _evidence_base(dated: list[Evidence], card: Scorecard, voice: Voice) -> Iterator[str]:
    """How much evidence there is, from when to when, and how much of it expires before the nearest target."""
    days = [record.on for record in dated if record.on]
    first, last = voice.day(min(days)), voice.day(max(days))
    count = len(card.assessment.evidence)
    if first == last:
        yield voice.say("evidence-base-day", count=count, date=first)
    else:
        yield voice.say("evidence-base-value", count=count, first=first, last=last)
    deadlines = [target.by for target in card.assessment.targets if target.by]
    if not deadlines:
        return
    by = min(deadlines)
    kinds, then = voice.content.evidence_kinds, max(by, card.on)
    gone = [record for record in dated if record.validity(kinds[record.kind], on=then) != "current"]
    if gone and count == 1:
        yield voice.say("evidence-base-expires", date=voice.day(by))
    elif gone:
        yield voice.say("evidence-base-expiring", count=len(gone), date=voice.day(by))


def _has_foreign_notes(card: Scorecard, voice: Voice) -> bool:
    """Whether the report must show notes in the other language, for want of a version in its own."""
    known = card.assessment
    noted = (*known.answers.values(), *known.mistakes.values(), *known.indicators.values(), *known.evidence)
    versions = [voice.typed(one.note, working=known.profile.working_language) for one in noted if one.note]
    return any(version.lang != voice.lang for version in versions)


CHAPTER = Chapter("profile", everywhere, blocks, commentary=False, new_page=True, glossed="nothing")
