"""What a batch makes of an assessment, without rendering it."""

from pathlib import Path
from typing import Any

from nbformat.v4 import new_markdown_cell, new_notebook

from cxassess.batch.listing import Listed
from cxassess.content.reading import Content
from cxassess.document.assessment import Assessment, Profile, Unit
from cxassess.page.imprint import Imprint
from cxassess.pyramid.scoring import score
from cxassess.report.edition import Edition, imprint_for
from cxassess.report.notebookfile import digest_of, notebook_bytes
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


def imprint_on(report: Report, content: Content) -> Imprint:
    """The imprint that a report carries."""
    return imprint_for(report.card, Edition(content, Path("out")), lang=report.lang, sha256="0" * 64)


def listed_of(report: Report, content: Content) -> Listed:
    """A report as an index lists it, read from no notebook."""
    imprint = imprint_on(report, content)
    assert imprint.client and imprint.on and imprint.outcome
    return Listed(report.notebook, imprint, imprint.client, imprint.on, imprint.outcome, report.edited)


def stood(folder: Path, report: Report, content: Content) -> Path:
    """Put a report into a folder: a small notebook with its whole imprint, an empty page, an empty PDF."""
    node = new_notebook(cells=[new_markdown_cell("# A report\n\nof two paragraphs", id="one")])
    imprint = imprint_on(report, content).model_copy(update={"digest": digest_of(node)})
    node.metadata["cxassess"] = imprint.model_dump(mode="json")
    notebook = folder / report.notebook.name
    notebook.write_bytes(notebook_bytes(node))
    for ending in (".html", ".pdf"):
        notebook.with_suffix(ending).touch()
    return notebook
