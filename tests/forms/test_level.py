"""A level's page: what speaks against it, and its core question."""

from pathlib import Path

from kit.answers import L
from kit.form import Opener, made_case, page_of
from kit.made import blank

from cxassess.content.reading import Content
from cxassess.content.voice import Voice
from cxassess.document.assessmentfile import load_assessment


def test_a_contradiction_is_shown_where_it_arises(content: Content) -> None:
    """On its level and under its mistake: why, what it caps, and the ways out."""
    case = made_case(content)
    because = next(link.because.en for link in content.mistake("hard-to-use").contradicts)
    on_level = page_of(case, content, "inform").all(id="cx-contradiction-hard-to-use-inform")[0]
    for words in (
        content.mistake("hard-to-use").name.en,
        "3 – systemic",
        "claimed at L",
        because,
        "50%",
        Voice(content, "en").say("form-ways-out"),
    ):
        assert words in on_level.text
    assert [b.attrs["data-at"] for b in on_level.all("button")] == ["mistakes/cx-mistakes-hard-to-use"]
    mistakes = page_of(case, content, "mistakes")
    on_mistake = mistakes.all(id="cx-contradiction-hard-to-use-inform")[0]
    assert any(node.attrs.get("id") == "cx-mistakes-hard-to-use" for node in on_mistake.above)
    for words in (
        "1. Relevant information",
        "claimed at L",
        because,
        "50%",
        Voice(content, "en").say("form-ways-out"),
    ):
        assert words in on_mistake.text
    assert on_mistake.all("button", data_do="go", data_at="inform")
    assert on_mistake.all("form", data_do="set", data_at="exceptions/hard-to-use/inform")
    assert {
        node.attrs["id"] for node in mistakes.all("div") if "cx-contradiction" in node.attrs.get("class", "")
    } == {
        f"cx-contradiction-{pair}"
        for pair in ("impersonal-service-anticipate", "silos-resolve", "silos-respond", "hard-to-use-inform")
    }
    storeys = page_of(case, content, "profile").all("ul", class_="cx-storeys")[0].all("button")
    told = {b.attrs["data-at"] for b in storeys if "contradicted" in b.text}
    assert {"inform", "respond"} <= told
    assert not {"predict", "elevate"} & told


def test_a_core_question_always_applies(open_: Opener, content: Content, file: Path) -> None:
    """Not applicable is not offered; sent all the same it is refused in words, and work goes on."""
    browser = open_(blank(content))
    browser.go("inform")
    core = browser.the_form("answers/inform-3")
    assert not core.all("input", value="not-applicable")
    assert Voice(content, "en").say("form-core-hint") in core.text
    assert browser.the_form("answers/inform-1").all("input", value="not-applicable")
    values = {"choice": "not-applicable", "reason": "not-offered", "note.id": "n"}
    browser.send("set", "answers/inform-3", values)
    assert "core question" in browser.told
    browser.fill("answers/inform-1", choice="L")
    assert load_assessment(file, content).answers == {"inform-1": L}
