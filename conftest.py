"""What every test shares: its own home folder, and where the real inputs may lie."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pingyi.bureau.tests.cast import Cast

os.environ.setdefault("PINGYI_HOME", tempfile.mkdtemp(prefix="pingyi-test-"))
os.environ.setdefault("PINGYI_HOSTS", "testserver,127.0.0.1,localhost")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

ROOT = Path(__file__).resolve().parent
_NUMBERS = count()


def pytest_configure() -> None:
    """Put the newest Chinese words in place before any page is rendered."""
    from django.conf import settings
    from django.utils.translation.reloader import translation_file_changed

    from pingyi.web.messages import compile_all

    default = settings.DATABASES["default"]
    if default["ENGINE"] == "pingyi.storage.sqlite":
        default.setdefault("TEST", {})["NAME"] = ":memory:"  # pytest-django knows this of Django's own SQLite alone
    settings.COMMITS_INLINE = True  # a test's transaction holds the one database, so no other thread can commit
    for path in compile_all():
        translation_file_changed(
            None, path.with_suffix(".mo")
        )  # Django was set up before this, and may hold the words of before


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real inputs beside the checkout; tests that read it skip without it."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the folder of real inputs (../shared) is not here")
    return folder


@pytest.fixture(scope="session")
def played_year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a rehearsal, played once for all tests and workers of a run; who changes it changes a copy."""
    from pingyi.cli.tests.test_trouble import environment

    common = tmp_path_factory.getbasetemp()
    common = common.parent if "PYTEST_XDIST_WORKER" in os.environ else common
    folder = common / "played-year"
    with (common / "played-year.lock").open("w") as door:
        fcntl.flock(door, fcntl.LOCK_EX)
        if not (folder / "var" / "demo" / "played").exists():
            folder.mkdir(exist_ok=True)
            for name in ("plans", "calendars"):
                (folder / name).symlink_to(ROOT / name)
            command = [sys.executable, "-m", "pingyi", "demo", "--only-play"]
            subprocess.run(command, env=environment(folder), check=True, stdout=subprocess.DEVNULL)
    return folder / "var" / "demo"


@pytest.fixture
def cast(db: None, settings: Any) -> Cast:
    """The shared cast: one small bureau of five sections and eight named people with logins."""
    from pingyi.bureau.tests.cast import assemble
    from pingyi.bureau.tests.remembered import remembered

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return remembered("the cast", play=assemble)


@pytest.fixture
def calendar_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder in place of the one that calendars are read from, for years whose holidays come out in a test."""
    from pingyi.authoring import calendars

    there = tmp_path / "calendars"
    there.mkdir()
    monkeypatch.setattr(calendars, "calendar_folder", lambda: there)
    return there


@pytest.fixture(autouse=True)
def _nothing_is_counted_yet(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of its own for each test's counts; it is made when something is counted."""
    from django.conf import settings

    folder = tmp_path_factory.getbasetemp() / "limits"
    monkeypatch.setattr(settings, "LIMITS_FILE", folder / f"{next(_NUMBERS)}.sqlite3")


@pytest.fixture(scope="session", autouse=True)
def _the_keys_are_begun() -> None:
    """A site's first key asks the database whether a keyring is missing; tests of files alone have no database."""
    from pingyi.record import keyring_file, keys

    keyring_file.begin()
    keys.verifier()  # an audit makes none


@pytest.fixture(scope="session", autouse=True)
def _tests_may_empty_the_record() -> Iterator[None]:
    """Transactional tests empty every table when they end; the record's guards would refuse that."""
    from django.core.management.commands.flush import Command
    from django.db import connections

    from pingyi.record import guards

    flush = Command.handle

    def empty(self: Command, **options: Any) -> None:
        guards.remove(connections[options["database"]])
        flush(self, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Command, "handle", empty)
        yield
