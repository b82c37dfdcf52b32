"""The sections of a report: what each says, with the consultant's own words first."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cxassess import charts
from cxassess.chapters import tables
from cxassess.chapters.summary import further, panels, verdicts
from cxassess.content.model import Term
from cxassess.content.reading import Content
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
from cxassess.text import Lang, Note, day, listed, number, percent, said

# What a board can take in; all of them are there from Python.
_MOST_RECOMMENDED = 12


def _is_answered(card: Scorecard) -> bool:
    return any(mark.answer.state != "unanswered" for mark in card.marks)


def _has_indicators(card: Scorecard) -> bool:
    return any(answer.state != "unanswered" for answer in card.assessment.indicators.values())


def _shown(card: Scorecard, content: Content, *, lang: Lang) -> list[str]:
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
        "advice": answered and bool(recommend(card, content)),
        "answers": answered,
        "evidence": bool(card.assessment.evidence),
        "method": True,
        "glossary": bool(_terms(card, content, lang=lang)),
    }
    return [key for key, is_there in has.items() if is_there]


def title(card: Scorecard, content: Content, *, lang: Lang) -> Part:
    """The top of the report: whose assessment it is, of what, as of when, whether a draft; and the contents."""
    profile = card.assessment.profile
    date = content.say("as-of", lang=lang, date=day(card.on, lang=lang))
    draft = None
    if card.draft:
        counts = {"answers": len(card.unanswered), "mistakes": len(card.unjudged)}
        why = content.say("draft-why", lang=lang, **counts)
        draft = paragraph(bold(f"{content.say('draft', lang=lang)}. "), why)
    cover = Cover(
        kicker=content.say("report-title", lang=lang),
        title=profile.organisation,
        lines=(_unit(card, content, lang=lang), date),
        draft=draft,
    )
    links = tuple((key, content.say(f"heading-{key}", lang=lang)) for key in _shown(card, content, lang=lang))
    return Part(cover, Contents(label=content.say("contents", lang=lang), links=links))


def _unit(card: Scorecard, content: Content, *, lang: Lang) -> str:
    unit = card.assessment.profile.unit
    return content.say(f"unit-{unit.kind}", lang=lang, name=unit.name or "")


def summary(card: Scorecard, content: Content, *, lang: Lang) -> Part:
    """One page: the three levels with a sentence each, strengths, gaps, contradictions, what to do next."""
    blocks: list[Block] = [verdicts(card, content, lang=lang), *further(card, content, lang=lang)]
    if _is_answered(card):
        blocks.append(panels(card, content, lang=lang))
    return _section("summary", *blocks, card=card, content=content, lang=lang)


def profile(card: Scorecard, content: Content, *, lang: Lang) -> Part:
    """Unit, group, trade, size, objective, customers, competitors, targets: what the profile holds, no more."""
    rows = tuple((content.say(word, lang=lang), value) for word, value in _facts(card, content, lang=lang))
    other = [fine(content.say("notes-other-language", lang=lang))] if _has_foreign_notes(card, lang=lang) else []
    return Part(_heading("profile", content, lang=lang), Facts(rows=rows), *other)


def _has_foreign_notes(card: Scorecard, *, lang: Lang) -> bool:
    """Whether the report must show notes in the other language, for want of a version in its own."""
    known = card.assessment
    noted = (*known.answers.values(), *known.mistakes.values(), *known.indicators.values(), *known.evidence)
    notes = [one.note for one in noted if one.note]
    return any(said(note, working=known.profile.working_language, lang=lang).lang != lang for note in notes)


_Value = tuple[Paragraph | Bullets, ...]


def _facts(card: Scorecard, content: Content, *, lang: Lang) -> Iterator[tuple[str, _Value]]:
    known = card.assessment.profile
    yield "unit", (paragraph(_unit(card, content, lang=lang)),)
    if known.group:
        yield "group", (paragraph(" › ".join(known.group)),)
    if known.trade:
        yield "trade", (paragraph(typed_run(known.trade, working=known.working_language, lang=lang)),)
    if known.size:
        yield "size", (paragraph(content.say(f"size-{known.size}", lang=lang)),)
    if known.objective:
        yield "objective", _typed(known.objective, card, lang=lang)
    if known.customer_groups:
        yield "customer-groups", (bullets(_typed(group, card, lang=lang) for group in known.customer_groups),)
    if known.competitors:
        yield "competitors", (paragraph(listed(list(known.competitors), lang=lang)),)
    if targets := [_target(target, card, content, lang=lang) for target in card.assessment.targets]:
        yield "targets", tuple(part for target in targets for part in target)
    if known_evidence := _evidence_base(card, content, lang=lang):
        yield "evidence-base", (paragraph(known_evidence),)
    if notes := [_typed(note, card, lang=lang) for note in (known.note, card.assessment.note) if note]:
        yield "note", tuple(part for note in notes for part in note)


def _evidence_base(card: Scorecard, content: Content, *, lang: Lang) -> str:
    """How much evidence there is, from when to when, and how much of it expires before the nearest target."""
    dated = [record for record in card.assessment.evidence if record.on]
    if not dated:
        return ""
    days = [record.on for record in dated if record.on]
    first, last = day(min(days), lang=lang), day(max(days), lang=lang)
    count = number(len(card.assessment.evidence), lang=lang)
    said = content.say("evidence-base-value", lang=lang, count=count, first=first, last=last)
    by = min((target.by for target in card.assessment.targets if target.by), default=None)
    kinds = content.evidence_kinds
    gone = [record for record in dated if by and not record.is_current(kinds[record.kind], on=max(by, card.on))]
    if not by or not gone:
        return said
    expiring = number(len(gone), lang=lang)
    return f"{said} {content.say('evidence-base-expiring', lang=lang, count=expiring, date=day(by, lang=lang))}"


def _target(target: Target, card: Scorecard, content: Content, *, lang: Lang) -> tuple[Paragraph, ...]:
    said = paragraph(tables.target(target.level, target.by, content, lang=lang))
    return (said, *(_typed(target.note, card, lang=lang) if target.note else ()))


def missing(card: Scorecard, content: Content, *, lang: Lang) -> Part:
    """What a draft still lacks, by name; nothing where the assessment is complete."""
    if not card.draft:
        return Part()
    questions = [content.by_key[key].name.in_(lang) for key in card.unanswered]
    mistakes = [content.mistake(key).name.in_(lang) for key in card.unjudged]
    blocks: list[Block] = [_heading("missing", content, lang=lang)]
    for word, names in (("missing-answers", questions), ("missing-mistakes", mistakes)):
        if names:
            blocks.append(Heading(level=3, text=f"{content.say(word, lang=lang)} ({len(names)})"))
            blocks.append(bullets(names))
    return Part(*blocks)


def levels(card: Scorecard, content: Content, *, lang: Lang) -> Part:
    """The pyramid and its table, the profile against the target, claimed against verified, every question."""
    if not _is_answered(card):
        return Part()
    letters = {letter: content.say(f"rating-{letter}", lang=lang) for letter in "nplf"}
    notes = [content.say("letters-note", lang=lang, **letters), content.say("bounds-note", lang=lang)]
    blocks: list[Block] = [pyramid(card, content, lang=lang), tables.levels(card, content, lang=lang)]
    blocks += [fine(note) for note in notes]
    for name in ("profile", "claimed-verified", "heat-map"):
        blocks.append(Heading(level=3, text=content.say(f"chart-{name}-heading", lang=lang)))
        blocks.append(_drawn(name, card, content, lang=lang))
    return _section("levels", *blocks, card=card, content=content, lang=lang)


def _measures(card: Scorecard, content: Content, *, lang: Lang) -> Iterator[str]:
    """Secured level, gated height, and what open and not-applicable answers are worth."""
    claimed = card.claimed
    yield content.say("secured-sentence", lang=lang, n=claimed.secured)
    yield content.say("height-sentence", lang=lang, height=number(claimed.height, 2, lang=lang))
    if card.if_unknown_f.height > claimed.height:
        height = number(card.if_unknown_f.height, 2, lang=lang)
        yield content.say("if-unknown-f", lang=lang, n=card.if_unknown_f.shown, height=height)
    for one in card.not_applicable:
        yield _leverage(one, content, lang=lang)


def pyramid(card: Scorecard, content: Content, *, lang: Lang) -> Chart:
    """The pyramid, described in words for those who do not see it."""
    return _drawn("pyramid", card, content, lang=lang)


def _drawn(name: str, card: Scorecard, content: Content, *, lang: Lang) -> Chart:
    """A chart as SVG, with its words and its source."""
    svg, spec = charts.svg_of(_CHARTS[name](card, content, lang=lang))
    alt = charts.described(name, card, content, lang=lang)
    return Chart(key=name, svg=svg, alt=alt, caption=content.say(f"chart-{name}-caption", lang=lang), spec=spec)


_CHARTS = {
    "pyramid": charts.pyramid,
    "profile": charts.profile,
    "claimed-verified": charts.claimed_verified,
    "heat-map": charts.heat_map,
    "mistakes": charts.mistakes,
    "coverage": charts.coverage,
    "expiry": charts.expiry,
}


def _leverage(one: Leverage, content: Content, *, lang: Lang) -> str:
    names = [f"“{content.by_key[key].name.in_(lang)}”" for key in one.questions]
    before, after = one.as_is.level(one.level).achievement, one.if_n.level(one.level).achievement
    key = "leverage" if before is not None else "leverage-not-rated"
    return content.say(
        "leverage-nothing" if after is None else key,
        lang=lang,
        n=content.level_keys.index(one.level) + 1,
        questions=listed(names, lang=lang),
        achievement="" if after is None else percent(after, lang=lang),
        attained=one.if_n.shown,
    )


def why_not(card: Scorecard, content: Content, *, lang: Lang) -> Part:
    """For each result the conditions of the next level that do not hold, and what they hang on."""
    if not _is_answered(card):
        return Part()
    blocks = [block for name in RESULTS for block in _why_not(name, card, content, lang=lang)]
    return _section("why-not", *blocks, card=card, content=content, lang=lang)


def _why_not(name: ResultName, card: Scorecard, content: Content, *, lang: Lang) -> Iterator[Block]:
    result = card.results[name]
    if result.attained == len(content.levels):
        yield paragraph(content.say("top-reached", lang=lang, result=content.say(name, lang=lang)))
        return
    level = content.levels[result.attained].name.in_(lang)
    yield Heading(level=3, text=content.say(f"why-not-{name}", lang=lang, n=result.attained + 1, name=level))
    before = next((other for other in RESULTS if card.why_not[other] == card.why_not[name]), name)
    if before != name:
        yield paragraph(content.say("why-not-same", lang=lang, result=content.say(before, lang=lang)))
    else:
        yield bullets(_unmet(one, name, content, lang=lang) for one in card.why_not[name])


def _unmet(unmet: Unmet, name: ResultName, content: Content, *, lang: Lang) -> tuple[Paragraph, ...]:
    key = f"need-{unmet.need}"
    if unmet.need == "core" and name == "verified":
        key = "need-core-verified"
    if unmet.need == "rated":
        key = f"need-rated-{_rated_test(unmet)}"
    said = content.say(
        key,
        lang=lang,
        level=tables.level_name(unmet.level, content, lang=lang),
        has=_amount(unmet.has, unmet, lang=lang),
        wants=_amount(unmet.wants, unmet, lang=lang),
        mistakes=listed([content.mistake(mistake).name.in_(lang) for mistake in unmet.mistakes], lang=lang),
    )
    names = [f"“{content.by_key[question].name.in_(lang)}”" for question in unmet.questions]
    if not names:
        return (paragraph(said),)
    return paragraph(said), small(f"{content.say('hangs-on', lang=lang)}: {listed(names, lang=lang)}.")


def _rated_test(unmet: Unmet) -> str:
    """Which of the three tests a not-rated level fails: a count, a share too small, or too much left out."""
    if unmet.wants > 1:
        return "count"
    return "share" if unmet.has < unmet.wants else "dropped"


def _amount(value: float, unmet: Unmet, *, lang: Lang) -> str:
    is_count = unmet.need == "rated" and _rated_test(unmet) == "count"
    return number(value, lang=lang) if is_count else percent(value, lang=lang)


def mistakes(card: Scorecard, content: Content, *, lang: Lang) -> Part:
    """The mistakes found, worst first, with the levels they contradict; then those looked for and not found."""
    if not card.assessment.mistakes:
        return Part()
    table = tables.mistakes(card, content, lang=lang)
    blocks: list[Block] = [_drawn("mistakes", card, content, lang=lang), table] if table.rows else []
    absent = [m.name.in_(lang) for m in content.mistakes if card.assessment.severity_of(m.key) == 0]
    if absent:
        names = [f"“{name}”" for name in absent]
        said = f"{content.say('mistakes-none', lang=lang)}: {listed(names, lang=lang)}."
        blocks.append(paragraph(said))
    return _section("mistakes", *blocks, card=card, content=content, lang=lang)


def indicators(card: Scorecard, content: Content, *, lang: Lang) -> Part:
    """The success indicators, and where they sit oddly with the level claimed."""
    if not _has_indicators(card):
        return Part()
    names = {indicator.key: indicator.name.in_(lang) for indicator in content.indicators}
    tensions = [
        paragraph(
            content.say(
                "tension",
                lang=lang,
                n=content.level_keys.index(tension.level) + 1,
                indicator=names[tension.indicator],
                rating=tension.rating,
            )
        )
        for tension in card.tensions
    ]
    table = tables.indicators(card, content, lang=lang)
    return _section("indicators", *tensions, table, card=card, content=content, lang=lang)


def advice(card: Scorecard, content: Content, *, lang: Lang) -> Part:
    """The first recommendations, ranked, then by owner; nothing where nothing is left to do."""
    found = recommend(card, content) if _is_answered(card) else ()
    if not found:
        return Part()
    shown = found[:_MOST_RECOMMENDED]
    table = tables.recommendations(card, content, shown, lang=lang)
    more = content.say("advice-more", lang=lang, shown=len(shown), all=len(found))
    owned = tables.by_owner(shown, content, lang=lang)
    names = [f"“{content.by_key[key].name.in_(lang)}”" for key in unproved(card)]
    proof = [paragraph(content.say("advice-proof", lang=lang, names=listed(names, lang=lang)))] if names else []
    return _section("advice", *proof, table, fine(more), owned, card=card, content=content, lang=lang)


def answers(card: Scorecard, content: Content, *, lang: Lang) -> Part:
    """Every answer with what proves it, level by level; levels of which nothing was answered are left out."""
    blocks: list[Block] = []
    for level in content.levels:
        marks = [card.mark(question.key) for question in content.of_level(level.key)]
        if any(mark.answer.state != "unanswered" for mark in marks):
            blocks.append(Heading(level=3, text=tables.level_name(level.key, content, lang=lang)))
            blocks.append(tables.answers(card, content, level.key, lang=lang))
    return _section("answers", *blocks, card=card, content=content, lang=lang) if blocks else Part()


def evidence(card: Scorecard, content: Content, *, lang: Lang) -> Part:
    """How far the answers are proved, how long the evidence counts, and the evidence itself."""
    if not card.assessment.evidence:
        return Part()
    blocks: tuple[Block, ...] = (
        Heading(level=3, text=content.say("chart-coverage-heading", lang=lang)),
        _drawn("coverage", card, content, lang=lang),
        tables.coverage(card, content, lang=lang),
        Heading(level=3, text=content.say("chart-expiry-heading", lang=lang)),
        _drawn("expiry", card, content, lang=lang),
        tables.evidence(card, content, lang=lang),
        fine(content.say("evidence-note", lang=lang)),
    )
    return _section("evidence", *blocks, card=card, content=content, lang=lang)


def method(card: Scorecard, content: Content, *, lang: Lang) -> Part:
    """How the result came about and what it cannot say."""
    words = ("method-nature", "method-gates", "method-three", "method-evidence", "method-limits")
    said = [content.say(word, lang=lang) for word in words]
    name = content.model.name.in_(lang)
    said.append(content.say("method-version", lang=lang, model=name, version=card.version))
    blocks: list[Block] = [paragraph(line) for line in said]
    if _is_answered(card):
        blocks.append(Heading(level=3, text=content.say("heading-further-figures", lang=lang)))
        blocks += [paragraph(line) for line in _measures(card, content, lang=lang)]
    return _section("method", *blocks, card=card, content=content, lang=lang)


def glossary(card: Scorecard, content: Content, *, lang: Lang) -> Part:
    """The terms of the field that this report uses, and what they mean."""
    rows = tuple(
        (term.term.in_(lang), (paragraph(term.meaning.in_(lang)),)) for term in _terms(card, content, lang=lang)
    )
    return Part(_heading("glossary", content, lang=lang), Facts(rows=rows)) if rows else Part()


def _terms(card: Scorecard, content: Content, *, lang: Lang) -> list[Term]:
    """The terms that stand in the sections shown; drawings are not made for that."""
    shown = [*summary(card, content, lang=lang).blocks, *method(card, content, lang=lang).blocks]
    if _is_answered(card):
        found = recommend(card, content)[:_MOST_RECOMMENDED]
        shown += [*why_not(card, content, lang=lang).blocks, tables.levels(card, content, lang=lang)]
        shown += [tables.answers(card, content, level, lang=lang) for level in content.level_keys]
        shown.append(tables.recommendations(card, content, found, lang=lang))
    if card.assessment.mistakes:
        shown.append(tables.mistakes(card, content, lang=lang))
    if _has_indicators(card):
        shown.append(tables.indicators(card, content, lang=lang))
    said = " ".join(texts_of(shown))
    used = [term for term in content.terms if _uses(said, term.term.in_(lang))]
    return sorted(used, key=lambda term: term.term.in_(lang).casefold())


def _uses(said: str, term: str) -> bool:
    return re.search(rf"\b{re.escape(term)}\b", said, re.IGNORECASE) is not None


def _heading(key: str, content: Content, *, lang: Lang) -> Heading:
    return Heading(level=2, text=content.say(f"heading-{key}", lang=lang), key=key)


def _section(key: Section, *blocks: Block, card: Scorecard, content: Content, lang: Lang) -> Part:
    """A heading, the consultant's commentary if there is one, then what was computed."""
    note = card.assessment.commentary.get(key)
    said = (Commentary(blocks=_typed(note, card, lang=lang)),) if note else ()
    return Part(_heading(key, content, lang=lang), *said, *blocks)


def _typed(note: Note, card: Scorecard, *, lang: Lang) -> tuple[Paragraph, ...]:
    return typed(note, working=card.assessment.profile.working_language, lang=lang)
