"""What people told is opened when it is asked for, encrypted when it is written, and honest without its key."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from pingyi.record import keyring, keyring_file, personal
from pingyi.record.ciphertext import MARK
from pingyi.record.tests.conftest import sql
from pingyi.record.tests.matters import Letter
from pingyi.rules.refused import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_keyring")]
LONE = "半个字\ud800"  # a file's name as some systems hand it in
TOLD = {"words": LONE, "facts": ["林先生", {"电话": "13811112222"}], "file": b"\x00\xff"}
FIELDS = tuple(TOLD)


def told(**values: Any) -> Letter:
    """A letter as it is read again; its number is known first, for what it tells is bound to it."""
    row = Letter.objects.create()
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    return Letter.objects.get(pk=row.pk)


def stored(row: Letter) -> tuple[str, ...]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT words, facts, file FROM matters_letter WHERE id = %s", [row.pk])
        return tuple(cursor.fetchone())


def values(row: Letter) -> dict[str, Any]:
    return {name: getattr(row, name) for name in FIELDS}


def lose_the_keyring(own_keyring: Path) -> None:
    keyring_file.leave()
    keyring_file.folder().rename(own_keyring / "elsewhere")


def test_every_kind_comes_back_as_it_was_told_and_lies_encrypted() -> None:
    row = told(**TOLD)
    assert values(row) == TOLD
    assert all(one.startswith(MARK) for one in stored(row))


def test_nothing_told_lies_as_nothing_and_each_kind_has_its_own() -> None:
    row = told()
    assert stored(row) == ("", "", "")
    assert values(row) == {"words": "", "facts": [], "file": b""}
    assert not keyring_file.store().exists(), "no key is made for nobody"


def test_what_lies_in_clear_from_before_is_read_as_it_is() -> None:
    row = told()
    sql("UPDATE matters_letter SET words = %s, facts = %s WHERE id = %s", "请回电", '["林先生"]', row.pk)
    again = Letter.objects.get(pk=row.pk)
    assert (again.words, again.facts) == ("请回电", ["林先生"])


def test_a_field_that_was_left_out_of_a_query_is_fetched_when_it_is_asked_for() -> None:
    row = told(**TOLD)
    with CaptureQueriesContext(connection) as asked:
        bare = Letter.objects.defer("words").get(pk=row.pk)
        assert "words" not in bare.__dict__
        assert bare.words == LONE
    assert len(asked) == 2
    with CaptureQueriesContext(connection) as asked:
        assert values(Letter.objects.get(pk=row.pk)) == TOLD
    assert len(asked) == 1


def test_without_its_key_a_text_says_so_and_what_is_more_than_a_text_is_refused(own_keyring: Path) -> None:
    row = told(**TOLD)
    lose_the_keyring(own_keyring)
    bare = Letter.objects.get(pk=row.pk)
    assert bare.words == "（无法读取：密钥不在这里）"
    for name in ("facts", "file"):
        with pytest.raises(Refused) as refused:
            getattr(bare, name)
        assert refused.value.code == "key.lost"


def test_a_keyring_of_another_master_opens_nothing_and_says_why_nothing_can_be_written(own_keyring: Path) -> None:
    row = told(words="请回电")
    keyring_file.leave()
    keyring_file.master_file().write_text("ab" * 32, encoding="ascii")
    bare = Letter.objects.get(pk=row.pk)
    assert [(one.field.name, one.code) for one in personal.open_rows([bare])] == [("words", "key.lost")]
    bare.words = "改过"
    with pytest.raises(Refused) as refused, transaction.atomic():
        bare.save()
    assert refused.value.code == "key.other_master"
    assert personal.is_closed(Letter.objects.get(pk=row.pk))


def test_what_can_be_read_is_not_closed_and_what_was_put_elsewhere_is() -> None:
    row, other = told(words="请回电"), told(words="不必回电")
    assert not personal.is_closed(row)
    sql("UPDATE matters_letter SET words = %s WHERE id = %s", stored(row)[0], other.pk)
    moved = Letter.objects.get(pk=other.pk)
    assert [one.code for one in personal.open_rows([moved])] == ["key.altered"]


def test_a_row_written_again_without_a_look_keeps_its_bytes() -> None:
    row = told(**TOLD)
    before = stored(row)
    Letter.objects.get(pk=row.pk).save()
    assert stored(row) == before


def test_many_rows_get_their_keys_with_one_look_into_the_keyring() -> None:
    rows = [Letter(words=f"第{number}封") for number in range(5)]
    keyring.ready([keyring.new_name()])
    statements: list[str] = []
    keyring_file.follow_statements(statements.append)
    Letter.objects.bulk_create(rows)
    keyring_file.follow_statements(None)
    assert sum(one.startswith("SELECT") for one in statements) == 2, "which are there, and what was made"
    assert len({one.key_name for one in rows}) == 5


def test_rows_of_one_query_are_opened_with_one_look_into_the_keyring() -> None:
    for number in range(4):
        told(words=f"第{number}封")
    statements: list[str] = []
    keyring_file.follow_statements(statements.append)
    assert [row.words for row in Letter.objects.order_by("pk")] == [f"第{number}封" for number in range(4)]
    keyring_file.follow_statements(None)
    assert len(statements) == 1


def test_nothing_can_be_asked_for_by_what_people_told() -> None:
    with pytest.raises(TypeError, match=r"Letter\.words is encrypted"):
        Letter.objects.filter(words="请回电").exists()
    assert Letter.objects.filter(words="").count() == 0
    assert isinstance(vars(Letter)["words"], personal.PersonalAttribute)
    assert Letter.words is vars(Letter)["words"]


def test_values_read_without_their_rows_are_opened_and_what_is_closed_is_nothing() -> None:
    row, lost = told(words="请回电"), told(words="不必回电")
    keyring.destroy([lost.key_name])
    sealed = [(Letter.objects.get(pk=one.pk).__dict__["words"], f"{one.subject}.words") for one in (row, lost)]
    assert personal.open_values(sealed) == ["请回电".encode(), None]


def test_values_that_are_looked_through_before_they_are_kept_stay_as_they_are() -> None:
    row = Letter(**TOLD)
    row.clean_fields(exclude=["unit"])
    assert values(row) == TOLD
