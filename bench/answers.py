"""Counting ten million answers: the house's expressions, pandas, and a query written by hand."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

import measure
from pingyi.analytics.answers import from_parquet
from pingyi.analytics.tally import tally

CHUNK = 1_000_000
OPTIONS = ["satisfied", "fairly", "dissatisfied", "dont_know"]
BY_HAND = """
    SELECT section, indicator, "group", "option", mark, count(*), sum(weight), count(weight), min(weight),
           count(happened_on), min(happened_on), max(happened_on)
    FROM read_parquet(?) GROUP BY ALL
"""


def figures(size: int = 10_000_000) -> list[measure.Figure]:
    """Measure, and say how many times the hand-written query each takes."""
    with tempfile.TemporaryDirectory() as folder:
        small, large = Path(folder) / "small.parquet", Path(folder) / "large.parquet"
        make(small, size // 10)
        make(large, size)
        runs = measure.together("answers", ("by_hand", "ours"), large)
        runs["with_pandas"] = measure.alone("answers", "with_pandas", large, times=1)
        little = measure.alone("answers", "ours", small)
    return _figures(runs, little, size)


def _figures(runs: dict[str, measure.Run], little: measure.Run, size: int) -> list[measure.Figure]:
    if len({run.answer for run in runs.values()}) != 1:
        raise RuntimeError(f"the three do not agree: {[run.answer for run in runs.values()]}")
    hand, ours, pandas = runs["by_hand"], runs["ours"], runs["with_pandas"]
    count = f"{size:,} answers"
    return [
        measure.Figure(
            name="answers/by-hand",
            what=f"time to count {count}, against SQL written by hand",
            ratio=f"{ours.seconds / hand.seconds:.2f} ×",
            detail=f"{ours.seconds:.2f} s : {hand.seconds:.2f} s; goal 1.3 × or less",
        ),
        measure.Figure(
            name="answers/pandas",
            what=f"time to count {count}, against pandas",
            ratio=f"{ours.seconds / pandas.seconds:.2f} ×",
            detail=f"{ours.seconds:.2f} s : {pandas.seconds:.2f} s",
        ),
        measure.Figure(
            name="answers/memory",
            what=f"most memory held for {count}, against a tenth of them",
            ratio=f"{ours.peak_mb / little.peak_mb:.2f} ×",
            detail=f"{ours.peak_mb:.0f} MB : {little.peak_mb:.0f} MB; pandas holds {pandas.peak_mb:.0f} MB",
        ),
    ]


def make(path: Path, size: int) -> None:
    """Write `size` made-up answers, the same every time."""
    chance = np.random.default_rng(20121231)
    writer = None
    for start in range(0, size, CHUNK):
        table = _chunk(chance, start, min(CHUNK, size - start))
        writer = writer or pq.ParquetWriter(path, table.schema)
        writer.write_table(table)
    if writer:
        writer.close()


def _chunk(chance: np.random.Generator, start: int, count: int) -> pa.Table:
    def words(names: list[str]) -> pa.Array:
        return pa.array(np.array(names)[chance.integers(0, len(names), count)])

    days = np.datetime64("2026-08-01") + chance.integers(0, 60, count)
    return pa.table(
        {
            "respondent": pa.array(np.arange(start, start + count)),
            "section": words([f"section-{number:02}" for number in range(40)]),
            "indicator": words([f"indicator-{number}" for number in range(12)]),
            "option": words(OPTIONS),
            "mark": pa.nulls(count, pa.int64()),
            "weight": pa.array(chance.integers(1, 2_000_000, count)),
            "group": words(["clients", "delegates", "firms", "supervisors"]),
            "happened_on": pa.array(days.astype("datetime64[D]")),
        }
    )


def ours(path: str) -> measure.Part:
    """Count with the house's expressions."""

    def work() -> str:
        rows = tally(from_parquet(path))
        return f"{len(rows)} {sum(row.answers for row in rows)} {sum(row.weight for row in rows)}"

    from_parquet(path)  # loads the libraries, reads no rows
    return _part(work)


def by_hand(path: str) -> measure.Part:
    """Count with a query written by hand; rows are fetched into Python, as ours are."""

    def work() -> str:
        rows = duckdb.connect().execute(BY_HAND, [path]).fetchall()
        return f"{len(rows)} {sum(row[5] for row in rows)} {sum(int(row[6]) for row in rows)}"

    duckdb.connect().read_parquet(path)
    return _part(work)


def _part(work: Callable[[], object]) -> measure.Part:
    seconds, answer = measure.timed(work)
    return measure.Part(seconds=seconds, answer=answer)


def with_pandas(path: str) -> str:
    """Count with pandas."""
    frame = pd.read_parquet(path)
    keys = ["section", "indicator", "group", "option", "mark"]
    grouped = frame.groupby(keys, dropna=False, observed=True)
    days = grouped["happened_on"].agg(["count", "min", "max"])
    weights = grouped["weight"].agg(["size", "sum", "count", "min"])
    rows = weights.join(days, rsuffix="_on")
    return f"{len(rows)} {int(rows['size'].sum())} {int(rows['sum'].sum())}"
