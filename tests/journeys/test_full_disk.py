"""A disk that fills up under a real site: what was accepted is there, everything else is told to come again (§5.4)."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import pytest

from pingyi.cli.tests.patience import PATIENCE, free_port, wait_until
from pingyi.storage.tests.template import lay_out

ROOT = Path(__file__).resolve().parents[2]
SIZE = 16 * 1024 * 1024
TAKEN = {201, 202}  # with a number at once, or with a receipt alone
LONG = "夜间施工噪声很大，请制止。" * 1200
GROUND = """
import json
from pingyi.cli.site import prepare
prepare()
from pingyi import clock
from pingyi.bureau.tests.cast import assemble
from pingyi.stations.cases.actions import keys
from pingyi.stations.cases.tests.conftest import CASES
from pingyi.stations.plans.actions import round as rounds
from pingyi.stations.plans.tests.plan_2026 import PLAN
cast = assemble()
zhou = cast.actor("zhou")
rounds.open_round("version-1", text=PLAN + CASES, by=zhou, at=clock.now())
key = keys.issue(channel="hotline_12345", label="flood", by=zhou, at=clock.now()).secret
print(json.dumps([key, cast.client("zhou").cookies["sessionid"].value]))
"""


@dataclass(frozen=True, kw_only=True)
class Answer:
    status: int
    headers: dict[str, str]
    text: str


@dataclass(kw_only=True)
class Site:
    """A served site, as programs, visitors and the office ask it."""

    home: Path
    port: int
    key: str
    session: str
    server: subprocess.Popen[bytes]

    def ask(
        self, path: str, sent: str | None = None, *, kind: str = "", language: str = "zh-hans", **headers: str
    ) -> Answer:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        cookies = f"django_language={language}; {headers.pop('Cookie', '')}"
        told = {"Cookie": cookies, **({"Content-Type": kind} if kind else {}), **headers}
        with closing(connection):
            connection.request("GET" if sent is None else "POST", path, body=sent and sent.encode(), headers=told)
            response = connection.getresponse()
            text = response.read().decode()
        return Answer(
            status=response.status, headers={name.title(): value for name, value in response.getheaders()}, text=text
        )

    def call(self, number: int) -> Answer:
        """Hand in by the interface."""
        sent = json.dumps({"kind": "complaint", "title": f"第{number}件", "text": LONG})
        return self.ask("/api/v1/cases", sent, kind="application/json", Authorization=f"Bearer {self.key}")

    def fill_in(self, path: str, told: dict[str, str], *, language: str = "zh-hans", cookie: str = "") -> Answer:
        """Open a form of the site and send it."""
        page = self.ask(path, language=language, Cookie=cookie)
        assert page.status == 200, page.text[:500]
        token = re.search(r"csrftoken=([^;]+)", page.headers.get("Set-Cookie", ""))
        assert token is not None
        hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page.text))
        sent = urlencode({**hidden, **told})
        jar = f"csrftoken={token[1]}; {cookie}"
        return self.ask(path, sent, kind="application/x-www-form-urlencoded", language=language, Cookie=jar)

    def desk(self, *, language: str = "zh-hans") -> str:
        page = self.ask("/desk/", language=language, Cookie=f"sessionid={self.session}")
        assert page.status == 200, page.text[:500]
        return page.text

    def receipts(self) -> set[str]:
        with closing(sqlite3.connect(self.home / "pingyi.sqlite3", timeout=PATIENCE)) as database:
            return {code for (code,) in database.execute("SELECT follow_code FROM cases_submission")}

    def count(self, question: str) -> int:
        with closing(sqlite3.connect(self.home / "pingyi.sqlite3", timeout=PATIENCE)) as database:
            return int(database.execute(question).fetchone()[0])


def environment(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PINGYI_", "PYTEST_", "DJANGO_"))}
    told = {"PINGYI_HOME": str(home), "PINGYI_ROOT": str(ROOT), "PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1"}
    return {**kept, **told, "PINGYI_CALLS_A_MINUTE": "0", "PINGYI_PROCESSES": "1"}


@pytest.fixture
def volume(tmp_path: Path) -> Iterator[Path]:
    """A volume of sixteen megabytes."""
    folder = tmp_path / "volume"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder)]
    if shutil.which("mount") is None or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("no volume may be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@contextmanager
def served(home: Path) -> Iterator[Site]:
    lay_out(home)
    made = subprocess.run([sys.executable, "-c", GROUND], env=environment(home), capture_output=True, check=False)
    assert made.returncode == 0, made.stderr.decode()[-2000:]
    key, session = json.loads(made.stdout.splitlines()[-1])
    port = free_port()
    command = [sys.executable, "-m", "pingyi", "serve", "--port", str(port)]
    with (
        (home.parent / "log").open("wb") as log,  # on the same disk, as logs often are
        subprocess.Popen(command, env=environment(home), stdout=log, stderr=log) as server,
    ):
        site = Site(home=home, port=port, key=key, session=session, server=server)
        try:
            wait_until(lambda: answers(site), told="the site does not answer", goes_on=lambda: server.poll() is None)
            yield site
        finally:
            server.terminate()


def answers(site: Site) -> bool:
    try:
        return site.ask("/").status == 200
    except OSError:
        return False


def test_what_was_accepted_before_the_disk_was_full_is_there_and_all_else_is_told_to_come_again(volume: Path) -> None:
    home = volume / "home"
    home.mkdir()
    with served(home) as site:
        receipts = flood(site)
        the_public_is_told(site)
        programs_are_told(site)
        the_office_is_told(site)
        assert site.server.poll() is None
        # Cases and their words take more room than what was handed in.
        subprocess.run(["mount", "-o", f"remount,size={SIZE * 16}", str(volume)], check=True)
        wait_until(lambda: site.call(9999).status in TAKEN, told="nothing is taken again")
        cases = "SELECT count(*) FROM cases_case"
        wait_until(
            lambda: site.count(cases) == site.count("SELECT count(*) FROM cases_submission"), told="cases are missing"
        )
        assert receipts <= site.receipts()
        wait_until(lambda: "磁盘" not in site.desk(), told="the alarm stays")
    command = [sys.executable, "-m", "pingyi", "verify"]
    checked = subprocess.run(command, env=environment(home), capture_output=True, encoding="utf-8", check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def flood(site: Site) -> set[str]:
    """Hand in until the disk is full, and a while longer; return the receipts that were given."""
    given, refused = set[str](), 0
    for number in range(3000):
        answer = site.call(number)
        if answer.status in TAKEN:
            given.add(json.loads(answer.text)["receipt"])
            refused = 0
            continue
        assert answer.status == 503, answer.text[:500]
        assert int(answer.headers["Retry-After"]) >= 1
        refused += 1
        if refused == 20:
            return given
    raise AssertionError("the disk is never full")


def until_refused(send: Callable[[int], Answer]) -> Answer:
    """Send until the disk has no room for it: something small still finds its place, how often depends on the log."""
    for number in range(3000):
        answer = send(number)
        if answer.status == 503:
            return answer
        assert answer.status == 302, (answer.status, answer.text[:3000])
    raise AssertionError("nothing is ever refused")


def add_section(site: Site, number: int) -> Answer:
    told = {"reference": f"more-{number}", "name": f"又一科{number}", "line": LONG[:30], "kind": "office"}
    return site.fill_in("/bureau/sections/add/", told, cookie=f"sessionid={site.session}")


def the_public_is_told(site: Site) -> None:
    """The form comes back with what was typed and with another way in; pages that only show something stay open."""
    told = {"kind": "complaint", "title": "路灯不亮", "text": LONG[:4800], "place": "柳溪路8号"}
    for language, word in (("zh-hans", "12345"), ("en", "come to the bureau")):
        answer = until_refused(lambda _, language=language: site.fill_in("/tell/", told, language=language))
        assert answer.headers["Retry-After"] == "60"
        assert word in answer.text
        assert LONG[:200] in answer.text
        assert "柳溪路8号" in answer.text
    for path in ("/", "/tell/", "/plan/", "/record/", "/public/", "/figures/"):
        assert site.ask(path).status in {200, 302}, path


def programs_are_told(site: Site) -> None:
    sent = urlencode({"service_code": "complaint", "description": LONG, "address_string": "x", "api_key": site.key})
    for form in ("json", "xml"):
        answer = site.ask(f"/open311/v2/requests.{form}", sent, kind="application/x-www-form-urlencoded")
        assert (answer.status, answer.headers["Retry-After"]) == (503, "60")
        assert form in answer.headers["Content-Type"]
        assert "503" in answer.text


def the_office_is_told(site: Site) -> None:
    assert "磁盘已满" in site.desk()
    assert "disk is full" in site.desk(language="en")
    answer = until_refused(lambda number: add_section(site, number))
    assert "又一科" in answer.text
    signed_in = site.fill_in("/accounts/login/", {"login": "zhou", "password": "wrong-password-1"})
    assert signed_in.status in {200, 503}
    assert "wrong-password-1" not in signed_in.text
