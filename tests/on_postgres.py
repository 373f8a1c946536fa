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

WHERE = ["src/pingyi/record", "src/pingyi/bureau", "src/pingyi/stations", "src/pingyi/rehearsal", "tests/journeys"]
# Forms, templates and walks over all pages ask the database nothing that the actions and queries do not ask already.
LEFT_TO_SQLITE = ["*/test_views*.py", "*/test_every_page_is_reached.py", "*/test_nothing_typed_is_markup.py"]


def program(name: str) -> str | None:
    """Find a server program; Debian keeps them off the PATH."""
    kept = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)
    return shutil.which(name) or (str(kept[0]) if kept else None)


@contextmanager
def server() -> Iterator[str | None]:
    """Start a throw-away server on a socket of its own; yields its URL, or None where there is no server."""
    initdb, control = program("initdb"), program("pg_ctl")
    if not (initdb and control) or not _may_run():
        yield None
        return
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    _run(initdb, "-D", str(folder / "cluster"), "-U", "pingyi", "-A", "trust", "-E", "UTF8", "--no-sync")
    flags = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off -c full_page_writes=off"
    _run(control, "-D", str(folder / "cluster"), "-w", "-l", str(folder / "log"), "-o", flags, "start")
    try:
        yield f"postgresql://pingyi@/postgres?host={folder}"
    finally:
        _run(control, "-D", str(folder / "cluster"), "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def _may_run() -> bool:
    # The server refuses to run as root, so root needs the user that Debian's package makes.
    return os.geteuid() != 0 or any(user.pw_name == "postgres" for user in pwd.getpwall())


def _run(*command: str) -> None:
    user = "postgres" if os.geteuid() == 0 else None
    subprocess.run(command, check=True, user=user, stdout=subprocess.DEVNULL, cwd="/")


def main() -> int:
    """Run the tests, or say why not."""
    with server() as url:
        if url is None:
            print("0 passed, 0 failed, 1 skipped: no PostgreSQL server can be started here")  # noqa: T201
            return 0
        environment = {**os.environ, "PINGYI_DATABASE_URL": url}
        where = [folder for folder in WHERE if Path(folder).exists()]
        left = [f"--ignore-glob={pattern}" for pattern in LEFT_TO_SQLITE]
        how = ["-q", "-n", "2", "--dist", "loadfile", "-m", "not browser", *left]
        command = [sys.executable, "-m", "pytest", *how, *where]
        return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main())
