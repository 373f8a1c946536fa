"""What is inside: a tar whose first file says what it is and whose last holds the digest of every other one."""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any, BinaryIO

from pingyi.backup.faults import BackupError

ABOUT, MANIFEST = "about.json", "manifest.json"
FORMAT = 1  # a program that does not know a format refuses it
PIECE = 1024 * 1024
MOST_SAID = 256 * 1024 * 1024  # octets of a manifest: a million files
ENDS = bytes(2 * tarfile.BLOCKSIZE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Member:
    """One file of a backup: under which name, and where it lies now."""

    name: str
    path: Path


def pieces(about: dict[str, Any], members: Iterable[Member], closing: dict[str, Any]) -> Iterator[bytes]:
    """Yield the whole tar; each file is digested as it is read, so that the manifest tells what was written."""
    digests: dict[str, tuple[int, str]] = {}
    yield from _text(ABOUT, about)
    for member in members:
        yield from _file(member, digests)
    yield from _text(MANIFEST, {**closing, "files": digests})
    yield ENDS


def unpack(
    reader: BinaryIO, *, file: Path, check: Callable[[dict[str, Any]], None], place: Callable[[str], Path | None]
) -> dict[str, Any]:
    """Write every file to where `place` says, and return the manifest once each digest was found right.

    A backup may come from anybody who knows the recipient: a name that `place` does not know, a link, a device or a
    name that comes twice is refused.
    """
    found: dict[str, tuple[int, str]] = {}
    manifest: dict[str, Any] | None = None
    with tarfile.open(fileobj=reader, mode="r|") as tar:
        for number, member in enumerate(tar):
            content = tar.extractfile(member) if member.isreg() else None
            target = place(member.name)
            if number == 0:
                check(_read(content if member.name == ABOUT else None, file))
            elif member.name == MANIFEST and manifest is None:
                manifest = _read(content, file)
            elif content is None or target is None or manifest is not None or not _is_plain(member.name):
                raise BackupError("altered", file=file, what=member.name[:80])
            else:
                found[member.name] = _keep(content, target)
    if manifest is None:
        raise BackupError("altered", file=file, what=MANIFEST)
    said = {name: (size, digest) for name, (size, digest) in manifest["files"].items()}
    if said != found:
        differing = sorted(name for name in said.keys() | found.keys() if said.get(name) != found.get(name))
        raise BackupError("altered", file=file, what=", ".join(differing[:3]))
    return manifest


def head(tar: bytes, *, file: Path) -> dict[str, Any]:
    """Return what a tar says of itself in its first file."""
    try:
        with tarfile.open(fileobj=io.BytesIO(tar), mode="r:") as read:
            first = read.next()
            return _read(read.extractfile(first) if first and first.name == ABOUT else None, file)
    except tarfile.TarError as fault:
        raise BackupError("not_a_backup", file=file) from fault


def _is_plain(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return "\0" not in name and not name.startswith("/") and ".." not in parts and "/".join(parts) == name


def _keep(content: IO[bytes], target: Path) -> tuple[int, str]:
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        while piece := content.read(PIECE):
            digest.update(piece)
            size += file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    return size, digest.hexdigest()


def _read(content: IO[bytes] | None, file: Path) -> dict[str, Any]:
    if content is None:
        raise BackupError("not_a_backup", file=file)
    try:
        read = json.loads(content.read(MOST_SAID))
    except ValueError as fault:
        raise BackupError("altered", file=file, what="JSON") from fault
    if not isinstance(read, dict):
        raise BackupError("altered", file=file, what="JSON")
    return read


def _text(name: str, said: dict[str, Any]) -> Iterator[bytes]:
    octets = json.dumps(said, ensure_ascii=False, indent=1).encode()
    yield _head(name, len(octets)) + octets + bytes(-len(octets) % tarfile.BLOCKSIZE)


def _file(member: Member, digests: dict[str, tuple[int, str]]) -> Iterator[bytes]:
    """Yield one file; one that was erased since it was listed is left out, as it is from the site."""
    try:
        opened = member.path.open("rb")
    except FileNotFoundError:
        return
    with opened as file:
        size = left = os.fstat(file.fileno()).st_size
        digest = hashlib.sha256()
        yield _head(member.name, size)
        while left:
            piece = file.read(min(PIECE, left))
            if not piece:
                raise BackupError("changed", file=member.path)
            left -= len(piece)
            digest.update(piece)
            yield piece
        yield bytes(-size % tarfile.BLOCKSIZE)
    digests[member.name] = (size, digest.hexdigest())


def _head(name: str, size: int) -> bytes:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    return member.tobuf(tarfile.PAX_FORMAT)
