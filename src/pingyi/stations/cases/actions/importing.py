"""Rows of a hotline's table become cases, batch by batch: a batch is one act, or it did not happen (§3.2.2)."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from pingyi.authoring.case_tables import CaseRow, UnreadableTableError
from pingyi.bureau import notices
from pingyi.bureau.models import Section
from pingyi.record import rows as stored
from pingyi.record.acts import Change, act
from pingyi.rules.actor import machine
from pingyi.rules.case.custody import Outcome
from pingyi.rules.day import day_of
from pingyi.rules.refused import Refused
from pingyi.stations.cases.actions import breach, forgetting
from pingyi.stations.cases.actions.tables import fail
from pingyi.stations.cases.actions.taking import Taking
from pingyi.stations.cases.models import (
    Case,
    Complainant,
    Handover,
    HotlineFile,
    HotlineTable,
    Rating,
    SetAsideRow,
    SourceRow,
    TableState,
)
from pingyi.stations.cases.queries import people
from pingyi.stations.cases.queries import tables as queries
from pingyi.stations.cases.queries.tables import Earlier

IMPORTER = machine("importer")
Now = Callable[[], datetime]


class _OvertakenError(Exception):
    """Another worker took this batch, or a person stopped the import."""


def carry_on(*, now: Now) -> Iterator[int]:
    """Take the rows of the tables that wait; yield after each batch how many rows it had."""
    while (table := queries.waiting()) is not None:
        try:
            yield from _run(table, now=now)
        except _OvertakenError:
            return
        except (UnreadableTableError, Refused) as fault:
            if fault.code == "file.busy":
                return  # nothing is wrong with the table: the worker comes back to it
            fail(table, fault, at=now())


def _run(table: HotlineTable, *, now: Now) -> Iterator[int]:
    on = day_of(now())
    opened = queries.opened(table)
    reader = opened.reader(on=on)
    taking = Taking(table, on=on)
    fresh = (row for row in reader.read(opened.table.sheet) if row.row >= table.next_row)
    for rows in queries.batches(fresh):
        with _uncollected():
            _take(table, rows, taking=taking, at=now())
        yield len(rows)
    _finish(table, skipped=reader.skipped, at=now())


@contextmanager
def _uncollected() -> Iterator[None]:
    """A batch's rows all live until it is written: looking through them for garbage is in vain."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@dataclass(frozen=True, kw_only=True, slots=True)
class _Sorted:
    """A batch by what becomes of its rows."""

    new: dict[str, CaseRow]
    updated: dict[int, tuple[Earlier, CaseRow]]  # by the case
    unchanged: int
    aside: list[CaseRow]
    erased: list[CaseRow]  # their case was erased: what they say is not kept


def _sorted(table: HotlineTable, rows: Sequence[CaseRow]) -> _Sorted:
    keys = [queries.key_of(row, channel_id=table.channel_id) for row in rows]
    known = queries.known(keys)
    found = _Sorted(new={}, updated={}, unchanged=0, aside=[], erased=[])
    unchanged = 0
    for key, row in zip(keys, rows, strict=True):
        earlier = known.get(key)
        what = queries.outcome(row, earlier)
        if what == queries.SET_ASIDE:
            (found.erased if earlier and earlier.is_erased else found.aside).append(row)
        elif what == queries.UNCHANGED or key in found.new or (earlier and earlier.case in found.updated):
            unchanged += 1
        elif earlier is None:
            found.new[key] = row
        else:
            found.updated[earlier.case] = (earlier, row)
    return replace(found, unchanged=unchanged)


def _take(table: HotlineTable, rows: Sequence[CaseRow], *, taking: Taking, at: datetime) -> None:
    """Take one batch: its cases, what is remembered of its rows, and how far the table is, together."""
    batch = _sorted(table, rows)
    counts = Counter(unchanged=batch.unchanged, set_aside=len(batch.aside) + len(batch.erased))
    with _transaction(batch, at=at) as change:
        locked = _locked(table)
        if change is not None:
            counts["new"] = _take_new(change, batch.new, taking=taking, at=at)
            counts["updated"] = _take_updated(change, batch.updated, taking=taking, at=at)
        _lay_aside(table, batch)
        _move_on(locked, rows[-1].row + 1, counts, at=at)
    table.next_row = locked.next_row


@contextmanager
def _transaction(batch: _Sorted, *, at: datetime) -> Iterator[Change | None]:
    """An act where something changes; a batch that only confirms what is here needs no entry."""
    if batch.new or batch.updated:
        with act("case.import", by=IMPORTER, at=at) as change:
            yield change
    else:
        with transaction.atomic():
            yield None


def _locked(table: HotlineTable) -> HotlineTable:
    """Hold the table until the batch is taken; whoever comes second finds it further on, and leaves."""
    locked = HotlineTable.objects.select_for_update().get(pk=table.pk)
    is_mine = locked.next_row == table.next_row and locked.state in {TableState.WAITING, TableState.RUNNING}
    if not is_mine:
        raise _OvertakenError
    return locked


