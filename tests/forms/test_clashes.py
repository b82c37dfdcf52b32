"""What two people left in the same place, in words."""

import re

import pytest

from cxassess.content.reading import Content
from cxassess.content.voice import Voice
from cxassess.document.changes import Clash
from cxassess.document.shapes import Json, Place, head_of
from cxassess.forms.clashes import difference, field_name

KOPI = {"kind": "outlet", "name": "Dago"}


LINK = {"evidence": "E-01", "supports": "L"}
SILENT = {"evidence": "E-01"}


SAMPLE = {"evidence": "E-01", "sample": {"k": 5, "n": 6}}


RATED = {"state": "rated", "rating": "L"}


LEFT_OUT = {"state": "not-applicable", "note": "n"}


REPORT = {"key": "E-01", "source": "report"}


def clash_at(at: Place, mine: Json = "", theirs: Json = "") -> Clash:
    """A clash in a field of an assessment."""
    place = head_of(at)
    return Clash(place, mine, theirs, None, at[len(place) :])


@pytest.mark.parametrize(
    ("place", "mine", "theirs", "word"),
    [
        (("answers", "inform-1"), RATED | {"rating": "P"}, RATED, "rating-p"),
        (("answers", "inform-1"), RATED | {"note": "a"}, RATED | {"note": "b"}, "a"),
        (("answers", "inform-1"), RATED | {"evidence": [LINK]}, RATED | {"evidence": [SAMPLE]}, "E-01"),
        (("answers", "inform-1"), RATED | {"evidence": [LINK]}, RATED, "E-01"),
        (
            ("answers", "inform-1"),
            LEFT_OUT | {"reason": "not-offered"},
            LEFT_OUT | {"reason": "no-such-channel"},
            "reason-not-offered",
        ),
        (("mistakes", "silos"), {"severity": 2}, {"severity": 3}, "severity-2"),
        (("mistakes", "silos"), {"severity": 2}, None, "severity-2"),
        (
            ("evidence", "E-01"),
            REPORT | {"kind": "document"},
            REPORT | {"kind": "interview"},
            "Dokumen yang dipakai",
        ),
        (("profile", "size"), "small", "large", "Kecil"),
        (("profile", "unit"), KOPI, {"kind": "company"}, "Dago"),
        (("profile", "unit"), KOPI, KOPI | {"kind": "region"}, "form-unit-outlet"),
        (("profile", "competitors"), ["Kopi A", "Kopi B"], ["Kopi A"], "Kopi A, Kopi B"),
        (("profile", "customer_groups"), [{"id": "pelajar", "en": "students"}], None, "pelajar"),
        (("profile", "report_languages"), ["en"], ["id"], "language-en"),
        (("profile", "print_names"), True, None, ""),
        (("answers", "inform-1"), RATED | {"evidence": [SILENT]}, RATED, "E-01"),
        (("targets", "T-01"), {"key": "T-01", "level": 3}, {"key": "T-01", "level": 4}, "3"),
        (("profile", "trade"), "banking", "other", "Bank"),
        (("on",), "2026-03-31", "2026-04-01", "2026"),
        (("answers", "inform-1", "state"), RATED, {"state": "unknown"}, "rating-l"),
        (("answers", "inform-1", "state"), LEFT_OUT | {"reason": "not-offered"}, RATED, "reason-not-offered"),
        (("answers", "inform-1", "note", "id"), "a", "b", "a"),
        (("answers", "inform-1", "evidence", "E-01"), LINK, None, "E-01 (L)"),
        (("mistakes", "silos", "severity"), 2, 3, "severity-2"),
        (("evidence", "E-01", "kind"), "document", "interview", "Dokumen yang dipakai"),
        (("evidence", "E-01", "on"), "2026-03-31", None, "31 Maret"),
        (("exceptions", "silos", "resolve", "reason", "id"), "a", "b", "a"),
        (("profile", "objective", "en"), "a", "b", "a"),
        (("commentary", "summary", "id"), "a", "b", "a"),
    ],
)
def test_a_clash_is_told_in_words(content: Content, place: Place, mine: Json, theirs: Json, word: str) -> None:
    """What was typed and chosen, so that one sees how the two differ; no key stands for its name."""
    wanted = Voice(content, "id").say(word) if word in content.words else word
    voice, clash = Voice(content, "id"), clash_at(place, mine, theirs)
    told, other = difference(clash, mine, theirs, voice), difference(clash, theirs, mine, voice)
    assert wanted.lower() in told.lower()
    assert told != other
    assert not re.search(r"[{}\[\]']|True", told)


@pytest.mark.parametrize(
    ("at", "name"),
    [
        (("answers", "inform-1"), ""),
        (("answers", "inform-1", "state"), "Answer"),
        (("answers", "inform-1", "note", "id"), "Note (printed in the report) · Bahasa Indonesia"),
        (("answers", "inform-1", "note", "en"), "Note (printed in the report)"),
        (("answers", "inform-1", "private"), "Internal note (never printed)"),
        (("answers", "inform-1", "evidence", "E-01"), "Evidence"),
        (("mistakes", "silos", "severity"), "Severity"),
        (("evidence", "E-01", "person"), "Name of the person"),
        (("profile", "size"), "Size"),
        (("profile", "objective", "id"), "Objective of the engagement · Bahasa Indonesia"),
        (("commentary", "summary", "en"), ""),
    ],
)
def test_a_clash_names_its_field(content: Content, at: Place, name: str) -> None:
    """As the form does, with the language of a text where it is not the reader's."""
    assert field_name(clash_at(at), Voice(content, "en")) == name
