"""Where an assessment does not fit its content or itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from cxassess.content.reading import Content
from cxassess.document.assessment import Assessment
from cxassess.document.shapes import DOCUMENT
from cxassess.errors import AssessmentError, Place, Problem

# What a company may say it does, beside the trades of the content.
OTHER_TRADE = "other"


def check_assessment(assessment: Assessment, content: Content) -> None:
    """Raise AssessmentError with every place where an assessment does not fit its content or itself."""
    problems = [misfit.at(".".join(map(str, misfit.place))) for misfit in misfits(assessment, content)]
    if problems:
        raise AssessmentError("problem-assessment-unfit", problems)


class Misfit(NamedTuple):
    """A problem by its place in the document; whoever knows the file knows the line, too."""

    place: Place
    key: str
    values: dict[str, object]

    def at(self, where: str) -> Problem:
        """The problem, with its place as a reader is to find it."""
        return Problem(where, self.key, **self.values)


def misfits(assessment: Assessment, content: Content) -> Iterator[Misfit]:
    """Where an assessment does not fit its content or itself."""
    yield from _version_misfits(assessment, content)
    yield from _profile_misfits(assessment, content)
    yield from _key_misfits(assessment, content)
    yield from _answer_misfits(assessment, content)
    yield from _exception_misfits(assessment, content)
    yield from _evidence_misfits(assessment, content)
    for field, shape in DOCUMENT.fields.items():
        if shape.identity == ("key",):
            yield from _key_twice(field, getattr(assessment, field))


def _version_misfits(assessment: Assessment, content: Content) -> Iterator[Misfit]:
    given, ours = assessment.content, content.model
    if given.model != ours.key:
        place = ("content", "model")
        yield _misfit(place, "problem-other-model", given=given.model, ours=ours.key, option="--content")
    elif given.version.split(".")[0] != ours.version.split(".")[0]:
        yield _misfit(("content", "version"), "problem-other-version", given=given.version, ours=ours.version)


def _profile_misfits(assessment: Assessment, content: Content) -> Iterator[Misfit]:
    profile = assessment.profile
    sizes = [size.key for size in content.model.sizes]
    if profile.size is not None and profile.size not in sizes:
        yield _misfit(("profile", "size"), "problem-no-size", size=profile.size, known=", ".join(sizes) or "–")
    trades = [*(trade.key for trade in content.journey.trades), OTHER_TRADE]
    if profile.trade is not None and profile.trade not in trades:
        yield _misfit(("profile", "trade"), "problem-no-trade", trade=profile.trade, known=", ".join(trades))


def _key_misfits(assessment: Assessment, content: Content) -> Iterator[Misfit]:
    known = {
        "answers": set(content.by_key),
        "weights": set(content.by_key),
        "mistakes": {mistake.key for mistake in content.mistakes},
        "indicators": {indicator.key for indicator in content.indicators},
    }
    for field, keys in known.items():
        for key in getattr(assessment, field):
            if key not in keys:
                yield _misfit((field, key), "problem-unknown-key")
    for key in assessment.commentary:
        # Every chapter has a heading among the words of the content; nothing else of chapters is known here.
        if f"heading-{key}" not in content.words:
            yield _misfit(("commentary", key), "problem-no-chapter")


def _answer_misfits(assessment: Assessment, content: Content) -> Iterator[Misfit]:
    for key, answer in assessment.answers.items():
        question = content.by_key.get(key)
        if question and question.core and answer.state == "not-applicable":
            yield _misfit(("answers", key), "problem-core-left-out", state=answer.state)
    for key, answer in assessment.indicators.items():
        if answer.state == "not-applicable":
            yield _misfit(("indicators", key), "problem-indicator-left-out", state=answer.state)


def _exception_misfits(assessment: Assessment, content: Content) -> Iterator[Misfit]:
    linked = {(mistake.key, link.level) for mistake in content.mistakes for link in mistake.contradicts}
    seen: set[tuple[str, str]] = set()
    for index, exception in enumerate(assessment.exceptions):
        place, pair = ("exceptions", index), (exception.mistake, exception.level)
        if pair not in linked:
            yield _misfit(place, "problem-no-contradiction", mistake=exception.mistake, level=exception.level)
        if pair in seen:
            yield _misfit(place, "problem-excepted-twice")
        seen.add(pair)


def _evidence_misfits(assessment: Assessment, content: Content) -> Iterator[Misfit]:
    keys = {record.key for record in assessment.evidence}
    for index, record in enumerate(assessment.evidence):
        if record.kind not in content.evidence_kinds:
            place, known = ("evidence", index, "kind"), ", ".join(content.evidence_kinds)
            yield _misfit(place, "problem-evidence-kind", kind=record.kind, known=known)
    for used, key in _evidence_uses(assessment):
        if key not in keys:
            yield _misfit(used, "problem-evidence-lost", number=key)


def _key_twice(field: str, records: Sequence[Any]) -> Iterator[Misfit]:
    """Records that have a key that another of their list has, too: a merge would take them for one."""
    keys = [record.key for record in records]
    for index, key in enumerate(keys):
        if key in keys[:index]:
            yield _misfit((field, index, "key"), "problem-record-twice", number=key)


def _misfit(place: Place, key: str, **values: object) -> Misfit:
    return Misfit(place, key, values)


def _evidence_uses(assessment: Assessment) -> Iterator[tuple[Place, str]]:
    for field in ("answers", "indicators"):
        for key, answer in getattr(assessment, field).items():
            for index, link in enumerate(answer.evidence):
                yield (field, key, "evidence", index, "evidence"), link.evidence
    for key, judgement in assessment.mistakes.items():
        for index, used in enumerate(judgement.evidence):
            yield ("mistakes", key, "evidence", index), used
    for position, exception in enumerate(assessment.exceptions):
        for index, used in enumerate(exception.evidence):
            yield ("exceptions", position, "evidence", index), used
