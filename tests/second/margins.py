"""What other weights make of a section, dominance, shrunk scores: part 13 of `docs/reference/bundle.md`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction as Q

from tests.second.files import Row
from tests.second.score import fixed

Vector = Sequence[Q]


def dot(one: Vector, other: Vector) -> Q:
    return sum((a * b for a, b in zip(one, other, strict=True)), Q(0))


class Box:
    """The marks of the sections compared, and all weights around the plan's."""

    def __init__(self, plan: Row, held: Row, scores: Vector, share: Q) -> None:
        known = {one["id"]: Q(one["weight"]) for one in plan["sources"]}
        shares = [known[one["source"]] for one in held["estimates"]]
        self.plain = [share / (sum(shares) or 1) for share in shares]
        told = [dict(zip(one["sections"], one["values"], strict=True)) for one in held["estimates"]]
        self.marks = [self.filled([one.get(name) for one in told]) for name in held["sections"]]
        self.added = [score - dot(self.plain, row) for score, row in zip(scores, self.marks, strict=True)]
        self.low, self.high = ([one * (1 + sign * share) for one in self.plain] for sign in (-1, 1))

    def filled(self, row: Sequence[Q | None]) -> list[Q]:
        there = [(weight, mark) for weight, mark in zip(self.plain, row, strict=True) if mark is not None]
        whole = sum(weight for weight, _ in there)
        mean = sum((weight * mark for weight, mark in there), Q(0)) / whole if whole else Q(0)
        return [mean if mark is None else mark for mark in row]

    def extreme(self, row: Vector, *, largest: bool) -> Q:
        """Return the greatest or the least of w·row: filled up from the lower ends, the best source first."""
        left, found = 1 - sum(self.low), dot(self.low, row)
        for at in sorted(range(len(row)), key=lambda one: row[one], reverse=largest):
            step = min(left, self.high[at] - self.low[at])
            left, found = left - step, found + step * row[at]
        return found

    def faults(self, j: int, told: Row) -> Iterator[str]:
        """Yield what of a section's `weights` does not follow, or is not proved by what stands beside it."""
        others = [k for k in range(len(self.marks)) if k != j]
        weights, shares = [Q(w) for w in told["at"]], [Q(one) for one in told["against"]]
        for name, largest in (("low", False), ("high", True)):
            if fixed(self.extreme(self.marks[j], largest=largest) + self.added[j], 10) != told[name]:
                yield name
        inside = all(a <= w <= b for a, w, b in zip(self.low, weights, self.high, strict=True)) and sum(weights) == 1
        gaps = [[x - y for x, y in zip(self.marks[k], self.marks[j], strict=True)] for k in others]
        beside = [self.added[k] - self.added[j] for k in others]
        reached = min((dot(weights, gap) + d for gap, d in zip(gaps, beside, strict=True)), default=Q(0))
        if not inside or fixed(reached, 10) != told["margin"]:
            yield "at"
        row = [dot(shares, [gap[at] for gap in gaps]) for at in range(len(weights))]
        most = self.extreme(row, largest=True) + dot(shares, beside)
        sound = all(one >= 0 for one in shares) and sum(shares) == (1 if others else 0)
        if not sound or fixed(most, 10) != told["margin"]:
            yield "against"
        if told["can_be_last"] is not (Q(told["margin"]) >= Q(-1, 10**9)):
            yield "can_be_last"

    def dominance(self) -> Q | None:
        rows = [[*row, added] for row, added in zip(self.marks, self.added, strict=True)]
        pairs = [(a, b) for at, a in enumerate(rows) for b in rows[:at]]
        held = sum(all(x >= y for x, y in zip(a, b, strict=True)) or all(x <= y for x, y in zip(a, b, strict=True))
                   for a, b in pairs)  # fmt: skip
        return Q(held, len(pairs)) if pairs else None


def shrunk(scores: Vector, errors: Sequence[float]) -> list[Row | None]:
    if len(scores) < 3 or not all(errors):
        return [None] * len(scores)
    values, weights = [float(score) for score in scores], [1 / error**2 for error in errors]
    whole = sum(weights)
    mean = sum(w * x for w, x in zip(weights, values, strict=True)) / whole
    apart = sum(w * (x - mean) ** 2 for w, x in zip(weights, values, strict=True))
    spread = max(0.0, (apart - (len(values) - 1)) / (whole - sum(w * w for w in weights) / whole))
    wide = [1 / (error**2 + spread) for error in errors]
    middle = sum(w * x for w, x in zip(wide, values, strict=True)) / sum(wide)
    shares = [spread / (spread + error**2) for error in errors]
    return [{"share": b, "score": middle + b * (x - middle)} for b, x in zip(shares, values, strict=True)]
