"""However long the database is read, it is read as it was at the first look, and nothing is written meanwhile."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection

from pingyi.record.models import Entry
from pingyi.record.snapshot import snapshot
from pingyi.record.tests.conftest import opened


def add_from_elsewhere() -> None:
    """What another process commits meanwhile."""
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("INSERT INTO record_erasedkey (name) VALUES ('another')")
    finally:
        other.close()


def count() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM record_erasedkey")
        return int(cursor.fetchone()[0])


def write_while_reading() -> None:
    with snapshot():
        assert Entry.objects.count() == 1
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO record_erasedkey (name) VALUES ('mine')")


@pytest.mark.usefixtures("server", "emptied")
@pytest.mark.django_db(transaction=True)
def test_what_another_commits_meanwhile_is_seen_afterwards() -> None:
    with snapshot():
        before = count()
        add_from_elsewhere()
        assert count() == before
    assert count() == before + 1


@pytest.mark.usefixtures("emptied")
@pytest.mark.django_db(transaction=True)
def test_nothing_can_be_written_while_it_is_read() -> None:
    opened()
    with pytest.raises(DatabaseError):
        write_while_reading()
    assert count() == 0


@pytest.mark.django_db
def test_inside_a_transaction_its_own_state_is_read() -> None:
    opened()
    with snapshot():
        assert Entry.objects.count() == 1
    opened()
