"""A second scorer, in exact fractions: what METHOD 1 to 8 say, in simple loops, written without the first.

It shares no line with cxassess.pyramid and is as slow and as plain as can be. What it gives has the shape of
METHOD 9, so that two scorecards can be laid one upon the other; where the two differ, the page decides.
"""

import math
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import pairwise
from typing import Any

from cxassess.content.practices import Question
from cxassess.content.reading import Content
from cxassess.document.answers import Answer, Evidence, EvidenceLink
from cxassess.document.assessment import Assessment

POINTS = {"N": Fraction(0), "P": Fraction(1, 3), "L": Fraction(2, 3), "F": Fraction(1)}
LETTERS = ["N", "P", "L", "F"]
CUTS = [Fraction(15, 100), Fraction(1, 2), Fraction(85, 100)]
OPEN = ("unknown", "unanswered")
HALF, TWO_THIRDS = Fraction(1, 2), Fraction(2, 3)
# What a contradiction leaves of a level, by the severity of the mistake (METHOD 5).
CAPS = {2: Fraction(85, 100), 3: Fraction(1, 2)}
CONTRADICTED = {2: ["F"], 3: ["L", "F"]}


def letter_of(share: Fraction) -> str:
    """METHOD 1: a cut belongs to the band below it."""
    letter = "N"
    for cut, above in zip(CUTS, "PLF", strict=True):
        if share > cut:
            letter = above
    return letter


# --- evidence ---


def grade(evidence: Evidence, content: Content, on: date) -> int:
    """METHOD 4 and 8: in full within its shelf life, after it or undated at most 1, before its date nothing."""
    kind = content.evidence_kinds[evidence.kind]
    if evidence.on is None:
        return min(kind.grade, 1)
    if on < evidence.on:
        return 0
    if on > evidence.on + timedelta(days=kind.days):
        return min(kind.grade, 1)
    return kind.grade


@cache
def sample_letter(k: int, n: int) -> str:
    """METHOD 4: the most probable band under Beta(k+½, n−k+½), the lower on a tie.

    With x = sin²t the density becomes sin(t)^2k · cos(t)^2(n−k), which Simpson's rule sums.
    """
    edges = [0.0, *(math.asin(math.sqrt(cut)) for cut in CUTS), math.pi / 2]
    masses = []
    for low, high in pairwise(edges):
        steps = 400
        width = (high - low) / steps
        mass = 0.0
        for step in range(steps + 1):
            weight = 1 if step in (0, steps) else 4 if step % 2 else 2
            angle = low + step * width
            mass += weight * math.sin(angle) ** (2 * k) * math.cos(angle) ** (2 * (n - k))
        masses.append(mass * width / 3)
    best = 0
    for band in (1, 2, 3):
        if masses[band] > masses[best] * (1 + 1e-9):
            best = band
    return LETTERS[best]


def supported_by(link: EvidenceLink) -> str | None:
    """The rating one link supports; None where it does not say."""
    if link.sample is not None:
        return sample_letter(link.sample.k, link.sample.n)
    return link.supports


def proved_rating(assessment: Assessment, content: Content, key: str, on: date) -> str | None:
    """The highest rating that current evidence of grade 2 or more supports; None where there is none such."""
    records = {record.key: record for record in assessment.evidence}
    best: str | None = None
    for link in assessment.answer_to(key).evidence:
        if grade(records[link.evidence], content, on) >= 2:
            rating = supported_by(link)
            if rating is None:
                continue
            if best is None or LETTERS.index(rating) > LETTERS.index(best):
                best = rating
    return best


def counted_rating(assessment: Assessment, content: Content, key: str, on: date) -> str | None:
    """What an answer counts as in verified; None where it is not applicable."""
    answer = assessment.answer_to(key)
    if answer.state == "not-applicable":
        return None
    if answer.rating is None:
        return "N"
    proved = proved_rating(assessment, content, key, on) or "N"
    return min(answer.rating, proved, key=LETTERS.index)


# --- one level ---


def weight_of(assessment: Assessment, key: str) -> Fraction:
    return fraction(assessment.weights.get(key, Decimal(1)))


@cache
def fraction(weight: Decimal) -> Fraction:
    return Fraction(weight)


def weights_by_state(assessment: Assessment, questions: tuple[Question, ...]) -> dict[str, Fraction]:
    """The weight of a level that is rated, open and not applicable."""
    sums = {"rated": Fraction(0), "open": Fraction(0), "not-applicable": Fraction(0)}
    for question in questions:
        state = assessment.answer_to(question.key).state
        sums["open" if state in OPEN else state] += weight_of(assessment, question.key)
    return sums


