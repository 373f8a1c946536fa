"""Files that outlive a power cut: written aside, synced, put in place as a whole, and the folder synced too (§5.4).

Whoever commits a row that names a file, or answers with what a file promises, writes it here first.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

OWNER_ONLY = 0o600


def put(path: Path, content: bytes | Iterable[bytes], *, mode: int = OWNER_ONLY) -> None:
    """Write a file in place of any earlier one; whoever reads meanwhile, or after a cut, finds the one or the other."""
    with _aside(path, content, mode=mode) as draft:
        draft.replace(path)
        sync_folder(path.parent)


def put_first(path: Path, content: bytes, *, mode: int = OWNER_ONLY) -> bool:
    """Write a file that is made once, such as a key; False where another was first, whose file stands."""
    with _aside(path, content, mode=mode) as draft:
        try:
            path.hardlink_to(draft)
        except FileExistsError:
            sync_folder(path.parent)  # the other may not have come to it yet, and its file is used from now on
            return False
        sync_folder(path.parent)
        return True


def sync_folder(folder: Path) -> None:
    """Bring a folder's list of names to the disk: which files it holds and which it does not hold any more."""
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def make_folder(folder: Path) -> None:
    """Make a folder and those above it; each new name stands on the disk before anything is laid into it."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    sync_folder(folder.parent)


@contextmanager
def _aside(path: Path, content: bytes | Iterable[bytes], *, mode: int) -> Iterator[Path]:
    """Write the content beside its place and sync it; what is left of it in the end is removed."""
    make_folder(path.parent)
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    opened = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with os.fdopen(opened, "wb") as file:
            for piece in [content] if isinstance(content, bytes) else content:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        yield draft
    finally:
        draft.unlink(missing_ok=True)
