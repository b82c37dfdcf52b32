"""Where things are: the data folders of the repository or the wheel, and a copy of an example to work on."""

import shutil
import tempfile
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
# A copy of an example lies in a temporary folder of such a name.
_TRIAL = "cxassess-example-"


def share_root() -> Path:
    """The folder that holds content, notebooks, templates and examples.

    A wheel carries them in `cxassess/_share`; in a checkout they stand beside the package.
    """
    shipped = PACKAGE / "_share"
    return shipped if shipped.is_dir() else PACKAGE.parent


def content_dir() -> Path:
    """The shipped content."""
    return share_root() / "content"


def examples_dir() -> Path:
    """The shipped example companies."""
    return share_root() / "examples"


def templates_dir() -> Path:
    """The report notebook and its nbconvert theme."""
    return share_root() / "templates"


def notebooks_dir() -> Path:
    """The notebooks that people open."""
    return share_root() / "notebooks"


def open_or_example(file: str | Path, example: str = "kopi-lereng.json") -> Path:
    """The file asked for or, when none is, a copy of a shipped example in a temporary folder.

    So every notebook runs as it is and nobody overwrites a shipped example.

    >>> open_or_example("acme.json").name
    'acme.json'
    >>> open_or_example("").name
    'kopi-lereng.json'
    """
    return Path(file) if file else trial_of(examples_dir() / example)


def trial_of(example: Path) -> Path:
    """A copy of an example to try things on; it goes when the system tidies up.

    >>> is_trial(trial_of(examples_dir() / "kopi-lereng.json"))
    True
    """
    return Path(shutil.copy(example, tempfile.mkdtemp(prefix=_TRIAL)))


def is_trial(file: Path) -> bool:
    """Whether a file is such a copy: what is done to it is not kept."""
    return file.parent.name.startswith(_TRIAL)
