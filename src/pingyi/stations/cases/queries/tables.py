"""What a hotline's table says, and what it would change: read from the file, held against what was imported before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import Any

from pingyi.authoring.case_tables import CaseReader, CaseRow, CaseTable, ColumnMapping, RowProblem, open_tables
from pingyi.authoring.case_tables.set_aside import workbook
from pingyi.authoring.case_tables.words import line
from pingyi.authoring.unread import facts_of
from pingyi.bureau import shelf
from pingyi.record import personal
from pingyi.record.ciphertext import Sealed
from pingyi.rules.actor import Actor
from pingyi.rules.day import BUREAU_TIME
from pingyi.rules.refused import Refused
from pingyi.stations.cases import keyed
from pingyi.stations.cases.models import ColumnMemory, HotlineTable, SetAsideRow, SourceRow, TableState
from pingyi.stations.cases.queries.numbered import numbered
from pingyi.stations.cases.queries.numberless import here_already

BATCH = 1_000
SHOWN_ASIDE, SHOWN_ROWS = 100, 5
MANY = 2000  # keys that are asked for in one statement

ERASED = {"code": "case.erased", "column": "", "facts": {}}  # why a row stays out, and nothing that it says
NEW, UPDATED, UNCHANGED, SET_ASIDE = "new", "updated", "unchanged", "set_aside"


@dataclass(frozen=True, kw_only=True, slots=True)
class Opened:
    """A table with its mapping settled, ready to be read."""

    table: CaseTable
    mapping: ColumnMapping

    def reader(self, *, on: date) -> CaseReader:
        """Return a fresh reader of its rows."""
        return CaseReader(self.table.head, self.mapping, on=on, zone=BUREAU_TIME)


def table_of(token: str, *, by: Actor) -> HotlineTable:
    """Return a table by its address."""
    found = HotlineTable.objects.select_related("file", "member").filter(token=token).first()
    if found is None:
        raise Refused("missing", verb="case.import", kind="hotlinetable")
    return found


def tables() -> list[HotlineTable]:
    """Return the latest tables, those under way first."""
    return list(HotlineTable.objects.select_related("member").order_by("-kept_at")[:50])


def digests() -> Iterable[str]:
    """Return the digests of the files that tables name: the shelf keeps those."""
    return HotlineTable.objects.exclude(sha256="").values_list("sha256", flat=True)


def looked_through() -> HotlineTable | None:
    """Return the table that the worker should look through."""
    return HotlineTable.objects.filter(state=TableState.LOOKING).order_by("moved_at").first()


def waiting() -> HotlineTable | None:
    """Return the table that the worker should go on with: one that was begun, else the first that waits."""
    found = HotlineTable.objects.filter(state__in=(TableState.RUNNING, TableState.WAITING))
    return found.order_by("state", "kept_at").first()


def opened(table: HotlineTable) -> Opened:
    """Open a table under the mapping that was settled for it, or else the proposed and remembered one."""
    found = open_tables(shelf.take(table.sha256), is_known=bool(table.read))
    chosen = next((one for one in found if one.head.sheet[:80] == table.sheet), found[0])
    return Opened(table=chosen, mapping=mapping_of(table, chosen.proposed))


def mapping_of(table: HotlineTable, proposed: ColumnMapping) -> ColumnMapping:
    """Return the mapping that was settled for a table, or else the proposed one with what its channel remembers."""
    if tuple(table.mapping.get("labels", ())) == proposed.labels:
        fields, day_first = tuple(table.mapping["fields"]), bool(table.mapping["day_first"])
        return ColumnMapping(
            labels=proposed.labels, fields=fields, day_first=day_first,
            answered_stays_open=bool(table.mapping.get("answered_stays_open")),
        )  # fmt: skip
    known = proposed.remembered(memory(table.channel_id))
    return replace(known, answered_stays_open=_was_left_open(table))


def _was_left_open(table: HotlineTable) -> bool:
    """Whether the channel's last table was settled so that answered rows without a state stay open."""
    earlier = HotlineTable.objects.filter(channel_id=table.channel_id).exclude(mapping={})
    last = earlier.order_by("-moved_at").values_list("mapping", flat=True).first() or {}
    return bool(last.get("answered_stays_open"))


