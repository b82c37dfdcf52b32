"""What a report says, and what it must never say."""

import gc
import json
import re
import sys
import weakref
from collections import Counter
from importlib import import_module
from inspect import CO_GENERATOR
from itertools import pairwise
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from kit.drawings import CHARTS
from kit.made import ON, blank, rated
from kit.manuscripts import EXAMPLES, charts, example, html, manuscript, parts
from kit.places import ROOT

from cxassess.chapters import CHAPTERS
from cxassess.content.reading import Content
from cxassess.document.answers import Answer, Evidence, Judgement
from cxassess.document.assessment import Assessment
from cxassess.document.assessmentfile import load_assessment
from cxassess.page.blocks import MIME, Facts, Part, Table, blocks_of
from cxassess.page.prose import texts_of
from cxassess.places import examples_dir, templates_dir
from cxassess.pyramid.scoring import score
from cxassess.text import LANGS, Lang, Text, escaped

HOSTILE = '"><img src=x onerror=alert(1)><script>alert(2)</script>'


def said_by(assessment: Assessment, content: Content, lang: Lang = "en") -> set[str]:
    """The keys of the chapters that have something to say."""
    made = manuscript(assessment, content, lang)
    return {chapter.key for chapter in CHAPTERS if made.chapter(chapter.key).blocks}


def data(parts: list[Part]) -> str:
    """What a notebook keeps of the parts, HTML and blocks, as it stands in its file."""
    return json.dumps([part._repr_mimebundle_() for part in parts], ensure_ascii=False)


def test_the_report_notebook_has_a_cell_a_chapter() -> None:
    """In the order of CHAPTERS, between cover and glossary, and nothing else."""
    notebook = json.loads((templates_dir() / "report.ipynb").read_text(encoding="utf-8"))
    _, _, *cells = ["".join(cell["source"]) for cell in notebook["cells"]]
    chapters = [f'manuscript.chapter("{chapter.key}")' for chapter in CHAPTERS]
    assert cells == ["manuscript.cover()", *chapters, "manuscript.glossary()"]


def test_every_chapter_of_the_room_is_in_the_report() -> None:
    """A module that makes a chapter is named in CHAPTERS, and no key stands twice."""
    modules = [f"cxassess.chapters.{path.stem}" for path in (ROOT / "cxassess" / "chapters").glob("[!_]*.py")]
    made = [module.CHAPTER for module in map(import_module, modules) if hasattr(module, "CHAPTER")]
    assert {id(chapter) for chapter in made} == {id(chapter) for chapter in CHAPTERS}
    keys = [chapter.key for chapter in CHAPTERS]
    assert len(keys) == len(set(keys)) == len(made)


def test_everything_is_made_once(content: Content) -> None:
    """However often it is asked for; contents and glossary read what was made, and advice stands on the card."""
    assessment = load_assessment(examples_dir() / "kopi-lereng.json", content)
    calls: Counter[str] = Counter()

    def count(frame: FrameType, event: str, _: object) -> None:
        code = frame.f_code
        # A generator is entered anew for each of its values.
        if event == "call" and "cxassess" in code.co_filename and not code.co_flags & CO_GENERATOR:
            calls[f"{Path(code.co_filename).stem}.{code.co_name}"] += 1

    sys.setprofile(count)
    try:
        made = manuscript(assessment, content)
        for _ in range(2):
            made.cover()
            made.glossary()
            for chapter in CHAPTERS:
                made.chapter(chapter.key)
    finally:
        sys.setprofile(None)
    assert calls["advice.recommend"] == 1
    assert calls["answers.table"] == len(content.levels)
    assert calls["practices.practice_row"] == len(content.questions) + len(content.indicators)
    once = ("levels.table", "mistakes.table", "indicators.table", "advice.table", "advice.by_owner")
    once += ("evidence.table", "evidence.coverage_table", "summary.panels", "glossary.terms_in")
    assert {name: calls[name] for name in once} == dict.fromkeys(once, 1)


def test_a_manuscript_leaves_nothing_behind(content: Content) -> None:
    """Once it is let go, its client's answers are nowhere: the next report is made in the same process."""
    made = manuscript(rated(content, "FFPPNN"), content)
    made.cover()
    card = weakref.ref(made.card)
    del made
    gc.collect()
    assert card() is None


