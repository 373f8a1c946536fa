"""Whatever is wrong with a backup, or with where it shall go, is told, and the site that stands there is as it was."""

from __future__ import annotations

import io
import sqlite3
import tarfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pyrage
import pytest
from pyrage import x25519

from pingyi import home as homes
from pingyi.backup import archive, encryption, keyring, restoration
from pingyi.backup.encryption import Keys, ToRecipients, new_identity
from pingyi.backup.faults import SENTENCES, BackupError
from pingyi.backup.restoration import Wanted
from pingyi.backup.tests import small
from pingyi.backup.tests.test_creation import ring

SECRET, PUBLIC = new_identity()


@pytest.fixture(scope="module")
def backups(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One backup by passphrase and one to a recipient."""
    folder = tmp_path_factory.mktemp("backups")
    home = small.home(folder)
    small.backed_up(home, folder / "a.tar")
    small.backed_up(home, folder / "a.age", seal=ToRecipients([PUBLIC]))
    return folder


@pytest.fixture
def standing(tmp_path: Path) -> Iterator[Path]:
    """A site that stands where the backup shall go; it must be untouched afterwards, with nothing beside it."""
    home = small.home(tmp_path)
    before = small.tree(home)
    yield home
    assert small.tree(home) == before
    assert not list(tmp_path.glob("home.*"))


def refused(code: str, home: Path, file: Path, keys: Keys = small.OPENS, **more: Any) -> BackupError:
    with pytest.raises(BackupError) as fault:
        restoration.restore(Wanted(file=file, home=home, keys=keys, **more))
    assert fault.value.code == code, str(fault.value)
    chinese, english = str(fault.value).split("\n")
    assert "没有改动" in chinese
    assert "Nothing was changed" in english
    return fault.value


def changed(file: Path, to: Path, change: Callable[[bytes], bytes]) -> Path:
    to.write_bytes(change(file.read_bytes()))
    return to


@pytest.mark.parametrize("share", [0.001, 0.02, 0.3, 0.7, 0.95])
@pytest.mark.parametrize("kind", ["a.tar", "a.age"])
def test_a_backup_that_is_cut_off_is_refused(
    kind: str, share: float, backups: Path, standing: Path, tmp_path: Path
) -> None:
    cut = changed(backups / kind, tmp_path / "cut", lambda whole: whole[: int(len(whole) * share)])
    code = "not_a_backup" if cut.stat().st_size < 20 else "altered"
    refused(code, standing, cut, opening(kind))


@pytest.mark.parametrize("at", [0.05, 0.2, 0.5, 0.9])
@pytest.mark.parametrize("kind", ["a.tar", "a.age"])
def test_a_backup_with_one_altered_octet_is_refused(
    kind: str, at: float, backups: Path, standing: Path, tmp_path: Path
) -> None:
    def flip(whole: bytes) -> bytes:
        middle = int(len(whole) * at)
        return whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :]

    refused("altered", standing, changed(backups / kind, tmp_path / "altered", flip), opening(kind))


def opening(kind: str) -> Keys:
    return small.OPENS if kind == "a.tar" else small.identity(SECRET)


def test_wrong_keys_are_told_as_wrong_keys(backups: Path, standing: Path) -> None:
    refused("passphrase_wrong", standing, backups / "a.tar", Keys(passphrase="another passphrase"))
    refused("identity_wrong", standing, backups / "a.age", small.identity(new_identity()[0]))
    refused("identity_needed", standing, backups / "a.age", Keys())


@pytest.mark.parametrize("content", [b"", b"hello" * 1000, b"PK\x03\x04" * 500, b"\0" * 5000])
def test_any_other_file_is_no_backup(content: bytes, standing: Path, tmp_path: Path) -> None:
    (tmp_path / "other").write_bytes(content)
    refused("not_a_backup", standing, tmp_path / "other")


def test_an_identity_that_is_none_is_told() -> None:
    with pytest.raises(BackupError, match="no age identity"):
        small.identity("hello\n")


@pytest.mark.parametrize("newer", [{"format": 2}, {"migrations": {"cases": 9999}}, {"migrations": {"to_come": 1}}])
def test_a_backup_of_a_newer_version_is_refused(newer: dict[str, Any], standing: Path, tmp_path: Path) -> None:
    small.backed_up(small.home(tmp_path / "newer"), tmp_path / "n.age", seal=ToRecipients([PUBLIC]), **newer)
    refused("newer", standing, tmp_path / "n.age", small.identity(SECRET))


def test_a_database_of_the_other_kind_is_refused(backups: Path, standing: Path, tmp_path: Path) -> None:
    small.backed_up(small.home(tmp_path / "o"), tmp_path / "o.age", seal=ToRecipients([PUBLIC]), engine="postgresql")
    refused("needs_server", standing, tmp_path / "o.age", small.identity(SECRET))


def test_nothing_is_restored_under_a_running_site(backups: Path, standing: Path) -> None:
    with homes.at_rest(standing):
        refused("running", standing, backups / "a.tar")


def test_a_folder_of_something_else_is_not_put_away(backups: Path, tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "to my mother.txt").write_text("dear", encoding="ascii")
    refused("not_a_home", tmp_path / "letters", backups / "a.tar")
    assert [one.name for one in tmp_path.iterdir()] == ["letters"]


def test_a_record_that_does_not_verify_is_refused(backups: Path, standing: Path) -> None:
    fault = refused("shape", standing, backups / "a.age", small.identity(SECRET))  # its database is none of ours
    assert "record_checkpoint" in str(fault)


HOSTILE = [
    "../outside", "home/../../outside", "/outside", "home//outside", "home/./outside", "home/keys/persons.sqlite3",
    "home/settings.env", "home/.serve", "home/pingyi.sqlite3", "outside", "keys/master",
]  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_made_up_backup_writes_nowhere_else(name: str, standing: Path, tmp_path: Path) -> None:
    refused("altered", standing, crafted(tmp_path, tarfile.TarInfo(name)), small.identity(SECRET))
    assert not (tmp_path / "outside").exists()
    assert not (tmp_path.parent / "outside").exists()


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE])
def test_a_made_up_backup_has_no_links_or_devices(kind: bytes, standing: Path, tmp_path: Path) -> None:
    member = tarfile.TarInfo("home/linked")
    member.type, member.linkname = kind, "/etc/passwd"
    refused("altered", standing, crafted(tmp_path, member), small.identity(SECRET))


def test_a_name_that_comes_twice_is_refused(standing: Path, tmp_path: Path) -> None:
    one, two = tarfile.TarInfo("home/one"), tarfile.TarInfo("home/one")
    refused("altered", standing, crafted(tmp_path, one, two), small.identity(SECRET))


def crafted(folder: Path, *members: tarfile.TarInfo) -> Path:
    """A backup as somebody makes it who knows the recipient, and nothing else."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as tar:
        said = next(archive.pieces(small.about(keyring=False), [], {}))
        made.write(said)
        tar.offset = len(said)
        for member in members:
            tar.addfile(member)
    file = folder / "crafted.age"
    file.write_bytes(pyrage.encrypt(made.getvalue(), [x25519.Recipient.from_str(PUBLIC)]))
    return file


def test_the_newest_keys_open_every_older_backup_except_the_erased(tmp_path: Path) -> None:
    home = small.home(tmp_path)
    ring(home, "the erased one's key")
    small.backed_up(home, tmp_path / "1.tar", day=1)
    with closing(sqlite3.connect(home / "keys" / "persons.sqlite3")) as kept:
        kept.execute("DELETE FROM keys")
        kept.commit()
    ring(home, "the other one's key")
    small.backed_up(home, tmp_path / "2.tar", day=2)
    chosen = keyring.newest(tmp_path, keys=small.OPENS, vkey=small.VKEY)
    assert chosen == tmp_path / "2.keys.age"
    keyring.unpack(chosen, tmp_path / "new", keys=small.OPENS, vkey=small.VKEY)
    with closing(sqlite3.connect(tmp_path / "new" / "keys" / "persons.sqlite3")) as found:
        assert found.execute("SELECT wrapped FROM keys").fetchall() == [("the other one's key",)]
    assert (tmp_path / "new" / "keys" / "persons.sqlite3").stat().st_mode & 0o777 == 0o600


def test_without_its_keys_a_backup_is_not_restored_by_mistake(standing: Path, tmp_path: Path) -> None:
    home = small.home(tmp_path / "k")
    ring(home, "key")
    small.backed_up(home, tmp_path / "k.age", seal=ToRecipients([PUBLIC]))
    (tmp_path / "k.keys.age").rename(tmp_path / "apart")
    opens = small.identity(SECRET)
    refused("keys_needed", standing, tmp_path / "k.age", opens)
    other = small.home(tmp_path / "o")
    ring(other, "key")
    small.backed_up(other, tmp_path / "o.age", seal=ToRecipients([PUBLIC]), vkey="another+1+2")
    refused("keys_of_another", standing, tmp_path / "k.age", opens, keys_file=tmp_path / "o.keys.age")
    refused("keys_needed", standing, tmp_path / "k.age", opens)  # that of another site beside it is not taken
    with pytest.raises(BackupError) as fault:
        restoration.restore(Wanted(file=tmp_path / "k.age", home=standing, keys=opens, keys_file=tmp_path / "apart"))
    assert fault.value.code == "shape"  # it came as far as the database
    with pytest.raises(BackupError) as fault:
        restoration.restore(Wanted(file=tmp_path / "k.age", home=standing, keys=opens, without_keys=True))
    assert fault.value.code == "shape"


def test_the_folder_of_a_restore_that_was_killed_goes_with_the_next(backups: Path, tmp_path: Path) -> None:
    left = tmp_path / "home.new-abc"
    left.mkdir()
    (left / "pingyi.sqlite3").write_bytes(b"names and telephones")
    with pytest.raises(BackupError):
        restoration.restore(Wanted(file=backups / "a.tar", home=tmp_path / "home", keys=small.OPENS))
    assert list(tmp_path.iterdir()) == []


def test_every_refusal_is_said_in_both_languages() -> None:
    for code, (chinese, english) in SENTENCES.items():
        assert any("一" <= letter <= "鿿" for letter in chinese), code
        assert english.isascii() or "“" in english or "…" in english, code
    assert encryption.LEAST >= 10
