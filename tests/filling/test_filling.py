"""Filling in: what an event does, saves, tells and takes back."""

from pathlib import Path

import pytest
from kit.answers import CHAT, PAPER, F, P, proved
from kit.form import Browser, Opener, made_case, two
from kit.made import ON, blank, rated
from kit.page import read

from cxassess.content.reading import Content
from cxassess.content.voice import Voice
from cxassess.document.answers import UNANSWERED, Answer, Judgement
from cxassess.document.assessmentfile import load_assessment, save_assessment
from cxassess.document.sitting import Sitting
from cxassess.filling import lasttime
from cxassess.filling.edits import Event
from cxassess.filling.filling import Filling
from cxassess.filling.widget import AssessmentForm
from cxassess.places import is_trial, open_or_example
from cxassess.series.waves import begun_from


def test_an_event_is_acknowledged(open_: Opener, content: Content) -> None:
    """By browser and number, refused ones too: else it would be sent again."""
    form = open_(blank(content)).form
    form.take(Event(do="set", at=("answers", "inform-1"), values={"choice": "L"}, client="a", seq=3))
    form.take(Event(do="nonsense", client="b", seq=1))
    assert form.view["acks"] == {"a": 3, "b": 1}
    assert form.view["refused"]
    form.take(Event(do="set", at=("answers", "inform-1"), values={"choice": "F"}, client="a", seq=4))
    assert (form.view["acks"], form.view["refused"]) == ({"a": 4, "b": 1}, False)


def test_the_client_view_is_another_look(open_: Opener, content: Content, file: Path) -> None:
    """It changes nothing else, and goes as it came."""
    browser = open_(made_case(content))
    before, on_disk = browser.form.view["html"], file.read_bytes()
    browser.press("client")
    assert browser.page.all("div", class_="cx-shell cx-discreet")
    assert browser.page.all("button", data_do="client", aria_pressed="true")
    browser.press("client")
    assert (browser.form.view["html"], file.read_bytes()) == (before, on_disk)


def test_another_language_is_the_same_page(open_: Opener, content: Content, file: Path) -> None:
    """Nothing is lost, saved or moved by it."""
    browser = open_(made_case(content))
    browser.go("resolve")
    before, focus, on_disk = browser.value, browser.form.view["focus"], file.read_bytes()
    fields = [form.values() for form in browser.page.all("form", class_="") if "data-set" in form.attrs]
    english = browser.page.all("h3")[0].text
    browser.press("lang", "id")
    assert browser.page.all("h3")[0].text != english
    assert browser.form.filling.page == "resolve"
    assert (browser.value, browser.form.view["focus"], file.read_bytes()) == (before, focus, on_disk)
    assert [f.values() for f in browser.page.all("form", class_="") if "data-set" in f.attrs] == fields
    browser.press("lang", "en")
    assert browser.page.all("h3")[0].text == english


def test_a_link_to_evidence_that_is_gone(open_: Opener, content: Content) -> None:
    """Another has removed it: refused in words, and work goes on."""
    for at in ("answers/inform-1", "mistakes/silos"):
        browser = open_(rated(content, "LLLLLL"))
        browser.send("link", f"{at}/E-01")
        assert "E-01" in browser.told
        browser.send("set", "answers/inform-2", {"choice": "F"})
        assert browser.form.sitting.assessment.answer_to("inform-2") == F


@pytest.mark.parametrize(
    ("do", "at"),
    [
        ("nonsense", ""),
        ("nonsense", "answers/inform-1"),
        ("set", "nonsense/x"),
        ("set", "answers/no-such"),
        ("set", "mistakes/no-such"),
        ("set", "indicators/no-such"),
        ("set", "exceptions/no-such/inform"),
        ("set", "commentary/no-such"),
        ("link", "answers/no-such/E-01"),
        ("remove", "nonsense"),
        ("go", "nonsense"),
    ],
)
def test_what_the_form_does_not_know_is_refused(open_: Opener, content: Content, do: str, at: str) -> None:
    """In words; nothing is changed, and the next answer is saved."""
    browser = open_(rated(content, "LLLLLL").replaced(evidence=(PAPER,)))
    before, told = browser.value, browser.told
    browser.send(do, at, {"choice": "3" if at.startswith("mistakes") else "L", "reason.id": "r"})
    assert browser.value == before
    assert browser.told != told
    browser.send("set", "answers/inform-1", {"choice": "F"})
    assert browser.form.sitting.assessment.answer_to("inform-1") == F


