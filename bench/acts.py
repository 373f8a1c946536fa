"""The price of the record: the same rows in the same transactions, through `act` and as plain Django rows."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import measure

SINGLE = 1_500
BATCH = 60_000
GOAL = "the record is placed in the tree and signed as well"


def figures() -> list[measure.Figure]:
    """Measure on SQLite, and on PostgreSQL where a server can be started."""
    found = _on("SQLite")
    with _postgres() as url:
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
    kept = measure.alone("acts", work, "kept", count)
    plain = measure.alone("acts", work, "plain", count)
    acts = 2 * count if work == "singles" else count
    return measure.Figure(
        name=f"acts/{engine}/{work}",
        what=f"{engine}: {count:,} × {what}, record on against off",
        ratio=f"{kept.seconds / plain.seconds:.2f} ×",
        detail=f"{acts / kept.seconds:,.0f} : {acts / plain.seconds:,.0f} a second; {GOAL} in {kept.answer} s more",
    )


def _file(engine: str) -> measure.Figure:
    kept = measure.alone("acts", "batch", "kept", BATCH)
    plain = measure.alone("acts", "imported", BATCH)
    return measure.Figure(
        name=f"acts/{engine}/import",
        what=f"{engine}: {BATCH:,} rows with the record on, against reading them from XLSX and one bulk insert",
        ratio=f"{kept.seconds / plain.seconds:.2f} ×",
        detail=f"{kept.seconds:.1f} s : {plain.seconds:.1f} s; twelve fields shown, six sealed",
    )


@contextmanager
def _postgres() -> Iterator[str | None]:
    sys.path.insert(0, str(measure.ROOT))
    from tests.on_postgres import server

    with server() as url:
        yield url


def singles(kind: str, count: str) -> measure.Part:
    """Make rows one by one, then change each: two transactions a row."""
    from django.db import transaction

    import matters
    from pingyi.record.acts import act

    def kept() -> None:
        for one in rows:
            with act("bench.open", by=matters.OFFICER, at=matters.AT) as change:
                row = change.save(matters.Kept(**one))
            with act("bench.answer", by=matters.OFFICER, at=matters.AT) as change:
                row = change.lock(matters.Kept, pk=row.pk)
                row.state, row.reply = "answered", "已到现场"
                change.save(row)

    def plain() -> None:
        for one in rows:
            with transaction.atomic(durable=True):
                row = matters.Plain.objects.create(**one)
            with transaction.atomic(durable=True):
                row = matters.Plain.objects.select_for_update().get(pk=row.pk)
                row.state, row.reply = "answered", "已到现场"
                row.save()

    rows = _rows(int(count))
    return _timed({"kept": kept, "plain": plain}[kind])


def batch(kind: str, count: str) -> measure.Part:
    """Make all rows in one transaction."""
    rows = _rows(int(count))
    return _timed(lambda: _make(kind, rows))


def rebatch(kind: str, count: str) -> measure.Part:
    """Change all rows in one transaction."""
    from django.db import transaction

    import matters
    from pingyi.record.acts import act
    from pingyi.record.sequence import sequence

    def kept() -> None:
        with act("bench.answer", by=matters.OFFICER, at=matters.AT) as change:
            rows = change.lock_all(matters.Kept.objects.all())
            for row in rows:
                row.state, row.reply = "answered", "已到现场"
            change.save_all(rows)

    def plain() -> None:
        with transaction.atomic(durable=True):
            rows = list(matters.Plain.objects.select_for_update().order_by("pk"))
            for row in rows:
                row.state, row.reply = "answered", "已到现场"
            matters.Plain.objects.bulk_update(rows, ["state", "reply"], batch_size=500)

    _make(kind, _rows(int(count)))
    sequence(at=matters.AT)
    return _timed({"kept": kept, "plain": plain}[kind])


def imported(count: str) -> measure.Part:
    """Read the rows from a workbook with python-calamine, and insert them at once."""
    import xlsxwriter
    from django.db import transaction
    from python_calamine import CalamineWorkbook

    import matters

    rows = _rows(int(count))
    units = {str(one["unit"].pk): one["unit"] for one in rows}
    heads = list(rows[0])
    path = Path(os.environ["PINGYI_HOME"], "matters.xlsx")
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, heads)
        for number, one in enumerate(rows, 1):
            sheet.write_row(number, 0, [str(one[head].pk if head == "unit" else one[head]) for head in heads])

    def read() -> None:
        lines = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
        made = (dict(zip(heads, line, strict=True)) for line in lines[1:])
        with transaction.atomic(durable=True):
            matters.Plain.objects.bulk_create(matters.Plain(**{**one, "unit": units[one["unit"]]}) for one in made)

    return _timed(read)


def _make(kind: str, rows: list[dict[str, object]]) -> None:
    from django.db import transaction

    import matters
    from pingyi.record.acts import act

    if kind == "plain":
        with transaction.atomic(durable=True):
            matters.Plain.objects.bulk_create([matters.Plain(**one) for one in rows])
        return
    with act("bench.open", by=matters.OFFICER, at=matters.AT) as change:
        change.save_all(matters.Kept(**one) for one in rows)


def _rows(count: int) -> list[dict[str, object]]:
    import matters
    from pingyi.record.acts import act

    matters.tables()
    with act("bench.open", by=matters.OFFICER, at=matters.AT) as change:
        units = change.save_all(matters.Unit(name=f"第{number}科") for number in range(30))
    return list(matters.values(count, units))


def _timed(work: Callable[[], object]) -> measure.Part:
    """Time the work, and beside it the placing of its entries."""
    import matters
    from pingyi.record.sequence import sequence

    seconds, _ = measure.timed(work)
    placing, _ = measure.timed(lambda: sequence(at=matters.AT))
    return measure.Part(seconds=seconds, answer=f"{placing:.2f}")
