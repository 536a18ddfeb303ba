"""Fetching files so that a cut download leaves nothing: into a folder of its own, checked, then moved into place."""

import hashlib
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPException
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from explorer.datasets.base import MissingDataError

Progress = Callable[[float, str], None]
"""Called with a share from 0 to 1 and what is going on; raises to cancel."""

TIMEOUT = 20.0
"""Seconds without a byte after which a server counts as unreachable."""
_CHUNK = 1 << 18
_PREFIX = ".download-"
_STALE = 24 * 3600.0


class UnreachableError(Exception):
    """No server gave the file whole; the message says why for each."""


@contextmanager
def workshop(root: Path) -> Iterator[Path]:
    """Give an empty folder inside `root` that is gone afterwards, whatever happens.

    Folders that a killed process left behind a day ago or earlier are removed on the way.
    """
    try:
        root.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=root))
    except OSError as error:
        raise MissingDataError(
            f"The data folder {root} cannot be written ({error.strerror}): give another one in the settings "
            "(data_folder), or choose the digits, which need no files."
        ) from error
    try:
        for old in root.glob(f"{_PREFIX}*"):
            if old != folder and time.time() - old.stat().st_mtime > _STALE:
                shutil.rmtree(old, ignore_errors=True)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def fetch(addresses: Sequence[str], target: Path, checksum: str, progress: Progress, title: str, *, algorithm: str = "md5") -> None:
    """Write the file that the first willing address gives to `target`, its checksum verified on arrival.

    `checksum` may be its beginning.
    `progress` gets shares from 0 to 1 of this file. Raises UnreachableError if no address gives it whole.
    """
    reasons = []
    for address in addresses:
        try:
            digest = _stream(address, target, progress, title, algorithm)
        except (URLError, HTTPException, TimeoutError, ConnectionError) as error:
            reasons.append(str(error))
            continue
        if digest.startswith(checksum):
            return
        reasons.append(f"{target.name} arrived damaged: its checksum is {digest}, not {checksum}")
    target.unlink(missing_ok=True)
    raise UnreachableError("; ".join(reasons))


def _stream(address: str, target: Path, progress: Progress, title: str, algorithm: str) -> str:
    digest = hashlib.new(algorithm, usedforsecurity=False)
    # The address is one of torchvision's constants, never a user's.
    with urlopen(address, timeout=TIMEOUT) as response, target.open("wb") as file:  # noqa: S310
        total, done = int(response.headers.get("Content-Length") or 0), 0
        while chunk := response.read(_CHUNK):
            file.write(chunk)
            digest.update(chunk)
            done += len(chunk)
            progress(min(1, done / total) if total else 0, f"Downloading {title}: {_megabytes(done, total)}.")
    return digest.hexdigest()


def _megabytes(done: int, total: int) -> str:
    return f"{done / 1e6:.1f} of {total / 1e6:.1f} MB" if total else f"{done / 1e6:.1f} MB"


def verify(path: Path, md5: str) -> bytes:
    """Return a file's bytes if their checksum is the given one; raises MissingDataError otherwise."""
    content = path.read_bytes()
    if hashlib.md5(content, usedforsecurity=False).hexdigest() != md5:
        raise damaged(path, "its checksum is not the published one")
    return content


def damaged(path: Path, why: str) -> MissingDataError:
    """Return the error for a file on disk that cannot be what its name says."""
    return MissingDataError(f"{path} is damaged ({why}): delete it and download the dataset again, or choose the digits.")


def place(folder: Path, target: Path) -> None:
    """Move a finished folder to its place in one step, over an incomplete one if there is one."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists():
        shutil.rmtree(target)
    folder.replace(target)
