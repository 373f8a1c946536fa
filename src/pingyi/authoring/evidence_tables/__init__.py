"""A table of evidence comes in: XLSX, XLS or CSV → typed evidence, with every fault by row and column (§4.4b)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType

from pingyi.authoring.evidence_tables import kinds
from pingyi.authoring.evidence_tables.heads import Head, find_head
from pingyi.authoring.evidence_tables.names import names_of
from pingyi.authoring.evidence_tables.problems import RowProblem
from pingyi.authoring.evidence_tables.rows import Reader
from pingyi.authoring.evidence_tables.suspicions import (
    Found,
    odd,
    points_for_times,
    repeated,
    telling,
    twice,
    weighing,
)
from pingyi.authoring.evidence_tables.taken import with_chosen
from pingyi.authoring.tables.grids import Grid, read_grids
from pingyi.authoring.tables.problems import UnreadableTableError
from pingyi.authoring.tables.taken import TakenColumn
from pingyi.authoring.unread import facts_of
from pingyi.rules.evidence import Evidence, SectionFacts
from pingyi.rules.plan import Plan

NOTHING_CHOSEN: Mapping[int, str] = MappingProxyType({})
TEMPLATE_SHEETS = {"填写说明", "示例", "选项", "instructions", "example", "choices"}

__all__ = ["NOTHING_CHOSEN", "EvidenceTable", "RowProblem", "kinds", "read_evidence", "section_words"]


@dataclass(frozen=True, kw_only=True, slots=True)
class EvidenceTable:
    """What a file holds: its good evidence and all its problems; the caller decides, nothing is half-imported."""

    name: str
    evidence: tuple[Evidence, ...]
    problems: tuple[RowProblem, ...]
    rows_read: int
    digest: str  # SHA-256 of the file's bytes
    rows_digest: str  # SHA-256 of what was read: a copy saved again has the same
    columns: tuple[TakenColumn, ...] = ()

    @property
    def is_good(self) -> bool:
        """Whether all rows may be imported: no problem that blocks, and something to import."""
        return bool(self.evidence) and not any(problem.is_blocking for problem in self.problems)

    def is_again(self, other: EvidenceTable) -> bool:
        """Whether the other file holds the same rows."""
        return self.digest == other.digest or (bool(self.evidence) and self.rows_digest == other.rows_digest)


def read_evidence(
    name: str,
    content: bytes,
    *,
    plan: Plan,
    sections: Sequence[SectionFacts],
    source: str = "",
    happened_on: date | None = None,
    columns: Mapping[int, str] = NOTHING_CHOSEN,
) -> EvidenceTable:
    """Read a table of evidence; with `source` only that source's items are meant, `happened_on` dates undated rows.

    `columns` says what columns are where that was taken wrongly: their number in the file's list → their kind.
    """
    found: list[Found] = []
    rows_read = 0
    grids, problems = _opened(content)
    names = names_of(plan, sections=sections)
    readable = [(grid, head) for grid in grids if (head := find_head(grid.rows, names=names))]
    if grids and not readable:
        problems.append(RowProblem(row=0, column="", code="head.missing"))
    readable, taken = with_chosen(readable, columns)
    problems += _taken_away(grids)
    for grid, head in readable:
        reader = Reader(
            names=names, head=head, file=name, sheet=grid.name, source=source, happened_on=happened_on
        )  # fmt: skip
        rows, faults, count = _read_grid(grid, reader)
        problems += _unknown(taken, grid, head)
        found, problems, rows_read = found + rows, problems + faults, rows_read + count
    problems += repeated(found, have_references=_has_references(readable))
    problems += [*twice(found), *weighing(found), *telling(found), *odd(found, names=names)]
    problems += points_for_times(found, names=names)
    evidence = tuple(one for _, _, one in found)
    return EvidenceTable(
        name=name,
        evidence=evidence,
        problems=tuple(sorted(problems, key=lambda one: (one.sheet, one.row))),
        rows_read=rows_read,
        digest=hashlib.sha256(content).hexdigest(),
        rows_digest=rows_digest(evidence),
        columns=tuple(taken),
    )


def _opened(content: bytes) -> tuple[list[Grid], list[RowProblem]]:
    """Return a file's sheets but for those of our own template, or why it cannot be opened."""
    try:
        return [grid for grid in read_grids(content) if grid.name.casefold() not in TEMPLATE_SHEETS], []
    except UnreadableTableError as fault:
        return [], [RowProblem(row=0, column="", code=fault.code, facts=fault.facts)]


def _taken_away(grids: Iterable[Grid]) -> list[RowProblem]:
    return [
        RowProblem(row=0, column="", code="words.taken_away", facts=told, sheet=grid.name, is_blocking=False)
        for grid in grids
        if (told := facts_of(grid.unread))
    ]


def _unknown(taken: Iterable[TakenColumn], grid: Grid, head: Head) -> list[RowProblem]:
    return [
        RowProblem(row=head.head_row + 1, column=one.label, code="head.unknown", sheet=grid.name, is_blocking=False)
        for one in taken
        if not one.is_known and one.sheet == grid.name
    ]


def section_words(content: bytes, *, plan: Plan) -> tuple[str, ...]:
    """Return the sections that a table names, each once, where no list of sections is at hand."""
    names = names_of(plan, sections=())
    words: dict[str, None] = {}
    for grid in read_grids(content):
        head = None if grid.name.casefold() in TEMPLATE_SHEETS else find_head(grid.rows, names=names)
        if head is None:
            continue
        reader = Reader(names=names, head=head, file="", sheet=grid.name)
        for row in grid.rows[head.row :]:
            word = reader.section_word(row)
            if word and not reader.is_no_row(row):
                words[word] = None
    return tuple(words)


def _read_grid(grid: Grid, reader: Reader) -> tuple[list[Found], list[RowProblem], int]:
    head = reader.head
    problems: list[RowProblem] = []
    lacking = reader.lacking()
    if lacking:
        return [], [lacking], 0
    found: list[Found] = []
    count = 0
    for number, row in enumerate(grid.rows[head.row :], head.row + 1):
        if reader.is_no_row(row):
            continue
        count += 1
        for one in reader.read(row, number_=number):
            if isinstance(one, Evidence):
                found.append((number, grid.name, one))
            else:
                problems.append(one)
    if not count:
        problems.append(RowProblem(row=head.head_row + 1, column="", code="head.no_rows", sheet=grid.name))
    return found, problems, count


def _has_references(readable: Iterable[tuple[Grid, Head]]) -> bool:
    return all(kinds.REFERENCE in head.columns for _, head in readable)


def rows_digest(evidence: Sequence[Evidence]) -> str:
    """Digest what was read without file names, so that a copy under another name is known again."""
    digest = hashlib.sha256()
    for one in evidence:
        place = one.reference.rpartition("#")[2]
        value = Fraction(one.value) if isinstance(one.value, Decimal) else one.value
        named = (one.section, one.source, one.indicator, one.happened_on, one.group, place)
        parts = (*named, value, one.times, Fraction(one.weight))
        digest.update("\x1f".join(str(part) for part in parts).encode() + b"\n")
    return digest.hexdigest()
