"""What a report says, and what it must never say."""

import json
import re
from functools import cache
from itertools import pairwise
from typing import Any, get_args

import pytest
from kit.drawings import CHARTS
from kit.made import ON, blank, rated
from kit.places import ROOT

from cxassess.chapters import profile as sections
from cxassess.content.reading import Content, load_content
from cxassess.content.voice import Voice
from cxassess.document.answers import Answer, Evidence, Judgement
from cxassess.document.assessment import Assessment, Profile, Section, Unit
from cxassess.document.assessmentfile import load_assessment
from cxassess.page.blocks import (
    MIME,
    Bullets,
    Chart,
    Commentary,
    Cover,
    Facts,
    Heading,
    Part,
    Table,
    blocks_of,
    texts_of,
)
from cxassess.places import examples_dir, templates_dir
from cxassess.pyramid.scorecard import RESULTS
from cxassess.pyramid.scoring import score
from cxassess.text import LANGS, Lang, Text, escaped

TEMPLATE = (templates_dir() / "report.ipynb").read_text(encoding="utf-8")
ALL = tuple(getattr(sections, name) for name in re.findall(r"sections\.(\w+)\(", TEMPLATE))
EXAMPLES = sorted(file.stem for file in examples_dir().glob("*.json"))
HOSTILE = '"><img src=x onerror=alert(1)><script>alert(2)</script>'


def parts(assessment: Assessment, content: Content, lang: Lang = "en") -> list[Part]:
    card = score(assessment, content, on=ON)
    return [section(card, Voice(content, lang)) for section in ALL]


def html(parts: list[Part]) -> str:
    return "".join(part.html() for part in parts)


def page(assessment: Assessment, content: Content, lang: Lang = "en") -> str:
    return html(parts(assessment, content, lang))


def data(parts: list[Part]) -> str:
    """What a notebook keeps of the sections, HTML and blocks, as it stands in its file."""
    return json.dumps([part._repr_mimebundle_() for part in parts], ensure_ascii=False)


def charts(parts: list[Part]) -> list[Chart]:
    return [block for part in parts for block in part.blocks if isinstance(block, Chart)]


@cache
def example(name: str, lang: Lang) -> list[Part]:
    """The sections of an example; drawing them is slow, so each only once."""
    content = load_content()
    return parts(load_assessment(examples_dir() / f"{name}.json", content), content, lang)


def test_the_report_shows_every_section() -> None:
    """What is written is shown, in the order of the contents, and begins with the title."""
    names = [section.__name__ for section in ALL]
    own = [name for name, one in vars(sections).items() if getattr(one, "__module__", "") == sections.__name__]
    returns_part = [name for name in own if getattr(sections, name).__annotations__.get("return") == "Part"]
    assert sorted(names) == sorted(name for name in returns_part if not name.startswith("_"))
    assert names[0] == "title"


def test_the_pyramid_is_described(golden: Assessment, golden_content: Content) -> None:
    """A screen reader gets the result in words."""
    shown = sections.levels(score(golden, golden_content, on=ON), Voice(golden_content, "en")).html()
    assert 'role="img" aria-label="Six-level pyramid. Claimed: 4. Consistent: 3. Verified: 2.' in shown


@pytest.mark.parametrize("lang", LANGS)
def test_every_chart_has_words_and_source(lang: Lang) -> None:
    """In the reader's language, each once; what is drawn is there as Vega-Lite, too."""
    found = charts(example("kopi-lereng", lang))
    keys = [chart.key for chart in found]
    assert len(set(keys)) == len(keys) == len(CHARTS)
    for chart in found:
        assert chart.svg.startswith("<svg") and "$schema" in (chart.spec or {})
        assert chart.alt and chart.caption and not re.search("[{}]", chart.alt + chart.caption)


def test_drawings_do_not_share_names() -> None:
    """In one page every address is there once, and what a drawing refers to is its own."""
    shown = html(example("kopi-lereng", "en"))
    names = re.findall(r' id="([^"]+)"', shown)
    assert len(names) == len(set(names))
    used = re.findall(r'url\(#([^)]+)\)|href="#([^"]+)"', shown)
    assert used
    assert {a or b for a, b in used} <= set(names)


def test_at_least(content: Content) -> None:
    """Where a not-rated level stops the climb, no text says "level 2" alone."""
    assessment = rated(content, "FFFFFF")
    for n in (1, 2):
        assessment = assessment.answer(f"respond-{n}", Answer(state="unknown"))
    shown = sections.summary(score(assessment, content, on=ON), Voice(content, "en")).html()
    assert shown.count("≥ 2") == 2
    assert "at least level 2 is reached. Level 3 (Need met when voiced) is not rated." in shown


