"""The site's own list of its backups: when the last one was made, and which key files still exist."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

NAME = "backups.json"
REMEMBERED = 100
KEY_FILES_KEPT = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Made:
    """One backup: where it was written, and the file of keys beside it."""

    made_at: str
    file: str
    size: int
    checkpoint: int
    keys: str = ""
    keys_sha256: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Superseded:
    """Key files older than the newest two: `removed` are gone, `missing` were moved elsewhere by somebody."""

    removed: tuple[str, ...]
    missing: tuple[str, ...]


def read(home: Path) -> list[Made]:
    """Return the backups that were made, oldest first; a list that cannot be read is an empty one."""
    try:
        kept = json.loads((home / NAME).read_text(encoding="utf-8"))
        return [Made(**one) for one in kept]
    except (OSError, ValueError, TypeError):
        return []


def last(home: Path) -> datetime | None:
    """Return when the last backup was made; None where there was never one."""
    made = read(home)
    return datetime.fromisoformat(made[-1].made_at) if made else None


def add(home: Path, made: Made) -> None:
    """Write one more down."""
    _write(home, [*read(home), made][-REMEMBERED:])


def supersede(home: Path) -> Superseded:
    """Remove key files older than the newest two, so that who is erased is erased in old backups as well.

    Only a file that still is what this site wrote is removed; one that is not there any more is named once.
    """
    made = read(home)
    old = [one for one in made if one.keys][:-KEY_FILES_KEPT]
    removed = [one.keys for one in old if _is_unchanged(one)]
    for name in removed:
        Path(name).unlink()
    if old:
        _write(home, [replace(one, keys="", keys_sha256="") if one in old else one for one in made])
    return Superseded(removed=tuple(removed), missing=tuple(one.keys for one in old if one.keys not in removed))


def _is_unchanged(made: Made) -> bool:
    path = Path(made.keys)
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == made.keys_sha256


def _write(home: Path, made: list[Made]) -> None:
    draft = home / f"{NAME}.part"
    draft.touch(mode=0o600)
    draft.write_text(json.dumps([asdict(one) for one in made], ensure_ascii=False, indent=1), encoding="utf-8")
    draft.replace(home / NAME)
