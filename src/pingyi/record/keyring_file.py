"""The keyring's two files: the master key, and the wrapped keys with the marks, by which a person is found (§5.4)."""

from __future__ import annotations

import os
import secrets
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from django.conf import settings

from pingyi.home import LOCK
from pingyi.rules.refused import Refused
from pingyi.storage import read_only
from pingyi.storage.sqlite.journal import write_ahead
from pingyi.storage.turn import turn_at

WIDTH = 32
TURN = ".write"
WAIT = 20.0  # seconds for another process that writes

_SCHEMA = """
CREATE TABLE IF NOT EXISTS keys (
    id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, wrapped BLOB NOT NULL
);
CREATE TABLE IF NOT EXISTS marks (key INTEGER NOT NULL, kind TEXT NOT NULL, digest TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS marks_of ON marks (key, kind);
CREATE INDEX IF NOT EXISTS marked ON marks (kind, digest, key);
"""
_own = threading.local()
_ASKED: list[Callable[[], bool]] = []


def folder() -> Path:
    """Return where the keyring lies: `keys` in the home folder, which may be a link to another disk."""
    return Path(settings.PINGYI.home) / "keys"


def store() -> Path:
    """Return the file of the wrapped keys and marks."""
    return folder() / "persons.sqlite3"


def master_file() -> Path:
    """Return the file of the master key, read by its owner only."""
    return folder() / "master"


def is_here() -> bool:
    """Whether there is a keyring: after a restore of the data alone there is none."""
    return store().exists() and master_file().exists()


def snapshot(to: Path) -> None:
    """Write the keyring's file as it stands at this moment, without what was destroyed; a backup takes the copy."""
    to.touch(mode=0o600)
    connection().execute("VACUUM INTO ?", [str(to)])
    _sync(to)


def leave() -> None:
    """Close this thread's file; the next asking opens it again."""
    if getattr(_own, "of", None) is not None:
        _own.connection.close()
        _own.of = None


def follow_statements(told: Callable[[str], None] | None) -> None:
    """Tell every statement on this thread's keyring, for tests that count."""
    connection().set_trace_callback(told)


def ask_before_first_use(is_needed: Callable[[], bool]) -> None:
    """Register who knows whether a keyring is missing rather than new; called from AppConfig.ready."""
    _ASKED.append(is_needed)


@lru_cache(maxsize=8)
def derived(key: bytes, use: bytes) -> bytes:
    """Return the key for one use that follows from the master key."""
    one = HMAC(key, SHA256())
    one.update(b"pingyi.keyring." + use)
    return one.finalize()


def master() -> bytes:
    """Return the master key."""
    return _read(master_file(), master_file().stat().st_mtime_ns)


@lru_cache(maxsize=8)
def _read(path: Path, moment: int) -> bytes:
    del moment  # another file has another
    return bytes.fromhex(path.read_text(encoding="ascii").strip())


def master_for_writing() -> bytes:
    """Make the master key on first use; never a second one beside keys that another one wrapped."""
    if not master_file().exists():
        if store().exists() and connection().execute("SELECT 1 FROM keys LIMIT 1").fetchone():
            raise Refused("key.no_master", folder=str(folder()))
        if any(ask() for ask in _ASKED):
            raise Refused("key.no_keyring", folder=str(folder()))
        begin()
    return master()


def begin() -> None:
    """Make a master key, unless there is one; whoever calls knows that no older one is only missing."""
    _open_folder()
    _write_once(master_file(), secrets.token_hex(WIDTH).encode() + b"\n")


def _open_folder() -> None:
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)


def _write_once(path: Path, content: bytes) -> None:
    """Put a file in place as a whole and on the disk, unless another process was first: its file stands."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    _sync(path.parent)


def _sync(path: Path) -> None:
    """Bring a file, or a folder's list of names, onto the disk."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


@contextmanager
def writing() -> Iterator[sqlite3.Connection]:
    """Write together, and onto the disk before this returns; who comes meanwhile waits for its turn."""
    opened = connection()
    turn = turn_at(store().with_name(TURN))
    if not turn.take(WAIT):
        raise sqlite3.OperationalError("database is locked")
    try:
        opened.execute("BEGIN IMMEDIATE")
        try:
            yield opened
        except BaseException:
            opened.execute("ROLLBACK")
            raise
        opened.execute("COMMIT")
    finally:
        turn.end()


def settle() -> None:
    """Bring what the write-ahead file holds into the file and empty it: it keeps pages of before."""
    connection().execute("PRAGMA wal_checkpoint(TRUNCATE)")


def connection() -> sqlite3.Connection:
    """Return this thread's connection; a fork, another home and a file put back from a backup get their own."""
    path = store()
    if not path.exists() or getattr(_own, "of", None) != _identity(path):
        _own.connection = _connected(path)
        _own.of = _identity(path)
    opened: sqlite3.Connection = _own.connection
    return opened


def _identity(path: Path) -> tuple[int, int, int]:
    told = path.stat()
    return os.getpid(), told.st_dev, told.st_ino


def _connected(path: Path) -> sqlite3.Connection:
    if read_only.is_looking():
        lock = folder().parent / LOCK
        return sqlite3.connect(read_only.uri(path, lock=lock), uri=True, timeout=WAIT, isolation_level=None)
    _open_folder()
    path.touch(mode=0o600)  # its companions take over who may read it
    opened = sqlite3.connect(path, timeout=WAIT, isolation_level=None)
    write_ahead(opened, path)
    for pragma in ("synchronous=FULL", "secure_delete=ON", "temp_store=MEMORY"):
        opened.execute(f"PRAGMA {pragma}")
    opened.executescript(_SCHEMA)
    return opened
