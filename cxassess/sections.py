"""The sections of a report as HTML: what each says, with the consultant's own words first."""

from __future__ import annotations

from collections.abc import Iterator

from cxassess import charts, tables
from cxassess.advice import recommend
from cxassess.assessment import Section, Target
from cxassess.content import Content
from cxassess.scoring import RESULTS, Leverage, Result, ResultName, Scorecard, Unmet
from cxassess.text import Html, Lang, Note, day, escaped, listed, number, percent, said_html, said_inline

_SECTIONS = (
    "summary",
    "profile",
    "missing",
    "levels",
    "why-not",
    "advice",
    "mistakes",
    "indicators",
    "answers",
    "method",
)
# What a board can take in; all of them are there from Python.
_MOST_RECOMMENDED = 12


def title(card: Scorecard, content: Content, *, lang: Lang) -> Html:
    """The top of the report: whose assessment it is, of what unit, as of when, and whether it is a draft."""
    profile = card.assessment.profile
    date = content.say("as-of", lang=lang, date=day(card.on, lang=lang))
    lines = [
        f'<p class="cx-kicker">{escaped(content.say("report-title", lang=lang))}</p>',
        f"<h1>{escaped(profile.organisation)}</h1>",
        f'<p class="cx-unit">{escaped(_unit(card, content, lang=lang))} · {escaped(date)}</p>',
    ]
    if card.draft:
        counts = {"answers": len(card.unanswered), "mistakes": len(card.unjudged)}
        why = escaped(content.say("draft-why", lang=lang, **counts))
        lines.append(f'<p class="cx-draft"><b>{escaped(content.say("draft", lang=lang))}.</b> {why}</p>')
    return Html("".join(lines) + _contents(card, content, lang=lang))


def _contents(card: Scorecard, content: Content, *, lang: Lang) -> str:
    """Links to the sections that stand in the report."""
    absent = {"missing": not card.draft, "advice": not recommend(card, content)}
    shown = [key for key in _SECTIONS if not absent.get(key)]
    links = (f'<li><a href="#{key}">{escaped(content.say(f"heading-{key}", lang=lang))}</a></li>' for key in shown)
    return f'<nav aria-label="{escaped(content.say("contents", lang=lang))}"><ul>{"".join(links)}</ul></nav>'


def _heading(key: str, content: Content, *, lang: Lang) -> str:
    return f'<h2 id="{key}">{escaped(content.say(f"heading-{key}", lang=lang))}</h2>'


def _unit(card: Scorecard, content: Content, *, lang: Lang) -> str:
    unit = card.assessment.profile.unit
    return content.say(f"unit-{unit.kind}", lang=lang, name=unit.name or "")


def summary(card: Scorecard, content: Content, *, lang: Lang) -> Html:
    """The three levels with a sentence each, and what else a reader must know at once."""
    boxes = "".join(_box(name, card, content, lang=lang) for name in RESULTS)
    further = "".join(f"<p>{escaped(line)}</p>" for line in _further(card, content, lang=lang))
    return _section("summary", f'<div class="cx-levels">{boxes}</div>{further}', card, content, lang=lang)


def _box(name: ResultName, card: Scorecard, content: Content, *, lang: Lang) -> str:
    result = card.results[name]
    level = content.levels[result.attained - 1].name.in_(lang) if result.attained else ""
    lines = [
        f'<p class="cx-result">{escaped(content.say(name, lang=lang))}</p>',
        f'<p class="cx-number">{result.shown}</p>',
        f'<p class="cx-name">{escaped(level)}</p>',
        f"<p>{escaped(headline(name, card, content, lang=lang))}</p>",
    ]
    if name == "consistent" and card.unjudged:
        counts = {"count": len(card.unjudged), "all": len(content.mistakes)}
        lines.append(f"<p>{escaped(content.say('consistent-draft', lang=lang, **counts))}</p>")
    return f'<div class="cx-box cx-{name}">{"".join(lines)}</div>'


