"""What is asked, mistakes made, signs looked for, and what to do about each."""

from __future__ import annotations

from typing import Annotated, Literal, Self, get_args

from pydantic import AfterValidator, Field, model_validator

from cxassess.content.model import MIN_QUESTIONS, RATINGS, Entry, Key, Named, Rating, unique
from cxassess.errors import refusal
from cxassess.text import Text

# Leaders, with all who steer or answer for something and serve no customers; those who serve customers; customers.
Role = Literal["leader", "front-line", "customer"]


ROLES: tuple[Role, ...] = get_args(Role)


def _in_order(roles: tuple[Role, ...]) -> tuple[Role, ...]:
    """The same roles; a refusal (for pydantic) where one stands twice, or before its turn."""
    wanted = tuple(role for role in ROLES if role in roles)
    if roles != wanted:
        raise refusal("problem-roles-order", wanted=", ".join(wanted))
    return roles


# Whom to ask. Content that does not say so asks everyone.
Asks = Annotated[tuple[Role, ...], AfterValidator(_in_order), Field(min_length=1)]


class Anchors(Entry):
    """What N, P, L and F look like for one practice."""

    N: Text
    P: Text
    L: Text
    F: Text

    def __getitem__(self, rating: Rating) -> Text:
        text: Text = getattr(self, rating)
        return text


class Practice(Named):
    """Something a company does, to be rated by its anchors: what is asked, why, what to see, whom to ask.

    `asks` are the roles to ask, `whom` says it in words.
    """

    ask: Text
    anchors: Anchors
    why: Text | None = None
    evidence: Text | None = None
    asks: Asks = ROLES
    whom: Text | None = None


class Question(Practice):
    """A practice of one level, seen through one facet. Its key begins with its level: `respond-3`."""

    facet: Key
    core: bool = False

    @property
    def level(self) -> str:
        """The key of the level the question belongs to."""
        return self.key.rpartition("-")[0]


class Indicator(Practice):
    """One of the signs that a company is on its way; never counted into a level."""


class Link(Entry):
    """A level that a mistake contradicts, and why."""

    level: Key
    because: Text


class Severities(Entry):
    """What severity 0, 1, 2 and 3 of one mistake look like."""

    none: Text
    sporadic: Text
    recurrent: Text
    systemic: Text


class Mistake(Named):
    """A common mistake, and the levels a company that makes it cannot honestly claim."""

    text: Text
    why: Text
    recognise: Text | None = None
    look_at: Text | None = None
    asks: Asks = ROLES
    whom: Text | None = None
    severities: Severities | None = None
    contradicts: tuple[Link, ...]


class QuestionsFile(Entry):
    """`questions/N-level.yaml`: the questions of one level, in the order they are asked."""

    level: Key
    questions: Annotated[tuple[Question, ...], AfterValidator(unique)] = Field(min_length=MIN_QUESTIONS)

    @model_validator(mode="after")
    def _fits(self) -> Self:
        wrong = [q.key for q in self.questions if q.level != self.level]
        if wrong:
            raise refusal("problem-key-of-other-level", keys=", ".join(wrong), level=self.level)
        if sum(q.core for q in self.questions) > 1:
            raise refusal("problem-two-cores")
        return self


class MistakesFile(Entry):
    """`mistakes.yaml`."""

    mistakes: Annotated[tuple[Mistake, ...], AfterValidator(unique)]


class IndicatorsFile(Entry):
    """`indicators.yaml`."""

    indicators: Annotated[tuple[Indicator, ...], AfterValidator(unique)]


class Advice(Entry):
    """What to do first about one question and step, one mistake or one indicator.

    `step` is the rating it leads to; `days` are person-days for a medium-sized company; `impact` is what
    customers feel, 1 to 3; `after` names the advice that must be done before.
    """

    key: Key
    for_: Key = Field(alias="for")
    step: Literal["p", "l", "f"] | None = None
    do: Text
    days: int = Field(ge=1, le=120)
    impact: int = Field(ge=1, le=3)
    owner: Key
    kpis: tuple[Key, ...] = Field(min_length=1)
    kind: Literal["quick-win", "project"]
    levers: tuple[Key, ...] = Field(min_length=1)
    after: tuple[Key, ...] = ()

    @model_validator(mode="after")
    def _named_after_its_question(self) -> Self:
        wanted = f"{self.for_}-{self.step}" if self.step else self.for_
        if self.key != wanted:
            raise refusal("problem-advice-misnamed", wanted=wanted)
        return self

    @property
    def from_to(self) -> tuple[Rating, Rating] | None:
        """Of advice about a question, the rating it starts from and the one it leads to."""
        if self.step is None:
            return None
        place = [rating.lower() for rating in RATINGS].index(self.step)
        return RATINGS[place - 1], RATINGS[place]


class AdviceFile(Entry):
    """`advice/NAME.yaml`."""

    advice: Annotated[tuple[Advice, ...], AfterValidator(unique)]
