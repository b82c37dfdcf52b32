"""The review: a list for everything that is open, does not fit or is not proved."""

from kit.answers import PAPER, L, proved
from kit.form import made_case, page_of
from kit.made import ON, blank, rated

from cxassess.content.reading import Content
from cxassess.content.voice import Voice


def test_review(content: Content) -> None:
    """A list for everything that is open, does not fit or is not proved, with the ways there."""
    page = page_of(made_case(content), content, "review")
    lists = {
        section.attrs["id"].removeprefix("cx-"): [b.attrs["data-at"] for b in section.all("button")]
        for section in page.all("section", class_="cx-review")
    }
    first, _, third, _ = (one.key for one in content.indicators)
    unproved = lists.pop("form-review-unproved")
    untranslated = lists.pop("form-review-untranslated-en")
    assert {name: [at.partition("/")[2] for at in found] for name, found in lists.items()} == {
        "form-review-profile": ["cx-profile-trade"],
        "missing-answers": ["cx-answers-elevate-2"],
        "missing-mistakes": ["cx-mistakes-rude-staff"],
        "form-review-indicators": [f"cx-indicators-{third}"],
        "form-review-unknown": ["cx-answers-elevate-1"],
        "form-review-contradictions": ["cx-mistakes-silos", "cx-mistakes-hard-to-use"],
        "form-review-tensions": [f"cx-indicators-{first}"],
        "form-review-partly": ["cx-answers-inform-4"],
        "form-review-undated": ["cx-evidence-E-02"],
        "form-review-unused": ["cx-evidence-E-03"],
    }
    assert len(unproved) == 26
    assert "translation/cx-translation-en-evidence-E-02-source" in untranslated
    assert not {"inform/cx-answers-inform-4", "inform/cx-answers-inform-5"} & set(unproved)
    counts = [int(node.text) for node in page.all("section") for node in node.all("span", class_="cx-count")]
    assert counts == [len(section.all("li")) for section in page.all("section", class_="cx-review")]
    (item,) = page.all("section", id="cx-form-review-partly")[0].all("li")
    assert item.text == f"1. {content.by_key['inform-4'].name.en}"


def test_review_of_a_finished_one(content: Content) -> None:
    """Says so, and has no list."""
    answers = {key: proved("E-01") for key in rated(content, "LLLLLL").answers}
    about = {"trade": "other", "size": "small", "objective": "b", "report_languages": ("id",)}
    profile = blank(content).profile.model_copy(update=about)
    indicators = {one.key: L for one in content.indicators}
    done = rated(content, "LLLLLL").replaced(
        answers=answers, indicators=indicators, evidence=(PAPER.model_copy(update={"on": ON}),), profile=profile
    )
    page = page_of(done, content, "review")
    assert Voice(content, "en").say("form-all-done") in page.text
    assert not page.all("section")
