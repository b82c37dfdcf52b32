"""What a print run is: content, folder, brand and manner; and the imprint that each report of it carries."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cxassess.content.reading import Content
from cxassess.content.voice import Voice
from cxassess.document.assessment import Profile
from cxassess.page.brand import Brand
from cxassess.page.imprint import FORMATS, Client, Format, Imprint, Outcome, PageWords, Reached, Sources
from cxassess.pyramid.scorecard import Result, Scorecard
from cxassess.text import LANGS, Lang


@dataclass(frozen=True)
class Edition:
    """What all reports of one run have in common, handed whole from the command line to the page.

    Reports are in `lang`, or, without it, in the languages that each profile asks for. `interactive` makes the
    charts of pages answer to the pointer, `formats` are what is made of each notebook; by `force` even a report
    notebook that a person edited is rendered anew, and what was written into it is lost.

    >>> from cxassess.content.reading import load_content
    >>> Edition(load_content(), Path("reports")).brand is None
    True
    """

    content: Content
    folder: Path
    brand: Brand | None = None
    lang: Lang | None = None
    interactive: bool = False
    formats: tuple[Format, ...] = FORMATS
    force: bool = False

    def languages_for(self, profile: Profile) -> tuple[Lang, ...]:
        """The languages in which a company gets its reports."""
        return (self.lang,) if self.lang else profile.report_languages


def client_of(profile: Profile, content: Content) -> Client:
    """Whom a report is about, as far as its page and the index of a batch name them."""
    return Client(
        organisation=profile.organisation,
        unit_kind=profile.unit.kind,
        unit_name=profile.unit.name or "",
        group=profile.group,
        trade=_trade(profile, content),
    )


def _trade(profile: Profile, content: Content) -> dict[Lang, str]:
    """The trade in words, by language: as it was typed, else as the content names it."""
    if isinstance(profile.trade_text, str):
        return {profile.working_language: profile.trade_text}
    if profile.trade_text:
        return profile.trade_text
    names = {trade.key: trade.name for trade in content.journey.trades}
    if profile.trade not in names:
        return {}
    return {lang: names[profile.trade].in_(lang) for lang in LANGS}


def imprint_for(card: Scorecard, edition: Edition, *, lang: Lang, sha256: str, file: str = "") -> Imprint:
    """The imprint of the report on a scorecard; `sha256` is the hash of the assessment file, in hexadecimals.

    `file` is what that file is called, as seen from the folder of the reports.

    Its `digest` is known only once the notebook has run.
    """
    assessment, content, voice = card.assessment, edition.content, Voice(edition.content, lang)
    return Imprint(
        lang=lang,
        title=f"{assessment.profile.organisation} · {voice.say('report-title')}",
        words=PageWords.of(content.words, lang=lang),
        on=assessment.on,
        client=client_of(assessment.profile, content),
        outcome=_outcome(card),
        sources=Sources(
            assessment=sha256,
            file=file,
            content=content.sha256,
            model=content.model.key,
            version=content.model.version,
        ),
        interactive=edition.interactive,
        formats=edition.formats,
        brand=edition.brand,
    )


def _outcome(card: Scorecard) -> Outcome:
    return Outcome(
        claimed=_reached(card.claimed),
        consistent=_reached(card.consistent),
        verified=_reached(card.verified),
        letters=tuple(level.letter for level in card.claimed.levels),
        draft=card.draft,
    )


def _reached(result: Result) -> Reached:
    return Reached(attained=result.attained, at_least=bool(result.not_rated_at), shown=result.shown)
