"""What one event of the form makes of an assessment. Pages and saving: test_forms_pages.py."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from kit.answers import PAPER, F, L, P, proved
from kit.made import assessments, blank, rated, records

from cxassess.content.reading import Content
from cxassess.document.answers import Answer, Evidence, EvidenceLink, Exemption, Judgement, Sample
from cxassess.document.assessment import Assessment, Target
from cxassess.document.changes import Place, changed, places
from cxassess.document.checking import check_assessment
from cxassess.errors import AssessmentError
from cxassess.forms.edits import Edited, Event, edited, links_of, noted
from cxassess.text import LANGS, Lang

CHAT = Evidence(key="E-02", kind="interview", source="chat")
MORNING = datetime(2026, 11, 22, 10, 31, 5)
VOID = {"input", "br", "img", "hr", "meta", "link"}


def done(assessment: Assessment, do: str, at: str = "", values: Mapping[str, str] | None = None) -> Edited:
    """What one event makes of an assessment."""
    return edited(Event(do=do, at=tuple(at.split("/")) if at else (), values=dict(values or {})), assessment)


# --- answers ---


@pytest.mark.parametrize("rating", "NPLF")
def test_a_rating_is_one_event(content: Content, rating: str) -> None:
    """Nothing else is needed, and nothing else changes."""
    before = blank(content, evidence=(PAPER,))
    new, missing = done(before, "set", "answers/inform-1", {"choice": rating})
    assert (new.answer_to("inform-1"), missing) == (Answer(state="rated", rating=rating), "")
    assert set(changed(before, new)) == {("answers", "inform-1")}


def test_unknown_takes_the_rating_alone(content: Content) -> None:
    """Notes and links stay, for the next rating."""
    before = blank(content, evidence=(PAPER,)).answer("inform-1", proved("E-01", note="n", private="p"))
    new, _ = done(before, "set", "answers/inform-1", {"choice": "unknown"})
    assert new.answer_to("inform-1") == proved("E-01", note="n", private="p").model_copy(
        update={"state": "unknown", "rating": None}
    )


def test_not_applicable_with_reason_and_note(content: Content) -> None:
    """Both given, it stands; rated again, the reason goes and the note stays."""
    values = {"choice": "not-applicable", "reason": "not-offered", "note.id": "tidak ada"}
    new, missing = done(blank(content).answer("inform-1", F), "set", "answers/inform-1", values)
    wanted = Answer(state="not-applicable", reason="not-offered", note="tidak ada")
    assert (new.answer_to("inform-1"), missing) == (wanted, "")
    new, _ = done(new, "set", "answers/inform-1", {"choice": "P", "reason": "not-offered", "note.id": "tidak ada"})
    assert new.answer_to("inform-1") == P.model_copy(update={"note": "tidak ada"})


@pytest.mark.parametrize("lacking", [{"reason": ""}, {"note.id": " "}, {"reason": "", "note.id": ""}])
def test_not_applicable_waits_for_what_it_needs(content: Content, lacking: dict[str, str]) -> None:
    """Meanwhile the rating and its evidence stand, what was typed is kept, and the need is told."""
    before = blank(content, evidence=(PAPER,)).answer("inform-1", proved("E-01", private="p"))
    values = {"choice": "not-applicable", "reason": "not-offered", "note.id": "typed", "private": "mine"} | lacking
    new, missing = done(before, "set", "answers/inform-1", values)
    wanted = proved("E-01", note=values["note.id"].strip() or None, private="mine")
    assert (new.answer_to("inform-1"), missing) == (wanted, "form-needs-why")


@pytest.mark.parametrize("cleared", [{"note.id": ""}, {"reason": ""}])
def test_not_applicable_keeps_what_it_needs(content: Content, cleared: dict[str, str]) -> None:
    """Reason or note cleared later: the old one stays until another is there, and that is told as a need."""
    stands = Answer(state="not-applicable", reason="not-offered", note="none here")
    before = blank(content).answer("inform-1", stands)
    values = {"choice": "not-applicable", "reason": "not-offered", "note.id": "none here"} | cleared
    new, missing = done(before, "set", "answers/inform-1", values)
    assert (new.answer_to("inform-1"), missing) == (stands, "form-needs-why")


def test_an_answer_can_be_taken_away(content: Content) -> None:
    """Nothing is left in the file of it; a note keeps its place."""
    before = blank(content).answer("inform-1", L)
    assert done(before, "set", "answers/inform-1", {"choice": "unanswered"}).assessment == blank(content)
    values = {"choice": "unanswered", "note.id": "ask Budi"}
    answer = done(before, "set", "answers/inform-1", values).assessment.answer_to("inform-1")
    assert answer == Answer(state="unanswered", note="ask Budi")


def test_clearing_is_taking_away(content: Content) -> None:
    """Of an answer its note and its links stay; a mistake is unjudged again."""
    before = blank(content, evidence=(PAPER,)).answer("inform-1", proved("E-01", note="n", private="p"))
    cleared = done(before, "clear", "answers/inform-1").assessment.answer_to("inform-1")
    assert (cleared.state, cleared.rating, cleared.note, cleared.private) == ("unanswered", None, "n", "p")
    assert cleared.evidence == before.answer_to("inform-1").evidence
    left_out = Answer(state="not-applicable", reason="not-offered", note="n")
    before = blank(content).answer("inform-1", left_out)
    cleared = done(before, "clear", "answers/inform-1").assessment.answer_to("inform-1")
    assert cleared == Answer(state="unanswered", note="n")
    judged = blank(content).judge("silos", Judgement(severity=2))
    assert done(judged, "clear", "mistakes/silos").assessment == blank(content)


def test_a_note_before_the_answer(content: Content) -> None:
    """It is kept without a choice, and the choice keeps it."""
    new, missing = done(blank(content), "set", "answers/inform-1", {"note.id": "later", "private": "p"})
    assert (new.answer_to("inform-1"), missing) == (Answer(state="unanswered", note="later", private="p"), "")
    new, _ = done(new, "set", "answers/inform-1", {"choice": "L"})
    assert new.answer_to("inform-1") == L.model_copy(update={"note": "later", "private": "p"})


@pytest.mark.parametrize(
    ("old", "typed", "working", "new"),
    [
        (None, {"id": "a"}, "id", "a"),
        (None, {"id": "a"}, "en", {"id": "a"}),
        (None, {"en": "a", "id": ""}, "id", {"en": "a"}),
        ("a", {"en": "b"}, "id", {"id": "a", "en": "b"}),
        ("a", {"en": "b"}, "en", "b"),
        ({"id": "a", "en": "b"}, {"en": ""}, "id", "a"),
        ({"id": "a", "en": "b"}, {"id": ""}, "id", {"en": "b"}),
        ({"id": "a", "en": "b"}, {"id": "", "en": "\n "}, "id", None),
        ("a", {}, "id", "a"),
        ("a", {"id": "  b\n"}, "id", "b"),
    ],
)
def test_notes_by_language(old: Any, typed: dict[str, str], working: Lang, new: Any) -> None:
    """The version that was typed changes; plain in the working language alone, by language otherwise."""
    assert noted(old, "note", {f"note.{lang}": text for lang, text in typed.items()}, working) == new


def test_an_indicator_is_an_answer(content: Content) -> None:
    """Rated, unknown and linked as questions are."""
    key = content.indicators[0].key
    new, _ = done(blank(content, evidence=(PAPER,)), "set", f"indicators/{key}", {"choice": "P"})
    new, _ = done(new, "link", f"indicators/{key}/E-01")
    assert new.indicators == {key: proved("E-01", rating="P")}


def test_judging(content: Content) -> None:
    """A severity with its notes; without one there is nothing; evidence stays when it changes."""
    new, _ = done(blank(content, evidence=(PAPER,)), "set", "mistakes/silos", {"choice": "3"})
    assert new.mistakes == {"silos": Judgement(severity=3)}
    new, _ = done(new, "link", "mistakes/silos/E-01")
    new, _ = done(new, "set", "mistakes/silos", {"choice": "0", "note.id": "n", "private": "p"})
    assert new.mistakes == {"silos": Judgement(severity=0, note="n", private="p", evidence=("E-01",))}
    assert done(new, "set", "mistakes/silos", {}).assessment == new
    assert done(new, "set", "mistakes/silos", {"choice": "unanswered"}).assessment.mistakes == {}
    with pytest.raises(AssessmentError):
        done(new, "set", "mistakes/silos", {"choice": "9"})


def test_an_exception(content: Content) -> None:
    """It needs a reason and keeps it; evidence can be linked and unlinked; it can be withdrawn."""
    at, before = "exceptions/silos/resolve", blank(content, evidence=(PAPER,))
    assert done(before, "set", at, {"reason.id": " "}) == (before, "form-needs-reason")
    made, missing = done(before, "set", at, {"reason.id": "one till", "reason.en": "", "private": "doubtful"})
    stands = Exemption(mistake="silos", level="resolve", reason="one till", private="doubtful")
    assert (made.exceptions, missing) == ((stands,), "")
    assert done(made, "set", at, {"reason.id": ""}) == (made, "form-needs-reason")
    linked, _ = done(made, "link", f"{at}/E-01")
    assert linked.exceptions == (stands.model_copy(update={"evidence": ("E-01",)}),)
    again, _ = done(linked, "set", at, {"reason.en": "one counter"})
    assert again.exceptions[0].evidence == ("E-01",)
    assert again.exceptions[0].reason == {"id": "one till", "en": "one counter"}
    assert done(linked, "unlink", f"{at}/E-01").assessment == made
    assert done(linked, "remove", at).assessment == before


# --- evidence ---


@pytest.mark.parametrize("rating", "NPLF")
def test_a_link_is_one_event(content: Content, rating: str) -> None:
    """It supports the rating the answer has now; a later rating leaves it as it is."""
    before = blank(content, evidence=(PAPER,)).answer("inform-1", Answer(state="rated", rating=rating))
    new, missing = done(before, "link", "answers/inform-1/E-01")
    assert (new.answer_to("inform-1"), missing) == (proved("E-01", rating=rating), "")
    new, _ = done(new, "set", "answers/inform-1", {"choice": "F"})
    assert new.answer_to("inform-1").evidence[0].supports == rating


def test_linking_twice_links_once(content: Content) -> None:
    """Two clicks come before the first has been drawn."""
    before = rated(content, "LLLLLL").replaced(evidence=(PAPER,)).judge("silos", Judgement(severity=1))
    for place in ("answers/inform-1", "mistakes/silos"):
        once = done(before, "link", f"{place}/E-01").assessment
        assert done(once, "link", f"{place}/E-01").assessment == once


def test_a_link_needs_a_rating(content: Content) -> None:
    """Also where another person has meanwhile cleared the answer, the severity or the exception."""
    before = blank(content, evidence=(PAPER,)).answer("inform-2", Answer(state="unknown"))
    for at in ("answers/inform-1", "answers/inform-2", "mistakes/silos", "exceptions/silos/resolve"):
        assert done(before, "link", f"{at}/E-01") == (before, "form-needs-rating")


def test_unlinking(content: Content) -> None:
    """One link goes, the others and the answer stay."""
    before = blank(content, evidence=(PAPER, CHAT)).answer("inform-1", proved("E-01", "E-02", note="n"))
    new, _ = done(before, "unlink", "answers/inform-1/E-01")
    assert new.answer_to("inform-1") == proved("E-02", note="n")
    assert done(new, "unlink", "answers/inform-1/E-01").assessment == new
    assert done(new, "unlink", "answers/resolve-1/E-02").assessment == new


def sampled(content: Content, k: str, n: str, **more: str) -> tuple[EvidenceLink, str]:
    before = blank(content, evidence=(PAPER,)).answer("inform-1", proved("E-01"))
    values = {"choice": "L", "k.E-01": k, "n.E-01": n, "supports.E-01": "L"} | more
    new, missing = done(before, "set", "answers/inform-1", values)
    (link,) = new.answer_to("inform-1").evidence
    return link, missing


@pytest.mark.parametrize(
    ("k", "n", "sample"),
    [("22", "30", (22, 30)), ("0", "1", (0, 1)), (" 5 ", "5", (5, 5)), ("٣", "٥", (3, 5)), ("007", "10", (7, 10))],
)
def test_a_sample(content: Content, k: str, n: str, sample: tuple[int, int]) -> None:
    """k of n in place of the rating that was named; digits of any script count."""
    assert sampled(content, k, n) == (EvidenceLink(evidence="E-01", sample=Sample(k=sample[0], n=sample[1])), "")


@pytest.mark.parametrize(
    ("k", "n"),
    [
        ("5", "3"),
        ("x", "3"),
        ("3", ""),
        ("", "3"),
        ("0", "0"),
        ("1", "1000001"),
        ("9" * 5000, "9" * 5000),
        ("1", "9" * 5000),
        ("-1", "3"),
        ("1.5", "3"),
        ("²", "3"),
        ("1e1", "30"),
    ],
)
def test_no_sample(content: Content, k: str, n: str) -> None:
    """Told as a need; the link stays as it was, and the rest of the answer is saved."""
    assert sampled(content, k, n) == (EvidenceLink(evidence="E-01", supports="L"), "form-needs-sample")


def test_a_sample_taken_away(content: Content) -> None:
    """The link supports the answer's rating again; without a rating, or for a wrong one, the old sample stays."""
    link = EvidenceLink(evidence="E-01", sample=Sample(k=4, n=5))
    before = blank(content, evidence=(PAPER,)).answer("inform-1", F.model_copy(update={"evidence": (link,)}))
    for choice, kept in (("P", EvidenceLink(evidence="E-01", supports="P")), ("unknown", link)):
        new, _ = done(before, "set", "answers/inform-1", {"choice": choice, "k.E-01": "", "n.E-01": " "})
        assert new.answer_to("inform-1").evidence == (kept,)
    new, missing = done(before, "set", "answers/inform-1", {"choice": "F", "k.E-01": "6", "n.E-01": "5"})
    assert (new, missing) == (before, "form-needs-sample")


