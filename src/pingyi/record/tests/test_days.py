"""The days of the record only go forward: no act is written behind them, and what was slipped in is named."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from pingyi import clock
from pingyi.record import audit, days, guards, sequence
from pingyi.record.acts import act
from pingyi.record.models import Entry
from pingyi.record.tests.conftest import AT, ZHOU, sql
from pingyi.record.tests.matters import KINDS, Matter
from pingyi.rules import entry as entries
from pingyi.rules.refused import Refused

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def open_at(at: datetime, **values: Any) -> Matter:
    with act("matter.open", by=ZHOU, at=at) as change:
        return change.save(Matter(**{"title": "夜间异味", **values}))


def refusal(at: datetime) -> Refused:
    with pytest.raises(Refused) as refused:
        open_at(at)
    return refused.value


def found() -> list[tuple[str, object]]:
    return [(one.code, one.facts.get("first", one.facts.get("place"))) for one in audit.examine(kinds=KINDS).faults]


def slip_in(at: datetime) -> None:
    """What somebody with the database writes: an entry that is whole, of a day that is past."""
    body = entries.compose(
        log="pingyi.example", kind="matter.access", at=str(at.date()), subject="matter/BACK", member="member/zhou",
        role="supervision_office", public={}, commit={}, nonce=str(Entry.objects.count()),
    )  # fmt: skip
    leaf = entries.leaf_hash(body).hex()
    Entry.objects.create(leaf=leaf, body=body.decode(), verb="matter.access", subject="matter/BACK", at=str(at.date()))


def test_an_act_of_an_earlier_day_is_refused_and_leaves_nothing() -> None:
    open_at(AT)
    refused = refusal(AT - DAY)
    assert (refused.code, refused.facts) == ("time.backwards", {"day": "2026-05-20", "newest": "2026-05-21"})
    assert (Matter.objects.count(), Entry.objects.count()) == (1, 1)
    open_at(AT - timedelta(hours=3))
    open_at(AT + DAY)
    assert refusal(AT).code == "time.backwards"


def test_nothing_is_done_to_a_row_before_the_day_of_its_receipt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Matter, "earliest", "due_on")
    row = open_at(AT, due_on=date(2026, 5, 25))
    with pytest.raises(Refused) as refused, act("matter.answer", by=ZHOU, at=AT + DAY) as change:
        change.lock(Matter, pk=row.pk)
    assert (refused.value.code, refused.value.facts["received"]) == ("time.before_receipt", "2026-05-25")


def test_a_row_is_told_the_moment_of_each_act_that_writes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[datetime] = []
    monkeypatch.setattr(Matter, "stamp", lambda _, *, at: told.append(at))
    row = open_at(AT)
    with act("matter.answer", by=ZHOU, at=AT + DAY) as change:
        change.save(change.lock(Matter, pk=row.pk))
    assert told == [AT, AT + DAY]


@pytest.mark.parametrize(("at", "day"), [(AT, "2026-05-22"), (AT + DAY, "2026-05-22"), (AT + 2 * DAY, "2026-05-23")])
def test_what_only_binds_a_row_never_refuses_and_is_of_the_records_own_day(at: datetime, day: str) -> None:
    open_at(AT + DAY)
    with act("matter.open", by=ZHOU, at=at, is_inside=True) as change:
        row = change.save(Matter(title="同一事务"))
    assert Entry.objects.get(subject=row.subject).at == day


@pytest.mark.parametrize("at", [AT, AT - timedelta(hours=3), AT + DAY])
def test_a_moment_that_does_not_lie_behind_the_records_day_stays_as_it_is(at: datetime) -> None:
    open_at(AT)
    assert days.not_behind(at) == at
    assert days.not_behind(AT - DAY) == datetime.combine(AT.date(), days.NOON)


def test_an_entry_slipped_in_behind_later_ones_is_named_with_its_place() -> None:
    open_at(AT)
    open_at(AT + 9 * DAY)
    sequence.sequence(at=AT + 9 * DAY)
    assert found() == []
    for back in (AT, AT + DAY):
        slip_in(back)
    open_at(AT + 9 * DAY)
    sequence.sequence(at=AT + 9 * DAY)
    assert found() == [("days.backwards", 2), ("days.outside", 2)]
    [fault, _] = audit.examine(kinds=KINDS).faults
    assert {**fault.facts} == {"first": 2, "last": 3, "day": "2026-05-21", "reached": "2026-05-30"}


def test_an_entry_that_does_not_lie_between_its_checkpoints_is_named() -> None:
    open_at(AT)
    sequence.sequence(at=AT)
    guards.remove(connection)
    sql("UPDATE record_checkpoint SET made_at = %s", AT + 5 * DAY)
    open_at(AT + DAY)
    sequence.sequence(at=AT + 5 * DAY)
    assert found() == [("days.outside", 1)]
    [fault] = audit.examine(kinds=KINDS).faults
    assert (fault.facts["since"], fault.facts["until"]) == ("2026-05-26", "2026-05-26")
    sql("UPDATE record_checkpoint SET made_at = %s", AT)
    assert found() == [("days.outside", 1)], "later than the checkpoint that covers it"


def test_the_very_first_entry_is_held_against_its_checkpoint_too() -> None:
    open_at(AT + 5 * DAY)
    sequence.sequence(at=AT + 5 * DAY)
    guards.remove(connection)
    sql("UPDATE record_checkpoint SET made_at = %s", AT)
    assert found() == [("days.outside", 0)]
    [fault] = audit.examine(kinds=KINDS).faults
    assert (fault.facts["since"], fault.facts["until"]) == ("2026-05-21", "2026-05-21"), "there is no day before it"


def test_an_act_that_runs_over_midnight_is_no_fault() -> None:
    midnight = AT.replace(hour=16, minute=0)  # where the bureau is
    open_at(midnight - timedelta(seconds=1))
    sequence.sequence(at=midnight + timedelta(seconds=2))
    open_at(midnight - timedelta(seconds=1))
    sequence.sequence(at=midnight + timedelta(seconds=3))
    assert found() == []


def test_a_clock_that_ran_ahead_is_set_right_by_command_and_everybody_reads_it(monkeypatch: pytest.MonkeyPatch) -> None:
    open_at(AT)
    open_at(AT + 4000 * DAY)
    monkeypatch.setattr(clock, "now", lambda: AT + DAY)
    assert refusal(AT + DAY).code == "time.backwards"
    with pytest.raises(CommandError) as refused:
        call_command("set_clock", "2037-05-04")
    assert isinstance(refused.value.__cause__, Refused)
    assert refused.value.__cause__.code == "time.not_ahead"
    told = StringIO()
    call_command("set_clock", days.reached(), stdout=told)
    assert "2026-05-22" in told.getvalue()
    open_at(AT + DAY)
    sequence.sequence(at=AT + DAY)
    report = audit.examine(kinds=KINDS)
    assert report.faults == ()
    assert Entry.objects.filter(verb="record.set_clock").count() == 1
    assert [(one.code, one.facts["place"]) for one in report.remarks] == [("days.set_right", 2)]
    with pytest.raises(CommandError):
        call_command("set_clock", days.reached())


def test_the_clock_of_a_rehearsal_is_only_moved_on(settings: Any, tmp_path: Path) -> None:
    settings.PINGYI = settings.PINGYI.model_copy(update={"rehearsal": True, "home": tmp_path})
    clock.move_to(AT)
    clock.move_to(AT + DAY)
    with pytest.raises(Refused) as refused:
        clock.move_to(AT)
    assert refused.value.code == "time.backwards"
    assert clock.today() == date(2026, 5, 22)


def is_free(day: date, *, together: bool) -> bool:
    """Whether another one could take a day's lock now, beside others of that day or by itself."""
    other = connection.copy()
    function = "pg_try_advisory_xact_lock_shared" if together else "pg_try_advisory_xact_lock"
    try:
        with other.cursor() as cursor:
            cursor.execute(f"SELECT {function}(%s, %s)", [days.LOCK, day.toordinal()])
            return bool(cursor.fetchone()[0])
    finally:
        other.close()


def locks(*days_: date) -> list[str]:
    """Return how each day is held: by nobody, together with others, or by one alone."""
    return [
        "free" if is_free(day, together=False) else "together" if is_free(day, together=True) else "alone"
        for day in days_
    ]


@pytest.mark.usefixtures("server", "emptied")
@pytest.mark.django_db(transaction=True)
def test_acts_of_one_day_go_on_together_and_the_first_of_the_next_waits_for_them() -> None:
    before, today, after = (AT - DAY).date(), AT.date(), (AT + DAY).date()
    with transaction.atomic():
        days.require_forward(today.isoformat())
        assert locks(before, today, after) == ["free", "together", "free"], "the very first has nobody to wait for"
    open_at(AT)
    with transaction.atomic():
        days.require_forward(today.isoformat())
        assert locks(before, today, after) == ["free", "together", "free"]
    with transaction.atomic():
        days.require_forward(after.isoformat())
        assert locks(before, today, after) == ["free", "alone", "together"]
    with transaction.atomic():
        days.not_behind(AT - DAY)
        assert locks(before, today, after) == ["together", "together", "free"], "of the day that it will be written"
    assert locks(before, today, after) == ["free", "free", "free"]
