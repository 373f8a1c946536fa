"""A scene that is laid out again is the scene that was played, down to the record."""

from __future__ import annotations

import pytest
from django.db import transaction

from pingyi.bureau.actions import section
from pingyi.bureau.models import Member
from pingyi.bureau.tests.cast import BEGIN, Cast, assemble
from pingyi.bureau.tests.remembered import remembered
from pingyi.record.models import Entry
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