def test_each_link_has_its_own_sample(content: Content) -> None:
    """A wrong one keeps no other from being saved."""
    before = blank(content, evidence=(PAPER, CHAT)).answer("inform-1", proved("E-01", "E-02"))
    values = {"choice": "P", "k.E-01": "x", "n.E-01": "", "k.E-02": "", "n.E-02": "", "supports.E-02": "N"}
    new, missing = done(before, "set", "answers/inform-1", values)
    first, second = new.answer_to("inform-1").evidence
    assert (new.answer_to("inform-1").rating, missing) == ("P", "form-needs-sample")
    assert (first.supports, second.supports) == ("L", "N")


def test_new_evidence_needs_kind_and_source(content: Content) -> None:
    """Nothing more; it is linked where it was typed, and gets the next number."""
    before = blank(content, evidence=(PAPER.model_copy(update={"key": "E-09"}),)).answer("inform-1", P)
    for lacking in ({"kind": ""}, {"source.id": " "}):
        values = {"kind": "document", "source.id": "SOP"} | lacking
        assert done(before, "add-evidence", "answers/inform-1", values) == (before, "form-needs-source")
    new, _ = done(before, "add-evidence", "answers/inform-1", {"kind": "document", "source.id": "SOP"})
    assert new.evidence[1:] == (Evidence(key="E-10", kind="document", source="SOP"),)
    assert new.answer_to("inform-1") == proved("E-10", rating="P")
    values = {"kind": "interview", "source.en": "CEO", "on": "2026-03-02"}
    new, missing = done(new, "add-evidence", "", values)
    wanted = Evidence(key="E-11", kind="interview", source={"en": "CEO"}, on="2026-03-02")
    assert (new.evidence[-1], missing) == (wanted, "")


