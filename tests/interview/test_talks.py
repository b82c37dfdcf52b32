"""While a talk is on, what is rated is linked to it; what a person said of it in other words stays."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kit.answers import CHAT, PAPER, P, proved
from kit.form import done
from kit.made import assessments, blank

from cxassess.content.reading import Content
from cxassess.document.answers import EvidenceLink, Judgement, Sample
from cxassess.document.assessment import Assessment
from cxassess.document.changes import places
from cxassess.document.checking import check_assessment
from cxassess.interview.talks import heard, talk_kind, talks_of


def rate(before: Assessment, at: str, choice: str, **more: str) -> Assessment:
    """What a rating comes to while E-02 is on."""
    return heard(before, done(before, "set", at, {"choice": choice, **more}).assessment, "E-02")


def test_what_is_rated_is_linked(content: Content) -> None:
    """Answers and indicators by the rating, mistakes as they are; a rating that moves takes its link along."""
    key = content.indicators[0].key
    now = blank(content, evidence=(PAPER, CHAT))
    for at, choice in (("answers/inform-1", "P"), (f"indicators/{key}", "F"), ("mistakes/silos", "2")):
        now = rate(now, at, choice)
    assert now.answer_to("inform-1") == proved("E-02", rating="P")
    assert now.indicators[key] == proved("E-02", rating="F")
    assert now.mistakes["silos"] == Judgement(severity=2, evidence=("E-02",))
    now = rate(rate(now, "answers/inform-1", "L"), "mistakes/silos", "3")
    assert now.answer_to("inform-1") == proved("E-02", rating="L")
    assert now.mistakes["silos"] == Judgement(severity=3, evidence=("E-02",))


def test_an_answer_that_is_cleared_keeps_its_link(content: Content) -> None:
    """Nothing goes in silence; rated anew, the link goes along."""
    now = rate(blank(content, evidence=(PAPER, CHAT)), "answers/inform-1", "P")
    cleared = heard(now, done(now, "clear", "answers/inform-1").assessment, "E-02")
    assert cleared.answer_to("inform-1").evidence == now.answer_to("inform-1").evidence
    assert rate(cleared, "answers/inform-1", "F").answer_to("inform-1") == proved("E-02", rating="F")


@pytest.mark.parametrize(
    "link", [EvidenceLink(evidence="E-02", supports="F"), EvidenceLink(evidence="E-02", sample=Sample(k=1, n=2))]
)
def test_what_was_said_of_the_talk_stays(content: Content, link: EvidenceLink) -> None:
    """A link that supports something else, or a sample; so does one to other evidence."""
    other = EvidenceLink(evidence="E-01", supports="P")
    before = blank(content, evidence=(PAPER, CHAT))
    before = before.answer("inform-1", P.model_copy(update={"evidence": (other, link)}))
    assert rate(before, "answers/inform-1", "N").answer_to("inform-1").evidence == (other, link)


@pytest.mark.parametrize("choice", ["unknown", "P"])
def test_only_a_rating_that_is_given_is_linked(content: Content, choice: str) -> None:
    """Not a note to an answer that stood before, nor that nobody knows."""
    before = blank(content, evidence=(PAPER, CHAT)).answer("inform-1", P)
    now = rate(before, "answers/inform-1", choice, **{"note.id": "n"})
    assert now.answer_to("inform-1").evidence == ()


@settings(deadline=None, max_examples=40)
@given(st.data())
def test_a_talk_leaves_everything_else(content: Content, data: st.DataObject) -> None:
    """Whatever changed, what comes of it fits its content, and no answer, severity or note is another."""
    before, after = (data.draw(assessments(content)) for _ in range(2))
    if not after.evidence:
        return
    now = heard(before, after, after.evidence[0].key)
    check_assessment(now, content)
    assert _bare(now) == _bare(after)


def _bare(assessment: Assessment) -> dict[str, object]:
    """All that stands in a document but for its links."""
    found = {}
    for place, entry in places(assessment).items():
        is_borne = place[0] in ("answers", "indicators", "mistakes")
        found["/".join(place)] = {**entry, "evidence": []} if is_borne else entry
    return found


def test_talks_stand_the_newest_first(content: Content) -> None:
    """By date, then by number; other evidence is none."""
    chats = [CHAT.model_copy(update={"key": f"E-0{n}", "on": on}) for n, on in ((3, date(2026, 3, 1)), (4, None))]
    talks = talks_of(blank(content, evidence=(PAPER, CHAT, *chats)), content)
    assert [talk.key for talk in talks] == ["E-03", "E-04", "E-02"]
    assert talk_kind(content) == "interview"
