"""Why nothing could be saved, as a word of the form."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from cxassess.errors import AssessmentError


def unsaved(error: AssessmentError | OSError, path: Path) -> str:
    """The word for why a file could not be written."""
    number = error.errno if isinstance(error, OSError) else None
    if not os.path.isfile(path):  # noqa: PTH113 - Path.is_file raises where a drive is gone
        return "form-file-gone"
    if not os.access(path, os.W_OK):
        return "form-file-read-only"
    if number in (errno.ENOSPC, errno.EDQUOT):
        return "form-disk-full"
    return "form-file-held" if isinstance(error, PermissionError) else "form-unsaved-because"
