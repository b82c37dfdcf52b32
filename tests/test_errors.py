"""What can go wrong, and how it is told in both languages."""

import ast
import errno
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from kit.made import blank
from kit.places import MODULES
from pydantic import BaseModel, ValidationError

from cxassess import errors
from cxassess.content.kit import KpisFile
from cxassess.content.model import fields_of
from cxassess.content.reading import Content
from cxassess.content.voice import Voice
from cxassess.desk.desk import Desk
from cxassess.document.answers import Answer, Evidence
from cxassess.document.assessment import Assessment
from cxassess.errors import (
    AssessmentError,
    Cause,
    ContentError,
    CxError,
    Problem,
    ReportError,
    validation_problems,
)
from cxassess.forms.pages import Notice, sentence_of
from cxassess.page.brand import BrandFile
from cxassess.text import LANGS, Lang


def test_every_problem_is_told_place_first() -> None:
    """Summary, then a line a problem: place, then what to do."""
    problems = [Problem("a:1", "problem-missing"), Problem("a:2", "problem-record-twice", number="E-01")]
    error = AssessmentError("problem-file-unusable", problems, path="acme.json")
    assert str(error) == (
        "acme.json cannot be used\n  a:1: is missing; add it\n  a:2: E-01 stands twice; give one another key"
    )


@pytest.mark.parametrize("kind", [ContentError, AssessmentError, ReportError])
def test_one_except_catches_all(kind: type[CxError]) -> None:
    """The tree has one root."""
    with pytest.raises(CxError):
        raise kind("problem-no-content")


def test_a_problem_is_a_value() -> None:
    """Equal by place, key and values, so that doubles can be dropped; nobody changes one."""
    one, same = (Problem("a", "problem-tag", tag="x") for _ in range(2))
    assert len({one, same, Problem("a", "problem-tag", tag="y")}) == 2
    with pytest.raises(AttributeError):
        one.where = "b"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [("en", "must be 'N', 'P' or 'F', not 'M'"), ("id", "harus 'N', 'P', atau 'F', bukan 'M'")],
)
def test_a_voice_says_a_problem(content: Content, lang: Lang, sentence: str) -> None:
    """The place as it is, then the sentence in the readers' language, a choice as that language lists it."""
    problem = Problem("a.json:1 on", "problem-no-choice", expected=("'N'", "'P'", "'F'"), given="'M'")
    assert Voice(content, lang).problem(problem) == f"a.json:1 on: {sentence}"


def test_a_voice_says_a_summary(content: Content) -> None:
    """The first line of an error, too; a control character in a name reaches no reader in either way."""
    error = CxError("problem-file-unread", path="a\x1b.yaml")
    assert Voice(content, "id").summary(error) == "a?.yaml tidak dapat dibaca"
    assert str(error) == "a?.yaml cannot be read"


@pytest.fixture
def no_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A content folder that holds nothing, in the place of the shipped one."""
    monkeypatch.setattr(errors, "content_dir", lambda: tmp_path)
    errors._shipped.cache_clear()
    yield tmp_path
    errors._shipped.cache_clear()


@pytest.mark.parametrize("text", [None, "", "words: [", "words: 5", "words: {problem-tag: {en: '{'}}"])
def test_without_its_words_an_error_is_still_told(no_words: Path, text: str | None) -> None:
    """Where even the shipped sentences cannot be read, key, place and values stand for them."""
    if text is not None:
        (no_words / "words").mkdir()
        (no_words / "words" / "problems.yaml").write_text(text, encoding="utf-8")
    error = ContentError("problem-no-content", [Problem("a.yaml:1", "problem-tag", tag="!x")])
    assert str(error) == "problem-no-content\n  a.yaml:1: problem-tag tag=!x"


@pytest.mark.parametrize(
    ("number", "english", "indonesian"),
    [
        (errno.ENOENT, "No such file or directory", "berkas atau foldernya tidak ditemukan"),
        (errno.EACCES, "Permission denied", "aksesnya ditolak"),
        (errno.EIO, "the system refused it (code EIO)", "sistem menolaknya (kode EIO)"),
        (None, "the system refused it (code OSError)", "sistem menolaknya (kode OSError)"),
    ],
)
def test_what_the_system_says_is_said_in_our_words(
    content: Content, number: int | None, english: str, indonesian: str
) -> None:
    """Never in the machine's language: in a problem, and in what a form tells."""
    error = OSError() if number is None else OSError(number, "Zugriff verweigert")
    problem = Problem("a.json", "problem-unopened", reason=Cause.of(error))
    assert str(problem) == f"a.json: {english}; check the name"
    for lang, words in (("en", english), ("id", indonesian)):
        voice = Voice(content, lang)
        assert voice.problem(problem).startswith(f"a.json: {words}; ")
        assert words in sentence_of(Notice("form-unsaved-because", {"what": error}), voice)