def failed_test(assessment: Assessment, questions: tuple[Question, ...]) -> tuple[str, Fraction, Fraction] | None:
    """METHOD 2: the first of the three tests that a level fails, what it has and what it should have."""
    sums = weights_by_state(assessment, questions)
    applicable = sums["rated"] + sums["open"]
    total = applicable + sums["not-applicable"]
    count = 0
    for question in questions:
        if assessment.answer_to(question.key).state == "rated":
            count += 1
    if applicable > 0 and sums["rated"] / applicable < Fraction(70, 100):
        return "share", sums["rated"] / applicable, Fraction(70, 100)
    if sums["not-applicable"] / total > Fraction(2, 5):
        return "dropped", sums["not-applicable"] / total, Fraction(2, 5)
    if count < 3:
        return "count", Fraction(count), Fraction(3)
    return None


def mean(assessment: Assessment, points: dict[str, Fraction]) -> Fraction:
    """Σ w·x / Σ w over the questions that have points; 0 over none."""
    top, bottom = Fraction(0), Fraction(0)
    for key, x in points.items():
        top += weight_of(assessment, key) * x
        bottom += weight_of(assessment, key)
    return top / bottom if bottom else Fraction(0)


def points_of(
    assessment: Assessment, questions: tuple[Question, ...], *, open_as: Fraction | None
) -> dict[str, Fraction]:
    """The points of the answers as given; what is open has those of `open_as`, or is left out."""
    points = {}
    for question in questions:
        answer = assessment.answer_to(question.key)
        if answer.rating is not None:
            points[question.key] = POINTS[answer.rating]
        elif answer.state in OPEN and open_as is not None:
            points[question.key] = open_as
    return points


def core_of(questions: tuple[Question, ...]) -> str | None:
    for question in questions:
        if question.core:
            return question.key
    return None


def held(share: Fraction, *, capped: bool) -> Fraction:
    """METHOD 2: the core cap."""
    return min(share, HALF) if capped else share


def claimed_level(assessment: Assessment, content: Content, level: str) -> dict[str, Any]:
    """One level of the claimed result, with its mean before any cap."""
    questions = content.of_level(level)
    core = core_of(questions)
    core_answer = assessment.answer_to(core) if core else None
    core_is_n = core_answer is not None and core_answer.rating == "N"
    core_is_open = core_answer is not None and core_answer.state in OPEN
    raw = mean(assessment, points_of(assessment, questions, open_as=None))
    low = mean(assessment, points_of(assessment, questions, open_as=Fraction(0)))
    high = mean(assessment, points_of(assessment, questions, open_as=Fraction(1)))
    return level_dict(
        level,
        held(raw, capped=core_is_n or core_is_open),
        (held(low, capped=core_is_n or core_is_open), held(high, capped=core_is_n)),
        rated=failed_test(assessment, questions) is None,
        raw=raw,
    )


def verified_level(assessment: Assessment, content: Content, level: str, on: date) -> dict[str, Any]:
    """One level of the verified result, before contradictions: what is not proved counts as N."""
    questions = content.of_level(level)
    points, core_is_n = {}, False
    for question in questions:
        counted = counted_rating(assessment, content, question.key, on)
        if counted is not None:
            points[question.key] = POINTS[counted]
            core_is_n = core_is_n or (question.core and counted == "N")
    raw = mean(assessment, points)
    share = held(raw, capped=core_is_n)
    return level_dict(level, share, (share, share), rated=failed_test(assessment, questions) is None, raw=raw)


def level_dict(
    key: str, share: Fraction, bounds: tuple[Fraction, Fraction], *, rated: bool, raw: Fraction
) -> dict[str, Any]:
    """A level as METHOD 9 prints it."""
    return {
        "key": key,
        "achievement": share if rated else None,
        "lower": bounds[0],
        "upper": bounds[1],
        "letter": letter_of(share) if rated else None,
        "rated": rated,
        "mean": raw,
    }


def capped_level(level: dict[str, Any], cap: Fraction) -> dict[str, Any]:
    """The level after contradictions."""
    share = min(level["achievement"], cap) if level["rated"] else Fraction(0)
    bounds = (min(level["lower"], cap), min(level["upper"], cap))
    return level_dict(level["key"], share, bounds, rated=level["rated"], raw=level["mean"])


# --- a result ---


def climbed(shares: list[Fraction], *, gate: Fraction | None, strictly: bool) -> int:
    """The largest level over 1/2 whose lower levels all pass the gate."""
    highest = 0
    for number in range(1, len(shares) + 1):
        carried = True
        for below in shares[: number - 1]:
            if gate is not None and not (below > gate if strictly else below >= gate):
                carried = False
        if carried and shares[number - 1] > HALF:
            highest = number
    return highest


