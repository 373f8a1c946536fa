"""Reading and lints in one call: everything that is wrong with a plan's text (§0)."""

from __future__ import annotations

from dataclasses import dataclass

from pingyi.authoring.lints import lint
from pingyi.authoring.problems import Problem, blocking
from pingyi.authoring.read import Located, read
from pingyi.rules.calendar import Calendar


@dataclass(frozen=True, kw_only=True, slots=True)
class Checked:
    """A text that was read and checked; `problems` holds those of reading first, then the lints'."""

    located: Located
    problems: tuple[Problem, ...]

    @property
    def can_be_adopted(self) -> bool:
        """Whether nothing blocks adoption."""
        return self.located.plan is not None and not blocking(self.problems)


def check(text: str, *, calendar: Calendar) -> Checked:
    """Read a plan's text and list every problem, with its line and column."""
    located = read(text)
    lints = lint(located.plan, calendar, places=located.places) if located.plan else []
    return Checked(located=located, problems=(*located.problems, *lints))
