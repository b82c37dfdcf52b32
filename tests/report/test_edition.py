"""What a print run is, and the imprint that its reports carry."""

from dataclasses import FrozenInstanceError
from pathlib import Path
from typing import Any

import pytest

from cxassess.content.reading import Content, load_content
from cxassess.document.assessment import Profile, Unit
from cxassess.document.assessmentfile import load_assessment
from cxassess.places import examples_dir
from cxassess.pyramid.scoring import score
from cxassess.report.edition import Edition, client_of, imprint_for
from cxassess.text import LANGS, Lang


def test_an_edition_is_frozen(content: Content) -> None:
    """What a run is does not change while it runs."""
    with pytest.raises(FrozenInstanceError):
        Edition(content, Path()).force = True  # type: ignore[misc]


@pytest.mark.parametrize("lang", LANGS)
def test_the_imprint_says_what_the_scorecard_says(content: Content, lang: Lang) -> None:
    """So that an index needs neither the assessment nor its content to show a report."""
    for file in sorted(examples_dir().glob("*.json")):
        assessment = load_assessment(file, content)
        card = score(assessment, content, on=assessment.on)
        imprint = imprint_for(card, Edition(content, Path(), interactive=True), lang=lang, sha256="0" * 64)
        assert (imprint.lang, imprint.on, imprint.interactive) == (lang, assessment.on, True)
        outcome, sources = imprint.outcome, imprint.sources
        assert outcome and sources
        for name, result in card.results.items():
            reached = getattr(outcome, name)
            assert (reached.attained, reached.shown) == (result.attained, result.shown)
            assert reached.at_least == result.shown.startswith("≥")
        assert outcome.letters == tuple(level.letter for level in card.claimed.levels)
        assert outcome.draft == card.draft
        assert (sources.assessment, sources.model) == ("0" * 64, content.model.key)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ({}, {}),
        ({"trade": "other"}, {}),
        ({"trade_text": "Kedai"}, {"id": "Kedai"}),
        ({"trade_text": {"en": "Café"}}, {"en": "Café"}),
        ({"trade": "other", "trade_text": {"id": "a", "en": "b"}}, {"id": "a", "en": "b"}),
    ],
)
def test_a_client_is_named_as_typed(content: Content, typed: dict[str, Any], kept: object) -> None:
    """A trade is in the working language, or in those it was typed in."""
    unit = {"kind": "outlet", "name": "Dago"}
    profile = Profile.model_validate({"organisation": "Acme", "unit": unit, "group": ["G"], **typed})
    client = client_of(profile, content)
    assert client.trade == kept
    assert (client.unit, client.group) == (("Acme", "outlet", "Dago"), ("G",))
    whole = Profile(organisation="A", unit=Unit(kind="company"))
    assert client_of(whole, content).unit == ("A", "company", "")


def test_a_trade_of_the_content_has_its_name(content: Content) -> None:
    """In every language, unless words of one's own say more."""
    trade = content.journey.trades[0]
    profile = Profile(organisation="A", unit=Unit(kind="company"), trade=trade.key)
    assert client_of(profile, content).trade == {"id": trade.name.id, "en": trade.name.en}


def test_the_hash_of_content_is_that_of_what_it_says(content: Content) -> None:
    """The same in any folder, another where a word is changed."""
    assert load_content().sha256 == content.sha256
    assert content.model_copy(update={"folder": Path("elsewhere")}).sha256 == content.sha256
    fewer = content.model_copy(update={"kpis": content.kpis[1:]})
    assert fewer.sha256 != content.sha256