def test_new_evidence_where_the_answer_was_cleared(content: Content) -> None:
    """The evidence is kept, without a link; nothing is refused, or it would be added once more."""
    new, missing = done(blank(content), "add-evidence", "answers/inform-1", {"kind": "document", "source.id": "a"})
    assert ([record.key for record in new.evidence], new.answers) == (["E-01"], {})
    assert missing == ""


def test_evidence_is_edited(content: Content) -> None:
    """Every field of it; without a source it keeps the old one, and the rest is saved."""
    before = blank(content, evidence=(PAPER, CHAT))
    values = {
        "kind": "observation",
        "on": "2026-03-01",
        "person": " Rini ",
        "source.id": "antrean",
        "source.en": "queue",
        "note.en": "seen",
        "private": "p",
    }
    new, missing = done(before, "set", "evidence/E-01", values)
    wanted = Evidence(
        key="E-01",
        kind="observation",
        on="2026-03-01",
        person="Rini",
        source={"id": "antrean", "en": "queue"},
        note={"en": "seen"},
        private="p",
    )
    assert (new.evidence, missing) == ((wanted, CHAT), "")
    emptied = dict.fromkeys(values, "") | {"kind": "document"}
    new, missing = done(new, "set", "evidence/E-01", emptied)
    wanted = Evidence(key="E-01", kind="document", source={"id": "antrean", "en": "queue"})
    assert (new.evidence, missing) == ((wanted, CHAT), "form-needs-source")


