"""The tables of a report: text cells in the reader's language, as accessible HTML and as pandas frames."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from cxassess.advice import Recommendation
from cxassess.assessment import Answer, Evidence, EvidenceLink
from cxassess.content import Content
from cxassess.entries import EvidenceKind, Mistake, Practice, Question
from cxassess.metrics import how_many_more
from cxassess.scoring import LevelResult, Mark, Scorecard, mark_answer, supported
from cxassess.text import Html, Lang, Note, day, escaped, listed, number, percent, said_html, said_inline

if TYPE_CHECKING:
    import pandas as pd


_STEPS = {"p": ("N", "P"), "l": ("P", "L"), "f": ("L", "F")}


@dataclass(frozen=True)
class Table:
    """Columns and rows of text; a cell is plain text, or Html that is shown as it is.

    The first cell of a row is its heading. `numeric` names the columns that are set to the right, `style` the
    kind of table whose column widths the theme knows.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()
    style: str = ""

    @property
    def frame(self) -> pd.DataFrame:
        """The same as a pandas frame, for further work."""
        import pandas as pd

        return pd.DataFrame(list(self.rows), columns=list(self.columns))

    def _repr_html_(self) -> str:
        return self.html()

    def html(self) -> Html:
        """An accessible table: caption, column and row headings, everything escaped."""
        head = "".join(
            f'<th role="columnheader" scope="col"{self._class(i)}>{escaped(text)}</th>'
            for i, text in enumerate(self.columns)
        )
        body = "".join(f'<tr role="row">{"".join(self._cells(row))}</tr>' for row in self.rows)
        caption = f"<caption>{escaped(self.caption)}</caption>"
        # Wide tables scroll on a phone; a scrolling region must be reachable by keyboard and have a name.
        region = f'<div class="cx-table" role="region" tabindex="0" aria-label="{escaped(self.caption)}">'
        # On a phone the rows stand as cards; the roles keep it a table for screen readers even then.
        table = f'<table role="table" class="{self.style}">'
        head = f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        return Html(f'{region}{table}{caption}{head}<tbody role="rowgroup">{body}</tbody></table></div>')

    def _cells(self, row: tuple[str, ...]) -> Iterator[str]:
        yield f'<th role="rowheader" scope="row">{escaped(row[0])}</th>'
        for index, cell in enumerate(row[1:], start=1):
            label = escaped(self.columns[index])
            yield f'<td role="cell" data-label="{label}"{self._class(index)}>{escaped(cell)}</td>'

    def _class(self, index: int) -> str:
        return ' class="cx-number"' if index in self.numeric else ""


def levels(card: Scorecard, content: Content, *, lang: Lang) -> Table:
    """Achievement of each level, base first: claimed with bounds, consistent, verified."""
    results = list(card.results.values())
    rows = []
    for index, level in enumerate(content.levels):
        claimed, consistent, verified = (result.levels[index] for result in results)
        shown = [achievement(one, content, lang=lang) for one in (claimed, consistent, verified)]
        bounds = _bounds(claimed, content, lang=lang)
        rows.append((level_name(level.key, content, lang=lang), shown[0], bounds, *shown[1:]))
    words = ("level", "claimed", "bounds", "consistent", "verified")
    columns = tuple(content.say(word, lang=lang) for word in words)
    return Table(content.say("levels-caption", lang=lang), columns, tuple(rows), numeric=(1, 2, 3, 4))


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
    words = ("mistake", "severity", "contradicts", "note")
    columns = tuple(content.say(word, lang=lang) for word in words)
    return Table(content.say("mistakes-caption", lang=lang), columns, rows, style="cx-mistakes")


def _mistake_row(mistake: Mistake, card: Scorecard, content: Content, *, lang: Lang) -> tuple[str, ...]:
    judgement = card.assessment.mistakes.get(mistake.key)
    severity = content.say(f"severity-{judgement.severity}" if judgement else "severity-open", lang=lang)
    text = Html(f"{escaped(mistake.name.in_(lang))}<small>{escaped(mistake.text.in_(lang))}</small>")
    note = _note(judgement.note if judgement else None, card, lang=lang)
    shown = note + _keys(judgement.evidence if judgement else ())
    return (text, severity, _contradictions(mistake.key, card, content, lang=lang), Html(shown))


