"""The price of the record: the same rows in the same transactions, through `act` and as plain rows.

By processor time, the median of several turns: the record's side places its entries in the tree and signs, and the
other side is what one would write by hand. Every commit is synced on both; a server's own time is counted too.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from statistics import median
from typing import Any

import xlsxwriter
from django.db import connection, transaction
from python_calamine import CalamineWorkbook

import matters  # sets Django up, so it stands before what needs it
import measure
import servers
from pingyi.record.acts import act
from pingyi.record.sequence import sequence

SINGLE = 1_500
BATCH = 60_000
TURNS = 3
GOAL = "goal 1.5 × or less; tree and signature included"


def figures() -> list[measure.Figure]:
    """Measure on SQLite, and on PostgreSQL where a server can be started."""
    found = _on("SQLite")
    with servers.postgres() as url:
        if url:
            os.environ["PINGYI_DATABASE_URL"] = url
            found += _on("PostgreSQL")
            del os.environ["PINGYI_DATABASE_URL"]
    return found


def _on(engine: str) -> list[measure.Figure]:
    return [
        _figure(engine, "singles", SINGLE, "one row a transaction, made and changed"),
        _figure(engine, "batch", BATCH, "rows made in one transaction"),
        _figure(engine, "rebatch", BATCH // 6, "rows changed in one transaction"),
        _file(engine),
    ]


def _figure(engine: str, work: str, count: int, what: str) -> measure.Figure:
    kept, plain = _runs(work, count)
    acts = 2 * count if work == "singles" else count
    mine, others = median(kept), median(plain)
    return measure.Figure(
        name=f"acts/{engine}/{work}",
        what=f"{engine}, {servers.DURABLE[engine]}: {count:,} × {what}, record on against off",
        ratio=f"{mine / others:.2f} ×",
        detail=f"{mine / acts * 1e6:,.0f} : {others / acts * 1e6:,.0f} µs of processor each; {_spread(kept, plain)}; "
        f"{GOAL}",
    )


def _file(engine: str) -> measure.Figure:
    kept, plain = _runs("imported", BATCH)
    return measure.Figure(
        name=f"acts/{engine}/import",
        what=f"{engine}, {servers.DURABLE[engine]}: {BATCH:,} rows read from XLSX, with the record on against one bulk "
        "insert",
        ratio=f"{median(kept) / median(plain):.2f} ×",
        detail=f"{median(kept):.1f} s : {median(plain):.1f} s of processor; {_spread(kept, plain)}; {GOAL}; "
        "twelve fields shown, six sealed",
    )


def _runs(work: str, count: int) -> tuple[list[float], list[float]]:
    runs = measure.turns("acts", (f"{work}_kept", f"{work}_plain"), count, times=TURNS)
    return [one.seconds for one in runs[f"{work}_kept"]], [one.seconds for one in runs[f"{work}_plain"]]


def _spread(kept: list[float], plain: list[float]) -> str:
    ratios = sorted(mine / other for mine, other in zip(kept, plain, strict=True))
    return f"{ratios[0]:.2f} to {ratios[-1]:.2f} in {TURNS} turns; {measure.load()}"


def singles_kept(count: str) -> measure.Part:
    """Make rows one by one, then change each: two acts a row."""

    def work() -> None:
        for one in rows:
            with act("bench.open", by=matters.OFFICER, at=matters.AT) as change:
                row = change.save(matters.Kept(**one))
            with act("bench.answer", by=matters.OFFICER, at=matters.AT) as change:
                row = change.lock(matters.Kept, pk=row.pk)
                change.save(_answered(row))

    rows = _rows(int(count))
    return _timed(work)


def singles_plain(count: str) -> measure.Part:
    """The same with plain rows: two transactions a row."""

    def work() -> None:
        for one in rows:
            with transaction.atomic(durable=True):
                row = matters.Plain.objects.create(**one)
            with transaction.atomic(durable=True):
                _answered(matters.Plain.objects.select_for_update().get(pk=row.pk)).save()

    rows = _rows(int(count))
    return _timed(work)


def batch_kept(count: str) -> measure.Part:
    """Make all rows in one act."""
    rows = _rows(int(count))
    return _timed(lambda: _make_kept(rows))


def batch_plain(count: str) -> measure.Part:
    """Make all rows in one transaction."""
    rows = _rows(int(count))
    return _timed(lambda: _make_plain(rows))


def rebatch_kept(count: str) -> measure.Part:
    """Change all rows in one act."""

    def work() -> None:
        with act("bench.answer", by=matters.OFFICER, at=matters.AT) as change:
            change.save_all(_answered(row) for row in change.lock_all(matters.Kept.objects.all()))

    _make_kept(_rows(int(count)))
    sequence(at=matters.AT)
    return _timed(work)


def rebatch_plain(count: str) -> measure.Part:
    """Change all rows in one transaction, by the statement that one would write: one UPDATE, run for each row."""

    def work() -> None:
        meta = matters.Plain._meta
        statement = f"UPDATE {meta.db_table} SET state = %s, reply = %s WHERE {meta.pk.column} = %s"
        with transaction.atomic(durable=True), connection.cursor() as cursor:
            rows = [_answered(row) for row in matters.Plain.objects.select_for_update().order_by("pk")]
            cursor.executemany(statement, [(row.state, row.reply, row.pk) for row in rows])

    _make_plain(_rows(int(count)))
    return _timed(work)


def imported_kept(count: str) -> measure.Part:
    """Read the rows from a workbook with python-calamine, and make them in one act."""
    path, units = _workbook(_rows(int(count)))
    return _timed(lambda: _make_kept(_read(path, units)))


def imported_plain(count: str) -> measure.Part:
    """Read the rows from a workbook with python-calamine, and insert them at once."""
    path, units = _workbook(_rows(int(count)))
    return _timed(lambda: _make_plain(_read(path, units)))


def _answered(row: Any) -> Any:
    row.state, row.reply = "answered", "已到现场"
    return row


def _make_kept(rows: Iterable[dict[str, Any]]) -> None:
    with act("bench.open", by=matters.OFFICER, at=matters.AT) as change:
        change.save_all(matters.Kept(**one) for one in rows)


def _make_plain(rows: Iterable[dict[str, Any]]) -> None:
    with transaction.atomic(durable=True):
        matters.Plain.objects.bulk_create(matters.Plain(**one) for one in rows)


def _rows(count: int) -> list[dict[str, Any]]:
    matters.tables()
    with act("bench.open", by=matters.OFFICER, at=matters.AT) as change:
        units = change.save_all(matters.Unit(name=f"第{number}科") for number in range(30))
    sequence(at=matters.AT)  # what is placed from now on is the work's own
    return list(matters.values(count, units))


def _workbook(rows: list[dict[str, Any]]) -> tuple[Path, dict[str, Any]]:
    path = Path(os.environ["PINGYI_HOME"], "matters.xlsx")
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, list(rows[0]))
        for number, one in enumerate(rows, 1):
            sheet.write_row(number, 0, [str(value.pk if name == "unit" else value) for name, value in one.items()])
    return path, {str(one["unit"].pk): one["unit"] for one in rows}


def _read(path: Path, units: dict[str, Any]) -> Iterator[dict[str, Any]]:
    heads, *lines = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    for line in lines:
        one: dict[str, Any] = dict(zip(map(str, heads), line, strict=True))
        yield {**one, "unit": units[one["unit"]]}


def _timed(work: Callable[[], object]) -> measure.Part:
    """Count the processor time of the work and of placing and signing its entries, a server's too."""
    address = os.environ.get("PINGYI_DATABASE_URL", "")
    served = servers.seconds_used(address)
    mine = measure.spent(lambda: (work(), sequence(at=matters.AT)))
    return measure.Part(seconds=mine + servers.seconds_used(address) - served, answer="")
