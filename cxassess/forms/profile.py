"""The profile's page: whom the assessment is about, field by field as the model has them, and the targets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from cxassess.document.assessment import Assessment, Profile, Target
from cxassess.document.changes import next_key, places, put
from cxassess.document.dating import Oddity
from cxassess.document.fields import Field, Kind, fields_of
from cxassess.document.shapes import Json, Place
from cxassess.forms.choices import choices
from cxassess.forms.page import Lists, Page, Spot
from cxassess.interview.entries import Edited, Values, filled, no_place

# Fields that do not stand among their kind: the working language is chosen when an assessment is begun and only
# named here, the notes stand at the end. (The unit does, but is two fields in one; see the template.)
APART = ("working_language", "note", "private")
# The last of their kind, for they take the most words to ask.
LAST = ("group",)
# Notes for which one line is enough.
SHORT = ("trade_text",)
# What may be empty, but counts as open while it is.
WANTED = ("trade", "size", "objective")


@dataclass(frozen=True)
class AskedField:
    """A field on its page: what it is called, a hint, what is told of it, what it holds and what it may hold."""

    field: Field
    label: str
    hint: str
    told: Sequence[str]
    value: Any
    choices: dict[str, str]


class ProfilePage(Page):
    """Name, unit, date, size, trade and so on; and the levels to reach."""

    name = "profile"
    holds = ("profile", "on", "targets")
    adds = "target"
    gaps_word = "form-review-profile"

    def anchor(self, place: Place) -> str:
        """The date of the assessment stands among the fields of the profile, a target in the list of them."""
        where: dict[str, Place] = {"on": ("profile", "on"), "targets": ("targets",)}
        return super().anchor(where.get(place[0], place))

    @cached_property
    def gaps(self) -> Sequence[Spot]:
        """What the assessment ought to say of the company."""
        profile = self.assessment.profile
        empty = [name for name in WANTED if not getattr(profile, name)]
        return [self.spot(("profile", name))._replace(name=self._label(name)) for name in empty]

    def asked(self, *kinds: Kind) -> list[AskedField]:
        """The fields of some kinds, in the order of the model."""
        fields = [one for one in fields_of(Profile).values() if one.kind in kinds and one.name not in APART]
        fields.sort(key=lambda one: one.name in LAST)
        return [self._asked(one, getattr(self.assessment.profile, one.name)) for one in fields]

    @property
    def on(self) -> AskedField:
        """The date of the assessment."""
        asked = self._asked(fields_of(Assessment)["on"], self.assessment.on)
        return replace(asked, hint=self.voice.day(self.card.on), told=[self._odd(why) for why in self._odd_on])

    @property
    def _odd_on(self) -> Sequence[Oddity]:
        return self.book.odd_dates.get(("on",), ())

    def _odd(self, why: Oddity) -> str:
        """What is odd about the date of the assessment."""
        return self._uncounted() if why == "uncounted" else self.voice.say(f"form-odd-{why}")

    def _uncounted(self) -> str:
        """How much of the evidence does not count on that date, which, and why."""
        keys: dict[str, list[str]] = {"expired": [], "later": []}
        for record in self.assessment.evidence:
            for why in self.book.odd_dates.get(("evidence", record.key), ()):
                keys.get(why, []).append(record.key)
        named = {why: ", ".join(found) for why, found in keys.items() if found}
        which = [self.voice.say(f"form-odd-keys-{why}", keys=found) for why, found in named.items()]
        count, all_ = sum(map(len, keys.values())), len(self.assessment.evidence)
        return self.voice.say("form-odd-uncounted", count=count, all=all_, which="; ".join(which))

    def doubts(self) -> Lists:
        """Dates that may be slips."""
        spots = [self.spot(("on",))._replace(name=self._odd(why)) for why in self._odd_on]
        for target in self.assessment.targets:
            if odd := self.odd_target(target):
                spots.append(self.spot(("targets", target.key))._replace(name=f"{self.target(target)}: {odd}"))
        return {"form-review-dates": spots}

    def odd_target(self, target: Target) -> str:
        """What is odd about the date of a target; empty where nothing is."""
        return self.voice.say("form-odd-early") if ("targets", target.key) in self.book.odd_dates else ""

    def _asked(self, field: Field, value: Any) -> AskedField:  # noqa: ANN401 - whatever the model holds there
        is_list = field.kind in ("lines", "notes")
        if is_list:
            value = "\n".join(self.typed(note).text for note in value)
        hint = f"form-{field.word}-hint"
        if hint not in self.content.words:
            hint = "form-one-a-line" if is_list else ""
        return AskedField(
            field=field,
            label=self._label(field.name),
            hint=self.voice.say(hint) if hint else "",
            told=(),
            value=value,
            choices=choices(field, self.voice),
        )

    def _label(self, name: str) -> str:
        """What the form calls a field: in words of its own, or as the report does."""
        word = name.replace("_", "-")
        return self.voice.say(f"form-{word}" if f"form-{word}" in self.content.words else word)

    def rows(self, field: Field) -> int:
        """How many lines of a note one sees at first."""
        return 1 if field.name in SHORT else 2

    @property
    def units(self) -> dict[str, str]:
        """What can be assessed."""
        field = fields_of(Profile)["unit"]
        assert field.of
        return choices(fields_of(field.of)["kind"], self.voice)

    @property
    def levels(self) -> dict[int, str]:
        """The levels that can be reached, by number."""
        names = map(self.voice.level_name, self.content.level_keys)
        return dict(zip(fields_of(Target)["level"].numbers, names, strict=True))

    def target(self, target: Target) -> str:
        """A level to reach, and by when."""
        return self.voice.target(target.level, target.by)

    @classmethod
    def set(cls, at: Place, values: Values, assessment: Assessment) -> Edited:
        """With the profile and the date of the assessment. What must not be empty stays as it was."""
        if at != ("profile",):
            raise no_place(at)
        old = {place[1]: value for place, value in places(assessment).items() if place[0] == "profile"}
        new, missing = filled(Profile, old, values, assessment.profile.working_language)
        unit, on = _unit(old["unit"], values), values.get("on", str(assessment.on))
        new["unit"] = unit or old["unit"]
        changes: dict[Place, Json] = {("profile", name): new.get(name) for name in old | new}
        changes["on",] = on or str(assessment.on)
        is_missing = {"unit": not unit, "on": not on} | dict.fromkeys(missing, True)
        # One thing at a time, in the order of the page.
        first = next((name for name in (*fields_of(Profile), "on") if is_missing.get(name)), "")
        needs = f"form-needs-{first.replace('_', '-')}" if first else ""
        return Edited(put(assessment, changes), needs)

    @classmethod
    def add(cls, at: Place, values: Values, assessment: Assessment) -> Edited:
        """With one more target; without a level it is none."""
        new = filled(Target, {}, values, assessment.profile.working_language).entry
        if new.get("level") not in fields_of(Target)["level"].numbers:
            return Edited(assessment, "form-needs-level")
        known = [(target.level, str(target.by or "")) for target in assessment.targets]
        if (new["level"], new.get("by", "")) in known:
            return Edited(assessment)
        key = next_key("T", (target.key for target in assessment.targets))
        return Edited(put(assessment, {("targets", key): {"key": key, **new}}))


def _unit(old: dict[str, Json], values: Values) -> Json:
    """What is assessed: the company, which needs no name, or a part with one; None where the name is missing."""
    kind, name = values.get("unit", old["kind"]), values.get("unit_name", old.get("name", "")).strip()
    if kind == "company":
        return {"kind": kind}
    return {"kind": kind, "name": name} if name else None
