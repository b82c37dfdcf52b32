"""Every field of every document model, each with two values that it may have."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Literal, NamedTuple, get_args, get_origin

from pydantic import TypeAdapter, ValidationError

from cxassess.document.answers import Answer, EvidenceLink, Frozen, Sample
from cxassess.document.assessment import Assessment, ContentVersion, Unit

Path = tuple[str, ...]  # ("evidence", "*", "source"): the star is any entry of a list or a map
Json = Any

# The same in every document.
FIXED = {("format",)}
# Models whose fields fit only together, with a value for each field, and another.
TOGETHER: dict[type[Frozen], dict[Path, tuple[Json, Json]]] = {
    ContentVersion: {
        ("model",): ({"model": "a", "version": "1.0"}, {"model": "b", "version": "1.0"}),
        ("version",): ({"model": "a", "version": "1.0"}, {"model": "a", "version": "1.1"}),
    },
    Unit: {
        ("kind",): ({"kind": "outlet", "name": "a"}, {"kind": "region", "name": "a"}),
        ("name",): ({"kind": "outlet", "name": "a"}, {"kind": "outlet", "name": "b"}),
    },
    Sample: {("k",): ({"k": 1, "n": 2}, {"k": 2, "n": 2}), ("n",): ({"k": 1, "n": 2}, {"k": 1, "n": 3})},
    EvidenceLink: {
        ("evidence",): ({"evidence": "E-01"}, {"evidence": "E-02"}),
        ("supports",): ({"evidence": "E-01"}, {"evidence": "E-01", "supports": "L"}),
        ("sample",): ({"evidence": "E-01"}, {"evidence": "E-01", "sample": {"k": 1, "n": 2}}),
    },
    Answer: {
        ("state",): ({"state": "unknown"}, {"state": "rated", "rating": "L"}),
        ("rating",): ({"state": "rated", "rating": "L"}, {"state": "rated", "rating": "F"}),
        ("reason",): (
            {"state": "not-applicable", "reason": "not-offered", "note": "a"},
            {"state": "not-applicable", "reason": "no-such-channel", "note": "a"},
        ),
        ("note",): ({"state": "unknown", "note": "a"}, {"state": "unknown", "note": "b"}),
        ("private",): ({"state": "unknown", "private": "a"}, {"state": "unknown", "private": "b"}),
        ("evidence",): ({"state": "unknown"}, {"state": "unknown", "evidence": [{"evidence": "E-01"}]}),
    },
}
# Of a plain field the first two of these that it takes are its values.
_VALUES: list[Json] = [
    *("a", "b", "2026-01-01", "2026-01-02", "E-01", "T-01", "1.0", "1.1"),
    *(1, 2, True, ["a"], ["b"], ["E-01"], ["id"], ["en"]),
]


class Variants(NamedTuple):
    """One field, and two values of the model that has it, which differ in that field alone."""

    path: Path
    one: Json
    other: Json


def variants(model: type[Frozen] = Assessment) -> Iterator[Variants]:
    """Every field of a model, and of the models in it, but for those by which a record is known.

    Of the document itself both are documents, with every other field filled in as far as the models let it.
    """
    for name, field in model.model_fields.items():
        inner, is_many = model_in(field.annotation)
        if (name,) in FIXED or (is_many and inner in TOGETHER and model in TOGETHER):
            continue
        if model in TOGETHER:
            yield Variants((name,), *TOGETHER[model][name,])
        elif inner is None:
            first, second = _values(field.annotation, field.metadata)
            yield Variants((name,), _with(filled(model), name, first), _with(filled(model), name, second))
        else:
            for path, one, other in variants(inner):
                known = inner.identity if get_origin(field.annotation) is tuple else ()
                if path[0] not in known:
                    star = ("*",) if is_many else ()
                    both = (_wrapped(value, field.annotation) for value in (one, other))
                    yield Variants((name, *star, *path), *(_with(filled(model), name, value) for value in both))


def paths(model: type[Frozen] = Assessment) -> set[Path]:
    """Every field of a model and of the models in it, read from the models alone."""
    found: set[Path] = set()
    for name, field in model.model_fields.items():
        inner, is_many = model_in(field.annotation)
        star = ("*",) if is_many else ()
        found |= {(name, *star, *path) for path in paths(inner)} if inner else {(name, *star)}
    return found


def filled(model: type[Frozen]) -> dict[str, Json]:
    """A value of a model with every field filled in; of one whose fields fit only together, the first there is."""
    if model in TOGETHER:
        return dict(next(iter(TOGETHER[model].values()))[0])
    made: dict[str, Json] = {}
    for name, field in model.model_fields.items():
        inner, _ = model_in(field.annotation)
        if (name,) not in FIXED:
            made[name] = (
                _wrapped(filled(inner), field.annotation) if inner else _values(field.annotation, field.metadata)[0]
            )
    return made
