"""What a backup holds, and that nobody but the holder of its key reads a word of it."""

from __future__ import annotations

import io
import json
import sqlite3
import tarfile
from contextlib import closing
from pathlib import Path

import pyrage
import pytest
from pyrage import x25519

from pingyi.backup import creation, history
from pingyi.backup.encryption import ByPassphrase, ToRecipients, new_identity
from pingyi.backup.faults import BackupError
from pingyi.backup.tests import small


def by_hand(file: Path) -> dict[str, bytes]:
    """Open a passphrase's backup as the guide tells, without a line of ours."""
    with tarfile.open(file) as outer:
        key, data = (outer.extractfile(name) for name in ("key.age", "data.age"))
        assert key is not None
        assert data is not None
        identity = x25519.Identity.from_str(small.unsealed(key.read()).decode().strip())
        return files(pyrage.decrypt(data.read(), [identity]))


def files(plain: bytes) -> dict[str, bytes]:
    with tarfile.open(fileobj=io.BytesIO(plain)) as tar:
        return {one.name: tar.extractfile(one).read() for one in tar}  # type: ignore[union-attr]


def test_a_backup_holds_what_a_restore_needs_and_nothing_that_is_made_anew(tmp_path: Path) -> None:
    home = small.home(tmp_path)
    small.backed_up(home, tmp_path / "a.tar")
    found = by_hand(tmp_path / "a.tar")
    assert set(found) == {
        "about.json", "database.sqlite3", "secret-key", "record-key", "home/files/proofs/ab/照片", "home/witnesses",
        "manifest.json",
    }  # fmt: skip
    assert found["secret-key"] == b"the secret"
    assert json.loads(found["manifest.json"])["checkpoint"] == {"size": 7, "note": "note"}
    assert json.loads(found["about.json"])["settings"] == {"PINGYI_ORIGIN": "pingyi.example.gov"}


def test_a_recipient_opens_its_backup_with_any_program_that_knows_age(tmp_path: Path) -> None:
    identity, recipient = new_identity()
    small.backed_up(small.home(tmp_path), tmp_path / "a.age", seal=ToRecipients([recipient]))
    plain = pyrage.decrypt((tmp_path / "a.age").read_bytes(), [x25519.Identity.from_str(identity)])
    assert "home/witnesses" in files(plain)


def test_nothing_readable_is_left_on_the_disk(tmp_path: Path) -> None:
    home = small.home(tmp_path)
    out = tmp_path / "out"
    out.mkdir()
    small.backed_up(home, out / "a.tar")
    assert [one.name for one in out.iterdir()] == ["a.tar"]
    assert (out / "a.tar").stat().st_mode & 0o777 == 0o600
    assert small.PHONE.encode() not in (out / "a.tar").read_bytes()
    assert [one.name for one in (home / "tmp").iterdir()] == ["left"]


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    home = small.home(tmp_path)
    (tmp_path / "a.tar").write_bytes(b"last year")
    with pytest.raises(BackupError, match="not overwritten"):
        small.backed_up(home, tmp_path / "a.tar")
    assert (tmp_path / "a.tar").read_bytes() == b"last year"
    assert history.last(home) is None


def test_a_backup_does_not_lie_in_the_site_that_it_saves(tmp_path: Path) -> None:
    home = small.home(tmp_path)
    with pytest.raises(BackupError, match="own folder"):
        small.backed_up(home, home / "files" / "a.tar")


def test_a_backup_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    home, out = small.home(tmp_path), tmp_path / "out"
    out.mkdir()
    (home / "pingyi.sqlite3").write_bytes(b"no database" * 1000)
    with pytest.raises(sqlite3.DatabaseError):
        small.backed_up(home, out / "a.tar")
    (home / "pingyi.sqlite3").unlink()
    small.home(tmp_path / "other").joinpath("pingyi.sqlite3").rename(home / "pingyi.sqlite3")

    class Full:
        """A disk that is full after the first octets."""

        def write(self, pieces: object, target: io.BufferedRandom) -> None:
            target.write(b"age")
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        small.backed_up(home, out / "a.tar", seal=Full())
    assert list(out.iterdir()) == []
    assert history.last(home) is None