@pytest.mark.parametrize("lang", LANGS)
def test_every_chart_has_words_and_source(lang: Lang) -> None:
    """Every chart there is, in the reader's language, each once; what is drawn is there as Vega-Lite, too."""
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


@pytest.mark.parametrize("lang", LANGS)
def test_without_data_there_is_no_chapter(content: Content, lang: Lang) -> None:
    """No heading over nothing: what was not answered, judged or collected is left out."""
    shown = said_by(blank(content), content, lang)
    assert {"summary", "profile", "missing", "method"} <= shown
    assert shown.isdisjoint({"levels", "why-not", "mistakes", "indicators", "advice", "answers", "evidence"})
    assert "cx-panels" not in manuscript(blank(content), content, lang).chapter("summary").html()


def test_each_chapter_comes_with_its_data(content: Content) -> None:
    """One answer, one judgement, one indicator, one record: each brings the chapters it belongs to."""
    some = Answer(state="rated", rating="P")
    record = Evidence(key="E-01", kind="document", source="s", on=ON)
    cases: tuple[tuple[dict[str, Any], list[str]], ...] = (
        ({"answers": {"inform-1": some}}, ["levels", "why-not", "advice", "answers"]),
        ({"mistakes": {"silos": Judgement(severity=0)}}, ["mistakes"]),
        ({"indicators": {content.indicators[0].key: some}}, ["indicators"]),
        ({"evidence": (record,)}, ["evidence"]),
    )
    known = {name for _, names in cases for name in names}
    assert known.isdisjoint(said_by(blank(content), content))
    for fields, names in cases:
        assert said_by(blank(content, **fields), content) & known == set(names)


def strings_replaced(document: Any, text: str, path: tuple[str, ...] = ()) -> Any:
    """Every text a person can type, replaced; keys, states, dates and codes left."""
    typed = {"note", "private", "organisation", "name", "trade_text", "source", "reason", "objective", "person"}
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
        texts[typed] = html(parts(replaced, content, lang))
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
def test_a_part_comes_back_from_its_notebook(name: str, lang: Lang) -> None:
    """What the notebook keeps beside the HTML is the same, to the letter."""
    for part in example(name, lang):
        kept = json.loads(json.dumps(part._repr_mimebundle_()))[MIME]
        assert Part(*blocks_of(kept)).html() == part.html()


@pytest.mark.parametrize("lang", LANGS)
def test_private_notes_appear_nowhere(content: Content, lang: str) -> None:
    """A canary in every `private` field of the document; none in any part."""
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
def test_the_contents_lead_to_what_is_there(content: Content, golden_content: Content, lang: Lang) -> None:
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
    least = len(said_by(blank(content), content))
    assert {least, least + 1} <= seen and max(seen) > least + 3


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


@pytest.mark.parametrize(
    ("fields", "is_explained"),
    [
        ({"commentary": {"summary": "Zebra"}}, True),
        ({"commentary": {"mistakes": "Zebra"}}, False),
        ({"mistakes": {"silos": Judgement(severity=1, note="Zebra")}}, True),
        ({"note": "Zebra"}, False),
        ({"evidence": (Evidence(key="E-01", kind="document", source="Zebra", on=ON),)}, False),
    ],
)
def test_terms_are_explained_where_a_chapter_is_glossed(
    content: Content, fields: dict[str, Any], is_explained: bool
) -> None:
    """All of the summary, of most chapters the tables alone, nothing of the profile and the evidence."""
    zebra = content.terms[0].model_copy(update={"term": Text(id="zebra", en="zebra")})
    foreign = content.model_copy(update={"terms": (zebra,)})
    made = manuscript(rated(content, "FFFFFF").replaced(**fields), foreign)
    assert bool(made.glossary().blocks) == is_explained


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", EXAMPLES)
def test_headings_do_not_skip(name: str, lang: Lang) -> None:
    """One h1, and no level left out."""
    levels = [int(n) for n in re.findall(r"<h(\d)", html(example(name, lang)))]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("lang", LANGS)
def test_every_table_has_a_name_and_fits_its_head(lang: Lang) -> None:
    """A caption for those who hear it; widths, where given, make up the whole."""
    tables = [block for part in example("kopi-lereng", lang) for block in part.blocks if isinstance(block, Table)]
    assert len(tables) > 10
    for table in tables:
        assert table.caption and all(table.columns)
        assert sum(table.widths) in (0, 100)
        assert table.rows
