"""The tables of a report: text cells in the reader's language, as blocks and as pandas frames."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from cxassess.content.model import EvidenceKind
from cxassess.content.practices import Mistake, Practice, Question
from cxassess.content.reading import Content
from cxassess.document.answers import Answer, Evidence, EvidenceLink
from cxassess.page.blocks import Cell, Paragraph, Run, Table, bold, paragraph, small, typed, typed_run
from cxassess.pyramid.advice import Recommendation, grouped
from cxassess.pyramid.samples import how_many_more
from cxassess.pyramid.scorecard import STANDINGS, LevelResult, Mark, Scorecard
from cxassess.pyramid.scoring import mark_answer, supported
from cxassess.text import Lang, Note, day, listed, number, percent

_STEPS = {"p": ("N", "P"), "l": ("P", "L"), "f": ("L", "F")}
_Row = tuple[Cell, ...]


def levels(card: Scorecard, content: Content, *, lang: Lang) -> Table:
    """Achievement of each level, base first: claimed with bounds, consistent, verified."""
    results = list(card.results.values())
    rows: list[_Row] = []
    for index, level in enumerate(content.levels):
        claimed, consistent, verified = (result.levels[index] for result in results)
        shown = [achievement(one, content, lang=lang) for one in (claimed, consistent, verified)]
        bounds = _bounds(claimed, content, lang=lang)
        name = (paragraph(level_name(level.key, content, lang=lang)), small(level.gist.in_(lang)))
        rows.append((name, shown[0], bounds, *shown[1:]))
    words = ("level", "claimed", "bounds", "consistent", "verified")
    columns = tuple(content.say(word, lang=lang) for word in words)
    caption = content.say("levels-caption", lang=lang)
    return Table(
        caption=caption, columns=columns, rows=tuple(rows), numeric=(1, 2, 3, 4), widths=(44, 13, 17, 13, 13)
    )


def _bounds(level: LevelResult, content: Content, *, lang: Lang) -> str:
    """The bounds of a level; a dash where nothing is open, for then they say nothing."""
    if level.lower == level.upper:
        return "–"
    lower, upper = percent(level.lower, lang=lang), percent(level.upper, lang=lang)
    return content.say("bounds-value", lang=lang, lower=lower, upper=upper)


def achievement(level: LevelResult, content: Content, *, lang: Lang) -> str:
    """A level's achievement with its letter, or that it is not rated."""
    if level.achievement is None:
        return content.say("not-rated", lang=lang)
    share = percent(level.achievement, lang=lang)
    return content.say("achievement-value", lang=lang, share=share, letter=level.letter)


def target(level: int, by: date | None, content: Content, *, lang: Lang) -> str:
    """A level to reach, and by when."""
    if by is None:
        return content.say("target-open", lang=lang, n=level)
    return content.say("target-by", lang=lang, n=level, date=day(by, lang=lang))


def level_name(key: str, content: Content, *, lang: Lang) -> str:
    """A level's number and name."""
    n = content.level_keys.index(key) + 1
    return content.say("level-numbered", lang=lang, n=n, name=content.levels[n - 1].name.in_(lang))


def mistakes(card: Scorecard, content: Content, *, lang: Lang) -> Table:
    """Every mistake found or not yet judged: severity, the contradictions that follow, the note. Worst first."""
    severities = {mistake.key: card.assessment.severity_of(mistake.key) for mistake in content.mistakes}
    found = [mistake for mistake in content.mistakes if severities[mistake.key] != 0]
    worst_first = sorted(found, key=lambda mistake: -(severities[mistake.key] or 0))
    rows = tuple(_mistake_row(mistake, card, content, lang=lang) for mistake in worst_first)
    columns = _said(("mistake", "severity", "note", "contradicts"), content, lang=lang)
    caption = content.say("mistakes-caption", lang=lang)
    return Table(caption=caption, columns=columns, rows=rows, widths=(24, 13, 38, 25))


def _said(words: Sequence[str], content: Content, *, lang: Lang) -> tuple[str, ...]:
    return tuple(content.say(word, lang=lang) for word in words)


