"""Interview sheets on paper: what a role is asked, with boxes and lines for a pen, as a PDF."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cxassess import theme
from cxassess.content.model import RATINGS
from cxassess.content.practices import Indicator, Mistake, Practice, Question, Role, Severities
from cxassess.content.reading import Content
from cxassess.content.voice import Voice
from cxassess.document.answers import Answer, Judgement
from cxassess.document.assessment import Assessment
from cxassess.document.fields import fields_of
from cxassess.errors import CxError, Problem
from cxassess.files import shortened as cut
from cxassess.files import slug
from cxassess.page.brand import Brand
from cxassess.page.pdf import settable, shortened, typeset
from cxassess.text import Text

# What Typst finds by its name; all else of the data is text to be set.
_NAMES = {"lang", "file"}
# As long as the name of a report may be: some systems count the whole path.
_NAME_LETTERS = 100
# Everyone's sheet goes by this word where a role's goes by its own.
_EVERYONE = "everyone"


def sheet_pdf(
    voice: Voice,
    *,
    role: Role | None = None,
    assessment: Assessment | None = None,
    open_only: bool = False,
    brand: Brand | None = None,
) -> bytes:
    """Interview sheets in one language: A4, tagged (PDF/UA-1), the same bytes for the same input.

    Without a `role` everything is asked, and each item says whom. Without an `assessment` the head is left to be
    filled in by hand; with one, `open_only` leaves out what is rated, judged or does not apply. Customers rate
    nothing: their sheet asks what happened to this one.

    Raises CxError where nothing is left to ask, ReportError where Typst refuses.

    >>> from cxassess.content.reading import load_content
    >>> sheet_pdf(Voice(load_content(), "id"), role="customer")[:5]
    b'%PDF-'
    """
    settled = _settled(assessment) if assessment and open_only else frozenset()
    sheet = _Sheet(voice, role, settled)
    parts = sheet.parts()
    if not parts:
        problem = Problem(role or _EVERYONE, "problem-sheet-empty")
        raise CxError("problem-nothing-to-do", [problem])
    title = _title(sheet, assessment)
    with tempfile.TemporaryDirectory(prefix="cxassess-sheet-") as folder:
        data = {
            "lang": voice.lang,
            "title": title,
            "head": shortened(title),
            "author": brand.name if brand else "",
            "colours": theme.colours(),
            "brand": _masthead(brand, Path(folder)),
            "front": _front(sheet, parts, assessment, open_only=open_only),
            "labels": {name: voice.say(f"sheet-{name}") for name in ("evidence", "look", "person", "day")}
            | {"whom": voice.say("form-whom"), "notes": voice.say(f"sheet-notes-{sheet.for_}")},
            "parts": parts,
        }
        return typeset("sheet.typ", _set(data), Path(folder))


def sheet_name(voice: Voice, *, role: Role | None = None, assessment: Assessment | None = None) -> str:
    """A name for the file of a sheet: whose, which unit's, of when, for whom, in which language; cut if long.

    >>> from cxassess.content.reading import load_content
    >>> sheet_name(Voice(load_content(), "id"), role="front-line")
    'sheet-front-line-id.pdf'
    """
    end = "-".join(["sheet", role or _EVERYONE, voice.lang]) + ".pdf"
    if not assessment:
        return end
    profile, end = assessment.profile, f"-{assessment.on.isoformat()}-{end}"
    names = [profile.organisation, *([profile.unit.name] if profile.unit.name else [])]
    return cut("-".join(map(slug, names)), letters=_NAME_LETTERS - len(end)) + end


def _settled(assessment: Assessment) -> frozenset[str]:
    """The keys of what nobody has to be asked any more; what is not known stays open."""
    answers = assessment.answers | assessment.indicators
    closed = {key for key, answer in answers.items() if answer.state in ("rated", "not-applicable")}
    return frozenset(closed | set(assessment.mistakes))


@dataclass(frozen=True)
class _Sheet:
    """What is asked, as the template reads it."""

    voice: Voice
    role: Role | None
    settled: frozenset[str]

    @property
    def for_(self) -> str:
        """By what the words for its role end."""
        return self.role or _EVERYONE

    @property
    def content(self) -> Content:
        return self.voice.content

    def parts(self) -> list[dict[str, Any]]:
        """Level by level, then mistakes and indicators, as far as there is something to ask."""
        say, content = self.voice.say, self.content
        parts = [
            self._part(
                self.voice.level_name(level.key),
                self.voice.text(level.gist),
                content.of_level(level.key),
                f"{n}.",
            )
            for n, level in enumerate(content.levels, start=1)
        ]
        hint = "sheet-mistakes-customer" if self.role == "customer" else "form-mistakes-hint"
        parts.append(self._part(say("form-page-mistakes"), say(hint), content.mistakes))
        parts.append(self._part(say("form-page-indicators"), say("form-indicators-hint"), content.indicators))
        return [part for part in parts if part["items"]]

    def _part(
        self, name: str, gist: str, asked: Sequence[Question | Mistake | Indicator], before: str = ""
    ) -> dict[str, Any]:
        """What of a part is asked; each keeps the number that it has in the whole."""
        items = [
            self._item(f"{before}{n}", one)
            for n, one in enumerate(asked, start=1)
            if (self.role is None or self.role in one.asks) and one.key not in self.settled
        ]
        return {"name": name, "gist": gist, "items": items}

    def _item(self, number: str, one: Question | Mistake | Indicator) -> dict[str, Any]:
        core = [self.voice.say("core")] if isinstance(one, Question) and one.core else []
        roles = [] if self.role else [self.voice.say(f"role-{role}") for role in one.asks]
        look = one.look_at if isinstance(one, Mistake) else one.evidence
        return {
            "number": number,
            "name": self.voice.text(one.name),
            "tags": " · ".join([*core, *roles]),
            "ask": self.voice.text(one.text if isinstance(one, Mistake) else one.ask),
            "whom": self._text(one.whom) if self.role is None else "",
            "look": self._text(look),
            **self._boxes(one),
        }

    def _text(self, text: Text | None) -> str:
        return self.voice.text(text) if text else ""

    def _boxes(self, one: Question | Mistake | Indicator) -> dict[str, Any]:
        """The boxes of one item: those with a picture each, then a line; `reasons` go with its last box."""
        say = self.voice.say
        line: dict[str, Any] = {"before": "", "boxes": [], "reasons": []}
        if self.role == "customer":
            cases = [say(f"sheet-case-{case}") for case in ("yes", "no", "never")]
            return {"pictures": [], "line": line | {"before": say("sheet-case"), "boxes": cases}}
        if isinstance(one, Mistake):
            return {"pictures": self._severities(one), "line": line}
        states = ["unknown"]
        if isinstance(one, Question) and not one.core:
            states.append("not-applicable")
            line["reasons"] = [say(f"reason-{reason}") for reason in fields_of(Answer)["reason"].choices]
        line["boxes"] = [self.voice.answer(None, state) for state in states]
        return {"pictures": self._ratings(one), "line": line}

    def _ratings(self, practice: Practice) -> list[dict[str, str]]:
        return [
            {"mark": self.voice.rating(rating), "text": self.voice.text(practice.anchors[rating])}
            for rating in RATINGS
        ]

    def _severities(self, mistake: Mistake) -> list[dict[str, str]]:
        looks = mistake.severities
        return [
            {"mark": self.voice.severity(n), "text": self._text(getattr(looks, name) if looks else None)}
            for n, name in zip(fields_of(Judgement)["severity"].numbers, Severities.model_fields, strict=True)
        ]

    # --- the first page ---

    def how(self) -> list[str]:
        """How to use the sheet, in three lines."""
        words = ("how-ask", f"how-{self.for_}", "how-evidence")
        if self.role == "customer":
            words = ("how-customer-ask", "how-customer", "how-customer-evidence")
        return [self.voice.say(f"sheet-{word}") for word in words]

    def scale(self) -> list[tuple[str, str]]:
        """What the boxes mean; customers' boxes say it themselves."""
        if self.role == "customer":
            return []
        rows = [(self.voice.rating(letter), self.voice.say(f"plain-{letter.lower()}")) for letter in RATINGS]
        states = ("unknown", "not-applicable")
        return rows + [(self.voice.answer(None, one), self.voice.say(f"form-{one}-hint")) for one in states]

    def extent(self, parts: Iterable[dict[str, Any]], *, open_only: bool) -> str:
        """How much of everything there is to ask stands on it."""
        content = self.content
        every = len(content.questions) + len(content.mistakes) + len(content.indicators)
        word = "sheet-extent-open" if open_only else "sheet-extent"
        return self.voice.say(word, some=sum(len(part["items"]) for part in parts), all=every)


