"""How sure the marks of each source are, from the published tables alone: part 10 of `docs/reference/bundle.md`."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from fractions import Fraction as Q

from tests.second.score import Row, Year, mark_of

Pile = tuple[str, str, str]  # section, indicator, elector group
At = tuple[str, str]  # elector group, stratum
Moves = list[tuple[Q, int]]  # by how much an answer or a sheet moves the mark, and how many do


def never_sure(successes: int, cases: int) -> float:
    """10.4 Return the variance of a share that is never 0."""
    share = Q(successes + 2, cases + 4)
    return float(10_000 * share * (1 - share) / (cases + 4))


def satterthwaite(parts: Iterable[tuple[float, float]]) -> float:
    """Return the degrees of freedom of a sum of independent variances, given with theirs."""
    known = [(variance, df) for variance, df in parts if variance > 0]
    below = math.fsum(variance * variance / df for variance, df in known)
    return math.fsum(variance for variance, _ in known) ** 2 / below if below else math.inf


class Source:
    """10.1 What one source is in some sheets: its piles, what they weigh, and what an answer moves."""

    def __init__(self, year: Year, name: str, sheets: Sequence[Row], tables: dict[str, list[Row]]) -> None:
        self.year, self.name, self.one = year, name, year.sources[name]
        self.values = {s["section"]: m for s in sheets if (m := mark_of(s, name)[1]) is not None}
        self.asked = [i["id"] for i in year.plan["indicators"] if i["source"] == name and i["measure"] != "demerits"]
        self.lines = {(s["section"], one["indicator"]): one for s in sheets if s["section"] in self.values
                      for one in s["lines"] if one["kind"] == "mark" and one["source"] == name}  # fmt: skip
        self.weights = {s["section"]: mark_of(s, name)[0] for s in sheets}
        self.rows = [row for row in year.rows if row["source"] == name and self.counts(row)]
        self.heaps: dict[Pile, list[tuple[Q, Row]]] = defaultdict(list)
        for row in self.rows:
            mark = self.worth(row["indicator"], row["value"])
            if mark is not None and row["whole"]:
                self.heaps[self.pile(row)].append((mark, row))
        electors = {one["id"]: Q(one["weight"]) for one in year.groups(name)}
        whole: dict[tuple[str, str], Q] = defaultdict(Q)
        for section, indicator, group in self.heaps:
            whole[section, indicator] += electors.get(group, Q(1))
        self.pulls = {
            (section, what, group): self.lines[section, what]["weight"] / self.weights[section]
            * electors.get(group, Q(1)) / whole[section, what]
            for section, what, group in self.heaps
        }  # fmt: skip
        self.sums = {pile: sum(row["whole"] for _, row in heap) for pile, heap in self.heaps.items()}
        self.means = {pile: sum(mark * row["whole"] for mark, row in heap) / self.sums[pile]
                      for pile, heap in self.heaps.items()}  # fmt: skip
        self.strata = {(one["group"], one["stratum"]): one for one in tables["sample.csv"] if one["source"] == name}
        self.sheets: dict[tuple[str, At], list[Row]] = defaultdict(list)
        for sheet in tables["sheets.csv"]:
            if sheet["source"] == name:
                self.sheets[sheet["section"], (sheet["group"], sheet["stratum"])].append(sheet)
        self.placed: dict[tuple[str, At], list[Row]] = defaultdict(list)
        for row in self.rows:
            self.placed[row["section"], (row["group"], row["stratum"])].append(row)
        self.heaviest: dict[At, Q] = defaultdict(Q)
        for row in (one for one in year.rows if one["source"] == name):
            at = row["group"], row["stratum"]
            self.heaviest[at] = max(self.heaviest[at], row["weight"])
        self.steps = {(one["a"], one["b"]): int(one["steps"]) for one in tables["pairs.csv"] if one["source"] == name}
        self.reaches = {(section, at): self.reach(section, at) for section in self.values for at in self.strata}
        self.is_numbered = any(one["units"] for one in self.strata.values())
        self.is_clustered = any(one["units"] != one["persons"] for one in self.strata.values())

    def pile(self, row: Row) -> Pile:
        return row["section"], row["indicator"], row["group"] if self.year.groups(self.name) else ""

    def counts(self, row: Row) -> bool:
        line = self.lines.get((row["section"], row["indicator"]))
        return bool(line and row["indicator"] in self.asked and row["group"] not in line["dropped_groups"])

    def worth(self, indicator: str, value: str | Q) -> Q | None:
        one = self.year.indicators[indicator]
        raw = self.year.worth(one, one["measure"])(value)
        return None if raw is None else 100 * raw / self.year.most(one)

    def moved(self, pile: Pile, value: str | Q, weight: Q) -> Q | None:
        """Return what an answer moves its section's mark by; None where it gives none."""
        mark = self.worth(pile[1], value) if pile in self.pulls else None
        return None if mark is None else self.pulls[pile] * weight * (mark - self.means[pile]) / self.sums[pile]

    # 10.2 one section's own variance

    def factor(self, at: At) -> Q:
        one = self.strata[at]
        units, frame = int(one["units"] or 0), int(one["frame"] or 0)
        if units < 2:
            return Q(0)
        if int(one["joined"]) > 1:
            return Q(int(one["least"]), int(one["least"]) - 1)
        return (1 - Q(units, frame) if frame >= units else Q(1)) * Q(units, units - 1)

    def spread(self, at: At, moves: Moves) -> float:
        squares, sums = sum((u * u * n for u, n in moves), Q(0)), sum((u * n for u, n in moves), Q(0))
        return float(self.factor(at) * (squares - sums * sums / int(self.strata[at]["units"])))

    def questions(self, section: str, at: At) -> dict[str, Moves]:
        """Return of each question what its answers moved in a stratum."""
        found: dict[str, Moves] = defaultdict(list)
        for row in self.placed[section, at]:
            moved = self.moved(self.pile(row), row["value"], row["weight"])
            found[row["indicator"]] += [(moved, row["times"])] if moved is not None else []
        return {name: moves for name, moves in found.items() if moves}

    def of_question(self, at: At, moves: Moves) -> float:
        if self.is_clustered:
            return float(self.factor(at) * sum(abs(u) * n for u, n in moves) ** 2)
        return self.spread(at, moves)

    def said(self, sheet: Row) -> list[Q]:
        """Return what the answers of a sheet that give a mark move it by."""
        found = []
        for what, text in zip(self.asked, sheet["answers"].split("|"), strict=True):
            value = Q(text) if self.year.indicators[what]["measure"] == "mean" and text != "-" else text
            moved = (
                None if text == "-" else self.moved(self.pile(sheet | {"indicator": what}), value, Q(sheet["weight"]))
            )
            found += [] if moved is None else [moved]
        return found

    def laid(self, section: str, at: At) -> tuple[Moves, int, int]:
        """Return what the sheets of a stratum moved, how many units and how many persons gave a mark."""
        moves: dict[object, tuple[Q, int]] = {}
        raters, persons = set(), 0
        for place, sheet in enumerate(self.sheets[section, at]):
            said, times, cluster = self.said(sheet), int(sheet["times"]), sheet["cluster"]
            one, before = sum(said, Q(0)), moves.get(cluster, (Q(0), 1))[0]
            moves[cluster or place] = (before + one * times, 1) if cluster else (one, times)
            if said:
                raters, persons = raters | {cluster}, persons + times
        return list(moves.values()), len(raters) if self.is_clustered else persons, persons

    def column(self, section: str, at: At, *, by_counts: bool = False) -> tuple[float, int, int]:
        """Return a stratum's part of the variance, how many units and how many persons gave a mark."""
        if self.sheets[section, at] and not by_counts:
            moves, raters, persons = self.laid(section, at)
            return self.spread(at, moves), raters, persons
        asked = self.questions(section, at)
        persons = max((sum(n for _, n in moves) for moves in asked.values()), default=0)
        parts = [self.of_question(at, moves) for moves in asked.values()]
        part = math.fsum(math.sqrt(one) for one in parts) ** 2 if len(parts) > 1 else math.fsum(parts)
        return part, min(1, persons) if self.is_clustered else persons, persons

    def own(self, section: str, *, by_counts: bool = False) -> tuple[float, float, int]:
        """Return a section's variance, its degrees of freedom, and how many gave it a mark."""
        variance, df, count = 0.0, 0, 0
        for at, line in sorted(self.strata.items()):
            part, raters, persons = self.column(section, at, by_counts=by_counts)
            variance, count = variance + part, count + persons
            df += raters - int(line["joined"]) if raters else 0
        if by_counts and (len(self.asked) > 1 or self.is_clustered):
            variance = math.fsum(self.any_pairing(section, group) for group in {group for group, _ in self.strata})
        if variance <= 0:
            return self.floor(section), math.inf, count
        return variance, float(max(1, df)), count

    def any_pairing(self, section: str, group: str) -> float:
        """10.5 Return the most that an elector group's part can be, whatever was answered together."""
        found: dict[str, float] = defaultdict(float)
        for at in (one for one in self.strata if one[0] == group):
            for what, moves in self.questions(section, at).items():
                found[what] += self.of_question(at, moves)
        return math.fsum(math.sqrt(one) for one in found.values()) ** 2

    def floor(self, section: str) -> float:
        """10.4 Return the variance where all answers are alike."""
        many = {pile: sum(row["times"] for _, row in heap) for pile, heap in self.heaps.items()}
        return math.fsum(float(pull) ** 2 * never_sure(many[pile], many[pile])
                         for pile, pull in self.pulls.items() if pile[0] == section)  # fmt: skip

    # 10.3 two sections

    def reach(self, section: str, at: At) -> Q:
        """Return the most that one person of a stratum can move a section's mark by."""
        found = Q(0)
        for pile, heap in self.heaps.items():
            if pile[0] == section and pile[2] in {"", at[0]}:
                marks = [mark for mark, _ in heap]
                found += self.pulls[pile] * self.heaviest[at] / self.sums[pile] * (max(marks) - min(marks))
        return found

    def step(self, a: str, b: str) -> Q:
        persons = sum(int(one["persons"]) for one in self.strata.values())
        share = Q(1) if persons < 60 else Q(1, 2) if persons < 200 else Q(1, 4)
        return share * max(self.factor(at) * self.reaches[a, at] * self.reaches[b, at] for at in self.strata)

    def greatest(self, a: str, b: str) -> float:
        """Return the most that any pairing of the published sheets gives: both sides in order, stratum by stratum."""
        whole = 0.0
        for at, line in self.strata.items():
            sides = [self.side(name, at) for name in (a, b)]
            if None in sides:
                whole += math.sqrt(self.column(a, at)[0] * self.column(b, at)[0])
                continue
            one, other = (
                sorted([*side, *[Q(0)] * (int(line["units"]) - len(side))]) for side in sides if side is not None
            )
            both = sum((x * y for x, y in zip(one, other, strict=True)), Q(0))
            whole += float(self.factor(at) * (both - sum(one) * sum(other) / int(line["units"])))
        return whole

    def side(self, section: str, at: At) -> list[Q] | None:
        """Return what each unit moved, where that is published."""
        asked = self.questions(section, at)
        if self.sheets[section, at]:
            return [u for u, n in self.laid(section, at)[0] for _ in range(n)]
        if len(asked) > 1 or self.is_clustered:
            return None
        return [u for moves in asked.values() for u, n in moves for _ in range(n)]

    def covariance(self, *, by_counts: bool = False) -> tuple[list[list[float]], list[float], list[int]]:
        own = {name: self.own(name, by_counts=by_counts) for name in self.values}
        size, names = len(own), list(own)
        cells = [[0.0] * size for _ in names]
        for j, a in enumerate(names):
            cells[j][j] = own[a][0]
            for k, b in enumerate(names[:j]):
                found = -math.sqrt(own[a][0]) * math.sqrt(own[b][0])
                steps = self.steps.get((min(a, b), max(a, b)))
                if steps is not None and not by_counts:
                    found = max(float(steps * self.step(a, b)), found)
                cells[j][k] = cells[k][j] = found
        return cells, [df for _, df, _ in own.values()], [count for *_, count in own.values()]
