"""The file of keys beside a backup: without it nobody's name is read, and the newest one opens every older backup."""

from __future__ import annotations

import io
from pathlib import Path

from pingyi.backup import archive, contents
from pingyi.backup.creation import KEYS_END
from pingyi.backup.encryption import Keys
from pingyi.backup.faults import BackupError


def newest(folder: Path, *, keys: Keys, vkey: str) -> Path | None:
    """Return the newest of this site's files of keys in a folder; those that do not open are another's.

    Not the one of the same name: an older one still knows who was erased since.
    """
    found: list[tuple[str, Path]] = []
    for path in sorted(folder.glob(f"*{KEYS_END}")):
        try:
            about = archive.head(keys.open_small(path), file=path)
        except BackupError:
            continue
        if about.get("vkey") == vkey:
            found.append((about["made_at"], path))
    return max(found)[1] if found else None


def unpack(path: Path | None, new: Path, *, keys: Keys, vkey: str) -> None:
    """Lay the keys of persons into a new home; those of another site are refused."""
    if path is None:
        raise BackupError("keys_needed")
    tar = keys.open_small(path)
    if archive.head(tar, file=path).get("vkey") != vkey:
        raise BackupError("keys_of_another", file=path)
    archive.unpack(io.BytesIO(tar), file=path, check=lambda _: None, place=lambda name: _place(name, new))


def _place(name: str, new: Path) -> Path | None:
    return new / name if name.startswith(f"{contents.KEYRING}/") else None
