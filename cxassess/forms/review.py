"""The review's page: what is still open, what does not fit, what is not proved, on all pages."""

from __future__ import annotations

from cxassess.forms.page import Lists, Page, Spot


class ReviewPage(Page):
    """What to look at again before one finishes."""

    name = "review"
    is_for_clients = False

    def lists(self) -> list[tuple[str, list[Spot]]]:
        """First what is open, page by page, then what is not settled, then what lacks proof; no empty list.

        A list is a word and its entries. Pages that call theirs the same share one.
        """
        joined: dict[str, list[Spot]] = {}
        for lists in (*self._gaps(), *self._doubts(), *self._unproved()):
            for word, spots in lists.items():
                joined.setdefault(word, []).extend(spots)
        return [(word, spots) for word, spots in joined.items() if spots]

    def _gaps(self) -> list[Lists]:
        return [{page.gaps_word: page.gaps} for page in self.book.pages]

    def _doubts(self) -> list[Lists]:
        return [page.doubts() for page in self.book.pages]

    def _unproved(self) -> list[Lists]:
        return [page.unproved() for page in self.book.pages]
