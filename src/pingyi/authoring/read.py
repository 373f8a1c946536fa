"""A plan's text → the plan and *all* of its problems, each at its line and column (§0).

The schema is the dataclasses of `rules.plan`. The tree is walked here rather than by pydantic, because a faulty plan
must still open: what can be read is read, what cannot is left out, and every place keeps its line for the lints.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from pingyi.authoring.problems import Problem, blocking
from pingyi.authoring.references import duplicates, unknown
from pingyi.authoring.tree import parse
from pingyi.authoring.walk import Walk
from pingyi.rules.plan import FORMAT, Plan

Place = tuple[int, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class Located:
    """What a text gave: the plan as far as it could be read, the place of each part, and the problems."""

    text: str
    plan: Plan | None
    places: Mapping[str, Place]
    problems: tuple[Problem, ...]

    @property
    def is_whole(self) -> bool:
        """Whether the text was read without anything that blocks."""
        return self.plan is not None and not blocking(self.problems)

    def locate(self, problems: Iterable[Problem]) -> list[Problem]:
        """Give problems that only name a path their line and column."""
        return [place_of(problem, places=self.places) for problem in problems]


@lru_cache(maxsize=16)
def read(text: str) -> Located:
    """Read a plan's YAML text; never raises, whatever the text is. A page that asks again gets the same reading."""
    tree = parse(text)
    if tree.root is None:
        problems = tree.problems or [Problem(code="empty")]
        return Located(text=text, plan=None, places={}, problems=_in_order(problems))
    walk = Walk(unread=tree.unread)
    plan, places = walk.plan(tree.root)
    problems = [*tree.problems, *walk.problems]
    if plan is not None:
        # Where lines could not be read, an id that seems unknown may stand in one of them.
        lost = [] if tree.unread else unknown(plan, known=walk.ids)
        faults = [*_format_of(plan), *lost, *duplicates(plan)]
        problems += [place_of(fault, places=places) for fault in faults]
    return Located(text=text, plan=plan, places=places, problems=_in_order(problems))


def read_plan(text: str) -> tuple[Plan | None, list[Problem]]:
    """Return the plan as far as it can be read, and all problems; it is whole when none of them blocks."""
    located = read(text)
    return located.plan, list(located.problems)


def place_of(problem: Problem, *, places: Mapping[str, Place]) -> Problem:
    """Give a problem the line of its path, or of the nearest part around it."""
    if problem.line:
        return problem
    path = problem.path
    while path and path not in places:
        path = path[: max(path.rfind("."), path.rfind("["), 0)]
    line, column = places.get(path, (0, 0))
    return replace(problem, line=line, column=column)


def _format_of(plan: Plan) -> list[Problem]:
    if plan.format in {FORMAT, ""}:
        return []
    return [Problem(code="wrong_format", path="format", facts={"value": plan.format, "expected": FORMAT})]


def _in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda problem: (problem.line, problem.column, problem.code)))
