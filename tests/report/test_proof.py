"""The proof page: nothing is left out."""

from html import unescape

from cxassess.content.reading import Content
from cxassess.report.proof import proof_page, texts_of


def test_every_text_of_every_file_is_on_the_page(content: Content) -> None:
    """Both languages, each text, each in its language."""
    page = unescape(proof_page(content))
    texts = [text for part in type(content).model_fields for _, text in texts_of(getattr(content, part))]
    assert len(texts) > 1_000
    for text in texts:
        assert text.id in page
        assert f'<p lang="en">{text.en}</p>' in page


def test_places_are_unique(content: Content) -> None:
    """A correction noted on paper is found again in the files."""
    for part in type(content).model_fields:
        places = [place for place, _ in texts_of(getattr(content, part))]
        assert len(set(places)) == len(places), part