def test_undo_goes_twenty_five_steps_back(open_: Opener, content: Content, file: Path) -> None:
    """In the form and after reopening, each step to its page; then there is nothing more, which is told."""
    browser = open_(blank(content))
    keys = [question.key for question in content.questions[:25]]
    for key in keys:
        browser.send("set", f"answers/{key}", {"choice": "L"})
    for number, key in reversed(list(enumerate(keys))):
        browser = open_() if number % 5 == 0 else browser
        browser.press("undo")
        assert set(browser.value.answers) == set(keys[:number])
        assert browser.form.filling.page == content.by_key[key].level
        assert browser.says("form-undone", what=content.by_key[key].name.en)
        assert browser.form.view["focus"][1] == f"cx-answers-{key}"
    assert load_assessment(file, content) == blank(content)
    browser.press("undo")
    assert browser.says("form-nothing-more")
    for key in keys:
        open_().press("redo")
        assert key in load_assessment(file, content).answers
    browser = open_()
    browser.press("redo")
    assert browser.says("form-nothing-more")


def test_redo_says_what_it_made(open_: Opener, content: Content) -> None:
    """And goes there, in the language of the form."""
    browser = open_(blank(content), lang="id")
    browser.send("set", "mistakes/silos", {"choice": "2"})
    browser.press("undo")
    browser.go("profile")
    browser.press("redo")
    assert browser.says("form-redone", what=content.mistake("silos").name.id)
    assert (browser.form.filling.page, browser.value.mistakes) == ("mistakes", {"silos": Judgement(severity=2)})


def test_undo_names_what_it_leaves(open_: Opener, content: Content) -> None:
    """What another has changed since, as people call it and not by its key."""
    sari, budi = two(open_, blank(content))
    sari.send("set", "answers/inform-1", {"choice": "L"})
    budi.send("look")
    budi.send("set", "answers/inform-1", {"choice": "F"})
    sari.press("undo")
    assert sari.value.answer_to("inform-1") == F
    assert sari.says("form-left", what=content.by_key["inform-1"].name.en)


def test_an_example_never_says_saved(content: Content, file: Path) -> None:
    """It wears its banner, and nothing of it says that it was saved; an assessment of one's own names its file."""
    trial = Browser(AssessmentForm(Sitting.open(open_or_example(""), content), lang="en"))
    trial.send("set", "answers/inform-1", {"choice": "N"})
    assert content.words["form-trial"].en in trial.page.text
    assert content.words["form-not-kept"].en in trial.told
    assert "Saved" not in trial.page.text


def test_an_example_becomes_ones_own(content: Content, tmp_path: Path) -> None:
    """With what was changed in it, under the name that was typed; from there on the form is that file's."""
    filling = Filling(Sitting.open(open_or_example(""), content), lang="en", home=tmp_path)
    filling.take(Event(do="set", at=("answers", "inform-1"), values={"choice": "N"}))
    filling.take(Event(do="own", values={"organisation": "Toko {A}/.."}))
    (own,) = (tmp_path / "assessments").rglob("*.json")
    assert filling.sitting.path == own.resolve()
    assert own.parent.name == "toko-a"
    html = read(filling.view()["html"]).text
    assert own.relative_to(tmp_path).as_posix() in html
    assert content.words["form-trial"].en not in html
    filling.take(Event(do="set", at=("answers", "inform-2"), values={"choice": "F"}))
    saved = load_assessment(own, content)
    assert (saved.profile.organisation, saved.answer_to("inform-1").rating) == ("Toko {A}/..", "N")
    assert saved.answer_to("inform-2").rating == "F"


def test_no_file_of_ones_own_over_another(content: Content, tmp_path: Path) -> None:
    """A name that is taken, or none, is refused and told; the example goes on."""
    there = tmp_path / "assessments" / "acme" / "2026-11-20.json"
    filling = Filling(Sitting.open(open_or_example(""), content), lang="en", home=tmp_path)
    there = there.with_name(f"{filling.value.on}.json")
    there.parent.mkdir(parents=True)
    there.write_text("mine", encoding="utf-8")
    for name in ("Acme", " "):
        filling.take(Event(do="own", values={"organisation": name}))
        assert filling.view()["refused"]
        assert is_trial(filling.sitting.path)
    assert there.read_text(encoding="utf-8") == "mine"


LATER = ON.replace(year=2027)


def last_times(folder: Path, content: Content, page: str) -> dict[str, str]:
    """What is said of last time on a page of the assessment of a year later, by the id of its piece."""
    save_assessment(begun_from(made_case(content), LATER), folder / "now.json")
    html = read(Filling(Sitting.open(folder / "now.json", content), lang="en").view(page)["html"])
    told = {
        piece.attrs["id"]: [line.text for line in piece.all("p", class_="cx-before")]
        for piece in html.all("section", class_="cx-question")
    }
    return {key: lines[0] for key, lines in told.items() if lines}


