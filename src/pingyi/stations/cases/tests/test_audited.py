"""What feeds a page for everybody, or decides who acts, is named when it is changed past the site (§5.4)."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection, transaction

from pingyi.bureau.actions import member
from pingyi.bureau.models import Login
from pingyi.record import audit, bindings, guards, replay, uncovered
from pingyi.record.models import Binding, Entry
from pingyi.stations.cases.actions import custody, drawing_up, inbox, keys
from pingyi.stations.cases.models import Case, OpenFigures, Submission, UnitName
from pingyi.stations.cases.tests.conftest import CALLER, MONDAY, Play

pytestmark = pytest.mark.django_db


def sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def named() -> set[tuple[str, object, object]]:
    """Each fault: its code, its row and its column."""
    faults = audit.examine().faults
    return {(one.code, one.facts.get("subject"), one.facts.get("field")) for one in faults if one.code != "key.missing"}


@pytest.fixture
def offered(play: Play) -> Case:
    """A case that is offered to the brigade, and the guards taken away as an administrator would."""
    case = custody.assign(play.received().reference, to="brigade", by=play.actor("zhou"), at=MONDAY)
    guards.remove(connection)
    return case


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("follow_code", "22222BBBBBCC"),
        ("external_key", "0" * 64),
        ("held_since", "2026-01-01 00:00:00"),
        ("offered_to_id", None),
        ("offered_by", "somebody"),
        ("offered_at", None),
        ("offer_expires_at", "2027-01-01 00:00:00"),
        ("is_offered", False),
        ("is_offer_loop", True),
    ],
)
def test_who_has_a_case_and_by_which_code_it_is_followed_is_covered(offered: Case, column: str, value: object) -> None:
    before = named()
    sql(f"UPDATE cases_case SET {column} = %s WHERE id = %s", value, offered.pk)  # noqa: S608
    assert named() - before == {("row.sealed", offered.subject, column.removesuffix("_id"))}


def test_the_digest_of_a_channels_key_is_covered(play: Play) -> None:
    row = keys.issue(channel="hotline_12345", label="热线系统", by=play.actor("zhou"), at=MONDAY).key
    guards.remove(connection)
    sql("UPDATE cases_channelkey SET secret_sha256 = %s", "0" * 64)
    assert ("row.sealed", row.subject, "secret_sha256") in named()


@pytest.mark.parametrize("table", ["cases_case", "bureau_member"])
def test_whoever_was_given_another_key_so_that_no_erasure_reaches_them_is_named(play: Play, table: str) -> None:
    play.received()
    member.appoint(name="高洁", phone="13800001234", role="supervisor", by=play.actor("zhou"), at=MONDAY)
    guards.remove(connection)
    assert "key.misnamed" not in {code for code, *_ in named()}
    sql(f"UPDATE {table} SET key_name = 'of-somebody-else' WHERE id = (SELECT max(id) FROM {table})")  # noqa: S608
    assert [one.facts["count"] for one in audit.examine().faults if one.code == "key.misnamed"] == [1]


@pytest.fixture
def kept(play: Play) -> Play:
    """Figures, a bulletin, a unit's name, what a citizen sent, and what members were told; the guards taken away."""
    play.closed()
    drawing_up.draw_up(at=MONDAY)
    drawing_up.issue_last(at=MONDAY)
    with transaction.atomic():
        row = UnitName.objects.create(name="环境监察大队", section_id=play.cast.sections["brigade"].pk)
        bindings.keep([row], at=MONDAY)
    inbox.submit(kind="complaint", channel="web", title="噪声", text="夜里施工", contact=CALLER, at=MONDAY)
    guards.remove(connection)
    return play


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("cases_openfigures", "said", '{"forged": 1}'),
        ("cases_weeklybulletin", "said", '{"forged": 1}'),
        ("cases_unitname", "section_id", None),
        ("cases_unitname", "name", "别的单位"),
        ("cases_submission", "follow_code", "22222BBBBBCC"),
        ("cases_submission", "payload", ""),
        ("cases_submission", "received_at", "2026-01-01 00:00:00"),
        ("cases_submission", "kind_id", "praise"),
        ("bureau_notice", "facts", '{"number": "1"}'),
        ("bureau_notice", "to_id", None),
        ("bureau_login", "password", "argon2$forged"),
        ("bureau_login", "username", "forged"),
        ("bureau_login", "is_superuser", True),
        ("bureau_login", "is_active", False),
    ],
)
def test_a_plain_row_that_was_changed_past_the_site_is_named(
    kept: Play, table: str, column: str, value: object
) -> None:
    model = next(one for one in bindings.covered() if one._meta.db_table == table)
    first = model._default_manager.order_by("pk").values_list("pk", flat=True)[0]
    value = kept.cast.member("sun").pk if column == "to_id" else value
    assert bound() == []
    sql(f'UPDATE {table} SET "{column}" = %s WHERE {model._meta.pk.column} = %s', value, first)  # noqa: S608
    assert bound() == [("bound.changed", table, first, column.removesuffix("_id") if column != "kind_id" else column)]