def test_removing_evidence_removes_every_link(content: Content) -> None:
    """In answers, indicators, mistakes and exceptions; links to other evidence stay."""
    both = ("E-01", "E-02")
    indicator = content.indicators[0].key
    before = blank(
        content,
        evidence=(PAPER, CHAT),
        answers={"inform-1": proved(*both), "inform-2": proved("E-02")},
        indicators={indicator: proved(*both)},
        mistakes={"silos": Judgement(severity=2, evidence=both)},
        exceptions=(Exemption(mistake="silos", level="resolve", reason="r", evidence=both),),
    )
    new, _ = done(before, "remove", "evidence/E-01")
    check_assessment(new, content)
    assert new.evidence == (CHAT,)
    assert new.answers == {"inform-1": proved("E-02"), "inform-2": proved("E-02")}
    assert new.indicators == {indicator: proved("E-02")}
    assert (new.mistakes["silos"].evidence, new.exceptions[0].evidence) == (("E-02",), ("E-02",))
    assert done(new, "remove", "evidence/E-01").assessment == new


# --- profile, targets, own words ---


def test_every_field_of_the_profile(content: Content) -> None:
    """Typed, it is there; emptied, it is gone again; a language that comes to another comes after it."""
    typed = {
        "organisation": " Kopi Baru ",
        "unit": "outlet",
        "unit_name": "Dago",
        "on": "2026-04-01",
        "size": "small",
        "trade.id": "kopi",
        "trade.en": "coffee",
        "objective.id": "setia",
        "customer_groups": "keluarga\n\n pelajar ",
        "competitors": "Kopi Lama",
        "group": "Induk\nAnak",
        "reports": " en",
        "print_names": " yes",
        "note.id": "n",
        "private": "p",
    }
    new, missing = done(blank(content), "set", "profile", typed)
    profile = new.profile
    assert (missing, str(new.on), profile.organisation) == ("", "2026-04-01", "Kopi Baru")
    assert (profile.unit.kind, profile.unit.name, profile.size) == ("outlet", "Dago", "small")
    assert (profile.trade, profile.objective) == ({"id": "kopi", "en": "coffee"}, "setia")
    assert (profile.customer_groups, profile.competitors) == (("keluarga", "pelajar"), ("Kopi Lama",))
    assert (profile.group, profile.report_languages, profile.print_names) == (("Induk", "Anak"), ("en",), True)
    assert (profile.note, profile.private) == ("n", "p")
    emptied = dict.fromkeys(typed, "") | {"organisation": "Acme", "unit": "company", "reports": " id en"}
    new, missing = done(new, "set", "profile", emptied | {"on": "2026-03-31"})
    stands = blank(content).profile.model_copy(update={"report_languages": ("en", "id")})
    assert (new, missing) == (blank(content, profile=stands), "")


