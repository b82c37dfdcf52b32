"""The interactive assessment: pages built when first shown; one event, one new assessment, one save."""

from cxassess.forms.widget import AssessmentForm

__all__ = ["AssessmentForm"]
