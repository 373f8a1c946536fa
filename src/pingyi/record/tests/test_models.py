"""What the record's rows call themselves: by that the audit and the administrator's pages name them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import models

from pingyi.record.models import (
    Apart,
    Checkpoint,
    Cosignature,
    Entry,
    ErasedKey,
    Leaf,
    Node,
    SealedReason,
    UnrecordedError,
    door,
)
from pingyi.record.tests.conftest import opened
from pingyi.record.tests.matters import Matter, Unit

AT = datetime(2026, 5, 21, tzinfo=UTC)
CALLED = [
    (ErasedKey(name="k1"), "k1"),
    (Entry(verb="matter.open", subject="matter/7"), "matter.open matter/7"),
    (Apart(seal_id=5, place=2), "5/2"),
    (SealedReason(entry_id=7, text="因病"), "reason of 7"),
    (Leaf(position=12), "12"),
    (Node(level=1, index=3), "1/3"),
    (Checkpoint(size=40, made_at=AT), "40"),
    (Cosignature(checkpoint_id=9, witness="district"), "district 9"),
    (Unit(reference="u1"), "unit/u1"),
]


@pytest.mark.parametrize(("row", "name"), CALLED)
def test_a_row_is_called_by_what_it_is_of_and_by_nothing_that_is_sealed(row: models.Model, name: str) -> None:
    assert str(row) == name


def test_a_kind_that_says_nothing_is_judged_by_nothing() -> None:
    assert Unit().about() == {}


@pytest.mark.django_db
def test_many_rows_are_written_through_the_door_and_told_how_many() -> None:
    row = opened()
    rows = Matter.objects.filter(pk=row.pk)
    with door():
        assert rows.update(draft="一") == 1
        assert Matter.objects.bulk_update([row], ["draft"]) == 1
        assert [one.title for one in Matter.objects.bulk_create([Matter(title="又一件")])] == ["又一件"]
    with pytest.raises(UnrecordedError):
        rows.update(draft="二")
    assert rows.get().draft == ""
