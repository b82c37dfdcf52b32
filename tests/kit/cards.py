"""Scorecards of the shipped content on the day the made companies are seen, and what tests read off them."""

from cxassess.content.reading import Content, load_content
from cxassess.document.answers import Answer, EvidenceLink
from cxassess.document.assessment import Assessment
from cxassess.pyramid.scorecard import Result, Scorecard
from cxassess.pyramid.scoring import score
from kit.made import ON, records

CONTENT = load_content()
UNKNOWN = Answer(state="unknown")
DROPPED = Answer(state="not-applicable", reason="not-offered", note="none")


def scored(assessment: Assessment, content: Content = CONTENT) -> Scorecard:
    return score(assessment, content, on=ON)


def shares(result: Result) -> list[float]:
    """Achievements as they count: 0 where not rated."""
    return [level.achievement or 0.0 for level in result.levels]


def link_of(kind: str, supports: str, *, current: bool = True) -> EvidenceLink:
    """A link to the made record of a kind (kit.made.records)."""
    mine = [record.key for record in records(CONTENT) if record.kind == kind]
    return EvidenceLink(evidence=mine[0 if current else 1], supports=supports)


def answered(rating: str, *evidence: EvidenceLink) -> Answer:
    """An answer with its rating and evidence."""
    return Answer(state="rated", rating=rating, evidence=evidence)