def _take_new(change: Change, rows: Mapping[str, CaseRow], *, taking: Taking, at: datetime) -> int:
    cases = change.save_all(taking.cases(rows, at=at))
    pairs = list(zip(cases, rows.values(), strict=True))
    change.save_all(taking.complainants(pairs))
    change.save_all(taking.offers(cases))
    change.save_all(taking.ratings(pairs))
    _remember(pairs, is_new=True)
    return len(cases)


def _take_updated(change: Change, rows: Mapping[int, tuple[Earlier, CaseRow]], *, taking: Taking, at: datetime) -> int:
    if not rows:
        return 0
    links = ("section", "holder__section", "round", "offered_to__head")
    cases = change.lock_all(Case.objects.filter(pk__in=rows, erased_on=None).select_related(*links))
    pairs = [(case, rows[case.pk][1]) for case in cases]
    before = {case.pk: case.offered_to_id for case in cases}
    breach.raise_due(cases, at=at)  # the table may close them, or take an offer back
    for case, row in pairs:
        taking.update(case, row, is_ours=rows[case.pk][0].is_ours, at=at)
    change.save_all(cases)
    moved = [case for case in cases if case.offered_to_id != before[case.pk]]
    _end_offers(change, [case for case in moved if before[case.pk]], at=at)
    change.save_all(taking.offers(moved))
    _add_people(change, pairs, taking=taking)
    rated = set(Rating.objects.filter(case__in=cases).values_list("case_id", "turn"))
    change.save_all([one for one in taking.ratings(pairs) if (one.case_id, one.turn) not in rated])
    _remember(pairs)
    return len(cases)


def _add_people(change: Change, pairs: Sequence[tuple[Case, CaseRow]], *, taking: Taking) -> None:
    """Add who raised a case where a later table is the first to tell, or tells more."""
    telling = {case.pk: (case, row) for case, row in pairs if row.person or row.phone or row.email or row.home}
    links = ("case__section", "case__holder__section", "case__offered_to")
    here = change.lock_all(Complainant.objects.filter(case__in=telling).select_related(*links)) if telling else []
    new = [pair for key, pair in telling.items() if key not in {one.case_id for one in here}]
    filled = [one for one in here if one.erased_on is None and taking.fill(one, telling[one.case_id][1])]
    change.save_all([*taking.complainants(new), *filled])


def _remember(pairs: Sequence[tuple[Case, CaseRow]], *, is_new: bool = False) -> None:
    """Keep what each row said, so that the next table can be held against it."""
    said = [
        stored.fresh(SourceRow, case=case, unit=row.unit, fingerprint=row.fingerprint, version=case.version)
        for case, row in pairs
    ]
    stored.insert(said, over=() if is_new else ("unit", "fingerprint", "version"))  # plain row


def _end_offers(change: Change, cases: Sequence[Case], *, at: datetime) -> None:
    open_ = change.lock_all(Handover.objects.filter(case__in=cases, outcome=Outcome.OFFERED.value)) if cases else []
    for one in open_:
        one.outcome, one.ended_at = Outcome.RECALLED.value, max(at, one.offered_at)
    change.save_all(open_)


def _lay_aside(table: HotlineTable, batch: _Sorted) -> None:
    told = [(row, queries.cells_of(row), queries.problem_facts(row)) for row in batch.aside]
    told += [(row, [], [queries.ERASED]) for row in batch.erased]
    rows = [SetAsideRow(table=table, row=row.row, cells=cells, problems=problems) for row, cells, problems in told]
    SetAsideRow.objects.bulk_create(rows)  # plain row


def _move_on(table: HotlineTable, next_row: int, counts: Counter[str], *, at: datetime) -> None:
    for name, number in counts.items():
        setattr(table, name, getattr(table, name) + number)
    table.next_row, table.state, table.moved_at = next_row, TableState.RUNNING, at
    table.save()  # plain row


def _finish(table: HotlineTable, *, skipped: int, at: datetime) -> None:
    with act("case.import", by=IMPORTER, at=at) as change:
        locked = _locked(table)
        file = change.lock(HotlineFile, pk=locked.file_id)
        for name in (queries.NEW, queries.UPDATED, queries.UNCHANGED, queries.SET_ASIDE):
            setattr(file, name, getattr(locked, name))
        file.finished_on = day_of(at)
        change.save(file)
        locked.skipped, locked.rows = skipped, locked.taken
        locked.state, locked.moved_at = TableState.DONE, at
        forgetting.forget_words(locked)  # its samples and first rows name people
        if SetAsideRow.objects.filter(table=locked, cells="").exists():  # the file tells again what was erased
            forgetting.let_go(locked)
        locked.save()  # plain row
        _tell_sections(locked, file, at=at)


def _tell_sections(table: HotlineTable, file: HotlineFile, *, at: datetime) -> None:
    """Tell each section once how many cases wait for its acceptance."""
    offered = Case.objects.filter(
        is_offered=True, channel_id=table.channel_id, offered_by=table.member.reference, offered_at__gte=table.kept_at
    )
    counts = Counter(offered.values_list("offered_to", flat=True))
    for section in Section.objects.filter(pk__in=counts).select_related("head"):
        to = people.leading(section, on=day_of(at))
        count = counts[section.pk]
        notices.queue("table.offered", to=to, about=file, at=at, url=reverse("cases:cases"), count=count)