def test_nothing_the_system_says_is_shown_as_it_is() -> None:
    """A problem names a cause; only the command line, which speaks English, prints what the system says."""
    told = {module.name for module in MODULES if "error.strerror" in module.read_text(encoding="utf-8")}
    assert told <= {"commands.py"}


def test_a_problem_is_said_in_english_without_anything_heavy() -> None:
    """Babel may be what is missing; and `cxassess check` shall answer at once."""
    code = "import cxassess, sys; str(cxassess.Problem('a', 'problem-missing')); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert {"babel", "pandas", "altair", "scipy"} & set(done.stdout.split()) == set()


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [("en", "is missing; add it"), ("id", "tidak ada; tambahkan"), (None, "is missing; add it")],
)
def test_a_notebook_shows_no_traceback(monkeypatch: pytest.MonkeyPatch, lang: str, sentence: str) -> None:
    """Of one problem its sentence alone, in the notebook's language; of several the summary first."""
    monkeypatch.setattr(sys.modules["__main__"], "lang", lang, raising=False)
    problem = Problem("a\x1b.json:1", "problem-missing")
    assert CxError("problem-nothing-opened", [problem])._render_traceback_() == [f"a?.json:1: {sentence}"]
    assert len(CxError("problem-nothing-opened", [problem] * 2)._render_traceback_()) == 3
    assert len(CxError("problem-nothing-opened")._render_traceback_()) == 1


def test_a_desk_says_in_which_language_its_errors_are_shown(tmp_path: Path) -> None:
    """In that of its workspace, where the notebook names none."""
    (tmp_path / "workspace.yaml").write_text("name: A\nlanguage: id\n", encoding="utf-8")
    with pytest.raises(CxError) as caught:
        Desk(tmp_path, file=r"assessments\acme.json")
    (told,) = caught.value._render_traceback_()
    assert told.startswith("assessments/acme.json: tidak ditemukan; periksa letak")


