"""Random changes that a person may make to an assessment."""

from collections.abc import Mapping
from datetime import timedelta

from hypothesis import strategies as st

from cxassess.content.reading import Content
from cxassess.document.assessment import Assessment
from cxassess.document.changes import places, put
from cxassess.document.shapes import Json, Place
from kit.made import ON


def links(assessment: Assessment) -> set[str]:
    """The evidence that something links to."""
    entries = [*assessment.answers.values(), *assessment.indicators.values()]
    plain = [*assessment.mistakes.values(), *assessment.exceptions]
    return {link.evidence for one in entries for link in one.evidence} | {k for one in plain for k in one.evidence}


def _change(draw: st.DrawFn, now: Assessment, content: Content) -> Mapping[Place, Json]:
    """One change a person may make. Few places and values, so that two people meet often."""
    keys = [record.key for record in now.evidence]
    proof = [draw(st.sampled_from(keys))] if keys and draw(st.booleans()) else []
    word = draw(st.sampled_from(["a", "b", {"id": "c"}]))
    kinds = [
        "answers",
        "one field",
        "one field",
        "mistakes",
        "indicators",
        "evidence",
        "new",
        "exceptions",
        "commentary",
        "profile",
        "whole",
    ]
    kind = draw(st.sampled_from(kinds))
    if kind == "one field":
        return _one_field(draw, now, content, proof)
    gone = draw(st.integers(0, 3)) == 0
    rating = draw(st.sampled_from("NL"))
    supports = [{"evidence": key, "supports": rating} for key in proof]
    if kind in ("answers", "indicators"):
        pool = content.questions if kind == "answers" else content.indicators
        answer = {"state": "rated", "rating": rating, "note": word} | ({"evidence": supports} if proof else {})
        return {(kind, draw(st.sampled_from(pool[:3])).key): None if gone else answer}
    if kind == "mistakes":
        judgement = {"severity": draw(st.integers(0, 1))} | ({"evidence": proof} if proof else {})
        return {(kind, content.mistakes[0].key): None if gone else judgement}
    if kind == "evidence" and keys:
        key = draw(st.sampled_from(keys))
        if draw(st.booleans()) and key not in links(now):
            return {(kind, key): None}
        record = places(now)[kind, key]
        return {(kind, key): {**record, draw(st.sampled_from(["source", "note"])): word}}
    if kind == "exceptions":
        mistake = draw(st.sampled_from([one for one in content.mistakes if one.contradicts][:2]))
        level = mistake.contradicts[0].level
        entry = {"mistake": mistake.key, "level": level, "reason": word} | ({"evidence": proof} if proof else {})
        return {(kind, mistake.key, level): None if gone else entry}
    if kind == "commentary":
        return {(kind, "summary"): None if gone else word}
    if kind == "profile":
        return {(kind, draw(st.sampled_from(["trade_text", "objective"]))): None if gone else word}
    if kind == "whole":
        values = {
            ("note",): word,
            ("private",): "p",
            ("targets", "T-01"): {"key": "T-01", "level": draw(st.integers(1, 2)), "note": word},
            ("weights", "inform-1"): "2",
        }
        place = draw(st.sampled_from([*values, ("on",)]))
        if place == ("on",):
            return {place: str(ON + timedelta(days=draw(st.integers(0, 2))))}
        return {place: None if gone else values[place]}
    number = max((int(key[2:]) for key in keys), default=0) + 1
    new = f"E-{number:02d}"
    record = {"key": new, "kind": "document", "source": word}
    proved = {"state": "rated", "rating": "N", "evidence": [{"evidence": new, "supports": "N"}]}
    return {("evidence", new): record, ("answers", draw(st.sampled_from(content.questions[:3])).key): proved}


def _one_field(draw: st.DrawFn, now: Assessment, content: Content, proof: list[str]) -> Mapping[Place, Json]:
    """One thing of one entry changed, all else as it stands: so one rates while another writes."""
    optional = next(one.key for one in content.questions if not one.core)
    keys = [("answers", content.questions[0].key), ("answers", optional), ("mistakes", content.mistakes[0].key)]
    place = draw(st.sampled_from(keys))
    is_mistake = place[0] == "mistakes"
    old = places(now).get(place) or ({"severity": 1} if is_mistake else {"state": "unanswered"})
    name = draw(st.sampled_from(["choice", "note", "private", "evidence"]))
    stands = {one: value for one, value in old.items() if one in ("state", "rating", "reason", "severity")}
    rest = {one: value for one, value in old.items() if one not in (name, *stands)}
    if name == "choice":
        chosen = st.builds(lambda severity: {"severity": severity}, st.integers(0, 2))
        stands = draw(chosen if is_mistake else st.sampled_from(_choices(place, rest)))
    elif name == "evidence":
        links = {link if isinstance(link, str) else link["evidence"]: link for link in old.get("evidence", [])}
        for key in proof:
            if links.pop(key, None) is None:
                links[key] = key if is_mistake else {"evidence": key, "supports": draw(st.sampled_from("NL"))}
        rest |= {name: list(links.values())} if links else {}
    else:
        words = [{"id": "a"}, {"en": "b"}, {"id": "a", "en": "c"}, "a", "b", None]
        word = draw(st.sampled_from(words if name == "note" else ["p", "q", None]))
        is_needed = old.get("state") == "not-applicable" and name == "note"
        rest |= {name: word or "a"} if word or is_needed else {}
    entry = {**stands, **rest}
    return {place: None if entry == {"state": "unanswered"} else entry}


def _choices(place: Place, rest: Json) -> list[Json]:
    """What an answer may choose, with what else it holds; only with a note is it left out."""
    made: list[Json] = [{"state": "rated", "rating": rating} for rating in "NLF"]
    made += [{"state": "unknown"}, {"state": "unanswered"}]
    is_optional = place[1] not in ("inform-1",) and "note" in rest
    return [*made, {"state": "not-applicable", "reason": "not-offered"}] if is_optional else made


@st.composite
def edited(draw: st.DrawFn, before: Assessment, content: Content, most: int = 6) -> Assessment:
    """What a person may make of an assessment."""
    for _ in range(draw(st.integers(0, most))):
        before = put(before, _change(draw, before, content))
    return before
