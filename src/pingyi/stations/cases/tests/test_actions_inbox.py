"""The inbox: one commit is the promise; cases follow a moment later, once, many by one act, and in any storm."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pingyi.bureau import shelf
from pingyi.bureau.models import Member
from pingyi.bureau.tests.cast import assemble
from pingyi.documents.handed_in import HandedIn
from pingyi.record.models import Entry
from pingyi.rules.refused import Refused
from pingyi.stations.cases.actions import inbox
from pingyi.stations.cases.contact import Contact
from pingyi.stations.cases.models import Attachment, Case, Complainant, Submission
from pingyi.stations.cases.queries import files
from pingyi.stations.cases.tests import storm
from pingyi.stations.cases.tests.conftest import CALLER, DAY, HOUR, MONDAY, Play
from pingyi.storage.group_commit import FullError, UnknownError

TOLD: dict[str, Any] = {
    "kind": "complaint", "channel": "web", "title": "工地夜间施工噪声", "text": "柳溪路工地连续三晚施工",
    "place": "柳溪路8号",
}  # fmt: skip


def code(move: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        move()
    return refused.value.code


@pytest.fixture
def nobody_on_duty(play: Play, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """A bureau whose officers are all out of office, so that no case can be made; call it to let them return."""
    held = list(Member.objects.filter(role="supervision_office").values_list("pk", flat=True))
    _set_role(held, "auditor")
    return lambda: _set_role(held, "supervision_office")


def _set_role(members: list[int], role: str) -> None:
    with connection.cursor() as cursor:
        cursor.executemany("UPDATE bureau_member SET role = %s WHERE id = %s", [(role, pk) for pk in members])


@pytest.mark.django_db
def test_what_is_handed_in_becomes_a_case_a_moment_later(play: Play) -> None:
    handed = inbox.submit(**TOLD, contact=CALLER, at=MONDAY)
    assert (handed.case, len(handed.follow_code)) == (None, 12), "the code does not wait for the number"
    assert inbox.drain(at=MONDAY) == 1
    row = Submission.objects.get(pk=handed.pk)
    assert row.case is not None
    assert (row.case.reference, row.case.follow_code, row.case.channel_id) == ("2026-000001", row.follow_code, "web")
    assert row.case.holder == play.cast.zhou
    assert Complainant.objects.get(case=row.case).name == "林先生"
    assert Entry.objects.filter(subject=row.case.subject, verb="case.receive").exists()


@pytest.mark.django_db
def test_the_inbox_keeps_nothing_that_was_told_once_the_case_is_made(play: Play) -> None:
    inbox.submit(**TOLD, contact=CALLER, at=MONDAY)
    inbox.drain(at=MONDAY)
    row = Submission.objects.get()
    assert (row.payload, row.fault) == ({}, "")


@pytest.mark.django_db
def test_without_anybody_on_duty_it_waits_with_its_fault_and_is_made_later(
    play: Play, nobody_on_duty: Callable[[], None]
) -> None:
    inbox.submit(**TOLD, contact=CALLER, at=MONDAY)
    assert inbox.drain(at=MONDAY) == 0
    row = Submission.objects.get()
    assert (row.case, row.fault, row.tries) == (None, "case.no_officer", 1)
    assert row.payload["text"] == TOLD["text"]
    assert inbox.drain(at=MONDAY) == 0
    nobody_on_duty()
    assert inbox.drain(at=MONDAY) == 0  # not yet: after a fault it is tried again later
    assert inbox.drain(at=MONDAY + HOUR) == 1
    case = Case.objects.get(follow_code=row.follow_code)
    assert (case.received_at, case.received_on) == (MONDAY, date(2026, 3, 16))


@pytest.mark.django_db
def test_the_clock_runs_from_the_day_of_receipt_and_not_from_the_day_of_the_number(
    play: Play, nobody_on_duty: Callable[[], None]
) -> None:
    row = inbox.submit(**TOLD, at=MONDAY)
    nobody_on_duty()
    inbox.drain(at=MONDAY + 3 * DAY)
    case = Case.objects.get(follow_code=row.follow_code)
    assert (case.received_on, case.due_on) == (date(2026, 3, 16), date(2026, 4, 2))


@pytest.mark.django_db
def test_draining_twice_makes_one_case(play: Play) -> None:
    row = inbox.submit(**TOLD, at=MONDAY)
    assert inbox.drain(at=MONDAY) == 1
    assert inbox.drain(at=MONDAY) == 0
    assert not inbox._take(row.pk, at=MONDAY)
    assert Case.objects.count() == 1
    assert Submission.objects.get().fault == ""


@pytest.mark.django_db
def test_the_same_form_sent_twice_comes_once(play: Play) -> None:
    first = inbox.submit(**TOLD, once="a-form", at=MONDAY)
    again = inbox.submit(**TOLD, once="a-form", at=MONDAY)
    assert (again.pk, again.follow_code, Submission.objects.count()) == (first.pk, first.follow_code, 1)
    inbox.drain(at=MONDAY)
    later = inbox.submit(**TOLD, once="a-form", at=MONDAY)
    assert (later.pk, later.case is None, Case.objects.count()) == (first.pk, False, 1)
    assert inbox.submit(**TOLD, at=MONDAY).pk != inbox.submit(**TOLD, at=MONDAY).pk


@pytest.mark.django_db
def test_files_wait_with_it_and_belong_to_the_case(play: Play, nobody_on_duty: Callable[[], None]) -> None:
    kept = shelf.put(HandedIn(name="现场.jpg", mime="image/jpeg", content=b"picture"))
    inbox.submit(**TOLD, files=[kept], at=MONDAY)
    assert list(files.digests()) == [kept.sha256]
    nobody_on_duty()
    inbox.drain(at=MONDAY + HOUR)
    row = Attachment.objects.get()
    assert (row.part, row.sha256, row.added_by) == ("matter", kept.sha256, None)
    assert list(files.digests()) == [kept.sha256]


@pytest.mark.django_db
def test_what_can_never_become_a_case_is_refused_before_anything_is_promised(play: Play) -> None:
    assert code(lambda: inbox.submit(**{**TOLD, "kind": "gossip"}, at=MONDAY)) == "case.no_such_kind"
    assert code(lambda: inbox.submit(**{**TOLD, "title": "长" * 201}, at=MONDAY)) == "case.too_long"
    assert code(lambda: inbox.submit(**TOLD, contact=Contact(phone="1" * 41), at=MONDAY)) == "case.too_long"
    assert code(lambda: inbox.submit(**{**TOLD, "text": "a\x00b"}, at=MONDAY)) == "case.unreadable"
    inbox.submit(**TOLD, external_number="GD-1", at=MONDAY)
    inbox.drain(at=MONDAY)
    assert code(lambda: inbox.submit(**TOLD, external_number="gd-1", at=MONDAY)) == "case.number_known"
    assert Submission.objects.count() == 1


# No table is read or written by these; PostgreSQL takes a lock for the newest day and one for the act's own.
UNCOUNTED = ("SAVEPOINT", "last_insert_rowid", "pg_advisory_xact_lock")


def statements(work: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as asked:
        work()
    return len([one for one in asked if not any(word in one["sql"] for word in UNCOUNTED)])


@pytest.mark.django_db
def test_to_hand_in_asks_the_database_five_times(play: Play) -> None:
    """Whether the form came before, to keep it, and to bind it: the newest day, what binds it, the entry.

    A number of the sender's own is looked for as well. However many come together, it is as often.
    """
    assert statements(lambda: inbox.submit(**TOLD, contact=CALLER, once="a-form", at=MONDAY)) <= 5
    assert statements(lambda: inbox.submit(**TOLD, external_number="GD-1", once="b-form", at=MONDAY)) <= 6


def hand_in_many(numbers: range) -> None:
    for number in numbers:
        contact = Contact(name=f"第{number}人", phone=f"1380000{number:04}")
        kept = shelf.put(HandedIn(name=f"{number}.jpg", mime="image/jpeg", content=b"%d" % number))
        inbox.submit(**TOLD, contact=contact, files=[kept], external_number=f"GD-{number}", at=MONDAY)


@pytest.mark.django_db
def test_a_batch_of_cases_takes_no_more_statements_than_a_few(play: Play) -> None:
    hand_in_many(range(4))
    few = statements(lambda: inbox.drain(at=MONDAY))
    hand_in_many(range(4, 44))
    many = statements(lambda: inbox.drain(at=MONDAY))
    assert Case.objects.count() == 44
    assert many <= few, (few, many)


@pytest.mark.django_db
def test_one_that_can_become_no_case_harms_no_other(play: Play) -> None:
    play.received(channel="web", external_number="GD-1")
    for number in range(4):
        Submission.objects.create(
            kind_id="complaint", channel_id="web", received_at=MONDAY,
            payload={"title": "噪声", "external_number": f"GD-{number}", "contact": {}, "files": []},
        )  # fmt: skip
    assert inbox.drain(at=MONDAY) == 3
    row = Submission.objects.get(case=None)
    assert (row.payload["external_number"], row.fault, row.tries) == ("GD-1", "case.number_known", 1)


@pytest.mark.django_db
def test_where_too_many_wait_the_next_one_is_told_so_and_nothing_is_promised(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    for raised, told in ((FullError, "inbox.full"), (UnknownError, "inbox.not_known")):
        monkeypatch.setattr(inbox._queue, "keep", partial(_fail, raised))
        assert code(lambda: inbox.submit(**TOLD, at=MONDAY)) == told
    assert not Submission.objects.exists()


def _fail(raised: type[Exception], _row: Submission) -> None:
    raise raised


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_storm_of_five_hundred_loses_nothing_on_a_server(settings: Any) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL: set PINGYI_DATABASE_URL")
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    assemble()
    storm.check(storm.blow())


def test_a_storm_of_five_hundred_loses_nothing_on_a_file(tmp_path: Path) -> None:
    told = {**os.environ, "PINGYI_HOME": str(tmp_path), "PINGYI_DATABASE_URL": ""}
    ended = subprocess.run([sys.executable, storm.__file__], env=told, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr[-2000:]
