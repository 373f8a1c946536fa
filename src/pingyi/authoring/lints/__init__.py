"""What keeps a readable plan from being a good one: checked before adoption (§0)."""

from __future__ import annotations

from collections.abc import Mapping

from pingyi.authoring.lints import coverage, dates, duties, figures, marks, outcome
from pingyi.authoring.problems import Problem
from pingyi.authoring.read import Place, place_of
from pingyi.rules.calendar import Calendar
from pingyi.rules.plan import Plan


def lint(plan: Plan, calendar: Calendar, *, places: Mapping[str, Place] | None = None) -> list[Problem]:
    """Return everything doubtful in a plan; `places` of the read text gives each its line and column."""
    found = [
        *dates.problems(plan, calendar=calendar),
        *duties.problems(plan),
        *marks.problems(plan),
        *figures.problems(plan),
        *outcome.problems(plan),
        *coverage.problems(plan),
    ]
    placed = [place_of(problem, places=places or {}) for problem in found]
    return sorted(placed, key=lambda problem: (not problem.blocks, problem.line, problem.column))
