"""Making a backup: a snapshot of the database first, the files after it, sealed as they are read (§5.4)."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from pingyi import home as homes
from pingyi.backup import archive, contents, database, history
from pingyi.backup.archive import Member
from pingyi.backup.encryption import Seal
from pingyi.backup.faults import BackupError

KEYS_END = ".keys.age"


@dataclass(frozen=True, kw_only=True)
class Head:
    """The last checkpoint of a record; size 0 where there is none yet."""

    size: int = 0
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Site:
    """What is to be backed up. `dump` writes a server's database as of one instant; without it SQLite's is copied."""

    home: Path
    about: dict[str, Any]
    record_key: Path
    secret: str
    head: Head = field(default_factory=Head)
    dump: Callable[[Path], None] | None = None


@dataclass(frozen=True, kw_only=True)
class Made:
    """What was written, and what became of older key files."""

    file: Path
    size: int
    head: Head
    keys: Path | None
    superseded: history.Superseded


def make(site: Site, file: Path, *, seal: Seal, made_at: str) -> Made:
    """Write one encrypted file with everything that a restore needs, and the keys of persons beside it.

    Nothing is overwritten, and a backup that fails leaves nothing behind.
    """
    beside = keys_beside(file)
    _refuse_places(site.home, file, beside)
    about = {**site.about, "made_at": made_at, "keyring": bool(contents.keyring(site.home))}
    with homes.momentary(site.home / homes.MOMENTARY) as folder:
        small = folder / "secret-key"
        small.write_text(site.secret, encoding="utf-8")
        snapshot = folder / "database"
        head = _snapshot(site, snapshot)
        members = [
            Member(name=contents.DATABASE[about["engine"]], path=snapshot),
            Member(name="secret-key", path=small),
        ]
        closing_words = {"checkpoint": {"size": head.size, "note": head.note}}
        sealed = archive.pieces(about, _all(site, members), closing_words)
        keys = _keys(site.home, folder, about) if about["keyring"] else None
        with _written(file) as target:
            seal.write(sealed, target)
        sha256 = _write_keys(beside, seal.write_small(keys)) if keys is not None else ""
    line = history.Made(
        made_at=made_at, file=str(file.resolve()), size=file.stat().st_size, checkpoint=head.size,
        keys=str(beside.resolve()) if sha256 else "", keys_sha256=sha256,
    )  # fmt: skip
    history.add(site.home, line)
    superseded = history.supersede(site.home)
    return Made(file=file, size=line.size, head=head, keys=beside if sha256 else None, superseded=superseded)


def keys_beside(file: Path) -> Path:
    """Return the name of the file of keys that belongs to a backup."""
    stem = file.name.removesuffix(".age").removesuffix(".tar")
    return file.with_name(f"{stem}{KEYS_END}")


def _refuse_places(home: Path, *files: Path) -> None:
    for file in files:
        if file.exists() or file.is_symlink():
            raise BackupError("exists", file=file)
        if home.resolve() in file.resolve().parents:
            raise BackupError("inside_home", file=file)


def _snapshot(site: Site, target: Path) -> Head:
    if site.dump is not None:
        site.dump(target)
        return site.head
    database.copy(site.home / "pingyi.sqlite3", target)
    question = "SELECT size, note FROM record_checkpoint ORDER BY size DESC LIMIT 1"
    with closing(sqlite3.connect(f"file:{target}?mode=ro", uri=True)) as connection:
        row = connection.execute(question).fetchone()
    return Head(size=row[0], note=row[1]) if row else Head()


def _all(site: Site, first: list[Member]) -> Iterator[Member]:
    """Yield the snapshot, the keys, then the files: a file that a row names was there before the row."""
    yield from first
    if site.record_key.is_file():
        yield Member(name=contents.RECORD_KEY, path=site.record_key)
    yield from contents.files(site.home)


def _keys(home: Path, folder: Path, about: dict[str, Any]) -> bytes:
    """Return the keyring as a tar; it is read after the data, so that it knows whoever the data knows."""
    members = []
    for number, path in enumerate(contents.keyring(home)):
        kept = path
        if path.suffix == ".sqlite3":
            kept = folder / f"keys-{number}"
            database.copy(path, kept)
        members.append(Member(name=path.relative_to(home).as_posix(), path=kept))
    said = {name: about[name] for name in ("format", "made_at", "vkey")}
    return b"".join(archive.pieces(said, members, {}))


def _write_keys(path: Path, sealed: bytes) -> str:
    with _written(path) as target:
        target.write(sealed)
    return hashlib.sha256(sealed).hexdigest()


@contextlib.contextmanager
def _written(file: Path) -> Iterator[BinaryIO]:
    """Lend a file that gets its name once it is whole and on the disk; one that fails is taken away."""
    draft = file.with_name(f"{file.name}.part")
    descriptor = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "r+b") as target:
        fcntl.flock(target, fcntl.LOCK_EX | fcntl.LOCK_NB)
        target.truncate()
        try:
            yield target
            target.flush()
            os.fsync(target.fileno())
            _name(draft, file)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
    homes.fsync_folder(file.parent)


def _name(draft: Path, file: Path) -> None:
    """Give a draft its name, unless somebody has taken it meanwhile; a stick's file system may know no second names."""
    try:
        file.hardlink_to(draft)
    except FileExistsError as taken:
        raise BackupError("exists", file=file) from taken
    except OSError:
        draft.rename(file)
    else:
        draft.unlink()