def result_of(levels: list[dict[str, Any]]) -> dict[str, Any]:
    """METHOD 3, from the levels of a result; a level that is not rated counts as 0."""
    shares = []
    for level in levels:
        shares.append(level["achievement"] if level["rated"] else Fraction(0))
    height = Fraction(0)
    for number, share in enumerate(shares):
        product = share
        for below in shares[:number]:
            product *= min(Fraction(1), below / TWO_THIRDS)
        height += product
    attained = climbed(shares, gate=TWO_THIRDS, strictly=False)
    return {
        "attained": attained,
        "secured": climbed(shares, gate=Fraction(85, 100), strictly=True),
        "reach": climbed(shares, gate=None, strictly=False),
        "height": height,
        "not_rated_at": stopped_by(levels, attained),
        "levels": levels,
    }


def stopped_by(levels: list[dict[str, Any]], attained: int) -> str | None:
    """METHOD 3: the level that alone stops the climb because it is not rated."""
    if attained == len(levels) or levels[attained]["rated"]:
        return None
    for below in levels[:attained]:
        if not below["rated"] or below["achievement"] < TWO_THIRDS:
            return None
    key: str = levels[attained]["key"]
    return key


def claimed_result(assessment: Assessment, content: Content) -> dict[str, Any]:
    return result_of([claimed_level(assessment, content, key) for key in content.level_keys])


def if_open_were(claimed: dict[str, Any], bound: str) -> dict[str, Any]:
    """The claimed result at one of its bounds; which levels are rated stays with the answers as given."""
    levels = []
    for level in claimed["levels"]:
        bounds = (level["lower"], level["upper"])
        levels.append(level_dict(level["key"], level[bound], bounds, rated=level["rated"], raw=level["mean"]))
    return result_of(levels)


# --- contradictions and tensions ---


def contradictions_of(
    assessment: Assessment, content: Content, claimed: dict[str, Any], on: date
) -> list[dict[str, Any]]:
    """METHOD 5: one a mistake and level, in the order of the content."""
    letters = {level["key"]: level["letter"] for level in claimed["levels"]}
    records = {record.key: record for record in assessment.evidence}
    found = []
    for mistake in content.mistakes:
        severity = assessment.severity_of(mistake.key)
        for link in mistake.contradicts:
            if severity not in (2, 3) or letters[link.level] not in CONTRADICTED[severity]:
                continue
            state, proved = "open", False
            for exception in assessment.exceptions:
                if (exception.mistake, exception.level) == (mistake.key, link.level):
                    state = "excepted"
                    for key in exception.evidence:
                        proved = proved or grade(records[key], content, on) >= 2
            found.append(
                {
                    "mistake": mistake.key,
                    "level": link.level,
                    "severity": severity,
                    "state": state,
                    "proved": proved,
                }
            )
    return found


def stands(contradiction: dict[str, Any], *, verified: bool) -> bool:
    """METHOD 5: an exception lifts the cap in consistent, in verified only when it is proved."""
    if contradiction["state"] == "open":
        return True
    return verified and not contradiction["proved"]


def after_contradictions(
    levels: list[dict[str, Any]], contradictions: list[dict[str, Any]], *, verified: bool
) -> list[dict[str, Any]]:
    made = []
    for level in levels:
        cap = Fraction(1)
        for one in contradictions:
            if one["level"] == level["key"] and stands(one, verified=verified):
                cap = min(cap, CAPS[one["severity"]])
        made.append(capped_level(level, cap))
    return made


def tensions_of(assessment: Assessment, content: Content, attained: int) -> list[dict[str, Any]]:
    """METHOD 6: level 4 or more claimed while an indicator is N or P."""
    found = []
    for indicator in content.indicators:
        answer = assessment.indicators.get(indicator.key)
        if attained >= 4 and answer is not None and answer.rating in ("N", "P"):
            level = content.level_keys[attained - 1]
            found.append({"indicator": indicator.key, "rating": answer.rating, "level": level})
    return found


# --- why not ---


def why_not(
    result: dict[str, Any],
    assessment: Assessment,
    content: Content,
    standing: list[dict[str, Any]],
    on: date | None,
) -> list[dict[str, Any]]:
    """METHOD 7: the unmet conditions of the next level, bottom first. With a date, of the verified result."""
    found = []
    if result["attained"] == len(result["levels"]):
        return found
    for number, level in enumerate(result["levels"][: result["attained"] + 1]):
        is_next = number == result["attained"]
        found += unmet(level, assessment, content, standing, on, is_next=is_next)
    return found


