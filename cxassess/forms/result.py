"""The result's page: where the company stands so far, and the consultant's own words about it."""

from __future__ import annotations

from typing import get_args

from cxassess.chapters import advice as tables
from cxassess.chapters import profile as sections
from cxassess.chapters import summary
from cxassess.document.assessment import Assessment, Section
from cxassess.document.changes import Place, places, put
from cxassess.forms.entries import Edited, Values, noted
from cxassess.forms.page import Page
from cxassess.page.blocks import Part
from cxassess.text import Html


class ResultPage(Page):
    """The result of the answers so far, as the report will show it."""

    name = "result"
    holds = ("commentary",)
    is_for_clients = False

    # The chapters of a report that begin with the consultant's own words.
    chapters = get_args(Section)

    def verdicts(self) -> Html:
        """The three results, and what one must know with them."""
        return Part(summary.verdicts(self.card, self.voice), *summary.further(self.card, self.voice)).html()

    def drawing(self) -> Html:
        """The pyramid, its figures level by level, and why not the next level."""
        card, voice = self.card, self.voice
        pyramid, table = sections.pyramid(card, voice), tables.levels(card, voice)
        return Html(f"{pyramid.html()}{table.html()}{sections.why_not(card, voice).html()}")

    @classmethod
    def set(cls, at: Place, values: Values, assessment: Assessment) -> Edited:
        """With the words about a chapter."""
        new = noted(places(assessment).get(at), "note", values, assessment.profile.working_language)
        return Edited(put(assessment, {at: new}))