@pytest.mark.parametrize("wrong", ["age1nobody", "ssh-ed25519 nothing", "AGE-SECRET-KEY-1", ""])
def test_a_recipient_that_is_none_is_refused_before_anything_is_done(wrong: str) -> None:
    with pytest.raises(BackupError, match="no age recipient"):
        ToRecipients([wrong])


def test_a_passphrase_that_is_guessed_at_once_is_refused() -> None:
    with pytest.raises(BackupError, match="at least 10"):
        ByPassphrase("password9")


def test_the_site_remembers_when_it_was_backed_up(tmp_path: Path) -> None:
    home = small.home(tmp_path)
    assert history.last(home) is None
    small.backed_up(home, tmp_path / "a.tar", day=3)
    found = history.last(home)
    assert found is not None
    assert found.isoformat() == "2026-11-03T00:00:00+00:00"
    (home / history.NAME).write_text("[{}", encoding="utf-8")
    assert history.last(home) is None


def test_a_file_that_is_erased_meanwhile_is_left_out_and_one_that_shrinks_is_told(tmp_path: Path) -> None:
    from pingyi.backup.archive import Member, pieces

    there = tmp_path / "file"
    there.write_bytes(b"x" * 3_000_000)
    assert b"gone" not in b"".join(pieces({}, [Member(name="gone", path=tmp_path / "gone")], {}))
    stream = pieces({}, [Member(name="file", path=there)], {})
    for _ in range(3):
        next(stream)
    there.write_bytes(b"")
    with pytest.raises(BackupError, match="changed while it was read"):
        list(stream)


def test_the_keys_of_persons_lie_in_a_file_of_their_own(tmp_path: Path) -> None:
    home = small.home(tmp_path)
    ring(home, "person one's key")
    made = small.backed_up(home, tmp_path / "a.tar")
    assert made.keys == tmp_path / "a.keys.age"
    assert not [name for name in by_hand(tmp_path / "a.tar") if "keys" in name or "persons" in name]
    kept = files(small.unsealed((tmp_path / "a.keys.age").read_bytes()))
    assert b"person one's key" in kept["keys/persons.sqlite3"]
    assert kept["keys/master"] == b"master"


def test_key_files_older_than_the_newest_two_are_removed_and_named(tmp_path: Path) -> None:
    home = small.home(tmp_path)
    ring(home, "key")
    made = [small.backed_up(home, tmp_path / f"{day}.tar", day=day) for day in (1, 2)]
    assert made[1].superseded.removed == ()
    third = small.backed_up(home, tmp_path / "3.tar", day=3)
    assert third.superseded.removed == (str(tmp_path / "1.keys.age"),)
    assert sorted(one.name for one in tmp_path.glob("*.keys.age")) == ["2.keys.age", "3.keys.age"]
    (tmp_path / "2.keys.age").rename(tmp_path / "carried away")
    (tmp_path / "2.keys.age").write_bytes(b"somebody else's file")
    fourth = small.backed_up(home, tmp_path / "4.tar", day=4)
    assert fourth.superseded.missing == (str(tmp_path / "2.keys.age"),)
    assert (tmp_path / "2.keys.age").read_bytes() == b"somebody else's file"
    assert small.backed_up(home, tmp_path / "5.tar", day=5).superseded.removed == (str(tmp_path / "3.keys.age"),)


def ring(home: Path, key: str) -> None:
    """Put a person's key into the site's keyring."""
    (home / "keys").mkdir(exist_ok=True)
    (home / "keys" / "master").write_text("master", encoding="ascii")
    with closing(sqlite3.connect(home / "keys" / "persons.sqlite3")) as made:
        made.execute("CREATE TABLE IF NOT EXISTS keys (wrapped TEXT)")
        made.execute("INSERT INTO keys VALUES (?)", [key])
        made.commit()


def test_the_name_of_a_file_of_keys_follows_its_backup() -> None:
    names = {"a.tar": "a.keys.age", "a.age": "a.keys.age", "a": "a.keys.age", "x.2026.tar": "x.2026.keys.age"}
    assert {name: creation.keys_beside(Path(name)).name for name in names} == names
