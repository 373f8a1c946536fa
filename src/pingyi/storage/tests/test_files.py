"""A file is whole under its name or not there at all, and synced before its name is (§5.4)."""

from __future__ import annotations

import os
import stat
import threading
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from pingyi.storage import files
from pingyi.storage.folder import SyncedStorage


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the machine was asked, in its order: syncs of files and folders, and names that were put in place."""
    asked: list[str] = []
    sync, replace, link = os.fsync, Path.replace, Path.hardlink_to

    def synced(opened: int) -> None:
        is_folder = stat.S_ISDIR(os.fstat(opened).st_mode)
        asked.append("folder synced" if is_folder else f"{os.fstat(opened).st_size} bytes synced")
        sync(opened)

    def replaced(self: Path, target: Path) -> Path:
        asked.append("put in place")
        return replace(self, target)

    def linked(self: Path, target: Path) -> None:
        link(self, target)
        asked.append("put in place")

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(Path, "replace", replaced)
    monkeypatch.setattr(Path, "hardlink_to", linked)
    return asked


IN_ORDER = ["3 bytes synced", "put in place", "folder synced"]


def test_bytes_are_synced_before_the_name_and_the_name_before_the_return(tmp_path: Path, done: list[str]) -> None:
    files.put(tmp_path / "one", b"abc")
    assert done == IN_ORDER
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("one", b"abc")]


def test_new_folders_are_synced_in_the_folder_above_before_anything_lies_in_them(
    tmp_path: Path, done: list[str]
) -> None:
    files.put(tmp_path / "a" / "b" / "one", b"abc")
    assert done == ["folder synced", "folder synced", *IN_ORDER]


def test_a_file_that_is_made_once_is_the_first_ones(tmp_path: Path, done: list[str]) -> None:
    assert files.put_first(tmp_path / "key", b"abc")
    assert done == IN_ORDER
    assert not files.put_first(tmp_path / "key", b"xyz")
    assert (tmp_path / "key").read_bytes() == b"abc"
    assert [path.name for path in tmp_path.iterdir()] == ["key"]


def test_of_many_who_make_a_key_at_once_one_wins_and_all_read_it(tmp_path: Path) -> None:
    path, read = tmp_path / "key", []

    def make(number: int) -> None:
        files.put_first(path, f"{number:09}".encode())
        read.append(path.read_bytes())

    threads = [threading.Thread(target=make, args=(number,)) for number in range(16)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(set(read)) == 1
    assert len(read) == 16


def test_a_write_that_fails_leaves_the_earlier_file_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files.put(tmp_path / "one", b"before")

    def full(opened: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        files.put(tmp_path / "one", b"after")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("one", b"before")]


def test_what_people_hand_in_is_synced_before_any_row_can_name_it(tmp_path: Path, done: list[str]) -> None:
    storage = SyncedStorage(location=tmp_path)
    storage.save("photo", ContentFile(b"abc"))
    assert done[-3:] == IN_ORDER
    assert stat.S_IMODE((tmp_path / "photo").stat().st_mode) == 0o600


def test_the_site_lays_files_into_the_synced_folder(settings: Any) -> None:
    assert isinstance(storages["default"], SyncedStorage)


def test_the_site_s_database_syncs_each_commit() -> None:
    database = settings.PINGYI.model_copy(update={"database_url": ""}).database()
    assert "synchronous=FULL" in str(database["OPTIONS"])
