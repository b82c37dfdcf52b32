"""What was answered: one organisation on one date, immutable in memory, one JSON file on disk."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import yaml
from filelock import FileLock
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    ValidationError,
    field_validator,
    model_validator,
)

from cxassess.content import LEVELS, Content, EvidenceKind, Key, Rating
from cxassess.errors import AssessmentError, Problem, validation_problems
from cxassess.paths import write_whole
from cxassess.text import LANGS, Lang, Line, Note

FORMAT = 1

EvidenceKey = Annotated[str, Field(pattern=r"^E-\d{2,}$")]
Severity = Annotated[int, Field(ge=0, le=3, strict=True)]
Section = Literal["summary", "levels", "why-not", "mistakes", "indicators", "answers", "method"]
# Read exactly: a JSON number of any length stays the decimal that was written.
Weight = Annotated[Decimal, Field(gt=0), PlainSerializer(str)]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Noted(_Frozen):
    """Something with notes: `note` is printed, `private` never leaves the document."""

    note: Note | None = None
    private: str | None = None


class Unit(_Frozen):
    """What is assessed: the company as a whole, or one brand, channel, region or outlet of it."""

    kind: Literal["company", "brand", "channel", "region", "outlet"]
    name: Line | None = None

    @model_validator(mode="after")
    def _named(self) -> Self:
        if self.kind != "company" and self.name is None:
            raise ValueError(f'the unit "{self.kind}" needs a name; add "name"')
        return self


class Profile(_Noted):
    """Whom the assessment is about, and for whom it is written."""

    organisation: Line
    group: tuple[Line, ...] = ()
    unit: Unit
    trade: Note | None = None
    size: Literal["micro", "small", "medium", "large"] | None = None
    objective: Note | None = None
    customer_groups: tuple[Note, ...] = ()
    competitors: tuple[Line, ...] = ()
    working_language: Lang = "id"
    report_languages: tuple[Lang, ...] = Field(default=LANGS, min_length=1)


class Evidence(_Noted):
    """One piece of evidence: an interview, a document, a sample. Its kind gives grade and shelf life."""

    key: EvidenceKey
    kind: Key
    source: Note
    on: date | None = None

    def is_current(self, kind: EvidenceKind, *, on: date) -> bool:
        """Whether it counts in full: from its date to date + shelf life, both inclusive."""
        return self.on is not None and self.on <= on <= self.on + timedelta(days=kind.days)

    def grade(self, kind: EvidenceKind, *, on: date) -> int:
        """Its grade on a date, 0 to 4: before its date none, after its shelf life (or undated) at most 1.

        >>> kind = EvidenceKind(key="document", name={"id": "d", "en": "d"}, grade=2, days=10)
        >>> paper = Evidence(key="E-01", kind="document", source="SOP", on=date(2026, 3, 1))
        >>> [paper.grade(kind, on=date(2026, 3, day)) for day in (1, 11, 12)]
        [2, 2, 1]
        """
        if self.on is not None and on < self.on:
            return 0
        return kind.grade if self.is_current(kind, on=on) else min(kind.grade, 1)


class Sample(_Frozen):
    """k of n observed cases in which the practice worked."""

    k: int = Field(ge=0, strict=True)
    n: int = Field(gt=0, strict=True)

    @model_validator(mode="after")
    def _possible(self) -> Self:
        if self.k > self.n:
            raise ValueError(f"{self.k} of {self.n} is impossible; k is at most n")
        return self


class EvidenceLink(_Frozen):
    """That a piece of evidence supports a rating: named, or found by a sample."""

    evidence: EvidenceKey
    supports: Rating | None = None
    sample: Sample | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.supports is None) == (self.sample is None):
            raise ValueError('needs either "supports" (N, P, L or F) or "sample" (k and n)')
        return self


class Answer(_Noted):
    """The answer to one question in one of its states; a question with no answer is unanswered.

    >>> Answer(state="rated", rating="L").rating
    'L'
    """

    state: Literal["unanswered", "unknown", "not-applicable", "rated"]
    rating: Rating | None = None
    reason: Literal["not-offered", "no-such-channel", "legally-excluded"] | None = None
    evidence: tuple[EvidenceLink, ...] = ()

    @model_validator(mode="after")
    def _fits_its_state(self) -> Self:
        if (self.rating is not None) != (self.state == "rated"):
            raise ValueError('"rating" (N, P, L or F) belongs to the state "rated", and only there')
        if (self.reason is not None) != (self.state == "not-applicable"):
            raise ValueError('"reason" belongs to the state "not-applicable", and only there')
        if self.state == "not-applicable" and not self.note:
            raise ValueError('"not-applicable" needs a "note" that says why')
        return self


UNANSWERED = Answer(state="unanswered")


class Judgement(_Noted):
    """How severe a mistake is: 0 none, 1 sporadic, 2 recurrent, 3 systemic."""

    severity: Severity
    evidence: tuple[EvidenceKey, ...] = ()


class Exemption(_Frozen):
    """Why one mistake does not contradict one level here, and what proves it."""

    mistake: Key
    level: Key
    reason: Note
    evidence: tuple[EvidenceKey, ...] = ()
    private: str | None = None


class Target(_Noted):
    """A level to reach, by a date if one is agreed."""

    level: int = Field(ge=1, le=LEVELS, strict=True)
    by: date | None = None


class ContentVersion(_Frozen):
    """The content the questions came from."""

    model: Key
    version: str = Field(pattern=r"^\d+\.\d+$")


class Assessment(_Noted):
    """One organisation on one date. Frozen: a change is a copy.

    >>> profile = Profile(organisation="Acme", unit=Unit(kind="company"))
    >>> version = ContentVersion(model="cx-pyramid-6", version="1.0")
    >>> blank = Assessment(content=version, on=date(2026, 3, 1), profile=profile)
    >>> rated = blank.answer("inform-1", Answer(state="rated", rating="P"))
    >>> rated.answer_to("inform-1").rating, blank.answer_to("inform-1").state
    ('P', 'unanswered')
    """

    format: Literal[1] = 1
    content: ContentVersion
    on: date
    profile: Profile
    weights: dict[Key, Weight] = Field(default_factory=dict)
    answers: dict[Key, Answer] = Field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    mistakes: dict[Key, Judgement] = Field(default_factory=dict)
    exceptions: tuple[Exemption, ...] = ()
    indicators: dict[Key, Answer] = Field(default_factory=dict)
    targets: tuple[Target, ...] = ()
    commentary: dict[Section, Note] = Field(default_factory=dict)

    @field_validator("answers", "mistakes", "indicators", "weights", "commentary")
    @classmethod
    def _sorted(cls, entries: dict[str, Any]) -> dict[str, Any]:
        """A stable order, so that two saves of the same answers are the same bytes."""
        return dict(sorted(entries.items(), key=lambda entry: _natural(entry[0])))

    def answer_to(self, key: str) -> Answer:
        """The answer to a question, unanswered if there is none yet."""
        return self.answers.get(key, UNANSWERED)

    def severity_of(self, mistake: str) -> Severity | None:
        """The severity of a mistake, None until it is given."""
        judgement = self.mistakes.get(mistake)
        return judgement.severity if judgement else None

    def answer(self, key: str, answer: Answer) -> Assessment:
        """A copy with one answer given or replaced."""
        return self.replaced(answers={**self.answers, key: answer})

    def judge(self, mistake: str, judgement: Judgement) -> Assessment:
        """A copy with the severity of one mistake given or replaced."""
        return self.replaced(mistakes={**self.mistakes, mistake: judgement})

    def weigh(self, weights: Mapping[str, Decimal]) -> Assessment:
        """A copy with other weights. AssessmentError once a question is answered: weights come first."""
        if any(answer.state != "unanswered" for answer in self.answers.values()):
            what = "can change only before the first answer; start a new assessment"
            raise AssessmentError("the weights stay", [Problem("weights", what)])
        return self.replaced(weights=dict(weights))

    def replaced(self, **changes: object) -> Assessment:
        """A copy with some fields replaced, checked like a file. Raises AssessmentError."""
        fields = {name: getattr(self, name) for name in type(self).model_fields}
        try:
            return Assessment(**(fields | changes))
        except ValidationError as error:
            problems = validation_problems(error, lambda place: ".".join(map(str, place)))
            raise AssessmentError("the change does not fit", problems) from None


def _natural(key: str) -> list[str | int]:
    return [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", key)]


def new_assessment(
    path: Path, content: Content, *, organisation: str, on: date, working_language: Lang = "id"
) -> Assessment:
    """Write an empty assessment. AssessmentError where a file stands already."""
    try:
        assessment = Assessment(
            content=ContentVersion(model=content.model.key, version=content.model.version),
            on=on,
            profile=Profile(
                organisation=organisation, unit=Unit(kind="company"), working_language=working_language
            ),
        )
    except ValidationError as error:
        problems = validation_problems(error, lambda place: ".".join(map(str, place)))
        raise AssessmentError("no assessment can be made of this", problems) from None
    if path.exists():
        what = "stands already; choose another name or date, or move it away"
        raise AssessmentError("nothing was written", [Problem(str(path), what)])
    save_assessment(assessment, path)
    return assessment


def save_assessment(assessment: Assessment, path: Path) -> None:
    """Write an assessment whole or not at all, one writer at a time. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(path.with_name(f".{path.name}.lock"), timeout=10):
        write_whole(path, dumps(assessment).encode())


