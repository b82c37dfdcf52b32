"""The review's page: what is still open, what does not fit, what is not proved, on all pages."""

from __future__ import annotations

from cxassess.forms.page import Page, Spot


class ReviewPage(Page):
    """What to look at again before one finishes."""

    name = "review"
    is_for_clients = False

    def lists(self) -> list[tuple[str, list[Spot]]]:
        """First what is open, page by page, then what is not settled, then what lacks proof; no empty list.

        A list is a word and its entries. Pages that call theirs the same share one.
        """
        pages = self.book.pages
        found: dict[str, list[Spot]] = {}
        for lists in (
            *({page.gaps_word: page.gaps} for page in pages),
            *(page.doubts() for page in pages),
            *(page.unproved() for page in pages),
        ):
            for word, spots in lists.items():
                found.setdefault(word, []).extend(spots)
        return [(word, spots) for word, spots in found.items() if spots]
