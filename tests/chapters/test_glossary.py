"""The terms a report explains."""

from cxassess.chapters import glossary
from cxassess.content.reading import Content
from cxassess.content.voice import Voice
from cxassess.text import LANGS


def found(content: Content, *texts: str) -> list[str]:
    return [term.key for term in glossary.terms_in(texts, Voice(content, "en"))]


def test_part_of_a_word_is_no_term(content: Content) -> None:
    """ "need" is not explained because of "needed"; capitals and punctuation hide nothing."""
    assert found(content, "It is needed") == []
    assert found(content, "It Needed:", "CES.") == ["ces"]
    assert found(content, "A NEED, unmet") == ["need"]


def test_terms_stand_in_the_order_of_the_alphabet(content: Content) -> None:
    """Of the readers' alphabet, whatever the order of the file; each with its meaning."""
    for lang in LANGS:
        rows = glossary.glossary(reversed(content.terms), Voice(content, lang)).rows
        names = [name for name, _ in rows]
        assert names == sorted(names, key=str.casefold)
        meanings = {term.term.in_(lang): term.meaning.in_(lang) for term in content.terms}
        assert {name: value[0].text for name, value in rows} == meanings
