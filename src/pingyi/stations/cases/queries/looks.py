"""What a hotline's file looks like: kept once with its table, so that no page opens the file again (§3.2.2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from pingyi.authoring.case_tables import CaseTable, ColumnMapping, open_tables
from pingyi.authoring.case_tables.columns import Column
from pingyi.authoring.case_tables.fields import Holds
from pingyi.authoring.case_tables.mapping import propose
from pingyi.bureau import shelf
from pingyi.stations.cases.models import HotlineTable
from pingyi.stations.cases.queries import tables as queries

LARGE_FILE = 1_000_000  # bytes; a larger file is opened by the worker
LARGE_TABLE = 3_000  # rows; a larger table is held against what is here by the worker


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """One sheet as it was found: its columns with samples, what they are taken for, and the file's other sheets."""

    sheet: str
    columns: tuple[Column, ...]
    mapping: ColumnMapping
    rows: int
    others: tuple[str, ...]

    @property
    def is_large(self) -> bool:
        """Whether looking through its rows would keep a person waiting."""
        return self.rows > LARGE_TABLE


def kept(tables: Sequence[CaseTable]) -> list[dict[str, Any]]:
    """Return what is kept of a file's sheets."""
    return [
        {
            "sheet": one.head.sheet,
            "rows": sum(1 for _ in one.sheet.rows()) - one.head.first_row + 1,
            "columns": [asdict(column) for column in one.columns],
        }
        for one in tables
    ]


def look(table: HotlineTable) -> Look:
    """Return how the table's sheet was found, by opening the file where that was not kept."""
    read = table.read or kept(open_tables(shelf.take(table.sha256)))
    chosen = next((one for one in read if one["sheet"][:80] == table.sheet), read[0])
    columns = tuple(_column(one) for one in chosen["columns"])
    return Look(
        sheet=chosen["sheet"], columns=columns, mapping=queries.mapping_of(table, propose(columns)),
        rows=chosen["rows"], others=tuple(one["sheet"] for one in read if one is not chosen),
    )  # fmt: skip


def _column(told: dict[str, Any]) -> Column:
    known = {Holds(name): share for name, share in told["known"].items()}
    return Column(**{**told, "samples": tuple(told["samples"]), "known": known})
