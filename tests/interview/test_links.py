"""Links: what could prove says nothing at first; any ticks give a document that fits."""

from hypothesis import given, settings
from hypothesis import strategies as st
from kit.made import assessments, blank

from cxassess.content.reading import Content
from cxassess.document.checking import check_assessment
from cxassess.interview.links import linked, ticked, unlinked
from cxassess.pyramid.scoring import score


@settings(deadline=None, max_examples=40)
@given(st.data())
def test_no_click_proves(content: Content, data: st.DataObject) -> None:
    """Whatever is ticked, no answer counts as more proved than before, and all of it can be taken back."""
    before = data.draw(assessments(content))
    if not before.evidence:
        return
    key = data.draw(st.sampled_from(before.evidence)).key
    places = [f"answers/{question.key}" for question in content.questions]
    were = [place for place in places if key in _evidence(before.answer_to(place.partition("/")[2]))]
    ticks = [*were, *data.draw(st.lists(st.sampled_from(places), unique=True))]
    after = ticked(key, ticks, were, before, content)
    check_assessment(after, content)
    old, new = (score(one, content, on=before.on) for one in (before, after))
    assert [mark.proved for mark in new.marks] == [mark.proved for mark in old.marks]
    assert ticked(key, were, list(dict.fromkeys(ticks)), after, content) == before


def _evidence(answer: object) -> list[str]:
    return [link.evidence for link in getattr(answer, "evidence", ())]


def test_what_is_not_there_is_neither_linked_nor_unlinked(content: Content) -> None:
    """A place of no answer, or of no part at all."""
    for place in (("answers", "inform-1"), ("nonsense", "x")):
        assert linked(place, "E-01", blank(content), content) is None
        assert unlinked(place, "E-01", blank(content)) == blank(content)