def headline(name: ResultName, card: Scorecard, content: Content, *, lang: Lang) -> str:
    """The sentence of one result; "at least" where a not-rated level stops the climb."""
    result = card.results[name]
    values: dict[str, object] = {"n": result.attained}
    if result.attained:
        values["name"] = content.levels[result.attained - 1].name.in_(lang)
    if result.not_rated_at:
        values["next"] = content.level_keys.index(result.not_rated_at) + 1
        values["next_name"] = content.levels[result.attained].name.in_(lang)
    if name == "verified":
        values["proved"] = sum(mark.is_proved for mark in card.marks)
        values["rated"] = sum(mark.answer.state == "rated" for mark in card.marks)
    return content.say(f"{name}-{_case(name, result, card)}", lang=lang, **values)


def _case(name: ResultName, result: Result, card: Scorecard) -> str:
    if result.not_rated_at and not (name == "verified" and _lacks_proof(card)):
        return "at-least"
    if result.attained:
        return "level"
    # Without proof, and with nothing to prove, are two different things to tell a client.
    return "fallen" if name == "verified" and not _lacks_proof(card) else "none"


def _lacks_proof(card: Scorecard) -> bool:
    return card.verified.attained == 0 < card.consistent.attained


def _further(card: Scorecard, content: Content, *, lang: Lang) -> Iterator[str]:
    claimed = card.claimed
    # Above a level that is only not rated, nothing is known of the base.
    if claimed.reach > claimed.attained and not claimed.not_rated_at:
        yield content.say("islands", lang=lang, reach=claimed.reach)
    if card.if_unknown_n.attained != claimed.attained:
        yield content.say("if-unknown-n", lang=lang, n=card.if_unknown_n.shown)
    yield content.say("secured-sentence", lang=lang, n=claimed.secured)
    yield content.say("height-sentence", lang=lang, height=number(claimed.height, 2, lang=lang))
    if card.if_unknown_f.height > claimed.height:
        height = number(card.if_unknown_f.height, 2, lang=lang)
        yield content.say("if-unknown-f", lang=lang, n=card.if_unknown_f.shown, height=height)


def profile(card: Scorecard, content: Content, *, lang: Lang) -> Html:
    """Unit, group, trade, size, objective, customers, competitors, targets: what the profile holds, no more."""
    rows = "".join(
        f"<dt>{escaped(content.say(word, lang=lang))}</dt><dd>{value}</dd>"
        for word, value in _facts(card, content, lang=lang)
    )
    return Html(f"{_heading('profile', content, lang=lang)}<dl>{rows}</dl>")


def _facts(card: Scorecard, content: Content, *, lang: Lang) -> Iterator[tuple[str, Html]]:
    known = card.assessment.profile
    yield "unit", escaped(_unit(card, content, lang=lang))
    if known.group:
        yield "group", escaped(" › ".join(known.group))
    if known.trade:
        yield "trade", said_inline(known.trade, working=known.working_language, lang=lang)
    if known.size:
        yield "size", escaped(content.say(f"size-{known.size}", lang=lang))
    if known.objective:
        yield "objective", _typed(known.objective, card, lang=lang)
    if known.customer_groups:
        groups = (f"<li>{_typed(group, card, lang=lang)}</li>" for group in known.customer_groups)
        yield "customer-groups", Html(f"<ul>{''.join(groups)}</ul>")
    if known.competitors:
        yield "competitors", escaped(listed(list(known.competitors), lang=lang))
    if targets := [_target(target, card, content, lang=lang) for target in card.assessment.targets]:
        yield "targets", Html("".join(targets))
    if notes := [_typed(note, card, lang=lang) for note in (known.note, card.assessment.note) if note]:
        yield "note", Html("".join(notes))


def _target(target: Target, card: Scorecard, content: Content, *, lang: Lang) -> str:
    key = "target-by" if target.by else "target-open"
    date = day(target.by, lang=lang) if target.by else ""
    said = f"<p>{escaped(content.say(key, lang=lang, n=target.level, date=date))}</p>"
    return said + (_typed(target.note, card, lang=lang) if target.note else "")


