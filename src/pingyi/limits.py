"""Counts that all processes of a host share: how often something was tried, and whether a ticket was used before.

One statement counts and answers, so that no two callers ever get the same number. The counts lie in a file of their
own, `limits.sqlite3` in the home folder, that nobody waits for: a power cut may lose them, and nothing else with them.
A row holds a keyed digest, a number and an end; neither an address nor a name can be read from it. The minutes are real
ones, in a rehearsal too: a lock must not depend on a clock that can be moved.
"""

from __future__ import annotations

import fcntl
import hmac
import os
import sqlite3
import time
from dataclasses import dataclass, field
from functools import lru_cache
from ipaddress import IPv6Address, ip_address
from math import ceil
from pathlib import Path
from threading import Lock

from django.conf import settings
from django.db import OperationalError
from django.http import HttpRequest

from pingyi.storage.sqlite.journal import write_ahead

PATIENCE = 5  # seconds for which a count waits for another process
SWEEP_EACH = 500  # counts of one process, after which rows that have ended are swept
_TABLE = """
create table if not exists limits(k blob primary key, n integer not null, till real not null) without rowid;
create index if not exists limits_till on limits(till);
"""
# An end further away than two spans was set before the machine's clock was set back: it begins anew. (Not one span:
# of callers at once, the earlier look at the clock may come later to the file.)
_COUNT = """
insert into limits(k, n, till) values(:k, :by, :now + :span) on conflict(k) do update set
  n = case when till <= :now or till > :now + 2 * :span then :by else n + :by end,
  till = case when till <= :now or till > :now + 2 * :span then excluded.till else till end
returning n
"""
_LOOK = "select n, till - :now from limits where k = :k and till > :now and till <= :now + 2 * :span"
_FORGET = "delete from limits where k = :k"
_SWEEP = "delete from limits where till <= :now"


@dataclass(frozen=True, kw_only=True, slots=True)
class Limit:
    """How much of one use is let pass for one key within a span of time that begins with the first."""

    use: str
    most: int
    seconds: int

    def take(self, *key: str) -> bool:
        """Count one for the key; whether it was still within the limit. Of callers at once, each is counted."""
        return self.count(*key) <= self.most

    def count(self, *key: str, by: int = 1) -> int:
        """Count for the key, and return how many there are now, this one among them."""
        counted: int = _file.ask(_COUNT, self._values(key, by=by))[0][0]
        return counted

    def so_far(self, *key: str) -> int:
        """Return how many were counted for the key in the running span, without counting."""
        return int(next((n for n, _ in _file.ask(_LOOK, self._values(key))), 0))

    def is_reached(self, *key: str) -> bool:
        """Whether the next one would be one too many."""
        return self.so_far(*key) >= self.most

    def wait(self, *key: str) -> int:
        """Return the whole seconds until the key's span ends; 0 where none runs."""
        return ceil(next((left for _, left in _file.ask(_LOOK, self._values(key))), 0))

    def forget(self, *key: str) -> None:
        """Begin anew for the key, as after a success."""
        _file.ask(_FORGET, self._values(key))

    def _values(self, key: tuple[str, ...], by: int = 1) -> dict[str, object]:
        return {"k": _digest(self.use, *key), "by": by, "now": time.time(), "span": float(self.seconds)}


def once(use: str, *, seconds: int) -> Limit:
    """Return the limit of what is good for one time: `take` says yes to the first, and no to all that come after."""
    return Limit(use=use, most=1, seconds=seconds)


def address_of(request: HttpRequest) -> str:
    """Return the address by which a visitor is counted: of IPv6 the network, since one house has its 2⁶⁴ addresses."""
    text = str(request.META.get("REMOTE_ADDR", ""))
    try:
        address = ip_address(text)
    except ValueError:
        return text
    if isinstance(address, IPv6Address):
        return str(address.ipv4_mapped or IPv6Address(int(address) >> 64 << 64))
    return str(address)


@dataclass(slots=True)
class _File:
    """The one connection of this process; a forked child opens its own."""

    lock: Lock = field(default_factory=Lock)
    path: Path | None = None
    inode: int = 0
    connection: sqlite3.Connection | None = None
    counted: int = 0
    left: list[sqlite3.Connection] = field(default_factory=list)  # never closed: that could take another's journal away

    def ask(self, statement: str, values: dict[str, object]) -> list[tuple[int, float]]:
        """Run a statement, on a new file where the old one is damaged; what the disk refuses, the database refuses."""
        path = Path(settings.LIMITS_FILE)
        with self.lock:
            try:
                try:
                    return self._run(path, statement, values)
                except sqlite3.OperationalError:
                    raise
                except sqlite3.DatabaseError:
                    self._begin_anew(path)
                    return self._run(path, statement, values)
            except (sqlite3.Error, OSError) as fault:
                raise OperationalError(f"limits: {fault}") from fault

    def _run(self, path: Path, statement: str, values: dict[str, object]) -> list[tuple[int, float]]:
        connection = self._opened(path)
        self.counted += statement is _COUNT
        if self.counted >= SWEEP_EACH:
            self.counted = 0
            connection.execute(_SWEEP, {"now": values["now"]})
        return connection.execute(statement, values).fetchall()

    def _opened(self, path: Path) -> sqlite3.Connection:
        if self.connection is not None:
            if path != self.path:
                self.connection.close()
            elif _inode(path) == self.inode:
                return self.connection
            else:
                self.left.append(self.connection)
        self.connection = None
        connection = _open(path)
        self.connection, self.path, self.inode = connection, path, _inode(path)
        return connection

    def _begin_anew(self, path: Path) -> None:
        """Take a damaged file away, unless another process has just done it."""
        if self.connection is not None:
            self.left.append(self.connection)
            self.connection = None
        with path.with_name(f"{path.name}.lock").open("w") as door:
            fcntl.flock(door, fcntl.LOCK_EX)
            if not _is_sound(path):
                for ending in ("-wal", "-shm", ""):
                    path.with_name(path.name + ending).unlink(missing_ok=True)


def _open(path: Path) -> sqlite3.Connection:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
    connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
    write_ahead(connection, path)
    connection.execute("pragma synchronous=off")
    connection.executescript(_TABLE)
    return connection


def _is_sound(path: Path) -> bool:
    try:
        connection = sqlite3.connect(path, timeout=PATIENCE)
        found = connection.execute("pragma quick_check").fetchall() == [("ok",)]
        connection.close()
    except sqlite3.DatabaseError:
        return False
    return found


def _inode(path: Path) -> int:
    try:
        return path.stat().st_ino
    except FileNotFoundError:
        return 0


def _digest(*parts: str) -> bytes:
    return hmac.digest(_key(settings.SECRET_KEY), repr(parts).encode(), "sha256")[:16]


@lru_cache(maxsize=4)
def _key(secret: str) -> bytes:
    return hmac.digest(secret.encode(), b"pingyi.limits", "sha256")


_file = _File()


def _after_a_fork() -> None:
    """Leave the parent's connection alone: SQLite's connections do not pass a fork, and a lock might never open."""
    _file.lock = Lock()
    if _file.connection is not None:
        _file.left.append(_file.connection)
        _file.connection = None


os.register_at_fork(after_in_child=_after_a_fork)
