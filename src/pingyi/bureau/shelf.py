"""Where handed-in files lie: each under its digest, written before any row names it, so no crash loses one."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.core import signing
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from pingyi.documents.handed_in import HandedIn
from pingyi.rules.refused import Refused
from pingyi.storage.folder import SyncedStorage

FOLDER = "proofs"
SALT = "pingyi.plans.shelf"
Named = Callable[[], Iterable[str]]
_NAMED: list[Named] = []
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
        default_storage.save(place, ContentFile(file.content))
    elif isinstance(default_storage, SyncedStorage):
        default_storage.settle(place)
    return kept


def take(sha256: str) -> bytes:
    """Return a file's content; one that was changed on the disk is refused, never handed out."""
    try:
        with default_storage.open(_place(sha256)) as opened:
            content = bytes(opened.read())
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


def discard(sha256: str) -> bool:
    """Destroy a file at once, unless a row of any room still names it; return whether it is gone."""
    if any(sha256 in set(source()) for source in _NAMED):
        return False
    default_storage.delete(_place(sha256))
    return True


def sweep(*, at: datetime) -> int:
    """Remove files that no room's row names and no form waits for any more; return how many."""
    named = {sha256 for source in _NAMED for sha256 in source()}
    old = [path for path in _lying() if path.name not in named and _age(path, at=at) > KEPT_FOR]
    for path in old:
        default_storage.delete(path.as_posix())
    return len(old)


def _lying() -> list[Path]:
    if not default_storage.exists(FOLDER):
        return []
    heads = default_storage.listdir(FOLDER)[0]
    return [Path(FOLDER, head, name) for head in heads for name in default_storage.listdir(f"{FOLDER}/{head}")[1]]


def _age(path: Path, *, at: datetime) -> timedelta:
    return at - default_storage.get_modified_time(path.as_posix())


def _place(sha256: str) -> str:
    return f"{FOLDER}/{sha256[:2]}/{sha256}"
