"""One power cut: promise until it comes, and count what was not kept."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pingyi.storage.tests.template import lay_out
from tests import on_postgres
from tests.power.shadow import Shadow

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(__file__).with_name("promises.py")


@dataclass(frozen=True, kw_only=True)
class Cut:
    """What one power cut left."""

    promises: int
    lost: tuple[str, ...]


def environment(home: Path, **more: str) -> dict[str, str]:
    """What the program is started with; nothing of the tests' own settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PINGYI_", "PYTEST_", "DJANGO_"))}
    mine = {"PINGYI_ROOT": str(ROOT), "PINGYI_HOME": str(home), "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    return {**kept, **mine, **more}


def ground(folder: Path, **more: str) -> Path:
    """Make a home with a bureau, from which each cut begins."""
    home = folder / "ground"
    if more.get("PINGYI_DATABASE_URL"):
        home.mkdir(parents=True)
    else:
        lay_out(home)
    _run("prepare", home, **more)
    return home


def sqlite(ground: Path, folder: Path, *, promises: int, threads: int = 8, setting: str = "") -> Cut:
    """Cut the power of a site on SQLite once it has promised so much."""
    home, left = folder / "home", folder / "left"
    shutil.copytree(ground, home)
    shadow = Shadow.over(home, folder / "shadow")
    told = environment(home, **shadow.environment())
    command = [sys.executable, str(PROGRAM), "make", str(threads), *filter(None, [setting])]
    with subprocess.Popen(command, env=told, stdout=subprocess.PIPE) as site:
        lines = _promised(site, promises)
        shadow.cut(site.pid, to=left)
        assert site.stdout is not None
        lines += site.stdout.read().splitlines()  # said before it was stopped
    return _judged(lines, left)


def _promised(site: subprocess.Popen[bytes], count: int) -> list[bytes]:
    assert site.stdout is not None
    lines: list[bytes] = []
    while len(lines) < count:
        line = site.stdout.readline()
        if not line:
            raise RuntimeError("the site ended by itself")
        lines.append(line.strip())
    time.sleep(len(lines) % 7 / 1000)  # somewhere within a commit
    return lines


def _judged(lines: list[bytes], home: Path, **more: str) -> Cut:
    found = _run("check", home, told=b"\n".join(lines), **more)
    return Cut(promises=len(lines), lost=tuple(found.splitlines()))


def _run(what: str, home: Path, *, told: bytes = b"", **more: str) -> str:
    command = [sys.executable, str(PROGRAM), what]
    done = subprocess.run(command, env=environment(home, **more), input=told, capture_output=True, check=False)
    if done.returncode:  # a database that cannot be read any more kept nothing
        return f"unreadable {done.stderr.decode(errors='replace').strip().splitlines()[-1]}"
    return done.stdout.decode()


def postgres(*, promises: int, threads: int = 8, fsync: str = "on") -> Cut:
    """Cut the power of a site on PostgreSQL; whoever calls it has asked `on_postgres.can_start` before."""
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    try:
        return _on_server(folder, promises=promises, threads=threads, fsync=fsync)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _on_server(folder: Path, *, promises: int, threads: int, fsync: str) -> Cut:
    cluster, left = folder / "cluster", folder / "left"
    on_postgres.make(cluster)
    with _started(cluster, "-c fsync=off") as url:
        home = ground(folder, PINGYI_DATABASE_URL=url)
    shadow = Shadow.over(cluster, folder / "shadow")
    on_postgres.hand_over(folder / "shadow")
    flags = f"-c fsync={fsync} -c synchronous_commit=on"
    with _started(cluster, flags, **shadow.environment()) as url:
        told = environment(home, PINGYI_DATABASE_URL=url)
        command = [sys.executable, str(PROGRAM), "make", str(threads)]
        with subprocess.Popen(command, env=told, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as site:
            lines = _promised(site, promises)
            server = int((cluster / "postmaster.pid").read_text(encoding="ascii").split()[0])
            shadow.cut(site.pid, server, to=left)
            assert site.stdout is not None
            lines += site.stdout.read().splitlines()
        (cluster / "postmaster.pid").unlink()  # it is dead
    (left / "postmaster.pid").unlink(missing_ok=True)
    on_postgres.hand_over(left)
    try:
        with _started(left, "-c fsync=off") as url:
            return _judged(lines, home, PINGYI_DATABASE_URL=url)
    except subprocess.CalledProcessError:
        return Cut(promises=len(lines), lost=("unreadable: the server does not start",) * len(lines))


@contextlib.contextmanager
def _started(cluster: Path, flags: str, **more: str) -> Iterator[str]:
    for old in cluster.parent.glob(".s.PGSQL.*"):  # the frozen server's
        old.unlink()
    on_postgres.start(cluster, flags, **more)
    try:
        yield f"postgresql://pingyi@/postgres?host={cluster.parent}"
    finally:
        if (cluster / "postmaster.pid").exists():
            on_postgres.stop(cluster)