def _mistake_row(mistake: Mistake, card: Scorecard, content: Content, *, lang: Lang) -> _Row:
    judgement = card.assessment.mistakes.get(mistake.key)
    severity = content.say(f"severity-{judgement.severity}" if judgement else "severity-open", lang=lang)
    # What the mistake looks like in general would read as a finding about this company.
    note = _note(judgement.note if judgement else None, card, lang=lang)
    shown = (*note, *_keys(judgement.evidence if judgement else ()))
    clashes = tuple(_contradictions(mistake.key, card, content, lang=lang))
    return (mistake.name.in_(lang), severity, shown, clashes)


def _contradictions(mistake: str, card: Scorecard, content: Content, *, lang: Lang) -> Iterator[Paragraph]:
    for one in card.contradictions:
        if one.mistake == mistake:
            n = content.level_keys.index(one.level) + 1
            name = content.levels[n - 1].name.in_(lang)
            yield paragraph(content.say(f"contradiction-{one.state}", lang=lang, n=n, name=name))
            if one.state == "excepted":
                yield from _exception(mistake, one.level, card, lang=lang)
                if not one.proved:
                    yield paragraph(content.say("contradiction-unproved", lang=lang))


def _exception(mistake: str, level: str, card: Scorecard, *, lang: Lang) -> Iterator[Paragraph]:
    exempt = next(e for e in card.assessment.exceptions if (e.mistake, e.level) == (mistake, level))
    yield from _note(exempt.reason, card, lang=lang)
    yield from _keys(exempt.evidence)


def recommendations(card: Scorecard, content: Content, found: Sequence[Recommendation], *, lang: Lang) -> Table:
    """Recommendations in the order given: for what, what to do first, owner, person-days, KPIs."""
    rows = tuple(
        _recommendation_row(rank, one, card, content, lang=lang) for rank, one in enumerate(found, start=1)
    )
    words = ("advice-for", "advice-do", "advice-owner", "advice-days", "advice-kpis")
    columns = _said(words, content, lang=lang)
    caption = content.say("advice-caption", lang=lang)
    return Table(caption=caption, columns=columns, rows=rows, numeric=(3,), widths=(26, 35, 14, 9, 16))


def _recommendation_row(rank: int, one: Recommendation, card: Scorecard, content: Content, *, lang: Lang) -> _Row:
    piece = one.advice
    owners = {owner.key: owner.name.in_(lang) for owner in content.model.owners}
    kpis = {kpi.key: kpi.name.in_(lang) for kpi in content.kpis}
    kind = content.say("advice-quick-win" if one.is_quick else "advice-project", lang=lang)
    notes = [small(bold(kind) if one.is_quick else kind)]
    if piece.step:
        before, after = _STEPS[piece.step]
        answer = card.assessment.answer_to(piece.for_)
        before = before if answer.rating else content.say(f"state-{answer.state}", lang=lang)
        notes.append(small(content.say("advice-step", lang=lang, before=before, after=after)))
    if one.holds_back:
        results = [content.say(name, lang=lang) for name in one.holds_back]
        notes.append(small(content.say("advice-holds-back", lang=lang, results=listed(results, lang=lang))))
    if one.waits_for:
        names = [f"“{subject(key, content, lang=lang)}”" for key in one.waits_for]
        notes.append(small(content.say("advice-after", lang=lang, names=listed(names, lang=lang))))
    return (
        (paragraph(f"{rank}. {subject(piece.key, content, lang=lang)}"), *notes),
        piece.do.in_(lang),
        owners[piece.owner],
        number(max(1, round(one.days)), lang=lang),
        listed([kpis[key] for key in piece.kpis], lang=lang),
    )


def subject(advice: str, content: Content, *, lang: Lang) -> str:
    """The name of the question, mistake or indicator that a piece of advice is for."""
    for_ = next(piece.for_ for piece in content.advice if piece.key == advice)
    named = (*content.questions, *content.mistakes, *content.indicators)
    return next(one.name.in_(lang) for one in named if one.key == for_)


