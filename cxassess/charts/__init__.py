"""Charts of a scorecard, as Altair charts anyone can restyle. Language by a `Voice`; no client text in them."""

from cxassess.charts.drawing import svg_of
from cxassess.charts.findings import coverage, expiry, heat_map, mistakes
from cxassess.charts.standing import claimed_verified, profile, pyramid
from cxassess.charts.wording import described

__all__ = [
    "claimed_verified",
    "coverage",
    "described",
    "expiry",
    "heat_map",
    "mistakes",
    "profile",
    "pyramid",
    "svg_of",
]
