"""Where answers and mistakes cannot both be true, and where indicators sit oddly with a level."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from cxassess.content.model import PROVING_GRADE, RATINGS, Rating
from cxassess.content.reading import Content
from cxassess.document.answers import Exemption
from cxassess.document.assessment import Assessment
from cxassess.pyramid.levels import MOST_L, MOST_P

# While it stands, a contradiction of this severity caps its level here: no F, or no L. METHOD 5.
CAPS = {2: MOST_L, 3: MOST_P}
# … and it contradicts a level whose claimed letter is one of these.
CONTRADICTED: dict[int, tuple[Rating, ...]] = {2: RATINGS[3:], 3: RATINGS[2:]}
# From this level on, an indicator at N or P is a tension. METHOD 6.
TENSION_LEVEL = 4


@dataclass(frozen=True)
class Contradiction:
    """One mistake against one level. `proved` says that its exception rests on evidence of grade 2 or more."""

    mistake: str
    level: str
    severity: int
    state: Literal["open", "excepted"]
    proved: bool

    @property
    def cap(self) -> float:
        """What the level's achievement can be at most while this stands."""
        return CAPS[self.severity]

    def stands(self, *, verified: bool) -> bool:
        """Whether it caps: an exception lifts the cap, in the verified result only with proof."""
        return self.state == "open" or (verified and not self.proved)


@dataclass(frozen=True)
class Tension:
    """A success indicator that sits oddly with the level claimed. Shown, never capping."""

    indicator: str
    rating: Rating
    level: str


def find_contradictions(
    assessment: Assessment, content: Content, letters: Mapping[str, Rating | None], *, on: date
) -> Iterator[Contradiction]:
    """The contradictions of the claimed letters (level key → letter), in content order."""
    excepted = {(exempt.mistake, exempt.level): exempt for exempt in assessment.exceptions}
    for mistake in content.mistakes:
        severity = assessment.severity_of(mistake.key)
        if severity not in CAPS:
            continue
        for link in mistake.contradicts:
            if letters[link.level] in CONTRADICTED[severity]:
                exempt = excepted.get((mistake.key, link.level))
                yield Contradiction(
                    mistake=mistake.key,
                    level=link.level,
                    severity=severity,
                    state="excepted" if exempt else "open",
                    proved=exempt is not None and _is_proved(exempt, assessment, content, on=on),
                )


def _is_proved(exempt: Exemption, assessment: Assessment, content: Content, *, on: date) -> bool:
    records = [record for record in assessment.evidence if record.key in exempt.evidence]
    return any(record.grade(content.evidence_kinds[record.kind], on=on) >= PROVING_GRADE for record in records)


def caps(found: Sequence[Contradiction], level_keys: Sequence[str], *, verified: bool) -> list[float]:
    """What the contradictions that stand leave of each level: 1 where nothing caps it."""
    return [
        min((one.cap for one in found if one.level == key and one.stands(verified=verified)), default=1.0)
        for key in level_keys
    ]


def find_tensions(assessment: Assessment, content: Content, claimed: int) -> Iterator[Tension]:
    """Indicators rated N or P where level 4 or more is claimed."""
    if claimed < TENSION_LEVEL:
        return
    for indicator in content.indicators:
        answer = assessment.indicators.get(indicator.key)
        if answer and answer.rating in ("N", "P"):
            yield Tension(indicator.key, answer.rating, content.level_keys[claimed - 1])
