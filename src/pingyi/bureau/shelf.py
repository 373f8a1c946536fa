"""Where handed-in files lie: each under its digest, written before any row names it, so no crash loses one.

Each is encrypted under a key of its own, which is destroyed with it: no copy in an old backup can be read (§5.4).
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.core import signing
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from pingyi.documents.handed_in import HandedIn
from pingyi.record import ciphertext, keyring
from pingyi.rules.refused import Refused
from pingyi.storage.folder import SyncedStorage

FOLDER = "proofs"
SALT = "pingyi.plans.shelf"
Named = Callable[[], Iterable[str]]
_NAMED: list[Named] = []
HEAD = 128  # bytes of a file in which its key is named
KEPT_FOR = timedelta(days=7)  # how long a file without a row may wait for its form to be sent again


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """A file that lies on the shelf."""

    name: str
    mime: str
    sha256: str
    size: int


def put(file: HandedIn) -> Kept:
    """Lay a file on the shelf, on the disk when this returns; the same content lies there once."""
    kept = Kept(name=file.name, mime=file.mime, sha256=file.sha256, size=len(file.content))
    place = _place(kept.sha256)
    if not default_storage.exists(place):
        default_storage.save(place, ContentFile(_encrypted(file.content, sha256=kept.sha256)))
    elif isinstance(default_storage, SyncedStorage):
        default_storage.settle(place)
    return kept


def take(sha256: str) -> bytes:
    """Return a file's content; one that was changed on the disk is refused, never handed out."""
    try:
        with default_storage.open(_place(sha256)) as opened:
            content = _decrypted(bytes(opened.read()), sha256=sha256)
    except FileNotFoundError as fault:
        raise Refused("proof.lost", sha256=sha256[:12]) from fault
    if hashlib.sha256(content).hexdigest() != sha256:
        raise Refused("proof.altered", sha256=sha256[:12])
    return content


def ticket(kept: Kept, *, holder: str) -> str:
    """Return a signed word for a kept file, so that a form with another fault need not send it again."""
    return signing.dumps(asdict(kept), salt=f"{SALT}:{holder}", compress=True)


def redeem(text: str, *, holder: str) -> Kept | None:
    """Return the file that a ticket stands for; None for a forged one, another's, or a file swept away."""
    try:
        kept = Kept(**signing.loads(text, salt=f"{SALT}:{holder}", max_age=KEPT_FOR))
    except signing.BadSignature:
        return None
    return kept if default_storage.exists(_place(kept.sha256)) else None


def named_from(source: Named) -> None:
    """Register the digests that a room's rows name, so that their files stay; called from AppConfig.ready."""
    _NAMED.append(source)


def named() -> set[str]:
    """Return the digests of all files that rows name."""
    return {sha256 for source in _NAMED for sha256 in source()}


def lying() -> set[str]:
    """Return the names of all files on the shelf."""
    return {path.name for path in _lying()}


def is_there() -> bool:
    """Whether there is a shelf at all."""
    return default_storage.exists(FOLDER)


def discard(sha256: str) -> bool:
    """Destroy a file at once, unless a row of any room still names it; return whether it is gone."""
    if any(sha256 in set(source()) for source in _NAMED):
        return False
    return _destroy([_place(sha256)])


def sweep(*, at: datetime) -> int:
    """Remove files that no room's row names and no form waits for any more; return how many."""
    kept = named()
    old = [path for path in _lying() if path.name not in kept and _age(path, at=at) > KEPT_FOR]
    _destroy([path.as_posix() for path in old])
    return len(old)


def encrypt_earlier(*, most: int = 200) -> int:
    """Encrypt files that lie in clear from before; return how many. One that was altered stays as evidence."""
    done = 0
    for path in _lying():
        if done == most:
            break
        if _key_name(path.as_posix()):
            continue
        with default_storage.open(path.as_posix()) as opened:
            content = bytes(opened.read())
        if hashlib.sha256(content).hexdigest() == path.name:
            _replace(path, _encrypted(content, sha256=path.name))
            done += 1
    return done


def _encrypted(content: bytes, *, sha256: str) -> bytes:
    name = keyring.new_name()
    return ciphertext.seal(content, key_name=name, key=keyring.ready([name])[name], about=f"shelf/{sha256}").whole


def _decrypted(content: bytes, *, sha256: str) -> bytes:
    sealed = ciphertext.from_whole(content)
    if sealed is None:  # of before; its digest is looked at
        return content
    found = keyring.found([sealed.key_name])
    if sealed.key_name not in found.keys:
        raise Refused("key.destroyed" if found.destroyed else "key.lost")
    return ciphertext.opened(sealed, key=found.keys[sealed.key_name], about=f"shelf/{sha256}")


def _destroy(places: Iterable[str]) -> bool:
    """Destroy files with their keys, the keys first: a crash in between leaves what nobody can read.

    Without the keyring they stay, and a later sweep finds them: their keys are elsewhere.
    """
    there = [place for place in places if default_storage.exists(place)]
    names = [name for place in there if (name := _key_name(place))]
    if names and not keyring.destroy(names):
        return False
    for place in there:
        default_storage.delete(place)
    return True


def _key_name(place: str) -> str:
    with default_storage.open(place) as opened:
        sealed = ciphertext.from_whole(bytes(opened.read(HEAD)))
    return sealed.key_name if sealed else ""


def _replace(path: Path, content: bytes) -> None:
    """Put new content in an old file's place, as a whole and with the day of before."""
    whole = Path(default_storage.path(path.as_posix()))
    draft = whole.with_name(f".{whole.name}.{os.getpid()}")
    times = whole.stat()
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.utime(draft, ns=(times.st_atime_ns, times.st_mtime_ns))
    draft.replace(whole)


def _lying() -> list[Path]:
    if not default_storage.exists(FOLDER):
        return []
    heads = default_storage.listdir(FOLDER)[0]
    return [Path(FOLDER, head, name) for head in heads for name in default_storage.listdir(f"{FOLDER}/{head}")[1]]


def _age(path: Path, *, at: datetime) -> timedelta:
    return at - default_storage.get_modified_time(path.as_posix())


def _place(sha256: str) -> str:
    return f"{FOLDER}/{sha256[:2]}/{sha256}"
