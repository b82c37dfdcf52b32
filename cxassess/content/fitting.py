"""Where content files do not fit each other: levels, facets, advice and what it names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple, TypeVar

from pydantic import BaseModel

from cxassess.content.kit import ChannelsFile, JourneyFile, KpisFile, SurveyFile
from cxassess.content.model import (
    MIN_QUESTIONS,
    GlossaryFile,
    ModelFile,
    Word,
)
from cxassess.content.practices import (
    AdviceFile,
    IndicatorsFile,
    MistakesFile,
    QuestionsFile,
)
from cxassess.errors import Problem
from cxassess.yamlfile import YamlFile

FileModel = TypeVar("FileModel", bound=BaseModel)


Read = tuple[FileModel, YamlFile] | None


class Files(NamedTuple):
    """What was read: each file as a model and with its lines, None where it could not be read."""

    model: Read[ModelFile]
    sheets: list[Read[QuestionsFile]]
    mistakes: Read[MistakesFile]
    indicators: Read[IndicatorsFile]
    advice: list[Read[AdviceFile]]
    glossary: Read[GlossaryFile]
    kpis: Read[KpisFile]
    survey: Read[SurveyFile]
    journey: Read[JourneyFile]
    channels: Read[ChannelsFile]
    words: dict[str, Word]


def misfits(files: Files) -> Iterator[Problem]:
    """Where the files do not fit each other, as far as they could be read."""
    whole = None not in files.sheets
    if files.model:
        yield from _question_misfits(files.model[0], [sheet for sheet in files.sheets if sheet], whole=whole)
    if files.model and files.mistakes:
        yield from _mistake_misfits(files.model[0], *files.mistakes)
    yield from _advice_misfits([file for file in files.advice if file], _known(files))


def _question_misfits(
    model: ModelFile, sheets: list[tuple[QuestionsFile, YamlFile]], *, whole: bool
) -> Iterator[Problem]:
    """Where questions do not fit the model. `whole`: no questions file was left out for its errors."""
    levels = [level.key for level in model.levels]
    facets = [facet.key for facet in model.facets]
    asked = Counter(sheet.level for sheet, _ in sheets)
    for sheet, file in sheets:
        if sheet.level not in levels:
            known = ", ".join(levels)
            yield Problem(file.where(("level",)), "problem-no-level", level=sheet.level, known=known)
        elif asked[sheet.level] > 1:
            yield Problem(file.where(("level",)), "problem-level-twice", level=sheet.level)
        for index, question in enumerate(sheet.questions):
            if question.facet not in facets:
                place, known = ("questions", index, "facet"), ", ".join(facets)
                yield Problem(file.where(place), "problem-no-facet", facet=question.facet, known=known)
    for level in levels:
        if whole and not asked[level]:
            yield Problem(f"questions/ {level}", "problem-no-questions", least=MIN_QUESTIONS)


def _mistake_misfits(model: ModelFile, mistakes: MistakesFile, file: YamlFile) -> Iterator[Problem]:
    levels = [level.key for level in model.levels]
    for index, mistake in enumerate(mistakes.mistakes):
        for number, link in enumerate(mistake.contradicts):
            if link.level not in levels:
                place, known = ("mistakes", index, "contradicts", number, "level"), ", ".join(levels)
                yield Problem(file.where(place), "problem-no-level", level=link.level, known=known)


class _Known(NamedTuple):
    """The keys that advice may name; None where the file that holds them could not be read."""

    questions: set[str] | None
    others: set[str] | None
    owners: set[str] | None
    levers: set[str] | None
    kpis: set[str] | None
    advice: set[str] | None


def _known(files: Files) -> _Known:
    model, kpis = files.model, files.kpis
    questions = [sheet[0].questions for sheet in files.sheets if sheet]
    advice = [file[0].advice for file in files.advice if file]
    others = None
    if files.mistakes and files.indicators:
        others = {one.key for one in (*files.mistakes[0].mistakes, *files.indicators[0].indicators)}
    return _Known(
        questions=None if None in files.sheets else {one.key for sheet in questions for one in sheet},
        others=others,
        owners={owner.key for owner in model[0].owners} if model else None,
        levers={lever.key for lever in model[0].levers} if model else None,
        kpis={kpi.key for kpi in kpis[0].kpis} if kpis else None,
        advice=None if None in files.advice else {one.key for sheaf in advice for one in sheaf},
    )


def _advice_misfits(files: list[tuple[AdviceFile, YamlFile]], known: _Known) -> Iterator[Problem]:
    """Where advice speaks of what is not there, or waits for itself."""
    after = {piece.key: piece.after for sheet, _ in files for piece in sheet.advice}
    for sheet, file in files:
        for index, piece in enumerate(sheet.advice):
            place = ("advice", index)
            named = {
                "for": ({piece.for_}, known.questions if piece.step else known.others),
                "owner": ({piece.owner}, known.owners),
                "levers": (set(piece.levers), known.levers),
                "kpis": (set(piece.kpis), known.kpis),
                "after": (set(piece.after), known.advice),
            }
            for field, (given, there) in named.items():
                if there is not None and (lost := sorted(given - there)):
                    where = file.where((*place, field))
                    yield Problem(where, "problem-unknown-names", names=", ".join(lost))
            if _waits_for_itself(piece.key, after):
                yield Problem(file.where((*place, "after")), "problem-circle")


def _waits_for_itself(key: str, after: dict[str, tuple[str, ...]]) -> bool:
    seen: set[str] = set()
    ahead = list(after[key])
    while ahead:
        one = ahead.pop()
        if one == key:
            return True
        if one not in seen:
            seen.add(one)
            ahead += after.get(one, ())
    return False
