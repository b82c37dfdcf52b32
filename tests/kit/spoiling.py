"""Ways to spoil a content folder, each with the place that must be named."""

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from cxassess.content.reading import load_content
from cxassess.errors import ContentError, Problem


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
