"""Restoring a backup: into a new folder, checked to the last digest, and only then in the place of the old (§5.4)."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from pingyi import home as homes
from pingyi.backup import archive, contents, keyring
from pingyi.backup.database import Server, list_of
from pingyi.backup.encryption import Keys, opened
from pingyi.backup.faults import BackupError

PACKAGE = Path(__file__).resolve().parents[1]
SETTINGS = "settings.env"
MARKS_OF_A_HOME = ("pingyi.sqlite3", "secret-key", "record-key", SETTINGS)
LEFT_ALONE = {"lost+found"}  # of a disk that is mounted as the home


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is restored, and where to; `keys_file` is the newest file of keys, where there is one."""

    file: Path
    home: Path
    keys: Keys
    database_url: str = ""
    keys_file: Path | None = None
    without_keys: bool = False


@dataclass(frozen=True, kw_only=True)
class Restored:
    """What came out of a backup: `former` is where the home that stood there before lies now."""

    about: dict[str, Any]
    checkpoint: dict[str, Any]
    former: Path | None = None


def restore(wanted: Wanted) -> Restored:
    """Put a backup in the place of the home; whatever speaks against it, nothing was changed."""
    _refuse_strangers(wanted.home)
    try:
        with homes.at_rest(wanted.home), _new_home(wanted.home) as new:
            return _restored(wanted, new)
    except BlockingIOError as busy:
        raise BackupError("running", home=wanted.home) from busy


def check(wanted: Wanted) -> Restored:
    """Try a backup without putting it anywhere; of a dump only the list is read, since to verify it takes a server."""
    is_there = wanted.home.is_dir()
    with homes.momentary(wanted.home / homes.MOMENTARY if is_there else wanted.home.parent) as new:
        filled = _fill(wanted, new, engine=None)
        if filled.about["engine"] == "postgresql":
            list_of(new / "tmp" / contents.DATABASE["postgresql"])
        else:
            _prove(new, "", filled.about)
    return filled


def _restored(wanted: Wanted, new: Path) -> Restored:
    server = _server(wanted)
    filled = _fill(wanted, new, engine="postgresql" if server else "sqlite")
    with _database(server, new):
        _prove(new, wanted.database_url, filled.about)
        former = _exchange(wanted.home, new)
    return Restored(about=filled.about, checkpoint=filled.checkpoint, former=former)


def known_migrations() -> dict[str, int]:
    """Return the newest step of the database's shape that this version knows, for each of its packages."""
    found: dict[str, int] = {}
    for path in PACKAGE.rglob("migrations/[0-9]*.py"):
        label = path.parents[1].name
        found[label] = max(found.get(label, 0), int(path.name[:4]))
    return found


def _fill(wanted: Wanted, new: Path, *, engine: str | None) -> Restored:
    """Unpack the data and the keys into a new home, and lay its settings beside them."""
    kept: dict[str, Any] = {}

    def fits(about: dict[str, Any]) -> None:
        _refuse_newer(about)
        if engine and about["engine"] != engine:
            raise BackupError("needs_server" if engine == "sqlite" else "needs_no_server")
        kept.update(about)

    with opened(wanted.file, wanted.keys) as reader:
        manifest = archive.unpack(reader, file=wanted.file, check=fits, place=partial(contents.place, folder=new))
    if kept["keyring"] and not wanted.without_keys:
        file = wanted.keys_file or keyring.newest(wanted.file.parent, keys=wanted.keys, vkey=kept["vkey"])
        keyring.unpack(file, new, keys=wanted.keys, vkey=kept["vkey"])
    lines = [f"{name}={_quoted(str(value))}\n" for name, value in sorted(kept["settings"].items())]
    (new / SETTINGS).touch(mode=homes.FILE)
    (new / SETTINGS).write_text("".join(lines), encoding="utf-8")
    return Restored(about=kept, checkpoint=manifest["checkpoint"])


def _refuse_strangers(home: Path) -> None:
    """Never put away a folder that holds anything but a site."""
    if _content(home) and not any((home / mark).exists() for mark in MARKS_OF_A_HOME):
        raise BackupError("not_a_home", home=home)


