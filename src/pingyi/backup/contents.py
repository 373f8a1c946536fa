"""What of a home belongs into its backup: everything but what is made anew by itself, so that nothing is forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pingyi.backup.archive import Member

DATABASE = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
RECORD_KEY, SECRET_KEY, WITHIN = "record-key", "secret-key", "home/"
KEYRING = "keys"  # the keys of persons, which never lie in a data backup: who was erased is erased in old ones too
MADE_ANEW = {KEYRING, "static", "tmp", "setup-code", "settings.env", RECORD_KEY, SECRET_KEY}
DATABASES = ("pingyi.sqlite3", "limits.sqlite3")  # with what SQLite lays beside them
MARKS = ("pingyi.sqlite3", "secret-key")  # a folder with one of these is the home of another site, such as the demo


def files(home: Path) -> Iterator[Member]:
    """Yield every file of the home that a restore needs, by the name that it has in the backup."""
    for entry in sorted(home.iterdir()):
        if entry.name in MADE_ANEW or entry.name.startswith((*DATABASES, ".")) or entry.name.endswith(".part"):
            continue
        if entry.is_file():
            yield Member(name=f"{WITHIN}{entry.name}", path=entry)
        elif entry.is_dir() and not any((entry / mark).exists() for mark in MARKS):
            yield from _below(entry, home)


def keyring(home: Path) -> list[Path]:
    """Return the files that hold the keys of persons; none where nothing was ever encrypted."""
    found = (home / KEYRING).rglob("*") if (home / KEYRING).is_dir() else iter(())
    return sorted(
        one for one in found if one.is_file() and not one.name.endswith(("-wal", "-shm", "-journal", ".part"))
    )


def place(name: str, folder: Path) -> Path | None:
    """Return where a file of a data backup belongs in a new home; None for a name that none can have."""
    if name == DATABASE["sqlite"]:
        return folder / "pingyi.sqlite3"
    if name == DATABASE["postgresql"]:
        return folder / "tmp" / DATABASE["postgresql"]
    if name in {RECORD_KEY, SECRET_KEY}:
        return folder / name
    first = name.removeprefix(WITHIN).split("/")[0]
    is_ours = name.startswith(WITHIN) and first not in MADE_ANEW and not first.startswith((*DATABASES, "."))
    return folder / name.removeprefix(WITHIN) if is_ours else None


def _below(folder: Path, home: Path) -> Iterator[Member]:
    for entry in sorted(folder.iterdir()):
        if entry.is_dir() and not entry.is_symlink():
            yield from _below(entry, home)
        elif entry.is_file() and not entry.name.endswith(".part"):
            yield Member(name=f"{WITHIN}{entry.relative_to(home).as_posix()}", path=entry)
