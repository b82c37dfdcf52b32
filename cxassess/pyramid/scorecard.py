"""Everything computed from one assessment on one date, as frozen values; no rule is here."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal, get_args

from cxassess.content.model import PROVING_GRADE, RATINGS, Rating
from cxassess.content.practices import Advice
from cxassess.document.answers import Answer
from cxassess.document.assessment import Assessment
from cxassess.pyramid.contradictions import Contradiction, Tension

ResultName = Literal["claimed", "consistent", "verified"]


RESULTS: tuple[ResultName, ...] = ("claimed", "consistent", "verified")


# How far evidence carries an answer. What has no rating has nothing to prove.
Proof = Literal["proved", "partly", "unproved", "unrated"]


PROOFS: tuple[Proof, ...] = get_args(Proof)


Need = Literal["achievement", "gate", "core", "rated", "contradiction"]


@dataclass(frozen=True)
class LevelResult:
    """One level of one result. Shares of one; `mean` is the achievement before any cap.

    A level that is not rated has no achievement and no letter, but still has bounds.
    """

    key: str
    achievement: float | None
    lower: float
    upper: float
    letter: Rating | None
    rated: bool
    mean: float


@dataclass(frozen=True)
class Result:
    """A level reached, by one reading of the answers.

    attained, secured and reach are numbers from 0 to 6, height is the gated height H. `not_rated_at` is the
    key of the not-rated level that alone stops the climb: then the truth is "at least" the level attained.
    """

    attained: int
    secured: int
    reach: int
    height: float
    not_rated_at: str | None
    levels: tuple[LevelResult, ...]

    @property
    def shown(self) -> str:
        """The level as it may be printed: "≥ 2" where a not-rated level stops the climb, never "2" alone."""
        return f"≥ {self.attained}" if self.not_rated_at else str(self.attained)

    def level(self, key: str) -> LevelResult:
        """One level's result."""
        return {level.key: level for level in self.levels}[key]


@dataclass(frozen=True)
class Unmet:
    """A condition for the next level that does not hold: what it has, what it wants, what it hangs on."""

    level: str
    need: Need
    has: float
    wants: float
    questions: tuple[str, ...] = ()
    mistakes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Leverage:
    """What a level's not-applicable answers are worth: the claimed result as it is, and with them rated N."""

    level: str
    questions: tuple[str, ...]
    as_is: Result
    if_n: Result


@dataclass(frozen=True)
class Mark:
    """One answer as it counts: its rating, the rating its evidence proves, and its best current grade."""

    key: str
    answer: Answer
    proved: Rating
    grade: int

    @property
    def counted(self) -> Rating:
        """The rating that counts in the verified result."""
        return min(self.answer.rating or "N", self.proved, key=RATINGS.index)

    @property
    def proof(self) -> Proof:
        """How far current evidence of grade 2 or more carries the rating. METHOD 4.

        It proves the whole rating (N, too, is proved by evidence only), or a lower one, or nothing.
        """
        if self.answer.rating is None:
            return "unrated"
        if self.grade >= PROVING_GRADE and self.counted == self.answer.rating:
            return "proved"
        return "unproved" if self.counted == "N" else "partly"


@dataclass(frozen=True)
class Recommendation:
    """One piece of advice for one company.

    `days` are person-days at its size. `holds_back` names the results whose next level hangs on it; `waits_for`
    the advice that must be done before and is not. `level` is None for an indicator or a mistake without a level.
    `is_quick` says that it is a quick win here, and not only in general.
    """

    advice: Advice
    level: str | None
    days: float
    holds_back: tuple[ResultName, ...]
    waits_for: tuple[str, ...]
    is_quick: bool

    @property
    def whole_days(self) -> int:
        """The person-days as they are said: an estimate has no decimals, and nothing takes no time."""
        return max(1, round(self.days))


@dataclass(frozen=True)
class Scorecard:
    """Everything computed from one assessment on one date; charts, tables and reports need nothing else.

    `if_unknown_n` and `if_unknown_f` are the claimed result if every open answer were N, or F; the not-rated
    test stays that of the answers as given. `recommendations` are what to do next, the best first.
    """

    assessment: Assessment
    model: str
    version: str
    on: date
    claimed: Result
    consistent: Result
    verified: Result
    marks: tuple[Mark, ...]
    contradictions: tuple[Contradiction, ...]
    tensions: tuple[Tension, ...]
    why_not: dict[ResultName, tuple[Unmet, ...]]
    not_applicable: tuple[Leverage, ...]
    unanswered: tuple[str, ...]
    unjudged: tuple[str, ...]
    if_unknown_n: Result
    if_unknown_f: Result
    recommendations: tuple[Recommendation, ...]

    @property
    def draft(self) -> bool:
        """Whether an answer or a severity is still missing."""
        return bool(self.unanswered or self.unjudged)

    @property
    def results(self) -> dict[ResultName, Result]:
        """The three results by name."""
        return {"claimed": self.claimed, "consistent": self.consistent, "verified": self.verified}

    def mark(self, key: str) -> Mark:
        """How one answer counts."""
        return {mark.key: mark for mark in self.marks}[key]

    def as_dict(self) -> dict[str, Any]:
        """The object that `cxassess score --json` prints; its shape is kept stable."""
        return {
            "organisation": self.assessment.profile.organisation,
            "on": self.on.isoformat(),
            "draft": self.draft,
            "content": {"model": self.model, "version": self.version},
            "claimed": _shown_result(self.claimed),
            "consistent": _shown_result(self.consistent),
            "verified": _shown_result(self.verified),
            "contradictions": [
                {"mistake": c.mistake, "level": c.level, "severity": c.severity, "state": c.state}
                for c in self.contradictions
            ],
            "tensions": [asdict(tension) for tension in self.tensions],
            "why_not": {name: [_shown_unmet(unmet) for unmet in found] for name, found in self.why_not.items()},
        }


def _shown_result(result: Result) -> dict[str, Any]:
    shown = asdict(result)
    for level in shown["levels"]:
        del level["mean"]
    return shown


def _shown_unmet(unmet: Unmet) -> dict[str, Any]:
    return {**asdict(unmet), "questions": list(unmet.questions), "mistakes": list(unmet.mistakes)}