def by_owner(found: Sequence[Recommendation], content: Content, *, lang: Lang) -> Table:
    """Who has what to do: the owner, the recommendations with their ranks, the person-days they add up to."""
    owners = {owner.key: owner.name.in_(lang) for owner in content.model.owners}
    rank = {one.advice.key: place for place, one in enumerate(found, start=1)}
    rows = tuple(
        (
            owners[owner],
            tuple(
                paragraph(f"{rank[one.advice.key]}. {subject(one.advice.key, content, lang=lang)}") for one in mine
            ),
            number(sum(max(1, round(one.days)) for one in mine), lang=lang),
        )
        for owner, mine in grouped(found, "owner").items()
    )
    columns = _said(("advice-owner", "advice-theirs", "advice-days"), content, lang=lang)
    caption = content.say("advice-by-owner", lang=lang)
    return Table(caption=caption, columns=columns, rows=rows, numeric=(2,), widths=(26, 60, 14))


def indicators(card: Scorecard, content: Content, *, lang: Lang) -> Table:
    """The success indicators: rating, what it means, note and evidence."""
    records = {record.key: record for record in card.assessment.evidence}
    rows = []
    for indicator in content.indicators:
        answer = card.assessment.indicators.get(indicator.key, Answer(state="unanswered"))
        mark = mark_answer(indicator.key, answer, records, content, on=card.on)
        rows.append(_practice_row(indicator, mark, card, content, lang=lang))
    columns = _said(("indicator", "answer", "note", "evidence"), content, lang=lang)
    caption = content.say("indicators-caption", lang=lang)
    return Table(caption=caption, columns=columns, rows=tuple(rows), widths=(36, 18, 29, 17))


def answers(card: Scorecard, content: Content, level: str, *, lang: Lang) -> Table:
    """The answers of one level: what was asked, the rating in words, what proves it, the note."""
    rows = tuple(
        _practice_row(question, card.mark(question.key), card, content, lang=lang)
        for question in content.of_level(level)
    )
    columns = _said(("question", "answer", "note", "evidence"), content, lang=lang)
    caption = content.say("answers-caption", lang=lang, level=level_name(level, content, lang=lang))
    return Table(caption=caption, columns=columns, rows=rows, widths=(36, 18, 29, 17), caption_shown=False)


def _practice_row(practice: Practice, mark: Mark, card: Scorecard, content: Content, *, lang: Lang) -> _Row:
    name = [Run(text=practice.name.in_(lang))]
    if isinstance(practice, Question) and practice.core:
        name.append(Run(text=f" ({content.say('core', lang=lang)})", italic=True))
    asked = small(practice.ask.in_(lang))
    note = _note(mark.answer.note, card, lang=lang)
    answer = _answer(mark.answer, content, lang=lang)
    return ((paragraph(*name), asked), answer, note, _proof(mark, content, lang=lang))


def _answer(answer: Answer, content: Content, *, lang: Lang) -> tuple[Paragraph, ...]:
    if answer.rating:
        return (paragraph(bold(content.say(f"rating-{answer.rating.lower()}", lang=lang))),)
    state = paragraph(bold(content.say(f"state-{answer.state}", lang=lang)))
    return (state, small(content.say(f"reason-{answer.reason}", lang=lang))) if answer.reason else (state,)


def _proof(mark: Mark, content: Content, *, lang: Lang) -> tuple[Paragraph, ...]:
    """How far the evidence carries the answer, what its samples say, and the evidence itself."""
    keys = _keys(tuple(link.evidence for link in mark.answer.evidence))
    if mark.answer.rating is None:
        return keys
    samples = [sample(link, mark.answer, content, lang=lang) for link in mark.answer.evidence if link.sample]
    return (*map(paragraph, (standing(mark, content, lang=lang), *samples)), *keys)


