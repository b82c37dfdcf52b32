"""For every field of a document two assessments of the shipped content, which differ in that field alone."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from pydantic import BaseModel

from cxassess.content.reading import Content
from cxassess.content.voice import Voice
from cxassess.document.assessment import Assessment
from cxassess.document.fields import fields_of
from cxassess.document.shapes import Json, Place, taken_apart
from cxassess.forms.choices import choices
from kit.fields import Path, fields


class Pair(NamedTuple):
    """A field, the place of what it is a field of, and two assessments that differ in it."""

    path: Path
    place: Place
    one: Assessment
    other: Assessment


def pairs(content: Content) -> Iterator[Pair]:
    """A pair for every field, but for those by which a record is known."""
    for path, *documents in fields():
        one, other = (_fitted(document, content) for document in documents)
        yield Pair(path, _place(path, one), Assessment.model_validate(one), Assessment.model_validate(other))


def _fitted(document: Json, content: Content) -> Json:
    """A document with keys of a content in place of "a" and "b", with all evidence that it links to.

    All else is answered as well as can be, and the mistake is as bad as can be: so it contradicts its level.
    """
    fitted = _named(Assessment, document, Voice(content, "en"))
    mistake = next(one for one in content.mistakes if one.contradicts)
    exception = {"mistake": mistake.key, "level": mistake.contradicts[0].level}
    keys = {
        "answers": next(question.key for question in content.questions if not question.core),
        "indicators": content.indicators[0].key,
        "mistakes": mistake.key,
        "weights": content.questions[0].key,
        "commentary": "summary",
    }
    entries = {name: next(iter(fitted[name].values())) for name in keys}
    entries["mistakes"]["severity"] = entries["mistakes"]["severity"] % 2 + 2
    rated = {"state": "rated", "rating": "F"}
    others = {question.key: rated for question in content.questions if question.key != keys["answers"]}
    second = {"key": "E-02", "kind": "document", "source": "b"}
    return {
        **fitted,
        **{name: {key: entries[name]} for name, key in keys.items()},
        "answers": {keys["answers"]: entries["answers"], **others},
        "exceptions": [{**one, **exception} for one in fitted["exceptions"]],
        "evidence": [*fitted["evidence"], second],
        "content": {"model": content.model.key, "version": content.model.version},
    }


def _named(model: type[BaseModel], value: Any, voice: Voice) -> Json:
    """A value of a model with the first and the second choice where keys of the content are meant."""
    if isinstance(value, list):
        return [_named(model, one, voice) for one in value]
    named = dict(value)
    for name, field in fields_of(model).items():
        # The last kind of evidence is the strongest; the first proves nothing.
        known = list(choices(field, voice))[::-1] if field.kind == "key" else []
        if name in value and known:
            named[name] = known["ab".index(value[name])]
        elif name in value and field.of:
            is_map = field.kind == "entries" and isinstance(value[name], dict)
            entries = {key: _named(field.of, one, voice) for key, one in value[name].items()} if is_map else None
            named[name] = entries or _named(field.of, value[name], voice)
    return named


def _place(path: Path, document: Json) -> Place:
    """Where in a document a field stands: ("evidence", "E-01") for the source of a piece of evidence."""
    if path[1:2] != ("*",):
        return path[:2]
    return next(place for place in taken_apart(document) if place[0] == path[0])
