"""What is asked: the shipped content loads, and broken content is refused with every problem in its place."""

import shutil
from pathlib import Path

import pytest
from kit.spoiling import BREAKS, edit, problems, spoil

from cxassess.content.reading import Content, load_content
from cxassess.content.voice import Voice
from cxassess.errors import ContentError
from cxassess.text import LANGS

AT_ONCE = ["wrong type", "unknown key", "missing translation", "malformed key", "a trap of YAML"]
AT_ONCE += ["fewer than three questions", "two cores", "key of the wrong level", "a number for a text"]


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


def test_a_spoilt_file_is_not_called_missing(folder: Path) -> None:
    """A level whose file cannot be read has questions all the same."""
    where = spoil(folder, BREAKS["a trap of YAML"])
    assert [problem.where for problem in problems(folder)] == [where]


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
