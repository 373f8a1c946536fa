"""The drill: a site is backed up, goes on, is lost, and stands again elsewhere with everything but what came later.

It runs on whatever database the tests run on: files of SQLite's, or databases of their own on the PostgreSQL server.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from pingyi.backup import archive
from pingyi.backup.database import Server
from pingyi.backup.encryption import ByPassphrase, Keys, new_identity, opened
from tests.journeys import standing

SERVER = os.environ.get("PINGYI_DATABASE_URL", "")
PHRASE = "four unrelated words"
UNDER = {"PINGYI_ORIGIN": "pingyi.example.gov", "PINGYI_HTTPS": "true", "PINGYI_HOSTS": "pingyi.example.gov"}
# A witness whose key stands in the home's list, further matters, and the checkpoint over them.
GO_ON = (
    standing.MORE
    + """
from pingyi.record import queries
print(queries.text_of(queries.latest()), end="")
"""
)
LIST = """
from pathlib import Path
from django.conf import settings
from pingyi.record.witnesses import Witness
key = Witness(name="witness.example/district-office", folder=Path({folder!r})).key()
(settings.PINGYI.home / "witnesses").write_text(f"{{key}}\\n", encoding="utf-8")
"""
# What people and a witness do with the restored site, which knows its settings from nothing but the backup.
USE = """
from pathlib import Path
from django.conf import settings
from django.test import Client
from pingyi import clock
from pingyi.bureau import shelf
from pingyi.bureau.tests.cast import PASSWORD
from pingyi.record import keys, queries
from pingyi.record.witnesses import Witness
from pingyi.stations.cases.models import Attachment
assert settings.PINGYI.origin == "pingyi.example.gov"
proxy = {{"host": "pingyi.example.gov", "x-forwarded-proto": "https"}}
visitor = Client(headers=proxy)
followed = visitor.get("/follow/{code}/")
assert followed.status_code == 200 and "夜间施工" in followed.content.decode(), followed.status_code
signed_in = visitor.post("/accounts/login/", {{"login": "zhou", "password": PASSWORD}})
assert (signed_in.status_code, signed_in.headers.get("Location")) == (302, "/desk/"), signed_in.content.decode()
assert visitor.get("/desk/").status_code == 200
assert visitor.get("/cases/").content.decode().count("夜间施工") >= 2
assert "夜间施工照片".encode() in shelf.take(Attachment.objects.get().sha256)
witness = Witness(name="witness.example/district-office", folder=Path({folder!r}))
line = witness.cosign(queries.for_witness(old=0), log=keys.verifier(), seconds=int(clock.now().timestamp()))
taken = Client(headers=proxy).post("/record/cosignatures", str(line), content_type="text/plain")
assert taken.status_code == 200, (taken.status_code, taken.content.decode())
"""
# Matters and photographs without end, as a storm of telephones hands them in.
STORM = """
from itertools import count
from pingyi import clock
from pingyi.bureau import shelf
from pingyi.documents.handed_in import HandedIn
from pingyi.stations.cases.actions import inbox
for number in count():
    paper = shelf.put(HandedIn(name="a.txt", mime="text/plain", content=f"photograph {number}".encode()))
    inbox.submit(channel="web", kind="complaint", title=f"matter {number}", files=[paper], at=clock.now())
    if not number % 5:
        print("handed in", flush=True)
"""
ALL_THERE = """
from pingyi import clock
from pingyi.bureau import shelf
from pingyi.stations.cases.actions import inbox
from pingyi.stations.cases.models import Attachment
while inbox.drain(at=clock.now()):
    pass
names = set(Attachment.objects.values_list("sha256", flat=True))
for name in names:
    shelf.take(name)
