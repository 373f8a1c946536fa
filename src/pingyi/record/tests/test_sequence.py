"""Entries get their places in order, once, and each checkpoint continues the one before."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from pingyi.bureau.models import JobRun
from pingyi.bureau.scheduler import Apart, Scheduler
from pingyi.jobs import Job, declared
from pingyi.record import export, guards, keys, queries, sequence, tree
from pingyi.record.acts import act
from pingyi.record.models import Checkpoint, Entry, Leaf, Node
from pingyi.record.tests.conftest import AT, ZHOU, answered, opened, sql
from pingyi.record.tests.matters import Matter
from pingyi.rules import merkle, note, witness
from pingyi.rules.entry import leaf_hash
from pingyi.rules.refused import Refused


def not_apart(job: Job) -> Apart:
    raise AssertionError(job)


def filled(count: int) -> None:
    with act("matter.open", by=ZHOU, at=AT) as change:
        change.save_all([Matter(title=f"第{number}件") for number in range(count)])


@pytest.mark.django_db
def test_an_empty_record_has_no_checkpoint() -> None:
    assert sequence.sequence(at=AT) is None


@pytest.mark.django_db
def test_the_signed_root_is_that_of_the_entries_in_their_places() -> None:
    row = opened()
    answered(row, title="已答复")
    checkpoint = sequence.sequence(at=AT)
    assert checkpoint is not None
    leaves = [
        leaf_hash(body.encode()) for body in Entry.objects.order_by("place__position").values_list("body", flat=True)
    ]
    assert (checkpoint.size, checkpoint.root) == (2, merkle.root(2, merkle.over(leaves)).hex())
    read = note.read_note(checkpoint.note)
    assert note.verified(read, [keys.verifier()], keys.check) == [keys.verifier()]
    assert note.read_head(read.text) == note.Head("pingyi.example", 2, bytes.fromhex(checkpoint.root))


@pytest.mark.django_db
def test_without_new_entries_the_same_checkpoint_stands() -> None:
    opened()
    first = sequence.sequence(at=AT)
    assert first is not None
    assert sequence.sequence(at=AT, everything=True) == sequence.sequence(at=AT) == first
    assert Checkpoint.objects.count() == 1


@pytest.mark.django_db
def test_a_tree_beyond_one_tile_proves_every_kind_of_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sequence, "BATCH", 100)
    filled(300)
    sequence.sequence(at=AT)
    filled(290)
    checkpoint = sequence.sequence(at=AT)
    assert checkpoint is not None
    assert (checkpoint.size, Node.objects.count()) == (590, 2)
    leaves = [bytes.fromhex(leaf) for leaf in Leaf.objects.order_by("position").values_list("entry__leaf", flat=True)]
    assert checkpoint.root == merkle.root(590, merkle.over(leaves)).hex()
    for place in (0, 255, 256, 511, 512, 589):
        index, path, text = note.read_receipt(queries.receipt(leaves[place].hex()))
        head = note.read_head(note.read_note(text).text)
        assert merkle.includes(leaf=leaves[place], index=index, size=head.size, path=path, expected=head.root)


@pytest.mark.django_db
def test_an_entry_without_a_place_has_no_receipt_yet() -> None:
    row = opened()
    with pytest.raises(Refused) as refused:
        queries.receipt(row.entry_hash)
    assert refused.value.code == "record.not_yet_placed"


@pytest.mark.django_db
def test_nothing_is_signed_over_a_tree_that_does_not_continue_the_last_checkpoint() -> None:
    opened()
    opened()
    sequence.sequence(at=AT)
    guards.remove(connection)
    sql("UPDATE record_entry SET leaf = %s WHERE id = (SELECT min(id) FROM record_entry)", "0" * 64)
    opened()
    with pytest.raises(sequence.BrokenRecordError):
        sequence.sequence(at=AT)


@pytest.mark.django_db
def test_a_record_without_a_checkpoint_is_not_exported() -> None:
    filled(1)
    with pytest.raises(Refused, match=r"^record\.empty$"):
        export.files()


@pytest.mark.django_db
def test_the_exported_record_is_what_was_signed() -> None:
    filled(3)
    checkpoint = sequence.sequence(at=AT)
    files = export.files()
    leaves = [leaf_hash(line) for line in files["entries.jsonl"].splitlines()]
    assert checkpoint is not None
    assert merkle.root(3, merkle.over(leaves)).hex() == checkpoint.root
    assert files["checkpoint"].decode() == checkpoint.note
    assert note.read_key(files["vkey"].decode()) == keys.verifier()
    assert files["tile/0/000.p/3"] == b"".join(leaves)
    assert files["tile/entries/000.p/3"].endswith(files["entries.jsonl"].splitlines()[2])


@pytest.mark.django_db
def test_the_database_itself_refuses_to_change_or_delete_what_is_recorded() -> None:
    opened()
    sequence.sequence(at=AT)
    for table in guards.TABLES[:1] + guards.TABLES[1:2] + guards.TABLES[3:4]:
        for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET {_column(table)} = {_column(table)}"):  # noqa: S608
            with pytest.raises(Exception, match="only ever added to"), transaction.atomic():
                sql(statement)


def _column(table: str) -> str:
    return {"record_entry": "body", "record_leaf": "entry_id", "record_checkpoint": "note"}[table]


@pytest.mark.postgres
@pytest.mark.usefixtures("emptied", "server")
def test_sequencers_and_acts_at_the_same_time_give_each_entry_one_place() -> None:
    faults: list[Exception] = []

    def work(number: int) -> None:
        try:
            for _ in range(5):
                opened(title=f"第{number}件") if number % 2 else sequence.sequence(at=AT)
        except Exception as error:  # noqa: BLE001 - reported below
            faults.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    sequence.sequence(at=AT)
    assert list(Leaf.objects.order_by("position").values_list("position", flat=True)) == list(range(15))
    assert tree.size() == Entry.objects.count() == 15


@pytest.mark.django_db
def test_the_worker_outlives_a_broken_record_and_says_so_once(caplog: pytest.LogCaptureFixture) -> None:
    hours = iter(AT + timedelta(hours=number) for number in range(100))
    place = [job for job in declared() if job.name == "record.sequence"]
    worker = Scheduler(place, now=lambda: next(hours), apart=not_apart, by="here:1")
    opened()
    worker.tick()
    assert queries.latest().size == 1  # type: ignore[union-attr]
    guards.remove(connection)
    sql("UPDATE record_checkpoint SET root = %s", "0" * 64)
    opened()
    for _ in range(3):
        worker.tick()
    assert [record.message for record in caplog.records] == ["the job record.sequence did not run"]
    assert "run `pingyi verify`" in caplog.text
    row = JobRun.objects.get(name="record.sequence")
    assert (row.fails, row.fault) == (3, "BrokenRecordError")


@pytest.mark.django_db
def test_when_nothing_waits_nothing_is_locked() -> None:
    opened()
    sequence.sequence(at=AT)
    with CaptureQueriesContext(connection) as captured:
        sequence.sequence(at=AT)
    assert {query["sql"].partition(" ")[0] for query in captured} == {"SELECT"}


@pytest.mark.django_db
@pytest.mark.parametrize(("slack", "everything", "size"), [(0, False, 2), (2, False, 2), (3, False, 3), (0, True, 3)])
def test_an_act_that_commits_late_is_waited_for_and_at_last_looked_for(
    monkeypatch: pytest.MonkeyPatch, *, slack: int, everything: bool, size: int
) -> None:
    """Numbers are given when acts begin: one may commit behind others that have their places already."""
    filled(3)
    late, *others = Entry.objects.order_by("pk").values_list("pk", flat=True)
    for position, pk in enumerate(others):
        Leaf.objects.create(position=position, entry_id=pk)
    monkeypatch.setattr(sequence, "SLACK", slack)
    checkpoint = sequence.sequence(at=AT, everything=everything)
    assert checkpoint is not None
    assert (checkpoint.size, Leaf.objects.filter(entry_id=late).exists()) == (size, size == 3)


@pytest.mark.usefixtures("emptied")
@pytest.mark.parametrize(("is_apart", "placed"), [(False, 0), (True, 1)])
def test_places_come_with_their_checkpoint_unless_a_signer_apart_waits_for_them(
    monkeypatch: pytest.MonkeyPatch, *, is_apart: bool, placed: int
) -> None:
    """Nobody meets places that nothing signed covers; a signer apart signs none that could still be taken back."""

    def dies(*_: object) -> None:
        raise SystemExit

    opened()
    monkeypatch.setattr(keys, "are_kept_apart", lambda: is_apart)
    monkeypatch.setattr(sequence, "_sign", dies)
    with pytest.raises(SystemExit):
        sequence.sequence(at=AT)
    assert Leaf.objects.count() == placed


@pytest.mark.django_db
def test_a_witness_follows_from_checkpoint_to_checkpoint() -> None:
    seen, key = witness.Seen(), keys.verifier()
    for count in (1, 3, 4):
        filled(count)
        sequence.sequence(at=AT)
        head, _ = witness.review(queries.for_witness(old=seen.size), seen=seen, key=key, check=keys.check)
        seen = witness.Seen(head.size, head.root)
    assert seen.size == 8
    with pytest.raises(Refused) as refused:
        queries.for_witness(old=9)
    assert refused.value.code == "witness.rolled_back"


@pytest.mark.django_db
def test_a_place_that_is_gone_gives_no_proof() -> None:
    filled(4)
    sequence.sequence(at=AT)
    guards.remove(connection)
    sql("DELETE FROM record_leaf WHERE position = 1")
    with pytest.raises(LookupError, match="gap"):
        tree.Stored()(2, 0)