def test_a_notebook_asks_the_error_what_to_show() -> None:
    """It is IPython's own way; a choice is listed as the language lists it."""
    problem = "Problem('a.json:1', 'problem-no-choice', expected=('N', 'P', 'F'), given='M')"
    code = f"from cxassess import *; lang = 'id'; raise CxError('problem-nothing-opened', [{problem}])"
    command = [sys.executable, "-m", "IPython", "--colors=NoColor", "--quick", "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.stdout.splitlines() == ["a.json:1: harus N, P, atau F, bukan M"], done.stderr


# --- every sentence is there, and every one is used ---


class Use(NamedTuple):
    """A call in the package that names a sentence, and the {placeholders} it fills; `more` by a ** besides."""

    at: str
    key: str
    filled: frozenset[str]
    more: bool


def keys_in(node: ast.AST) -> Iterator[str]:
    """The keys of sentences that stand in a tree."""
    for one in ast.walk(node):
        if isinstance(one, ast.Constant) and re.fullmatch("problem-[a-z0-9-]+", str(one.value)):
            yield str(one.value)


def uses(module: Path) -> Iterator[Use]:
    for call in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(call, ast.Call):
            arguments = [one for one in call.args if isinstance(one, ast.Constant | ast.IfExp)]
            names = {keyword.arg for keyword in call.keywords}
            filled = frozenset(name for name in names if name)
            for key in (key for argument in arguments for key in keys_in(argument)):
                yield Use(f"{module.name}:{call.lineno}", key, filled, None in names)


@pytest.fixture(scope="module")
def sentences(content: Content) -> dict[str, set[str]]:
    """The keys of all sentences with their placeholders, which are the same in both languages."""
    return {key: fields_of(word.in_("en")) for key, word in content.words.items() if key.startswith("problem-")}


def test_every_sentence_is_there_and_used(sentences: dict[str, set[str]]) -> None:
    """What the package names stands in problems.yaml, and nothing else does."""
    named = {key for module in MODULES for key in keys_in(ast.parse(module.read_text(encoding="utf-8")))}
    assert named == set(sentences)


def test_every_placeholder_is_filled(sentences: dict[str, set[str]]) -> None:
    """Who raises a problem gives just what its sentence names."""
    found = [use for module in MODULES for use in uses(module)]
    assert len(found) > 100
    for use in found:
        assert use.filled <= sentences[use.key] if use.more else use.filled == sentences[use.key], use


def test_nobody_writes_a_problem_by_hand() -> None:
    """A problem and an error get a key, never a sentence."""
    # Where the key stands among the arguments.
    kinds = {"Problem": 1, "CxError": 0, "ContentError": 0, "AssessmentError": 0, "ReportError": 0, "refusal": 0}
    for module in MODULES:
        for call in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and (name := getattr(call.func, "id", "")) in kinds:
                key = call.args[kinds[name]]
                handed_on = isinstance(key, ast.Name | ast.Attribute)
                assert handed_on or list(keys_in(key)), f"{module.name}:{call.lineno}"


# --- whatever pydantic refuses ---


JUNK = [
    None,
    True,
    5,
    -5,
    1.5,
    "",
    "x",
    "x" * 5000,
    "\x00",
    [],
    ["x"],
    {},
    {"x": 1},
    "2026-02-30",
    10**30,
    "\ud800",
]


def places_in(data: Any, place: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    yield place
    pairs = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in pairs:
        yield from places_in(value, (*place, key))


def with_junk(data: Any, place: tuple[str | int, ...], junk: object) -> Any:
    if not place:
        return junk
    copy = dict(data) if isinstance(data, dict) else list(data)
    copy[place[0]] = with_junk(copy[place[0]], place[1:], junk)
    return copy


def document(content: Content) -> dict[str, Any]:
    """One of everything that can stand in an assessment."""
    link = {"evidence": "E-01", "sample": {"k": 1, "n": 2}}
    return blank(
        content,
        answers={"inform-1": Answer.model_validate({"state": "rated", "rating": "L", "evidence": [link]})},
        evidence=(Evidence(key="E-01", kind="document", source="SOP"),),
        weights={"inform-1": "1.5"},
        mistakes={"silos": {"severity": 1}},
        targets=({"key": "T-01", "level": 3, "by": "2027-01-01"},),
        note={"id": "ya"},
    ).model_dump(mode="json", exclude_defaults=True) | {"private": "x"}


def refused(model: type[BaseModel], data: Any, *, as_json: bool) -> list[Problem]:
    """What is said of a document in which, one after another, everything was replaced by everything."""
    found: list[Problem] = []
    for place in places_in(data):
        for junk in JUNK:
            spoilt = with_junk(data, place, junk)
            try:
                model.model_validate_json(json.dumps(spoilt), strict=True) if as_json else model(**spoilt)
            except ValidationError as error:
                found += validation_problems(error, lambda place: ".".join(map(str, place)))
            except TypeError:
                assert not isinstance(spoilt, dict)
    return found


def test_what_pydantic_refuses_is_said_in_our_words(content: Content) -> None:
    """Whatever stands in whatever place of a document, each problem has a sentence of ours, complete."""
    brand = {
        "name": "A",
        "colours": {"primary": "#123f6d"},
        "contact": ["a"],
        "confidential": {"id": "a", "en": "b"},
    }
    text = {"id": "a", "en": "b"}
    kpi = {"key": "a", "name": text, "definition": text, "formula": text, "unit": "x", "better": "up"}
    found = refused(Assessment, document(content), as_json=True)
    found += refused(Assessment, document(content), as_json=False)
    found += refused(BrandFile, brand, as_json=False) + refused(KpisFile, {"kpis": [kpi]}, as_json=False)
    assert len(found) > 1000
    assert {problem.key for problem in found} >= set(errors._KEYS.values()) - {"problem-too-many"}
    assert [problem for problem in found if problem.key == "problem-invalid"] == []
    for problem in set(found):
        for lang in LANGS:
            assert not re.search(r"problem-|\{[a-z]", Voice(content, lang).problem(problem).partition(": ")[2])
        assert "problem-" not in problem.what


def test_what_we_have_no_words_for_is_pydantics_own(content: Content) -> None:
    """Its English stands in a sentence of ours, in either language."""

    class Clock(BaseModel):
        at: int
        of: complex

    with pytest.raises(ValidationError) as caught:
        Clock.model_validate({"at": 1, "of": "x"})
    (problem,) = validation_problems(caught.value, lambda place: str(place[0]))
    assert problem.what.startswith("must be a valid python complex object")
    assert problem.what.endswith(", not 'x'; see the shipped examples")
    assert Voice(content, "id").problem(problem).startswith("of: tidak sah (must be")
