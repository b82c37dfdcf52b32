"""The portfolio at a glance: every assessment counted once in each result, and what the counts do not tell."""

from collections import Counter
from dataclasses import replace

import pytest
from kit.page import tables as tables_in
from kit.page import texts
from kit.reports import listed_of, reports_of

from cxassess.batch.listing import Listed, listing_of
from cxassess.batch.portfolio import portfolio
from cxassess.content.reading import Content
from cxassess.content.voice import Voice
from cxassess.document.assessmentfile import load_assessment
from cxassess.page.blocks import Part
from cxassess.places import examples_dir
from cxassess.text import LANGS, Lang, escaped


@pytest.fixture(scope="module")
def listed(content: Content) -> list[Listed]:
    """The examples: seven assessments, one of them with results "at least", one a draft, in twelve reports."""
    files = sorted(examples_dir().glob("*.json"))
    reports = [one for file in files for one in reports_of(file, load_assessment(file, content), content)]
    return [listed_of(report, content) for report in reports]


def shown(listed: list[Listed], voice: Voice) -> str:
    return Part(*portfolio(listing_of(listed).entries, voice)).html()


@pytest.mark.parametrize("lang", LANGS)
def test_every_assessment_counts_once_in_each_result(listed: list[Listed], content: Content, lang: Lang) -> None:
    """Level by level, top first; reports in two languages do not count twice."""
    (rows,) = tables_in(shown(listed, Voice(content, lang)))
    once = {one.imprint.assessment_key: one.outcome for one in listed}
    assert len(once) == 7
    for column, name in enumerate(("claimed", "consistent", "verified"), start=1):
        attained = Counter(outcome.results[name].attained for outcome in once.values())
        assert [int(texts(row)[column]) for row in rows] == [attained[level] for level in range(6, -1, -1)]
    assert [texts(row)[0][0] for row in rows] == list("6543210")


def test_the_drawing_counts_the_same(listed: list[Listed], content: Content) -> None:
    """And is described for those who do not see it."""
    assert (
        'aria-label="Number of assessments at each level. Claimed: 1 at level 5, 2 at level 4, 2 at level 3, '
        "1 at level 2 and 1 at level 0. Consistent: " in shown(listed, Voice(content, "en"))
    )


def test_at_least_is_counted_where_it_stands_and_told(listed: list[Listed], content: Content) -> None:
    """One example reaches "at least 3" twice: it counts at 3, and a remark says so."""
    voice = Voice(content, "en")
    remark = escaped(voice.say("index-at-least", counts="Claimed 1 and Consistent 1"))
    assert f'<p class="cx-fine">{remark}</p>' in shown(listed, voice)
    without = [one for one in listed if not one.outcome.claimed.at_least]
    assert len(without) < len(listed)
    assert "≥" not in shown(without, voice)


def test_want_of_proof_and_drafts_are_told(listed: list[Listed], content: Content) -> None:
    """Verified 0 with more behind it is want of proof; a draft among the counted is named."""
    voice = Voice(content, "en")
    remarks = [escaped(voice.say(word, count=1)) for word in ("index-unproved", "index-drafts")]
    assert all(f'<p class="cx-fine">{remark}</p>' in shown(listed, voice) for remark in remarks)
    whole = [one for one in listed if one.notebook.name.startswith("kopi-lereng-2027")]
    assert whole and "cx-fine" not in shown(whole, voice)


def test_two_lines_of_one_assessment_are_told(listed: list[Listed], content: Content) -> None:
    """Its reports in two languages were made from different answers."""
    first, second = [one for one in listed if one.notebook.name.startswith("kopi-lereng-2027")]
    claimed = first.outcome.claimed.model_copy(update={"attained": 1, "shown": "1"})
    older = replace(second, outcome=second.outcome.model_copy(update={"claimed": claimed}))
    voice = Voice(content, "en")
    assert voice.say("index-doubled", count=1) in shown([first, older], voice)
    assert voice.say("index-doubled", count=1) not in shown([first, second], voice)
