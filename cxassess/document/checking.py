"""Where an assessment does not fit its content or itself."""

from __future__ import annotations

from collections.abc import Iterator

from cxassess.content.reading import Content
from cxassess.document.assessment import Assessment
from cxassess.errors import AssessmentError, Problem


def check_assessment(assessment: Assessment, content: Content) -> None:
    """Raise AssessmentError with every place where an assessment does not fit its content or itself."""
    problems = [Problem(".".join(map(str, place)), what) for place, what in misfits(assessment, content)]
    if problems:
        raise AssessmentError("the assessment does not fit its content", problems)


Misfit = tuple[tuple[str | int, ...], str]


def misfits(assessment: Assessment, content: Content) -> Iterator[Misfit]:
    """Where an assessment does not fit its content or itself: place and what to do."""
    yield from _version_misfits(assessment, content)
    yield from _size_misfits(assessment, content)
    yield from _key_misfits(assessment, content)
    yield from _answer_misfits(assessment, content)
    yield from _exception_misfits(assessment, content)
    yield from _evidence_misfits(assessment, content)


def _version_misfits(assessment: Assessment, content: Content) -> Iterator[Misfit]:
    given, ours = assessment.content, content.model
    if given.model != ours.key:
        what = f"is {given.model}, the content is {ours.key}; name its folder with --content"
        yield ("content", "model"), what
    elif given.version.split(".")[0] != ours.version.split(".")[0]:
        yield (
            ("content", "version"),
            f"is {given.version}, the content is {ours.version}; use the content it was made with",
        )


def _size_misfits(assessment: Assessment, content: Content) -> Iterator[Misfit]:
    size, known = assessment.profile.size, [size.key for size in content.model.sizes]
    if size is not None and size not in known:
        what = f"{size} is no size of company in this content; one of {', '.join(known) or 'none'}"
        yield ("profile", "size"), what


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
                yield (field, key), "is unknown in this content; check the spelling or remove it"


def _answer_misfits(assessment: Assessment, content: Content) -> Iterator[Misfit]:
    for key, answer in assessment.answers.items():
        question = content.by_key.get(key)
        if question and question.core and answer.state == "not-applicable":
            yield (
                ("answers", key),
                "is the core question of its level and cannot be not-applicable; rate it, or say unknown",
            )
    for key, answer in assessment.indicators.items():
        if answer.state == "not-applicable":
            yield ("indicators", key), "cannot be not-applicable; rate it, or say unknown"


def _exception_misfits(assessment: Assessment, content: Content) -> Iterator[Misfit]:
    linked = {(mistake.key, link.level) for mistake in content.mistakes for link in mistake.contradicts}
    seen: set[tuple[str, str]] = set()
    for index, exception in enumerate(assessment.exceptions):
        pair = (exception.mistake, exception.level)
        if pair not in linked:
            yield (
                ("exceptions", index),
                f"{pair[0]} does not contradict {pair[1]}; remove it or check the spelling",
            )
        if pair in seen:
            yield ("exceptions", index), "excepts the same mistake and level again; join the two"
        seen.add(pair)


def _evidence_misfits(assessment: Assessment, content: Content) -> Iterator[Misfit]:
    keys: set[str] = set()
    for index, record in enumerate(assessment.evidence):
        if record.key in keys:
            yield ("evidence", index, "key"), f"{record.key} stands twice; give one another key"
        keys.add(record.key)
        if record.kind not in content.evidence_kinds:
            known = ", ".join(content.evidence_kinds)
            yield ("evidence", index, "kind"), f"{record.kind} is no kind of evidence; one of {known}"
    for place, key in _evidence_uses(assessment):
        if key not in keys:
            yield place, f"{key} is not in the evidence list; add it or remove the link"


def _evidence_uses(assessment: Assessment) -> Iterator[tuple[tuple[str | int, ...], str]]:
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
