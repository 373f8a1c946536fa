"""The moves of a due date as plain values, for the case's row and its entries."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from pingyi.rules.calendar import DayKind
from pingyi.rules.case.clock import Cause, Move
from pingyi.rules.case.counting import Count, Known
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
            **({"count": _kept(move.count)} if move.count else {}),
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
            count=_count(one["count"]) if "count" in one else None,
        )
        for one in kept
    )


def _kept(count: Count) -> dict[str, Any]:
    """Only days that were no ordinary ones are kept; most counts have none."""
    return {
        "since": count.since.isoformat(), "days": count.days, "unit": count.unit.value, "still": count.still,
        "ends_on": count.ends_on.isoformat(), "is_provisional": count.is_provisional,
        "known": [[one.on.isoformat(), one.kind.value, one.name] for one in count.known],
    }  # fmt: skip


def _count(kept: dict[str, Any]) -> Count:
    return Count(
        since=date.fromisoformat(kept["since"]), days=kept["days"], unit=DayUnit(kept["unit"]), still=kept["still"],
        ends_on=date.fromisoformat(kept["ends_on"]), is_provisional=kept["is_provisional"],
        known=tuple(
            Known(on=date.fromisoformat(on), kind=DayKind(kind), name=name) for on, kind, name in kept["known"]
        ),
    )  # fmt: skip
