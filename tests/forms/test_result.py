"""The result's page: the consultant's own words."""

from kit.form import done
from kit.made import blank

from cxassess.content.reading import Content


def test_own_words(content: Content) -> None:
    """A section's commentary by language; emptied it is gone."""
    new, _ = done(blank(content), "set", "commentary/summary", {"note.id": "ringkas", "note.en": "short"})
    assert new.commentary == {"summary": {"id": "ringkas", "en": "short"}}
    new, _ = done(new, "set", "commentary/summary", {"note.id": "", "note.en": ""})
    assert new == blank(content)