def dumps(assessment: Assessment) -> str:
    """The text of an assessment file: indented, in a stable order, nothing that is empty."""
    data = assessment.model_dump(mode="json", exclude_defaults=True)
    return json.dumps({"format": FORMAT, **data}, ensure_ascii=False, indent=2) + "\n"


def load_assessment(path: Path | str, content: Content) -> Assessment:
    """Read an assessment and check it against its content.

    Raises AssessmentError with every problem found, each with its line.
    """
    path = Path(path)
    text = _text_of(path)
    _refuse_other_json(path, text)
    try:
        assessment = Assessment.model_validate_json(text, strict=True)
    except ValidationError as error:
        lines = _Lines(path, text)
        raise _refused(path, validation_problems(error, lines.where)) from None
    misfits = list(_misfits(assessment, content))
    if misfits:
        lines = _Lines(path, text)
        raise _refused(path, [Problem(lines.where(place), what) for place, what in misfits])
    return assessment


def _refused(path: Path, problems: list[Problem]) -> AssessmentError:
    return AssessmentError(f"{path} cannot be used", sorted(problems, key=_line_of))


def _line_of(problem: Problem) -> int:
    """The line in a place like "acme.json:12 answers", so that problems are told from top to bottom."""
    found = re.search(r":(\d+)", problem.where)
    return int(found[1]) if found else 0


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        problem = Problem(f"{path.name} byte {error.start}", "is not UTF-8; save the file as UTF-8")
        raise _refused(path, [problem]) from None
    except OSError as error:
        raise _refused(path, [Problem(str(path), f"{error.strerror}; check the name")]) from None


