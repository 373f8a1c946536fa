"""Many share one commit; no bad row harms its neighbours, and a fault promises nothing (§5.4)."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Sequence
from typing import Any

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction

from pingyi.storage import group_commit
from pingyi.storage.group_commit import FullError, GroupCommit, UnknownError

pytestmark = pytest.mark.django_db(transaction=True)


class Book:
    """Keeps numbers in memory, in the place of a table; each call is one transaction."""

    def __init__(self) -> None:
        self.batches: list[int] = []
        self.kept: set[int] = set()
        self.goes_on = threading.Event()
        self.goes_on.set()
        self.began = threading.Event()
        self.fault: Exception | None = None

    def write(self, rows: Sequence[int]) -> Sequence[int]:
        self.began.set()
        self.goes_on.wait()
        self.batches.append(len(rows))
        if self.fault:
            raise self.fault
        if any(row < 0 or row in self.kept for row in rows):
            raise IntegrityError("one of them is bad")
        self.kept.update(rows)
        return [row + 1000 for row in rows]


@pytest.fixture
def book(settings: Any) -> Book:
    settings.COMMITS_INLINE = False
    return Book()


def together(queue: GroupCommit[int], book: Book, rows: Sequence[int]) -> dict[int, object]:
    """Hand in the first row; while it is being written, all others; return what each was told."""
    told: dict[int, object] = {}

    def keep(place: int, row: int) -> None:
        try:
            told[place] = queue.keep(row)
        except (IntegrityError, OperationalError, sqlite3.Error, OSError, FullError, UnknownError) as fault:
            told[place] = type(fault)

    book.goes_on.clear()
    threads = [threading.Thread(target=keep, args=one) for one in enumerate(rows)]
    threads[0].start()
    book.began.wait()
    for one in threads[1:]:
        one.start()
    while len(queue._rows) + len(told) < len(rows) - 1:
        threading.Event().wait(0.01)
    book.goes_on.set()
    for one in threads:
        one.join()
    return told


def test_what_waits_is_written_together(book: Book) -> None:
    told = together(GroupCommit(book.write), book, range(40))
    assert told == {row: row + 1000 for row in range(40)}
    assert book.batches == [1, 39]


def test_a_bad_row_fails_alone(book: Book) -> None:
    told = together(GroupCommit(book.write), book, [0, 1, -1, 2, 3, 3])
    assert [told[place] for place in range(5)] == [1000, 1001, IntegrityError, 1002, 1003]
    assert told[5] is IntegrityError
    assert book.kept == {0, 1, 2, 3}


@pytest.mark.parametrize("fault", [OperationalError("disk is full"), sqlite3.OperationalError("locked"), OSError(28)])
def test_what_hits_the_database_hits_all_of_them_once(book: Book, fault: Exception) -> None:
    book.fault = fault
    told = together(GroupCommit(book.write), book, range(10))
    assert set(told.values()) == {type(fault)}
    assert book.batches == [1, 9]
    book.fault = None


def test_what_is_made_ready_is_so_before_the_transaction(book: Book) -> None:
    seen: list[tuple[Sequence[int], bool, int]] = []
    queue = GroupCommit(
        book.write, ready=lambda rows: seen.append((rows, connection.in_atomic_block, len(book.batches)))
    )
    assert queue.keep(1) == 1001
    assert seen == [([1], False, 0)]


def test_after_a_fault_the_queue_goes_on(book: Book) -> None:
    queue = GroupCommit(book.write)
    book.fault = OperationalError("the server went away")
    with pytest.raises(OperationalError):
        queue.keep(1)
    book.fault = None
    assert queue.keep(1) == 1001


def test_who_comes_when_the_queue_is_full_is_turned_away_at_once(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(group_commit, "MOST_WAITING", 5)
    told = together(GroupCommit(book.write), book, range(10))
    assert list(told.values()).count(FullError) == 4
    assert len(book.kept) == 6


def test_who_waits_too_long_is_told_that_nothing_is_known(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(group_commit, "PATIENCE", 0.05)
    queue = GroupCommit(book.write)
    book.goes_on.clear()
    with pytest.raises(UnknownError):
        queue.keep(1)
    monkeypatch.undo()
    book.goes_on.set()
    assert (queue.keep(2), book.kept) == (1002, {1, 2}), "it may be kept yet, so it must be sent again as it is"


def test_within_a_transaction_the_queue_would_wait_for_itself(book: Book) -> None:
    with transaction.atomic(), pytest.raises(RuntimeError, match="transaction"):
        GroupCommit(book.write).keep(1)
