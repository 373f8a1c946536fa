"""Sixteen people sign in at the same moment at a real server: all come in, and its memory stays small."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http import HTTPStatus
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

from pingyi.storage.tests.template import lay_out

ROOT = Path(__file__).resolve().parents[2]
AT_ONCE = 16
MEGABYTES = 300
NAME, WORD = "zhou", "a sentence for the test"
BUREAU = {
    "name": "某市环境保护局", "office_name": "监察室", "year": "2026", "officer": "周明",
    "username": NAME, "password": WORD, "again": WORD, "second": "孙伟", "second_role": "bureau_leader",
    "address": "https://pingyi.example.gov",
}  # fmt: skip


def browser() -> OpenerDirector:
    return build_opener(HTTPCookieProcessor(CookieJar()))


def post(one: OpenerDirector, page_at: str, /, **told: str) -> str:
    """Fill in a form as a person does: open it, send it, and return where that led."""
    page = one.open(page_at, timeout=60).read().decode()
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert found, page
    sent = urlencode({**told, "csrfmiddlewaretoken": found[1]}).encode()
    while True:
        try:
            return str(one.open(page_at, sent, timeout=60).geturl())
        except HTTPError as fault:  # a busy machine: wait as the page says, and send it again
            if fault.code != HTTPStatus.SERVICE_UNAVAILABLE:
                raise
            time.sleep(int(fault.headers["Retry-After"]))


@contextmanager
def server(home: Path) -> Iterator[tuple[str, int]]:
    """Serve a site of its own on a free port; give its address and the process that was started."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PINGYI_", "PYTEST_", "DJANGO_"))}
    more = {"PYTHONPATH": str(ROOT / "src"), "PINGYI_ROOT": str(ROOT), "PINGYI_HOME": str(home)}
    command = [sys.executable, "-m", "pingyi", "serve", "--port", str(port)]
    running = subprocess.Popen(command, env={**kept, **more}, start_new_session=True, stdout=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        while True:
            try:
                browser().open(f"{address}/first-run/", timeout=60)
                break
            except URLError:  # it is still starting
                assert running.poll() is None, "the server ended"
                time.sleep(0.2)
        yield address, running.pid
    finally:
        os.killpg(running.pid, signal.SIGTERM)
        running.wait(timeout=30)


def peaks(session: int) -> dict[str, int]:
    """The most memory, in megabytes, that each process of the server ever took."""
    found = {}
    for one in Path("/proc").glob("[0-9]*"):
        try:
            stat = (one / "stat").read_text().rpartition(")")[2].split()
            status = (one / "status").read_text()
        except OSError:
            continue
        peak = re.search(r"VmHWM:\s+(\d+)", status)
        if int(stat[3]) == session and peak:
            found[one.name] = int(peak[1]) // 1024
    return found


def test_sixteen_sign_in_at_once_and_the_server_stays_small(tmp_path: Path) -> None:
    with server(lay_out(tmp_path / "home")) as (address, session):
        assert post(browser(), f"{address}/first-run/", **BUREAU).startswith(address)
        door = f"{address}/accounts/login/"
        with ThreadPoolExecutor(AT_ONCE) as people:
            for _ in range(3):
                led = list(people.map(lambda _: post(browser(), door, login=NAME, password=WORD), range(AT_ONCE)))
                assert led == [f"{address}/desk/"] * AT_ONCE
        found = peaks(session)
    assert len(found) >= 2, "the server and the process that answers"
    assert max(found.values()) < MEGABYTES, found
