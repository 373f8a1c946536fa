"""The audit reaches its end whatever it meets, looks at what is absent too, and writes nothing (§5.4)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.test import Client

from pingyi.record import audit, batches, guards, keys, sequence, witnesses
from pingyi.record.acts import act
from pingyi.record.faults import Fault
from pingyi.record.models import Checkpoint, Cosignature, Entry
from pingyi.record.snapshot import snapshot
from pingyi.record.tests.conftest import AT, ZHOU, opened, sql
from pingyi.record.tests.matters import KINDS, Matter, Unit
from pingyi.record.witnesses import Witness
from pingyi.rules import tiles
from pingyi.rules.refused import Refused

pytestmark = pytest.mark.django_db
TODAY = AT.date().isoformat()
TOMORROW = (AT + timedelta(days=1)).date().isoformat()


def codes(*, today: str = TODAY) -> list[str]:
    return sorted(fault.code for fault in faults(today=today))


def faults(*, today: str = TODAY) -> list[Fault]:
    return list(audit.examine(kinds=KINDS, today=today).faults)


@pytest.fixture
def made(db: None) -> list[Matter]:
    """Three matters under a checkpoint, and the guards taken away as an administrator would."""
    rows = [opened(title=f"第{number}件") for number in range(3)]
    sequence.sequence(at=AT)
    guards.remove(connection)
    return rows


@pytest.fixture
def sqlite() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL itself refuses a value of another type")


@pytest.fixture
def district(tmp_path: Path) -> Iterator[Witness]:
    """A witness whose key the bureau has."""
    one = Witness(name="witness.example/district-office", folder=tmp_path / "witness")
    listed = Path(settings.PINGYI.home) / "witnesses"
    listed.write_text(f"{one.key()}\n", encoding="utf-8")
    yield one
    listed.unlink()


@pytest.mark.usefixtures("sqlite")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE matters_matter SET points = 'viel' WHERE id = %s",
        "UPDATE matters_matter SET due_on = '2026-13-45' WHERE id = %s",
        "UPDATE matters_matter SET salts = '[1]' WHERE id = %s",
        "UPDATE matters_matter SET version = 'x' WHERE id = %s",
        "UPDATE matters_matter SET title = CAST(x'ff00' AS TEXT) WHERE id = %s",
        "UPDATE matters_matter SET seen_at = x'00ff' WHERE id = %s",
    ],
)
def test_a_cell_that_cannot_be_read_is_a_fault_of_its_row_and_hides_no_other(
    made: list[Matter], statement: str
) -> None:
    sql(statement, made[0].pk)
    sql("UPDATE matters_matter SET title = '改过' WHERE id = %s", made[1].pk)
    sql("DELETE FROM matters_matter WHERE id = %s", made[2].pk)
    found = {(fault.code, fault.facts.get("subject")) for fault in faults()}
    assert {("row.changed", made[1].subject), ("row.missing", made[2].subject)} <= found
    assert ("row.missing", made[0].subject) not in found, "a row that cannot be read is there all the same"
    assert {subject for code, subject in found if code != "row.missing"} == {made[0].subject, made[1].subject}


@pytest.mark.usefixtures("sqlite")
@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE record_entry SET body = x'ff00' WHERE id = (SELECT min(id) FROM record_entry)", "entry.altered"),
        ("UPDATE record_entry SET leaf = 'no hash' WHERE id = (SELECT min(id) FROM record_entry)", "place.unreadable"),
        ("UPDATE record_entry SET version = 'x' WHERE id = (SELECT min(id) FROM record_entry)", "entry.altered"),
        (
            "UPDATE record_entry SET body = CAST(x'ff00' AS TEXT) WHERE id = (SELECT min(id) FROM record_entry)",
            "entry.unreadable",
        ),
        ("UPDATE record_checkpoint SET note = x'ff00'", "checkpoint.signature"),
        ("UPDATE record_checkpoint SET made_at = '2026-13-45 00:00:00'", "checkpoint.unreadable"),
        ("UPDATE record_checkpoint SET made_at = '2026-13-45 00:00:00'", "days.unreadable"),
    ],
)
def test_a_spoiled_cell_of_the_record_itself_stops_nothing(made: list[Matter], statement: str, code: str) -> None:
    sql(statement)
    sql("UPDATE matters_matter SET title = '改过' WHERE id = %s", made[2].pk)
    assert {code, "row.changed"} <= set(codes())


@pytest.mark.usefixtures("sqlite")
def test_an_entry_that_cannot_be_read_is_counted_like_any_other(made: list[Matter]) -> None:
    sql("UPDATE record_entry SET body = CAST(x'ff00' AS TEXT) WHERE id = (SELECT min(id) FROM record_entry)")
    assert audit.examine(kinds=KINDS).entries == 3


def test_a_table_that_is_gone_is_named(made: list[Matter]) -> None:
    if connection.vendor == "postgresql":
        sql("SET CONSTRAINTS ALL IMMEDIATE")  # what waits for the end of the transaction holds the table
    sql("DROP TABLE matters_matter")
    assert [fault.facts["table"] for fault in faults() if fault.code == "table.missing"] == ["matters_matter"]


def test_a_row_whose_link_points_nowhere_is_named(made: list[Matter]) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL lets no link point nowhere")
    sql("PRAGMA defer_foreign_keys = ON")
    sql("UPDATE matters_matter SET unit_id = 4711 WHERE id = %s", made[0].pk)
    lost = [fault for fault in faults() if fault.code == "row.dangling"]
    assert [(one.facts["subject"], one.facts["field"], one.facts["target"]) for one in lost] == [
        (made[0].subject, "unit", 4711)
    ]
    sql("UPDATE matters_matter SET unit_id = NULL WHERE id = %s", made[0].pk)


def test_an_entry_that_was_deleted_under_its_place_is_named(made: list[Matter]) -> None:
    if connection.vendor == "sqlite":
        sql("PRAGMA defer_foreign_keys = ON")
        kept = Entry.objects.order_by("pk").first()
        assert kept is not None
        sql("DELETE FROM record_entry WHERE id = %s", kept.pk)
        assert {"place.without_entry", "checkpoint.root", "row.unrecorded"} <= set(codes())
        kept.save(force_insert=True)


def test_stored_hashes_that_are_gone_or_too_many_are_named(made: list[Matter], monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(256):
        opened(title=f"又{number}")
    sequence.sequence(at=AT)
    assert codes() == []
    sql("UPDATE record_node SET level = 7")
    assert codes() == ["node.extra", "node.missing"]


def test_behind_a_place_that_is_gone_no_stored_hash_is_called_too_many(db: None) -> None:
    with act("matter.open", by=ZHOU, at=AT) as change:
        change.save_all([Matter(title="甲") for _ in range(2 * tiles.WIDTH)])
    sequence.sequence(at=AT)
    guards.remove(connection)
    assert codes() == []
    sql("DELETE FROM record_leaf WHERE position = %s", tiles.WIDTH + 9)
    assert "place.missing" in codes()
    assert "node.extra" not in codes()


def test_a_record_without_any_checkpoint_does_not_pass(made: list[Matter]) -> None:
    sql("DELETE FROM record_checkpoint")
    assert codes() == ["checkpoint.none"]


def test_what_no_checkpoint_covers_is_a_fault_from_the_next_day_on(made: list[Matter]) -> None:
    opened(title="第四件")
    sequence.sequence(at=AT)
    sql("DELETE FROM record_checkpoint WHERE size = 4")
    assert codes(today=TODAY) == []
    assert codes(today=TOMORROW) == ["checkpoint.behind"]


def test_an_empty_database_is_no_pass(db: None) -> None:
    assert codes() == ["record.nothing"]


def test_a_key_that_is_missing_is_told_and_not_made(
    made: list[Matter], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "key_file", lambda: tmp_path / "nothing" / "record-key")
    assert codes() == ["key.missing"]
    assert not (tmp_path / "nothing").exists()


def test_whose_signature_is_missing_is_said_unless_it_is_not_known(
    made: list[Matter], monkeypatch: pytest.MonkeyPatch
) -> None:
    sql("UPDATE record_checkpoint SET note = 'x'")
    for name in ("pingyi.example", "?"):
        told = [one for one in audit.examine(kinds=KINDS, held="x").faults if one.code != "key.missing"]
        named = [("checkpoint.signature", name), ("held.unsigned", name)]
        assert sorted((one.code, one.facts["name"]) for one in told) == named
        monkeypatch.setattr(keys, "public", lambda: None)


def test_a_line_in_a_witnesss_name_is_checked_before_anybody_sees_it(
    made: list[Matter], district: Witness, client: Client
) -> None:
    head = Checkpoint.objects.get()
    forged = Cosignature(checkpoint=head, witness=district.name, line=f"— {district.name} AAAAAAAA\n")
    forged.save(force_insert=True)
    stranger = Cosignature(
        checkpoint=head, witness="witness.example/nobody", line="— witness.example/nobody AAAAAAAA\n"
    )
    stranger.save(force_insert=True)
    assert codes() == ["cosignature.forged", "cosignature.unknown"]
    assert witnesses.shown(head) == []
    assert district.name not in client.get("/record/checkpoint").content.decode()
    assert district.name not in client.get("/record/").content.decode()


def test_another_kind_of_key_is_no_witness_and_harms_no_other(made: list[Matter], district: Witness) -> None:
    listed = Path(settings.PINGYI.home) / "witnesses"
    listed.write_text(f"Traceback (most recent call last):\n{district.key()}\n", encoding="utf-8")
    assert [key.name for key in witnesses.known()] == [district.name]
    assert [(fault.code, fault.facts) for fault in faults()] == [("witness.wrong_line", {"line": 1})]


def test_the_report_says_what_it_does_not_cover(made: list[Matter]) -> None:
    told = audit.examine(kinds=KINDS).told()
    assert "1 个" in told
    assert "没有见证方" in told


def test_what_a_former_version_showed_and_this_one_seals_is_held_against_what_was_shown(
    made: list[Matter], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown, sealed, phone = batches.shown_texts, batches.commitments_texts, "13800000000"
    with monkeypatch.context() as former:
        told = f'"phone":"{phone}","points":'
        former.setattr(batches, "shown_texts", lambda rows: [one.replace('"points":', told) for one in shown(rows)])
        former.setattr(batches, "commitments_texts", lambda said, salts: sealed(said, [{} for _ in salts]))
        row = opened(title="旧", phone=phone, story="")
    sql("UPDATE matters_matter SET salts = %s WHERE id = %s", '{"phone": "c2FsdA"}', row.pk)
    assert codes() == []
    sql("UPDATE matters_matter SET phone = '1' WHERE id = %s", row.pk)
    assert [(one.code, one.facts["field"]) for one in faults()] == [("row.changed", "phone")]


def test_what_a_room_keeps_beside_its_rows_is_looked_at_too(
    made: list[Matter], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit, "_checks", [])
    audit.also(_a_fault)
    audit.also(_a_fault)
    assert codes() == ["table.missing"]


def test_what_rooms_have_a_reader_look_at_is_listed_once_and_is_no_fault(
    made: list[Matter], monkeypatch: pytest.MonkeyPatch
) -> None:
    def listed() -> Iterator[str]:
        yield "三个登录名从未使用。"

    monkeypatch.setattr(audit, "_lists", [])
    audit.lists_from(listed)
    audit.lists_from(listed)
    assert audit.examine().listed == ("三个登录名从未使用。",)
    told = audit.examine(kinds=KINDS)
    assert told.listed == ()  # who asks for some kinds is told of those
    assert told.told().endswith("\n通过。")
    guards.remove(connection)
    sql("DELETE FROM matters_matter")
    assert audit.examine(kinds=KINDS).told().endswith(f"\n不通过：{len(made)} 处问题。")


def _a_fault() -> Iterator[Fault]:
    yield Fault(code="table.missing", facts={"table": "made_up"})


@pytest.mark.django_db(transaction=True)
def test_a_snapshot_refuses_writing_and_gives_it_back(emptied: None) -> None:
    unit = Unit(name="x")
    with snapshot():
        assert list(Unit.objects.all()) == []
        with pytest.raises(OperationalError if connection.vendor == "sqlite" else Exception):
            sql("INSERT INTO matters_unit(name) VALUES ('y')")
    with transaction.atomic():
        assert unit.name == "x"
    opened(title="之后")
    assert Matter.objects.count() == 1


def test_a_rooms_check_that_stops_is_a_fault_of_that_check_and_stops_no_other(
    made: list[Matter], monkeypatch: pytest.MonkeyPatch
) -> None:
    def spoiled() -> Iterator[Fault]:
        yield Fault(code="record.nothing")
        raise Refused("key.lost")

    monkeypatch.setattr(audit, "_checks", [spoiled, lambda: iter([Fault(code="checkpoint.none", facts={"placed": 1})])])
    found = faults()
    assert sorted(fault.code for fault in found) == ["check.failed", "checkpoint.none", "record.nothing"]
    assert "spoiled" in str(next(fault for fault in found if fault.code == "check.failed"))
