"""Reports as they are written, without a kernel: every part of one, in the order of its notebook."""

from functools import cache

from cxassess.chapters import CHAPTERS, Manuscript
from cxassess.content.reading import Content, load_content
from cxassess.content.voice import Voice
from cxassess.document.assessment import Assessment
from cxassess.document.assessmentfile import load_assessment
from cxassess.page.blocks import Chart, Part
from cxassess.places import examples_dir
from cxassess.pyramid.scoring import score
from cxassess.text import Lang
from kit.made import ON

EXAMPLES = sorted(file.stem for file in examples_dir().glob("*.json"))


def manuscript(assessment: Assessment, content: Content, lang: Lang = "en") -> Manuscript:
    return Manuscript(score(assessment, content, on=ON), Voice(content, lang))


def parts(assessment: Assessment, content: Content, lang: Lang = "en") -> list[Part]:
    """Cover, chapters and glossary."""
    made = manuscript(assessment, content, lang)
    return [made.cover(), *(made.chapter(chapter.key) for chapter in CHAPTERS), made.glossary()]


def html(parts: list[Part]) -> str:
    return "".join(part.html() for part in parts)


def charts(parts: list[Part]) -> list[Chart]:
    return [block for part in parts for block in part.blocks if isinstance(block, Chart)]


@cache
def example(name: str, lang: Lang) -> list[Part]:
    """The parts of an example; drawing them is slow, so each only once."""
    content = load_content()
    return parts(load_assessment(examples_dir() / f"{name}.json", content), content, lang)
