"""What is asked: the shipped content loads, and broken content is refused with every problem in its place."""

import json
import re
import shutil
from pathlib import Path
from typing import Any, NamedTuple

import jsonschema
import pytest
import yaml

from cxassess.content.reading import Content, load_content
from cxassess.content.voice import Voice
from cxassess.errors import ContentError, Problem
from cxassess.places import content_dir
from cxassess.schemas import SCHEMAS, save_schemas
from cxassess.text import LANGS

SHIPPED = sorted(content_dir().glob("**/*.yaml"))
NAMES = [path.relative_to(content_dir()).as_posix() for path in SHIPPED]


class Break(NamedTuple):
    """A way to spoil a file: a pattern and what replaces it, with `# HERE` on the line that must be named."""

    file: str
    pattern: str
    instead: str
    place: str
    said: str


BREAKS = {
    "missing translation": Break(
        "words/report.yaml", r"words:\n", 'words:\n  half: {id: "Satu"} # HERE\n', "words.half.en", "is missing"
    ),
    "unknown key": Break(
        "mistakes.yaml", "(  - key: .*\n)", r"\1    colour: red # HERE\n", "mistakes.0.colour", "is unknown here"
    ),
    "wrong type": Break("model.yaml", "days: 90", "days: soon # HERE", "evidence_kinds.0.days", "'soon'"),
    "number out of range": Break(
        "model.yaml", "    grade: 0", "    grade: 5 # HERE", "evidence_kinds.0.grade", "less than or equal to 4"
    ),
    "a third language": Break(
        "model.yaml",
        r"(- key: interview\n(.*\n)*?    name:\n)",
        r"\1      fr: 'e' # HERE\n",
        "evidence_kinds.1.name.fr",
        "unknown",
    ),
    "a number for a text": Break(
        "indicators.yaml", r"name: \{id: .*", "name: {id: 12, en: 'x'} # HERE", "indicators.0.name.id", "quotes"
    ),
    "empty text": Break(
        "glossary.yaml", r"term: \{id: .*", "term: {id: ' ', en: 'x'} # HERE", "terms.0.term.id", "is empty"
    ),
    "malformed key": Break("glossary.yaml", "key: .*", "key: Big-Word # HERE", "terms.0.key", "wrong form"),
    "a trap of YAML": Break(
        "questions/1-inform.yaml", "facet: trigger", "facet: No # HERE", "questions.0.facet", "ambiguous"
    ),
    "fewer than three questions": Break(
        "questions/3-respond.yaml",
        r"(  - key: respond-1)((.*\n)*?)  - key: respond-3\n(.*\n)*",
        r"\1 # HERE\2",
        "questions",
        "at least 3",
    ),
    "two cores": Break(
        "questions/4-anticipate.yaml",
        r"level: anticipate\n((.*\n)*?)    facet: effort\n",
        r"level: anticipate # HERE\n\1    facet: effort\n    core: true\n",
        "",
        "more than one question is core",
    ),
    "key of the wrong level": Break(
        "questions/5-predict.yaml",
        r"level: predict\n((.*\n)*?)  - key: predict-2\n",
        r"level: predict # HERE\n\1  - key: elevate-9\n",
        "",
        "elevate-9: the key of a question of this level begins with predict-",
    ),
    "uneven placeholders": Break(
        "words/report.yaml",
        r"words:\n",
        'words: # HERE\n  odd: {id: "{a}", en: "{b}"}\n',
        "",
        "odd: id and en name different",
    ),
}
AT_ONCE = ["wrong type", "unknown key", "missing translation", "malformed key", "a trap of YAML"]
AT_ONCE += ["fewer than three questions", "two cores", "key of the wrong level", "a number for a text"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(content_dir(), tmp_path / "content"))


def edit(file: Path, pattern: str, instead: str) -> None:
    """Replace the first match; a pattern that finds nothing is a mistake of the test."""
    text, times = re.subn(pattern, instead, file.read_text(encoding="utf-8"), count=1)
    assert times, f"{pattern} is not in {file.name}"
    file.write_text(text, encoding="utf-8")


def spoil(folder: Path, broken: Break) -> str:
    """Spoil one file; return the place that must be named."""
    file = folder / broken.file
    edit(file, broken.pattern, broken.instead)
    lines = file.read_text(encoding="utf-8").splitlines()
    [here] = [number for number, line in enumerate(lines, 1) if line.endswith("# HERE")]
    return f"{file.name}:{here} {broken.place}".rstrip()


def problems(folder: Path) -> list[Problem]:
    with pytest.raises(ContentError, match="cannot be used") as caught:
        load_content(folder)
    return caught.value.problems


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def schema_named_in(path: Path) -> Path:
    """The schema that the first line points an editor to."""
    first = path.read_text(encoding="utf-8").splitlines()[0]
    return (path.parent / first.removeprefix("# yaml-language-server: $schema=")).resolve()


