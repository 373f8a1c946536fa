"""What is wrong with a plan, where, and what to do about it: one shape for reading and for lints."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from pingyi.authoring.problem_words import MESSAGES

MOST_ALIKE = 5  # problems of one kind that are listed one by one


class Severity(StrEnum):
    """Whether a plan with this problem can be adopted."""

    BLOCKS = "blocks adoption"
    NOTE = "note"


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """One problem; `line` and `column` count from 1, and 0 means the text as a whole."""

    code: str
    severity: Severity = Severity.BLOCKS
    path: str = ""  # in the plan, e.g. "phases[1].ends_on"
    line: int = 0
    column: int = 0
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def blocks(self) -> bool:
        """Whether it keeps the plan from being adopted."""
        return self.severity is Severity.BLOCKS

    def sentence(self, language: str = "zh") -> str:
        """Say what is wrong and what to do."""
        chinese, english = MESSAGES[self.code]
        return (english if language.startswith("en") else chinese).format(**self.facts)

    def as_json(self) -> dict[str, object]:
        """Return plain values, for `--json`."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "path": self.path,
            "line": self.line,
            "column": self.column,
            "facts": {name: str(value) for name, value in self.facts.items()},
            "zh": self.sentence("zh"),
            "en": self.sentence("en"),
        }


def alike(problems: Iterable[Problem]) -> list[tuple[Problem, ...]]:
    """Return problems one by one, those that block first; more than a few of one kind stand together."""
    kinds: dict[str, list[Problem]] = {}
    for problem in sorted(problems, key=lambda problem: not problem.blocks):
        kinds.setdefault(problem.code, []).append(problem)
    found: list[tuple[Problem, ...]] = []
    for same in kinds.values():
        found += [tuple(same)] if len(same) > MOST_ALIKE else [(one,) for one in same]
    return found


def blocking(problems: Iterable[Problem]) -> list[Problem]:
    """Return those that keep the plan from being adopted."""
    return [problem for problem in problems if problem.blocks]
