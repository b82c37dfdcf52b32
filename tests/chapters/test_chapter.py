"""What a chapter is, with the consultant first."""

import pytest
from kit.made import ON, blank

from cxassess.chapters import CHAPTERS
from cxassess.chapters.chapter import Chapter, everywhere, evidence_keys, typed_line, typed_note
from cxassess.content.reading import Content
from cxassess.content.voice import Voice
from cxassess.document.assessmentfile import load_assessment
from cxassess.document.checking import check_assessment
from cxassess.document.upgrades import CHAPTERS_OF_1
from cxassess.page.blocks import Commentary, Heading, Part
from cxassess.places import examples_dir
from cxassess.pyramid.scoring import score


def test_commentary_comes_first(content: Content) -> None:
    """In each chapter that takes it, the consultant's paragraphs stand before what was computed."""
    chapters = {chapter.key: chapter for chapter in CHAPTERS if chapter.commentary}
    said = {key: f"Our view of {key}.\n\nAnd more." for key in chapters}
    assessment = load_assessment(examples_dir() / "kopi-lereng.json", content)
    card = score(assessment.replaced(commentary=said), content, on=ON)
    for key, chapter in chapters.items():
        heading, first, *rest = chapter.part(card, Voice(content, "id")).blocks
        assert isinstance(heading, Heading) and heading.key == key
        assert isinstance(first, Commentary)
        assert [part.text for part in first.blocks] == [f"Our view of {key}.", "And more."]
        assert rest and not [block for block in rest if isinstance(block, Commentary)]


def test_the_other_language_is_marked(content: Content) -> None:
    """An Indonesian note in an English report says that it is Indonesian; none says nothing."""
    card, voice = score(blank(content), content, on=ON), Voice(content, "en")
    assert [part.html() for part in typed_note("Tumbuh\n\nLagi", card, voice)] == [
        '<p lang="id">Tumbuh</p>',
        '<p lang="id">Lagi</p>',
    ]
    assert typed_note({"id": "Tumbuh", "en": "Grow"}, card, voice)[0].html() == "<p>Grow</p>"
    assert typed_note(None, card, voice) == ()
    assert typed_line("Kafe", card, voice).html() == '<span lang="id">Kafe</span>'


def test_no_words_of_an_older_file_get_lost(content: Content) -> None:
    """Each chapter of format 1 has one that prints its text now, no two the same; none of today's is refused."""
    keys = {chapter.key for chapter in CHAPTERS if chapter.commentary}
    assert set(CHAPTERS_OF_1.values()) <= keys
    assert len(set(CHAPTERS_OF_1.values())) == len(CHAPTERS_OF_1)
    check_assessment(blank(content, commentary=dict.fromkeys(keys, "ours")), content)


def test_a_chapter_with_nothing_to_say_is_not_there(content: Content) -> None:
    """Then what it would say is never asked for, and its heading stands nowhere."""
    card, voice = score(blank(content), content, on=ON), Voice(content, "en")
    never = Chapter("summary", lambda card: False, lambda card, voice: pytest.fail("was asked"))
    assert never.part(card, voice) == Part()


def test_a_chapter_says_whether_it_begins_a_page(content: Content) -> None:
    """On paper; what print does with it is print's own."""
    card, voice = score(blank(content), content, on=ON), Voice(content, "en")
    for new_page in (False, True):
        one = Chapter("summary", everywhere, lambda card, voice: [], new_page=new_page)
        (heading,) = one.part(card, voice).blocks
        assert isinstance(heading, Heading) and heading.new_page == new_page


def test_evidence_is_named_once() -> None:
    """However many links lead to it; nothing stands where there is none."""
    (line,) = evidence_keys(["E-02", "E-01", "E-02"])
    assert line.text == "E-02, E-01"
    assert evidence_keys([]) == ()