def _contradictions(mistake: str, card: Scorecard, content: Content, *, lang: Lang) -> Html:
    parts = []
    for one in card.contradictions:
        if one.mistake == mistake:
            n = content.level_keys.index(one.level) + 1
            name = content.levels[n - 1].name.in_(lang)
            said = content.say(f"contradiction-{one.state}", lang=lang, n=n, name=name)
            parts.append(f"<p>{escaped(said)}</p>")
            if one.state == "excepted":
                parts.append(_exception(mistake, one.level, card, lang=lang))
                if not one.proved:
                    parts.append(f"<p>{escaped(content.say('contradiction-unproved', lang=lang))}</p>")
    return Html("".join(parts))


def _exception(mistake: str, level: str, card: Scorecard, *, lang: Lang) -> str:
    exempt = next(e for e in card.assessment.exceptions if (e.mistake, e.level) == (mistake, level))
    return _note(exempt.reason, card, lang=lang) + _keys(exempt.evidence)


def recommendations(card: Scorecard, content: Content, found: Sequence[Recommendation], *, lang: Lang) -> Table:
    """Recommendations in the order given: for what, what to do first, owner, person-days, KPIs."""
    rows = tuple(_recommendation_row(one, content, lang=lang) for one in found)
    words = ("advice-for", "advice-do", "advice-owner", "advice-days", "advice-kpis")
    columns = tuple(content.say(word, lang=lang) for word in words)
    caption = content.say("advice-caption", lang=lang)
    return Table(caption, columns, rows, numeric=(3,), style="cx-advice")


