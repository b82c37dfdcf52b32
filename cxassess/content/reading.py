"""What is asked and said: every content file read, checked as a whole, and found by key."""

from __future__ import annotations

import hashlib
from functools import cached_property
from pathlib import Path

from pydantic import Field, ValidationError

from cxassess.content.fitting import FileModel, Files, Read, misfits
from cxassess.content.kit import ChannelsFile, JourneyFile, Kpi, KpisFile, SurveyFile
from cxassess.content.model import (
    Entry,
    EvidenceKind,
    GlossaryFile,
    Level,
    ModelFile,
    Term,
    Word,
    WordsFile,
    fields_of,
)
from cxassess.content.practices import (
    Advice,
    AdviceFile,
    Indicator,
    IndicatorsFile,
    Mistake,
    MistakesFile,
    Question,
    QuestionsFile,
)
from cxassess.errors import ContentError, Problem, validation_problems
from cxassess.places import content_dir
from cxassess.yamlfile import YamlFile, scan_yaml


class Content(Entry):
    """Everything that is asked and said, checked as a whole. Order is pyramid order, then question order.

    `folder` is where it was read from; it is no part of what is said, so it is in no dump.
    """

    folder: Path = Field(exclude=True)
    model: ModelFile
    questions: tuple[Question, ...]
    mistakes: tuple[Mistake, ...]
    indicators: tuple[Indicator, ...]
    words: dict[str, Word]
    terms: tuple[Term, ...]
    advice: tuple[Advice, ...]
    kpis: tuple[Kpi, ...]
    survey: SurveyFile
    journey: JourneyFile
    channels: ChannelsFile

    @property
    def levels(self) -> tuple[Level, ...]:
        """The six levels, bottom to top."""
        return self.model.levels

    @property
    def is_shipped(self) -> bool:
        """Whether this is the content that comes with the package."""
        return self.folder == content_dir()

    @property
    def sha256(self) -> str:
        """The hash of all of it, whatever folder it stands in."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()

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


def load_content(folder: Path | str | None = None) -> Content:
    """Read and check a content folder; the shipped one when none is named.

    A folder of one's own needs model.yaml, questions/, mistakes.yaml and indicators.yaml; advice/ if it is to
    give advice. Its words/ may replace some of the shipped words. Whatever other file it has not (glossary,
    kpis, survey, journey, channels) is the shipped one.

    Raises ContentError with every problem in every file.

    >>> [level.key for level in load_content().levels]
    ['inform', 'resolve', 'respond', 'anticipate', 'predict', 'elevate']
    """
    folder = Path(folder) if folder else content_dir()
    if not folder.is_dir():
        raise ContentError("problem-no-content", [Problem(str(folder), "problem-content-no-folder")])
    problems: list[Problem] = []
    files = _read_files(folder, problems)
    problems += misfits(files)
    if problems:
        raise ContentError("problem-content-unusable", problems, folder=folder)
    return _joined(files, folder)


def _read_files(folder: Path, problems: list[Problem]) -> Files:
    return Files(
        model=_read(folder / "model.yaml", ModelFile, problems),
        sheets=[_read(path, QuestionsFile, problems) for path in sorted(folder.glob("questions/*.yaml"))],
        mistakes=_read(folder / "mistakes.yaml", MistakesFile, problems),
        indicators=_read(folder / "indicators.yaml", IndicatorsFile, problems),
        advice=[_read(path, AdviceFile, problems) for path in sorted(folder.glob("advice/*.yaml"))],
        glossary=_read(_own_or_shipped(folder, "glossary.yaml"), GlossaryFile, problems),
        kpis=_read(_own_or_shipped(folder, "kpis.yaml"), KpisFile, problems),
        survey=_read(_own_or_shipped(folder, "survey.yaml"), SurveyFile, problems),
        journey=_read(_own_or_shipped(folder, "journey.yaml"), JourneyFile, problems),
        channels=_read(_own_or_shipped(folder, "channels.yaml"), ChannelsFile, problems),
        words=_read_words(folder, problems),
    )


def _joined(files: Files, folder: Path) -> Content:
    """The files as one content, in pyramid order. All were read, or there would be problems."""
    model, _, mistakes, indicators, _, glossary, kpis, survey, journey, channels, words = files
    assert model and mistakes and indicators and glossary and kpis and survey and journey and channels
    sheets = {sheet[0].level: sheet[0].questions for sheet in files.sheets if sheet}
    return Content(
        folder=folder,
        model=model[0],
        questions=tuple(question for level in model[0].levels for question in sheets[level.key]),
        mistakes=mistakes[0].mistakes,
        indicators=indicators[0].indicators,
        words=words,
        terms=glossary[0].terms,
        advice=tuple(piece for file in files.advice if file for piece in file[0].advice),
        kpis=kpis[0].kpis,
        survey=survey[0],
        journey=journey[0],
        channels=channels[0],
    )


def _own_or_shipped(folder: Path, name: str) -> Path:
    own = folder / name
    return own if own.exists() else content_dir() / name


def _read(path: Path, kind: type[FileModel], problems: list[Problem]) -> Read[FileModel]:
    """A file as a model, with the file itself for its lines; None, and the problems added, where it cannot be."""
    try:
        file, traps = scan_yaml(path)
    except ContentError as error:
        problems += error.problems
        return None
    problems += traps
    told = {problem.where for problem in traps}
    try:
        model = kind.model_validate(file.data)
    except ValidationError as error:
        # What a trap left empty is told already.
        problems += [one for one in validation_problems(error, file.where) if one.where not in told]
        return None
    return None if traps else (model, file)


def _read_words(folder: Path, problems: list[Problem]) -> dict[str, Word]:
    """The shipped words, with those of the folder in their place."""
    shipped = _words_in(content_dir(), problems)
    words = {key: word for sheet, _ in shipped for key, word in sheet.words.items()}
    if folder == content_dir():
        return words
    for sheet, file in _words_in(folder, problems):
        for key, word in sheet.words.items():
            place = file.where(("words", key))
            if key not in words:
                problems.append(Problem(place, "problem-unknown-word"))
            elif not _fields(words[key]) and _fields(word):
                problems.append(Problem(place, "problem-no-placeholders"))
            elif not _fields(word) <= _fields(words[key]):
                known = ", ".join(sorted(_fields(words[key])))
                problems.append(Problem(place, "problem-unknown-placeholders", known=known))
            words[key] = word
    return words


def _words_in(folder: Path, problems: list[Problem]) -> list[tuple[WordsFile, YamlFile]]:
    """The words files of a folder that can be read; a word that stands in two of them is a problem."""
    read = [_read(path, WordsFile, problems) for path in sorted(folder.glob("words/*.yaml"))]
    found = [one for one in read if one]
    seen: dict[str, str] = {}
    for sheet, file in found:
        for key in sheet.words:
            if key in seen:
                problems.append(Problem(file.where(("words", key)), "problem-word-elsewhere", file=seen[key]))
            seen[key] = file.path.name
    return found


def _fields(word: Word) -> set[str]:
    return fields_of(word.in_("en"))