print(len(names))
"""


@dataclass(frozen=True, kw_only=True)
class Place:
    """A home, with a database of its own."""

    home: Path
    url: str = ""

    def run(self, *words: str, **more: str) -> str:
        """Run a command that has to succeed."""
        return standing.run(self.home, *words, **self.settings(), **more)

    def tried(self, *words: str, given: str = "", **more: str) -> subprocess.CompletedProcess[str]:
        """Run a command that may be refused."""
        return standing.pingyi(self.home, *words, given=given, **self.settings(), **more)

    def settings(self) -> dict[str, str]:
        """What a machine says of itself: where the database is, and nothing of the site."""
        return {"PINGYI_DATABASE_URL": self.url} if self.url else {}


@dataclass
class Ground:
    """Makes places to stand."""

    folder: Path
    made: int = 0

    def place(self) -> Place:
        """Return a new, empty place."""
        self.made += 1
        name = f"drill_{os.getpid()}_{self.folder.name}_{self.made}".lower().replace("-", "_")
        if SERVER:
            server(f'CREATE DATABASE "{name}"')
        url = urlsplit(SERVER)._replace(path=f"/{name}").geturl() if SERVER else ""
        (self.folder / str(self.made)).mkdir()
        return Place(home=self.folder / str(self.made) / "home", url=url)


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    made = Ground(tmp_path_factory.mktemp("drill"))
    yield made
    for number in range(1, made.made + 1) if SERVER else ():
        server(
            f'DROP DATABASE "drill_{os.getpid()}_{made.folder.name}_{number}" WITH (FORCE)'.lower().replace("-", "_")
        )


def server(statement: str) -> None:
    import psycopg

    with psycopg.connect(SERVER, autocommit=True) as connection:
        connection.execute(statement)


@dataclass(frozen=True, kw_only=True)
class Played:
    """The site, the code of its citizen, and the folder with its backups, their identity and a newer checkpoint."""

    site: Place
    code: str
    out: Path


@pytest.fixture(scope="module")
def played(ground: Ground, tmp_path_factory: pytest.TempPathFactory) -> Played:
    site, out = ground.place(), tmp_path_factory.mktemp("backups")
    under = {**site.settings(), **UNDER}
    secret, recipient = new_identity()
    (out / "identity").write_text(f"# ours\n{secret}\n", encoding="ascii")
    code = standing.played(site.home, **under)
    standing.script(site.home, LIST.format(folder=str(out / "witness")), **under)
    said = site.run("backup", str(out / "a.tar"), PINGYI_BACKUP_PASSPHRASE=PHRASE, **UNDER)
    assert "备份完成" in said
    assert PHRASE not in said
    site.run("backup", str(out / "b.age"), "--to", recipient, **UNDER)
    (out / "checkpoint.txt").write_text(standing.script(site.home, GO_ON, **under), encoding="utf-8")
    return Played(site=site, code=code, out=out)


def test_a_lost_site_stands_again_elsewhere(played: Played, ground: Ground) -> None:
    there = ground.place()
    said = there.run("restore", str(played.out / "a.tar"), PINGYI_BACKUP_PASSPHRASE=PHRASE)
    assert "verify --held" in said
    assert "pingyi.example.gov+" in said
    assert standing.open_to_others(there.home) == []
    assert "通过" in there.run("verify")
    there.run(*use(played))
    held = there.tried("verify", "--json", "--held", str(played.out / "checkpoint.txt"))
    assert held.returncode == 1
    assert [one["code"] for one in json.loads(held.stdout)["faults"]] == ["held.beyond"]


def test_the_identity_opens_what_was_made_to_its_recipient(played: Played, ground: Ground) -> None:
    there, file = ground.place(), str(played.out / "b.age")
    identity = played.out / "identity"
    refused = there.tried("restore", file)
    assert refused.returncode == 3
    assert "--identity" in refused.stderr
    assert not there.home.exists()
    checked = there.tried("restore", file, "--check", "--identity", str(identity))
    assert checked.returncode == 0, checked.stderr
    assert not there.home.exists()
    done = there.tried("restore", file, "--identity", "-", given=identity.read_text(encoding="ascii"))
    assert done.returncode == 0, done.stderr
    assert "通过" in there.run("verify")


def use(played: Played) -> tuple[str, ...]:
    """People and a witness at work."""
    text = USE.format(code=played.code, folder=str(played.out / "witness"))
    return ("manage", "shell", "-v0", "-c", text)


def test_the_environment_counts_above_what_came_along(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "settings.env").write_text("PINGYI_ORIGIN='kept.example'\nPINGYI_HTTPS='true'\n", encoding="utf-8")
    ask = "from django.conf import settings; print(settings.PINGYI.origin, settings.PINGYI.https)"
    assert standing.script(home, ask).split() == ["kept.example", "True"]
    assert standing.script(home, ask, PINGYI_ORIGIN="given.example").split() == ["given.example", "True"]


def test_a_backup_under_other_settings_than_the_sites_own_is_refused(played: Played, tmp_path: Path) -> None:
    done = played.site.tried("backup", str(tmp_path / "a.tar"), PINGYI_BACKUP_PASSPHRASE=PHRASE)
    assert done.returncode == 3
    assert "pingyi.example.gov" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_backup_of_a_site_at_work_agrees_with_itself(ground: Ground, tmp_path: Path) -> None:
    site, there = ground.place(), ground.place()
    standing.played(site.home, **site.settings())
    command = [sys.executable, "-m", "pingyi", "manage", "shell", "-v0", "-c", STORM]
    surroundings = standing.environment(site.home, **site.settings())
    with subprocess.Popen(command, env=surroundings, stdout=subprocess.PIPE, encoding="utf-8") as storm:
        assert storm.stdout is not None
        assert storm.stdout.readline() == "handed in\n"
        site.run("backup", str(tmp_path / "a.tar"), PINGYI_BACKUP_PASSPHRASE=PHRASE)
        assert storm.poll() is None
        storm.kill()
    there.run("restore", str(tmp_path / "a.tar"), PINGYI_BACKUP_PASSPHRASE=PHRASE)
    assert int(standing.script(there.home, ALL_THERE, **there.settings())) >= 5


def test_a_running_site_is_not_restored_over(played: Played) -> None:
    command = [sys.executable, "-m", "pingyi", "manage", "shell", "-v0", "-c", "print('in', flush=True); input()"]
    surroundings = standing.environment(played.site.home, **played.site.settings(), **UNDER)
    before = sorted(one.name for one in played.site.home.parent.iterdir())
    with subprocess.Popen(
        command, env=surroundings, stdout=subprocess.PIPE, stdin=subprocess.PIPE, encoding="utf-8"
    ) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == "in\n"
        done = played.site.tried("restore", str(played.out / "a.tar"), PINGYI_BACKUP_PASSPHRASE=PHRASE)
        running.kill()
    assert done.returncode == 3
    assert "Stop it first" in done.stderr
    assert sorted(one.name for one in played.site.home.parent.iterdir()) == before


@pytest.mark.skipif(bool(SERVER), reason="on PostgreSQL a database that is not empty is refused")
def test_what_stood_there_is_kept_beside(played: Played, tmp_path: Path) -> None:
    home = Path(shutil.copytree(played.site.home, tmp_path / "home"))
    done = standing.pingyi(home, "restore", str(played.out / "a.tar"), PINGYI_BACKUP_PASSPHRASE=PHRASE)
    assert done.returncode == 0, done.stderr
    former = [one for one in tmp_path.iterdir() if one.name.startswith("home.before-")]
    assert len(former) == 1
    held = standing.pingyi(
        former[0], "verify", "--held", str(played.out / "checkpoint.txt"), **UNDER
    )  # it holds what came after the backup
    assert held.returncode == 0, held.stdout
    assert standing.pingyi(home, "verify", "--held", str(played.out / "checkpoint.txt")).returncode == 1


@pytest.mark.skipif(not SERVER, reason="needs PostgreSQL")
def test_a_database_with_tables_is_not_filled_and_a_refused_one_is_left_empty(
    played: Played, ground: Ground, tmp_path: Path
) -> None:
    file = str(played.out / "a.tar")
    done = standing.pingyi(tmp_path / "home", "restore", file, PINGYI_BACKUP_PASSPHRASE=PHRASE)
    assert "make an empty one" in done.stderr
    full = {"PINGYI_BACKUP_PASSPHRASE": PHRASE, **played.site.settings()}
    done = standing.pingyi(tmp_path / "home", "restore", file, **full)
    assert "holds tables already" in done.stderr
    there = ground.place()
    forged = tmp_path / "forged.tar"
    repack(played.out / "a.tar", forged)
    done = there.tried("restore", str(forged), "--without-keys", PINGYI_BACKUP_PASSPHRASE=PHRASE)
    assert "does not agree with itself" in done.stderr
    assert Server.at(there.url).tables() == []
    there.run("restore", file, PINGYI_BACKUP_PASSPHRASE=PHRASE)


def repack(file: Path, to: Path) -> None:
    """The same backup, said to be signed by another record's key."""
    keys = Keys(passphrase=PHRASE)
    about: dict[str, Any] = {}
    folder = to.with_suffix("")
    with opened(file, keys) as reader:
        archive.unpack(reader, file=file, check=about.update, place=lambda name: folder / name)
    about["vkey"] = about["vkey"].replace("pingyi.example.gov", "another.example.gov")
    found = [one for one in sorted(folder.rglob("*")) if one.is_file()]
    members = [archive.Member(name=one.relative_to(folder).as_posix(), path=one) for one in found]
    with to.open("w+b") as target:
        ByPassphrase(PHRASE).write(archive.pieces(about, members, {"checkpoint": {"size": 0, "note": ""}}), target)
