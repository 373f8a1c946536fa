"""What a database holds from before is encrypted where it lies, in batches, and leaves no old page behind."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pingyi.record import earlier, keyring, keyring_file
from pingyi.record.acts import act
from pingyi.record.ciphertext import MARK
from pingyi.record.tests.conftest import AT, ZHOU, sql
from pingyi.record.tests.matters import Letter, Unit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_keyring")]
TABLE = "matters_letter"


@pytest.fixture(autouse=True)
def _batches_of_two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(earlier, "BATCH", 2)


def before(*words: str, facts: str = "[]", key_name: str = "", unit: int | None = None) -> None:
    """Letters as they stood in clear."""
    for text in words:
        statement = f"INSERT INTO {TABLE} (key_name, unit_id, words, facts, file) VALUES (%s, %s, %s, %s, %s)"  # noqa: S608
        sql(statement, key_name, unit, text, facts, "")


def columns(*names: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(names)} FROM {TABLE} ORDER BY id")  # noqa: S608
        return [tuple(row) for row in cursor.fetchall()]


def naming(row: Letter) -> tuple[str, str]:
    return row.key_name, row.subject


def encrypt(**how: Any) -> None:
    earlier.encrypt(connection, Letter, naming=naming, **how)


def test_every_row_without_a_key_is_given_one_of_its_own_and_the_others_keep_theirs() -> None:
    before("一", "二", "三", "四", "五")
    before("六", key_name="of-before")
    sql(f"UPDATE {TABLE} SET id = 1 WHERE words = %s", "一")  # noqa: S608 - the first number there is
    earlier.name_keys(connection, Letter)
    names = [name for (name,) in columns("key_name")]
    assert len(set(names)) == 6
    assert all(names)
    assert "of-before" in names


def test_what_lies_in_clear_is_encrypted_under_its_rows_key_and_nothing_told_becomes_nothing() -> None:
    before("一", "二", "", "四", "五", facts='["林先生"]')
    before("", facts="[]")
    earlier.name_keys(connection, Letter)
    encrypt()
    assert all(not text or text.startswith(MARK) for row in columns("words", "facts", "file") for text in row)
    assert columns("facts")[-1] == ("",), "an empty list stood there in clear"
    assert [row.words for row in Letter.objects.order_by("pk")] == ["一", "二", "", "四", "五", ""]
    assert [row.facts for row in Letter.objects.order_by("pk")] == [["林先生"]] * 5 + [[]]


def test_what_was_encrypted_already_stays_as_it_is() -> None:
    before("一", "二", "三")
    earlier.name_keys(connection, Letter)
    encrypt()
    first = columns("words", "facts")
    before("四")
    earlier.name_keys(connection, Letter)
    encrypt()
    assert columns("words", "facts")[:3] == first
    assert [row.words for row in Letter.objects.order_by("pk")][3] == "四"


def test_rows_that_tell_nothing_need_no_key() -> None:
    before("", "")
    encrypt()
    assert not keyring_file.store().exists()


def test_each_batch_is_handed_on_once_and_in_order() -> None:
    before("一", "二", "三", "四", "五")
    earlier.name_keys(connection, Letter)
    followed: list[list[str]] = []
    encrypt(follow=lambda rows: followed.append([row.subject for row in rows]))
    subjects = [f"letter/{key}" for (key,) in columns("id")]
    assert followed == [subjects[:2], subjects[2:4], subjects[4:]]


def test_rows_that_a_name_is_taken_from_are_read_with_their_letters() -> None:
    with act("matter.open", by=ZHOU, at=AT) as change:
        units = [change.save(Unit(name=name)) for name in ("甲", "乙", "丙", "丁")]
    for unit in units:
        before(unit.name, key_name=keyring.new_name(), unit=unit.pk)
    with CaptureQueriesContext(connection) as asked:
        earlier.encrypt(
            connection, Letter, naming=lambda row: (row.key_name, f"letter/{row.unit.name}"), links=("unit",)
        )
    reads = [one["sql"] for one in asked if 'FROM "matters_' in one["sql"]]
    assert len(reads) == 3, "two batches, and a look whether there is more"


def vacuumed() -> list[str]:
    with CaptureQueriesContext(connection) as asked:
        earlier.clear_old_pages(connection, ["matters_letter", "matters_unit"])
    said = [one["sql"] for one in asked]
    return [one for one in said if one.startswith(("VACUUM", "PRAGMA"))]


@pytest.mark.usefixtures("emptied")
@pytest.mark.django_db(transaction=True)
def test_old_pages_are_cleared_where_there_was_something_and_nothing_is_rewritten_for_nothing() -> None:
    assert vacuumed() == []
    before("一")
    wanted = {
        "sqlite": ["VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"],
        "postgresql": ['VACUUM FULL "matters_letter"', 'VACUUM FULL "matters_unit"'],
    }
    assert vacuumed() == wanted[connection.vendor]
    sql(f"DELETE FROM {TABLE}")  # noqa: S608
