"""The quality of the shipped texts: gates that read every sentence, and a proof for each that it can fail.

A gate is a pure function from texts to complaints; no complaint is good. A text goes by its place,
"1-inform.yaml questions inform-1 anchors N en", so that a complaint says where to look.
"""

import json
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pytest
import simplemma
import yaml
from kit.places import DATA
from spellchecker import SpellChecker

from cxassess.content.model import LEVELS, Term
from cxassess.content.practices import ROLES, Anchors, Mistake, Practice, Question, Role
from cxassess.content.reading import Content
from cxassess.places import content_dir, examples_dir
from cxassess.report.proof import texts_of
from cxassess.text import LANGS, Lang, Text

ALLOWED = "indonesian_words.txt"
# The folder with the articles that the model was learnt from, which nobody may hand on.
SOURCES = os.environ.get("CXASSESS_SOURCES")
RATINGS = tuple(Anchors.model_fields)
ALIKE = 0.6
RUN = 8


def listed(name: str) -> frozenset[str]:
    return frozenset((DATA / name).read_text(encoding="utf-8").split())


STOP_WORDS: dict[Lang, frozenset[str]] = {lang: listed(f"stop_words.{lang}.txt") for lang in LANGS}
# How many, how much, how often: what must not be all that tells one anchor from another.
QUANTIFIERS: dict[Lang, frozenset[str]] = {lang: listed(f"quantifiers.{lang}.txt") for lang in LANGS}


def words(text: str) -> list[str]:
    """The words in lower case, without figures and {placeholders}; a hyphen parts two words."""
    return re.findall(r"[^\W\d_]+", re.sub(r"\{[^}]*\}", " ", text).lower())


@cache
def bare_words(text: str, lang: Lang) -> frozenset[str]:
    return frozenset(words(text)) - STOP_WORDS[lang]


def texts_in(data: Any, place: str) -> Iterator[tuple[str, str]]:
    """Every text in a document by its place; entries of a list go by their key."""
    if isinstance(data, str):
        yield place, data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from texts_in(value, f"{place} {key}")
    elif isinstance(data, list):
        for number, value in enumerate(data):
            name = value.get("key", number) if isinstance(value, dict) else number
            yield from texts_in(value, f"{place} {name}")


# --- the gates ---


def miscounted(questions: Iterable[Question], facets: Iterable[str]) -> list[str]:
    """Levels that do not have one question of each facet and exactly one core."""
    by_level: dict[str, list[Question]] = {}
    for question in questions:
        by_level.setdefault(question.level, []).append(question)
    wanted = sorted(facets)
    return [
        level
        for level, asked in by_level.items()
        if sorted(question.facet for question in asked) != wanted or sum(question.core for question in asked) != 1
    ]


def incomplete(practices: Iterable[Practice]) -> list[str]:
    """Practices without a reason, without evidence to look for or without someone to ask."""
    needed = ("why", "evidence", "whom")
    return [f"{practice.key} {part}" for practice in practices for part in needed if not getattr(practice, part)]


# In Indonesian a phrase begins with the noun that it is about: "staf pendamping pelanggan" are staff.
CUSTOMERS = re.compile(
    r"(?:dan |dua atau tiga |satu-dua |lima |beberapa |mantan )*(?:pelanggan|pengguna)\b", re.IGNORECASE
)
FRONT_LINE = re.compile(r"garis depan|loket|konter|cabang|petugas", re.IGNORECASE)


def wrongly_asked(one: Practice | Mistake) -> list[Role]:
    """Roles that one of `asks` and `whom` names and the other does not, as far as `whom` is plain."""
    assert one.whom
    names_customers = any(CUSTOMERS.match(phrase.strip()) for phrase in one.whom.id.split(","))
    wrong: list[Role] = ["customer"] if names_customers != ("customer" in one.asks) else []
    missed = FRONT_LINE.search(one.whom.id) and "front-line" not in one.asks
    return [*wrong, "front-line"] if missed else wrong


def alike(texts: dict[str, str], lang: Lang) -> list[str]:
    """Pairs of texts that share too many words, stop words aside, by the shorter of the two."""
    bare = {place: bare_words(text, lang) for place, text in texts.items()}
    return [
        f"{one} ~ {two}: {' '.join(sorted(bare[one] & bare[two]))}"
        for one, two in combinations(bare, 2)
        if len(bare[one] & bare[two]) > ALIKE * min(len(bare[one]), len(bare[two]))
    ]


