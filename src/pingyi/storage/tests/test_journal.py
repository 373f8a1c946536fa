"""A new database file is opened by many processes at the same moment, and none of them is told that it is locked."""

from __future__ import annotations

import multiprocessing
import sqlite3
from pathlib import Path

from pingyi.storage.sqlite.journal import write_ahead

FILES, OPENERS = 120, 4  # without the turns one file in fifteen refuses somebody


def _opened(path: Path) -> str:
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        write_ahead(connection, path)
    except sqlite3.OperationalError as fault:
        return str(fault)
    mode: str = connection.execute("PRAGMA journal_mode").fetchone()[0]
    return mode


def test_of_processes_that_open_a_new_file_at_once_none_is_refused(tmp_path: Path) -> None:
    with multiprocessing.get_context("fork").Pool(OPENERS) as pool:
        for number in range(FILES):
            assert set(pool.map(_opened, [tmp_path / str(number)] * OPENERS, chunksize=1)) == {"wal"}


def test_a_file_in_a_folder_that_cannot_take_the_lock_file_is_switched_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "db"
    (tmp_path / "db.switch").mkdir()
    assert _opened(path) == "wal"


def test_a_file_that_is_switched_needs_no_lock(tmp_path: Path) -> None:
    path = tmp_path / "db"
    assert _opened(path) == "wal"
    (tmp_path / "db.switch").unlink()
    assert _opened(path) == "wal"
    assert not (tmp_path / "db.switch").exists()
