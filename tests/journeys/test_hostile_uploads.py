"""Nine hostile uploads at once, on the real server: while they wait for their answers, every other page is answered."""

from __future__ import annotations

import os
import re
import signal
import threading
import time
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import HTTPCookieProcessor, Request, build_opener, urlopen

import pytest

from pingyi.cli.tests.test_trouble import ROOT, free_port, run, started, wait_for
from pingyi.storage.tests.template import lay_out

PROGRAM = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 100 100\n{} loop\n"
UPLOADS = 9
FOUNDED = """
from pingyi.bureau.tests.cast import assemble
assemble()
"""
pytestmark = pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="processes are looked for in /proc")


@pytest.fixture
def site(tmp_path: Path) -> Iterator[tuple[int, int]]:
    """The real server on a free port: its port, and the process that opens files."""
    for name in ("plans", "calendars"):
        (tmp_path / name).symlink_to(ROOT / name)
    lay_out(tmp_path / "var")
    made = run(tmp_path, "manage", "shell", "-c", FOUNDED)
    assert made.returncode == 0, made.stderr
    port = free_port()
    with started(tmp_path, "serve", "--port", str(port)) as server:
        wait_for(port, server)
        try:
            yield port, reader_of(server.pid)
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(timeout=60)


def reader_of(server: int) -> int:
    for child in Path(f"/proc/{server}/task/{server}/children").read_text(encoding="ascii").split():
        if b"pingyi.reader" in Path(f"/proc/{child}/cmdline").read_bytes():
            return int(child)
    raise AssertionError("the server keeps no reader")


def tell(port: int, number: int, *, content: bytes) -> tuple[int, str]:
    """Hand in a matter with a file as a browser does; return the answer's status and page."""
    browser = build_opener(HTTPCookieProcessor(CookieJar()))
    address = f"http://127.0.0.1:{port}/tell/"
    page = browser.open(address, timeout=120).read().decode()
    fields = {name: re.search(f'name="{name}" value="([^"]+)"', page)[1] for name in ("csrfmiddlewaretoken", "once")}
    fields |= {"kind": "complaint", "text": f"第{number}件：工地夜间施工", "place": ""}
    edge = "edge-of-a-part"
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ]
    parts.append(f'--{edge}\r\nContent-Disposition: form-data; name="attachments"; filename="photo.png"\r\n\r\n')
    body = "".join(parts).encode() + content + f"\r\n--{edge}--\r\n".encode()
    head = {"Content-Type": f"multipart/form-data; boundary={edge}", "Referer": address}
    try:
        with browser.open(Request(address, body, head), timeout=120) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as refused:
        return refused.code, refused.read().decode()


def test_pages_are_answered_while_nine_hostile_uploads_are_not(site: tuple[int, int]) -> None:
    port, reader = site
    answers: dict[int, tuple[int, str]] = {}
    os.kill(reader, signal.SIGSTOP)  # as slow as any file can make it
    try:
        senders = [
            threading.Thread(target=lambda n=n: answers.update({n: tell(port, n, content=PROGRAM)}))
            for n in range(UPLOADS)
        ]
        for one in senders:
            one.start()
        until = time.monotonic() + 300
        while not any(status == 503 for status, _ in answers.values()):  # the uploads have come to the reader
            assert time.monotonic() < until, "nobody is told that the reader is busy"
            for path in ("/", "/accounts/login/", "/record/", "/tell/"):
                with urlopen(f"http://127.0.0.1:{port}{path}", timeout=60) as page:
                    assert page.status == 200
    finally:
        os.kill(reader, signal.SIGCONT)
    for one in senders:
        one.join()
    assert {status for status, _ in answers.values()} <= {422, 503}
    for number, (_, page) in answers.items():
        assert f"第{number}件：工地夜间施工" in page  # nothing typed is lost
    assert len(answers) == UPLOADS