def missing(card: Scorecard, content: Content, *, lang: Lang) -> Html:
    """What a draft still lacks, by name; nothing where the assessment is complete."""
    if not card.draft:
        return Html("")
    questions = [content.by_key[key].name.in_(lang) for key in card.unanswered]
    mistakes = [content.mistake(key).name.in_(lang) for key in card.unjudged]
    parts = [_heading("missing", content, lang=lang)]
    for word, names in (("missing-answers", questions), ("missing-mistakes", mistakes)):
        if names:
            items = "".join(f"<li>{escaped(name)}</li>" for name in names)
            parts.append(f"<h3>{escaped(content.say(word, lang=lang))} ({len(names)})</h3><ul>{items}</ul>")
    return Html("".join(parts))


def levels(card: Scorecard, content: Content, *, lang: Lang) -> Html:
    """The pyramid, the table behind it, and what the not-applicable answers are worth."""
    leverage = "".join(f"<p>{escaped(_leverage(one, content, lang=lang))}</p>" for one in card.not_applicable)
    letters = {letter: content.say(f"rating-{letter}", lang=lang) for letter in "nplf"}
    notes = (content.say("letters-note", lang=lang, **letters), content.say("bounds-note", lang=lang))
    note = "".join(f'<p class="cx-fine">{escaped(line)}</p>' for line in notes)
    body = pyramid(card, content, lang=lang) + tables.levels(card, content, lang=lang).html() + note + leverage
    return _section("levels", body, card, content, lang=lang)


def pyramid(card: Scorecard, content: Content, *, lang: Lang) -> Html:
    """The pyramid as inline SVG, described in words for those who do not see it."""
    import vl_convert

    chart = charts.pyramid(card, content, lang=lang).to_dict()
    svg = vl_convert.vegalite_to_svg(chart)
    attained = {name: result.shown for name, result in card.results.items()}
    described = escaped(content.say("pyramid-alt", lang=lang, **attained))
    caption = escaped(content.say("pyramid-caption", lang=lang))
    image = f'<div role="img" aria-label="{described}">{svg}</div>'
    return Html(f'<figure class="cx-chart">{image}<figcaption>{caption}</figcaption></figure>')


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


def why_not(card: Scorecard, content: Content, *, lang: Lang) -> Html:
    """For each result the conditions of the next level that do not hold, and what they hang on."""
    body = "".join(_why_not(name, card, content, lang=lang) for name in RESULTS)
    return _section("why-not", body, card, content, lang=lang)


def _why_not(name: ResultName, card: Scorecard, content: Content, *, lang: Lang) -> str:
    result = card.results[name]
    if result.attained == len(content.levels):
        said = content.say("top-reached", lang=lang, result=content.say(name, lang=lang))
        return f"<p>{escaped(said)}</p>"
    level = content.levels[result.attained].name.in_(lang)
    before = next((other for other in RESULTS if card.why_not[other] == card.why_not[name]), name)
    heading = escaped(content.say(f"why-not-{name}", lang=lang, n=result.attained + 1, name=level))
    if before != name:
        same = content.say("why-not-same", lang=lang, result=content.say(before, lang=lang))
        return f"<h3>{heading}</h3><p>{escaped(same)}</p>"
    items = "".join(f"<li>{_unmet(one, name, content, lang=lang)}</li>" for one in card.why_not[name])
    return f"<h3>{heading}</h3><ul>{items}</ul>"


def _unmet(unmet: Unmet, name: ResultName, content: Content, *, lang: Lang) -> str:
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
    hangs = f"{content.say('hangs-on', lang=lang)}: {listed(names, lang=lang)}." if names else ""
    return f"{escaped(said)}{f'<small>{escaped(hangs)}</small>' if hangs else ''}"


def _rated_test(unmet: Unmet) -> str:
    """Which of the three tests a not-rated level fails: a count, a share too small, or too much left out."""
    if unmet.wants > 1:
        return "count"
    return "share" if unmet.has < unmet.wants else "dropped"


