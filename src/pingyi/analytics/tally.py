"""Counting answers: per section, indicator, group, given value and design weight, how many (§4.3c, §4.3d)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import narwhals as nw

PERSON = ("respondent",)
KEYS = ("section", "indicator", "group", "option", "mark", "weight")


@dataclass(frozen=True, kw_only=True, slots=True)
class Counted:
    """All the answers that say one thing about one indicator of one section, from one group."""

    section: str | None
    indicator: str | None
    group: str | None
    option: str | None
    mark: int | None  # scaled
    answers: int
    weight: int | None  # of each of them, scaled
    undated: int  # answers without a day
    first_on: date | None
    last_on: date | None
    respondent: str | None = None  # where the persons are kept apart


def expression(answers: nw.LazyFrame[Any], *, keeps_persons: bool = False) -> nw.LazyFrame[Any]:
    """Return the count as a lazy expression that any engine of Narwhals can run unchanged."""
    return answers.group_by(*KEYS, *(PERSON if keeps_persons else ())).agg(
        nw.len().alias("answers"),
        nw.col("happened_on").count().alias("dated"),
        nw.col("happened_on").min().alias("first_on"),
        nw.col("happened_on").max().alias("last_on"),
    )


def tally(answers: nw.LazyFrame[Any], *, keeps_persons: bool = False) -> tuple[Counted, ...]:
    """Count the answers; the rows come in a fixed order, whatever the engine and however many threads.

    With `keeps_persons` each respondent's answers stay apart, so that the covariance between sections is kept (§5.2).
    """
    rows = expression(answers, keeps_persons=keeps_persons).collect("pyarrow").iter_rows(named=True)
    return tuple(sorted((_counted(row) for row in rows), key=_order))


def _counted(row: dict[str, Any]) -> Counted:
    return Counted(
        **{name: row[name] for name in KEYS},
        answers=row["answers"],
        undated=row["answers"] - row["dated"],
        first_on=row["first_on"],
        last_on=row["last_on"],
        respondent=None if row.get("respondent") is None else str(row["respondent"]),
    )


def _order(row: Counted) -> tuple[tuple[bool, Any], ...]:
    return tuple((value is not None, value if value is not None else 0) for value in _keys(row))


def _keys(row: Counted) -> tuple[str | int | None, ...]:
    return (row.section, row.indicator, row.group, row.option, row.mark, row.weight, row.respondent)
