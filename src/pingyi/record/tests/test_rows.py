"""Rows built and written by hand are the same as Django's own, down to what is linked and what writes itself."""

from __future__ import annotations

import re

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from pingyi.record import references, rows
from pingyi.record.acts import act
from pingyi.record.tests.conftest import AT, ZHOU
from pingyi.record.tests.matters import Letter, Matter, Unit

pytestmark = pytest.mark.django_db


def unit(name: str = "执法大队") -> Unit:
    with act("matter.open", by=ZHOU, at=AT) as change:
        return change.save(Unit(name=name))


def test_a_row_built_by_hand_holds_its_links_as_one_that_django_built() -> None:
    linked = unit()
    row, bare = rows.fresh(Matter, title="一", unit=linked), rows.fresh(Matter, title="一", unit=None)
    assert (row.unit_id, bare.unit_id) == (linked.pk, None)
    with CaptureQueriesContext(connection) as asked:
        assert (row.unit, bare.unit) == (linked, None)
    assert len(asked) == 0
    wanted = Matter(title="一", unit=linked)
    left_out = {"_state", "reference"}
    assert {name: one for name, one in vars(row).items() if name not in left_out} == {
        name: one for name, one in vars(wanted).items() if name not in left_out
    }


def test_two_rows_built_by_hand_share_nothing_that_can_be_changed() -> None:
    one, other = rows.fresh(Matter), rows.fresh(Matter)
    one.facts["一"] = 1
    assert other.facts == {}
    assert one.reference != other.reference


def test_nothing_is_written_for_no_rows() -> None:
    with CaptureQueriesContext(connection) as asked:
        rows.insert([])
    assert len(asked) == 0


def test_many_rows_are_inserted_with_their_keys_in_few_statements() -> None:
    letters = [Letter() for _ in range(60)]
    with CaptureQueriesContext(connection) as asked:
        rows.insert(letters)
    assert len(asked) <= 3
    assert [one.pk for one in letters] == list(Letter.objects.order_by("pk").values_list("pk", flat=True))
    assert not any(one._state.adding for one in letters)


def test_a_column_that_is_not_the_tables_is_refused_before_anything_is_written() -> None:
    with pytest.raises(TypeError, match="Unit has the columns"):
        rows.insert_columns(Unit, {"name": ["甲"]})


def test_rows_that_were_linked_before_their_link_had_a_key_take_it() -> None:
    linked, other = Unit(name="甲"), Unit(name="乙")
    letters = [rows.fresh(Letter, unit=linked), rows.fresh(Letter, unit=None), rows.fresh(Letter, unit=other)]
    with act("matter.open", by=ZHOU, at=AT) as change:
        change.save_all([linked, other])
    assert [one.unit_id for one in letters] == [None, None, None]
    rows.insert(letters)
    assert list(Letter.objects.order_by("pk").values_list("unit", flat=True)) == [linked.pk, None, other.pk]


def test_a_link_to_a_row_that_was_never_kept_is_refused() -> None:
    with pytest.raises(ValueError, match="unsaved related object"):
        rows.insert([rows.fresh(Letter, unit=None), rows.fresh(Letter, unit=Unit(name="甲"))])


@pytest.mark.parametrize("count", [1, 3])
def test_rows_are_updated_by_one_statement_however_many_they_are(count: int) -> None:
    letters = [Letter(words=f"第{number}封") for number in range(count)]
    rows.insert(letters)
    for one in letters:
        one.words = f"改{one.words}"
    rows.update(letters)
    assert [one.words for one in Letter.objects.order_by("pk")] == [f"改第{number}封" for number in range(count)]


class Stamped(models.DateTimeField):  # type: ignore[type-arg]
    """A field that writes itself in words of the database."""

    def get_placeholder(self, *_: object) -> str:
        return "now()"


@pytest.mark.parametrize("field", [
    models.DateTimeField(auto_now_add=True), models.DateTimeField(auto_now=True), models.FileField(), Stamped(),
])  # fmt: skip
def test_what_writes_something_of_its_own_is_left_to_django(
    field: models.Field[object, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[list[models.Model]] = []
    monkeypatch.setattr(models.QuerySet, "bulk_create", lambda _, found: told.append(list(found)))
    fields = [*(one for one in Letter._meta.concrete_fields if not one.primary_key), field]
    monkeypatch.setattr(rows, "_inserted", lambda _: fields)
    letters = [Letter()]
    rows.insert(letters)
    assert told == [letters]


def test_plain_fields_are_not_left_to_django(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models.QuerySet, "bulk_create", lambda *_: pytest.fail("Django was asked"))
    letters = [Letter()]
    rows.insert(letters)
    assert letters[0].pk


def test_a_reference_is_twelve_letters_that_nobody_mishears() -> None:
    found = {references.new_reference() for _ in range(500)}
    assert len(found) == 500
    assert all(re.fullmatch(f"[{references.ALPHABET}]{{12}}", one) for one in found)
    assert {one[place] for one in found for place in (0, 11)} == set(references.ALPHABET)
