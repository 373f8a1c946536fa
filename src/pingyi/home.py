"""The home folder: open to its owner alone, locked while a site runs in it, with a place for what lives a moment only.

It holds the names and telephones of citizens and the record's key, so neither it nor any file in it is anybody else's
to read, whatever the system's habits for new files are (§5.4).
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

FOLDER, FILE = 0o700, 0o600
OPEN_TO_OTHERS = 0o077
OURS = ("files", "keys")  # closed wherever they lie, for a link may put them on another disk
DEEP = (*OURS, "static", "tmp")  # whatever else lies in a home is behind the home's own door
LOCK = ".serve"
MOMENTARY = "tmp"
REHEARSAL = "rehearsal"  # stands in the home of every rehearsal (演练), and is the lock of whoever shows or plays it
_OCCUPIED: list[TextIO] = []  # open until the process ends, for the locks go with them


def is_rehearsal(home: Path) -> bool:
    """Whether a home says of itself that it is a rehearsal's (演练)."""
    return (home / REHEARSAL).is_file()


def keep_to_oneself() -> None:
    """Make every file and folder that this process and its children create readable by their owner only."""
    os.umask(OPEN_TO_OTHERS)


def tighten(home: Path) -> None:
    """Close a home to all others, one of an older version too; what another user owns is left to its owner."""
    if not home.is_dir():
        return
    was_open = _is_open(home)
    _close(home, FOLDER)
    for entry in home.iterdir():
        if entry.is_file() and not entry.is_symlink():
            _close(entry, FILE)
        elif _is_ours(entry) and (was_open or _is_open(entry)):
            _close_all(entry.resolve())


def occupy(home: Path) -> None:
    """Hold the home until this process ends, as one of those who work in it; BlockingIOError while it is restored."""
    try:
        file = (home / LOCK).open("a", encoding="ascii")
    except OSError:
        return  # an auditor's read-only copy, which nobody restores over
    fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    _OCCUPIED.append(file)


@contextlib.contextmanager
def at_rest(home: Path) -> Iterator[None]:
    """Hold the home for oneself alone, or raise BlockingIOError while a site or a command works in it."""
    if not home.is_dir():
        yield
        return
    with (home / LOCK).open("a", encoding="ascii") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield


@contextlib.contextmanager
def momentary(above: Path, prefix: str = "") -> Iterator[Path]:
    """Lend a folder that is gone afterwards unless it was moved away; `sweep` finds what a killed process left."""
    above.mkdir(mode=FOLDER, parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(dir=above, prefix=prefix))
    holding = os.open(folder, os.O_RDONLY)
    fcntl.flock(holding, fcntl.LOCK_EX)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(holding)


def sweep(above: Path, prefix: str = "") -> None:
    """Remove the momentary folders that killed processes left; one that a living process holds stays."""
    for folder in sorted(one for one in above.glob(f"{prefix}*") if one.is_dir() and not one.is_symlink()):
        holding = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(holding, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)
        except BlockingIOError:
            pass
        finally:
            os.close(holding)


def fsync_folder(folder: Path) -> None:
    """Make the names in a folder outlast a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _is_ours(entry: Path) -> bool:
    return entry.is_dir() and entry.name in (OURS if entry.is_symlink() else DEEP)


def _close_all(folder: Path) -> None:
    for at, names, files in os.walk(folder):
        _close(Path(at), FOLDER)
        for name in files:
            _close(Path(at, name), FILE)
        names[:] = [name for name in names if not Path(at, name).is_symlink()]


def _close(path: Path, mode: int) -> None:
    """Take the rights of all others; a sealed copy on a read-only disk is read as it is."""
    with contextlib.suppress(OSError):
        if not path.is_symlink() and _is_open(path):
            path.chmod(mode)


def _is_open(path: Path) -> bool:
    return bool(path.stat().st_mode & OPEN_TO_OTHERS)