def _refuse_other_json(path: Path, text: str) -> None:
    """Refuse what pydantic would pass over or say badly: broken JSON, keys that stand twice, another format."""
    doubled: list[str] = []

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        keys = [key for key, _ in pairs]
        doubled.extend(sorted({key for key in keys if keys.count(key) > 1}))
        return dict(pairs)

    try:
        data = json.loads(text, object_pairs_hook=unique)
    except json.JSONDecodeError as error:
        where = f"{path.name}:{error.lineno} column {error.colno}"
        raise _refused(
            path, [Problem(where, f"is not JSON here ({error.msg}); mend it or restore a copy")]
        ) from None
    except RecursionError:
        raise _refused(path, [Problem(path.name, "is nested too deeply; restore a copy")]) from None
    if doubled:
        raise _refused(path, [Problem(f"{path.name} {key}", "stands twice; keep one") for key in doubled])
    if not isinstance(data, dict):
        raise _refused(path, [Problem(f"{path.name}:1", "is no assessment; it must begin with {")])
    _refuse_other_formats(path, data)


def _refuse_other_formats(path: Path, data: dict[str, Any]) -> None:
    given = data.get("format")
    if type(given) is int and given > FORMAT:
        what = f"was written by a newer cxassess (format {given}; this one reads {FORMAT}); upgrade cxassess"
        raise _refused(path, [Problem(path.name, what)])
    if type(given) is not int or given < 1:
        what = f'has no "format" of an assessment; if it is one, write "format": {FORMAT}'
        raise _refused(path, [Problem(path.name, what)])


class _Lines:
    """Finds the line of a place in a JSON text. JSON is YAML, whose reader keeps lines; only errors pay for it."""

    def __init__(self, path: Path, text: str) -> None:
        self.name = path.name
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        try:
            self.root = yaml.compose(text, Loader=loader)
        except yaml.YAMLError:  # a tab or a rare escape that YAML reads otherwise
            self.root = None

    def where(self, place: tuple[str | int, ...]) -> str:
        node, line = self.root, 1
        for part in place:
            node = _child(node, part)
            if node is None:
                break
            line = node.start_mark.line + 1
        return f"{self.name}:{line} {'.'.join(map(str, place))}".rstrip()


def _child(node: yaml.Node | None, part: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == part), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        child: yaml.Node = node.value[part]
        return child
    return None


_Misfit = tuple[tuple[str | int, ...], str]


def _misfits(assessment: Assessment, content: Content) -> Iterator[_Misfit]:
    """Where an assessment does not fit its content or itself: place and what to do."""
    yield from _version_misfits(assessment, content)
    yield from _key_misfits(assessment, content)
    yield from _answer_misfits(assessment, content)
    yield from _exception_misfits(assessment, content)
    yield from _evidence_misfits(assessment, content)


def _version_misfits(assessment: Assessment, content: Content) -> Iterator[_Misfit]:
    given, ours = assessment.content, content.model
    if given.model != ours.key:
        what = f"is {given.model}, the content is {ours.key}; name its folder with --content"
        yield ("content", "model"), what
    elif given.version.split(".")[0] != ours.version.split(".")[0]:
        yield (
            ("content", "version"),
            f"is {given.version}, the content is {ours.version}; use the content it was made with",
        )


def _key_misfits(assessment: Assessment, content: Content) -> Iterator[_Misfit]:
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


def _answer_misfits(assessment: Assessment, content: Content) -> Iterator[_Misfit]:
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


def _exception_misfits(assessment: Assessment, content: Content) -> Iterator[_Misfit]:
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


def _evidence_misfits(assessment: Assessment, content: Content) -> Iterator[_Misfit]:
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