def standing(mark: Mark, content: Content, *, lang: Lang) -> str:
    """How far current evidence carries a rated answer, as a sentence."""
    if mark.standing == "partly":
        return content.say("proved-only", lang=lang, rating=mark.counted)
    return content.say("proved-fully" if mark.is_proved else "proved-not", lang=lang)


def sample(link: EvidenceLink, answer: Answer, content: Content, *, lang: Lang) -> str:
    """What the sample of a link says: its band, how many more would settle it, and whether the rating differs."""
    assert link.sample is not None  # asked only for links with a sample
    k, n, rating = link.sample.k, link.sample.n, supported(link)
    more = how_many_more(k, n)
    key = "sample-unsettled" if more is None else "sample-more" if more else "sample-settled"
    share = percent(k / n, lang=lang)
    said = content.say(key, lang=lang, k=k, n=n, share=share, rating=rating, more=number(more or 0, lang=lang))
    if rating == answer.rating:
        return said
    return f"{said} {content.say('sample-differs', lang=lang, rating=answer.rating)}"


def coverage(card: Scorecard, content: Content, *, lang: Lang) -> Table:
    """How many answers of each level are proved, proved in part, not proved, and not rated."""
    rows = []
    for level in content.levels:
        found = [card.mark(question.key).standing for question in content.of_level(level.key)]
        counts = (number(found.count(standing), lang=lang) for standing in STANDINGS)
        rows.append((level_name(level.key, content, lang=lang), *counts))
    columns = _said(("level", *(f"standing-{standing}" for standing in STANDINGS)), content, lang=lang)
    return Table(
        caption=content.say("coverage-caption", lang=lang), columns=columns, rows=tuple(rows), numeric=(1, 2, 3, 4)
    )


def evidence(card: Scorecard, content: Content, *, lang: Lang) -> Table:
    """The list of evidence: kind, grade on the day, source, how long it counts."""
    rows = tuple(_evidence_row(record, card, content, lang=lang) for record in card.assessment.evidence)
    words = ("evidence-key", "evidence-kind", "evidence-grade", "evidence-source", "evidence-status", "note")
    columns = _said(words, content, lang=lang)
    caption = content.say("evidence-caption", lang=lang, date=day(card.on, lang=lang))
    return Table(caption=caption, columns=columns, rows=rows, widths=(8, 17, 13, 27, 20, 15))


def _evidence_row(record: Evidence, card: Scorecard, content: Content, *, lang: Lang) -> _Row:
    kind = content.evidence_kinds[record.kind]
    source = [typed_run(record.source, working=card.assessment.profile.working_language, lang=lang)]
    if record.person and card.assessment.profile.print_names:
        source.append(Run(text=f" ({record.person})"))
    return (
        record.key,
        kind.name.in_(lang),
        grade(record, kind, card, content, lang=lang),
        (paragraph(*source),),
        validity(record, kind.days, card, content, lang=lang),
        _note(record.note, card, lang=lang),
    )


def grade(record: Evidence, kind: EvidenceKind, card: Scorecard, content: Content, *, lang: Lang) -> str:
    """The grade on the day, and what it was before it expired."""
    now = record.grade(kind, on=card.on)
    return f"E{now}" if now == kind.grade else content.say("evidence-lapsed", lang=lang, now=now, was=kind.grade)


def validity(record: Evidence, days: int, card: Scorecard, content: Content, *, lang: Lang) -> str:
    """From when until when a piece of evidence counts in full."""
    if record.on is None:
        return content.say("evidence-undated", lang=lang)
    until = record.on + timedelta(days=days)
    key = "evidence-later" if card.on < record.on else "evidence-until" if card.on <= until else "evidence-expired"
    return content.say(key, lang=lang, on=day(record.on, lang=lang), until=day(until, lang=lang))


def _note(note: Note | None, card: Scorecard, *, lang: Lang) -> tuple[Paragraph, ...]:
    return typed(note, working=card.assessment.profile.working_language, lang=lang) if note else ()


def _keys(keys: tuple[str, ...]) -> tuple[Paragraph, ...]:
    return (small(", ".join(dict.fromkeys(keys))),) if keys else ()
