"""What a scorecard says of itself: how an answer counts, how a level is printed, what programs read."""

import json

import pytest
from kit.cards import CONTENT, DROPPED, UNKNOWN, answered, link_of, scored
from kit.made import blank, rated, records

from cxassess.content.reading import Content
from cxassess.document.answers import UNANSWERED, Answer, EvidenceLink, Sample
from cxassess.document.assessment import Assessment
from cxassess.pyramid.scorecard import PROOFS, Recommendation, Result

SAMPLED = EvidenceLink(evidence=link_of("observation", "N").evidence, sample=Sample(k=22, n=30))


@pytest.mark.parametrize(
    ("answer", "proof"),
    [
        (answered("L", link_of("observation", "L")), "proved"),
        (answered("L", link_of("observation", "F")), "proved"),
        (answered("L", link_of("observation", "P")), "partly"),
        (answered("L", link_of("observation", "N")), "unproved"),
        (answered("L", link_of("interview", "L")), "unproved"),
        (answered("L", link_of("observation", "L", current=False)), "unproved"),
        (answered("F", SAMPLED), "partly"),
        (answered("L"), "unproved"),
        (answered("N"), "unproved"),
        (answered("N", link_of("interview", "N")), "unproved"),
        (answered("N", link_of("document", "N")), "proved"),
        (Answer(state="unknown", evidence=(link_of("observation", "F"),)), "unrated"),
        (DROPPED, "unrated"),
        (UNANSWERED, "unrated"),
    ],
)
def test_how_far_evidence_carries_an_answer(answer: Answer, proof: str) -> None:
    """Proved, in part, not at all; what has no rating has nothing to prove."""
    card = scored(blank(CONTENT, evidence=records(CONTENT)).answer("inform-2", answer))
    assert card.mark("inform-2").proof == proof
    assert proof in PROOFS


@pytest.mark.parametrize(("stop", "shown"), [(None, "2"), ("respond", "≥ 2")])
def test_a_level_is_printed_with_its_doubt(stop: str | None, shown: str) -> None:
    """Where a level that is not rated stops the climb: "at least", never the number alone."""
    assert Result(attained=2, secured=2, reach=2, height=2.0, not_rated_at=stop, levels=()).shown == shown


@pytest.mark.parametrize(("days", "whole"), [(0.2, 1), (0.5, 1), (1.4, 1), (2.5, 2), (10.0, 10)])
def test_no_work_takes_no_time(days: float, whole: int) -> None:
    """A person-day at least, and no decimals."""
    piece = Recommendation(
        advice=CONTENT.advice[0], level=None, days=days, holds_back=(), waits_for=(), is_quick=False
    )
    assert piece.whole_days == whole


def test_everything_is_found_by_its_key(golden: Assessment, golden_content: Content) -> None:
    """A mark by its question, a level by its key, a result by its name; another key is an error."""
    card = scored(golden, golden_content)
    assert card.mark("respond-3") is card.marks[10]
    assert card.claimed.level("respond") is card.claimed.levels[2]
    assert list(card.results) == ["claimed", "consistent", "verified"]
    for find in (card.mark, card.claimed.level):
        with pytest.raises(KeyError):
            find("attic")


def test_a_draft_lacks_an_answer_or_a_severity() -> None:
    """Unknown is an answer; nothing at all is none. Indicators do not matter."""
    whole = rated(CONTENT, "FFFFFF")
    assert not scored(whole.answer("inform-2", UNKNOWN)).draft
    open_ = scored(whole.answer("inform-2", UNANSWERED))
    assert (open_.draft, open_.unanswered, open_.unjudged) == (True, ("inform-2",), ())


def test_the_json_object_keeps_its_shape(golden: Assessment, golden_content: Content) -> None:
    """`cxassess score --json`: the fields programs rely on, levels by key, results by number."""
    read = json.loads(json.dumps(scored(golden, golden_content).as_dict()))
    assert list(read) == [
        "organisation", "on", "draft", "content", "claimed", "consistent", "verified",
        "contradictions", "tensions", "why_not",
    ]  # fmt: skip
    assert (read["organisation"], read["on"], read["draft"]) == ("Kopi Kencana", "2026-03-31", False)
    assert read["content"] == {"model": "coffee-bar", "version": "1.0"}
    assert list(read["claimed"]) == ["attained", "secured", "reach", "height", "not_rated_at", "levels"]
    assert list(read["claimed"]["levels"][0]) == ["key", "achievement", "lower", "upper", "letter", "rated"]
    assert read["contradictions"] == [
        {"mistake": "impersonal-service", "level": "anticipate", "severity": 3, "state": "open"}
    ]
    assert list(read["why_not"]) == ["claimed", "consistent", "verified"]
    assert list(read["why_not"]["claimed"][0]) == ["level", "need", "has", "wants", "questions", "mistakes"]


def test_tensions_stand_in_the_json_object() -> None:
    """As plain values."""
    tense = rated(CONTENT, "FFFFNN").replaced(indicators={"voice-first": answered("P")})
    assert scored(tense).as_dict()["tensions"] == [
        {"indicator": "voice-first", "rating": "P", "level": "anticipate"}
    ]
