"""A home with a little of everything, for tests that need no running site."""

from __future__ import annotations

import hashlib
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pyrage
from pyrage import passphrase

from pingyi.backup import archive, creation
from pingyi.backup.encryption import ByPassphrase, Keys, read_identities

PHRASE = "four unrelated words"
PHONE = "13800000001"
VKEY = "pingyi.example.gov+1234+abcd"
OPENS = Keys(passphrase=PHRASE)


def home(folder: Path) -> Path:
    """Lay out a home with a database, uploads, keys, witnesses, and what belongs into no backup."""
    there = folder / "home"
    (there / "files" / "proofs" / "ab").mkdir(parents=True)
    (there / "files" / "proofs" / "ab" / "照片").write_bytes(b"picture" * 5000)
    (there / "witnesses").write_text("witness.example+1+2\n", encoding="utf-8")
    (there / "record-key").write_text("PRIVATE+KEY", encoding="ascii")
    with closing(sqlite3.connect(there / "pingyi.sqlite3")) as made:
        made.executescript(
            "CREATE TABLE record_checkpoint (size INTEGER, note TEXT); CREATE TABLE people (phone TEXT);"
            "INSERT INTO record_checkpoint VALUES (7, 'note');"
        )
        made.execute("INSERT INTO people VALUES (?)", [PHONE])
        made.commit()
    for left in ("static/style.css", "tmp/left", "limits.sqlite3", "limits.sqlite3-wal", ".write", "setup-code"):
        (there / left).parent.mkdir(exist_ok=True)
        (there / left).write_text("not kept", encoding="ascii")
    (there / "demo").mkdir()
    (there / "demo" / "pingyi.sqlite3").write_bytes(b"another site's home")
    return there


def about(**more: Any) -> dict[str, Any]:
    """What a backup says of itself."""
    said = {"format": archive.FORMAT, "version": "0.1.0", "engine": "sqlite", "migrations": {}, "vkey": VKEY}
    return {**said, "settings": {"PINGYI_ORIGIN": "pingyi.example.gov"}, **more}


def site(there: Path, **more: Any) -> creation.Site:
    """The home as what is to be backed up."""
    return creation.Site(home=there, about=about(**more), record_key=there / "record-key", secret="the secret")


def backed_up(there: Path, file: Path, *, day: int = 1, seal: Any = None, **more: Any) -> creation.Made:
    """Make a backup of the home."""
    made_at = f"2026-11-{day:02}T00:00:00+00:00"
    return creation.make(site(there, **more), file, seal=seal or ByPassphrase(PHRASE), made_at=made_at)


def identity(text: str) -> Keys:
    """What opens a backup that was made to this identity's recipient."""
    return Keys(identities=read_identities(text, named="identity"))


def unsealed(content: bytes) -> bytes:
    """Open by the library, which refuses while it takes this machine for too slow; only then it is asked again."""
    for _ in range(200):
        try:
            return passphrase.decrypt(content, PHRASE)
        except pyrage.DecryptError as busy:
            if "Excessive work" not in str(busy):
                raise
            time.sleep(0.2)
    raise AssertionError("this machine stays too busy for the library")


def tree(folder: Path) -> dict[str, str]:
    """Every file of a folder with its digest: equal trees are untouched ones. The lock is no content."""
    return dict(_digests(folder))


def _digests(folder: Path) -> Iterator[tuple[str, str]]:
    for one in sorted(folder.rglob("*")):
        if one.is_file() and one.name != ".serve":
            yield one.relative_to(folder).as_posix(), hashlib.sha256(one.read_bytes()).hexdigest()