def test_at_least_wherever_a_level_is_named(content: Content) -> None:
    """The pyramid's description and the worth of a not-applicable answer say "at least", too."""
    assessment = rated(content, "FFFFFF")
    for n in (1, 2):
        assessment = assessment.answer(f"respond-{n}", Answer(state="unknown"))
    dropped = Answer(state="not-applicable", reason="not-offered", note="x")
    card = score(assessment.answer("respond-4", dropped), content, on=ON)
    assert "Claimed: ≥ 2. Consistent: ≥ 2." in sections.pyramid(card, Voice(content, "en")).alt
    said = "".join(texts_of(sections.method(card, Voice(content, "en")).blocks))
    assert "Even rated N, this level would not be rated." in said
    assert "weak base" not in sections.summary(card, Voice(content, "en")).html()


@pytest.mark.parametrize("lang", LANGS)
def test_an_empty_assessment_says_what_is_missing(content: Content, lang: Lang) -> None:
    """Thirty questions and eleven mistakes by name, marked as a draft, and no error."""
    shown = page(blank(content), content, lang)
    assert content.words["draft"].in_(lang) in shown
    assert f"{content.words['missing-answers'].in_(lang)} (30)" in shown
    assert f"{content.words['missing-mistakes'].in_(lang)} (11)" in shown
    missing = sections.missing(score(blank(content), content, on=ON), Voice(content, lang))
    lists = [block for block in missing.blocks if isinstance(block, Bullets)]
    assert [len(one.items) for one in lists] == [30, 11]


@pytest.mark.parametrize("lang", LANGS)
def test_without_data_there_is_no_section(content: Content, lang: Lang) -> None:
    """No heading over nothing: what was not answered, judged or collected is left out."""
    card = score(blank(content), content, on=ON)
    nothing = ("levels", "why_not", "mistakes", "indicators", "advice", "answers", "evidence")
    for name in nothing:
        assert getattr(sections, name)(card, Voice(content, lang)) == Part(), name
    for section in ALL:
        assert (section.__name__ in nothing) == (section(card, Voice(content, lang)).blocks == ())
    summary = sections.summary(card, Voice(content, lang))
    assert "cx-panels" not in summary.html()


def test_each_section_comes_with_its_data(content: Content) -> None:
    """One answer, one judgement, one indicator, one record: each brings the section it belongs to."""
    some = Answer(state="rated", rating="P")
    record = Evidence(key="E-01", kind="document", source="s", on=ON)
    for fields, names in (
        ({"answers": {"inform-1": some}}, ["levels", "why_not", "advice", "answers"]),
        ({"mistakes": {"silos": Judgement(severity=0)}}, ["mistakes"]),
        ({"indicators": {content.indicators[0].key: some}}, ["indicators"]),
        ({"evidence": (record,)}, ["evidence"]),
    ):
        card = score(blank(content, **fields), content, on=ON)
        shown = {section.__name__ for section in ALL if section(card, Voice(content, "en")).blocks}
        assert shown == {"title", "summary", "profile", "missing", "method", "glossary", *names}


def test_a_complete_assessment_misses_nothing(content: Content) -> None:
    """No empty section."""
    assert sections.missing(score(rated(content, "FFFFFF"), content, on=ON), Voice(content, "en")) == Part()


def strings_replaced(document: Any, text: str, path: tuple[str, ...] = ()) -> Any:
    """Every text a person can type, replaced; keys, states, dates and codes left."""
    typed = {"note", "private", "organisation", "name", "trade", "source", "reason", "objective", "person"}
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
def test_hostile_text_everywhere_is_shown_not_run(content: Content, name: str, lang: Lang) -> None:
    """An example with every typed text replaced by markup has no tag and no attribute more than before."""
    document = json.loads((examples_dir() / f"{name}.json").read_text(encoding="utf-8"))
    document["profile"]["print_names"] = True
    texts = {}
    for typed in ("harmless", HOSTILE):
        replaced = Assessment.model_validate_json(json.dumps(strings_replaced(document, typed)))
        texts[typed] = page(replaced, content, lang)
    shown = texts[HOSTILE]
    assert shown.count("&lt;img src=x onerror=alert(1)&gt;") == texts["harmless"].count("harmless") > 20
    assert "<img" not in shown and "<script" not in shown
    assert shown.replace(escaped(HOSTILE), "harmless") == texts["harmless"]


