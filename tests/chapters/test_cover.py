"""The top of a report."""

from kit.made import ON, blank, rated

from cxassess.chapters import cover
from cxassess.content.reading import Content
from cxassess.content.voice import Voice
from cxassess.document.assessment import Assessment, Profile, Unit
from cxassess.page.blocks import Contents, Cover
from cxassess.pyramid.scoring import score


def top(assessment: Assessment, content: Content) -> Cover:
    block, _ = cover.cover(score(assessment, content, on=ON), Voice(content, "en"), [])
    assert isinstance(block, Cover)
    return block


def test_the_cover_says_whose_of_what_and_when(content: Content) -> None:
    """And that it is a draft, as long as it is one."""
    profile = Profile(organisation="Acme", unit=Unit(kind="outlet", name="Dago"))
    draft = top(blank(content, profile=profile), content)
    assert (draft.title, draft.lines) == ("Acme", ("Outlet: Dago", "As of 31 March 2026"))
    assert draft.draft and draft.draft.text.startswith("Draft. This assessment is not complete.")
    assert top(rated(content, "FFFFFF"), content).draft is None


def test_the_contents_lead_where_they_are_told(content: Content) -> None:
    """Addresses and headings, in the order given."""
    links = [("levels", "Levels"), ("method", "Method")]
    _, contents = cover.cover(score(blank(content), content, on=ON), Voice(content, "id"), links)
    assert isinstance(contents, Contents)
    assert contents.label == "Isi laporan"
    assert contents.links == tuple(links)