def only_quantified(anchors: Anchors, lang: Lang) -> list[str]:
    """Pairs of anchors that say the same but for how much or how often."""
    rest = {rating: bare_words(anchors[rating].in_(lang), lang) - QUANTIFIERS[lang] for rating in RATINGS}
    return [f"{one}-{two}" for one, two in combinations(RATINGS, 2) if rest[one] == rest[two]]


def runs(text: str) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[start : start + RUN]) for start in range(len(found) - RUN + 1)}


def copied(texts: dict[str, str], sources: Iterable[str]) -> list[str]:
    """Texts with a run of eight words that stands in a source."""
    known = set().union(*map(runs, sources))
    return [f"{place}: {' '.join(run)}" for place, text in texts.items() for run in sorted(runs(text) & known)]


@cache
def english() -> SpellChecker:
    return SpellChecker(language="en")


def is_english(word: str) -> bool:
    """In the English dictionary and not Indonesian; simplemma takes some English function words for Indonesian."""
    if len(word) == 1 or word not in english().word_frequency.dictionary:
        return False
    return word in STOP_WORDS["en"] or not simplemma.is_known(word, lang="id")


def english_words(texts: dict[str, str], excused: set[str]) -> list[str]:
    """English words in Indonesian texts that are no loanwords of the glossary."""
    return [
        f"{place}: {word}"
        for place, text in texts.items()
        for word in dict.fromkeys(words(text))
        if word not in excused and is_english(word)
    ]


def glossary_faults(terms: list[dict[str, Any]]) -> list[str]:
    """Terms that lack a language or a meaning, stand twice, or are out of order."""
    faults = [
        f"{term['key']} {part} {lang}: is missing"
        for term in terms
        for part in ("term", "meaning")
        for lang in LANGS
        if not term.get(part, {}).get(lang, "").strip()
    ]
    faults += [
        f"{key}: stands twice" for key, times in Counter(term["key"] for term in terms).items() if times > 1
    ]
    names = [term.get("term", {}).get("en", "").casefold() for term in terms]
    return faults + [f"{after}: belongs before {before}" for before, after in pairwise(names) if after < before]


# --- the shipped texts ---


@pytest.fixture(scope="module")
def practices(content: Content) -> list[Practice]:
    return [*content.questions, *content.indicators]


@pytest.fixture(scope="module")
def shipped() -> dict[str, str]:
    """Every text of every content file by its place."""
    files = sorted(content_dir().glob("**/*.yaml"))
    data = {file.name: yaml.safe_load(file.read_text(encoding="utf-8")) for file in files}
    return {place: text for name in data for place, text in texts_in(data[name], name)}


@pytest.fixture(scope="module")
def glossary() -> dict[str, Any]:
    return dict(yaml.safe_load((content_dir() / "glossary.yaml").read_text(encoding="utf-8")))


def test_thirty_questions(content: Content) -> None:
    """Five a level, one of each facet, exactly one core a level."""
    assert len(content.questions) == LEVELS * len(content.model.facets) == 30
    assert miscounted(content.questions, [facet.key for facet in content.model.facets]) == []


def test_every_practice_is_complete(practices: list[Practice]) -> None:
    """Why it matters, what to look at and whom to ask stand with every question and indicator."""
    assert incomplete(practices) == []


def test_every_question_mistake_and_indicator_says_whom_to_ask(content: Content) -> None:
    """By role, not by default; and the roles agree with the words."""
    asked = [*content.questions, *content.mistakes, *content.indicators]
    assert [one.key for one in asked if "asks" not in one.model_fields_set] == []
    assert {one.key: wrong for one in asked if (wrong := wrongly_asked(one))} == {}


@pytest.mark.parametrize("role", ROLES)
def test_every_role_is_asked_on_every_level(content: Content, role: Role) -> None:
    """No conversation passes over a storey of the pyramid."""
    silent = [key for key in content.level_keys if not any(role in one.asks for one in content.of_level(key))]
    assert silent == []


@pytest.mark.parametrize("lang", LANGS)
def test_no_two_anchors_are_alike(practices: list[Practice], lang: Lang) -> None:
    """Of the words of two anchors, at most 60 % are shared: each describes its own practice at its own stage."""
    anchors = {f"{p.key} {rating}": p.anchors[rating].in_(lang) for p in practices for rating in RATINGS}
    assert alike(anchors, lang) == []


