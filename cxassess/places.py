"""Where things are: the data folders of the repository or the wheel, safe file names, whole-or-nothing writing."""

import os
import re
import shutil
import tempfile
import unicodedata
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
# Windows refuses these as file names, whatever the extension.
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
_NAME_BYTES = 80
# mkstemp hides files from colleagues. Read once: the umask belongs to the process, and threads write files.
_UMASK = os.umask(0)
os.umask(_UMASK)


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
    if file:
        return Path(file)
    workspace = Path(tempfile.mkdtemp(prefix="cxassess-"))
    return Path(shutil.copy(examples_dir() / example, workspace))


def slug(text: str) -> str:
    r"""A file name from what a person typed: lower case, letters and digits of any script, at most 80 bytes.

    >>> slug("Toko {A}/..\\<img src=x>")
    'toko-a-img-src-x'
    >>> slug("CON"), slug("..."), slug("Kafé Élan")
    ('con-', 'unnamed', 'kafé-élan')
    """
    plain = unicodedata.normalize("NFC", text.casefold())
    # Marks belong to their letters: without them, other scripts lose half of a word.
    kept = "".join(c if c.isalnum() or unicodedata.category(c).startswith("M") else " " for c in plain)
    name = "-".join(kept.split()).encode()[:_NAME_BYTES].decode(errors="ignore").strip("-")
    return f"{name}-" if _RESERVED.fullmatch(name) else name or "unnamed"


def write_whole(path: Path, data: bytes) -> None:
    """Write a file whole or not at all: beside it, flushed to disk, then put in its place.

    Raises OSError; the file that was there is then untouched.
    """
    write_together({path: data})


def write_together(files: dict[Path, bytes]) -> None:
    """Write files that belong together: all of them beside their places first, then each put in its place.

    Raises OSError; a full disk leaves every file as it was.
    """
    beside: dict[Path, Path] = {}
    try:
        for path, data in files.items():
            beside[path] = _written_beside(path, data)
        for path, part in beside.items():
            part.replace(path)
    finally:
        for part in beside.values():
            part.unlink(missing_ok=True)


def _written_beside(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_UMASK)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return part