def test_the_shipped_content_loads(content: Content) -> None:
    """Six levels of five questions, in pyramid order."""
    assert content.level_keys == ("inform", "resolve", "respond", "anticipate", "predict", "elevate")
    assert [question.key for question in content.questions] == [
        f"{level}-{number}" for level in content.level_keys for number in range(1, 6)
    ]
    assert (len(content.mistakes), len(content.indicators)) == (11, 4)


def test_everything_is_found_by_its_key(content: Content) -> None:
    """A key leads to its entry, a level to its questions, a word to its sentence in each language."""
    assert content.by_key["respond-3"] in content.of_level("respond")
    assert all(content.mistake(mistake.key) is mistake for mistake in content.mistakes)
    assert content.evidence_kinds["document"].grade == 2
    assert {Voice(content, lang).say("as-of", date="5/3")[-3:] for lang in LANGS} == {"5/3"}
    with pytest.raises(KeyError):
        content.mistake("no-such-mistake")


@pytest.mark.parametrize("name", BREAKS)
def test_a_problem_is_told_with_file_and_line(folder: Path, name: str) -> None:
    """One spoilt place, one problem: where it is, and what is wrong."""
    where = spoil(folder, BREAKS[name])
    [problem] = problems(folder)
    assert problem.where == where
    assert BREAKS[name].said in problem.what


def test_all_problems_of_all_files_are_told_at_once(folder: Path) -> None:
    """Nine spoilt files and an emptied one: ten problems in one go."""
    places = {spoil(folder, BREAKS[name]) for name in AT_ONCE}
    (folder / "questions" / "6-elevate.yaml").write_text("", encoding="utf-8")
    assert len(places) == 9
    assert {problem.where for problem in problems(folder)} == {*places, "6-elevate.yaml:1"}


@pytest.mark.parametrize("name", ["model.yaml", "mistakes.yaml", "indicators.yaml"])
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    """These three have no stand-in; whatever else is wrong is told as well."""
    (folder / name).unlink()
    where = spoil(folder, BREAKS["missing translation"])
    assert [problem.where for problem in problems(folder)] == [str(folder / name), where]


@pytest.mark.parametrize("name", ["words/form.yaml", "glossary.yaml"])
def test_shipped_words_stand_in(folder: Path, content: Content, name: str) -> None:
    """A consultant's own questions speak with the shipped words."""
    (folder / name).unlink()
    assert load_content(folder).sha256 == content.sha256


def test_no_folder_is_an_error(tmp_path: Path) -> None:
    """A mistyped folder is not an empty one."""
    with pytest.raises(ContentError, match="is no folder"):
        load_content(tmp_path / "nowhere")


def test_files_that_do_not_fit_each_other(folder: Path) -> None:
    """Unknown level and facet, a level with two files or none, doubled keys: all at once, each by its key."""
    shutil.rmtree(folder / "advice")
    shutil.copy(folder / "questions" / "1-inform.yaml", folder / "questions" / "7-again.yaml")
    edit(folder / "questions" / "2-resolve.yaml", "facet: effort", "facet: smell")
    attic = folder / "questions" / "3-respond.yaml"
    attic.write_text(attic.read_text(encoding="utf-8").replace("respond", "attic"), encoding="utf-8")
    edit(folder / "mistakes.yaml", "level: .*", "level: cellar")
    found = [str(problem) for problem in problems(folder)]
    expected = [
        ("3-respond.yaml:2 level", "attic is no level"),
        ("2-resolve.yaml", "smell is no facet"),
        ("1-inform.yaml:2 level", "inform has two files"),
        ("7-again.yaml:2 level", "inform has two files"),
        ("questions/ respond", "has no questions"),
        ("mistakes.yaml", "cellar is no level"),
    ]
    assert len(found) == len(expected)
    for key, said in expected:
        assert any(key in text and said in text for text in found), f"{key} {said}"


def test_a_spoilt_file_is_not_called_missing(folder: Path) -> None:
    """A level whose file cannot be read has questions all the same."""
    where = spoil(folder, BREAKS["a trap of YAML"])
    assert [problem.where for problem in problems(folder)] == [where]


@pytest.mark.parametrize(
    ("file", "pattern", "instead"),
    [
        ("questions/2-resolve.yaml", "facet: effort", "facet: smell # HERE"),
        ("mistakes.yaml", "level: .*", "level: cellar # HERE"),
    ],
)
def test_misfits_have_file_and_line(folder: Path, file: str, pattern: str, instead: str) -> None:
    """Every problem has a place to jump to."""
    where = spoil(folder, Break(file, pattern, instead, "", ""))
    assert problems(folder)[0].where.split()[0] == where


