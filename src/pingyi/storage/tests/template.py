"""A database that was migrated once: what is empty and in this version's shape is copied, not made anew.

Nine tenths of a migration's time go into Django's models of states in between, so a test process or a site in a folder
of its own that migrates an empty database costs more than most of what is then tried with it.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[4]
SOURCE = ROOT / "src" / "pingyi"
KEPT = ROOT / ".cache" / "template"
NEWEST = 5
# What a migrated database depends on; a test holds the copy against one that was just migrated.
SHAPING = ("**/migrations/*.py", "**/models/*.py", "**/models.py", "**/apps.py", "record/guards.py", "storage/**/*.py")
LOCKS = ("requirements.lock", "requirements-dev.lock", "src/pingyi/config/settings.py")


def template() -> Path:
    """Return the migrated file of this very source, made by the first who asks; others wait for it."""
    file = KEPT / f"{_digest()}.sqlite3"
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "lock").open("w") as door:
        fcntl.flock(door, fcntl.LOCK_EX)
        if not file.exists():
            _make(file)
        os.utime(file)
        for old in sorted(KEPT.glob("*.sqlite3"), key=lambda one: one.stat().st_mtime)[:-NEWEST]:
            old.unlink()
    return file


def lay_out(home: Path) -> Path:
    """Give a site's home the migrated database, so that its first command finds nothing to migrate."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    with closing(sqlite3.connect(template())) as source, closing(sqlite3.connect(home / "pingyi.sqlite3")) as there:
        source.backup(there)
    return home


@contextmanager
def migrating_by_copy() -> Iterator[None]:
    """Let `migrate` copy the template into an empty SQLite database; whatever else is migrated runs as ever."""
    from django.core.management.commands.migrate import Command
    from django.db import connections

    migrate = Command.handle

    def copy_or_migrate(self: Command, *words: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        if connection.vendor != "sqlite" or options["app_label"] or connection.introspection.table_names():
            migrate(self, *words, **options)
            return
        with closing(sqlite3.connect(template())) as source:
            source.backup(connection.connection)

    Command.handle = copy_or_migrate  # type: ignore[method-assign]
    try:
        yield
    finally:
        Command.handle = migrate  # type: ignore[method-assign]


def environment(root: Path, **more: str) -> dict[str, str]:
    """What a site under this root is started with; nothing of the tests' own settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PINGYI_", "PYTEST_", "DJANGO_"))}
    return {**kept, "PYTHONPATH": str(ROOT / "src"), "PINGYI_ROOT": str(root), **more}


def digest(files: Iterable[Path]) -> str:
    """Return under which name something is kept that was made of these files of the checkout."""
    found = hashlib.sha256(sys.version.encode())
    for path in sorted(files):
        found.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes() + b"\0")
    return found.hexdigest()[:32]


def _make(file: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="pingyi-template-") as home:
        command = [sys.executable, "-m", "pingyi", "manage", "migrate", "-v0"]
        told = environment(ROOT, PINGYI_HOME=home)
        subprocess.run(command, env=told, check=True, stdout=subprocess.DEVNULL)
        made = Path(home) / "pingyi.sqlite3"
        with closing(sqlite3.connect(made)) as source, closing(sqlite3.connect(f"{file}.new")) as there:
            source.backup(there)
            there.execute("PRAGMA journal_mode = DELETE")  # one file, with nothing beside it
    Path(f"{file}.new").replace(file)


def _digest() -> str:
    files = {path for pattern in SHAPING for path in SOURCE.glob(pattern) if "tests" not in path.parts}
    return digest([*files, *(ROOT / name for name in LOCKS)])
