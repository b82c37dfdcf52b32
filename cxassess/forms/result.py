"""The result's page: where the company stands so far, and the consultant's own words about it."""

from __future__ import annotations

from cxassess.chapters import CHAPTERS, cover, levels, summary, why_not
from cxassess.charts import pyramid
from cxassess.document.assessment import Assessment
from cxassess.document.changes import places, put
from cxassess.document.shapes import Place
from cxassess.forms.page import Page
from cxassess.interview.entries import Edited, Values, noted
from cxassess.page.blocks import Part
from cxassess.text import Html


class ResultPage(Page):
    """The result of the answers so far, as the report will show it."""

    name = "result"
    holds = ("commentary",)
    is_for_clients = False

    # The chapters of a report that begin with the consultant's own words.
    chapters = tuple(chapter.key for chapter in CHAPTERS if chapter.commentary)

    def why_draft(self) -> str:
        """What is missing as yet; empty where nothing is."""
        return cover.why_draft(self.card, self.voice) if self.card.draft else ""

    def verdicts(self) -> Html:
        """The three results, and what one must know with them."""
        return Part(summary.verdicts(self.card, self.voice), *summary.further(self.card, self.voice)).html()

    def drawing(self) -> Html:
        """The pyramid, its figures level by level, and why not the next level."""
        card, voice = self.card, self.voice
        chart, table = pyramid.chart(card, voice), levels.table(card, voice)
        return Html(f"{chart.html()}{table.html()}{why_not.CHAPTER.part(card, voice).html()}")

    @classmethod
    def set(cls, at: Place, values: Values, assessment: Assessment) -> Edited:
        """With the words about a chapter."""
        new = noted(places(assessment).get(at), "note", values, assessment.profile.working_language)
        return Edited(put(assessment, {at: new}))
