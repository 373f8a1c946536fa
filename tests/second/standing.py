"""What may be said of scores, limits and ranks: parts 10.4, 11 and 12 of `docs/reference/bundle.md`."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction as Q

import numpy as np
from scipy import special

from tests.second.certainty import Source, never_sure, satterthwaite
from tests.second.score import Row, Year, rounded

Parts = list[tuple[float, float]]  # variances of independent parts, with their degrees of freedom


class UnsureError(Exception):
    """Nothing tells how sure a source's marks are, for this code."""


def quantile(share: float, df: float) -> float:
    return float(special.ndtri(share) if math.isinf(df) else special.stdtrit(df, share))


def below(value: float, df: float) -> float:
    if math.isinf(value):
        return float(value > 0)
    return float(special.ndtr(value) if math.isinf(df) else special.stdtr(df, value))


# 10.4 rows without the number of their person


def without_persons(source: Source, reading: str) -> tuple[list[float], list[float], list[int]]:
    own, dfs, counts = [], [], []
    many: dict[tuple[str, str], int] = defaultdict(int)
    for (section, what, _), heap in source.heaps.items():
        many[section, what] += sum(row["times"] for _, row in heap)
    pooled = visited(source) if reading == "visits" else {}
    for name in source.values:
        parts: Parts = []
        if reading == "visits":
            parts = [of_visits(source, name, what, *pooled[what]) for what in source.asked if (name, what) in many]
        else:
            parts = [of_pile(source, pile, reading) for pile in source.heaps if pile[0] == name]
            parts = parts if sum(v for v, _ in parts) > 0 else [(source.floor(name), math.inf)]
        own.append(math.fsum(variance for variance, _ in parts))
        dfs.append(satterthwaite(parts))
        counts.append(max((n for (section, _), n in many.items() if section == name), default=0))
    return own, dfs, counts


def of_pile(source: Source, pile: tuple[str, str, str], reading: str) -> tuple[float, float]:
    heap, pull, mean = source.heaps[pile], source.pulls[pile], source.means[pile]
    many = sum(row["times"] for _, row in heap)
    if reading == "cases" and {mark for mark, _ in heap} <= {0, 100}:
        return float(pull) ** 2 * never_sure(round(mean * many / 100), many), math.inf
    if many <= 1:
        return 0.0, math.inf
    frame = sum(int(one["frame"] or 0) for one in source.strata.values() if one["group"] == pile[2])
    left = 1 - Q(many, frame) if frame >= many else Q(1)
    squares = sum(row["times"] * (row["weight"] * (mark - mean)) ** 2 for mark, row in heap)
    return float(pull**2 * left * squares / source.sums[pile] ** 2 * Q(many, many - 1)), many - 1


def visited(source: Source) -> dict[str, tuple[Q, int]]:
    """Return of each indicator the variance of a visit, pooled over the sections, and its degrees of freedom."""
    found = {}
    for what in source.asked:
        squares, df = Q(0), 0
        for name in source.values:
            marks = [mark for pile, heap in source.heaps.items() if pile[:2] == (name, what)
                     for mark, row in heap for _ in range(row["times"])]  # fmt: skip
            if marks:
                mean = sum(marks) / len(marks)
                squares, df = squares + sum((mark - mean) ** 2 for mark in marks), df + len(marks) - 1
        if df < 1 and any(pile[1] == what for pile in source.heaps):
            raise UnsureError("estimate.too_few_visits")
        found[what] = squares / (df or 1), df
    return found


def of_visits(source: Source, name: str, what: str, variance: Q, df: int) -> tuple[float, float]:
    piles = [pile for pile in source.heaps if pile[:2] == (name, what)]
    rows = [row for pile in piles for _, row in source.heaps[pile]]
    whole = sum(row["whole"] for row in rows)
    share = sum(row["times"] * row["weight"] ** 2 for row in rows) / whole**2
    return float(sum(source.pulls[pile] for pile in piles) ** 2 * variance * share), float(df)


# 12 one source's estimate


def estimate(year: Year, source: Source, *, by_counts: bool = False) -> Row:
    name, names = source.name, list(source.values)
    reading = year.reading[name] if source.heaps else "facts"
    if reading == "people" and source.is_numbered:
        cells, dfs, counts = source.covariance(by_counts=by_counts)
    else:
        own, dfs, counts = ([0.0] * len(names), [math.inf] * len(names), [0] * len(names))
        if reading != "facts":
            own, dfs, counts = without_persons(source, reading)
        cells = [[own[j] if j == k else 0.0 for k in range(len(names))] for j in range(len(names))]
    if reading == "facts":
        counts = [sum(r["times"] for r in year.rows if (r["source"], r["section"]) == (name, one)) for one in names]
    words = {"people": "ballots" if source.one["kind"] == "assembly" else "survey"}
    return {
        "source": name, "sections": names, "values": [rounded(one, 10) for one in source.values.values()],
        "covariance": [[round(cell, 10) for cell in row] for row in cells], "method": words.get(reading, reading),
        "df": [None if math.isinf(df) else round(df, 6) for df in dfs], "counts": counts,
        "dont_know": [silent(year, source, one) for one in names],
    }  # fmt: skip


