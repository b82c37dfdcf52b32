"""How the result came about, and the further figures."""

from kit.made import ON, rated

from cxassess.chapters import method, summary
from cxassess.charts import pyramid
from cxassess.content.reading import Content
from cxassess.content.voice import Voice
from cxassess.document.answers import Answer
from cxassess.page.prose import texts_of
from cxassess.pyramid.scoring import score


def test_at_least_wherever_a_level_is_named(content: Content) -> None:
    """The pyramid's description and the worth of a not-applicable answer say "at least", too."""
    assessment = rated(content, "FFFFFF")
    for n in (1, 2):
        assessment = assessment.answer(f"respond-{n}", Answer(state="unknown"))
    dropped = Answer(state="not-applicable", reason="not-offered", note="x")
    card = score(assessment.answer("respond-4", dropped), content, on=ON)
    assert "Claimed: ≥ 2. Consistent: ≥ 2." in pyramid.describe(card, Voice(content, "en"))
    said = "".join(texts_of(method.CHAPTER.part(card, Voice(content, "en")).blocks))
    assert "Even rated N, this level would not be rated." in said
    assert "weak base" not in summary.CHAPTER.part(card, Voice(content, "en")).html()


def test_one_answer_left_out_is_told_as_one(content: Content) -> None:
    """ "an answer", "answers"; what the level would be, rated N instead, is said of both."""
    dropped = Answer(state="not-applicable", reason="not-offered", note="x")
    one = rated(content, "FFFFFF").answer("respond-4", dropped)
    for assessment, wanted in (
        (one, "Level 3 holds an answer “Not applicable” (“"),
        (one.answer("respond-3", dropped), "Level 3 holds answers “Not applicable” (“"),
    ):
        card = score(assessment, content, on=ON)
        (said,) = [text for text in texts_of(method.blocks(card, Voice(content, "en"))) if "Level 3" in text]
        assert said.startswith(wanted)
        assert "Rated N instead, this level would be at " in said
