"""The public's form over HTTP, from the socket to the disk, against a bare form with one insert; both durable."""

from __future__ import annotations

import asyncio
import os
import re
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

import measure

sys.path.append(str(measure.ROOT))

from tests import on_postgres

AT_ONCE = 64
SECONDS = 5.0
WRITTEN = 12_000  # more than any server answers in that time
TURNS = 3
LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)
GROUND = """
from pingyi.cli.site import prepare
prepare()
from pingyi.bureau.tests.cast import assemble
assemble()
"""
TOLD = {
    "kind": "complaint", "text": "柳溪路工地连续三晚施工，吵得睡不着。希望夜里停工。", "place": "柳溪路8号",
    "name": "林先生", "phone": "13800000001", "title": "", "email": "",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Storm:
    """What came of one storm."""

    taken: int
    refused: int
    rate: float
    cpu: float  # milliseconds of processor that the server's processes used for one
    late: float  # the ninety-ninth of a hundred answers, in milliseconds


def figures() -> list[measure.Figure]:
    """Measure on SQLite, and on PostgreSQL with fsync where a server can be started."""
    found = _on("SQLite, durable (synchronous=FULL)")
    with on_postgres.server("-c fsync=on -c synchronous_commit=on") as url:
        if url:
            found += _on("PostgreSQL, durable (fsync=on; its own processor time not counted)", url)
    return found


def _on(engine: str, url: str = "") -> list[measure.Figure]:
    ours, bare = [], []
    for _ in range(TURNS):
        bare.append(_storm(is_bare=True, url=url))
        ours.append(_storm(is_bare=False, url=url))
    cpu, other = median(one.cpu for one in ours), median(one.cpu for one in bare)
    rate, others = median(one.rate for one in ours), median(one.rate for one in bare)
    spread = " to ".join(f"{one.rate:,.0f}" for one in (min(ours, key=_rate), max(ours, key=_rate)))
    late = f"p99 {median(one.late for one in ours):.0f} : {median(one.late for one in bare):.0f} ms"
    refused = sum(one.refused for one in ours)
    return [
        measure.Figure(
            name=f"submissions/{engine}",
            what=f"{engine}: processor time to take in what the public hands in, against a bare form and insert",
            ratio=f"{cpu / other:.2f} ×",
            detail=f"{cpu:.2f} : {other:.2f} ms each; goal 3 × or less; median of {TURNS}; {measure.load()}",
        ),
        measure.Figure(
            name=f"submissions/{engine}",
            what=f"{engine}: submissions a second over HTTP, {AT_ONCE} at once, against a bare form and insert",
            ratio=f"{rate / others:.2f} ×",
            detail=f"{rate:,.0f} : {others:,.0f} a second ({spread}); goal 500 or more; {late}; "
            f"{refused} refused politely; sender and server share {os.cpu_count()} cores; {measure.load()}",
        ),
    ]


def _rate(one: Storm) -> float:
    return one.rate


def _storm(*, is_bare: bool, url: str) -> Storm:
    with tempfile.TemporaryDirectory() as home:
        told = measure.environment(
            PINGYI_HOME=home, PINGYI_HTTPS="true", PINGYI_HOSTS="*", PINGYI_DATABASE_URL=_own(url)
        )
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        if is_bare:
            words = ["-c", "import sys, bare; bare.serve(*sys.argv[1:])", str(port), str(os.cpu_count()), "32"]
        else:
            subprocess.run([sys.executable, "-c", GROUND], env=told, check=True)
            words = ["-m", "pingyi", "serve", "--port", str(port)]
        with subprocess.Popen([sys.executable, *words], env=told, stdout=subprocess.DEVNULL) as site:
            try:
                return asyncio.run(_blow(port, site.pid))
            finally:
                site.terminate()
                site.wait()


def _own(url: str) -> str:
    """A database of this storm's own on the server."""
    if not url:
        return ""
    import psycopg

    name = f"storm_{secrets.token_hex(4)}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
    return url.replace("/postgres?", f"/{name}?")


async def _blow(port: int, pid: int) -> Storm:
    """Send from as many connections as there are at once; each waits for its answer before it sends again."""
    token, cookie = await _begin(port)
    await _sent(port, _written(token, cookie, count=WRITTEN // 4), seconds=1.0)  # warm
    requests = _written(token, cookie, count=WRITTEN)  # before the storm: the sender takes from the same cores
    before, begun = _ticks(pid), time.monotonic()
    sent = await _sent(port, requests, seconds=SECONDS)
    took, used = time.monotonic() - begun, _ticks(pid) - before
    taken = sorted(seconds for seconds, status in sent if status == 302)
    others = {status for _, status in sent} - {302, 503}
    if others or not taken:
        raise RuntimeError(f"answered {others or 'nothing'}")
    return Storm(
        taken=len(taken),
        refused=len(sent) - len(taken),
        rate=len(taken) / took,
        cpu=used / os.sysconf("SC_CLK_TCK") / len(taken) * 1000,
        late=taken[int(len(taken) * 0.99)] * 1000,
    )


async def _begin(port: int) -> tuple[str, str]:
    """Open the form once it is there; return its token and its cookie."""
    for _ in range(1200):
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.1)
            continue
        writer.write(b"GET /tell/ HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-Proto: https\r\nConnection: close\r\n\r\n")
        page = (await reader.read()).decode()
        writer.close()
        found = re.search(r"csrfmiddlewaretoken\"? value=\"?([A-Za-z0-9]+)", page)
        cookie = re.search(r"set-cookie:\s*(csrftoken=[A-Za-z0-9]+)", page, re.IGNORECASE)
        if found and cookie:
            return found[1], cookie[1]
    raise RuntimeError("the site does not answer")


def _written(token: str, cookie: str, *, count: int) -> Iterator[bytes]:
    """Return requests as they go over the line, each a matter of its own from another home."""
    found = []
    for _ in range(count):
        body = urlencode({**TOLD, "csrfmiddlewaretoken": token, "once": secrets.token_urlsafe(24)}).encode()
        found.append(_head(cookie, len(body)) + body)
    return iter(found)


async def _sent(port: int, requests: Iterator[bytes], *, seconds: float) -> list[tuple[float, int]]:
    ends = time.monotonic() + seconds
    told = await asyncio.gather(*(_send(port, requests, ends) for _ in range(AT_ONCE)))
    return [one for each in told for one in each]


async def _send(port: int, requests: Iterator[bytes], ends: float) -> list[tuple[float, int]]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    told = []
    while (begun := time.monotonic()) < ends and (request := next(requests, None)) is not None:
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        length = LENGTH.search(head)
        if length:
            await reader.readexactly(int(length[1]))
        told.append((time.monotonic() - begun, int(head.split(b" ", 2)[1])))
    writer.close()
    return told


def _head(cookie: str, length: int) -> bytes:
    address = ".".join(str(secrets.randbelow(250) + 1) for _ in range(4))  # each from a home of its own
    return (
        "POST /tell/ HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-Proto: https\r\nReferer: https://localhost/tell/\r\n"
        f"X-Forwarded-For: {address}\r\nCookie: {cookie}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {length}\r\n\r\n"
    ).encode()


def _ticks(pid: int) -> int:
    """The processor's ticks that a server used so far: its parent, and the children that answer, not the worker."""
    return sum(_of(one) for one in (pid, *_answering(pid)))


def _of(pid: int) -> int:
    return sum(map(int, Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[11:13]))


def _answering(pid: int) -> list[int]:
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(path.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[1])
            words = path.with_name("cmdline").read_bytes()
        except OSError:
            continue
        if parent == pid and b"--beside" not in words and b"pingyi.reader" not in words:
            found.append(int(path.parent.name))
    return found
