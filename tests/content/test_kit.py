"""What goes beside the pyramid."""

from typing import Any

import pytest
from pydantic import ValidationError

from cxassess.content.kit import JourneyFile, SurveyQuestion

TEXT = {"id": "a", "en": "a"}


def test_touchpoints_stand_at_a_stage() -> None:
    """A touchpoint at a stage that is not listed would be lost from every journey."""
    point = {"key": "shop-door", "stage": "nowhere", "name": TEXT, "watch": TEXT}
    named = {"key": "x", "name": TEXT}
    trade = {"key": "shop", "name": TEXT, "touchpoints": [point], "acquisition": [named], "triggers": [named]}
    stage = {"key": "aware", "name": TEXT, "text": TEXT}
    with pytest.raises(ValidationError, match="shop-door: stands at a stage that is not listed"):
        JourneyFile.model_validate({"stages": [stage], "trades": [trade]})


@pytest.mark.parametrize(("kind", "fits"), [("nps", True), ("ces", False), ("csat", False)])
def test_a_survey_question_closes_the_loop(kind: str, fits: bool) -> None:
    """Who is asked is answered: NPS by a rule for each group of customers, every other by one of its own."""
    question: dict[str, Any] = {"key": "q", "kind": kind, "ask": TEXT, "low": 0, "high": 10, "low_label": TEXT}
    question |= {"high_label": TEXT, "when": TEXT, "follow_up": TEXT}
    assert SurveyQuestion.model_validate(question | {"closing": TEXT}).closing
    if fits:
        assert SurveyQuestion.model_validate(question).closing is None
    else:
        with pytest.raises(ValidationError, match="closing"):
            SurveyQuestion.model_validate(question)
