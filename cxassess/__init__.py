"""Place a company on a six-level customer-experience pyramid, and say so honestly in two languages.

>>> from cxassess import load_assessment, load_content, score
>>> from cxassess.places import examples_dir
>>> content = load_content()
>>> assessment = load_assessment(examples_dir() / "kopi-lereng.json", content)
>>> card = score(assessment, content, on=assessment.on)
>>> card.claimed.attained >= card.consistent.attained >= card.verified.attained
True
"""

from cxassess.content.reading import Content, load_content
from cxassess.document.answers import Answer, Evidence, Judgement
from cxassess.document.assessment import Assessment
from cxassess.document.assessmentfile import load_assessment, new_assessment, save_assessment
from cxassess.errors import AssessmentError, ContentError, CxError, Problem, ReportError
from cxassess.pyramid.scorecard import Scorecard
from cxassess.pyramid.scoring import score

__version__ = "0.1.0"

__all__ = [
    "Answer",
    "Assessment",
    "AssessmentError",
    "Content",
    "ContentError",
    "CxError",
    "Evidence",
    "Judgement",
    "Problem",
    "ReportError",
    "Scorecard",
    "load_assessment",
    "load_content",
    "new_assessment",
    "save_assessment",
    "score",
]