@pytest.mark.parametrize("lang", LANGS)
def test_nothing_typed_reaches_a_drawing(content: Content, lang: Lang) -> None:
    """Drawings and their sources hold words of the content, numbers and keys alone: nothing to escape in them."""
    document = json.loads((examples_dir() / "bank-teluk-biru.json").read_text(encoding="utf-8"))
    document["profile"]["print_names"] = True
    assessment = Assessment.model_validate_json(json.dumps(strings_replaced(document, "CANARY")))
    found = charts(parts(assessment, content, lang))
    assert len(found) == len(CHARTS)
    assert not [chart.key for chart in found if "CANARY" in chart.model_dump_json()]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", EXAMPLES)
def test_a_section_comes_back_from_its_notebook(name: str, lang: Lang) -> None:
    """What the notebook keeps beside the HTML is the same section, to the letter."""
    for part in example(name, lang):
        kept = json.loads(json.dumps(part._repr_mimebundle_()))[MIME]
        assert Part(*blocks_of(kept)).html() == part.html()


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
    assert "CANARY" not in data(parts(assessment, content, lang))
    assert "CANARY" not in json.dumps(score(assessment, content, on=ON).as_dict())


@pytest.mark.parametrize("lang", LANGS)
def test_people_are_named_only_where_the_profile_says_so(content: Content, lang: Lang) -> None:
    """A canary as the name of everyone asked: by default in neither page nor data; by `print_names`, each once."""
    document = json.loads((examples_dir() / "bank-teluk-biru.json").read_text(encoding="utf-8"))
    for number, record in enumerate(document["evidence"]):
        record["person"] = f"CANARY{number:02d}"
    for print_names in (False, True):
        if print_names:
            document["profile"]["print_names"] = True
        assessment = Assessment.model_validate_json(json.dumps(document))
        shown = parts(assessment, content, lang)
        assert html(shown).count("CANARY") == (len(document["evidence"]) if print_names else 0)
        assert ("CANARY" in data(shown)) == print_names
    card = score(assessment, content, on=ON)
    assert "CANARY" not in json.dumps(card.as_dict())


@pytest.mark.parametrize("lang", LANGS)
def test_the_contents_lead_to_sections_that_are_there(
    content: Content, golden_content: Content, lang: Lang
) -> None:
    """A link to each, in their order, by their headings; none to what has nothing to say."""
    # Content of one's own may explain only what this report does not say.
    unused = content.terms[0].model_copy(update={"term": Text(id="kuda nil", en="hippopotamus")})
    foreign = content.model_copy(update={"terms": (unused,)})
    cases = [
        *(example(name, lang) for name in EXAMPLES),
        parts(blank(content), content, lang),
        parts(blank(golden_content), golden_content, lang),
        parts(rated(content, "FFFFFF"), content, lang),
        parts(blank(foreign), foreign, lang),
    ]
    seen = set()
    for shown in map(html, cases):
        links = re.findall(r'<a href="#([a-z-]+)">([^<]*)</a>', shown)
        assert links == re.findall(r'<h2 id="([a-z-]+)">([^<]*)</h2>', shown)
        seen.add(len(links))
    assert {4, 5, 12} <= seen


def test_the_first_recommendations_are_shown(content: Content) -> None:
    """Ranked, with owner, days and KPIs; how many more there are is said; none where nothing is left to do."""
    card = score(rated(content, "LLPPNN"), content, on=ON)
    part = sections.advice(card, Voice(content, "en"))
    ranked, owned = [block for block in part.blocks if isinstance(block, Table)]
    assert len(ranked.rows) == 12
    assert sum(len(row[1]) for row in owned.rows) == 12
    shown = part.html()
    assert "Shown: 12 of 30 steps." in shown
    assert "From P to L" in shown and "Holds back the next level in: Claimed" in shown
    assert sections.advice(score(rated(content, "FFFFFF"), content, on=ON), Voice(content, "en")) == Part()


def test_mistakes_not_found_are_one_line(content: Content) -> None:
    """Looked for and not found: by name, not by accusation."""
    shown = sections.mistakes(score(rated(content, "FFFFFF"), content, on=ON), Voice(content, "en")).html()
    assert "<table" not in shown and "<svg" not in shown
    assert "Looked for and not found: “Long waits”" in shown


def test_commentary_comes_first(content: Content) -> None:
    """In each section that can have one, the consultant's paragraphs stand before what was computed."""
    keys = get_args(Section)
    said = {key: f"Our view of {key}.\n\nAnd more." for key in keys}
    assessment = load_assessment(examples_dir() / "kopi-lereng.json", content)
    card = score(assessment.replaced(commentary=said), content, on=ON)
    for key in keys:
        heading, first, *rest = getattr(sections, key.replace("-", "_"))(card, Voice(content, "id")).blocks
        assert isinstance(heading, Heading) and heading.key == key
        assert isinstance(first, Commentary)
        assert [part.text for part in first.blocks] == [f"Our view of {key}.", "And more."]
        assert rest and not [block for block in rest if isinstance(block, Commentary)]


