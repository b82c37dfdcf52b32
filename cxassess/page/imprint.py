"""The imprint of an output: whose it is, of when, in which language and look, and what it was made of."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from cxassess.content.model import LEVELS, Rating, Word, WordsFile
from cxassess.errors import Problem, ReportError, validation_problems
from cxassess.page.brand import Brand
from cxassess.places import content_dir
from cxassess.text import Lang, known_as
from cxassess.yamlfile import scan_yaml

if TYPE_CHECKING:
    from nbformat import NotebookNode

FORMAT = 1
# Where a notebook keeps its imprint.
_PLACE = "metadata.cxassess"

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


# What is made of a report notebook: a page and a PDF.
Format = Literal["html", "pdf"]
FORMATS: tuple[Format, ...] = get_args(Format)


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class PageWords(_Frozen):
    """What page and print say of themselves, in one language; {placeholders} are still to be filled."""

    skip: str
    by: str
    contents: str
    lost: str
    letters: str
    picture: str
    raw_cell: str
    table: str
    html: str

    @classmethod
    def of(cls, words: Mapping[str, Word], *, lang: Lang) -> PageWords:
        """These words from all the words of a content."""
        return cls(
            skip=words["skip-link"].in_(lang),
            by=words["pdf-by"].in_(lang),
            contents=words["pdf-contents"].in_(lang),
            lost=words["pdf-lost"].in_(lang),
            letters=words["pdf-letters"].in_(lang),
            picture=words["pdf-picture"].in_(lang),
            raw_cell=words["pdf-raw-cell"].in_(lang),
            table=words["pdf-table"].in_(lang),
            html=words["pdf-html"].in_(lang),
        )


class Client(_Frozen):
    """Whom a report is about; `trade` as it was typed, by language."""

    organisation: str
    unit_kind: str
    unit_name: str = ""
    group: tuple[str, ...] = ()
    trade: dict[Lang, str] = Field(default_factory=dict)

    @property
    def unit(self) -> tuple[str, str, str]:
        """Which part of which organisation: what one report must not be taken for another's by."""
        return self.organisation, self.unit_kind, self.unit_name

    @property
    def known_unit(self) -> tuple[str, str, str]:
        """The same, whatever capitals, blanks and punctuation the names were typed with."""
        return known_as(self.organisation), self.unit_kind, known_as(self.unit_name)


class Reached(_Frozen):
    """One result: the level attained (0 to 6), whether it is "at least" that, and how it is printed ("≥ 2")."""

    attained: int = Field(ge=0, le=LEVELS)
    at_least: bool
    shown: str


class Outcome(_Frozen):
    """What came of an assessment: three results, the letters of the claimed levels (base first), draft or not."""

    claimed: Reached
    consistent: Reached
    verified: Reached
    letters: tuple[Rating | None, ...] = Field(min_length=LEVELS, max_length=LEVELS)
    draft: bool

    @property
    def results(self) -> dict[str, Reached]:
        """The three results by name."""
        return {"claimed": self.claimed, "consistent": self.consistent, "verified": self.verified}


class Sources(_Frozen):
    """What a report was made of: hashes of its assessment file and of all content, and the version of that.

    `file` is that file as seen from the report's folder; empty in reports of a time before this was kept.
    """

    assessment: Sha256
    file: str = ""
    content: Sha256
    model: str
    version: str


class CellPrint(_Frozen):
    """What a cell of the template held and showed when a report was rendered, as hashes; "" if it was not run."""

    source: Sha256
    shown: str = ""


class Imprint(_Frozen):
    """What an output carries of itself, in `metadata.cxassess` of its notebook.

    Page, PDF and the index of a batch are made from it, without content and without the assessment. What belongs
    to a report alone (`on`, `client`, `outcome`, `sources`) is None on other pages; the last two are None in
    notebooks of a time before imprints, too. `digest` is the hash of what a reader saw when the report was
    rendered, empty where that is not known or a person's cells are in it. `cells` are the template's by their ids,
    `interactive`: the page's charts answer to the pointer; `formats` are what was made of the notebook.

    >>> Imprint.model_validate(bare_imprint().model_dump(mode="json")) == bare_imprint()
    True
    """

    format: Literal[1] = 1
    lang: Lang
    title: str
    words: PageWords
    on: date | None = None
    client: Client | None = None
    outcome: Outcome | None = None
    sources: Sources | None = None
    digest: str = ""
    cells: dict[str, CellPrint] = Field(default_factory=dict)
    interactive: bool = False
    formats: tuple[Format, ...] = FORMATS
    brand: Brand | None = None

    @property
    def assessment_key(self) -> tuple[str, ...]:
        """Which assessment this is of: the same for its reports in all languages, for no other in a folder."""
        unit = self.client.unit if self.client else ()
        return (*unit, self.on.isoformat() if self.on else "")


def bare_imprint(*, lang: Lang = "en", title: str = "cxassess") -> Imprint:
    """The imprint of a notebook that carries none: nobody's, in the shipped words."""
    return Imprint(lang=lang, title=title, words=_shipped_words(lang))


def imprint_of(notebook: NotebookNode, *, name: str = "the notebook") -> Imprint:
    """The imprint that a notebook carries; a bare English one where it carries none.

    Raises ReportError with everything in it that is damaged, or where a newer cxassess wrote it; `name` is what
    the notebook is called there.
    """
    if "cxassess" not in notebook.metadata:
        return bare_imprint()
    kept = notebook.metadata["cxassess"]
    if isinstance(kept, dict):
        kept = kept if "format" in kept else _numbered(kept)
        given = kept["format"]
        if isinstance(given, int) and given > FORMAT:
            problem = Problem(name, "problem-newer", given=given, ours=FORMAT)
            raise ReportError("problem-nothing-written", [problem])
    try:
        # By way of JSON, so that dates may be texts, but nothing else is taken for what it is not.
        return Imprint.model_validate_json(json.dumps(kept), strict=True)
    except ValidationError as error:
        problems = validation_problems(error, lambda place: f"{name} {'.'.join([_PLACE, *map(str, place)])}")
        advice = Problem(name, "problem-notebook-damaged", option="--force", brand="--brand")
        raise ReportError("problem-nothing-written", [*problems, advice]) from error


def _numbered(kept: Mapping[str, Any]) -> dict[str, Any]:
    """The metadata of a time before imprints had a format; what it lacks is as the shipped words say."""
    bare = bare_imprint(lang="id" if kept.get("lang") == "id" else "en").model_dump(mode="json")
    same = ("lang", "title", "on", "digest", "interactive", "brand")
    imprint = bare | {name: kept[name] for name in same if name in kept}
    words = kept.get("words", {})
    if isinstance(words, dict):
        skip = {"skip": kept["skip"]} if "skip" in kept else {}
        words = {**bare["words"], **skip, **words}
    imprint["words"] = words
    whose = kept.get("whose")
    if isinstance(whose, list) and len(whose) == 3:
        imprint["client"] = dict(zip(("organisation", "unit_kind", "unit_name"), whose, strict=True))
    return imprint


@cache
def _shipped_words(lang: Lang) -> PageWords:
    sheet, _ = scan_yaml(content_dir() / "words" / "report.yaml")
    return PageWords.of(WordsFile.model_validate(sheet.data).words, lang=lang)