def test_last_time_stands_beside_each_question(tmp_path: Path, content: Content) -> None:
    """What was said, and how far it was proved then, though evidence has expired since; nothing where none."""
    case = made_case(content).replaced(indicators={}, mistakes={"silos": Judgement(severity=2)})
    save_assessment(case.answer("inform-3", Answer(state="unknown")), tmp_path / "last.json")
    told = last_times(tmp_path, content, "inform")
    assert told["cx-answers-inform-5"] == "Last time (31 March 2026): L, proved"
    assert told["cx-answers-inform-3"] == "Last time (31 March 2026): Not known"
    assert "cx-answers-inform-2" not in told or case.answers["inform-2"].state != "unanswered"
    assert last_times(tmp_path, content, "mistakes") == {
        "cx-mistakes-silos": "Last time (31 March 2026): 2 – recurrent"
    }
    assert last_times(tmp_path, content, "indicators") == {}


def test_of_two_last_assessments_neither_is_shown(tmp_path: Path, content: Content) -> None:
    """It is told, and so is a file that is not sure to be the one that is meant; both until the next click."""
    for name in ("last.json", "last (1).json"):
        save_assessment(made_case(content), tmp_path / name)
    assert last_times(tmp_path, content, "inform") == {}
    filling = Filling(Sitting.open(tmp_path / "now.json", content), lang="en")
    assert "The answers of last time are not shown." in filling.view()["html"]
    assert not filling.view()["refused"]
    doubtful = Filling(Sitting.open(tmp_path / "last.json", content), lang="en")
    assert "last (1).json: looks like a copy of last.json" in doubtful.view()["html"]
    doubtful.take(Event(do="go", at=("inform",)))
    assert "looks like a copy" not in doubtful.view()["html"]


