"""The interactive assessment: one page at a time; one event, one new assessment, one save."""

from cxassess.forms.widget import AssessmentForm

__all__ = ["AssessmentForm"]
