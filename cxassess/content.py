"""What is asked: levels, questions, mistakes, indicators, evidence kinds and words, read from `content/`."""

from __future__ import annotations

import json
import re
import string
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal, Protocol, Self, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

from cxassess.errors import ContentError, Problem, validation_problems
from cxassess.paths import content_dir, write_whole
from cxassess.text import Lang, Text
from cxassess.yamlfile import YamlFile, read_yaml

Rating = Literal["N", "P", "L", "F"]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]

_File = TypeVar("_File", bound=BaseModel)

LEVELS = 6
MIN_QUESTIONS = 3


class _Keyed(Protocol):
    @property
    def key(self) -> str: ...


_Entries = TypeVar("_Entries", bound=Sequence[_Keyed])


def _unique(entries: _Entries) -> _Entries:
    doubled = [key for key, times in Counter(entry.key for entry in entries).items() if times > 1]
    if doubled:
        raise ValueError(f"{', '.join(doubled)}: stands twice; rename one")
    return entries


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Named(_Frozen):
    """Something with a stable key and a name in both languages."""

    key: Key
    name: Text


class Level(Named):
    """A storey of the pyramid; `gist` says in one sentence what a customer meets there."""

    gist: Text


class Anchors(_Frozen):
    """What N, P, L and F look like for one practice."""

    N: Text
    P: Text
    L: Text
    F: Text

    def __getitem__(self, rating: Rating) -> Text:
        text: Text = getattr(self, rating)
        return text


class Practice(Named):
    """Something a company does, to be rated by its anchors: what is asked, why, what to see, whom to ask."""

    ask: Text
    anchors: Anchors
    why: Text | None = None
    evidence: Text | None = None
    whom: Text | None = None


class Question(Practice):
    """A practice of one level, seen through one facet. Its key begins with its level: `respond-3`."""

    facet: Key
    core: bool = False

    @property
    def level(self) -> str:
        """The key of the level the question belongs to."""
        return self.key.rpartition("-")[0]


class Indicator(Practice):
    """One of the signs that a company is on its way; never counted into a level."""


class Link(_Frozen):
    """A level that a mistake contradicts, and why."""

    level: Key
    because: Text


class Mistake(Named):
    """A common mistake, and the levels a company that makes it cannot honestly claim."""

    text: Text
    why: Text
    contradicts: tuple[Link, ...]


class EvidenceKind(Named):
    """A kind of evidence: how strong it is (0 to 4) and how many days it counts in full."""

    grade: int = Field(ge=0, le=4)
    days: int = Field(gt=0, le=36_500)


class Term(_Frozen):
    """A word of the field in both languages, and what it means."""

    key: Key
    term: Text
    meaning: Text


class ModelFile(Named):
    """`model.yaml`: what the pyramid is made of."""

    version: str = Field(pattern=r"^\d+\.\d+$")
    levels: Annotated[tuple[Level, ...], AfterValidator(_unique)] = Field(min_length=LEVELS, max_length=LEVELS)
    facets: Annotated[tuple[Named, ...], AfterValidator(_unique)] = Field(min_length=1)
    evidence_kinds: Annotated[tuple[EvidenceKind, ...], AfterValidator(_unique)] = Field(min_length=1)


class QuestionsFile(_Frozen):
    """`questions/N-level.yaml`: the questions of one level, in the order they are asked."""

    level: Key
    questions: Annotated[tuple[Question, ...], AfterValidator(_unique)] = Field(min_length=MIN_QUESTIONS)

    @model_validator(mode="after")
    def _fits(self) -> Self:
        wrong = [q.key for q in self.questions if q.level != self.level]
        if wrong:
            raise ValueError(f"{', '.join(wrong)}: the key of a question of this level begins with {self.level}-")
        if sum(q.core for q in self.questions) > 1:
            raise ValueError("more than one question is core; keep one")
        return self


class MistakesFile(_Frozen):
    """`mistakes.yaml`."""

    mistakes: Annotated[tuple[Mistake, ...], AfterValidator(_unique)]


