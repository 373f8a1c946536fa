"""Runs the tests that touch the database once more on a real PostgreSQL, where a server can be started here."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

WHERE = ["tests/journeys", "src/pingyi/rehearsal", "src/pingyi/stations", "src/pingyi/bureau", "src/pingyi/record"]
# Forms, templates and walks over all pages ask the database nothing that the actions and queries do not ask already.
LEFT_TO_SQLITE = [
    "*/test_views*.py", "*/test_every_page_is_reached.py", "*/test_nothing_typed_is_markup.py",
    "*/test_hostile_words.py", "*/test_nothing_free_in_public.py", "*/test_who_opens_what.py", "*/test_verb_pages.py",
    "*/test_nobody_learns_of_a_report.py", "*/test_nobody_is_named.py",
    "*/test_version_sheets.py", "*/test_ten_times_the_rows.py",
    # These start a site of their own, on SQLite whatever the tests around them run on.
    "*/test_killed_in_the_middle.py", "*/test_interface_storm.py", "*/test_full_disk.py",
    "*/test_many_sign_in_at_once.py", "*/test_hostile_uploads.py", "*/test_home_is_closed.py",
    "*/test_killed_import.py", "*/test_encrypting_earlier.py", "*/test_the_first_run_names_the_site.py",
    "*/rehearsal/tests/test_year.py",  # a rehearsal is always a folder of its own
]  # fmt: skip

# Upkeep between two tests would count the rows of tables that the next test fills: plans must not hang on when it came.
UNHURRIED = "-c fsync=off -c full_page_writes=off -c autovacuum=off"

# Seconds until a start counts as failed: recovery after a power cut, on a machine with much else to do.
PATIENCE = "300"


def program(name: str) -> str | None:
    """Find a server program; Debian keeps them off the PATH."""
    kept = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)
    return shutil.which(name) or (str(kept[0]) if kept else None)


@contextmanager
def server(flags: str = "-c fsync=off -c full_page_writes=off") -> Iterator[str | None]:
    """Start a throw-away server on a socket of its own; yields its URL, or None where there is no server."""
    if not can_start():
        yield None
        return
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    make(folder / "cluster")
    start(folder / "cluster", flags)
    try:
        yield f"postgresql://pingyi@/postgres?host={folder}"
    finally:
        stop(folder / "cluster", how="immediate")
        shutil.rmtree(folder, ignore_errors=True)


def can_start() -> bool:
    """Whether a server can be started here: it refuses to run as root, so root needs the user of Debian's package."""
    is_allowed = os.geteuid() != 0 or any(user.pw_name == "postgres" for user in pwd.getpwall())
    return bool(program("initdb") and program("pg_ctl")) and is_allowed


def make(cluster: Path) -> None:
    """Make a server's empty folder."""
    hand_over(cluster.parent)
    _run("initdb", "-D", str(cluster), "-U", "pingyi", "-A", "trust", "-E", "UTF8", "--no-sync")


def start(cluster: Path, flags: str, **more: str) -> None:
    """Start a server on a socket beside its folder."""
    listening = f"-c listen_addresses='' -c unix_socket_directories={cluster.parent} {flags}"
    _run("pg_ctl", "-D", str(cluster), "-w", "-t", PATIENCE, "-l", f"{cluster}.log", "-o", listening, "start", **more)


def stop(cluster: Path, *, how: str = "fast") -> None:
    """Stop a server."""
    _run("pg_ctl", "-D", str(cluster), "-m", how, "stop")


def hand_over(folder: Path) -> None:
    """Give a folder and all in it to the user as whom the server runs."""
    if os.geteuid() == 0:
        for path in (folder, *folder.rglob("*")):
            shutil.chown(path, "postgres")


def _run(name: str, *words: str, **more: str) -> None:
    found, user = program(name), "postgres" if os.geteuid() == 0 else None
    environment = {**os.environ, **more}
    subprocess.run([str(found), *words], check=True, user=user, stdout=subprocess.DEVNULL, cwd="/", env=environment)


def main() -> int:
    """Run the tests, or say why not."""
    with server(UNHURRIED) as url:
        if url is None:
            print("0 passed, 0 failed, 1 skipped: no PostgreSQL server can be started here")  # noqa: T201
            return 0
        environment = {**os.environ, "PINGYI_DATABASE_URL": url}
        where = [folder for folder in WHERE if Path(folder).exists()]
        left = [f"--ignore-glob={pattern}" for pattern in LEFT_TO_SQLITE]
        suite = " and ".join(filter(None, ["not browser", os.environ.get("PINGYI_SUITE", "")]))
        how = ["-q", "-n", "2", "--dist", "loadfile", "--no-loadscope-reorder", "--hypothesis-profile=ci"]
        command = [sys.executable, "-m", "pytest", *how, "-m", suite, *left, *where]
        return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main())
