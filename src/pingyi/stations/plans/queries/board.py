"""The progress board: sections × tasks, who has done what at a glance (§5.1)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pingyi.bureau.models import Section
from pingyi.rules.plan.people import Doer
from pingyi.rules.task import Standing
from pingyi.stations.plans.models import Round, Task
from pingyi.stations.plans.queries.round import plan as plan_of
from pingyi.stations.plans.queries.task import Seen, see, tasks

ORDER = tuple(Standing)


@dataclass(frozen=True, kw_only=True)
class Column:
    """One duty of the plan that falls on every section."""

    key: str
    title: str
    due_on: date
    phase: str


@dataclass(frozen=True, kw_only=True)
class Line:
    """One section's line: a cell for each column, and its other tasks."""

    section: Section | None
    columns: tuple[tuple[Column, Seen | None], ...]
    others: tuple[Seen, ...]
    late: int
    done: int
    total: int


@dataclass(frozen=True, kw_only=True)
class Board:
    """The whole board; `counts` is over everything shown."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    counts: dict[Standing, int]

    @property
    def total(self) -> int:
        """How many tasks are shown."""
        return sum(self.counts.values())

    @property
    def others(self) -> tuple[Seen, ...]:
        """The tasks that are in no column, the worst first."""
        found = [seen for line in self.lines for seen in line.others]
        return tuple(sorted(found, key=lambda seen: (ORDER.index(seen.standing), seen.task.due_on)))


@dataclass(frozen=True, kw_only=True)
class Sieve:
    """What the reader wants to see; empty means everything."""

    phase: str = ""
    section: str = ""
    standing: str = ""


def board(round: Round, *, on: date, sieve: Sieve) -> Board:  # noqa: A002 - the glossary's word
    """Return the board on a day, sections with late tasks first."""
    seen = [one for one in (see(task, on=on) for task in tasks(round)) if _passes(one, sieve)]
    columns = _columns(seen, phases=[phase.id for phase in plan_of(round).phases])
    by_section: dict[int | None, list[Seen]] = {}
    for one in seen:
        by_section.setdefault(one.task.section_id, []).append(one)
    lines = [_line(found, columns=columns) for found in by_section.values()]
    lines.sort(key=lambda line: (-line.late, line.section is None, line.section.order if line.section else 0))
    return Board(columns=tuple(columns), lines=tuple(lines), counts=dict(Counter(one.standing for one in seen)))


def _passes(seen: Seen, sieve: Sieve) -> bool:
    section = seen.task.section.reference if seen.task.section else "-"
    return (
        sieve.phase in {"", seen.task.phase}
        and sieve.section in {"", section}
        and sieve.standing in {"", seen.standing.value}
    )


def _columns(seen: Iterable[Seen], *, phases: list[str]) -> list[Column]:
    """A duty that the plan lays on every section is a column."""
    shared: dict[str, list[Task]] = {}
    for one in seen:
        if one.task.plan_task and one.task.section_id:
            shared.setdefault(one.task.plan_task, []).append(one.task)
    found = [
        Column(key=key, title=rows[0].title, due_on=min(row.due_on for row in rows), phase=rows[0].phase)
        for key, rows in shared.items()
        if rows[0].carrier == Doer.EVERY_SECTION
    ]
    return sorted(found, key=lambda column: (_place(column.phase, phases), column.due_on))


def _place(phase: str, phases: list[str]) -> int:
    return phases.index(phase) if phase in phases else len(phases)


def _line(found: list[Seen], *, columns: list[Column]) -> Line:
    section = found[0].task.section
    at = {one.task.plan_task: one for one in found if one.task.plan_task and section is not None}
    placed = {column.key for column in columns}
    others = [one for one in found if section is None or one.task.plan_task not in placed]
    return Line(
        section=section,
        columns=tuple((column, at.get(column.key)) for column in columns),
        others=tuple(others),
        late=sum(one.standing is Standing.LATE for one in found),
        done=sum(one.standing in {Standing.DONE, Standing.DONE_LATE} for one in found),
        total=sum(one.standing is not Standing.WAIVED for one in found),
    )
