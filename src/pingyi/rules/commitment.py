"""What a section promises (服务承诺, 便民措施), how a promise is published, and whether it is kept (§3.2.3, §4.1)."""

from __future__ import annotations

from dataclasses import dataclass

from pingyi.rules.plan.conduct import DayUnit


@dataclass(frozen=True, kw_only=True, slots=True)
class Promise:
    """A published commitment about cases: so many days, shorter than or as long as the plan's own limit."""

    reference: str  # the commitment's version, which an outcome names again
    days: int
    unit: DayUnit


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What became of the cases that a promise held for: closed in time, not in time, or still within it."""

    reference: str
    kept: int
    broken: int
    running: int = 0