def test_the_other_language_is_marked(content: Content) -> None:
    """An Indonesian note in an English report says that it is Indonesian."""
    profile = Profile(organisation="Acme", unit=Unit(kind="company"), objective="Tumbuh", trade="Kafe")
    shown = page(blank(content, profile=profile), content, "en")
    assert '<p lang="id">Tumbuh</p>' in shown
    assert '<p lang="id">Kafe</p>' in shown


def test_the_cover_says_whose_of_what_and_when(content: Content) -> None:
    """And that it is a draft, as long as it is one."""
    profile = Profile(organisation="Acme", unit=Unit(kind="outlet", name="Dago"))
    draft = sections.title(score(blank(content, profile=profile), content, on=ON), Voice(content, "en")).blocks[0]
    assert isinstance(draft, Cover)
    assert (draft.title, draft.lines) == ("Acme", ("Outlet: Dago", "As of 31 March 2026"))
    assert draft.draft and draft.draft.text.startswith("Draft. This assessment is not complete.")
    whole = sections.title(score(rated(content, "FFFFFF"), content, on=ON), Voice(content, "en")).blocks[0]
    assert isinstance(whole, Cover) and whole.draft is None


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", EXAMPLES)
def test_the_glossary_explains_what_is_said(content: Content, name: str, lang: Lang) -> None:
    """Only terms that stand in the report itself, each once, in the order of the alphabet, with their meaning."""
    *others, glossary = example(name, lang)
    said = " ".join(text for part in others for text in texts_of(part.blocks)).casefold()
    (facts,) = [block for block in glossary.blocks if isinstance(block, Facts)]
    terms = [term for term, _ in facts.rows]
    assert len(terms) > 5
    assert [term for term in terms if term.casefold() not in said] == []
    assert terms == sorted(set(terms), key=str.casefold)
    meanings = {term.term.in_(lang): term.meaning.in_(lang) for term in content.terms}
    assert all(value[0].text == meanings[term] for term, value in facts.rows)
    assert len(terms) < len(meanings)


def test_part_of_a_word_is_no_term(content: Content) -> None:
    """ "need" is not explained because of "needed", nor a term because it stands in the glossary alone."""
    assert sections._uses("It needed: CES.", "CES") and sections._uses("Kanal, lain", "kanal")
    assert not sections._uses("It is needed", "need")
    other = content.terms[0].model_copy(update={"term": Text(id="kuda nil", en="hippopotamus")})
    card = score(rated(content, "FPPPPP"), content, on=ON)
    assert sections.glossary(card, Voice(content.model_copy(update={"terms": (other,)}), "en")) == Part()


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", EXAMPLES)
def test_headings_do_not_skip(name: str, lang: Lang) -> None:
    """One h1, and no level left out."""
    levels = [int(n) for n in re.findall(r"<h(\d)", html(example(name, lang)))]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_word_is_used_and_every_word_used_is_there(content: Content) -> None:
    """words.yaml holds what the package says, no more and no less; no sentence stands in code."""
    files = [*(ROOT / "cxassess").rglob("*.py"), *(ROOT / "templates" / "form").glob("*.j2")]
    code = "".join(path.read_text(encoding="utf-8") for path in files)
    said = set(re.findall(r"""["']([a-z0-9]+(?:-[a-z0-9]+)*)["']""", code))
    # A word put together, like f"need-{...}": what is put in must itself stand in the code, or be one letter.
    built = {
        re.sub(r"\\\{.*?\\\}", "([a-z0-9-]+)", re.escape(text))
        for text in re.findall(r"""f["']([a-z]+-[^"'\s]*\{[^"'\s]*\}[^"'\s]*)["']""", code)
    }
    built |= {f"{start}([a-z0-9-]+)" for start in re.findall(r"""["']([a-z]+-[a-z-]*-)["'] ~""", code)}
    headlines = {f"{name}-{case}" for name in RESULTS for case in ("at-least", "level", "none", "fallen")}

    def is_put_together(key: str) -> bool:
        found = (re.fullmatch(pattern, key) for pattern in built)
        return any(hit and all(part in said or len(part) == 1 for part in hit.groups()) for hit in found)

    unused = [key for key in content.words if key not in said | headlines and not is_put_together(key)]
    assert unused == []
    asked = set(re.findall(r"""say\(["']([a-z0-9-]*[a-z0-9])["']""", code))
    assert len(asked) > 30
    assert asked <= set(content.words)