class IndicatorsFile(_Frozen):
    """`indicators.yaml`."""

    indicators: Annotated[tuple[Indicator, ...], AfterValidator(_unique)]


class GlossaryFile(_Frozen):
    """`glossary.yaml`: the terms, and the English words that Indonesian texts may use as they are."""

    terms: Annotated[tuple[Term, ...], AfterValidator(_unique)]
    loanwords: tuple[str, ...]


class WordsFile(_Frozen):
    """`words.yaml`: what reports and forms say; {placeholders} are the same in both languages."""

    words: dict[Key, Text]

    @model_validator(mode="after")
    def _same_placeholders(self) -> Self:
        uneven = [key for key, text in self.words.items() if _fields(text.id) != _fields(text.en)]
        if uneven:
            raise ValueError(f"{', '.join(uneven)}: id and en name different {{placeholders}}; name the same ones")
        styled = [key for key, text in self.words.items() if re.search(r"\{\w*[^\w}]", text.id + text.en)]
        if styled:
            raise ValueError(f"{', '.join(styled)}: a {{placeholder}} holds more than a name; leave only the name")
        return self


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


class Content(_Frozen):
    """Everything that is asked and said, checked as a whole. Order is pyramid order, then question order."""

    model: ModelFile
    questions: tuple[Question, ...]
    mistakes: tuple[Mistake, ...]
    indicators: tuple[Indicator, ...]
    words: dict[str, Text]
    terms: tuple[Term, ...]

    @property
    def levels(self) -> tuple[Level, ...]:
        """The six levels, bottom to top."""
        return self.model.levels

    @cached_property
    def level_keys(self) -> tuple[str, ...]:
        """The keys of the levels, bottom to top."""
        return tuple(level.key for level in self.levels)

    @cached_property
    def by_key(self) -> dict[str, Question]:
        """The questions by key."""
        return {question.key: question for question in self.questions}

    @cached_property
    def evidence_kinds(self) -> dict[str, EvidenceKind]:
        """The kinds of evidence by key."""
        return {kind.key: kind for kind in self.model.evidence_kinds}

    def of_level(self, level: str) -> tuple[Question, ...]:
        """The questions of one level, in order."""
        return tuple(question for question in self.questions if question.level == level)

    def mistake(self, key: str) -> Mistake:
        """One mistake. KeyError if there is none of that key."""
        return {mistake.key: mistake for mistake in self.mistakes}[key]

    def say(self, key: str, *, lang: Lang, **values: object) -> str:
        """A sentence of `words.yaml` with its {placeholders} filled. Escape it where it is shown."""
        return self.words[key].in_(lang).format(**values)


def load_content(folder: Path | str | None = None) -> Content:
    """Read and check a content folder; the shipped one when none is named.

    A folder of one's own needs model.yaml, questions/, mistakes.yaml and indicators.yaml. Its words.yaml may
    replace some of the shipped words, its glossary.yaml the shipped glossary.

    Raises ContentError with every problem in every file.

    >>> [level.key for level in load_content().levels]
    ['inform', 'resolve', 'respond', 'anticipate', 'predict', 'elevate']
    """
    folder = Path(folder) if folder else content_dir()
    if not folder.is_dir():
        raise ContentError("no content", [Problem(str(folder), "is no folder; name a content folder")])
    problems: list[Problem] = []
    model = _read(folder / "model.yaml", ModelFile, problems)
    sheets = [_read(path, QuestionsFile, problems) for path in sorted(folder.glob("questions/*.yaml"))]
    mistakes = _read(folder / "mistakes.yaml", MistakesFile, problems)
    indicators = _read(folder / "indicators.yaml", IndicatorsFile, problems)
    glossary = _read(_own_or_shipped(folder, "glossary.yaml"), GlossaryFile, problems)
    words = _read_words(folder, problems)
    if model:
        problems += _question_misfits(model[0], [sheet for sheet in sheets if sheet], whole=None not in sheets)
    if model and mistakes:
        problems += _mistake_misfits(model[0], *mistakes)
    if problems or not (model and mistakes and indicators and glossary):
        raise ContentError(f"the content in {folder} cannot be used", problems)
    return Content(
        model=model[0],
        questions=tuple(
            question
            for level in model[0].levels
            for sheet in sheets
            if sheet and sheet[0].level == level.key
            for question in sheet[0].questions
        ),
        mistakes=mistakes[0].mistakes,
        indicators=indicators[0].indicators,
        words=words,
        terms=glossary[0].terms,
    )