def unmet(
    level: dict[str, Any],
    assessment: Assessment,
    content: Content,
    standing: list[dict[str, Any]],
    on: date | None,
    *,
    is_next: bool,
) -> list[dict[str, Any]]:
    """The unmet conditions of one level."""
    questions = content.of_level(level["key"])
    if not level["rated"]:
        return [not_rated(level["key"], assessment, questions)]

    def passes(share: Fraction) -> bool:
        return share > HALF if is_next else share >= TWO_THIRDS

    low, core_is_n = [], False
    for question in questions:
        answer = assessment.answer_to(question.key)
        counted = answer.rating if on is None else counted_rating(assessment, content, question.key, on)
        if counted in ("N", "P"):
            low.append(question.key)
        if question.core and (counted == "N" or answer.state in OPEN):
            core_is_n = True
    mistakes = []
    for one in standing:
        if one["level"] == level["key"] and one["severity"] == 3:
            mistakes.append(one["mistake"])

    found = []
    if not passes(level["mean"]):
        need, wants = ("achievement", HALF) if is_next else ("gate", TWO_THIRDS)
        found.append(condition(level["key"], need, level["mean"], wants, questions=low))
    if core_is_n and not passes(level["achievement"]):
        core = core_of(questions)
        found.append(condition(level["key"], "core", Fraction(0), Fraction(1, 3), questions=[core]))
    if mistakes:
        found.append(condition(level["key"], "contradiction", Fraction(3), Fraction(2), mistakes=mistakes))
    return found


def not_rated(level: str, assessment: Assessment, questions: tuple[Question, ...]) -> dict[str, Any]:
    """Why a level is not rated: the first test that fails, and the questions it hangs on."""
    failed = failed_test(assessment, questions)
    assert failed
    test, has, wants = failed
    # Of a level with too few answers both kinds are named, the open ones first.
    states = {"share": [OPEN], "dropped": [("not-applicable",)], "count": [OPEN, ("not-applicable",)]}
    keys = []
    for kind in states[test]:
        for question in questions:
            if assessment.answer_to(question.key).state in kind:
                keys.append(question.key)
    return condition(level, "rated", has, wants, questions=keys)


def condition(
    level: str, need: str, has: Fraction, wants: Fraction, questions: Any = (), mistakes: Any = ()
) -> dict[str, Any]:
    """An unmet condition as METHOD 9 prints it."""
    return {
        "level": level,
        "need": need,
        "has": has,
        "wants": wants,
        "questions": list(questions),
        "mistakes": list(mistakes),
    }


# --- the whole ---


def still_open(assessment: Assessment, content: Content) -> dict[str, list[str]]:
    """METHOD 9: what makes it a draft: questions nobody answered, mistakes nobody judged."""
    unanswered, unjudged = [], []
    for question in content.questions:
        if assessment.answer_to(question.key).state == "unanswered":
            unanswered.append(question.key)
    for mistake in content.mistakes:
        if assessment.severity_of(mistake.key) is None:
            unjudged.append(mistake.key)
    return {"unanswered": unanswered, "unjudged": unjudged}


def leverage(assessment: Assessment, content: Content, claimed: dict[str, Any]) -> list[dict[str, Any]]:
    """METHOD 7: for each level with not-applicable answers, the claimed result with those rated N."""
    found = []
    for number, level in enumerate(content.level_keys):
        dropped = []
        for question in content.of_level(level):
            if assessment.answer_to(question.key).state == "not-applicable":
                dropped.append(question.key)
        if dropped:
            answers = {**assessment.answers, **dict.fromkeys(dropped, Answer(state="rated", rating="N"))}
            levels = list(claimed["levels"])
            levels[number] = claimed_level(assessment.replaced(answers=answers), content, level)
            found.append({"level": level, "questions": dropped, "as_is": claimed, "if_n": result_of(levels)})
    return found


def plain_score(assessment: Assessment, content: Content, *, on: date) -> dict[str, Any]:
    """The scorecard of METHOD 9 in fractions, and what else is printed of it: leverage, the open at N and at F."""
    claimed = claimed_result(assessment, content)
    contradictions = contradictions_of(assessment, content, claimed, on)
    verified_levels = [verified_level(assessment, content, key, on) for key in content.level_keys]
    results = {
        "claimed": claimed,
        "consistent": result_of(after_contradictions(claimed["levels"], contradictions, verified=False)),
        "verified": result_of(after_contradictions(verified_levels, contradictions, verified=True)),
    }
    standing = {
        "claimed": [],
        "consistent": [one for one in contradictions if stands(one, verified=False)],
        "verified": [one for one in contradictions if stands(one, verified=True)],
    }
    reasons = {}
    for name, result in results.items():
        proved_on = on if name == "verified" else None
        reasons[name] = why_not(result, assessment, content, standing[name], proved_on)
    return {
        **still_open(assessment, content),
        **results,
        "contradictions": contradictions,
        "tensions": tensions_of(assessment, content, claimed["attained"]),
        "why_not": reasons,
        "not_applicable": leverage(assessment, content, claimed),
        "if_unknown_n": if_open_were(claimed, "lower"),
        "if_unknown_f": if_open_were(claimed, "upper"),
    }