def _refuse_newer(about: dict[str, Any]) -> None:
    known = known_migrations()
    if about.get("format") != archive.FORMAT:
        raise BackupError("newer", what=about.get("version", "?"))
    newer = [f"{label} {number}" for label, number in about["migrations"].items() if number > known.get(label, 0)]
    if newer:
        raise BackupError("newer", what=f"{about['version']}: {', '.join(newer[:3])}")


@contextlib.contextmanager
def _new_home(home: Path) -> Iterator[Path]:
    """Lend a folder that can take the home's place: beside it, or inside one that is a disk of its own and empty."""
    prefix = f"{home.name}.new-"
    is_beside = not home.is_mount() and os.access(_existing(home.parent), os.W_OK)
    if not is_beside and _content(home):
        raise BackupError("no_room", home=home)
    above = home.parent if is_beside else home
    homes.sweep(above, prefix)
    with homes.momentary(above, prefix) as folder:
        yield folder


def _existing(folder: Path) -> Path:
    return folder if folder.exists() else _existing(folder.parent)


def _content(home: Path) -> list[Path]:
    """Return what lies in a home, but for what an empty one has as well."""
    found = home.iterdir() if home.is_dir() else iter(())
    return [one for one in found if one.name not in LEFT_ALONE and not one.name.startswith((".", f"{home.name}.new-"))]


def _server(wanted: Wanted) -> Server | None:
    if not wanted.database_url:
        return None
    server = Server.at(wanted.database_url)
    if tables := server.tables():
        raise BackupError("server_not_empty", what=", ".join(tables[:3]))
    return server


@contextlib.contextmanager
def _database(server: Server | None, new: Path) -> Iterator[None]:
    """Fill the server's database, and empty it again should the backup be refused after all."""
    dump = contents.place(contents.DATABASE["postgresql"], new)
    if server is None or dump is None:
        yield
        return
    server.fill(dump)
    dump.unlink()
    try:
        yield
    except BaseException:
        server.empty()
        raise


def _prove(new: Path, database_url: str, about: dict[str, Any]) -> None:
    """Bring the new home to this version's shape, and let the record speak for itself under its own settings."""
    done = _pingyi(new, database_url, "manage", "migrate", "-v0", "--no-input")
    if done.returncode:
        raise BackupError("shape", what=_tail(done.stderr))
    done = _pingyi(new, database_url, "verify", "--json", "--vkey", about["vkey"])
    try:
        report = json.loads(done.stdout)
    except ValueError:
        raise BackupError("verify", what=_tail(done.stderr)) from None
    if not report["passed"]:
        raise BackupError("verify", what="; ".join(one["sentence"] for one in report["faults"][:3]))


def _pingyi(home: Path, database_url: str, *words: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PINGYI_", "DJANGO_"))}
    paths = [str(PACKAGE.parent), *filter(None, [os.environ.get("PYTHONPATH")])]
    mine = {"PINGYI_HOME": str(home), "PINGYI_DATABASE_URL": database_url, "PYTHONPATH": os.pathsep.join(paths)}
    if root := os.environ.get("PINGYI_ROOT"):
        mine["PINGYI_ROOT"] = root
    command = [sys.executable, "-m", "pingyi", *words]
    return subprocess.run(
        command, env={**kept, **mine}, capture_output=True, encoding="utf-8", errors="replace", check=False
    )


def _exchange(home: Path, new: Path) -> Path | None:
    """Let the new folder take the home's name; the old one keeps everything under a name beside it."""
    if new.parent == home:  # a disk of its own, which cannot be renamed, and empty
        for entry in sorted(new.iterdir()):
            entry.rename(home / entry.name)
        homes.fsync_folder(home)
        return None
    former = None
    if home.exists():
        former = home.with_name(f"{home.name}.before-{time.strftime('%Y%m%d-%H%M%S')}")
        home.rename(former)
    new.rename(home)
    homes.fsync_folder(home.parent)
    return former


def _tail(text: str) -> str:
    """The last line of what a command said, where the reason stands."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1][:400] if lines else "?"


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"