def bound() -> list[tuple[object, ...]]:
    faults = [one for one in audit.examine().faults if one.code.startswith("bound.")]
    return [(one.code, one.facts["table"], one.facts["row"], one.facts.get("field")) for one in faults]


@pytest.mark.parametrize("table", ["cases_openfigures", "cases_weeklybulletin", "cases_unitname", "cases_submission"])
def test_a_plain_row_that_was_taken_away_or_slipped_in_is_named(kept: Play, table: str) -> None:
    model = next(one for one in bindings.covered() if one._meta.db_table == table)
    row = model._default_manager.order_by("pk").values_list("pk", flat=True)[0]
    sql(f"DELETE FROM {table}")  # noqa: S608
    assert [(code, found) for code, _, found, _ in bound()] == [("bound.missing", str(row))]


def test_a_login_that_was_slipped_in_is_named(kept: Play) -> None:
    row = Login.objects.create(username="slipped", password="x")
    assert bound() == [("bound.unrecorded", "bureau_login", row.pk, None)]


def test_a_cell_that_cannot_be_read_is_named_together_with_two_other_faults(kept: Play) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL itself refuses a value of another type")
    sql("UPDATE cases_openfigures SET said = 'true', day = '2026-13-45'")
    sql("UPDATE cases_weeklybulletin SET said = '{}'")
    sql("DELETE FROM cases_unitname")
    assert sorted(str(code) for code, *_ in bound()) == ["bound.changed", "bound.missing", "bound.unreadable"]


def test_a_row_with_one_cell_that_cannot_be_read_or_lies_in_clear_is_named_by_its_number(kept: Play) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL itself refuses a value of another type")
    row = Submission.objects.get().pk
    sql("UPDATE cases_submission SET payload = %s", '{"text": "x"}')
    assert bound() == [("bound.unreadable", "cases_submission", row, None)]
    sql("UPDATE cases_submission SET payload = '', received_at = '2026-13-45 00:00:00'")
    assert bound() == [("bound.unreadable", "cases_submission", row, None)]


def test_a_binding_that_cannot_be_read_hides_no_other_row(kept: Play) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL itself refuses a value of another type")
    sql("UPDATE record_binding SET reference = CAST(x'ff00' AS TEXT) WHERE \"table\" = 'cases_unitname'")
    sql("UPDATE cases_weeklybulletin SET said = '{}'")
    number = Binding.objects.filter(table="cases_unitname").values_list("pk", flat=True)[0]
    assert ("row.unreadable", f"binding/? ({number})", None) in named()
    assert {(code, table) for code, table, *_ in bound()} == {
        ("bound.unrecorded", "cases_unitname"), ("bound.changed", "cases_weeklybulletin"),
    }  # fmt: skip


def test_a_bound_table_that_is_gone_is_named(kept: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    left = replay.tables() - {"cases_unitname"}
    monkeypatch.setattr(replay, "tables", lambda: left)
    found = [(one.code, one.facts["table"]) for one in bindings.faults()]
    assert found == [("table.missing", "cases_unitname")]


def test_a_row_is_bound_as_it_is_stored_whatever_order_its_database_keeps() -> None:
    one, other = (
        bindings.digests(OpenFigures(day=MONDAY.date(), said=said)) for said in ({"a": 1, "b": 2}, {"b": 2, "a": 1})
    )
    assert one == other
    with pytest.raises(TypeError, match="read the row anew"):
        bindings.digests(Submission(kind_id="complaint", channel_id="web", payload={"a": 1}, received_at=MONDAY))


def test_a_case_made_of_a_submission_leaves_both_as_they_were_bound(play: Play) -> None:
    inbox.submit(kind="complaint", channel="web", title="噪声", text="夜里施工", contact=CALLER, at=MONDAY)
    inbox.submit(kind="misconduct", channel="web", title="收礼", text="收了礼", at=MONDAY)
    assert inbox.drain(at=MONDAY) == 2
    assert bound() == []
    hidden = Binding.objects.get(is_hidden=True, table="cases_submission")
    assert set(Entry.objects.filter(subject=hidden.subject).values_list("is_apart", flat=True)) == {True}


def test_what_a_storm_hands_in_costs_three_statements_more(play: Play, django_assert_max_num_queries: Any) -> None:
    rows = [Submission(kind_id="complaint", channel_id="web", payload={"title": "x"}, received_at=MONDAY) for _ in "ab"]
    # The rows, what binds them and the entries, the newest day; SQLite is asked twice for the last key.
    with django_assert_max_num_queries(6):
        inbox._keep(rows)


def test_what_no_entry_covers_is_named_by_its_column() -> None:
    left = {name for name, _ in uncovered.columns()}
    assert {"case.changed_at", "member.phone", "sourcerow.fingerprint", "submission.tries", "login.last_login"} <= left
    assert not left & {"case.follow_code", "openfigures.said", "submission.payload", "login.password"}
