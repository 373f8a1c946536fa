"""Whatever is changed by SQL, past the acts, is found and named."""

from __future__ import annotations

import json

import pytest
from django.db import DatabaseError, connection
from django.utils import translation

from pingyi.record import audit, batches, guards, keys, queries, replay, sequence
from pingyi.record.acts import act
from pingyi.record.faults import FAULTS, Fault
from pingyi.record.models import Binding, Entry, door
from pingyi.record.tests.conftest import AT, ZHOU, answered, opened, sql
from pingyi.record.tests.matters import KINDS, Matter, Unit
from pingyi.rules import entry as entries
from pingyi.rules import merkle, note

pytestmark = pytest.mark.django_db


def faults(held: str = "") -> list[Fault]:
    return list(audit.examine(kinds=KINDS, held=held).faults)


def found(held: str = "") -> list[tuple[str, object]]:
    return [(fault.code, fault.facts.get("field", fault.facts.get("subject"))) for fault in faults(held)]


@pytest.fixture
def row() -> Matter:
    """An answered matter of a unit, under a checkpoint, and the guards taken away as an administrator would."""
    with act("matter.open", by=ZHOU, at=AT) as change:
        unit = change.save(Unit(name="brigade"))
    made = answered(opened(unit=unit, phone="13800000000", story="住在河边"), title="已答复", points="79.9")
    opened(title="另一件")
    sequence.sequence(at=AT)
    guards.remove(connection)
    return made


def test_an_untouched_record_has_no_fault(row: Matter) -> None:
    report = audit.examine(kinds=KINDS)
    assert (report.faults, report.entries, report.placed, report.checkpoints) == ((), 4, 4, 1)


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("title", "改过", "row.changed"),
        ("points", "80", "row.changed"),
        ("due_on", "2026-06-05", "row.changed"),
        ("unit_id", None, "row.changed"),
        ("facts", '{"a": 1}', "row.changed"),
        ("phone", "13900000000", "row.sealed"),
        ("story", None, "row.sealed"),
        ("salts", "{}", "row.sealed"),
    ],
)
def test_a_changed_value_is_named_with_its_row_field_and_verb(
    row: Matter, column: str, value: object, code: str
) -> None:
    sql(f"UPDATE matters_matter SET {column} = %s WHERE id = %s", value, row.pk)  # noqa: S608
    first = faults()[0]
    assert (first.code, first.facts["subject"], first.facts["verb"]) == (code, row.subject, "matter.answer")
    expected = {"unit_id": "unit", "salts": "phone"}.get(column, column)
    assert first.facts["field"] == expected


def test_a_private_value_is_nobodys_business(row: Matter) -> None:
    sql("UPDATE matters_matter SET draft = 'x'")
    assert faults() == []


def test_a_row_that_was_deleted_in_the_middle_of_an_act_is_not_put_back_by_it(row: Matter) -> None:
    def answer() -> None:
        with act("matter.answer", by=ZHOU, at=AT) as change:
            locked = change.lock(Matter, pk=row.pk)
            sql("DELETE FROM matters_matter WHERE id = %s", row.pk)
            change.save(locked)

    with pytest.raises(DatabaseError):
        answer()
    assert Matter.objects.filter(pk=row.pk).exists()  # the act and what was done within it are taken back together


def test_a_deleted_row_is_found(row: Matter) -> None:
    sql("DELETE FROM matters_matter WHERE id = %s", row.pk)
    assert found() == [("row.missing", row.subject)]


def test_a_row_that_no_entry_made_is_found(row: Matter) -> None:
    sql("UPDATE matters_matter SET reference = 'SLIPPEDIN' WHERE id = %s", row.pk)
    assert found() == [("row.unrecorded", "matter/SLIPPEDIN"), ("row.missing", row.subject)]