def _amount(value: float, unmet: Unmet, *, lang: Lang) -> str:
    is_count = unmet.need == "rated" and _rated_test(unmet) == "count"
    return number(value, lang=lang) if is_count else percent(value, lang=lang)


def advice(card: Scorecard, content: Content, *, lang: Lang) -> Html:
    """The first recommendations, ranked; nothing where the content gives no advice or nothing is left to do."""
    found = recommend(card, content)
    if not found:
        return Html("")
    shown = found[:_MOST_RECOMMENDED]
    table = tables.recommendations(card, content, shown, lang=lang).html()
    more = content.say("advice-more", lang=lang, shown=len(shown), all=len(found))
    body = f'{table}<p class="cx-fine">{escaped(more)}</p>'
    return _section("advice", body, card, content, lang=lang)


def mistakes(card: Scorecard, content: Content, *, lang: Lang) -> Html:
    """The mistakes found, worst first, with the levels they contradict; then those looked for and not found."""
    table = tables.mistakes(card, content, lang=lang)
    body = table.html() if table.rows else Html("")
    absent = [m.name.in_(lang) for m in content.mistakes if card.assessment.severity_of(m.key) == 0]
    if absent:
        said = f"{content.say('mistakes-none', lang=lang)}: {listed(absent, lang=lang)}."
        body = Html(f"{body}<p>{escaped(said)}</p>")
    return _section("mistakes", body, card, content, lang=lang)


def indicators(card: Scorecard, content: Content, *, lang: Lang) -> Html:
    """The success indicators, and where they sit oddly with the level claimed."""
    names = {indicator.key: indicator.name.in_(lang) for indicator in content.indicators}
    tensions = "".join(
        f"<p>{escaped(content.say('tension', lang=lang, **values))}</p>"
        for values in (
            {
                "n": content.level_keys.index(tension.level) + 1,
                "indicator": names[tension.indicator],
                "rating": tension.rating,
            }
            for tension in card.tensions
        )
    )
    body = tensions + tables.indicators(card, content, lang=lang).html()
    return _section("indicators", body, card, content, lang=lang)


def answers(card: Scorecard, content: Content, *, lang: Lang) -> Html:
    """Every answer with what proves it, level by level, and the list of evidence."""
    body = "".join(
        f"<h3>{escaped(tables.level_name(level.key, content, lang=lang))}</h3>"
        f"<p>{escaped(level.gist.in_(lang))}</p>"
        f"{tables.answers(card, content, level.key, lang=lang).html()}"
        for level in content.levels
    )
    if card.assessment.evidence:
        heading = escaped(content.say("heading-evidence", lang=lang))
        note = f'<p class="cx-fine">{escaped(content.say("evidence-note", lang=lang))}</p>'
        body += f"<h3>{heading}</h3>{tables.evidence(card, content, lang=lang).html()}{note}"
    return _section("answers", body, card, content, lang=lang)


def method(card: Scorecard, content: Content, *, lang: Lang) -> Html:
    """How the result came about and what it cannot say."""
    words = ("method-nature", "method-gates", "method-three", "method-evidence", "method-limits")
    said = [content.say(word, lang=lang) for word in words]
    name = content.model.name.in_(lang)
    said.append(content.say("method-version", lang=lang, model=name, version=card.version))
    body = "".join(f"<p>{escaped(line)}</p>" for line in said)
    return _section("method", body, card, content, lang=lang)


def _section(key: Section, body: str, card: Scorecard, content: Content, *, lang: Lang) -> Html:
    """A heading, the consultant's commentary if there is one, then what was computed."""
    heading = _heading(key, content, lang=lang)
    note = card.assessment.commentary.get(key)
    commentary = f'<div class="cx-commentary">{_typed(note, card, lang=lang)}</div>' if note else ""
    return Html(f"{heading}{commentary}{body}")


def _typed(note: Note, card: Scorecard, *, lang: Lang) -> Html:
    return said_html(note, working=card.assessment.profile.working_language, lang=lang)