def test_misfits_are_told_beside_other_problems(folder: Path) -> None:
    """All problems at once means all."""
    spoil(folder, BREAKS["unknown key"])
    edit(folder / "questions" / "2-resolve.yaml", "facet: effort", "facet: smell")
    assert len(problems(folder)) == 2


@pytest.mark.parametrize(
    ("file", "first", "second"),
    [
        ("indicators.yaml", "feedback-improves", "voice-first"),
        ("model.yaml", "document", "artefact"),
        ("model.yaml", "trigger", "effort"),
    ],
)
def test_no_key_is_doubled_anywhere(folder: Path, file: str, first: str, second: str) -> None:
    """Of two entries with one key, one would be lost in silence."""
    edit(folder / file, f"key: {second}\n", f"key: {first}\n")
    assert any(first in str(problem) for problem in problems(folder))


def test_order_is_that_of_the_pyramid(folder: Path, content: Content) -> None:
    """File names sort the folder for people; the model decides."""
    (folder / "questions" / "6-elevate.yaml").rename(folder / "questions" / "0-elevate.yaml")
    assert load_content(folder).questions == content.questions


def test_schemas_are_current(tmp_path: Path) -> None:
    """What editors complete by is what the program checks by; `make schemas` writes them anew."""
    save_schemas(tmp_path)
    fresh = {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()}
    kept = {path.name: path.read_text(encoding="utf-8") for path in (content_dir() / "schemas").iterdir()}
    assert kept == fresh
    assert set(fresh) == {f"{name}.schema.json" for name in SCHEMAS}


@pytest.mark.parametrize("name", NAMES)
def test_shipped_files_fit_their_schema(name: str) -> None:
    """The first line names a schema that exists, is the one of this kind of file, and lets the file pass."""
    path = content_dir() / name
    schema = schema_named_in(path)
    kind = path.parent.name if path.parent.name in SCHEMAS else path.stem
    assert schema == content_dir().resolve() / "schemas" / f"{kind}.schema.json"
    jsonschema.validate(read(path), json.loads(schema.read_text(encoding="utf-8")))


@pytest.mark.parametrize("name", ["missing translation", "unknown key", "wrong type", "malformed key"])
def test_schemas_refuse_what_the_program_refuses(folder: Path, name: str) -> None:
    """An editor underlines it before the program complains."""
    spoil(folder, BREAKS[name])
    path = folder / BREAKS[name].file
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(read(path), json.loads(schema_named_in(path).read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("pattern", "instead", "said"),
    [
        ("for: inform-1\n", "for: inform-9\n", "the key of this advice is inform-9-p"),
        ("owner: branch-manager", "owner: astrologer # HERE", "astrologer is unknown"),
        (r"kpis: \[ces, conversion\]", "kpis: [luck] # HERE", "luck is unknown"),
        (r"levers: \[service, website\]", "levers: [magic] # HERE", "magic is unknown"),
        (r"after: \[\]", "after: [inform-1-z] # HERE", "inform-1-z is unknown"),
        (r"after: \[\]", "after: [inform-1-p] # HERE", "comes round to this advice again"),
    ],
)
def test_advice_that_does_not_fit_is_told(folder: Path, pattern: str, instead: str, said: str) -> None:
    """What advice names must be there, and it must not wait for itself."""
    edit(folder / "advice" / "1-inform.yaml", pattern, instead)
    (problem,) = problems(folder)
    assert problem.where.startswith("1-inform.yaml:")
    assert said in problem.what


def test_a_folder_without_advice_gives_none(folder: Path) -> None:
    """Advice belongs to its questions; measures and journeys are everybody's."""
    for name in ("advice", "kpis.yaml", "survey.yaml", "journey.yaml", "channels.yaml"):
        path = folder / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    content = load_content(folder)
    assert content.advice == ()
    assert content.kpis == load_content().kpis


def test_a_fault_in_one_file_hides_none_in_another(folder: Path) -> None:
    """A trap and a missing translation in kpis.yaml, an unknown owner in advice: all at once."""
    edit(folder / "kpis.yaml", "better: up", "better: No")
    edit(folder / "kpis.yaml", 'name: {id: "Tingkat kehilangan', 'name: {idd: "Tingkat kehilangan')
    edit(folder / "advice" / "1-inform.yaml", "owner: branch-manager", "owner: boss")
    told = "\n".join(map(str, problems(folder)))
    for said in ("is ambiguous without quotes", "name.id: is missing", "name.idd: is unknown", "boss is unknown"):
        assert said in told
    assert told.count("better") == 1
