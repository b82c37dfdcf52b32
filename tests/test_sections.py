"""What a report says, and what it must never say."""

import json
import re
from itertools import pairwise
from typing import Any

import pytest
from conftest import ROOT
from made import ON, blank

from cxassess import sections
from cxassess.assessment import Answer, Assessment, Judgement, Profile, Unit
from cxassess.assessmentfile import load_assessment
from cxassess.content import Content
from cxassess.paths import examples_dir
from cxassess.scoring import score
from cxassess.text import LANGS

ALL = (
    sections.title,
    sections.summary,
    sections.profile,
    sections.missing,
    sections.levels,
    sections.why_not,
    sections.advice,
    sections.mistakes,
    sections.indicators,
    sections.answers,
    sections.method,
)
HOSTILE = '"><img src=x onerror=alert(1)><script>alert(2)</script>'


def page(assessment: Assessment, content: Content, lang: str = "en") -> str:
    card = score(assessment, content, on=ON)
    return "".join(section(card, content, lang=lang) for section in ALL)


def rated(content: Content, ratings: str) -> Assessment:
    level = content.level_keys.index
    answers = {q.key: Answer(state="rated", rating=ratings[level(q.level)]) for q in content.questions}
    none = {mistake.key: Judgement(severity=0) for mistake in content.mistakes}
    return blank(content, answers=answers, mistakes=none)


def test_the_headline_of_the_worked_example(golden: Assessment, golden_content: Content) -> None:
    """Three levels, a sentence each."""
    card = score(golden, golden_content, on=ON)
    said = [sections.headline(name, card, golden_content, lang="en") for name in card.results]
    assert said == [
        "Taking every answer as given, the level reached is 4: Need anticipated.",
        "Once the answers are held against the mistakes found, level 3 stands: Need met when voiced.",
        "What has been proved is level 2: Problem solved. Answers proved: 9 of 22.",
    ]


def test_the_pyramid_is_described(golden: Assessment, golden_content: Content) -> None:
    """A screen reader gets the result in words."""
    shown = sections.levels(score(golden, golden_content, on=ON), golden_content, lang="en")
    assert 'role="img" aria-label="Six-level pyramid. Claimed: 4. Consistent: 3. Verified: 2.' in shown


def test_want_of_proof_is_not_level_0(content: Content) -> None:
    """METHOD 3: where verified is 0 for want of proof, it says how many answers are proved."""
    card = score(rated(content, "FFFLNN"), content, on=ON)
    assert sections.headline("verified", card, content, lang="en") == "Not yet verified: 0 of 30 answers proved."
    fallen = score(rated(content, "NNNNNN"), content, on=ON)
    assert sections.headline("verified", fallen, content, lang="en").startswith("No level is verified.")


def test_at_least(content: Content) -> None:
    """Where a not-rated level stops the climb, no text says "level 2" alone."""
    assessment = rated(content, "FFFFFF")
    for n in (1, 2):
        assessment = assessment.answer(f"respond-{n}", Answer(state="unknown"))
    shown = sections.summary(score(assessment, content, on=ON), content, lang="en")
    assert shown.count("≥ 2") == 2
    assert "at least level 2 is reached. Level 3 (Need met when voiced) is not rated." in shown


def test_at_least_wherever_a_level_is_named(content: Content) -> None:
    """The pyramid's description and the worth of a not-applicable answer say "at least", too."""
    assessment = rated(content, "FFFFFF")
    for n in (1, 2):
        assessment = assessment.answer(f"respond-{n}", Answer(state="unknown"))
    dropped = Answer(state="not-applicable", reason="not-offered", note="x")
    card = score(assessment.answer("respond-4", dropped), content, on=ON)
    assert "Claimed: ≥ 2. Consistent: ≥ 2." in sections.pyramid(card, content, lang="en")
    shown = sections.levels(card, content, lang="en")
    assert "Even rated N, this level would not be rated." in shown
    assert "islands" not in sections.summary(card, content, lang="en")


def test_islands_and_unknowns_are_told(content: Content) -> None:
    """Reach above attained, and what the unknowns could do to the headline."""
    islands = sections.summary(score(rated(content, "PFFFFF"), content, on=ON), content, lang="en")
    assert "islands above a weak base: level 6 works" in islands
    unsure = rated(content, "FFFLNN").answer("anticipate-1", Answer(state="unknown"))
    unsure = unsure.answer("anticipate-2", Answer(state="rated", rating="P"))
    shown = sections.summary(score(unsure, content, on=ON), content, lang="en")
    assert "If every answer nobody knows counted as N, the claimed result would be level 3." in shown


@pytest.mark.parametrize("lang", LANGS)
def test_an_empty_assessment_says_what_is_missing(content: Content, lang: str) -> None:
    """Thirty questions and eleven mistakes by name, marked as a draft, and no error."""
    shown = page(blank(content), content, lang)
    assert content.words["draft"].in_(lang) in shown
    assert f"{content.words['missing-answers'].in_(lang)} (30)" in shown
    assert f"{content.words['missing-mistakes'].in_(lang)} (11)" in shown


def test_a_complete_assessment_misses_nothing(content: Content) -> None:
    """No empty section."""
    assert sections.missing(score(rated(content, "FFFFFF"), content, on=ON), content, lang="en") == ""


