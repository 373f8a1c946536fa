"""A database of before, brought to this version: what stood there is covered once, and nothing later (§5.4)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, models

from pingyi import clock
from pingyi.bureau.models import Login, Notice
from pingyi.bureau.tests import remembered
from pingyi.record import audit, bindings, guards, keyring_file, queries, sequence, upgrade
from pingyi.record.models import Binding, Entry
from pingyi.stations.cases.actions import drawing_up, inbox
from pingyi.stations.cases.models import Case, Complainant, OpenFigures, Submission, UnitName, WeeklyBulletin
from pingyi.stations.cases.tests.conftest import CALLER, DAY, MONDAY, Play

pytestmark = pytest.mark.django_db(transaction=True)

BEFORE = "0004_grounds_and_days_apart"
# What the entries of a case committed to before its code and its offers were covered.
SEALED_BEFORE = ("title", "text", "place", "answer", "result", "theme", "theme_code", "external_number", "received_at")
PLAIN = (Login, Notice, OpenFigures, Submission, UnitName, WeeklyBulletin)


@pytest.fixture
def before(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Play]:
    """A site of before with something in each table: nothing binds a row, and no entry knows of a case's code."""
    monkeypatch.setattr(remembered, "_scenes", {})  # the scenes of other tests hold bindings
    with monkeypatch.context() as earlier:
        earlier.setattr(bindings, "keep", lambda *_, **__: None)
        earlier.setattr(Case, "sealed", SEALED_BEFORE)
        play: Play = request.getfixturevalue("play")
        play.closed()
        drawing_up.draw_up(at=MONDAY)
        drawing_up.issue_last(at=MONDAY)
        UnitName.objects.create(name="环境监察大队", section_id=play.cast.sections["brigade"].pk)
        inbox.submit(kind="complaint", channel="web", title="噪声", text="夜里施工", contact=CALLER, at=MONDAY)
        inbox.submit(kind="misconduct", channel="web", title="收礼", text="收了礼", at=MONDAY)
    sequence.sequence(at=MONDAY)
    monkeypatch.setattr(clock, "now", lambda: MONDAY + DAY)  # the day of the update
    monkeypatch.setattr(upgrade, "BATCH", 2)  # as if there were many rows
    assert not Binding.objects.exists()
    migrate(BEFORE)
    yield play
    migrate()


def migrate(state: str = "") -> None:
    """Bring the record's tables to a state, or to this version's."""
    call_command("migrate", "record", *([state] if state else []), verbosity=0, interactive=False)


def found() -> list[tuple[str, object]]:
    """What the audit finds, each with its row."""
    faults = [one for one in audit.examine().faults if one.code != "key.missing"]
    return [(one.code, one.facts.get("subject") or one.facts.get("row")) for one in faults]


def sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_the_update_covers_whatever_stood_there_and_alters_no_entry(before: Play) -> None:
    head = queries.latest()
    assert head is not None
    entries = dict(Entry.objects.values_list("leaf", "body"))
    migrate()
    assert found() == []
    for model in PLAIN:
        keys = {str(key) for key in model._default_manager.values_list("pk", flat=True)}
        assert keys, model
        bound = Binding.objects.filter(table=model._meta.db_table).values_list("row", flat=True)
        assert sorted(bound) == sorted(keys), model
    assert entries.items() <= dict(Entry.objects.values_list("leaf", "body")).items()
    sequence.sequence(at=MONDAY + DAY)
    assert [one.code for one in audit.examine(held=head.note).faults if one.code != "key.missing"] == []


def test_what_must_not_be_told_is_bound_apart_by_the_update_too(before: Play) -> None:
    secret = Submission.objects.get(kind_id="misconduct")
    migrate()
    binding = Binding.objects.get(table="cases_submission", row=str(secret.pk))
    assert list(Entry.objects.filter(subject=binding.subject).values_list("is_apart", flat=True)) == [True]
    assert not queries.open_entries().filter(subject=binding.subject).exists()


@pytest.mark.parametrize(
    ("model", "column", "value", "code"),
    [
        (Login, "password", "argon2$forged", "bound.changed"),
        (WeeklyBulletin, "said", '{"forged": 1}', "bound.changed"),
        (Case, "follow_code", "22222BBBBBCC", "row.sealed"),
    ],
)
def test_what_is_changed_after_the_update_is_named(
    before: Play, model: type[models.Model], column: str, value: str, code: str
) -> None:
    migrate()
    row: Any = model._default_manager.order_by("pk")[:1].get()
    sql(f"UPDATE {model._meta.db_table} SET {column} = %s WHERE {_key(model)} = %s", value, row.pk)  # noqa: S608
    assert found() == [(code, getattr(row, "subject", row.pk))]


def _key(model: type[models.Model]) -> str:
    key: Any = model._meta.pk
    return str(key.column)


def test_a_row_that_stood_there_without_an_entry_is_given_none(before: Play) -> None:
    """What no act made before the update has not been made by the update either."""
    row = before.cast.member("wang")
    row.pk, row.reference, row.version, row.salts, row.entry_hash, row.login = None, "SLIPPED", 0, {}, "", None
    row.save_base(raw=True, force_insert=True)
    migrate()
    assert found() == [("row.unrecorded", "member/SLIPPED")]


def test_rows_whose_key_is_elsewhere_stop_no_update(before: Play) -> None:
    row = Complainant.objects.select_related("case")[:1].get()
    with keyring_file.writing() as ring:
        ring.execute("DELETE FROM keys WHERE name = ?", [row.case.key_name])
    migrate()
    assert {code for code, _ in found()} == {"key.lost"}
    assert not any(upgrade._lacks(one) for one in Case.objects.all())


def test_nobody_is_covered_by_a_second_update(before: Play) -> None:
    """Whoever slips a row in past the site waits in vain for an update that would take it for one of before."""
    migrate()
    last = Entry.objects.count()
    slipped = Login.objects.create(username="slipped", password="x")
    Binding.objects.filter(table="bureau_login", row=str(slipped.pk))._raw_delete("default")
    call_command("migrate", verbosity=0, interactive=False)
    guards.remove(connection)
    assert Entry.objects.count() == last
    assert found() == [("bound.unrecorded", slipped.pk)]
