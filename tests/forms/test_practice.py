"""A practice on its page: its answer, its links and samples, and how far they carry."""

from pathlib import Path

import pytest
from kit.answers import CHAT, PAPER, F, L, P, proved
from kit.form import FIELDS, Opener, done, made_case, page_of
from kit.made import blank
from kit.page import Node

from cxassess.content.reading import Content
from cxassess.content.voice import Voice
from cxassess.document.answers import Answer, EvidenceLink, Judgement, Sample
from cxassess.document.assessmentfile import load_assessment
from cxassess.document.changes import changed


def test_how_far_evidence_carries(content: Content) -> None:
    """Proved, proved for a lower rating only, not proved; nothing where nothing is linked."""
    case = made_case(content).answer("inform-1", proved("E-02"))
    page = page_of(case, content, "inform")
    told = {
        key: [p.text for p in page.all("section", id=f"cx-answers-{key}")[0].all("p") if _is_proof(p)]
        for key in ("inform-1", "inform-2", "inform-4", "inform-5")
    }
    assert told == {
        "inform-1": ["Not proved."],
        "inform-2": [],
        "inform-4": ["Current evidence supports L only."],
        "inform-5": ["Proved."],
    }


def _is_proof(node: Node) -> bool:
    return "cx-proof" in node.attrs.get("class", "").split()


@pytest.mark.parametrize(
    ("k", "n", "told"),
    [
        (22, 30, "22 of 30 (73.3%), shows L."),
        (27, 30, "27 of 30 (90%), points to F; about 34 more"),
        (1, 2, "lies too close to the limit"),
    ],
)
def test_what_a_sample_says(content: Content, k: int, n: int, told: str) -> None:
    """Its band, and how many more would settle it."""
    link = EvidenceLink(evidence="E-01", sample=Sample(k=k, n=n))
    case = made_case(content).answer("inform-5", L.model_copy(update={"evidence": (link,)}))
    (item,) = page_of(case, content, "inform").all("li", id="cx-answers-inform-5-link-E-01")
    assert told in item.text
    assert {field.attrs["name"] for field in item.all(*FIELDS)} == {"k.E-01", "n.E-01"}


def test_evidence_can_be_linked_once_rated(content: Content) -> None:
    """All that is not linked yet, the newest first; before that, it is said what is needed."""
    case = made_case(content)
    page = page_of(case, content, "inform")
    links = page.all("section", id="cx-answers-inform-5")[0].all("button", data_do="link")
    assert [b.attrs["data-at"] for b in links] == ["answers/inform-5/E-03", "answers/inform-5/E-02"]
    assert page.all("form", data_do="add-evidence", data_at="answers/inform-5")
    (unknown,) = page_of(case, content, "elevate").all("section", id="cx-answers-elevate-1")
    assert Voice(content, "en").say("form-rate-first") in unknown.text
    assert not unknown.all("button", data_do="link")


def test_an_entry_that_waits_is_told(open_: Opener, content: Content) -> None:
    """What it still needs, in the language of the form, until the next event."""
    browser = open_(blank(content), lang="id")
    browser.go("inform")
    browser.fill("answers/inform-1", choice="not-applicable")
    assert browser.says("form-needs-why")
    assert browser.form.view["refused"]
    browser.fill("answers/inform-1", {"choice": "not-applicable", "reason": "not-offered", "note.id": "n"})
    assert not browser.says("form-needs-why")
    assert browser.value.answer_to("inform-1").state == "not-applicable"


def test_an_answer_can_be_cleared(open_: Opener, content: Content, file: Path) -> None:
    """By a button that is there once there is an answer; its note stays."""
    browser = open_(blank(content))
    browser.go("inform")
    assert not browser.page.all("button", data_do="clear")
    browser.fill("answers/inform-1", {"choice": "L", "note.en": "seen"})
    browser.press("clear", "answers/inform-1")
    assert load_assessment(file, content).answer_to("inform-1") == Answer(state="unanswered", note={"en": "seen"})
    browser.go("mistakes")
    browser.fill("mistakes/silos", choice="2")
    browser.press("clear", "mistakes/silos")
    assert browser.value.mistakes == {}


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


def test_a_link_that_says_nothing_yet(content: Content) -> None:
    """The form asks what it shows, and no rating answers for it: one click makes no proof."""
    silent = EvidenceLink(evidence="E-01")
    before = blank(content, evidence=(PAPER,)).answer("inform-1", L.model_copy(update={"evidence": (silent,)}))
    (form,) = page_of(before, content, "inform").all("form", data_set="answers/inform-1")
    values = form.values()
    assert values["supports.E-01"] == ""
    for more, said in (
        ({"choice": "F"}, silent),
        ({"choice": "unknown"}, silent),
        ({"supports.E-01": "P"}, EvidenceLink(evidence="E-01", supports="P")),
        ({"k.E-01": "4", "n.E-01": "5"}, EvidenceLink(evidence="E-01", sample=Sample(k=4, n=5))),
    ):
        new, missing = done(before, "set", "answers/inform-1", values | more)
        assert (new.answer_to("inform-1").evidence, missing) == ((said,), "")


def test_each_link_has_its_own_sample(content: Content) -> None:
    """A wrong one keeps no other from being saved."""
    before = blank(content, evidence=(PAPER, CHAT)).answer("inform-1", proved("E-01", "E-02"))
    values = {"choice": "P", "k.E-01": "x", "n.E-01": "", "k.E-02": "", "n.E-02": "", "supports.E-02": "N"}
    new, missing = done(before, "set", "answers/inform-1", values)
    first, second = new.answer_to("inform-1").evidence
    assert (new.answer_to("inform-1").rating, missing) == ("P", "form-needs-sample")
    assert (first.supports, second.supports) == ("L", "N")
