"""The sections of a report: what each says, with the consultant's own words first."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cxassess.chapters import advice as tables
from cxassess.chapters.summary import further, panels, verdicts
from cxassess.charts import answers as heat_map
from cxassess.charts import claimed_verified, coverage, expiry
from cxassess.charts import mistakes as mistakes_chart
from cxassess.charts import profile as profile_chart
from cxassess.charts import pyramid as pyramid_chart
from cxassess.content.model import RATINGS, Term
from cxassess.content.voice import Voice
from cxassess.document.assessment import Section, Target
from cxassess.page.blocks import (
    Block,
    Bullets,
    Chart,
    Commentary,
    Contents,
    Cover,
    Facts,
    Heading,
    Paragraph,
    Part,
    bold,
    bullets,
    fine,
    paragraph,
    small,
    texts_of,
    typed,
    typed_run,
)
from cxassess.pyramid.advice import recommend, unproved
from cxassess.pyramid.scorecard import RESULTS, Leverage, ResultName, Scorecard, Unmet
from cxassess.text import Note, said

# What a board can take in; all of them are there from Python.
_MOST_RECOMMENDED = 12


def _is_answered(card: Scorecard) -> bool:
    return any(mark.answer.state != "unanswered" for mark in card.marks)


def _has_indicators(card: Scorecard) -> bool:
    return any(answer.state != "unanswered" for answer in card.assessment.indicators.values())


def _shown(card: Scorecard, voice: Voice) -> list[str]:
    """The keys of the sections that have something to say, in order."""
    answered = _is_answered(card)
    has = {
        "summary": True,
        "profile": True,
        "missing": card.draft,
        "levels": answered,
        "why-not": answered,
        "mistakes": bool(card.assessment.mistakes),
        "indicators": _has_indicators(card),
        "advice": answered and bool(recommend(card, voice.content)),
        "answers": answered,
        "evidence": bool(card.assessment.evidence),
        "method": True,
        "glossary": bool(_terms(card, voice)),
    }
    return [key for key, is_there in has.items() if is_there]


def title(card: Scorecard, voice: Voice) -> Part:
    """The top of the report: whose assessment it is, of what, as of when, whether a draft; and the contents."""
    profile = card.assessment.profile
    date = voice.say("as-of", date=voice.day(card.on))
    draft = None
    if card.draft:
        counts = {"answers": len(card.unanswered), "mistakes": len(card.unjudged)}
        why = voice.say("draft-why", **counts)
        draft = paragraph(bold(f"{voice.say('draft')}. "), why)
    cover = Cover(
        kicker=voice.say("report-title"),
        title=profile.organisation,
        lines=(_unit(card, voice), date),
        draft=draft,
    )
    links = tuple((key, voice.say(f"heading-{key}")) for key in _shown(card, voice))
    return Part(cover, Contents(label=voice.say("contents"), links=links))


def _unit(card: Scorecard, voice: Voice) -> str:
    unit = card.assessment.profile.unit
    return voice.say(f"unit-{unit.kind}", name=unit.name or "")


def summary(card: Scorecard, voice: Voice) -> Part:
    """One page: the three levels with a sentence each, strengths, gaps, contradictions, what to do next."""
    blocks: list[Block] = [verdicts(card, voice), *further(card, voice)]
    if _is_answered(card):
        blocks.append(panels(card, voice))
    return _section("summary", *blocks, card=card, voice=voice)


def profile(card: Scorecard, voice: Voice) -> Part:
    """Unit, group, trade, size, objective, customers, competitors, targets: what the profile holds, no more."""
    rows = tuple((voice.say(word), value) for word, value in _facts(card, voice))
    other = [fine(voice.say("notes-other-language"))] if _has_foreign_notes(card, voice) else []
    return Part(_heading("profile", voice), Facts(rows=rows), *other)


def _has_foreign_notes(card: Scorecard, voice: Voice) -> bool:
    """Whether the report must show notes in the other language, for want of a version in its own."""
    known = card.assessment
    noted = (*known.answers.values(), *known.mistakes.values(), *known.indicators.values(), *known.evidence)
    notes = [one.note for one in noted if one.note]
    return any(
        said(note, working=known.profile.working_language, lang=voice.lang).lang != voice.lang for note in notes
    )


_Value = tuple[Paragraph | Bullets, ...]


def _facts(card: Scorecard, voice: Voice) -> Iterator[tuple[str, _Value]]:
    known = card.assessment.profile
    yield "unit", (paragraph(_unit(card, voice)),)
    if known.group:
        yield "group", (paragraph(" › ".join(known.group)),)
    if known.trade:
        yield "trade", (paragraph(typed_run(known.trade, working=known.working_language, lang=voice.lang)),)
    if known.size:
        yield "size", (paragraph(voice.sizes[known.size]),)
    if known.objective:
        yield "objective", _typed(known.objective, card, voice)
    if known.customer_groups:
        yield "customer-groups", (bullets(_typed(group, card, voice) for group in known.customer_groups),)
    if known.competitors:
        yield "competitors", (paragraph(voice.listed(list(known.competitors))),)
    if targets := [_target(target, card, voice) for target in card.assessment.targets]:
        yield "targets", tuple(part for target in targets for part in target)
    if known_evidence := _evidence_base(card, voice):
        yield "evidence-base", (paragraph(known_evidence),)
    if notes := [_typed(note, card, voice) for note in (known.note, card.assessment.note) if note]:
        yield "note", tuple(part for note in notes for part in note)


def _evidence_base(card: Scorecard, voice: Voice) -> str:
    """How much evidence there is, from when to when, and how much of it expires before the nearest target."""
    dated = [record for record in card.assessment.evidence if record.on]
    if not dated:
        return ""
    days = [record.on for record in dated if record.on]
    first, last = voice.day(min(days)), voice.day(max(days))
    count = voice.number(len(card.assessment.evidence))
    said = voice.say("evidence-base-value", count=count, first=first, last=last)
    by = min((target.by for target in card.assessment.targets if target.by), default=None)
    kinds = voice.content.evidence_kinds
    if by is None:
        return said
    then = max(by, card.on)
    gone = [record for record in dated if record.validity(kinds[record.kind], on=then) != "current"]
    if not gone:
        return said
    expiring = voice.number(len(gone))
    return f"{said} {voice.say('evidence-base-expiring', count=expiring, date=voice.day(by))}"


def _target(target: Target, card: Scorecard, voice: Voice) -> tuple[Paragraph, ...]:
    said = paragraph(voice.target(target.level, target.by))
    return (said, *(_typed(target.note, card, voice) if target.note else ()))


def missing(card: Scorecard, voice: Voice) -> Part:
    """What a draft still lacks, by name; nothing where the assessment is complete."""
    if not card.draft:
        return Part()
    questions = [voice.text(voice.content.by_key[key].name) for key in card.unanswered]
    mistakes = [voice.text(voice.content.mistake(key).name) for key in card.unjudged]
    blocks: list[Block] = [_heading("missing", voice)]
    for word, names in (("missing-answers", questions), ("missing-mistakes", mistakes)):
        if names:
            blocks.append(Heading(level=3, text=f"{voice.say(word)} ({len(names)})"))
            blocks.append(bullets(names))
    return Part(*blocks)


def levels(card: Scorecard, voice: Voice) -> Part:
    """The pyramid and its table, the profile against the target, claimed against verified, every question."""
    if not _is_answered(card):
        return Part()
    letters = {letter.lower(): voice.rating(letter) for letter in RATINGS}
    notes = [voice.say("letters-note", **letters), voice.say("bounds-note")]
    blocks: list[Block] = [pyramid(card, voice), tables.levels(card, voice)]
    blocks += [fine(note) for note in notes]
    for one in (profile_chart, claimed_verified, heat_map):
        drawn = one.chart(card, voice)
        blocks.append(Heading(level=3, text=voice.say(f"chart-{drawn.key}-heading")))
        blocks.append(drawn)
    return _section("levels", *blocks, card=card, voice=voice)


def _measures(card: Scorecard, voice: Voice) -> Iterator[str]:
    """Secured level, gated height, and what open and not-applicable answers are worth."""
    claimed = card.claimed
    yield voice.say("secured-sentence", n=claimed.secured)
    yield voice.say("height-sentence", height=voice.number(claimed.height, 2))
    if card.if_unknown_f.height > claimed.height:
        height = voice.number(card.if_unknown_f.height, 2)
        yield voice.say("if-unknown-f", n=card.if_unknown_f.shown, height=height)
    for one in card.not_applicable:
        yield _leverage(one, voice)


def pyramid(card: Scorecard, voice: Voice) -> Chart:
    """The pyramid, described in words for those who do not see it."""
    return pyramid_chart.chart(card, voice)


def _leverage(one: Leverage, voice: Voice) -> str:
    names = [f"“{voice.text(voice.content.by_key[key].name)}”" for key in one.questions]
    before, after = one.as_is.level(one.level).achievement, one.if_n.level(one.level).achievement
    key = "leverage" if before is not None else "leverage-not-rated"
    return voice.say(
        "leverage-nothing" if after is None else key,
        n=voice.content.level_keys.index(one.level) + 1,
        questions=voice.listed(names),
        achievement="" if after is None else voice.percent(after),
        attained=one.if_n.shown,
    )


def why_not(card: Scorecard, voice: Voice) -> Part:
    """For each result the conditions of the next level that do not hold, and what they hang on."""
    if not _is_answered(card):
        return Part()
    blocks = [block for name in RESULTS for block in _why_not(name, card, voice)]
    return _section("why-not", *blocks, card=card, voice=voice)


def _why_not(name: ResultName, card: Scorecard, voice: Voice) -> Iterator[Block]:
    result = card.results[name]
    if result.attained == len(voice.content.levels):
        yield paragraph(voice.say("top-reached", result=voice.say(name)))
        return
    level = voice.text(voice.content.levels[result.attained].name)
    yield Heading(level=3, text=voice.say(f"why-not-{name}", n=result.attained + 1, name=level))
    before = next((other for other in RESULTS if card.why_not[other] == card.why_not[name]), name)
    if before != name:
        yield paragraph(voice.say("why-not-same", result=voice.say(before)))
    else:
        yield bullets(_unmet(one, name, voice) for one in card.why_not[name])


def _unmet(unmet: Unmet, name: ResultName, voice: Voice) -> tuple[Paragraph, ...]:
    key = f"need-{unmet.need}"
    if unmet.need == "core" and name == "verified":
        key = "need-core-verified"
    if unmet.need == "rated":
        key = f"need-rated-{_rated_test(unmet)}"
    said = voice.say(
        key,
        level=voice.level_name(unmet.level),
        has=_amount(unmet.has, unmet, voice),
        wants=_amount(unmet.wants, unmet, voice),
        mistakes=voice.listed([voice.text(voice.content.mistake(mistake).name) for mistake in unmet.mistakes]),
    )
    names = [f"“{voice.text(voice.content.by_key[question].name)}”" for question in unmet.questions]
    if not names:
        return (paragraph(said),)
    return paragraph(said), small(f"{voice.say('hangs-on')}: {voice.listed(names)}.")


def _rated_test(unmet: Unmet) -> str:
    """Which of the three tests a not-rated level fails: a count, a share too small, or too much left out."""
    if unmet.wants > 1:
        return "count"
    return "share" if unmet.has < unmet.wants else "dropped"


def _amount(value: float, unmet: Unmet, voice: Voice) -> str:
    is_count = unmet.need == "rated" and _rated_test(unmet) == "count"
    return voice.number(value) if is_count else voice.percent(value)


def mistakes(card: Scorecard, voice: Voice) -> Part:
    """The mistakes found, worst first, with the levels they contradict; then those looked for and not found."""
    if not card.assessment.mistakes:
        return Part()
    table = tables.mistakes(card, voice)
    blocks: list[Block] = [mistakes_chart.chart(card, voice), table] if table.rows else []
    absent = [voice.text(m.name) for m in voice.content.mistakes if card.assessment.severity_of(m.key) == 0]
    if absent:
        names = [f"“{name}”" for name in absent]
        said = f"{voice.say('mistakes-none')}: {voice.listed(names)}."
        blocks.append(paragraph(said))
    return _section("mistakes", *blocks, card=card, voice=voice)


def indicators(card: Scorecard, voice: Voice) -> Part:
    """The success indicators, and where they sit oddly with the level claimed."""
    if not _has_indicators(card):
        return Part()
    names = {indicator.key: voice.text(indicator.name) for indicator in voice.content.indicators}
    tensions = [
        paragraph(
            voice.say(
                "tension",
                n=voice.content.level_keys.index(tension.level) + 1,
                indicator=names[tension.indicator],
                rating=tension.rating,
            )
        )
        for tension in card.tensions
    ]
    table = tables.indicators(card, voice)
    return _section("indicators", *tensions, table, card=card, voice=voice)


def advice(card: Scorecard, voice: Voice) -> Part:
    """The first recommendations, ranked, then by owner; nothing where nothing is left to do."""
    found = recommend(card, voice.content) if _is_answered(card) else ()
    if not found:
        return Part()
    shown = found[:_MOST_RECOMMENDED]
    table = tables.recommendations(card, voice, shown)
    more = voice.say("advice-more", shown=len(shown), all=len(found))
    owned = tables.by_owner(shown, voice)
    names = [f"“{voice.text(voice.content.by_key[key].name)}”" for key in unproved(card)]
    proof = [paragraph(voice.say("advice-proof", names=voice.listed(names)))] if names else []
    return _section("advice", *proof, table, fine(more), owned, card=card, voice=voice)


def answers(card: Scorecard, voice: Voice) -> Part:
    """Every answer with what proves it, level by level; levels of which nothing was answered are left out."""
    blocks: list[Block] = []
    for level in voice.content.levels:
        marks = [card.mark(question.key) for question in voice.content.of_level(level.key)]
        if any(mark.answer.state != "unanswered" for mark in marks):
            blocks.append(Heading(level=3, text=voice.level_name(level.key)))
            blocks.append(tables.answers(card, voice, level.key))
    return _section("answers", *blocks, card=card, voice=voice) if blocks else Part()


def evidence(card: Scorecard, voice: Voice) -> Part:
    """How far the answers are proved, how long the evidence counts, and the evidence itself."""
    if not card.assessment.evidence:
        return Part()
    blocks: tuple[Block, ...] = (
        Heading(level=3, text=voice.say("chart-coverage-heading")),
        coverage.chart(card, voice),
        tables.coverage(card, voice),
        Heading(level=3, text=voice.say("chart-expiry-heading")),
        expiry.chart(card, voice),
        tables.evidence(card, voice),
        fine(voice.say("evidence-note")),
    )
    return _section("evidence", *blocks, card=card, voice=voice)


def method(card: Scorecard, voice: Voice) -> Part:
    """How the result came about and what it cannot say."""
    words = ("method-nature", "method-gates", "method-three", "method-evidence", "method-limits")
    said = [voice.say(word) for word in words]
    name = voice.text(voice.content.model.name)
    said.append(voice.say("method-version", model=name, version=card.version))
    blocks: list[Block] = [paragraph(line) for line in said]
    if _is_answered(card):
        blocks.append(Heading(level=3, text=voice.say("heading-further-figures")))
        blocks += [paragraph(line) for line in _measures(card, voice)]
    return _section("method", *blocks, card=card, voice=voice)


def glossary(card: Scorecard, voice: Voice) -> Part:
    """The terms of the field that this report uses, and what they mean."""
    rows = tuple((voice.text(term.term), (paragraph(voice.text(term.meaning)),)) for term in _terms(card, voice))
    return Part(_heading("glossary", voice), Facts(rows=rows)) if rows else Part()


def _terms(card: Scorecard, voice: Voice) -> list[Term]:
    """The terms that stand in the sections shown; drawings are not made for that."""
    shown = [*summary(card, voice).blocks, *method(card, voice).blocks]
    if _is_answered(card):
        found = recommend(card, voice.content)[:_MOST_RECOMMENDED]
        shown += [*why_not(card, voice).blocks, tables.levels(card, voice)]
        shown += [tables.answers(card, voice, level) for level in voice.content.level_keys]
        shown.append(tables.recommendations(card, voice, found))
    if card.assessment.mistakes:
        shown.append(tables.mistakes(card, voice))
    if _has_indicators(card):
        shown.append(tables.indicators(card, voice))
    said = " ".join(texts_of(shown))
    used = [term for term in voice.content.terms if _uses(said, voice.text(term.term))]
    return sorted(used, key=lambda term: voice.text(term.term).casefold())


def _uses(said: str, term: str) -> bool:
    return re.search(rf"\b{re.escape(term)}\b", said, re.IGNORECASE) is not None


def _heading(key: str, voice: Voice) -> Heading:
    return Heading(level=2, text=voice.say(f"heading-{key}"), key=key)


def _section(key: Section, *blocks: Block, card: Scorecard, voice: Voice) -> Part:
    """A heading, the consultant's commentary if there is one, then what was computed."""
    note = card.assessment.commentary.get(key)
    said = (Commentary(blocks=_typed(note, card, voice)),) if note else ()
    return Part(_heading(key, voice), *said, *blocks)


def _typed(note: Note, card: Scorecard, voice: Voice) -> tuple[Paragraph, ...]:
    return typed(note, working=card.assessment.profile.working_language, lang=voice.lang)