@pytest.mark.parametrize(
    ("typed", "missing"),
    [
        ({"organisation": " "}, "form-needs-name"),
        ({"unit": "outlet", "unit_name": ""}, "form-needs-unit"),
        ({"reports": ""}, "form-needs-language"),
        ({"on": ""}, "form-needs-date"),
    ],
)
def test_what_must_not_be_empty_stays(content: Content, typed: dict[str, str], missing: str) -> None:
    """The rest of the same page is saved, and the need is told."""
    before = blank(content)
    stands = {"organisation": "Acme", "unit": "company", "unit_name": "", "reports": " id en", "on": "2026-03-31"}
    new, told = done(before, "set", "profile", stands | typed | {"trade.id": "kopi"})
    assert told == missing
    assert set(changed(before, new)) == {("profile", "trade")}


def test_a_list_keeps_its_other_language(content: Content) -> None:
    """A line that still stands keeps its version in the other language, whichever was shown; others go."""
    groups = ({"id": "keluarga", "en": "families"}, {"id": "pelajar", "en": "students"}, "staf")
    before = blank(content).replaced(profile=blank(content).profile.model_copy(update={"customer_groups": groups}))
    new, _ = done(before, "set", "profile", {"customer_groups": "students\nkeluarga\nbaru\nstaf"})
    assert new.profile.customer_groups == (groups[1], groups[0], "baru", "staf")


