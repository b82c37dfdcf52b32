"""The words: whatever is said is there, and nothing is there that nobody says."""

import ast
from collections.abc import Iterator
from pathlib import Path

import jinja2
import pytest
from jinja2 import nodes
from kit.listening import Listener, say_everything
from kit.places import MODULES

from cxassess.chapters import CHAPTERS
from cxassess.content.model import RATINGS
from cxassess.content.practices import ROLES
from cxassess.content.reading import Content
from cxassess.document.answers import VALIDITIES, Answer, Judgement
from cxassess.document.assessment import Unit
from cxassess.document.fields import fields_of
from cxassess.forms.pages import PAGES
from cxassess.places import templates_dir
from cxassess.pyramid.scorecard import PROOFS, RESULTS
from cxassess.text import LANGS

_LETTERS = [rating.lower() for rating in RATINGS]
_ANSWERS, _UNITS = fields_of(Answer), fields_of(Unit)["kind"].choices
# A rating is said for the state "rated".
_STATES = [state for state in _ANSWERS["state"].choices if state != "rated"]
# What words begin with, and what follows it: one word for each value that a type knows.
FAMILIES = {
    "": RESULTS,
    "rating-": _LETTERS,
    "plain-": [*_LETTERS, *_STATES],
    "state-": _STATES,
    "reason-": _ANSWERS["reason"].choices,
    "severity-": [*map(str, fields_of(Judgement)["severity"].numbers), "open"],
    "unit-": _UNITS,
    "form-unit-": _UNITS,
    "proof-": PROOFS,
    "proof-sentence-": [proof for proof in PROOFS if proof != "unrated"],
    "validity-": VALIDITIES,
    "validity-sentence-": VALIDITIES,
    "heading-": [chapter.key for chapter in CHAPTERS],
    "form-page-": [page.name for page in PAGES if not page.is_storey],
    "language-": LANGS,
    "form-in-": LANGS,
    "form-review-untranslated-": LANGS,
    "role-": [*ROLES, "everyone"],
    "role-who-": [*ROLES, "everyone"],
    "sheet-notes-": [*ROLES, "everyone"],
    "form-show-": ["all", "talks", "undated", "invalid", "unused", "silent", "lost"],
    "form-order-": ["newest", "date", "kind", "unused"],
}
MEMBERS = {prefix + value for prefix, values in FAMILIES.items() for value in values}


@pytest.fixture(scope="module")
def heard(content: Content, tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Every word that was asked for while all was said once."""
    listening = say_everything(content, tmp_path_factory.mktemp("said"))
    assert isinstance(listening.words, Listener)
    return listening.words.heard


def test_every_value_that_a_type_knows_has_its_word(content: Content) -> None:
    """A rating, a state, a reason more is a word more, in each place where it is said."""
    assert sorted(MEMBERS - set(content.words)) == []


def test_what_is_said_is_there(content: Content, heard: set[str]) -> None:
    """In reports, index and form."""
    assert len(heard) > 300
    assert sorted(heard - set(content.words)) == []


def test_a_word_asked_for_by_name_is_there(content: Content) -> None:
    """Also on ways that are seldom taken, such as a disk that is full."""
    asked = {word for module in MODULES for word in _asked_for(module)}
    asked |= {word for file in templates_dir().glob("form/*.j2") for word in _asked_for_by(file)}
    assert len(asked) > 150
    assert sorted(asked - set(content.words)) == []


def _asked_for(module: Path) -> Iterator[str]:
    """The words that a module names where it says them."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "say" and node.args:
            word = node.args[0]
            if isinstance(word, ast.Constant):
                yield word.value


def _asked_for_by(template: Path) -> Iterator[str]:
    """The words that a template names where it says them."""
    tree = jinja2.Environment().parse(template.read_text(encoding="utf-8"))
    for call in tree.find_all(nodes.Call):
        if getattr(call.node, "name", "") == "say" and isinstance(call.args[0], nodes.Const):
            yield call.args[0].value


def test_nobody_keeps_a_word_that_is_never_said(content: Content, heard: set[str]) -> None:
    """Said at least once by reports, index or form, or one of a family; of problems, test_errors.py looks after.

    If a word of yours is listed here and is said, let kit/listening.py hear it; if it is not, remove it.
    """
    kept = {word for word in content.words if not word.startswith("problem-")}
    assert sorted(kept - heard - MEMBERS) == []


@pytest.mark.parametrize("prefix", FAMILIES)
def test_a_family_is_spoken_of(prefix: str, heard: set[str]) -> None:
    """Else its words would stand there for nobody."""
    assert {prefix + value for value in FAMILIES[prefix]} & heard
