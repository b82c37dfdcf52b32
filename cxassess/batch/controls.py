"""What the script of an index works with: its words, and what each row is sorted and filtered by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from cxassess.batch.listing import Entry
from cxassess.content.model import LEVELS, RATINGS
from cxassess.content.voice import Voice
from cxassess.pyramid.scorecard import RESULTS

LEVEL_NUMBERS = tuple(str(n + 1) for n in range(LEVELS))
# The columns of the list; the script knows them by these names.
COLUMNS = ("company", "date", *RESULTS, *LEVEL_NUMBERS, "status", "reports")
_WORDS = (
    "group",
    "draft",
    "language-id",
    "language-en",
    "index-all",
    "index-complete",
    "index-controls",
    "index-falling",
    "index-language",
    "index-least",
    "index-no-match",
    "index-reset",
    "index-rising",
    "index-search",
    "index-shown",
    "index-sort",
    "index-status",
)


def script_data(entries: Sequence[Entry], voice: Voice) -> dict[str, Any]:
    """The data that stand in the page for its script, one row an entry, in the order of the list."""
    return {
        "words": {word: voice.content.words[word].in_(voice.lang) for word in _WORDS},
        "columns": COLUMNS,
        "levels": [voice.reached(n + 1) for n in range(LEVELS)],
        "rows": [
            {"keys": [place, *_keys(entry)], "group": entry[0].client.group} for place, entry in enumerate(entries)
        ],
    }


def _keys(entry: Entry) -> Iterator[str | float]:
    """What a row is sorted by, a column each, but for the company, by which the rows stand already."""
    first, outcome = entry[0], entry[0].outcome
    yield first.on.isoformat()
    for name in RESULTS:
        reached = outcome.results[name]
        # "At least 3" stands above 3.
        yield reached.attained + 0.5 * reached.at_least
    for letter in outcome.letters:
        yield RATINGS.index(letter) + 1 if letter else 0
    yield "draft" if outcome.draft else "index-complete"
    yield " ".join(sorted(report.imprint.lang for report in entry))
