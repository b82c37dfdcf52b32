"""Commands for assessments: new, check, score."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text as Styled

from cxassess.cli.options import (
    ContentDir,
    File,
    Files,
    On,
    UnitKind,
    UnitName,
    assessments_in,
    read_lang,
    read_unit,
)
from cxassess.cli.settings import Settings
from cxassess.cli.terminal import err, out, quoted, this_program
from cxassess.content.reading import Content
from cxassess.content.voice import Voice
from cxassess.document.assessment import Assessment, Unit
from cxassess.document.assessmentfile import load_assessment, new_assessment
from cxassess.errors import AssessmentError, CxError, Problem
from cxassess.files import slug
from cxassess.interview.attachments import lost
from cxassess.pyramid.scorecard import RESULTS, Scorecard
from cxassess.pyramid.scoring import score as score_of
from cxassess.series.siblings import refuse_doubtful
from cxassess.series.waves import new_wave
from cxassess.text import Lang

commands = typer.Typer()


@commands.command()
def new(
    organisation: Annotated[str, typer.Argument(help="Its name, as the report will print it.")] = "",
    folder: Annotated[
        Path | None, typer.Option("--dir", help="Where assessments live; else the workspace's.", metavar="DIR")
    ] = None,
    on: On = None,
    lang: Annotated[
        Lang | None, typer.Option("--lang", parser=read_lang, help="Working language: id or en.", metavar="LANG")
    ] = None,
    last: Annotated[
        Path | None,
        typer.Option("--from", help="Begin the next of its unit from this one, beside it.", metavar="FILE"),
    ] = None,
    unit: UnitName = None,
    unit_kind: UnitKind = None,
    keep_answers: Annotated[bool, typer.Option("--keep-answers", help="With --from: answered as there.")] = False,
    content_dir: ContentDir = None,
) -> None:
    """Begin an assessment: DIR/company/date.json, empty but for the profile; or the next after another."""
    if bool(organisation) == bool(last):
        problem = Problem("new", "problem-new-of-what", name="ORGANISATION", option="--from FILE")
        raise CxError("problem-nothing-to-do", [problem])
    settings = Settings(*filter(None, (last, folder)))
    day, content = on or date.today(), settings.content(content_dir)
    if last:
        part = _part_of(load_assessment(last, content), unit, unit_kind)
        file = new_wave(last, content, on=day, unit=part, keep_answers=keep_answers)
    else:
        file = settings.assessments(folder) / slug(organisation) / f"{day.isoformat()}.json"
        working = settings.lang(lang, default="id")
        new_assessment(file, content, organisation=organisation, on=day, working_language=working)
    settings.tell()
    out.print(Styled(str(file)))
    err.print(Styled(f"Next: {this_program()} app {quoted(file)}"))


def _part_of(old: Assessment, name: str | None, kind: str | None) -> Unit | None:
    """Another unit: of the kind named, else of the old one's, else an outlet; None without a name."""
    if name is None:
        return None
    kind = kind or old.profile.unit.kind
    return read_unit("outlet" if kind == "company" else kind, name)


@commands.command()
def check(files: Files, content_dir: ContentDir = None) -> None:
    """Check assessments: every problem with its line, whether another could be meant, and how far each one is."""
    paths, settings = assessments_in(files), Settings(*files)
    content = settings.content(content_dir)
    settings.tell()
    is_good = True
    for file in paths:
        try:
            assessment = load_assessment(file, content)
            refuse_doubtful(file, assessment)
        except AssessmentError as error:
            is_good = False
            err.print(Styled(str(error)))
        else:
            out.print(Styled(f"{file}: {_progress(assessment, content)}{_without_files(assessment, file)}"))
    if not is_good:
        raise typer.Exit(1)


def _progress(assessment: Assessment, content: Content) -> str:
    """How far an assessment is, and which of its evidence cannot prove anything."""
    card = score_of(assessment, content, on=assessment.on)
    asked, listed = len(content.questions), len(content.mistakes)
    answered, judged = asked - len(card.unanswered), listed - len(card.unjudged)
    line = f"good; {answered} of {asked} answered, {judged} of {listed} mistakes judged"
    idle = [
        one.key
        for one in assessment.evidence
        if one.validity(content.evidence_kinds[one.kind], on=assessment.on) in ("undated", "later")
    ]
    return f"{line}; no date, or one after {assessment.on}, so no proof: {', '.join(idle)}" if idle else line


def _without_files(assessment: Assessment, file: Path) -> str:
    """The attachments that are not where they belong."""
    gone = [f"{record.key} ({record.file})" for record in lost(assessment, file)]
    return f"; attachments not found: {', '.join(gone)}" if gone else ""


@commands.command()
def score(
    file: File,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
    on: On = None,
    lang: Annotated[
        Lang | None,
        typer.Option("--lang", parser=read_lang, help="Language of the table: id or en.", metavar="LANG"),
    ] = None,
    content_dir: ContentDir = None,
) -> None:
    """Show where an assessment stands: claimed, consistent, verified, level by level."""
    settings = Settings(file)
    content = settings.content(content_dir)
    settings.tell()
    assessment = load_assessment(file, content)
    card = score_of(assessment, content, on=on or assessment.on)
    if as_json:
        # Not through rich, which would wrap; ASCII, so that any console and any pipe takes it.
        sys.stdout.write(json.dumps(card.as_dict(), indent=2) + "\n")
        return
    out.print(_table(card, Voice(content, settings.lang(lang, default="en"))))


def _table(card: Scorecard, voice: Voice) -> Table:
    """Level by level, then the levels reached."""
    draft = f", {voice.say('draft').lower()}" if card.draft else ""
    table = Table(title=Styled(f"{card.assessment.profile.organisation}, {card.on.isoformat()}{draft}"))
    for word in ("level", *RESULTS):
        table.add_column(voice.say(word), justify="left" if word == "level" else "right")
    for index, level in reversed(list(enumerate(voice.content.levels))):
        levels = [result.levels[index] for result in card.results.values()]
        cells = [f"{one.achievement:.2f} {one.letter}" if one.rated else "–" for one in levels]
        table.add_row(f"{index + 1}. {voice.text(level.name)}", *cells)
    table.add_section()
    table.add_row(voice.say("level"), *(result.shown for result in card.results.values()))
    return table