def strings_replaced(document: Any, text: str, path: tuple[str, ...] = ()) -> Any:
    """Every text a person can type, replaced; keys, states, dates and codes left."""
    typed = {"note", "private", "organisation", "name", "trade", "source", "reason", "objective"}
    lists = {"group", "customer_groups", "competitors", "commentary"}
    if isinstance(document, dict):
        return {key: strings_replaced(value, text, (*path, key)) for key, value in document.items()}
    if isinstance(document, list):
        return [strings_replaced(value, text, path) for value in document]
    is_code = "answers" in path and path[-1] == "reason"
    is_typed = not is_code and bool((typed | lists) & set(path[-2:]))
    return text if isinstance(document, str) and is_typed else document


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", ["kopi-lereng", "bank-teluk-biru", "polderfiets"])
def test_hostile_text_everywhere_is_shown_not_run(content: Content, name: str, lang: str) -> None:
    """An example with every typed text replaced by markup has no tag and no attribute more than before."""
    file = examples_dir() / f"{name}.json"
    document = json.loads(file.read_text(encoding="utf-8"))
    hostile = Assessment.model_validate_json(json.dumps(strings_replaced(document, HOSTILE)))
    shown = page(hostile, content, lang)
    assert shown.count("&lt;img src=x onerror=alert(1)&gt;") > 20
    assert "<img" not in shown and "<script" not in shown


@pytest.mark.parametrize("lang", LANGS)
def test_private_notes_appear_nowhere(content: Content, lang: str) -> None:
    """A canary in every `private` field of the document; none in any section."""
    canaries: list[str] = []

    def planted(value: Any) -> Any:
        if isinstance(value, list):
            return [planted(one) for one in value]
        if not isinstance(value, dict):
            return value
        fields = {key: planted(one) for key, one in value.items()}
        return fields | {"private": canary()} if is_noted(value) else fields

    def is_noted(value: dict[str, Any]) -> bool:
        return bool({"state", "severity", "organisation", "kind", "mistake", "level", "format"} & set(value))

    def canary() -> str:
        canaries.append(f"CANARY{len(canaries):03d}")
        return canaries[-1]

    document = json.loads((examples_dir() / "bank-teluk-biru.json").read_text(encoding="utf-8"))
    document = planted(document)
    del document["profile"]["unit"]["private"]
    assessment = Assessment.model_validate_json(json.dumps(document))
    assert len(canaries) > 60
    assert "CANARY" not in page(assessment, content, lang)
    assert "CANARY" not in json.dumps(score(assessment, content, on=ON).as_dict())


def test_the_contents_lead_to_sections_that_are_there(content: Content) -> None:
    """Every link has its heading; a draft has one more."""
    for assessment, count in ((blank(content), 10), (rated(content, "FFFFFF"), 8)):
        shown = page(assessment, content)
        links = re.findall(r'href="#([a-z-]+)"', shown)
        assert len(links) == count
        assert all(f'<h2 id="{link}">' in shown for link in links)


def test_the_first_recommendations_are_shown(content: Content) -> None:
    """Ranked, with owner, days and KPIs; how many more there are is said; none where nothing is left to do."""
    card = score(rated(content, "LLPPNN"), content, on=ON)
    shown = sections.advice(card, content, lang="en")
    assert shown.count("<tr") == 13
    assert "Shown: 12 of 30 steps." in shown
    assert "From P to L" in shown and "Holds back the next level in: Claimed" in shown
    assert sections.advice(score(rated(content, "FFFFFF"), content, on=ON), content, lang="en") == ""


def test_mistakes_not_found_are_one_line(content: Content) -> None:
    """Looked for and not found: by name, not by accusation."""
    shown = sections.mistakes(score(rated(content, "FFFFFF"), content, on=ON), content, lang="en")
    assert "<table" not in shown
    assert "Looked for and not found: Long waits" in shown


def test_commentary_comes_first(content: Content) -> None:
    """In each section the consultant's paragraphs stand before what was computed."""
    said = {"summary": "Our view.", "method": "Our way."}
    card = score(rated(content, "FFFFFF").replaced(commentary=said), content, on=ON)
    for section, text, next_ in (
        (sections.summary, "Our view.", "cx-levels"),
        (sections.method, "Our way.", "rules"),
    ):
        shown = section(card, content, lang="en")
        assert shown.index(text) < shown.index(next_)


def test_the_other_language_is_marked(content: Content) -> None:
    """An Indonesian note in an English report says that it is Indonesian."""
    profile = Profile(organisation="Acme", unit=Unit(kind="company"), objective="Tumbuh", trade="Kafe")
    shown = page(blank(content, profile=profile), content, "en")
    assert '<p lang="id">Tumbuh</p>' in shown
    assert '<span lang="id">Kafe</span>' in shown


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", ["kopi-lereng", "bank-teluk-biru", "polderfiets"])
def test_headings_do_not_skip(content: Content, name: str, lang: str) -> None:
    """One h1, and no level left out."""
    assessment = load_assessment(examples_dir() / f"{name}.json", content)
    levels = [int(n) for n in re.findall(r"<h(\d)", page(assessment, content, lang))]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_word_is_used_and_every_word_used_is_there(content: Content) -> None:
    """words.yaml holds what the package says, no more and no less; no sentence stands in code."""
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "cxassess").glob("*.py"))
    said = set(re.findall(r"""["']([a-z]+(?:-[a-z0-9]+)*)["']""", code))
    built = [
        re.sub(r"\\\{.*?\\\}", "[a-z0-9-]+", re.escape(text))
        for text in re.findall(r"""say\(f["']([^"']+)["']""", code)
    ]
    built += [
        re.sub(r"\\\{.*?\\\}", "[a-z0-9-]+", re.escape(text)) for text in re.findall(r'key = f"([^"]+)"', code)
    ]
    unused = [key for key in content.words if key not in said and not any(re.fullmatch(b, key) for b in built)]
    assert unused == []
    asked = set(re.findall(r"""say\(["']([a-z0-9-]+)["']""", code))
    assert asked <= set(content.words)
