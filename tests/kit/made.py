"""Random assessments for properties: any answers, evidence, severities and exceptions the documents allow."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from hypothesis import strategies as st
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook, new_output

from cxassess.chapters import CHAPTERS, Manuscript
from cxassess.content.reading import Content
from cxassess.content.voice import Voice
from cxassess.document.answers import Answer, Evidence, EvidenceLink, Exemption, Judgement, Sample
from cxassess.document.assessment import Assessment, ContentVersion, Profile, Unit
from cxassess.pyramid.scoring import score
from cxassess.report.edition import Edition, imprint_for
from cxassess.text import Lang

ON = date(2026, 3, 31)


def blank(content: Content, **fields: object) -> Assessment:
    """An assessment with nothing answered."""
    version = ContentVersion(model=content.model.key, version=content.model.version)
    profile = Profile(organisation="Acme", unit=Unit(kind="company"))
    return Assessment(content=version, on=ON, profile=profile).replaced(**fields)


def rated(content: Content, ratings: str) -> Assessment:
    """Every question rated, a letter a level, and no mistake found."""
    level = content.level_keys.index
    answers = {q.key: Answer(state="rated", rating=ratings[level(q.level)]) for q in content.questions}
    none = {mistake.key: Judgement(severity=0) for mistake in content.mistakes}
    return blank(content, answers=answers, mistakes=none)


def records(content: Content) -> tuple[Evidence, ...]:
    """One current and one expired piece of evidence of every kind."""
    made = []
    for kind in content.evidence_kinds.values():
        for day in (ON - timedelta(days=10), ON - timedelta(days=kind.days + 1)):
            made.append(Evidence(key=f"E-{len(made) + 1:02d}", kind=kind.key, source="file", on=day))
    return tuple(made)


def answers(content: Content, *, core: bool) -> list[Answer]:
    """Every answer worth drawing: mostly rated, with strong, weak, expired or no evidence for any rating."""
    keys = [record.key for record in records(content)]
    sampled = [(EvidenceLink(evidence=key, sample=Sample(k=22, n=30)),) for key in keys]
    proofs = [(), *sampled] + [(EvidenceLink(evidence=key, supports=rating),) for key in keys for rating in "NPLF"]
    proofs += [(EvidenceLink(evidence=key),) for key in keys]  # they say nothing yet
    made = [Answer(state="rated", rating=rating, evidence=proof) for rating in "NPLF" for proof in proofs]
    others = [Answer(state="unknown"), Answer(state="unanswered")]
    if not core:
        others.append(Answer(state="not-applicable", reason="not-offered", note="none"))
    return made + others * (len(made) // 12)


@st.composite
def assessments(draw: st.DrawFn, content: Content) -> Assessment:
    """Any assessment of a content, as of ON. Few draws, for each costs hypothesis more than scoring does."""
    pools = {core: answers(content, core=core) for core in (True, False)}
    picks = draw(st.lists(st.integers(0, 10**6), min_size=len(content.questions), max_size=len(content.questions)))
    given = {
        question.key: pools[question.core][pick % len(pools[question.core])]
        for question, pick in zip(content.questions, picks, strict=True)
    }
    size = len(content.mistakes)
    severities = draw(st.lists(st.sampled_from([None, 0, 1, 2, 3]), min_size=size, max_size=size))
    judged = {
        mistake.key: Judgement(severity=severity)
        for mistake, severity in zip(content.mistakes, severities, strict=True)
        if severity is not None
    }
    pairs = [(mistake.key, link.level) for mistake in content.mistakes for link in mistake.contradicts]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=3))
    proof = draw(st.sampled_from([record.key for record in records(content)]))
    exceptions = tuple(Exemption(mistake=m, level=level, reason="r", evidence=(proof,)) for m, level in chosen)
    heavy = draw(st.dictionaries(st.sampled_from(list(given)), st.sampled_from(["0.5", "3", "7.25"]), max_size=4))
    weights = {key: Decimal(weight) for key, weight in heavy.items()}
    assessment = blank(content, evidence=records(content), mistakes=judged, exceptions=exceptions, weights=weights)
    return assessment.replaced(answers=given)


def report_notebook(assessment: Assessment, content: Content, *, lang: Lang, **told: object) -> NotebookNode:
    """What running the report template gives, without a kernel."""
    card = score(assessment, content, on=assessment.on)
    manuscript = Manuscript(card, Voice(content, lang))
    chapters = [manuscript.chapter(chapter.key) for chapter in CHAPTERS]
    parts = [manuscript.cover(), *chapters, manuscript.glossary()]
    cells = [
        new_code_cell(outputs=[new_output("execute_result", data=part._repr_mimebundle_())]) for part in parts
    ]
    imprint = imprint_for(card, Edition(content, Path()), lang=lang, sha256="0" * 64).model_dump(mode="json")
    return new_notebook(cells=cells, metadata={"cxassess": imprint | told})
