"""The tables of a report: text cells in the reader's language, as blocks and as pandas frames."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cxassess.content.model import EvidenceKind
from cxassess.content.practices import Mistake, Practice, Question
from cxassess.content.voice import Voice
from cxassess.document.answers import Answer, Evidence, EvidenceLink
from cxassess.page.blocks import Cell, Paragraph, Run, Table, bold, paragraph, small, typed, typed_run
from cxassess.pyramid.advice import grouped
from cxassess.pyramid.samples import how_many_more
from cxassess.pyramid.scorecard import PROOFS, LevelResult, Mark, Recommendation, Scorecard
from cxassess.pyramid.scoring import mark_answer, supported
from cxassess.text import Note

_Row = tuple[Cell, ...]


def levels(card: Scorecard, voice: Voice) -> Table:
    """Achievement of each level, base first: claimed with bounds, consistent, verified."""
    results = list(card.results.values())
    rows: list[_Row] = []
    for index, level in enumerate(voice.content.levels):
        claimed, consistent, verified = (result.levels[index] for result in results)
        shown = [voice.achievement(one.achievement, one.letter) for one in (claimed, consistent, verified)]
        bounds = _bounds(claimed, voice)
        name = (paragraph(voice.level_name(level.key)), small(voice.text(level.gist)))
        rows.append((name, shown[0], bounds, *shown[1:]))
    words = ("level", "claimed", "bounds", "consistent", "verified")
    columns = tuple(voice.say(word) for word in words)
    caption = voice.say("levels-caption")
    return Table(
        caption=caption, columns=columns, rows=tuple(rows), numeric=(1, 2, 3, 4), widths=(44, 13, 17, 13, 13)
    )


def _bounds(level: LevelResult, voice: Voice) -> str:
    """The bounds of a level; a dash where nothing is open, for then they say nothing."""
    if level.lower == level.upper:
        return "–"
    lower, upper = voice.percent(level.lower), voice.percent(level.upper)
    return voice.say("bounds-value", lower=lower, upper=upper)


def mistakes(card: Scorecard, voice: Voice) -> Table:
    """Every mistake found or not yet judged: severity, the contradictions that follow, the note. Worst first."""
    severities = {mistake.key: card.assessment.severity_of(mistake.key) for mistake in voice.content.mistakes}
    found = [mistake for mistake in voice.content.mistakes if severities[mistake.key] != 0]
    worst_first = sorted(found, key=lambda mistake: -(severities[mistake.key] or 0))
    rows = tuple(_mistake_row(mistake, card, voice) for mistake in worst_first)
    columns = _said(("mistake", "severity", "note", "contradicts"), voice)
    caption = voice.say("mistakes-caption")
    return Table(caption=caption, columns=columns, rows=rows, widths=(24, 13, 38, 25))


def _said(words: Sequence[str], voice: Voice) -> tuple[str, ...]:
    return tuple(voice.say(word) for word in words)


def _mistake_row(mistake: Mistake, card: Scorecard, voice: Voice) -> _Row:
    judgement = card.assessment.mistakes.get(mistake.key)
    severity = voice.say(f"severity-{judgement.severity}" if judgement else "severity-open")
    # What the mistake looks like in general would read as a finding about this company.
    note = _note(judgement.note if judgement else None, card, voice)
    shown = (*note, *_keys(judgement.evidence if judgement else ()))
    clashes = tuple(_contradictions(mistake.key, card, voice))
    return (voice.text(mistake.name), severity, shown, clashes)


def _contradictions(mistake: str, card: Scorecard, voice: Voice) -> Iterator[Paragraph]:
    for one in card.contradictions:
        if one.mistake == mistake:
            n = voice.content.level_keys.index(one.level) + 1
            name = voice.text(voice.content.levels[n - 1].name)
            yield paragraph(voice.say(f"contradiction-{one.state}", n=n, name=name))
            if one.state == "excepted":
                yield from _exception(mistake, one.level, card, voice)
                if not one.proved:
                    yield paragraph(voice.say("contradiction-unproved"))


def _exception(mistake: str, level: str, card: Scorecard, voice: Voice) -> Iterator[Paragraph]:
    exempt = next(e for e in card.assessment.exceptions if (e.mistake, e.level) == (mistake, level))
    yield from _note(exempt.reason, card, voice)
    yield from _keys(exempt.evidence)


def recommendations(card: Scorecard, voice: Voice, found: Sequence[Recommendation]) -> Table:
    """Recommendations in the order given: for what, what to do first, owner, person-days, KPIs."""
    rows = tuple(_recommendation_row(rank, one, card, voice) for rank, one in enumerate(found, start=1))
    words = ("advice-for", "advice-do", "advice-owner", "advice-days", "advice-kpis")
    columns = _said(words, voice)
    caption = voice.say("advice-caption")
    return Table(caption=caption, columns=columns, rows=rows, numeric=(3,), widths=(26, 35, 14, 9, 16))


def _recommendation_row(rank: int, one: Recommendation, card: Scorecard, voice: Voice) -> _Row:
    piece = one.advice
    owners = {owner.key: voice.text(owner.name) for owner in voice.content.model.owners}
    kpis = {kpi.key: voice.text(kpi.name) for kpi in voice.content.kpis}
    kind = voice.say("advice-quick-win" if one.is_quick else "advice-project")
    notes = [small(bold(kind) if one.is_quick else kind)]
    if piece.from_to:
        before, after = piece.from_to
        answer = card.assessment.answer_to(piece.for_)
        start = before if answer.rating else voice.say(f"state-{answer.state}")
        notes.append(small(voice.say("advice-step", before=start, after=after)))
    if one.holds_back:
        results = [voice.say(name) for name in one.holds_back]
        notes.append(small(voice.say("advice-holds-back", results=voice.listed(results))))
    if one.waits_for:
        names = [f"“{subject(key, voice)}”" for key in one.waits_for]
        notes.append(small(voice.say("advice-after", names=voice.listed(names))))
    return (
        (paragraph(f"{rank}. {subject(piece.key, voice)}"), *notes),
        voice.text(piece.do),
        owners[piece.owner],
        voice.number(max(1, round(one.days))),
        voice.listed([kpis[key] for key in piece.kpis]),
    )


def subject(advice: str, voice: Voice) -> str:
    """The name of the question, mistake or indicator that a piece of advice is for."""
    for_ = next(piece.for_ for piece in voice.content.advice if piece.key == advice)
    named = (*voice.content.questions, *voice.content.mistakes, *voice.content.indicators)
    return next(voice.text(one.name) for one in named if one.key == for_)


def by_owner(found: Sequence[Recommendation], voice: Voice) -> Table:
    """Who has what to do: the owner, the recommendations with their ranks, the person-days they add up to."""
    owners = {owner.key: voice.text(owner.name) for owner in voice.content.model.owners}
    rank = {one.advice.key: place for place, one in enumerate(found, start=1)}
    rows = tuple(
        (
            owners[owner],
            tuple(paragraph(f"{rank[one.advice.key]}. {subject(one.advice.key, voice)}") for one in mine),
            voice.number(sum(max(1, round(one.days)) for one in mine)),
        )
        for owner, mine in grouped(found, "owner").items()
    )
    columns = _said(("advice-owner", "advice-theirs", "advice-days"), voice)
    caption = voice.say("advice-by-owner")
    return Table(caption=caption, columns=columns, rows=rows, numeric=(2,), widths=(26, 60, 14))


def indicators(card: Scorecard, voice: Voice) -> Table:
    """The success indicators: rating, what it means, note and evidence."""
    records = {record.key: record for record in card.assessment.evidence}
    rows = []
    for indicator in voice.content.indicators:
        answer = card.assessment.indicators.get(indicator.key, Answer(state="unanswered"))
        mark = mark_answer(indicator.key, answer, records, voice.content, on=card.on)
        rows.append(_practice_row(indicator, mark, card, voice))
    columns = _said(("indicator", "answer", "note", "evidence"), voice)
    caption = voice.say("indicators-caption")
    return Table(caption=caption, columns=columns, rows=tuple(rows), widths=(36, 18, 29, 17))


def answers(card: Scorecard, voice: Voice, level: str) -> Table:
    """The answers of one level: what was asked, the rating in words, what proves it, the note."""
    rows = tuple(
        _practice_row(question, card.mark(question.key), card, voice) for question in voice.content.of_level(level)
    )
    columns = _said(("question", "answer", "note", "evidence"), voice)
    caption = voice.say("answers-caption", level=voice.level_name(level))
    return Table(caption=caption, columns=columns, rows=rows, widths=(36, 18, 29, 17), caption_shown=False)


def _practice_row(practice: Practice, mark: Mark, card: Scorecard, voice: Voice) -> _Row:
    name = [Run(text=voice.text(practice.name))]
    if isinstance(practice, Question) and practice.core:
        name.append(Run(text=f" ({voice.say('core')})", italic=True))
    asked = small(voice.text(practice.ask))
    note = _note(mark.answer.note, card, voice)
    answer = _answer(mark.answer, voice)
    return ((paragraph(*name), asked), answer, note, _proof(mark, voice))


def _answer(answer: Answer, voice: Voice) -> tuple[Paragraph, ...]:
    if answer.rating:
        return (paragraph(bold(voice.say(f"rating-{answer.rating.lower()}"))),)
    state = paragraph(bold(voice.say(f"state-{answer.state}")))
    return (state, small(voice.say(f"reason-{answer.reason}"))) if answer.reason else (state,)


def _proof(mark: Mark, voice: Voice) -> tuple[Paragraph, ...]:
    """How far the evidence carries the answer, what its samples say, and the evidence itself."""
    keys = _keys(tuple(link.evidence for link in mark.answer.evidence))
    if mark.answer.rating is None:
        return keys
    samples = [sample(link, mark.answer, voice) for link in mark.answer.evidence if link.sample]
    return (*map(paragraph, (proof_sentence(mark, voice), *samples)), *keys)


def proof_sentence(mark: Mark, voice: Voice) -> str:
    """How far current evidence carries a rated answer, as a sentence."""
    return voice.say(f"proof-sentence-{mark.proof}", rating=mark.counted)


def sample(link: EvidenceLink, answer: Answer, voice: Voice) -> str:
    """What the sample of a link says: its band, how many more would settle it, and whether the rating differs."""
    assert link.sample is not None  # asked only for links with a sample
    k, n, rating = link.sample.k, link.sample.n, supported(link)
    more = how_many_more(k, n)
    key = "sample-unsettled" if more is None else "sample-more" if more else "sample-settled"
    share = voice.percent(k / n)
    said = voice.say(key, k=k, n=n, share=share, rating=rating, more=voice.number(more or 0))
    if rating == answer.rating:
        return said
    return f"{said} {voice.say('sample-differs', rating=answer.rating)}"


def coverage(card: Scorecard, voice: Voice) -> Table:
    """How many answers of each level are proved, proved in part, not proved, and not rated."""
    rows = []
    for level in voice.content.levels:
        found = [card.mark(question.key).proof for question in voice.content.of_level(level.key)]
        counts = (voice.number(found.count(proof)) for proof in PROOFS)
        rows.append((voice.level_name(level.key), *counts))
    columns = _said(("level", *(f"proof-{proof}" for proof in PROOFS)), voice)
    return Table(caption=voice.say("coverage-caption"), columns=columns, rows=tuple(rows), numeric=(1, 2, 3, 4))


def evidence(card: Scorecard, voice: Voice) -> Table:
    """The list of evidence: kind, grade on the day, source, how long it counts."""
    rows = tuple(_evidence_row(record, card, voice) for record in card.assessment.evidence)
    words = ("evidence-key", "evidence-kind", "evidence-grade", "evidence-source", "evidence-status", "note")
    columns = _said(words, voice)
    caption = voice.say("evidence-caption", date=voice.day(card.on))
    return Table(caption=caption, columns=columns, rows=rows, widths=(8, 17, 13, 27, 20, 15))


def _evidence_row(record: Evidence, card: Scorecard, voice: Voice) -> _Row:
    kind = voice.content.evidence_kinds[record.kind]
    source = [typed_run(record.source, working=card.assessment.profile.working_language, lang=voice.lang)]
    if record.person and card.assessment.profile.print_names:
        source.append(Run(text=f" ({record.person})"))
    return (
        record.key,
        voice.text(kind.name),
        grade(record, kind, card, voice),
        (paragraph(*source),),
        validity(record, kind, card, voice),
        _note(record.note, card, voice),
    )


def grade(record: Evidence, kind: EvidenceKind, card: Scorecard, voice: Voice) -> str:
    """The grade on the day, and what it was before it expired."""
    now = record.grade(kind, on=card.on)
    return f"E{now}" if now == kind.grade else voice.say("evidence-lapsed", now=now, was=kind.grade)


def validity(record: Evidence, kind: EvidenceKind, card: Scorecard, voice: Voice) -> str:
    """From when until when a piece of evidence counts in full, as a sentence."""
    days = {"on": record.on, "until": record.until(kind)}
    dates = {name: voice.day(day) for name, day in days.items() if day}
    now = record.validity(kind, on=card.on)
    return voice.say(f"validity-sentence-{now}", **dates)


def _note(note: Note | None, card: Scorecard, voice: Voice) -> tuple[Paragraph, ...]:
    return typed(note, working=card.assessment.profile.working_language, lang=voice.lang) if note else ()


def _keys(keys: tuple[str, ...]) -> tuple[Paragraph, ...]:
    return (small(", ".join(dict.fromkeys(keys))),) if keys else ()