def _title(sheet: _Sheet, assessment: Assessment | None) -> str:
    what = [sheet.voice.say("sheet-title"), sheet.voice.say(f"role-{sheet.for_}")]
    return " · ".join([*what, assessment.profile.organisation] if assessment else what)


def _front(
    sheet: _Sheet, parts: list[dict[str, Any]], assessment: Assessment | None, *, open_only: bool
) -> dict[str, Any]:
    """The first page: who is asked about whom, by whom and when, and how to go about it."""
    say = sheet.voice.say
    unit = assessment and assessment.profile.unit
    about = [
        (say("sheet-organisation"), assessment.profile.organisation if assessment else ""),
        (say("sheet-unit"), sheet.voice.unit(unit.kind, unit.name) if unit else ""),
        (say("sheet-as-of"), sheet.voice.day(assessment.on) if assessment else ""),
    ]
    position = "sheet-group" if sheet.role == "customer" else "sheet-position"
    blanks = ("sheet-person", position, "sheet-day", "sheet-interviewer", "sheet-record")
    return {
        "title": say("sheet-title"),
        "role": say(f"role-{sheet.for_}"),
        "who": say(f"role-who-{sheet.for_}"),
        "extent": sheet.extent(parts, open_only=open_only),
        "fields": about + [(say(word), "") for word in blanks],
        "how": {"title": say("sheet-how"), "lines": sheet.how()},
        "scale": {"title": say("sheet-scale"), "rows": sheet.scale()},
        "impressions": say("sheet-impressions"),
    }


def _masthead(brand: Brand | None, folder: Path) -> dict[str, Any] | None:
    """The consultancy on the first page and at the foot of each; its logo as a file in `folder`.

    Its line of confidentiality is about reports: what people said is not for the client's management.
    """
    if not brand:
        return None
    logo = None
    if brand.logo:
        file = folder / f"logo.{brand.logo.media.removeprefix('image/').partition('+')[0]}"
        file.write_bytes(brand.logo.raw)
        logo = {"file": file.name, "alt": brand.logo.alt}
    return {"name": brand.name, "logo": logo}


def _set(value: Any) -> Any:  # noqa: ANN401 - plain data
    """The same data with texts that print can set."""
    if isinstance(value, str):
        return settable(value)[0]
    if isinstance(value, list | tuple):
        return [_set(one) for one in value]
    if isinstance(value, dict):
        return {key: one if key in _NAMES else _set(one) for key, one in value.items()}
    return value