def test_other_fields_of_the_profile_stay(content: Content) -> None:
    """An event that holds only some fields changes only them."""
    profile = blank(content).profile.model_copy(
        update={"private": "p", "print_names": True, "size": "large", "competitors": ("B",), "trade": "kopi"}
    )
    before = blank(content).replaced(profile=profile)
    new, _ = done(before, "set", "profile", {"organisation": "Acme 2"})
    assert set(changed(before, new)) == {("profile", "organisation")}


def test_targets(content: Content) -> None:
    """Added with or without a date, removed one by one; without a level there is none."""
    new, missing = done(blank(content), "add-target", "", {"level": "", "by": ""})
    assert (new.targets, missing) == ((), "form-needs-level")
    for values in ({"level": "3", "by": ""}, {"level": "6", "by": "2027-01-31"}, {"level": "2"}):
        new, missing = done(new, "add-target", "", values)
        assert missing == ""
    kept = Target(level=6, by="2027-01-31")
    assert new.targets == (Target(level=3), kept, Target(level=2))
    for place in ("targets/3/", "targets/3/", "targets/2/"):  # a double click removes one
        new, _ = done(new, "remove", place)
    assert new.targets == (kept,)


def test_own_words(content: Content) -> None:
    """A section's commentary by language; emptied it is gone."""
    new, _ = done(blank(content), "set", "commentary/summary", {"note.id": "ringkas", "note.en": "short"})
    assert new.commentary == {"summary": {"id": "ringkas", "en": "short"}}
    new, _ = done(new, "set", "commentary/summary", {"note.id": "", "note.en": ""})
    assert new == blank(content)


def test_a_severity_that_is_none_is_refused(content: Content) -> None:
    """As any other value that cannot stand."""
    for choice in ("x", "4", "-1", "1.5"):
        with pytest.raises(AssessmentError):
            done(blank(content), "set", "mistakes/silos", {"choice": choice})


# --- any events ---

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
            do=kind, at=at if kind == "add-evidence" else (*at, keys[-1]), values=draw(_values("new", keys))
        )
    if kind == "remove":
        targets = ("targets", draw(st.sampled_from("012")))
        return Event(do=kind, at=draw(st.sampled_from([targets, place["evidence"], place["exceptions"]])))
    if kind == "clear":
        return Event(do=kind, at=draw(st.sampled_from([place["answers"], place["indicators"], place["mistakes"]])))
    if kind == "add-target":
        return Event(do=kind, values=draw(_values("target", keys)))
    values = draw(_values(kind, keys))
    if kind == "indicators" or (kind == "answers" and content.by_key[place[kind][1]].core):
        values = {name: value for name, value in values.items() if value != "not-applicable"}
    return Event(do="set", at=place[kind], values=values)


def _values(kind: str, keys: list[str]) -> st.SearchStrategy[dict[str, str]]:
    """What the fields of a group may hold: all of them, some, or none."""
    text = dict.fromkeys([*notes("note"), *notes("source"), "private"], WORDS)
    answer = {
        "choice": ["", "N", "F", "unknown", "not-applicable", "unanswered"],
        "reason": ["", "not-offered", "legally-excluded"],
        **{f"{name}.{key}": NUMBERS for name in "kn" for key in keys[:3]},
        **{f"supports.{key}": list("NPLF") for key in keys[:3]},
    }
    record = {"kind": ["", "document", "assertion"], "on": DAYS, "person": WORDS}
    profile = {
        "organisation": WORDS,
        "unit": ["company", "outlet"],
        "unit_name": WORDS,
        "on": DAYS,
        "size": ["", "large"],
        **dict.fromkeys([*notes("trade"), "customer_groups", "competitors", "group"], WORDS),
        "reports": ["", " id", " id en"],
        "print_names": ["", " yes"],
    }
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
        "add-target": {("targets",)},
        "remove": {("targets",)} if event.at[:1] == ("targets",) else {event.at} | users,
    }[event.do]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.data())
def test_any_events(content: Content, data: st.DataObject) -> None:
    """What comes of them fits its content; each is done or refused, and changes no place it does not name."""
    start = blank(content, evidence=records(content)[:2], targets=(Target(level=2),))
    now = data.draw(st.one_of(st.just(start), assessments(content)))
    for _ in range(data.draw(st.integers(1, 8))):
        event = data.draw(events(now, content))
        try:
            after, _ = edited(event, now)
        except AssessmentError as error:
            assert error.problems
            continue
        check_assessment(after, content)
        assert set(changed(now, after)) <= named(event, now, after)
        now = after
