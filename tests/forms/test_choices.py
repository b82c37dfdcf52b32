"""What can be chosen in a field, each choice by its name."""

import pytest

from cxassess.content.reading import Content
from cxassess.content.voice import Voice
from cxassess.document.answers import Evidence
from cxassess.document.assessment import Profile, Unit
from cxassess.document.fields import fields_of
from cxassess.forms.choices import choices
from cxassess.text import LANGS, Lang


@pytest.mark.parametrize("lang", LANGS)
def test_choices_by_name(content: Content, lang: Lang) -> None:
    """In the language asked for; those of a key are what the content names."""
    voice = Voice(content, lang)
    unit, profile, evidence = fields_of(Unit), fields_of(Profile), fields_of(Evidence)
    assert choices(unit["kind"], voice)["outlet"] == voice.say("form-unit-outlet")
    assert choices(profile["report_languages"], voice)["id"] == voice.say("language-id")
    assert choices(profile["size"], voice) == voice.sizes
    assert choices(evidence["kind"], voice)["interview"] == voice.kind("interview")
    assert choices(profile["organisation"], voice) == {}
