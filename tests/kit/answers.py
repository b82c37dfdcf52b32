"""Answers and evidence that tests write again and again."""

from typing import Any

from cxassess.document.answers import Answer, Evidence, EvidenceLink

N, P, L, F = (Answer(state="rated", rating=rating) for rating in ("N", "P", "L", "F"))
PAPER = Evidence(key="E-01", kind="document", source="paper")
CHAT = Evidence(key="E-02", kind="interview", source="chat")


def silent(*keys: str, rating: str = "L") -> Answer:
    """An answer with evidence of which nobody has said yet what it shows."""
    return Answer(state="rated", rating=rating, evidence=tuple(EvidenceLink(evidence=key) for key in keys))


def proved(*keys: str, rating: str = "L", **fields: Any) -> Answer:
    links = tuple(EvidenceLink(evidence=key, supports=rating) for key in keys)
    return Answer(state="rated", rating=rating, evidence=links, **fields)
