"""What a report says."""

from cxassess.chapters.manuscript import CHAPTERS, Manuscript

__all__ = ["CHAPTERS", "Manuscript"]