def test_a_field_that_has_another_name_now_is_held_against_what_former_entries_call_it(
    row: Matter, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert found() == []
    written = batches.shown_texts
    with monkeypatch.context() as former:
        former.setattr(
            batches, "shown_texts", lambda rows: [one.replace('"title":', '"titel":') for one in written(rows)]
        )
        row = opened(title="旧")
    assert ("row.changed", "title") in found()
    monkeypatch.setattr(Matter, "renamed", {"titel": "title"})
    assert ("row.changed", "title") not in found()
    sql("UPDATE matters_matter SET title = 'x' WHERE id = %s", row.pk)
    assert ("row.changed", "title") in found()


def test_a_row_set_back_to_its_former_version_is_found(row: Matter) -> None:
    first = Entry.objects.get(subject=row.subject, version=1)
    values = ("夜间异味", "0.00", first.leaf, row.pk)
    sql("UPDATE matters_matter SET version = 1, title = %s, points = %s, entry_hash = %s WHERE id = %s", *values)
    assert ("row.version", row.subject) in found()


def test_each_version_that_a_row_is_ahead_of_the_record_is_an_entry_that_was_deleted(row: Matter) -> None:
    sql("UPDATE matters_matter SET version = 4 WHERE id = %s", row.pk)
    assert [(one.code, one.facts.get("version")) for one in faults()] == [("entry.missing", 3), ("entry.missing", 4)]


@pytest.mark.parametrize("version", [1, 2])
def test_a_sound_entry_that_follows_another_than_the_one_before_it_is_named(row: Matter, version: int) -> None:
    """Whoever has the key of nothing but the database can give an entry any hash, but not another past."""
    one = Entry.objects.get(subject=row.subject, version=version)
    body = json.dumps(
        {**json.loads(one.body), "prev": "0" * 64}, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    leaf = entries.leaf_hash(body.encode()).hex()
    sql("UPDATE record_entry SET body = %s, leaf = %s WHERE id = %s", body, leaf, one.pk)
    named = {(fault.code, fault.facts.get("subject"), fault.facts.get("version")) for fault in faults()}
    assert ("entry.unlinked", row.subject, version) in named
    assert "entry.altered" not in {code for code, *_ in named}


def test_a_deleted_entry_in_the_middle_of_a_chain_is_found(row: Matter) -> None:
    lost = Entry.objects.get(subject=row.subject, version=1)
    _delete(lost)
    assert ("entry.missing", row.subject) in found()
    assert {"place.missing", "checkpoint.beyond"} <= {code for code, _ in found()}


def test_the_deleted_last_entry_of_a_row_is_found(row: Matter) -> None:
    _delete(Entry.objects.get(subject=row.subject, version=2))
    assert ("entry.missing", row.subject) in found()


def test_an_altered_entry_is_found_though_its_row_was_altered_alike(row: Matter) -> None:
    sql("UPDATE record_entry SET body = REPLACE(body, '79.90', '80.00') WHERE leaf = %s", row.entry_hash)
    sql("UPDATE matters_matter SET points = '80' WHERE id = %s", row.pk)
    assert ("entry.altered", row.subject) in found()


def test_an_entry_rewritten_with_its_hashes_no_longer_gives_the_signed_root(row: Matter) -> None:
    from pingyi.rules.entry import leaf_hash

    body = Entry.objects.get(leaf=row.entry_hash).body.replace("79.90", "80.00")
    leaf = leaf_hash(body.encode()).hex()
    sql("UPDATE record_entry SET body = %s, leaf = %s WHERE leaf = %s", body, leaf, row.entry_hash)
    sql("UPDATE matters_matter SET points = '80', entry_hash = %s WHERE id = %s", leaf, row.pk)
    assert [code for code, _ in found()] == ["checkpoint.root"]


def test_entries_that_changed_places_are_found(row: Matter) -> None:
    one, two = Entry.objects.order_by("pk")[:2]
    sql("DELETE FROM record_leaf WHERE position IN (0, 1)")
    sql("INSERT INTO record_leaf (position, entry_id) VALUES (1, %s), (0, %s)", one.pk, two.pk)
    assert [code for code, _ in found()] == ["checkpoint.root"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ("root = '" + "0" * 64 + "'", "checkpoint.altered"),
        ("size = 3", "checkpoint.altered"),
        ("note = REPLACE(note, '4', '5')", "checkpoint.signature"),
        ("note = 'x'", "checkpoint.signature"),
    ],
)
def test_an_altered_checkpoint_is_found(row: Matter, change: str, code: str) -> None:
    sql(f"UPDATE record_checkpoint SET {change}")  # noqa: S608
    assert [name for name, _ in found()] == [code]


def test_a_record_set_back_or_rewritten_contradicts_the_checkpoint_that_somebody_holds(row: Matter) -> None:
    head = queries.latest()
    assert head is not None
    held = head.note
    assert faults(held) == []
    sql("DELETE FROM record_checkpoint")
    _delete(Entry.objects.order_by("pk").last())  # type: ignore[arg-type]
    assert ("held.beyond", None) in found(held)
    assert ("held.unsigned", None) in found(held.replace("4", "5"))


@pytest.mark.parametrize(("root", "expected"), [(merkle.EMPTY, []), (b"\x07" * 32, [("held.root", None)])])
def test_whoever_came_before_the_first_entry_holds_a_checkpoint_too(
    row: Matter, root: bytes, expected: list[object]
) -> None:
    text = str(note.Head("pingyi.example", 0, root))
    assert found(str(note.Note(text, (keys.sign(text),)))) == expected


def test_an_altered_subtree_hash_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    with act("matter.open", by=ZHOU, at=AT) as change:
        change.save_all([Matter(title="甲") for _ in range(300)])
    sequence.sequence(at=AT)
    assert faults() == []
    guards.remove(connection)
    sql("UPDATE record_node SET digest = %s", "0" * 64)
    assert [code for code, _ in found()] == ["node.altered"]


def test_after_an_erasure_the_record_still_verifies_and_nothing_of_the_value_is_left(row: Matter) -> None:
    with act("matter.erase", by=ZHOU, at=AT) as change:
        change.erase(change.lock(Matter, pk=row.pk), "phone", "story")
    sequence.sequence(at=AT)
    assert faults() == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone, story, salts FROM matters_matter WHERE id = %s", [row.pk])
        assert "13800000000" not in repr(cursor.fetchall())
    answered(row, title="抹去之后")
    assert faults() == []


def test_a_value_put_back_after_its_erasure_is_found(row: Matter) -> None:
    with act("matter.erase", by=ZHOU, at=AT) as change:
        change.erase(change.lock(Matter, pk=row.pk), "phone")
    sql("UPDATE matters_matter SET phone = '13800000000' WHERE id = %s", row.pk)
    assert found() == [("row.sealed", "phone")]


def test_another_key_does_not_verify_our_checkpoints(row: Matter, tmp_path: object) -> None:
    other = keys.public_of(keys.private(tmp_path / "key", name="other"), name="pingyi.example")  # type: ignore[operator]
    assert [fault.code for fault in audit.examine(kinds=KINDS, key=other).faults] == ["checkpoint.signature"]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_fault_is_a_sentence_in_both_languages(language: str) -> None:
    facts = dict.fromkeys(
        [
            "subject",
            "why",
            "target",
            "table",
            "row",
            "rows",
            "sha256",
            "check",
            "number",
            "path",
            "placed",
            "count",
            "witness",
            "line",
            "field",
            "verb",
            "recorded",
            "found",
            "leaf",
            "version",
            "position",
            "level",
            "index",
            "size",
            "name",
            "count",
            "first",
            "last",
            "day",
            "reached",
            "place",
            "since",
            "until",
        ],
        "x",
    )
    with translation.override(language):
        texts = [str(Fault(code=code, facts=facts)) for code in FAULTS]
    assert all("{" not in text for text in texts)
    if language == "zh-hans":
        assert all(any("\u4e00" <= char <= "\u9fff" for char in text) for text in texts)


def _delete(entry: Entry) -> None:
    sql("DELETE FROM record_leaf WHERE entry_id = %s", entry.pk)
    sql("DELETE FROM record_entry WHERE id = %s", entry.pk)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a server keeps no text that is none")
def test_a_row_that_cannot_be_read_takes_none_of_those_beside_it_along() -> None:
    with door():
        rows = Binding.objects.bulk_create([Binding(table="a", row=str(number)) for number in range(3)])
    sql("UPDATE record_binding SET reference = CAST(x'ff00' AS TEXT) WHERE id = %s", rows[1].pk)
    assert [one.row for one in replay.readable(Binding.objects.order_by("pk"))] == ["0", "2"]
