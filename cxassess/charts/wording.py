"""What a chart shows, in words, for those who do not see it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from cxassess.charts.findings import RATINGS, STATES, validity
from cxassess.content.reading import Content
from cxassess.content.voice import Voice
from cxassess.document.answers import VALIDITIES
from cxassess.pyramid.scorecard import PROOFS, Scorecard


def described(name: str, card: Scorecard, voice: Voice) -> str:
    """What a chart shows, with its key numbers. Names: pyramid, profile, heat-map, mistakes, claimed-verified, …

    >>> from cxassess import load_assessment, load_content, score
    >>> from cxassess.places import examples_dir
    >>> from cxassess.content.voice import Voice
    >>> content = load_content()
    >>> assessment = load_assessment(examples_dir() / "kopi-lereng.json", content)
    >>> described("pyramid", score(assessment, content, on=assessment.on), Voice(content, "en"))[:44]
    'Six-level pyramid. Claimed: 4. Consistent: 3'
    """
    if name == "pyramid":
        return voice.say("pyramid-alt", **{key: one.shown for key, one in card.results.items()})
    values: dict[str, object] = {"date": voice.day(card.on)}
    if name in ("profile", "claimed-verified"):
        values["levels"] = voice.listed(list(_levels(name, card, voice)))
    else:
        counts = _counts(name, card, voice.content)
        values |= {key.replace("-", "_"): voice.number(count) for key, count in counts.items()}
    return voice.say(f"chart-{name}-alt", **values)


def _levels(name: str, card: Scorecard, voice: Voice) -> Iterator[str]:
    pairs = zip(card.claimed.levels, card.verified.levels, strict=True)
    for n, (claimed, verified) in enumerate(pairs, start=1):
        word = "chart-level-pair" if name == "claimed-verified" and claimed.rated else "chart-level"
        before, after = (voice.achievement(one.achievement, one.letter) for one in (claimed, verified))
        yield voice.say(word, n=n, before=before, after=after)


def _counts(name: str, card: Scorecard, content: Content) -> dict[str, int]:
    """How many of each kind a chart shows, and how many in all."""
    severities = [card.assessment.severity_of(mistake.key) for mistake in content.mistakes]
    records = card.assessment.evidence
    found: dict[str, tuple[Iterable[str], Iterable[str]]] = {
        "heat-map": ((*RATINGS, *STATES), (mark.answer.rating or mark.answer.state for mark in card.marks)),
        "mistakes": (("s0", "s1", "s2", "s3", "open"), ("open" if s is None else f"s{s}" for s in severities)),
        "coverage": (PROOFS, (mark.proof for mark in card.marks)),
        "expiry": (VALIDITIES, (validity(record, content, on=card.on) for record in records)),
    }
    kinds, each = found[name]
    counts = Counter(each)
    return {"all": counts.total(), **{kind: counts[kind] for kind in kinds}}
