"""What caps a level, and for how long."""

from dataclasses import replace

from cxassess.pyramid.contradictions import Contradiction, caps

OPEN = Contradiction(mistake="silos", level="resolve", severity=3, state="open", proved=False)
EXCEPTED = replace(OPEN, state="excepted")


def test_the_lowest_cap_counts() -> None:
    """Two mistakes against one level do not add up: one fact is not counted twice."""
    milder = replace(OPEN, mistake="long-waits", severity=2)
    assert caps([OPEN, milder], ["inform", "resolve"], verified=False) == [1.0, 0.5]
    assert caps([milder], ["inform", "resolve"], verified=False) == [1.0, 0.85]


def test_when_it_stands() -> None:
    """Open: in both. Excepted: in verified until it is proved."""
    assert OPEN.stands(verified=False) and OPEN.stands(verified=True)
    assert not EXCEPTED.stands(verified=False) and EXCEPTED.stands(verified=True)
    assert not replace(EXCEPTED, proved=True).stands(verified=True)