def silent(year: Year, source: Source, section: str) -> Q | None:
    scales = [one["scale"] for one in year.indicators.values() if one["source"] == source.name]
    asks = any(box["value"] is None for scale in scales for box in year.boxes.get(scale, {}).values())
    rows = [row for row in source.rows if row["section"] == section and row["whole"]]
    whole = sum(row["times"] for row in rows)
    silent_ = sum(row["times"] for row in rows if source.worth(row["indicator"], row["value"]) is None)
    return rounded(Q(silent_, whole), 10) if asks and whole else None


class Composite:
    """11.1 Scores with their covariance and degrees of freedom, in the order of the sections."""

    def __init__(self, estimates: Sequence[Row], weights: Sequence[Sequence[Q]], names: Sequence[str],
                 scores: Sequence[Q]) -> None:  # fmt: skip
        self.names, self.scores, self.size = names, scores, len(names)
        blocks = [self.block(one, row) for one, row in zip(estimates, weights, strict=True)]
        dfs = [self.by_name(one, one["df"]) for one in estimates]
        every, known = range(self.size), [[math.inf if df is None else df for df in row] for row in dfs]
        self.cells = [[math.fsum(block[j][k] for block in blocks) for k in every] for j in every]
        self.errors = [math.sqrt(max(0.0, self.cells[j][j])) for j in every]
        self.df = [satterthwaite((b[j][j], df[j]) for b, df in zip(blocks, known, strict=True)) for j in every]
        self.gaps = [[self.gap(j, k, blocks, known) for k in every] for j in every]

    def by_name(self, one: Row, values: Sequence[float | None]) -> list[float | None]:
        told = dict(zip(one["sections"], values, strict=True))
        return [told.get(name) for name in self.names]

    def block(self, one: Row, weights: Sequence[Q]) -> list[list[float]]:
        rows = dict(zip(one["sections"], one["covariance"], strict=True))
        whole = [self.by_name(one, rows[name]) if name in rows else [None] * self.size for name in self.names]
        return [[(cell or 0.0) * float(weights[j] * weights[k]) for k, cell in enumerate(row)]
                for j, row in enumerate(whole)]  # fmt: skip

    def gap(self, j: int, k: int, blocks: Sequence[Sequence[Sequence[float]]],
            dfs: Sequence[Sequence[float]]) -> tuple[float, float]:  # fmt: skip
        """Return the standard error of a difference and its degrees of freedom."""
        if j == k:
            return 0.0, math.inf
        parts = [(max(0.0, b[j][j] + b[k][k] - 2 * b[j][k]),
                  min(df[j] if b[j][j] else math.inf, df[k] if b[k][k] else math.inf))
                 for b, df in zip(blocks, dfs, strict=True)]  # fmt: skip
        whole = self.cells[j][j] + self.cells[k][k] - 2 * self.cells[j][k]
        return math.sqrt(max(0.0, whole)), satterthwaite(parts)

    def is_above(self, j: int, k: int, tail: float) -> bool:
        gap, (error, df) = self.scores[j] - self.scores[k], self.gaps[j][k]
        return gap > 0 and float(gap) > quantile(1 - tail, df) * error

    def ranks(self, alpha: float) -> list[Row]:
        every, found = range(self.size), []
        for j in every:
            best = 1 + sum(self.is_above(k, j, alpha) for k in every)
            found.append({"best": best, "worst": self.size - sum(self.is_above(j, k, alpha) for k in every)})
        return found


