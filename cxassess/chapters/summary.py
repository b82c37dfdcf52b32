"""The report on one page: three levels, strengths, gaps, contradictions, and what to do next."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cxassess.chapters.chapter import Chapter, everywhere, is_answered, typed_note
from cxassess.content.voice import Voice
from cxassess.page.blocks import (
    Block,
    Bullets,
    Heading,
    Panels,
    Paragraph,
    Verdict,
    Verdicts,
    bold,
    bullets,
    paragraph,
    small,
)
from cxassess.pyramid.advice import unproved
from cxassess.pyramid.scorecard import RESULTS, Mark, Recommendation, Result, ResultName, Scorecard

# A reader keeps three of anything in mind.
_MOST = 3


def blocks(card: Scorecard, voice: Voice) -> Iterator[Block]:
    """The three results with a sentence each; once something is answered, what is strong, weak, and to be done."""
    yield verdicts(card, voice)
    yield from further(card, voice)
    if is_answered(card):
        yield panels(card, voice)


# --- the three results ---


def verdicts(card: Scorecard, voice: Voice) -> Verdicts:
    """The three results side by side, a sentence each."""
    return Verdicts(boxes=tuple(_verdict(name, card, voice) for name in RESULTS))


def _verdict(name: ResultName, card: Scorecard, voice: Voice) -> Verdict:
    result = card.results[name]
    level = voice.text(voice.content.levels[result.attained - 1].name) if result.attained else ""
    sentences = [paragraph(headline(name, card, voice))]
    if name == "consistent" and card.unjudged:
        judged = voice.say("consistent-draft", count=len(card.unjudged), all=len(voice.content.mistakes))
        sentences.append(paragraph(judged))
    return Verdict(
        name=name,
        label=voice.say(name),
        shown=result.shown,
        of=voice.say("of-levels", count=len(voice.content.levels)),
        level=level,
        said=tuple(sentences),
    )


def headline(name: ResultName, card: Scorecard, voice: Voice) -> str:
    """The sentence of one result; "at least" where a not-rated level stops the climb."""
    result = card.results[name]
    values: dict[str, object] = {"n": result.attained}
    if result.attained:
        values["name"] = voice.text(voice.content.levels[result.attained - 1].name)
    if result.not_rated_at:
        values["next"] = voice.content.level_keys.index(result.not_rated_at) + 1
        values["next_name"] = voice.text(voice.content.levels[result.attained].name)
    if name == "verified":
        values["proof"] = _answers_proved(card, voice)
    return voice.say(f"{name}-{_case(name, result, card)}", **values)


def _answers_proved(card: Scorecard, voice: Voice) -> str:
    """How many of the answers rated are proved: "9 of the 22 answers rated are proved"."""
    rated = sum(mark.answer.state == "rated" for mark in card.marks)
    proved = sum(mark.proof == "proved" for mark in card.marks)
    return voice.say("answers-proved", count=proved, rated=voice.say("answers-rated", count=rated))


def _case(name: ResultName, result: Result, card: Scorecard) -> str:
    if result.not_rated_at and not (name == "verified" and _lacks_proof(card)):
        return "at-least"
    if result.attained:
        return "level"
    # Without proof, and with nothing to prove, are two different things to tell a client.
    return "fallen" if name == "verified" and not _lacks_proof(card) else "none"


def _lacks_proof(card: Scorecard) -> bool:
    return card.verified.attained == 0 < card.consistent.attained


def further(card: Scorecard, voice: Voice) -> Iterator[Paragraph]:
    """What a reader of the three levels must know at once: islands, and what the unknowns could undo."""
    claimed = card.claimed
    # Above a level that is only not rated, nothing is known of the base.
    if claimed.reach > claimed.attained and not claimed.not_rated_at:
        yield paragraph(voice.say("islands", reach=claimed.reach))
    if card.if_unknown_n.attained != claimed.attained:
        yield paragraph(voice.say("if-unknown-n", n=card.if_unknown_n.shown))


# --- the panels below them ---

_Panel = tuple[Heading | Paragraph | Bullets, ...]


def panels(card: Scorecard, voice: Voice) -> Panels:
    """Strengths, gaps, contradictions and next steps, each with its heading."""
    return Panels(panels=tuple(_filled(card, voice)))


def _filled(card: Scorecard, voice: Voice) -> Iterator[_Panel]:
    """Only the panels that hold something; that no mistake contradicts is something, too."""
    strong = [_practice(mark, card, voice) for mark in _strengths(card)]
    weak = [_practice(mark, card, voice) for mark in _gaps(card)]
    clashes = [_clash(mistake, card, voice) for mistake in _clashes(card)]
    steps = list(_steps(card, voice))[:_MOST]
    for word, items in (("strengths", strong), ("gaps", weak), ("clashes", clashes), ("next-steps", steps)):
        if items:
            yield Heading(level=3, text=voice.say(word)), bullets(items)
        elif word == "clashes" and not card.unjudged and not card.contradictions:
            yield Heading(level=3, text=voice.say(word)), paragraph(voice.say("no-clash"))


def _strengths(card: Scorecard) -> list[Mark]:
    """What works best, as far as it is proved at least in part: F before L, the base before the top."""
    good = [mark for mark in card.marks if mark.answer.rating in ("L", "F") and mark.proof != "unproved"]
    good.sort(key=lambda mark: (mark.proof != "proved", mark.answer.rating != "F"))
    return good[:_MOST]


def _gaps(card: Scorecard) -> list[Mark]:
    """What the next level hangs on: of the claimed result first, then of the others."""
    keys = [key for name in RESULTS for unmet in card.why_not[name] for key in unmet.questions]
    marks = [card.mark(key) for key in dict.fromkeys(keys)]
    return [mark for mark in marks if mark.answer.rating != "F"][:_MOST]


def _practice(mark: Mark, card: Scorecard, voice: Voice) -> tuple[Paragraph, ...]:
    """A practice, what was found (in the consultant's words if there are any), how far it works and is proved."""
    name = paragraph(bold(voice.names[mark.key]))
    works = small(_how_far(mark, voice))
    if not mark.answer.note:
        return name, works
    note = typed_note(mark.answer.note, card, voice)[0].runs[0]
    return name, paragraph(note.model_copy(update={"text": _first_sentence(note.text)})), works


def _how_far(mark: Mark, voice: Voice) -> str:
    """How far a practice works, in plain words; of a strength, whether that is proved."""
    rating, state = mark.answer.rating, mark.answer.state
    works = voice.say(f"plain-{rating.lower()}" if rating else f"plain-{state}")
    if rating not in ("L", "F"):
        return works
    proof = voice.say("proof-sentence-proved" if mark.proof == "proved" else "proof-incomplete")
    return f"{works} {proof}"


def _first_sentence(text: str) -> str:
    """A page has room for no more; the rest stands further down the report."""
    return re.split(r"(?<=[.!?])\s", text, maxsplit=1)[0]


def _clashes(card: Scorecard) -> list[str]:
    """The mistakes that cap a level in some result, worst first."""
    # An exception without proof lifts nothing in the verified result.
    keys = dict.fromkeys(one.mistake for one in card.contradictions if one.stands(verified=True))
    return sorted(keys, key=lambda key: -(card.assessment.severity_of(key) or 0))[:_MOST]


def _clash(mistake: str, card: Scorecard, voice: Voice) -> tuple[Paragraph, ...]:
    clashes = [one for one in card.contradictions if one.mistake == mistake and one.stands(verified=True)]
    levels = voice.listed(voice.level_name(one.level) for one in clashes)
    return paragraph(bold(voice.names[mistake])), small(voice.say("clash-against", levels=levels))


def _steps(card: Scorecard, voice: Voice) -> Iterator[tuple[Paragraph, ...]]:
    """Proof first, where the practice is said to be there and only that is missing; then the best advice."""
    if keys := unproved(card):
        names = voice.quoted(voice.names[key] for key in keys[:_MOST])
        yield (paragraph(voice.say("next-step-proof", names=names)),)
    for one in card.recommendations[:_MOST]:
        yield _step(one, voice)


def _step(one: Recommendation, voice: Voice) -> tuple[Paragraph, ...]:
    """The first sentence of a piece of advice; the rest stands among the recommendations."""
    effort = voice.say("next-step", owner=voice.owners[one.advice.owner], effort=voice.effort(one.whole_days))
    if one.is_quick:
        effort = f"{effort} {voice.say('next-step-quick')}"
    name = paragraph(bold(voice.names[one.advice.for_]))
    return name, paragraph(_first_sentence(voice.text(one.advice.do))), small(effort)


CHAPTER = Chapter("summary", everywhere, blocks)
