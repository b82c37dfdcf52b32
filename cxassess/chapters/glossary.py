"""The terms of the field that a report uses, and what they mean."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cxassess.content.model import Term
from cxassess.content.voice import Voice
from cxassess.page.blocks import Facts, paragraph


def glossary(terms: Iterable[Term], voice: Voice) -> Facts:
    """Terms and their meanings, in the order of the alphabet."""
    ordered = sorted(terms, key=lambda term: voice.text(term.term).casefold())
    rows = ((voice.text(term.term), (paragraph(voice.text(term.meaning)),)) for term in ordered)
    return Facts(rows=tuple(rows))


def terms_in(texts: Iterable[str], voice: Voice) -> list[Term]:
    """The terms that stand in texts, as whole words, in capitals or not."""
    read = " ".join(texts)
    return [term for term in voice.content.terms if _stands_in(read, voice.text(term.term))]


def _stands_in(read: str, term: str) -> bool:
    return re.search(rf"\b{re.escape(term)}\b", read, re.IGNORECASE) is not None
