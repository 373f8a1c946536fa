"""A hotline's table on its way: kept, its columns and units settled, ordered, stopped, gone on with (§3.2.2)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from pingyi.authoring.case_tables import ColumnMapping, UnreadableTableError, open_tables
from pingyi.authoring.tables.grids import MOST_MEGABYTES
from pingyi.authoring.tables.sheets import open_sheets
from pingyi.bureau import shelf
from pingyi.bureau.models import Member, Section
from pingyi.documents.handed_in import HandedIn, safe_name
from pingyi.record import bindings
from pingyi.record.acts import act
from pingyi.rules import permissions
from pingyi.rules.actor import Actor
from pingyi.rules.day import day_of
from pingyi.rules.refused import Refused
from pingyi.stations.cases.models import (
    ColumnMemory,
    HotlineFile,
    HotlineTable,
    TableComparison,
    TableState,
    UnitName,
)
from pingyi.stations.cases.queries import looks
from pingyi.stations.cases.queries import tables as queries

UNDER_WAY = (TableState.WAITING, TableState.RUNNING)


def keep(name: str, *, content: bytes, channel_id: str, by: Actor, at: datetime) -> HotlineTable:
    """Keep a file that was handed in, if it is a table at all; nothing is imported yet."""
    permissions.require(by, "case.import", {})
    if len(content) > MOST_MEGABYTES * 1_000_000:
        raise Refused("table.too_large", field="table", most=MOST_MEGABYTES)
    read = _read(content)
    kept = shelf.put(HandedIn(name=safe_name(name), mime="application/octet-stream", content=content))
    return HotlineTable.objects.create(  # plain row
        member=Member.objects.get(reference=by.reference), channel_id=channel_id, file_name=kept.name,
        sha256=kept.sha256, read=read, sheet=read[0]["sheet"][:80] if read else "",
        state=TableState.OPENED if read else TableState.LOOKING, kept_at=at, moved_at=at,
    )  # fmt: skip


def _read(content: bytes) -> list[dict[str, Any]]:
    """Return what a file holds; of a large one only that it can be opened is seen at once, the worker does the rest."""
    try:
        if len(content) > looks.LARGE_FILE:
            open_sheets(content)
            return []
        return looks.kept(open_tables(content))
    except UnreadableTableError as fault:
        raise Refused(f"table.{fault.code}", field="table", **fault.facts) from fault


def choose_sheet(token: str, *, sheet: str, by: Actor, at: datetime) -> HotlineTable:
    """Read another sheet of the file; a workbook with several is brought in sheet by sheet."""
    table = _open(token, by=by)
    if sheet not in looks.look(table).others:
        raise Refused("table.no_such_sheet")
    table.sheet, table.mapping, table.preview, table.moved_at = sheet[:80], {}, {}, at
    table.save()  # plain row
    return table


def settle_columns(token: str, *, mapping: ColumnMapping, by: Actor, at: datetime) -> HotlineTable:
    """Settle what each column is, remember it for the channel, and look at what the table would change.

    A large table is looked through by the worker.
    """
    table = _open(token, by=by)
    table.mapping = {
        "labels": mapping.labels, "fields": mapping.fields, "day_first": mapping.day_first,
        "answered_stays_open": mapping.answered_stays_open,
    }  # fmt: skip
    table.preview, table.looked, table.moved_at = {}, 0, at
    found = looks.look(table)
    if found.is_large:
        table.state, table.rows = TableState.LOOKING, found.rows
    else:
        table.preview = _preview(table, at=at)
    with transaction.atomic():
        table.save()  # plain row
        _remember(table.channel_id, mapping)
    return table


def _remember(channel_id: str, mapping: ColumnMapping) -> None:
    meant = {label[:80]: field for label, field in zip(mapping.labels, mapping.fields, strict=True) if label}
    ColumnMemory.objects.bulk_create(  # plain row
        [ColumnMemory(channel_id=channel_id, label=label, field=field) for label, field in meant.items()],
        update_conflicts=True, unique_fields=["channel_id", "label"], update_fields=["field"],
    )  # fmt: skip


def _preview(table: HotlineTable, *, at: datetime) -> dict[str, Any]:
    try:
        return queries.preview(table, on=day_of(at))
    except UnreadableTableError as fault:
        raise Refused(f"table.{fault.code}", **fault.facts) from fault


def settle_units(token: str, *, sections: Mapping[str, str], by: Actor, at: datetime) -> HotlineTable:
    """Remember which section each unit is; the next table asks only for new names."""
    table = _open(token, by=by)
    known = {one.reference: one for one in Section.objects.filter(reference__in=set(sections.values()))}
    with transaction.atomic():
        for name, reference in sections.items():
            UnitName.objects.update_or_create(  # plain row
                name=name[:120], defaults={"section": known.get(reference)}
            )
        bindings.keep(list(UnitName.objects.filter(name__in=[name[:120] for name in sections])), at=at)
    return table


def start(token: str, *, by: Actor, at: datetime) -> HotlineTable:
    """Order the import of a table that was looked at; the worker carries it out."""
    with act("case.import", by=by, at=at) as change:
        table = _locked(token)
        if table.state != TableState.OPENED:
            raise Refused("table.looking" if table.state == TableState.LOOKING else "table.ordered_already")
        if not table.preview:
            raise Refused("table.not_looked_at")
        table.file = change.save(
            HotlineFile(
                channel_id=table.channel_id, file_name=table.file_name, sha256=table.sha256,
                imported_on=day_of(at), imported_by=Member.objects.get(reference=by.reference),
            )
        )  # fmt: skip
        counted = (
            table.preview.get(name, 0) for name in (queries.NEW, queries.UPDATED, queries.UNCHANGED, queries.SET_ASIDE)
        )
        table.rows = sum(counted)
        _move(table, TableState.WAITING, at=at)
    return table


def stop(token: str, *, by: Actor, at: datetime) -> HotlineTable:
    """Stop an import; the batch that is being taken is taken to its end first, and what was taken stays."""
    permissions.require(by, "case.import", {})
    with transaction.atomic():
        table = _locked(token)
        if table.state not in UNDER_WAY:
            raise Refused("table.not_running")
        _move(table, TableState.STOPPED, at=at)
    return table


def resume(token: str, *, by: Actor, at: datetime) -> HotlineTable:
    """Let the worker go on with the first row that was not taken."""
    permissions.require(by, "case.import", {})
    with transaction.atomic():
        table = _locked(token)
        if table.file_id is None or table.state not in {TableState.STOPPED, TableState.FAILED}:
            raise Refused("table.not_stopped")
        table.fault = {}
        _move(table, TableState.WAITING, at=at)
    return table


def compare(token: str, *, by: Actor, at: datetime) -> TableComparison:
    """Let the worker hold a large table against the cases of its hotline, from the beginning."""
    permissions.require(by, "case.import", {})
    fresh = {"is_waiting": True, "at": at, "looked": 0, "found": [], "whole": [], "fault": {}}
    asked, _ = TableComparison.objects.update_or_create(  # plain row
        table=queries.table_of(token, by=by), defaults=fresh
    )
    return asked


def fail(table: HotlineTable, fault: UnreadableTableError | Refused, *, at: datetime) -> None:
    """Tell on the table's page why it cannot be read on; what was taken stays taken. The worker calls this."""
    locked = HotlineTable.objects.get(pk=table.pk)
    locked.fault = kept_fault(fault)
    _move(locked, TableState.FAILED, at=at)


def kept_fault(fault: UnreadableTableError | Refused) -> dict[str, Any]:
    """Return what is kept of the reason why a table cannot be read."""
    return {
        "code": fault.code,
        "is_file": isinstance(fault, UnreadableTableError),
        "facts": {key: str(one) for key, one in fault.facts.items()},
    }


def _open(token: str, *, by: Actor) -> HotlineTable:
    permissions.require(by, "case.import", {})
    table = queries.table_of(token, by=by)
    if table.state != TableState.OPENED:
        raise Refused("table.looking" if table.state == TableState.LOOKING else "table.ordered_already")
    return table


def _locked(token: str) -> HotlineTable:
    table = HotlineTable.objects.select_for_update().filter(token=token).first()
    if table is None:
        raise Refused("missing", verb="case.import", kind="hotlinetable")
    return table


def _move(table: HotlineTable, state: TableState, *, at: datetime) -> None:
    table.state, table.moved_at = state, at
    table.save()  # plain row