def memory(channel_id: str) -> dict[str, str]:
    """Return what this channel's columns were settled to be, by their names."""
    return dict(ColumnMemory.objects.filter(channel_id=channel_id).values_list("label", "field"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Earlier:
    """A case that a row is about already: where it is, and what the last table said of it."""

    case: int
    version: int
    fingerprint: str  # empty where no table spoke of it yet
    source_version: int
    is_erased: bool

    @property
    def is_ours(self) -> bool:
        """Whether our people have acted on the case since a table last spoke of it."""
        return self.version != self.source_version


def key_of(row: CaseRow, *, channel_id: str) -> str:
    """Return what a row is found again by: the hotline's number, or what it says where it has none."""
    return keyed.external_key(channel_id, row.number or f"~{row.fingerprint}")


def known(keys: Iterable[str]) -> dict[str, Earlier]:
    """Return the cases that are here under these keys, whether from a table or received by hand."""
    wanted = list(dict.fromkeys(keys))
    found: dict[str, Earlier] = {}
    names = ("external_key", "pk", "version", "source_row__fingerprint", "source_row__version", "erased_on")
    for start in range(0, len(wanted), MANY):
        rows = list(numbered(wanted[start : start + MANY]).values_list(*names))
        said = _fingerprints({case: sealed for _, case, _, sealed, *_ in rows if isinstance(sealed, Sealed)})
        for key, case, version, _, source_version, erased_on in rows:
            found[key] = Earlier(
                case=case,
                version=version,
                fingerprint=said.get(case, ""),
                source_version=source_version or 0,
                is_erased=erased_on is not None,
            )
    return found


def _fingerprints(sealed: Mapping[int, Sealed]) -> dict[int, str]:
    """Return what the last table said of each case, opened with one look into the keyring."""
    about = [(value, SourceRow(case_id=case).subject + ".fingerprint") for case, value in sealed.items()]
    opened_ = personal.open_values(about)
    return {case: octets.decode() for case, octets in zip(sealed, opened_, strict=True) if octets is not None}


def outcome(row: CaseRow, earlier: Earlier | None) -> str:
    """Return what becomes of a row; one whose case was erased does not come in again (§5.4)."""
    if row.is_set_aside or (earlier is not None and earlier.is_erased):
        return SET_ASIDE
    if earlier is None:
        return NEW
    return UNCHANGED if earlier.fingerprint == row.fingerprint else UPDATED


def batches(rows: Iterator[CaseRow]) -> Iterator[list[CaseRow]]:
    """Yield rows in batches."""
    while batch := list(islice(rows, BATCH)):
        yield batch


def preview(table: HotlineTable, *, on: date, told: Callable[[int], None] = lambda _: None) -> dict[str, Any]:
    """Read the whole table and tell what it would change; nothing is written. `told` hears how far it is."""
    found = opened(table)
    reader = found.reader(on=on)
    counts: Counter[str] = Counter()
    notes: Counter[str] = Counter()
    units: Counter[tuple[str, str]] = Counter()
    aside: list[dict[str, Any]] = []
    first: list[dict[str, Any]] = []
    again: list[dict[str, Any]] = []
    keys: set[str] = set()
    for batch in batches(reader.read(found.table.sheet)):
        keyed_rows = [(key_of(row, channel_id=table.channel_id), row) for row in batch]
        earlier = known(key for key, _ in keyed_rows)
        fresh = [row for key, row in keyed_rows if outcome(row, earlier.get(key)) == NEW]
        again += _again(fresh, channel_id=table.channel_id)
        for key, row in keyed_rows:
            what = UNCHANGED if key in keys and not row.is_set_aside else outcome(row, earlier.get(key))
            counts[what] += 1
            notes.update(one.code for one in row.problems if not one.is_blocking)
            if what == SET_ASIDE:
                aside += [_aside(row, earlier.get(key))] if len(aside) < SHOWN_ASIDE else []
                continue
            keys.add(key)
            units[row.unit, row.unit_id] += 1
            if len(first) < SHOWN_ROWS:
                first.append(_shown(row))
        told(counts.total())
    return {
        **{name: counts[name] for name in (NEW, UPDATED, UNCHANGED, SET_ASIDE)},
        "skipped": reader.skipped, "notes": dict(notes), "aside": aside, "first": first,
        "again": {"count": len(again), "rows": again[:SHOWN_ASIDE]},
        "unread": facts_of(found.table.sheet.unread),
        "units": [[name, code, count] for (name, code), count in units.most_common() if name],
    }  # fmt: skip


def problem_facts(row: CaseRow) -> list[dict[str, Any]]:
    """Return a row's problems as they are kept."""
    return [
        {"code": one.code, "column": one.column, "facts": dict(one.facts)} for one in row.problems if one.is_blocking
    ]


def sentences(row: int, problems: Iterable[Mapping[str, Any]], *, language: str) -> list[str]:
    """Return kept problems in words."""
    return [RowProblem(row=row, **one).plain_sentence(language=language) for one in problems]


def aside_workbook(table: HotlineTable, *, language: str) -> bytes:
    """Return the rows that were set aside, with their reasons, as a workbook that can be mended and sent again."""
    labels = table.mapping.get("labels", [])
    rows = SetAsideRow.objects.filter(table=table).order_by("row")
    return workbook(
        labels, ((one.row, "；".join(sentences(one.row, one.problems, language=language)), one.cells) for one in rows)
    )


def cells_of(row: CaseRow) -> list[str]:
    """Return a row's cells as text, as they are kept and handed out again."""
    return [cell if isinstance(cell, str) else line(cell) for cell in row.cells]


def _again(rows: Sequence[CaseRow], *, channel_id: str) -> list[dict[str, Any]]:
    here = here_already(rows, channel_id=channel_id)
    return [
        {"row": row.row, "said": (row.title or row.text)[:60], "reference": here[row.row]}
        for row in rows
        if row.row in here
    ]


def _aside(row: CaseRow, earlier: Earlier | None) -> dict[str, Any]:
    if earlier is not None and earlier.is_erased:
        return {"row": row.row, "problems": [ERASED], "said": ""}
    return {"row": row.row, "problems": problem_facts(row), "said": (row.title or row.text or row.number)[:60]}


def _shown(row: CaseRow) -> dict[str, Any]:
    return {
        "row": row.row,
        "number": row.number,
        "received": str(row.received_at),
        "due": str(row.due_at or ""),
        "closed": str(row.closed_at or ""),
        "unit": row.unit,
        "what": (row.title or row.text or " › ".join(row.theme))[:60],
    }
