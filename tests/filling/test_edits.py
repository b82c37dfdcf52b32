"""Any event of the form makes an assessment that fits its content, or is refused."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from kit.made import assessments, blank, records

from cxassess.content.reading import Content
from cxassess.content.voice import Voice
from cxassess.document.assessment import Assessment, Profile, Target
from cxassess.document.changes import changed, links_of, places
from cxassess.document.checking import check_assessment
from cxassess.document.fields import Field, fields_of
from cxassess.document.shapes import Place
from cxassess.errors import AssessmentError
from cxassess.filling.edits import Event, edited
from cxassess.forms.choices import choices
from cxassess.text import LANGS

WORDS = ["", " ", "a", "  b\nc ", '"><b>', "{{7*7}}", "\x00", "\u2028", "\ud83d", "x" * 2000]


DAYS = ["", "2026-03-01", "0002-03-01", "2199-12-31", "soon"]


NUMBERS = ["", "0", "3", "5", "1000000", "1000001", "x", "٣", "-1"]


def notes(name: str) -> list[str]:
    return [f"{name}.{lang}" for lang in LANGS]


@st.composite
def events(draw: st.DrawFn, now: Assessment, content: Content) -> Event:
    """An event that the form can send while it shows an assessment."""
    keys = [record.key for record in now.evidence] or ["E-01"]
    pairs = [(one.key, link.level) for one in content.mistakes for link in one.contradicts]
    kinds = ["answers", "indicators", "mistakes", "exceptions", "evidence", "profile", "commentary"]
    kind = draw(st.sampled_from([*kinds, "link", "unlink", "add-evidence", "add-target", "remove", "clear"]))
    place = {
        "answers": ("answers", draw(st.sampled_from(content.questions)).key),
        "indicators": ("indicators", draw(st.sampled_from(content.indicators)).key),
        "mistakes": ("mistakes", draw(st.sampled_from(content.mistakes)).key),
        "exceptions": ("exceptions", *draw(st.sampled_from(pairs))),
        "evidence": ("evidence", draw(st.sampled_from(keys))),
        "commentary": ("commentary", draw(st.sampled_from(["summary", "advice"]))),
        "profile": ("profile",),
    }
    if kind in ("link", "unlink", "add-evidence"):
        at = draw(st.sampled_from([place["answers"], place["indicators"], place["mistakes"], place["exceptions"]]))
        at = () if kind == "add-evidence" and draw(st.booleans()) else at
        return Event(
            do=kind,
            at=at if kind == "add-evidence" else (*at, keys[-1]),
            values=draw(_values("new", keys, content)),
        )
    if kind == "remove":
        targets = ("targets", draw(st.sampled_from(["T-01", "T-02"])))
        return Event(do=kind, at=draw(st.sampled_from([targets, place["evidence"], place["exceptions"]])))
    if kind == "clear":
        return Event(do=kind, at=draw(st.sampled_from([place["answers"], place["indicators"], place["mistakes"]])))
    if kind == "add-target":
        return Event(do=kind, values=draw(_values("target", keys, content)))
    values = draw(_values(kind, keys, content))
    if kind == "indicators" or (kind == "answers" and content.by_key[place[kind][1]].core):
        values = {name: value for name, value in values.items() if value != "not-applicable"}
    return Event(do="set", at=place[kind], values=values)


def _typed(field: Field, content: Content) -> dict[str, list[str]]:
    """What a field may hold."""
    if field.kind == "note":
        return dict.fromkeys(notes(field.name), WORDS)
    some = {
        "choices": ["", *(f" {one}" for one in field.choices), " ".join(["", *field.choices])],
        "flag": ["", " yes"],
        "date": DAYS,
        "number": NUMBERS,
        "key": ["", *choices(field, Voice(content, "en"))],
    }
    # What is assessed is two fields in one; the working language is not asked.
    own = field.kind in ("entry", "entries", "choice")
    return {} if own else {field.name: some.get(field.kind, WORDS)}


def _values(kind: str, keys: list[str], content: Content) -> st.SearchStrategy[dict[str, str]]:
    """What the fields of a group may hold: all of them, some, or none."""
    text = dict.fromkeys([*notes("note"), *notes("source"), "private"], WORDS)
    answer = {
        "choice": ["", "N", "F", "unknown", "not-applicable", "unanswered"],
        "reason": ["", "not-offered", "legally-excluded"],
        **{f"{name}.{key}": NUMBERS for name in "kn" for key in keys[:3]},
        **{f"supports.{key}": list("NPLF") for key in keys[:3]},
    }
    record = {"kind": ["", "document", "assertion"], "on": DAYS, "person": WORDS}
    profile = {"unit": ["company", "outlet"], "unit_name": WORDS, "on": DAYS}
    for field in fields_of(Profile).values() if kind == "profile" else ():
        profile |= _typed(field, content)
    fields = {
        "answers": answer | text,
        "indicators": answer | text,
        "mistakes": {"choice": ["", "0", "3", "unanswered"]} | text,
        "exceptions": dict.fromkeys([*notes("reason"), "private"], WORDS),
        "evidence": record | text,
        "new": record | text,
        "target": {"level": ["", "1", "6", "7"], "by": DAYS},
        "profile": profile | text,
        "commentary": text,
    }[kind]
    return st.fixed_dictionaries({}, optional={name: st.sampled_from(some) for name, some in fields.items()})


def named(event: Event, before: Assessment, after: Assessment) -> set[Place]:
    """The places that an event may change."""
    new = {("evidence", record.key) for record in after.evidence[len(before.evidence) :]}
    users = {place for place, entry in places(before).items() if event.at[-1:] and event.at[-1] in links_of(entry)}
    profile = {place for one in (before, after) for place in places(one) if place[0] == "profile"}
    return {
        "set": profile | {("on",)} if event.at == ("profile",) else {event.at},
        "clear": {event.at},
        "link": {event.at[:-1]},
        "unlink": {event.at[:-1]},
        "add-evidence": new | {event.at},
        "add-target": {("targets", target.key) for target in after.targets},
        "remove": {event.at} | users,
    }[event.do]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.data())
def test_any_events(content: Content, data: st.DataObject) -> None:
    """What comes of them fits its content; each is done or refused, and changes no place it does not name."""
    start = blank(content, evidence=records(content)[:2], targets=(Target(key="T-01", level=2),))
    now = data.draw(st.one_of(st.just(start), assessments(content)))
    for _ in range(data.draw(st.integers(1, 8))):
        event = data.draw(events(now, content))
        try:
            after, _ = edited(event, now, content)
        except AssessmentError as error:
            assert error.problems
            continue
        check_assessment(after, content)
        assert set(changed(now, after)) <= named(event, now, after)
        now = after