class Class:
    """11.2 What may be said of sections that are ranked together."""

    def __init__(self, year: Year, found: Composite, *, thin: Sequence[str], is_coarse: bool) -> None:
        self.year, self.found, self.thin, self.is_coarse = year, found, thin, is_coarse
        self.alpha, self.every, self.names = float(Q(str(year.rules["level"]))), range(found.size), found.names
        tests = [test for trigger in year.plan["triggers"] for test in trigger["all_of"]]
        self.limits = sorted({Q(t["score"]) for t in tests if t["kind"] == "below" and t["score"] is not None})
        self.last = self.last_test() if found.size > 1 else None
        self.below = [self.against(limit) for limit in self.limits]

    def sections(self) -> list[Row]:
        found, size, alpha = self.found, self.found.size, self.alpha
        pairs = max(1, size * (size - 1))
        alone, together = found.ranks(alpha / (2 * max(1, size - 1))), found.ranks(alpha / pairs)
        rows = []
        for j in self.every:
            half = quantile(1 - alpha / 2, found.df[j]) * found.errors[j]
            maybe = not any(found.is_above(j, k, alpha / (size - 1)) for k in self.every) if size > 1 else True
            score = float(found.scores[j])
            rows.append({
                "section": self.names[j], "rank": 1 + sum(other > found.scores[j] for other in found.scores),
                "interval": {"score": rounded(found.scores[j], 10), "standard_error": found.errors[j],
                             "low": score - half, "high": score + half, "df": finite(found.df[j])},
                "ranks": alone[j], "ranks_together": together[j], "may_be_last": maybe,
                "last": self.standing_last(j, maybe=maybe), "limits": [told[j] for told in self.below],
            })  # fmt: skip
        return rows

    def standing_last(self, j: int, *, maybe: bool) -> str:
        if self.names[j] in self.thin:
            return "insufficient"
        if self.last and self.names[j] in self.last["sections"]:
            return str(self.last["standing"])
        return "undetermined" if self.last and self.last["standing"] != "confirmed" and maybe else "refuted"

    def against(self, limit: Q) -> list[Row]:
        found, rows = self.found, []
        for j in self.every:
            gap, error, df = found.scores[j] - limit, found.errors[j], found.df[j]
            p = below(float(gap) / error, df) if error else float(gap >= 0)
            half = Q(quantile(1 - self.alpha, df) * error)
            standing = "confirmed" if gap + half < 0 else "refuted" if gap - half >= 0 else "undetermined"
            rows.append({"limit": rounded(limit, 10), "is_below": gap < 0, "p": p,
                         "standing": "insufficient" if self.names[j] in self.thin else standing})  # fmt: skip
        reached = 0.0
        for place, row in enumerate(sorted(rows, key=lambda one: float(one["p"]))):
            reached = max(reached, (found.size - place) * row["p"])
            row["p_holm"] = min(1.0, reached)
        return rows

    def last_test(self) -> Row:
        found, lowest = self.found, min(self.found.scores)
        lasts = [j for j in self.every if found.scores[j] == lowest]
        rivals = [self.rival(k, lasts[0]) for k in self.every if k != lasts[0]]
        gap, error, df, t, p, name = min(rivals, key=lambda one: (one[3] if one[0] else 0.0, -one[4], one[5]))
        is_sure = all(one[0] > 0 and one[3] > quantile(1 - self.alpha / 2, one[2]) for one in rivals)
        names = [self.names[j] for j in lasts]
        standing = "tie" if len(lasts) > 1 else "confirmed" if is_sure else "undetermined"
        thin = standing == "confirmed" and set(names) & set(self.thin)
        return {"sections": names, "rival": name, "gap": rounded(gap, 10), "standard_error": error, "df": finite(df),
                "t": finite(t if gap else 0.0), "p": p if gap else 1.0,
                "standing": "insufficient" if thin else standing}  # fmt: skip

    def rival(self, k: int, j: int) -> tuple[Q, float, float, float, float, str]:
        gap, (error, df) = abs(self.found.scores[k] - self.found.scores[j]), self.found.gaps[k][j]
        t = float(gap) / error if error else math.inf
        return gap, error, df, t, 2 * below(-t, df), self.names[k]

    def ranking(self) -> Row | None:
        """11.3 Return whether the sections differ at all."""
        found, size = self.found, self.found.size
        if size < 2:
            return None
        within, is_plain = min(found.df), not any(found.cells[j][k] for j in self.every for k in range(j))
        if self.is_coarse or (not is_plain and within < 2 * (size - 1)):
            pairs = [self.rival(j, k) for j in self.every for k in range(j)]
            gap, _, df, t, p, _ = min(pairs, key=lambda one: (one[4] if one[0] else 1.0, -one[0]))
            statistic, told, top, tail = t**2 if gap else 0.0, df, 1, min(1.0, len(pairs) * p) if gap else 1.0
        else:
            statistic, told, top = self.wald(), within, size - 1
            lost = 0 if is_plain or math.isinf(within) else size - 2
            scaled = statistic * (1.0 if not lost else (within - lost) / within) / top
            tail = (
                special.chdtrc(top, top * scaled) if math.isinf(within) else special.fdtrc(top, within - lost, scaled)
            )
            tail = 0.0 if math.isinf(scaled) else float(tail)
        return {"statistic": statistic, "df": top, "df_within": finite(told), "p": tail, "is_there": tail < self.alpha}

    def wald(self) -> float:
        cells, first = np.array(self.found.cells), self.found.scores[0]
        turn = np.hstack([-np.ones((self.found.size - 1, 1)), np.eye(self.found.size - 1)])
        values, vectors = np.linalg.eigh(turn @ cells @ turn.T)
        gaps = vectors.T @ np.array([float(score - first) for score in self.found.scores[1:]])
        known = values <= 1e-12 * max(float(values.max()), 0.0)
        if np.any(np.abs(gaps[known]) > 1e-9):
            return math.inf
        return float(np.sum(gaps[~known] ** 2 / values[~known]))


def finite(number: float) -> float | None:
    return number if math.isfinite(number) else None
