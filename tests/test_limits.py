"""Counts that processes share: exact whoever counts at once, unreadable, and back after an accident to their file."""

from __future__ import annotations

import multiprocessing
import os
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.db import OperationalError

from pingyi import limits
from pingyi.limits import Limit, address_of, once

TRIES = Limit(use="tests", most=3, seconds=60)


def kept() -> Path:
    return Path(settings.LIMITS_FILE)


def test_what_is_over_the_limit_is_refused_and_begins_anew_after_its_span(time_machine: Any) -> None:
    time_machine.move_to("2026-03-16 09:00", tick=False)
    assert [TRIES.take("wang") for _ in range(5)] == [True, True, True, False, False]
    assert (TRIES.so_far("wang"), TRIES.is_reached("wang"), TRIES.wait("wang")) == (5, True, 60)
    assert TRIES.take("li"), "one key's count is not another's"
    time_machine.move_to("2026-03-16 09:00:59", tick=False)
    assert not TRIES.take("wang")
    assert TRIES.wait("wang") == 1
    time_machine.move_to("2026-03-16 09:01", tick=False)
    assert (TRIES.so_far("wang"), TRIES.wait("wang")) == (0, 0)
    assert TRIES.take("wang")


def test_a_clock_set_back_locks_nobody_for_days(time_machine: Any) -> None:
    time_machine.move_to("2026-03-20", tick=False)
    assert [TRIES.take("wang") for _ in range(4)][-1] is False
    time_machine.move_to("2026-03-16", tick=False)
    assert not TRIES.is_reached("wang")
    assert TRIES.take("wang")


def test_a_ticket_is_taken_once_and_a_success_forgets() -> None:
    ticket = once("ticket", seconds=60)
    assert [ticket.take("a"), ticket.take("a"), ticket.take("b")] == [True, False, True]
    TRIES.count("wang", by=3)
    TRIES.forget("wang")
    assert TRIES.so_far("wang") == 0


def test_who_looked_at_the_clock_a_moment_earlier_does_not_begin_anew(time_machine: Any) -> None:
    time_machine.move_to("2026-03-16 09:00:01", tick=False)
    TRIES.count("wang")
    time_machine.move_to("2026-03-16 09:00:00", tick=False)
    assert TRIES.count("wang") == 2


def test_parts_of_a_key_cannot_be_shifted_into_one_another() -> None:
    TRIES.count("a", "b")
    assert [TRIES.so_far(*key) for key in (("ab",), ("a\0b",), ("a", "b", ""), ("a", "b"))] == [0, 0, 0, 1]


def test_threads_at_once_get_each_number_once() -> None:
    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(lambda _: TRIES.count("all"), range(200)))
    assert sorted(numbers) == list(range(1, 201))


def _count_in_a_process(path: str) -> list[int]:
    settings.LIMITS_FILE = path
    return [TRIES.count("all") for _ in range(50)]


def test_processes_at_once_get_each_number_once() -> None:
    TRIES.count("all")  # the parent's connection is open when it forks
    with multiprocessing.get_context("fork").Pool(4) as pool:
        numbers = pool.map(_count_in_a_process, [str(kept())] * 4, chunksize=1)
    assert sorted(chain.from_iterable(numbers)) == list(range(2, 202))
    assert TRIES.so_far("all") == 201


def test_the_file_names_nobody_and_is_for_its_owner_alone() -> None:
    TRIES.count("192.0.2.77")
    TRIES.count("zhoumingsheng")
    found = b"".join(path.read_bytes() for path in kept().parent.glob(f"{kept().name}*"))
    assert b"192.0.2.77" not in found
    assert b"zhoumingsheng" not in found
    assert {path.stat().st_mode & 0o077 for path in kept().parent.glob(f"{kept().name}*")} == {0}


def test_rows_that_have_ended_are_swept(time_machine: Any) -> None:
    time_machine.move_to("2026-03-16 09:00", tick=False)
    for number in range(40):
        TRIES.count(str(number))
    time_machine.move_to("2026-03-16 09:02", tick=False)
    for _ in range(limits.SWEEP_EACH):
        TRIES.count("one")
    with sqlite3.connect(kept()) as connection:
        assert connection.execute("select count(*) from limits").fetchone() == (1,)


def test_a_file_that_was_taken_away_is_made_anew_and_shared() -> None:
    TRIES.count("wang")
    for path in kept().parent.glob(f"{kept().name}*"):
        path.unlink()
    assert TRIES.count("wang") == 1
    with sqlite3.connect(kept()) as connection:
        assert connection.execute("select n from limits").fetchall() == [(1,)]


@pytest.mark.parametrize("at", [0, 4096])
def test_a_damaged_file_is_put_away_and_counting_goes_on(at: int) -> None:
    TRIES.count("wang")
    with sqlite3.connect(kept()) as connection:
        connection.execute("pragma wal_checkpoint(truncate)")
    with kept().open("r+b") as file:  # as a power cut may leave it
        file.seek(at)
        file.write(os.urandom(4096))
    limits._file.connection = None  # as a process that starts after the cut
    assert TRIES.count("li") == 1
    assert TRIES.count("li") == 2


def test_what_the_disk_refuses_is_told_as_the_database_would(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setattr(settings, "LIMITS_FILE", tmp_path / "file" / "limits.sqlite3")
    with pytest.raises(OperationalError):
        TRIES.take("wang")


@pytest.mark.parametrize(
    ("told", "counted"),
    [
        ("192.0.2.77", "192.0.2.77"),
        ("::ffff:192.0.2.77", "192.0.2.77"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::"),
        ("", ""),
        ("unix", "unix"),
    ],
)
def test_a_house_with_many_addresses_is_counted_as_one(told: str, counted: str) -> None:
    request: Any = SimpleNamespace(META={"REMOTE_ADDR": told})
    assert address_of(request) == counted
