"""The keyring's files: on the disk before anybody relies on them, whole or not at all, only looked at by an audit."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from pingyi.record import keyring, keyring_file
from pingyi.rules.refused import Refused
from pingyi.storage import read_only

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Path) -> Iterator[Path]:
    """A home for this test alone, of which not even the folder is there yet."""
    settings.PINGYI = SimpleNamespace(home=tmp_path / "of" / "its own")
    yield tmp_path / "of" / "its own"
    keyring_file.leave()


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> dict[int, int]:
    """What was brought onto the disk: the number of the file, and how long it was then."""
    found, sync = dict[int, int](), os.fsync

    def told(opened: int) -> None:
        found[os.fstat(opened).st_ino] = os.fstat(opened).st_size
        sync(opened)

    monkeypatch.setattr(os, "fsync", told)
    return found


def open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def test_the_master_key_is_on_the_disk_as_a_whole_before_it_is_used(synced: dict[int, int]) -> None:
    before = open_files()
    keyring_file.begin()
    assert open_files() == before
    master = keyring_file.master_file().stat()
    assert synced[master.st_ino] == master.st_size == 2 * keyring_file.WIDTH + 1
    assert keyring_file.folder().stat().st_ino in synced, "its name too"
    assert [path.name for path in keyring_file.folder().iterdir()] == ["master"], "no draft of it is left"


def test_the_file_of_keys_is_made_where_there_was_none_and_keeps_nothing_of_before() -> None:
    opened = keyring_file.connection()
    told = [opened.execute(f"PRAGMA {one}").fetchone()[0] for one in ("journal_mode", "synchronous", "secure_delete")]
    assert told == ["wal", 2, 1]
    assert opened.execute("SELECT count(*) FROM keys").fetchone() == (0,)


def test_each_use_has_a_key_of_its_own() -> None:
    keys = {
        keyring_file.derived(master, use) for master in (bytes(32), b"\x01" * 32) for use in (b"wrapping", b"marks")
    }
    assert len(keys) == 4
    assert {len(key) for key in keys} == {32}


def test_what_is_written_together_is_written_whole_or_not_at_all() -> None:
    keyring_file.begin()
    with pytest.raises(sqlite3.IntegrityError), keyring_file.writing() as opened:
        opened.executemany("INSERT INTO keys (name, wrapped) VALUES (?, x'00')", [("half",), ("half",)])
    assert keyring_file.connection().execute("SELECT count(*) FROM keys").fetchone() == (0,)
    assert keyring.ready(["whole"]).keys() == {"whole"}


def test_who_waits_in_vain_for_the_turn_is_told_and_writes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    keyring_file.begin()
    taken = SimpleNamespace(take=lambda _: False, end=lambda: pytest.fail("a turn that never was is ended"))
    monkeypatch.setattr(keyring_file, "turn_at", lambda _: taken)
    with pytest.raises(sqlite3.OperationalError, match="locked"), keyring_file.writing():
        pytest.fail("written without the turn")


def test_an_audit_reads_the_keyring_and_writes_nothing_beside_it() -> None:
    made = keyring.ready(["one"])
    keyring_file.settle()
    keyring_file.leave()
    before = sorted(keyring_file.folder().iterdir())
    with read_only.looking():
        assert keyring.found(["one"]).keys == made
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            keyring_file.connection().execute("DELETE FROM keys")
        keyring_file.leave()
    assert sorted(keyring_file.folder().iterdir()) == before


def test_no_master_is_made_where_rows_say_that_the_old_one_is_only_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring_file, "_ASKED", [])
    keyring_file.ask_before_first_use(lambda: True)
    with pytest.raises(Refused) as refused:
        keyring_file.master_for_writing()
    assert refused.value.code == "key.no_keyring"
    assert not keyring_file.master_file().exists()