def test_the_last_is_sought_once(tmp_path: Path, content: Content, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not at each click; again where the date changes."""
    save_assessment(made_case(content), tmp_path / "last.json")
    save_assessment(begun_from(made_case(content), LATER), tmp_path / "now.json")
    filling = Filling(Sitting.open(tmp_path / "now.json", content), lang="en")
    seen: list[object] = []
    monkeypatch.setattr(lasttime, "last_before", lambda *words: seen.append(words))
    for _ in range(3):
        filling.view("inform")
    filling.value = filling.value.replaced(on=LATER.replace(month=5))
    filling.view("inform")
    assert len(seen) == 2


def shown(browser: Browser) -> list[str]:
    """The ids of what the page asks, and its place among all."""
    sections = browser.page.all("section", class_="cx-question")
    return [f"{one.attrs['id']} {one.all('span', class_='cx-tag')[0].text}" for one in sections]


def test_the_form_asks_one_role(open_: Opener, content: Content, file: Path) -> None:
    """Each keeps its number, all count, what is hidden is said; the client's view keeps it; nothing is saved."""
    browser = open_(blank(content))
    browser.go("resolve")
    counts, on_disk = [one.text for one in browser.page.all("span", class_="cx-count")], file.read_bytes()
    browser.press("ask", "leader")
    browser.press("client")
    assert shown(browser) == ["cx-answers-resolve-4 4/5", "cx-answers-resolve-5 5/5"]
    assert "3 items on this page are not shown" in browser.page.all("p", id="cx-hidden")[0].text
    assert "10 empty items are left for others" in browser.page.all("p", id="cx-ask-rest")[0].text
    assert browser.page.all("button", data_do="ask", data_at="leader", aria_pressed="true")
    assert [one.text for one in browser.page.all("span", class_="cx-count")] == counts
    browser.go("mistakes")
    assert len(shown(browser)) == 9
    browser.press("ask", "everyone")
    assert len(shown(browser)) == 11
    assert file.read_bytes() == on_disk


def test_the_next_open_item_is_one_of_the_role_that_is_asked(open_: Opener, content: Content) -> None:
    """What is left for others is passed over."""
    browser = open_(rated(content, "FFFFFF").answer("resolve-1", Answer(state="unanswered")))
    browser.go("inform")
    browser.press("ask", "customer")
    (button,) = browser.page.all("button", class_="cx-next")
    assert button.attrs["data-at"] == "resolve/cx-answers-resolve-1"
    browser.press("ask", "leader")
    (button,) = browser.page.all("button", class_="cx-next")
    assert button.attrs["data-at"] == "indicators/cx-indicators-feedback-improves"


def test_who_is_led_to_what_is_hidden_sees_it(open_: Opener, content: Content) -> None:
    """From the review, from evidence, or by undoing: then everything is shown again, and that is told."""
    browser = open_(blank(content))
    browser.send("set", "answers/resolve-1", {"choice": "F"})
    for do, at in (("go", "resolve/cx-answers-resolve-1"), ("undo", "")):
        browser.press("ask", "leader")
        browser.send(do, at)
        assert "cx-answers-resolve-1 1/5" in shown(browser)
        assert browser.says("form-ask-revealed")


def test_while_a_talk_is_on_what_is_rated_is_linked_to_it(open_: Opener, content: Content) -> None:
    """Begun with a new one or one there is; one save and one undo step a rating; ended, nothing more is linked."""
    browser = open_(blank(content))
    values = {"kind": "interview", "source.en": "head nurse", "person": "Rini", "on": "2026-03-01"}
    browser.send("add-interview", "", values)
    assert browser.form.filling.interview == "E-01"
    assert Voice(content, "en").say("form-talk-on", role="head nurse") in browser.page.text
    browser.send("set", "answers/inform-1", {"choice": "P"})
    assert browser.value.answer_to("inform-1") == proved("E-01", rating="P")
    browser.send("undo")
    assert browser.value.answer_to("inform-1") == UNANSWERED
    browser.press("interview")
    browser.send("set", "answers/inform-1", {"choice": "P"})
    assert browser.value.answer_to("inform-1") == P
    browser.press("interview", "E-01")
    browser.send("set", "answers/inform-2", {"choice": "P"})
    assert browser.value.answer_to("inform-2") == proved("E-01", rating="P")


def test_a_talk_stays_on_over_a_reload(open_: Opener, content: Content) -> None:
    """Until it is ended, or somebody removes it."""
    browser = open_(blank(content, evidence=(CHAT,)))
    browser.send("interview", "E-02")
    again = open_()
    assert again.form.filling.interview == "E-02"
    again.send("remove", "evidence/E-02")
    again.send("set", "answers/inform-1", {"choice": "P"})
    assert again.value.answer_to("inform-1") == P


def test_a_client_does_not_see_who_is_talked_to(open_: Opener, content: Content) -> None:
    """The role stands in the bar, the name does not."""
    browser = open_(blank(content, evidence=(CHAT.model_copy(update={"person": "Rini"}),)))
    browser.send("interview", "E-02")
    assert "Rini" in browser.page.text
    browser.send("client")
    assert "Rini" not in browser.page.text
    assert "chat" in browser.page.text


def test_an_unfinished_beginning_is_told(open_: Opener, content: Content) -> None:
    """Without a role there is no talk."""
    browser = open_(blank(content))
    browser.send("add-interview", "", {"kind": "interview", "source.en": ""})
    assert browser.says("form-needs-source")
    assert (browser.form.filling.interview, browser.value.evidence) == ("", ())


def test_two_who_begin_talks_at_once_each_have_theirs(open_: Opener, content: Content) -> None:
    """Who came second is on with the new number."""
    sari, budi = two(open_, blank(content))
    for who in (sari, budi):
        who.send("add-interview", "", {"kind": "interview", "source.en": who.form.sitting.history.who})
    assert (sari.form.filling.interview, budi.form.filling.interview) == ("E-01", "E-02")


def test_what_one_looks_for_stays_where_it_was(open_: Opener, content: Content) -> None:
    """On the page of evidence and under each question; nothing is saved for it."""
    browser = open_(blank(content, evidence=(PAPER, CHAT)).answer("inform-1", P))
    browser.go("evidence")
    browser.send("seek", "evidence", {"text": "paper", "show": "all", "order": "newest"})
    assert [row.attrs["id"] for row in browser.page.all("li", class_="cx-record")] == ["cx-evidence-E-01"]
    browser.send("seek", "answers/inform-1", {"text": "chat"})
    browser.go("inform")
    links = [button.attrs["data-at"] for button in browser.page.all("button", data_do="link")]
    assert links == ["answers/inform-1/E-02"]
    browser.go("evidence")
    assert len(browser.page.all("li", class_="cx-record")) == 1


def test_a_client_is_not_shown_what_is_not_for_clients(open_: Opener, content: Content) -> None:
    """Turned on while the review is open, the client view leads to the first page."""
    browser = open_(made_case(content))
    browser.go("review")
    browser.press("client")
    assert browser.form.filling.page == "profile"
    browser.go("inform")
    browser.press("client")
    browser.press("client")
    assert browser.form.filling.page == "inform"
