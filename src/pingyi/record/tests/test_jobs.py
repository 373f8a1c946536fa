"""The record's own jobs, as the worker runs them."""

from __future__ import annotations

import pytest

from pingyi.jobs import Turn, declared
from pingyi.record import queries
from pingyi.record.models import Entry
from pingyi.record.tests.conftest import AT, opened

pytestmark = pytest.mark.django_db


def run(name: str) -> None:
    [job] = [one for one in declared() if one.name == name]
    job.run(Turn(at=lambda: AT, between=lambda: None))


def test_what_waits_gets_its_place_and_a_signed_checkpoint() -> None:
    row = opened()
    assert queries.latest() is None
    run("record.sequence")
    head = queries.latest()
    assert head is not None
    assert head.size == 1
    assert queries.find(row.subject)[0].position == 0


def test_the_day_is_sealed_once_and_an_empty_record_has_no_day() -> None:
    run("record.seal")
    assert not Entry.objects.exists()
    opened()
    for _ in range(2):
        run("record.seal")
    assert Entry.objects.filter(verb="record.seal").count() == 1
