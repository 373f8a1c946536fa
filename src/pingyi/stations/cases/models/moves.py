"""The moves of a due date as plain values, for the case's row and its entries."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from pingyi.rules.case.timing import Cause, Move
from pingyi.rules.plan.conduct import DayUnit


def moves_to_json(moves: Iterable[Move]) -> list[dict[str, Any]]:
    """Return moves as a row keeps them."""
    return [
        {
            "cause": move.cause.value,
            "on": move.on.isoformat(),
            "to": move.to.isoformat(),
            "days": move.days,
            "unit": move.unit.value,
            "source": move.source,
        }
        for move in moves
    ]


def moves_from_json(kept: Iterable[dict[str, Any]]) -> tuple[Move, ...]:
    """Return kept moves as the rules see them."""
    return tuple(
        Move(
            cause=Cause(one["cause"]),
            on=date.fromisoformat(one["on"]),
            to=date.fromisoformat(one["to"]),
            days=one["days"],
            unit=DayUnit(one["unit"]),
            source=one["source"],
        )
        for one in kept
    )
