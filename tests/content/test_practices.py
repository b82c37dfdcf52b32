"""What content files may hold."""

import pytest
from pydantic import ValidationError

from cxassess.content.model import fields_of
from cxassess.content.practices import ROLES, Advice, Practice, Role

TEXT = {"id": "a", "en": "a"}
PIECE = {
    "key": "inform-1-p",
    "for": "inform-1",
    "step": "p",
    "do": TEXT,
    "days": 5,
    "impact": 2,
    "owner": "cx-lead",
    "kpis": ["ces"],
    "kind": "quick-win",
    "levers": ["service"],
}
PRACTICE = {"key": "greeting", "name": TEXT, "ask": TEXT, "anchors": dict.fromkeys("NPLF", TEXT)}


def test_content_that_does_not_say_whom_to_ask_asks_everyone() -> None:
    """So that content written before the roles goes on working."""
    assert Practice.model_validate(PRACTICE).asks == ROLES


@pytest.mark.parametrize("asks", [["leader"], ["front-line", "customer"], list(ROLES)])
def test_one_or_more_roles_are_asked(asks: list[Role]) -> None:
    """In the order of the roles."""
    assert list(Practice.model_validate(PRACTICE | {"asks": asks}).asks) == asks


@pytest.mark.parametrize("asks", [[], ["leader", "leader"], ["customer", "leader"], ["supplier"], "leader"])
def test_roles_are_asked_once_and_in_order(asks: object) -> None:
    """Nobody, one twice, another order and an unknown role are refused."""
    with pytest.raises(ValidationError):
        Practice.model_validate(PRACTICE | {"asks": asks})


def test_advice_is_named_after_its_question() -> None:
    """So that a reader finds the question, and nothing stands for two."""
    assert Advice.model_validate(PIECE).for_ == "inform-1"
    with pytest.raises(ValidationError, match="the key of this advice is inform-1-l"):
        Advice.model_validate(PIECE | {"step": "l"})


@pytest.mark.parametrize("change", [{"days": 0}, {"days": 121}, {"impact": 4}, {"kpis": []}, {"kind": "maybe"}])
def test_advice_is_measured(change: dict[str, object]) -> None:
    """Effort, impact, figures and kind are given, within bounds."""
    with pytest.raises(ValidationError):
        Advice.model_validate(PIECE | change)


def test_placeholders_are_found() -> None:
    """Names only, each once."""
    assert fields_of("{n} of {n}, {name}") == {"n", "name"}
