"""An audit writes nothing: no folder, no key, and SQLite makes no file beside the one that it reads (§5.4)."""

from __future__ import annotations

import atexit
import fcntl
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

_begun: list[bool] = []


@contextmanager
def looking() -> Iterator[None]:
    """Let this process only look; entered before its settings are read."""
    _begun.append(True)
    try:
        yield
    finally:
        _begun.pop()


def is_looking() -> bool:
    """Whether this process only looks."""
    return bool(_begun)


def database(path: Path, *, lock: Path) -> dict[str, object]:
    """Return Django's settings for an SQLite file that is only read."""
    return {"ENGINE": "pingyi.storage.sqlite", "NAME": uri(path, lock=lock), "OPTIONS": {}}


def uri(path: Path, *, lock: Path) -> str:
    """Return how SQLite opens a file so that nothing is written beside it; whoever works there holds `lock`.

    A file at rest is opened as one that cannot change. A site's own is read beside it, through the files that it keeps
    anyway. What a stopped or killed site left in its write-ahead file counts: then a copy of both is read.
    """
    log = path.with_name(f"{path.name}-wal")
    if _is_held(lock):
        return _named(path, "mode=ro")
    if not log.exists() or not log.stat().st_size:
        return _named(path, "mode=ro&immutable=1")
    folder = Path(tempfile.mkdtemp(prefix="pingyi-verify-"))  # its owner's alone
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for one in (path, log):
        shutil.copyfile(one, folder / one.name)
    return _named(folder / path.name, "mode=rw")


def _named(path: Path, how: str) -> str:
    return f"file:{quote(str(path.absolute()))}?{how}"


def _is_held(lock: Path) -> bool:
    try:
        with lock.open("r", encoding="ascii") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:  # no lock, no site
        return False
    return False
