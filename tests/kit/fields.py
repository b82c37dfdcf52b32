"""Every field of every document model, each with two values that it may have."""

import json
from collections.abc import Iterator
from typing import Annotated, Any, Literal, NamedTuple, get_args, get_origin

from pydantic import TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from cxassess.document.answers import Answer, EvidenceLink, Frozen, Sample
from cxassess.document.assessment import Assessment, ContentVersion, Unit

Path = tuple[str, ...]  # ("evidence", "*", "source"): the star is any entry of a list or a map
Json = Any

# The same in every document.
FIXED = {("format",)}
LINK = {"evidence": "E-01"}
REST = {"note": "a", "private": "a", "evidence": [LINK]}
RATED = {"state": "rated", "rating": "L", **REST}
LEFT_OUT = {"state": "not-applicable", "reason": "not-offered", **REST}
# Models some of whose fields fit only together: of each field two values of the whole model, which differ in it.
TOGETHER: dict[type[Frozen], dict[str, tuple[Json, Json]]] = {
    ContentVersion: {
        "model": ({"model": "a", "version": "1.0"}, {"model": "b", "version": "1.0"}),
        "version": ({"model": "a", "version": "1.0"}, {"model": "a", "version": "1.1"}),
    },
    Unit: {
        "kind": ({"kind": "outlet", "name": "a"}, {"kind": "region", "name": "a"}),
        "name": ({"kind": "outlet", "name": "a"}, {"kind": "outlet", "name": "b"}),
    },
    Sample: {
        "k": ({"k": 1, "n": 2}, {"k": 2, "n": 2}),
        "n": ({"k": 1, "n": 2}, {"k": 1, "n": 3}),
    },
    EvidenceLink: {
        "evidence": (LINK, {"evidence": "E-02"}),
        "supports": (LINK, LINK | {"supports": "L"}),
    },
    Answer: {
        "rating": (RATED, RATED | {"rating": "F"}),
        "state": (RATED, {"state": "unknown", **REST}),
        "reason": (LEFT_OUT, LEFT_OUT | {"reason": "no-such-channel"}),
        "note": (RATED, RATED | {"note": "b"}),
        "private": (RATED, RATED | {"private": "b"}),
    },
}
# Any other field takes some of these; the first two that it takes are its values.
_TRIED: tuple[Json, ...] = (
    *("a", "b", "2026-01-01", "2026-01-02", "E-01", "T-01", "1", "2", 1, 2, True),
    *("https://a.example", "https://b.example"),
    *(["a"], ["b"], ["id"], ["en"], ["E-01"]),
)


class Field(NamedTuple):
    """One field, and two values of the model it was looked for in, which differ in that field alone."""

    path: Path
    one: Json
    other: Json


def fields(model: type[Frozen] = Assessment) -> Iterator[Field]:
    """Every field of a model and of the models in it, but for those by which a record of a list is known.

    Of `Assessment` both values are documents, with all other fields filled in as far as the models let them.
    """
    whole = filled(model)
    for name, info in model.model_fields.items():
        inner, star = inner_model(info.annotation)
        if inner:
            known_by = inner.identity if get_origin(info.annotation) is tuple else ()
            for path, one, other in fields(inner):
                if path[0] not in known_by:
                    both = (whole | {name: _among(value, info)} for value in (one, other))
                    yield Field((name, *star, *path), *both)
        elif model in TOGETHER:
            yield Field((name,), *TOGETHER[model][name])
        elif (name,) not in FIXED:
            one, other = _two_of(info)
            yield Field((name, *star), whole | {name: one}, whole | {name: other})


def paths(model: type[Frozen] = Assessment) -> set[Path]:
    """The places of all fields that hold no model, read from the models alone."""
    found: set[Path] = set()
    for name, info in model.model_fields.items():
        inner, star = inner_model(info.annotation)
        below = paths(inner) if inner else {()}
        found |= {(name, *star, *path) for path in below}
    return found


def models(model: type[Frozen] = Assessment) -> set[type[Frozen]]:
    """A model and all models in it."""
    inner = [inner_model(info.annotation)[0] for info in model.model_fields.values()]
    return {model}.union(*(models(one) for one in inner if one))


def filled(model: type[Frozen]) -> dict[str, Json]:
    """A value of a model with every field that it may have; its first, where some fit only together."""
    if model in TOGETHER:
        first, _ = next(iter(TOGETHER[model].values()))
        return dict(first)
    every: dict[str, Json] = {}
    for name, info in model.model_fields.items():
        inner, _ = inner_model(info.annotation)
        if (name,) not in FIXED:
            every[name] = _among(filled(inner), info) if inner else _two_of(info)[0]
    return every


def inner_model(kind: object) -> tuple[type[Frozen] | None, Path]:
    """The model that a type is or holds, and a star where it holds values by key, or models in a list."""
    parts = get_args(kind) or (kind,)
    found = [part for part in parts if isinstance(part, type) and issubclass(part, Frozen)]
    is_many = get_origin(kind) is dict or (found and get_origin(kind) is tuple)
    return (found[0] if found else None), ("*",) if is_many else ()


def _two_of(info: FieldInfo) -> tuple[Json, Json]:
    """Two values of a field that holds no model; the second is its default where we know only one."""
    adapter = TypeAdapter(Annotated[info.annotation, None, *info.metadata])
    choices = [choice for part in (info.annotation, *get_args(info.annotation)) for choice in _choices(part)]
    tried = [_among(value, info, tuples=False) for value in (*choices, *_TRIED)]
    taken = [value for value in tried if _takes(adapter, value)]
    default = list(info.default) if isinstance(info.default, tuple) else info.default
    return taken[0], taken[1] if len(taken) > 1 else default


def _choices(kind: object) -> tuple[Json, ...]:
    return get_args(kind) if get_origin(kind) is Literal else ()


def _takes(adapter: TypeAdapter[Any], value: Json) -> bool:
    try:
        adapter.validate_json(json.dumps(value), strict=True)
    except ValidationError:
        return False
    return True


def _among(value: Json, info: FieldInfo, *, tuples: bool = True) -> Json:
    """A value as a field holds it: by a key, in a list, or as it is."""
    origin = get_origin(info.annotation)
    if origin is dict:
        return {"a": value}
    return [value] if origin is tuple and tuples else value
