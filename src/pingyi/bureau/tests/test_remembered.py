"""A scene that is laid out again is the scene that was played, down to the record."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from pingyi.bureau.actions import section
from pingyi.bureau.models import Member, Motion
from pingyi.bureau.tests.cast import BEGIN, Cast, assemble
from pingyi.bureau.tests.remembered import _state, remembered
from pingyi.record import keyring_file, keys
from pingyi.record.models import Entry
from pingyi.record.personal import open_rows
from pingyi.record.replay import Chains, rows

pytestmark = pytest.mark.django_db


def faults() -> list[object]:
    """What the record finds wrong with the tables."""
    chains = Chains()
    chains.read()
    return [*chains.faults, *rows(chains)]


def _as_if_in_a_test() -> tuple[Cast, list[str]]:
    began = transaction.savepoint()
    found = remembered("a bureau", play=assemble)
    entries = list(Entry.objects.order_by("id").values_list("body", flat=True))
    assert not faults()
    transaction.savepoint_rollback(began)
    return found, entries


def test_rows_and_record_are_the_same_whether_played_or_laid_out() -> None:
    played, said = _as_if_in_a_test()
    laid, again = _as_if_in_a_test()
    assert said
    assert again == said
    assert laid == played
    assert laid.zhou is not played.zhou, "a test may change what it was given"


def test_the_next_act_goes_on_where_the_scene_ended() -> None:
    _as_if_in_a_test()
    found = remembered("a bureau", play=assemble)
    added = section.add(name="法规科", kind="section", reference="law", order=9, by=found.actor("zhou"), at=BEGIN)
    assert added.pk not in {one.pk for one in found.sections.values()}
    assert not faults()


def test_who_begins_elsewhere_plays_anew() -> None:
    count = 0

    def play() -> int:
        nonlocal count
        count += 1
        return count

    cast = remembered("a bureau", play=assemble)
    assert remembered("a number", play=play) == remembered("a number", play=play) == 1
    section.add(name="法规科", kind="section", reference="law", order=9, by=cast.actor("zhou"), at=BEGIN)
    assert remembered("a number", play=play) == 2
    assert Member.objects.exists()


def test_rows_in_another_order_are_the_same_beginning() -> None:
    """A server puts a row that was changed behind the others, or wherever it finds room."""
    cast = remembered("a bureau", play=assemble)
    before = _state()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE bureau_member SET name = name WHERE id = %s", [cast.zhou.pk])
    assert _state() == before


def test_a_scene_played_under_another_master_key_is_played_anew(settings: Any, tmp_path: Path) -> None:
    of_the_tests, began = settings.PINGYI, transaction.savepoint()
    settings.PINGYI = of_the_tests.model_copy(update={"home": tmp_path, "key_file": keys.key_file()})
    keyring_file.begin()
    remembered("a bureau under a key of its own", play=assemble)
    transaction.savepoint_rollback(began)
    settings.PINGYI = of_the_tests
    remembered("a bureau under a key of its own", play=assemble)
    assert not open_rows(Motion.objects.all())
    assert Motion.objects.exists()
