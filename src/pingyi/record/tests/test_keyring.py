"""The keyring by itself: what is destroyed is nowhere in its files, and nothing is lost by two who write at once."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from pingyi.record import keyring, keyring_file, marks
from pingyi.rules.refused import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_keyring")]

MANY = 4_000


def octets() -> bytes:
    """Everything that lies in the keyring's files."""
    return b"".join(path.read_bytes() for path in sorted(keyring_file.folder().glob("persons.sqlite3*")))


def wrapped(name: str) -> bytes:
    """A key as it stands in the file."""
    return bytes(keyring_file.connection().execute("SELECT wrapped FROM keys WHERE name = ?", [name]).fetchone()[0])


def test_a_key_is_made_once_and_found_again() -> None:
    name = keyring.new_name()
    made = keyring.ready([name])
    assert len(made[name]) == 32
    assert keyring.ready([name]) == made == keyring.found([name]).keys
    assert keyring.found([keyring.new_name()]) == keyring.Found(keys={}, destroyed=frozenset())


def test_no_key_lies_in_the_file_in_clear() -> None:
    keys = keyring.ready([keyring.new_name() for _ in range(50)])
    assert not [key for key in keys.values() if key in octets()]


def test_a_destroyed_key_is_in_no_byte_of_the_files_however_the_pages_were_moved() -> None:
    names = [keyring.new_name() for _ in range(MANY)]
    for start in range(0, MANY, 500):
        keyring.ready(names[start : start + 500])
    gone = names[3:MANY:37]
    before = [wrapped(name) for name in gone]
    assert all(one in octets() for one in before)
    keyring.destroy(gone)
    assert not [one for one in before if one in octets()]
    assert len(keyring.found(names).keys) == MANY - len(gone)
    assert keyring.found(gone).destroyed == frozenset(gone)


def test_a_destroyed_mark_is_in_no_byte_of_the_files() -> None:
    names = [keyring.new_name() for _ in range(MANY)]
    keyring.ready(names)
    marks.mark({name: [("contact", f"138{number:08}")] for number, name in enumerate(names)})
    gone = names[5:MANY:41]
    told = marks.marks_of(gone, "contact")
    assert len(told) == len(gone)
    assert all(one.encode() in octets() for one in told.values())
    keyring.destroy(gone)
    assert not [one for one in told.values() if one.encode() in octets()]
    assert marks.marked("contact", "13800000006", most=9) == [names[6]]


def test_destroying_builds_the_index_of_the_marks_anew() -> None:
    """Pages that were cut and joined keep marks beside what stands there now: rarely, so the remedy itself is held."""
    names = [keyring.new_name() for _ in range(3)]
    keyring.ready(names)
    said: list[str] = []
    keyring_file.follow_statements(said.append)
    keyring.destroy(names[:1])
    keyring_file.follow_statements(None)
    assert "REINDEX marked" in said
    assert said.index("REINDEX marked") < said.index("COMMIT")


def test_nothing_is_written_under_a_destroyed_key_again() -> None:
    name = keyring.new_name()
    keyring.ready([name])
    keyring.destroy([name, "never-made"])
    for one in (name, "never-made"):
        with pytest.raises(Refused) as refused:
            keyring.ready([one])
        assert refused.value.code == "key.destroyed"
    assert set(keyring.destroyed()) == {name, "never-made"}


def test_only_the_owner_reads_the_keyring() -> None:
    os.umask(0o022)
    keyring.ready([keyring.new_name()])
    assert stat.S_IMODE(keyring_file.folder().stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in keyring_file.folder().iterdir()} == {0o600}


def test_a_second_master_is_never_made_beside_keys_of_the_first() -> None:
    name = keyring.new_name()
    keyring.ready([name])
    keyring_file.master_file().rename(keyring_file.folder() / "elsewhere")
    with pytest.raises(Refused) as refused:
        keyring.ready([keyring.new_name()])
    assert refused.value.code == "key.no_master"
    assert keyring.found([name]).keys == {}
    keyring_file.master_file().write_text("00" * 32)
    with pytest.raises(Refused) as other:
        keyring.found([name])
    assert other.value.code == "key.other_master"


def test_a_thousand_keys_are_looked_up_in_one_statement() -> None:
    names = [keyring.new_name() for _ in range(1_000)]
    keyring.ready(names)
    statements: list[str] = []
    keyring_file.follow_statements(statements.append)
    assert len(keyring.found(names).keys) == 1_000
    keyring_file.follow_statements(None)
    assert len(statements) == 1


MAKE = """
import sys
from pathlib import Path
from types import SimpleNamespace
from django.conf import settings
settings.configure(PINGYI=SimpleNamespace(home=Path(sys.argv[1])))
from pingyi.record import keyring, keyring_file, marks
names = [f"both-{number}" for number in range(300)]
for start in range(0, 300, 10):
    keyring.ready(names[start:start + 10])
print("".join(key.hex() for key in keyring.found(names).keys.values()))
"""


def test_two_processes_that_make_the_same_keys_at_once_agree(own_keyring: Path) -> None:
    both = [
        subprocess.Popen([sys.executable, "-c", MAKE, str(own_keyring)], stdout=subprocess.PIPE, env=dict(os.environ))
        for _ in range(2)
    ]
    first, second = (one.communicate()[0] for one in both)
    assert len(first.strip()) == 300 * 64
    assert first == second


def test_a_copy_opens_elsewhere_and_holds_nothing_of_what_was_destroyed(own_keyring: Path) -> None:
    kept, gone = keyring.new_name(), keyring.new_name()
    keys = keyring.ready([kept, gone])
    lost = wrapped(gone)
    keyring.destroy([gone])
    copy = own_keyring / "elsewhere" / "keys"
    copy.mkdir(parents=True)
    keyring_file.snapshot(copy / "persons.sqlite3")
    shutil.copy(keyring_file.master_file(), copy / "master")
    assert lost not in (copy / "persons.sqlite3").read_bytes()
    assert stat.S_IMODE((copy / "persons.sqlite3").stat().st_mode) == 0o600
    keyring_file.folder().rename(own_keyring / "keys-of-before")
    copy.rename(keyring_file.folder())
    assert keyring.found([kept, gone]) == keyring.Found(keys={kept: keys[kept]}, destroyed=frozenset({gone}))


def test_without_a_keyring_nothing_is_destroyed_and_it_is_said_so(own_keyring: Path) -> None:
    name = keyring.new_name()
    assert (keyring.destroy([name]), keyring.destroyed()) == (False, [])
    keyring.ready([keyring.new_name()])
    assert (keyring.destroy([name]), keyring.destroyed()) == (True, [name])


def test_a_copy_of_the_keyring_is_on_the_disk_before_it_is_told_of(
    own_keyring: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keyring.ready([keyring.new_name()])
    to, synced, sync = own_keyring / "copy", list[int](), os.fsync

    def told(opened: int) -> None:
        synced.append(os.fstat(opened).st_ino)
        sync(opened)

    monkeypatch.setattr(os, "fsync", told)
    keyring_file.snapshot(to)
    assert to.stat().st_ino in synced


def test_whoever_leaves_the_keyring_opens_it_anew() -> None:
    keyring.ready([keyring.new_name()])
    opened = keyring_file.connection()
    assert keyring_file.connection() is opened
    for _ in range(2):
        keyring_file.leave()
    with pytest.raises(sqlite3.ProgrammingError):
        opened.execute("SELECT 1")
    assert keyring_file.connection() is not opened