@pytest.mark.parametrize("lang", LANGS)
def test_no_two_reasons_are_alike(practices: list[Practice], lang: Lang) -> None:
    """Each practice has a reason of its own."""
    assert alike({p.key: p.why.in_(lang) for p in practices if p.why}, lang) == []


@pytest.mark.parametrize("lang", LANGS)
def test_anchors_differ_in_more_than_quantifiers(practices: list[Practice], lang: Lang) -> None:
    """Never "sometimes", "often", "always" before one and the same sentence."""
    assert {p.key: found for p in practices if (found := only_quantified(p.anchors, lang))} == {}


def test_nothing_is_copied_from_the_sources(shipped: dict[str, str]) -> None:
    """No run of eight words of the articles that the model was learnt from, in content or examples."""
    if not SOURCES:
        pytest.skip("CXASSESS_SOURCES names no folder with the source articles")
    articles = [file.read_text(encoding="utf-8") for file in Path(SOURCES).glob("*.txt")]
    assert articles
    examples = {
        place: text
        for file in sorted(examples_dir().glob("*.json"))
        for place, text in texts_in(json.loads(file.read_text(encoding="utf-8")), file.name)
    }
    assert copied(shipped | examples, articles) == []


def test_indonesian_texts_are_indonesian(shipped: dict[str, str], glossary: dict[str, Any]) -> None:
    """English words only where the glossary lends them; tests/data/indonesian_words.txt excuses look-alikes."""
    excused = {*glossary["loanwords"], *listed(ALLOWED)}
    assert english_words({p: text for p, text in shipped.items() if p.endswith(" id")}, excused) == []


def test_the_allow_list_is_short_and_needed() -> None:
    """Words in order, once, each one that the gate would stop; a long list would be a hole in the gate."""
    allowed = (DATA / ALLOWED).read_text(encoding="utf-8").split()
    assert allowed == sorted(set(allowed))
    assert len(allowed) <= 40
    assert [word for word in allowed if not is_english(word)] == []


def test_the_glossary_is_in_order(glossary: dict[str, Any]) -> None:
    """Every term in both languages with its meaning, once, alphabetical by the English term."""
    assert glossary_faults(glossary["terms"]) == []


# --- each gate can fail ---


def anchored(*texts: str) -> Anchors:
    return Anchors(**{rating: Text(id=text, en=text) for rating, text in zip(RATINGS, texts, strict=True)})


def test_gate_counts(content: Content) -> None:
    """A level that lost a question, has a facet twice, two cores or none is named."""
    facets = [facet.key for facet in content.model.facets]
    level = content.level_keys[0]
    asked = content.of_level(level)
    first_facet = [question.model_copy(update={"facet": facets[0]}) for question in asked]
    cores = [[question.model_copy(update={"core": core}) for question in asked] for core in (True, False)]
    for bad in (asked[1:], first_facet, *cores):
        assert miscounted([*bad, *content.of_level(content.level_keys[1])], facets) == [level]


def test_gate_completeness(content: Content) -> None:
    """Each of the three parts is missed."""
    bare = content.questions[0].model_copy(update={"why": None, "whom": None})
    assert incomplete([bare, content.questions[1]]) == [f"{bare.key} why", f"{bare.key} whom"]


def test_gate_whom(content: Content) -> None:
    """A customer or a front line named in one of the two alone is caught."""
    asked = content.by_key["resolve-2"]
    assert wrongly_asked(asked) == []
    assert wrongly_asked(asked.model_copy(update={"asks": ("front-line",)})) == ["customer"]
    assert wrongly_asked(asked.model_copy(update={"asks": ("customer",)})) == ["front-line"]
    assert wrongly_asked(content.by_key["resolve-5"].model_copy(update={"asks": ROLES})) == ["customer"]


@pytest.mark.parametrize(
    ("lang", "one", "two", "caught"),
    [
        (
            "en",
            "Staff answer every letter within two days.",
            "Staff answer letters; every letter, two days!",
            True,
        ),
        (
            "en",
            "Staff answer letters.",
            "Since last spring the staff answer most letters from abroad by hand.",
            True,
        ),
        ("en", "It is what they do with the rest.", "It is what they do with a parcel.", False),
        ("en", "red green blue grey pink", "red green blue black white", False),
        ("id", "Surat dijawab staf dalam dua hari.", "Dalam dua hari staf sudah membaca surat itu.", True),
        ("id", "Ada yang tidak dijawab karena lupa.", "Ada yang tidak sampai karena banjir.", False),
    ],
)
def test_gate_alike(lang: Lang, one: str, two: str, *, caught: bool) -> None:
    """Over 60 % of the shorter text's own words is too much, 60 % is not, and stop words never count."""
    assert bool(alike({"one": one, "two": two}, lang)) is caught


