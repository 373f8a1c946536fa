"""The database as one file: a snapshot that a site may write beside, and a server's database filled from one."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from pingyi.backup.faults import BackupError

PACKAGES = Path("/usr/lib/postgresql")  # where Debian keeps the programs of each version
MADE_BY_USERS = (
    "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN"
    " ('r', 'p', 'v', 'm', 'S') AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_'"
)
EMPTIED = """
DO $$ DECLARE one record; BEGIN
  FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE format('DROP TABLE IF EXISTS public.%I CASCADE', one.tablename);
  END LOOP;
  DROP FUNCTION IF EXISTS public.record_only_adds() CASCADE;
END $$
"""


def copy(database: Path, target: Path) -> None:
    """Write a snapshot of an SQLite database; whoever writes meanwhile is neither stopped nor half in it."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=60)) as connection:
        connection.execute("VACUUM INTO ?", [str(target)])
    target.chmod(0o600)


@dataclass(frozen=True, kw_only=True, slots=True)
class Server:
    """A PostgreSQL database, reached by its own programs; the password stands in no list of processes."""

    address: str
    password: str

    @classmethod
    def at(cls, url: str) -> Server:
        """Read PINGYI_DATABASE_URL."""
        parts = urlsplit(url)
        place = parts.netloc.rpartition("@")
        user = place[0].split(":")[0]
        address = parts._replace(netloc=f"{user}@{place[2]}" if user else place[2]).geturl()
        return cls(address=address, password=unquote(parts.password or ""))

    def dump(self, target: Path, *, snapshot: str) -> None:
        """Write everything as of a snapshot that another connection holds."""
        words = ["--format=custom", f"--snapshot={snapshot}", f"--file={target}", "--no-owner", "--no-privileges"]
        self._run("pg_dump", *words, f"--dbname={self.address}")

    def tables(self) -> list[str]:
        """Return the names of what anybody has made in the database."""
        return self._ask(MADE_BY_USERS).split()

    def fill(self, dump: Path) -> None:
        """Restore a dump into the empty database, all of it or nothing."""
        words = ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", "--no-comments"]
        self._run("pg_restore", *words, f"--dbname={self.address}", str(dump))

    def empty(self) -> None:
        """Take out what a restore that was refused has put in; the database was empty before it."""
        self._ask(EMPTIED)

    def _ask(self, question: str) -> str:
        return self._run(
            "psql", "--no-psqlrc", "-Atq", "-v", "ON_ERROR_STOP=1", "-c", question, f"--dbname={self.address}"
        )

    def _run(self, name: str, *words: str) -> str:
        least = 0 if name == "psql" else int(self._ask("SHOW server_version_num")) // 10_000
        return _said(program(name, least), *words, **({"PGPASSWORD": self.password} if self.password else {}))


def list_of(dump: Path) -> str:
    """Return a dump's list of contents, read without any server."""
    return _said(program("pg_restore", 0), "--list", str(dump))


def _said(*command: str, **more: str) -> str:
    environment = {**os.environ, **more}
    done = subprocess.run(
        command, env=environment, capture_output=True, encoding="utf-8", errors="replace", check=False
    )
    if done.returncode:
        raise BackupError("server_says", what=" ".join(done.stderr.split())[:500])
    return done.stdout


def program(name: str, least: int) -> str:
    """Return a program of the server's version or the next newer one; an older one cannot read the server."""
    versions = sorted((version, path) for path in _programs(name) if (version := _version(path)) >= least)
    if not versions:
        raise BackupError("no_program", program=name, version=least or 15)
    return versions[0][1]


def _programs(name: str) -> Iterator[str]:
    found = shutil.which(name)
    yield from ([found] if found else [])
    yield from (str(path) for path in PACKAGES.glob(f"*/bin/{name}"))


def _version(path: str) -> int:
    said = subprocess.run([path, "--version"], capture_output=True, encoding="utf-8", check=False).stdout
    found = re.search(r"(\d+)", said)
    return int(found[1]) if found else 0
