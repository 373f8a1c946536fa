"""Hotlines' tables hold what citizens told: their files and rows are destroyed after a term, and with a case (§5.4)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction

from pingyi.bureau import shelf
from pingyi.record import erasing, keyring
from pingyi.record.acts import act
from pingyi.rules.actor import machine
from pingyi.rules.day import day_of
from pingyi.stations.cases.actions.tables import UNDER_WAY
from pingyi.stations.cases.models import (
    Case,
    HotlineFile,
    HotlineTable,
    SetAsideRow,
    SourceRow,
    TableComparison,
    TableState,
)
from pingyi.stations.cases.queries import year


def forget_tables(*, at: datetime) -> int:
    """Destroy the tables that nobody has moved for the plan's term; the counts of their rows stay. Return how many."""
    term = year.handling(year.round_on(day_of(at))).keep_table_days
    old = HotlineTable.objects.filter(moved_at__lt=at - timedelta(days=term))
    due = list(old.exclude(state__in=(*UNDER_WAY, TableState.ERASED)).values_list("pk", flat=True))
    for key in due:
        _forget(key, at=at)
    return len(due)


def forget_rows(case: Case, *, told: Collection[str]) -> None:
    """Destroy what tables said of one case, within the act that erases it; `told` are its number, names, telephones.

    The files that its channel has handed in and that are done with go as a whole: one row cannot be cut out of them.
    """
    SourceRow.objects.filter(case=case).delete()  # plain row
    TableComparison.objects.filter(table__channel_id=case.channel_id).delete()  # plain row
    words = [word for word in told if word]
    of_channel = SetAsideRow.objects.filter(table__channel_id=case.channel_id)
    mine = [row for row in of_channel if any(word in cell for word in words for cell in row.cells)]
    erasing.forget([row.key_name for row in mine])
    SetAsideRow.objects.filter(pk__in=[row.pk for row in mine]).delete()  # plain row
    done = HotlineTable.objects.filter(channel_id=case.channel_id, state=TableState.DONE).exclude(sha256="")
    tables = list(done)
    files = [table.sha256 for table in tables]
    for table in tables:
        forget_words(table)
        table.sha256 = ""
        table.save()  # plain row
    transaction.on_commit(lambda: _discard(files))


def forget_words(table: HotlineTable) -> None:
    """Destroy what is kept of a table's cells, in old backups too; whoever calls saves the row."""
    erasing.forget([table.key_name])
    table.preview, table.read, table.key_name = {}, [], keyring.new_name()


def let_go(table: HotlineTable) -> None:
    """Destroy a table's file once its transaction holds; whoever calls saves the row."""
    digest, table.sha256 = table.sha256, ""
    transaction.on_commit(lambda: _discard([digest]))


def _forget(key: int, *, at: datetime) -> None:
    with transaction.atomic():
        table = HotlineTable.objects.select_for_update(of=("self",)).get(pk=key)
        if table.state in UNDER_WAY:  # gone on with meanwhile
            return
        digest, table.sha256, table.file_name = table.sha256, "", ""
        table.state = TableState.ERASED
        forget_words(table)
        erasing.forget(list(SetAsideRow.objects.filter(table=table).values_list("key_name", flat=True)))
        SetAsideRow.objects.filter(table=table).delete()  # plain row
        TableComparison.objects.filter(table=table).delete()  # plain row
        table.save()  # plain row
        transaction.on_commit(lambda: _discard([digest]))
    if table.file_id:
        with act("case.erase", by=machine("retention"), at=at) as change:
            change.erase(change.lock(HotlineFile, pk=table.file_id), "file_name")


def _discard(files: Collection[str]) -> None:
    for sha256 in set(files) - {""}:
        shelf.discard(sha256)