@pytest.mark.parametrize(
    ("lang", "texts"),
    [
        ("en", ["Letters are never answered.", "Some letters are answered.", "Most are read.", "All are kept."]),
        ("en", ["Nobody reads.", "Posts go up in 2 of 9 shops.", "In 7 of 9 shops posts go up.", "Posts last."]),
        ("id", ["Surat tidak pernah dijawab.", "Surat kadang-kadang dijawab.", "Dibaca.", "Disimpan."]),
        ("id", ["Dibuang.", "Dibaca.", "Sebagian besar surat dijawab.", "Surat besar selalu dijawab semuanya."]),
    ],
)
def test_gate_quantifiers(lang: Lang, texts: list[str]) -> None:
    """Two anchors with the same words but for how many and how often are caught, in any order."""
    assert len(only_quantified(anchored(*texts), lang)) == 1
    assert only_quantified(anchored("Surat hilang.", "Meja kosong.", "Loket buka.", "Kasir tahu."), lang) == []


def test_gate_copies() -> None:
    """Eight words in a row are a copy, whatever the punctuation; seven are not."""
    source = ["It was the best of times, it was the worst of times."]
    assert copied({"a": "We say: the best of times it was the worst!"}, source) == [
        "a: the best of times it was the worst"
    ]
    assert copied({"b": "We say: the best of times it was the end."}, source) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Keluhan masuk ke ticketing, lalu feedback dibahas.", ["ticketing", "feedback"]),
        ("Customer Experience itu penting", ["customer", "experience"]),
        ("Ini untuk the best", ["the", "best"]),
        ("Balasan lewat email dan menu {customer}", []),
    ],
)
def test_gate_english(text: str, found: list[str]) -> None:
    """English words are caught, capitals or not; loanwords, look-alikes and placeholders pass."""
    assert english_words({"a id": text}, {"email", "menu"}) == [f"a id: {word}" for word in found]


def test_gate_glossary() -> None:
    """A missing language or meaning, a doubled key and a wrong order are each named."""
    whole = {"id": "x", "en": "x"}
    terms: list[dict[str, Any]] = [
        {"key": "link", "term": {"id": "tautan", "en": "link"}, "meaning": whole},
        {"key": "churn", "term": {"id": "berhenti", "en": "Churn"}, "meaning": {"id": " ", "en": "x"}},
        {"key": "churn", "term": {"en": "need"}, "meaning": whole},
    ]
    assert glossary_faults(terms) == [
        "churn meaning id: is missing",
        "churn term id: is missing",
        "churn: stands twice",
        "churn: belongs before link",
    ]
    assert glossary_faults(terms[:1]) == []


# Words that English uses in an everyday sense, too ("a link between", "need not"): no rule can tell the two apart.
EVERYDAY = {
    "complaint",
    "consistent",
    "deadline",
    "false-alarm",
    "feedback",
    "handover",
    "history",
    "lever",
    "link",
    "need",
    "owner",
    "quick-win",
    "severity",
    "tension",
    "update",
}


def untranslated(term: Term, pairs: Iterable[tuple[str, Text]]) -> list[str]:
    """The places whose English text names a term and whose Indonesian text does not."""
    english = re.compile(rf"\b{re.escape(term.term.en)}s?\b", re.IGNORECASE)
    return [
        place for place, text in pairs if english.search(text.en) and term.term.id.lower() not in text.id.lower()
    ]


def all_texts(content: Content) -> list[tuple[str, Text]]:
    parts = (name for name in type(content).model_fields if name != "terms")
    return [(".".join(place), text) for part in parts for place, text in texts_of(getattr(content, part))]


def test_terms_follow_the_glossary(content: Content) -> None:
    """Where the English names a term of the field, the Indonesian uses the glossary's word for it."""
    pairs = all_texts(content)
    strict = [term for term in content.terms if term.key not in EVERYDAY]
    assert len(strict) >= 35
    assert {term.key: places for term in strict if (places := untranslated(term, pairs))} == {}


def test_the_glossary_gate_can_fail(content: Content) -> None:
    """A touchpoint that is translated otherwise is found."""
    touchpoint = next(term for term in content.terms if term.key == "touchpoint")
    assert untranslated(touchpoint, [("x", Text(id="titik sentuh", en="Every touchpoint"))]) == ["x"]