def _recommendation_row(one: Recommendation, content: Content, *, lang: Lang) -> tuple[str, ...]:
    piece = one.advice
    owners = {owner.key: owner.name.in_(lang) for owner in content.model.owners}
    kpis = {kpi.key: kpi.name.in_(lang) for kpi in content.kpis}
    notes = [content.say(f"advice-{piece.kind}", lang=lang)]
    if piece.step:
        before, after = _STEPS[piece.step]
        notes.append(content.say("advice-step", lang=lang, before=before, after=after))
    if one.holds_back:
        results = [content.say(name, lang=lang) for name in one.holds_back]
        notes.append(content.say("advice-holds-back", lang=lang, results=listed(results, lang=lang)))
    if one.waits_for:
        names = [f"“{subject(key, content, lang=lang)}”" for key in one.waits_for]
        notes.append(content.say("advice-after", lang=lang, names=listed(names, lang=lang)))
    shown = "".join(f"<small>{escaped(note)}</small>" for note in notes)
    return (
        Html(f"{escaped(subject(piece.key, content, lang=lang))}{shown}"),
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


def indicators(card: Scorecard, content: Content, *, lang: Lang) -> Table:
    """The success indicators: rating, what it means, note and evidence."""
    records = {record.key: record for record in card.assessment.evidence}
    rows = []
    for indicator in content.indicators:
        answer = card.assessment.indicators.get(indicator.key, Answer(state="unanswered"))
        mark = mark_answer(indicator.key, answer, records, content, on=card.on)
        rows.append(_practice_row(indicator, mark, card, content, lang=lang))
    words = ("indicator", "answer", "evidence", "note")
    columns = tuple(content.say(word, lang=lang) for word in words)
    return Table(content.say("indicators-caption", lang=lang), columns, tuple(rows), style="cx-wide")


def answers(card: Scorecard, content: Content, level: str, *, lang: Lang) -> Table:
    """The answers of one level: what was asked, the rating in words, what proves it, the note."""
    rows = tuple(
        _practice_row(question, card.mark(question.key), card, content, lang=lang)
        for question in content.of_level(level)
    )
    words = ("question", "answer", "evidence", "note")
    columns = tuple(content.say(word, lang=lang) for word in words)
    caption = content.say("answers-caption", lang=lang, level=level_name(level, content, lang=lang))
    return Table(caption, columns, rows, style="cx-wide cx-answers")


def _practice_row(
    practice: Practice, mark: Mark, card: Scorecard, content: Content, *, lang: Lang
) -> tuple[str, ...]:
    core = isinstance(practice, Question) and practice.core
    suffix = f" <em>({escaped(content.say('core', lang=lang))})</em>" if core else ""
    asked = f"<small>{escaped(practice.ask.in_(lang))}</small>"
    name = Html(f"{escaped(practice.name.in_(lang))}{suffix}{asked}")
    note = Html(_note(mark.answer.note, card, lang=lang))
    return (name, _answer(practice, mark.answer, content, lang=lang), _proof(mark, content, lang=lang), note)


def _answer(practice: Practice, answer: Answer, content: Content, *, lang: Lang) -> Html:
    if answer.rating:
        rating = content.say(f"rating-{answer.rating.lower()}", lang=lang)
        # A client must not take the anchor, which speaks of any company, for a finding about this one.
        anchor = f"{content.say('anchor', lang=lang)} {practice.anchors[answer.rating].in_(lang)}"
        return Html(f"<b>{escaped(rating)}</b><small>{escaped(anchor)}</small>")
    state = f"<b>{escaped(content.say(f'state-{answer.state}', lang=lang))}</b>"
    reason = content.say(f"reason-{answer.reason}", lang=lang) if answer.reason else ""
    return Html(f"{state}<small>{escaped(reason)}</small>" if reason else state)


def _proof(mark: Mark, content: Content, *, lang: Lang) -> Html:
    """How far the evidence carries the answer, what its samples say, and the evidence itself."""
    if mark.answer.rating is None:
        return Html(_keys(tuple(link.evidence for link in mark.answer.evidence)))
    parts = [_standing(mark, content, lang=lang)]
    for link in mark.answer.evidence:
        if link.sample:
            parts.append(_sample(link, mark.answer, content, lang=lang))
    said = "".join(f"<p>{escaped(part)}</p>" for part in parts)
    return Html(said + _keys(tuple(link.evidence for link in mark.answer.evidence)))


def _standing(mark: Mark, content: Content, *, lang: Lang) -> str:
    if mark.is_proved:
        return content.say("proved-fully", lang=lang)
    if mark.counted == "N":
        return content.say("proved-not", lang=lang)
    return content.say("proved-only", lang=lang, rating=mark.counted)


def _sample(link: EvidenceLink, answer: Answer, content: Content, *, lang: Lang) -> str:
    assert link.sample is not None  # asked only for links with a sample
    k, n, rating = link.sample.k, link.sample.n, supported(link)
    more = how_many_more(k, n)
    key = "sample-unsettled" if more is None else "sample-more" if more else "sample-settled"
    share = percent(k / n, lang=lang)
    said = content.say(key, lang=lang, k=k, n=n, share=share, rating=rating, more=number(more or 0, lang=lang))
    if rating == answer.rating:
        return said
    return f"{said} {content.say('sample-differs', lang=lang, rating=answer.rating)}"


def evidence(card: Scorecard, content: Content, *, lang: Lang) -> Table:
    """The list of evidence: kind, grade on the day, source, how long it counts."""
    rows = tuple(_evidence_row(record, card, content, lang=lang) for record in card.assessment.evidence)
    words = ("evidence-key", "evidence-kind", "evidence-grade", "evidence-source", "evidence-status", "note")
    columns = tuple(content.say(word, lang=lang) for word in words)
    caption = content.say("evidence-caption", lang=lang, date=day(card.on, lang=lang))
    return Table(caption, columns, rows, style="cx-evidence")


def _evidence_row(record: Evidence, card: Scorecard, content: Content, *, lang: Lang) -> tuple[str, ...]:
    kind = content.evidence_kinds[record.kind]
    return (
        record.key,
        kind.name.in_(lang),
        _grade(record, kind, card, content, lang=lang),
        said_inline(record.source, working=card.assessment.profile.working_language, lang=lang),
        _validity(record, kind.days, card, content, lang=lang),
        Html(_note(record.note, card, lang=lang)),
    )


def _grade(record: Evidence, kind: EvidenceKind, card: Scorecard, content: Content, *, lang: Lang) -> str:
    """The grade on the day, and what it was before it expired."""
    now = record.grade(kind, on=card.on)
    return f"E{now}" if now == kind.grade else content.say("evidence-lapsed", lang=lang, now=now, was=kind.grade)


def _validity(record: Evidence, days: int, card: Scorecard, content: Content, *, lang: Lang) -> str:
    if record.on is None:
        return content.say("evidence-undated", lang=lang)
    until = record.on + timedelta(days=days)
    key = "evidence-later" if card.on < record.on else "evidence-until" if card.on <= until else "evidence-expired"
    return content.say(key, lang=lang, on=day(record.on, lang=lang), until=day(until, lang=lang))


def _note(note: Note | None, card: Scorecard, *, lang: Lang) -> str:
    if not note:
        return ""
    working = card.assessment.profile.working_language
    return said_html(note, working=working, lang=lang)


def _keys(keys: tuple[str, ...]) -> str:
    return f'<p class="cx-keys">{escaped(", ".join(dict.fromkeys(keys)))}</p>' if keys else ""
