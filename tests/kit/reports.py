"""What a batch makes of an assessment, without rendering it."""

from pathlib import Path
from typing import Any

from cxassess.content.reading import Content
from cxassess.document.assessment import Assessment, Profile, Unit
from cxassess.pyramid.scoring import score
from cxassess.report.rendering import Report, report_name
from cxassess.text import Lang
from kit.made import blank


def reports_of(
    file: Path, assessment: Assessment, content: Content, *, edited: Lang | None = None
) -> list[Report]:
    """What a batch makes of one assessment, without rendering it."""
    card = score(assessment, content, on=assessment.on)
    return [
        Report(
            file, lang, card, Path("out", f"{report_name(assessment, lang)}.ipynb"), (), 1.0, edited=lang == edited
        )
        for lang in assessment.profile.report_languages
    ]


def named(content: Content, organisation: str, **profile: Any) -> list[Report]:
    """The reports of a company that answered nothing."""
    about = Profile(organisation=organisation, **{"unit": Unit(kind="company"), **profile})
    return reports_of(Path(f"{organisation}.json"), blank(content, profile=about), content)
