"""What every test shares: its own home folder, and where the real inputs may lie."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pingyi.bureau.tests.cast import Cast

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

ROOT = Path(__file__).resolve().parent
_NUMBERS = count()


def pytest_configure() -> None:
    """Put the newest Chinese words in place before any page is rendered."""
    from django.conf import settings
    from django.utils.translation.reloader import translation_file_changed
    from tests.refusals import listener

    from pingyi.web.messages import compile_all

    default = settings.DATABASES["default"]
    if default["ENGINE"] == "pingyi.storage.sqlite":
        default.setdefault("TEST", {})["NAME"] = ":memory:"  # pytest-django knows this of Django's own SQLite alone
    listener.begin()
    settings.COMMITS_INLINE = True  # a test's transaction holds the one database, so no other thread can commit
    for path in compile_all():
        translation_file_changed(
            None, path.with_suffix(".mo")
        )  # Django was set up before this, and may hold the words of before


def pytest_sessionfinish() -> None:
    """Leave what this process heard to the gate after a whole run."""
    from tests.refusals import listener

    listener.keep()


@pytest.fixture(autouse=True)
def _refusals_can_be_said() -> Iterator[None]:
    """Whatever is refused in a test is said in both languages, with every fact in its place."""
    from tests.refusals import listener

    yield
    faults, listener.broken[:] = list(listener.broken), []
    if faults:
        pytest.fail("\n".join(faults))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real inputs beside the checkout; tests that read it skip without it."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the folder of real inputs (../shared) is not here")
    return folder


def pytest_collection_finish(session: pytest.Session) -> None:
    """Have the year that some of these tests begin with played while others run."""
    asked = any("played_year" in getattr(one, "fixturenames", ()) for one in session.items)
    if asked and not session.config.option.collectonly:
        from pingyi.rehearsal.tests import played

        played.begin()


@pytest.fixture(scope="session")
def played_year() -> Path:
    """The home of a rehearsal, played once for all tests, workers and runs; who changes it changes a copy."""
    from pingyi.rehearsal.tests import played

    return played.played_year()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_xdist_suffix: None) -> Iterator[None]:
    """A test process copies the migrated database; pytest-django asks for this before it makes its own."""
    from pingyi.storage.tests.template import migrating_by_copy

    with migrating_by_copy():
        yield


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


@pytest.fixture(autouse=True)
def _the_record_has_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test's site is named, as the environment may say; nothing is published under a name that nobody chose."""
    monkeypatch.setenv("PINGYI_ORIGIN", "pingyi.example")


@pytest.fixture(scope="session", autouse=True)
def _the_keys_are_begun() -> None:
    """A site's first key asks the database whether a keyring is missing; tests of files alone have no database."""
    from pingyi.record import keyring_file, keys

    keyring_file.begin()
    keys.verifier()  # an audit makes none


@pytest.fixture(scope="session", autouse=True)
def _tests_may_empty_the_record() -> Iterator[None]:
    """Transactional tests empty every table when they end; the record's guards would refuse that.

    Counting begins anew, so that scenes find the very database that they were played in, and are not played again.
    """
    from django.core.management.commands.flush import Command
    from django.db import connections

    from pingyi.record import guards

    flush = Command.handle

    def empty(self: Command, **options: Any) -> None:
        guards.remove(connections[options["database"]])
        flush(self, **{**options, "reset_sequences": True})

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Command, "handle", empty)
        yield
