"""Writing files: safe names, whole or not at all, one writer at a time."""

import errno
import hashlib
import os
import re
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from cxassess.errors import AssessmentError, Problem

# Windows refuses these as file names, whatever the extension.
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
_NAME_BYTES = 80
_HASH_LETTERS = 6
_LOCK_SECONDS = 10
_LOOK_SECONDS = 0.01  # a save takes less; looking more rarely, four writers wait three times as long
# mkstemp hides files from colleagues. Read once: the umask belongs to the process, and threads write files.
_UMASK = os.umask(0)
os.umask(_UMASK)


def slug(text: str) -> str:
    r"""A file name from what a person typed: lower case, letters and digits of any script, at most 80 bytes.

    One that is cut ends in a hash of the whole, so that no other is cut to the same.

    >>> slug("Toko {A}/..\\<img src=x>")
    'toko-a-img-src-x'
    >>> slug("CON"), slug("..."), slug("Kafé Élan")
    ('con-', 'unnamed', 'kafé-élan')
    """
    plain = unicodedata.normalize("NFC", text.casefold())
    # Marks belong to their letters: without them, other scripts lose half of a word.
    kept = "".join(c if c.isalnum() or unicodedata.category(c).startswith("M") else " " for c in plain)
    name = shortened("-".join(kept.split()), letters=_NAME_BYTES, most_bytes=_NAME_BYTES).strip("-")
    return f"{name}-" if _RESERVED.fullmatch(name) else name or "unnamed"


def shortened(name: str, *, letters: int, most_bytes: int = 200) -> str:
    """A name of at most so many letters and bytes; one that is cut ends in a short hash of the whole.

    >>> shortened("kopi-lereng", letters=11), shortened("kopi-lereng-sari", letters=11)
    ('kopi-lereng', 'kopi-59606e')
    """
    if len(name) <= letters and len(name.encode()) <= most_bytes:
        return name
    mark = f"-{hashlib.sha256(name.encode()).hexdigest()[:_HASH_LETTERS]}"
    room = name[: letters - len(mark)].encode()[: most_bytes - len(mark)]
    return f"{room.decode(errors='ignore').rstrip('-')}{mark}"


def stamp_of(path: Path) -> tuple[int, ...]:
    """What tells that a file was written, or another put in its place. Raises OSError."""
    found = path.stat()
    return found.st_mtime_ns, found.st_size, found.st_ino


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
    if path.is_dir():  # which would be found only when the files before it are in their places
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_UMASK)
    except BaseException as error:
        part.unlink(missing_ok=True)
        if isinstance(error, OSError) and error.filename is None:
            error.filename = str(path)  # of a full disk, the system does not say at which file
        raise
    return part


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold a file for one writer, whose end frees it, even by kill -9. Raises AssessmentError or OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(path.with_name(f".{path.name}.lock"), timeout=_LOCK_SECONDS)
    try:
        lock.acquire(poll_interval=_LOOK_SECONDS)
    except Timeout:
        raise AssessmentError("problem-nothing-written", [Problem(str(path), "problem-held")]) from None
    except NotImplementedError:  # filelock, of a disk that cannot lock
        raise AssessmentError("problem-nothing-written", [Problem(str(path), "problem-no-locks")]) from None
    try:
        yield
    finally:
        lock.release()