def _own_or_shipped(folder: Path, name: str) -> Path:
    own = folder / name
    return own if own.exists() else content_dir() / name


def _read(path: Path, kind: type[_File], problems: list[Problem]) -> tuple[_File, YamlFile] | None:
    """A file as a model, with the file itself for its lines; None, and the problems added, where it cannot be."""
    try:
        file = read_yaml(path)
        return kind.model_validate(file.data), file
    except ContentError as error:
        problems += error.problems
    except ValidationError as error:
        problems += validation_problems(error, file.where)
    return None


def _read_words(folder: Path, problems: list[Problem]) -> dict[str, Text]:
    """The shipped words, with those of the folder in their place."""
    shipped = _read(content_dir() / "words.yaml", WordsFile, problems)
    words = dict(shipped[0].words) if shipped else {}
    if folder == content_dir() or not (folder / "words.yaml").exists():
        return words
    own = _read(folder / "words.yaml", WordsFile, problems)
    for key, text in own[0].words.items() if own else ():
        if own and key not in words:
            problems.append(Problem(own[1].where(("words", key)), "is no word of the reports; check the spelling"))
        elif not _fields(text.en) <= _fields(words[key].en):
            told = ", ".join(sorted(_fields(words[key].en))) or "none"
            what = f"has {{placeholders}} that are not filled here; it may use: {told}"
            problems.append(Problem(own[1].where(("words", key)) if own else key, what))
        words[key] = text
    return words


def _question_misfits(
    model: ModelFile, sheets: list[tuple[QuestionsFile, YamlFile]], *, whole: bool
) -> Iterator[Problem]:
    """Where questions do not fit the model. `whole`: no questions file was left out for its errors."""
    levels = [level.key for level in model.levels]
    facets = [facet.key for facet in model.facets]
    asked = Counter(sheet.level for sheet, _ in sheets)
    for sheet, file in sheets:
        if sheet.level not in levels:
            yield Problem(file.where(("level",)), f"{sheet.level} is no level; one of {', '.join(levels)}")
        elif asked[sheet.level] > 1:
            yield Problem(file.where(("level",)), f"{sheet.level} has two files; join them in one")
        for index, question in enumerate(sheet.questions):
            if question.facet not in facets:
                what = f"{question.facet} is no facet; one of {', '.join(facets)}"
                yield Problem(file.where(("questions", index, "facet")), what)
    for level in levels:
        if whole and not asked[level]:
            yield Problem(f"questions/ {level}", f"has no questions; write at least {MIN_QUESTIONS}")


def _mistake_misfits(model: ModelFile, mistakes: MistakesFile, file: YamlFile) -> Iterator[Problem]:
    levels = [level.key for level in model.levels]
    for index, mistake in enumerate(mistakes.mistakes):
        for number, link in enumerate(mistake.contradicts):
            if link.level not in levels:
                place = ("mistakes", index, "contradicts", number, "level")
                yield Problem(file.where(place), f"{link.level} is no level; one of {', '.join(levels)}")


SCHEMAS: dict[str, type[BaseModel]] = {
    "model": ModelFile,
    "questions": QuestionsFile,
    "mistakes": MistakesFile,
    "indicators": IndicatorsFile,
    "glossary": GlossaryFile,
    "words": WordsFile,
}


def save_schemas(folder: Path | None = None) -> None:
    """Write the JSON Schemas that give editors completion; a test holds them current."""
    folder = folder or content_dir() / "schemas"
    for name, kind in SCHEMAS.items():
        text = json.dumps(kind.model_json_schema(), indent=2, ensure_ascii=False) + "\n"
        write_whole(folder / f"{name}.schema.json", text.encode())
