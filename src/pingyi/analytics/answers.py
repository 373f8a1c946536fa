"""Where raw answers come from: Parquet or Arrow, read by DuckDB inside the process, without any extension."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import narwhals as nw

from pingyi.rules.refused import Refused

if TYPE_CHECKING:
    import pyarrow as pa

# One answer: who (a number without a name), about whom and what, an option *or* a mark, how much it stands for.
COLUMNS = ("respondent", "section", "indicator", "option", "mark", "weight", "group", "happened_on")
NUMBERS = frozenset({"mark", "weight"})


def from_parquet(path: Path | str, *, threads: int | None = None) -> nw.LazyFrame[Any]:
    """Open a Parquet file (or a pattern of several) of answers; nothing is read until something is asked."""
    return checked(nw.from_native(_connection(threads).read_parquet(str(path))))


def from_arrow(table: pa.Table, *, threads: int | None = None) -> nw.LazyFrame[Any]:
    """Open an Arrow table of answers."""
    return checked(nw.from_native(_connection(threads).from_arrow(table)))


def checked(frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Return the frame if it has the columns of answers, its numbers whole; refuse it otherwise.

    Marks and weights are scaled integers, so that their sums are exact and the same on any engine in any order.
    """
    schema = frame.collect_schema()
    missing = [name for name in COLUMNS if name not in schema]
    if missing:
        raise Refused("answers.columns_missing", missing=", ".join(missing))
    inexact = sorted(name for name in NUMBERS if not schema[name].is_integer())
    if inexact:
        raise Refused("answers.numbers_inexact", inexact=", ".join(inexact))
    return frame


def _connection(threads: int | None) -> Any:
    import duckdb

    settings: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }
    return duckdb.connect(config=settings | ({"threads": str(threads)} if threads else {}))
