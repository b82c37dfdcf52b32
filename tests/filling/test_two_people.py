"""Two people at one file: their changes meet, and where they clash somebody decides."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from kit.answers import PAPER, F, L, P, proved, silent
from kit.form import FIELDS, HOSTILE, Browser, Opener, made_case, opener, two
from kit.made import blank, rated

from cxassess.content.reading import Content
from cxassess.content.voice import Voice
from cxassess.document.assessmentfile import load_assessment
from cxassess.document.checking import check_assessment


def test_two_people_on_different_answers(open_: Opener, content: Content) -> None:
    """Both stand, and nobody is asked; a turned page shows what the other saved."""
    sari, budi = two(open_, blank(content))
    sari.send("set", "answers/inform-1", {"choice": "L"})
    budi.send("set", "answers/inform-2", {"choice": "F"})
    sari.go("inform")
    assert sari.value == budi.value == blank(content).answer("inform-1", L).answer("inform-2", F)
    assert sari.the_form("answers/inform-2").values()["choice"] == "F"
    assert not budi.page.all("button", data_do="mine")


@pytest.mark.parametrize(("choice", "rating"), [("mine", "F"), ("theirs", "L")])
def test_two_people_on_one_answer(open_: Opener, content: Content, choice: str, rating: str) -> None:
    """Both are shown, theirs stands meanwhile, and a choice settles it; other answers go on."""
    sari, budi = two(open_, blank(content))
    sari.send("set", "answers/inform-1", {"choice": "L", "note.id": "lima"})
    budi.send("set", "answers/inform-1", {"choice": "F", "note.id": "enam"})
    clash, noted = budi.page.all("section", class_="cx-alert cx-clash")
    mine, theirs = (node.text for node in clash.all("dd"))
    assert ("fully" in mine, "largely" in theirs, "sari" in clash.text) == (True,) * 3
    assert [node.text for node in noted.all("dd")] == ["enam", "lima"]
    assert content.by_key["inform-1"].name.en in clash.text
    assert budi.value.answer_to("inform-1").rating == "L"
    budi.send("set", "answers/inform-2", {"choice": "P"})
    budi.press(choice, "answers/inform-1/state")
    assert len(budi.page.all("section", class_="cx-alert cx-clash")) == 1
    budi.press("both", "answers/inform-1/note/id")
    assert not budi.page.all("section", class_="cx-alert cx-clash")
    sari.send("look")
    assert sari.value == budi.value
    assert (sari.value.answers["inform-1"].rating, sari.value.answers["inform-1"].note) == (rating, "lima\nenam")
    assert sari.value.answer_to("inform-2") == P


def test_one_rates_while_another_writes(open_: Opener, content: Content) -> None:
    """On one question: nobody is asked, whatever each saved first; an old clash stays open meanwhile."""
    sari, budi = two(open_, blank(content))
    sari.send("set", "answers/inform-1", {"choice": "L"})
    budi.send("set", "answers/inform-1", {"note.id": "antre"})
    budi.send("set", "answers/inform-1", {"private": "p"})
    sari.send("set", "answers/inform-1", {"choice": "F"})
    budi.send("set", "answers/inform-1", {"choice": "N"})
    assert not sari.page.all("section", class_="cx-alert cx-clash")
    sari.send("set", "answers/inform-1", {"note.en": "queue"})
    budi.send("look")
    (clash,) = budi.page.all("section", class_="cx-alert cx-clash")
    assert "sari" in clash.text
    budi.press("mine", "answers/inform-1/state")
    sari.send("look")
    answer = sari.value.answers["inform-1"]
    assert (answer.rating, answer.note, answer.private) == ("N", {"id": "antre", "en": "queue"}, "p")


def test_both_is_for_text_alone(open_: Opener, content: Content) -> None:
    """Nobody can be both largely and fully; sent all the same, it is as if nobody had decided."""
    sari, budi = two(open_, blank(content))
    sari.send("set", "answers/inform-1", {"choice": "L"})
    budi.send("set", "answers/inform-1", {"choice": "F"})
    assert not budi.page.all("button", data_do="both")
    budi.send("both", "answers/inform-1/state")
    assert budi.page.all("button", data_do="mine")


def test_one_click_settles_one_clash(open_: Opener, content: Content) -> None:
    """A second click, sent before the first is drawn, must not settle the next."""
    sari, budi = two(open_, blank(content))
    both = ("inform-1", "inform-2")
    sari.form.value = sari.value.replaced(answers=dict.fromkeys(both, L))
    budi.form.value = budi.value.replaced(answers=dict.fromkeys(both, F))
    assert len(budi.page.all("button", data_do="mine")) == 2
    first = budi.page.all("button", data_do="mine")[0].attrs["data-at"]
    budi.press("mine", first)
    budi.send("mine", first)
    assert len(budi.page.all("button", data_do="mine")) == 1
    assert sorted(answer.rating or "" for answer in budi.value.answers.values()) == ["F", "L"]


def test_mine_rests_on_what_is_gone(open_: Opener, content: Content) -> None:
    """The evidence was removed while two answers stood to choose from: told in words, and work goes on."""
    sari, budi = two(open_, blank(content, evidence=(PAPER,)))
    sari.send("set", "answers/inform-1", {"choice": "L"})
    budi.form.value = budi.value.answer("inform-1", proved("E-01", rating="F"))
    assert budi.page.all("button", data_do="mine")
    budi.send("remove", "evidence/E-01")
    budi.press("mine", "answers/inform-1/state")
    budi.send("set", "answers/inform-2", {"choice": "P"})
    assert budi.form.sitting.assessment.answer_to("inform-2") == P
    assert not budi.form.view["unsaved"]


def test_evidence_of_two_people(open_: Opener, content: Content) -> None:
    """Both are kept; who came second is told the new number, and the link follows it."""
    sari, budi = two(open_, rated(content, "LLLLLL"))
    sari.send("add-evidence", "answers/inform-1", {"kind": "document", "source.id": "hers"})
    budi.send("add-evidence", "answers/inform-2", {"kind": "document", "source.id": "his"})
    assert budi.says("form-renumbered", old="E-01", new="E-02")
    assert [record.source for record in budi.value.evidence] == ["hers", "his"]
    assert budi.value.answer_to("inform-2") == silent("E-02")


def test_evidence_that_another_uses_is_left(open_: Opener, content: Content) -> None:
    """Removed by one, linked by the other: it stays, and that is told."""
    sari, budi = two(open_, rated(content, "LLLLLL").replaced(evidence=(PAPER,)))
    sari.send("link", "answers/inform-1/E-01")
    budi.send("remove", "evidence/E-01")
    assert budi.says("form-left", what="E-01")
    assert budi.value.evidence == (PAPER,)


def test_what_is_private_is_not_told_of_a_clash(open_: Opener, content: Content) -> None:
    """A client may be looking on: that the notes differ is enough."""
    sari, budi = two(open_, blank(content))
    sari.send("set", "answers/inform-1", {"choice": "L", "private": "hers"})
    budi.send("set", "answers/inform-1", {"choice": "L", "private": "his"})
    (clash,) = budi.page.all("section", class_="cx-alert cx-clash")
    assert clash.text.count(Voice(content, "en").say("form-private-differs")) == 2
    assert not {"hers", "his"} & set(clash.text.split())


WORDS = ["", "a", " b\nc", HOSTILE, "2026-03-01", "3"]


def _act(browser: Browser, data: st.DataObject) -> None:
    """Press a button or fill in a form of the page as it stands."""
    page = browser.page
    buttons = [one for one in page.all("button") if one.attrs.get("data-do") not in (None, "copy")]
    forms = page.all("form")
    index = data.draw(st.integers(0, len(buttons) + 3 * len(forms) - 1))
    if index < len(buttons):
        return browser.press(buttons[index].attrs["data-do"], buttons[index].attrs.get("data-at", ""))
    form = forms[(index - len(buttons)) % len(forms)]
    values = form.values()
    for pick in data.draw(st.lists(st.integers(0, 10**4), min_size=1, max_size=3)):
        fields = form.all(*FIELDS)
        field = fields[pick % len(fields)]
        some = [option.attrs.get("value", option.text) for option in field.all("option")] or WORDS
        is_choice = field.attrs.get("type") in ("radio", "checkbox", "hidden")
        values[field.attrs["name"]] = field.attrs["value"] if is_choice else some[pick % len(some)]
    at = form.attrs.get("data-set", form.attrs.get("data-at", ""))
    return browser.send(form.attrs.get("data-do", "set"), at, values)


@pytest.mark.long
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_anything_two_people_do(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory, content: Content
) -> None:
    """Every event is done or refused, what is on screen is what is in the file, and it fits its content."""
    open_ = opener(tmp_path_factory.mktemp("any"), content)
    sari, budi = two(open_, made_case(content))
    for _ in range(data.draw(st.integers(1, 8))):
        one = data.draw(st.sampled_from([sari, sari, budi]))
        _act(one, data)
        one.send("look")
        check_assessment(one.value, content)
        assert load_assessment(one.form.sitting.path, content) == one.value
        assert not one.form.view["unsaved"]
        assert not one.page.all("img", "script")


def test_two_views_of_one_role_are_a_clash_and_of_two_are_none(open_: Opener, content: Content) -> None:
    """What a nurse would rate, told otherwise by two: both are shown in words; a director stands beside."""
    sari, budi = two(open_, blank(content).answer("inform-1", P))
    sari.send("add-opinion", "answers/inform-1", {"who": "nurse", "rating": "N"})
    budi.send("add-opinion", "answers/inform-1", {"who": "director", "rating": "F"})
    sari.send("look")
    assert [one.who for one in sari.value.answer_to("inform-1").opinions] == ["nurse", "director"]
    sari.send("set", "answers/inform-1/nurse", {"rating": "P"})
    budi.send("set", "answers/inform-1/nurse", {"rating": "L"})
    (clash,) = budi.page.all("section", class_="cx-alert cx-clash")
    voice = Voice(content, "en")
    for told in (voice.say("form-opinions"), voice.rating("P"), voice.rating("L")):
        assert told in clash.text
