"""How many persons must go at least before a finding is undone: part 13 of `docs/reference/bundle.md`."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction as Q
from itertools import zip_longest

from tests.second.certainty import Source
from tests.second.files import Row

People = list[tuple[Q, Q]]  # of each person the mark of a section and the weight


class Flips:
    """One source among the sections compared."""

    def __init__(self, source: Source, names: Sequence[str], scores: Sequence[Q], weights: Sequence[Q]) -> None:
        self.source, self.names = source, names
        self.scores, self.weights = dict(zip(names, scores, strict=True)), dict(zip(names, weights, strict=True))
        self.people = {(name, up): self.persons(name, rising=up) for name in names for up in (True, False)}

    def persons(self, section: str, *, rising: bool) -> People:
        """Return those who marked a section; who said what together is the worst where no sheet tells it."""
        groups: dict[str, list[tuple[Q, Q]]] = defaultdict(list)
        source = self.source
        places = {(row["group"], row["stratum"]) for row in source.rows if row["section"] == section}
        for at in sorted(places):
            group = at[0] if source.year.groups(source.name) else ""
            said = self.sheets(section, at) if source.sheets[section, at] else self.beside(section, at, rising=rising)
            groups[group] += [(self.mark(section, group, given), weight) for given, weight in said if given]
        pulls: dict[str, Q] = defaultdict(Q)
        for (name, _, group), pull in source.pulls.items():
            pulls[group] += pull if name == section else 0
        return [(mark, weight * pulls[group] / sum(w for _, w in given))
                for group, given in groups.items() for mark, weight in given]  # fmt: skip

    def mark(self, section: str, group: str, given: Sequence[tuple[str, Q]]) -> Q:
        pulls = [(self.source.pulls[section, what, group], mark) for what, mark in given]
        return sum((pull * mark for pull, mark in pulls), Q(0)) / sum(pull for pull, _ in pulls)

    def sheets(self, section: str, at: tuple[str, str]) -> Iterator[tuple[list[tuple[str, Q]], Q]]:
        for sheet in self.source.sheets[section, at]:
            given = []
            for what, text in zip(self.source.asked, sheet["answers"].split("|"), strict=True):
                is_mean = self.source.year.indicators[what]["measure"] == "mean"
                counts = text != "-" and self.source.pile(sheet | {"indicator": what}) in self.source.pulls
                mark = self.source.worth(what, Q(text) if is_mean else text) if counts else None
                given += [] if mark is None else [(what, mark)]
            yield from [(given, Q(sheet["weight"]))] * int(sheet["times"])

    def beside(self, section: str, at: tuple[str, str], *, rising: bool) -> Iterator[tuple[list[tuple[str, Q]], Q]]:
        laid: dict[Q, dict[str, list[Q]]] = defaultdict(lambda: defaultdict(list))
        for row in self.source.placed[section, at]:
            mark = self.source.worth(row["indicator"], row["value"])
            if mark is not None and row["whole"]:
                laid[row["weight"]][row["indicator"]] += [mark] * row["times"]
        for weight, questions in laid.items():
            columns = [sorted(marks, reverse=not rising) for marks in questions.values()]
            for given in zip_longest(*columns):
                yield [(what, mark) for what, mark in zip(questions, given, strict=True) if mark is not None], weight

    def found(self, limits: Sequence[Q], shown: Callable[[Q], str]) -> Iterator[Row]:
        if len(self.names) > 1:
            yield self.of_last()
        for limit in limits:
            for name in self.names:
                if name in self.source.values:
                    records, many = self.of_limit(name, limit)
                    yield {"source": self.source.name, "claim": shown(limit), "section": name, "rival": "",
                           "records": records, "of": many}  # fmt: skip

    def of_limit(self, name: str, limit: Q) -> tuple[int | None, int]:
        rising = self.scores[name] < limit
        people, share = self.people[name, rising], self.weights[name]
        if not share:
            return None, len(people)
        bar = sum((weight * mark for mark, weight in people), Q(0)) + (limit - self.scores[name]) / share
        terms = sorted((weight * (bar - mark) * (1 if rising else -1) for mark, weight in people), reverse=True)
        left = sum(terms, Q(0))
        for gone, term in enumerate(terms):
            if left < 0 or (rising and left == 0):
                return gone, len(people)
            left -= term
        return None, len(people)

    def of_last(self) -> Row:
        last = min(self.names, key=lambda name: self.scores[name])
        tried = [(self.least(last, name), name) for name in self.names if name != last]
        found = sorted((many, name) for many, name in tried if many is not None)
        persons = sum(int(one["persons"] or 0) for one in self.source.strata.values())
        most = max(len(people) for people in self.people.values())
        return {"source": self.source.name, "claim": "last", "section": last, "rival": found[0][1] if found else "",
                "records": found[0][0] if found else None, "of": persons or most}  # fmt: skip

    def least(self, last: str, rival: str) -> int | None:
        """Return how many must go from both before the rival is lower; none go where they tie."""
        if self.scores[last] == self.scores[rival]:
            return 0
        low, high = self.people[last, True], self.people[rival, False]
        most = min(len(people) for people in (low, high) if people) - 1 if low or high else 0

        def is_lower(gone: int) -> bool:
            return self.without(rival, high, gone, rising=False) < self.without(last, low, gone, rising=True)

        found = bisect_left(range(1, most + 1), 1, key=is_lower)  # the more go, the lower stands the rival
        return found + 1 if found < most else None

    def without(self, name: str, people: People, gone: int, *, rising: bool) -> Q:
        """Return the score without so many of those who hold it up or down the most."""
        if not people:
            return self.scores[name]
        whole = mean = average(people)
        while True:
            by = sorted(people, key=lambda one, at=mean: one[1] * (one[0] - at), reverse=rising)
            again = average(by[: len(people) - gone])
            if again == mean:
                return self.scores[name] + self.weights[name] * (mean - whole)
            mean = again


def average(people: People) -> Q:
    return sum((weight * mark for mark, weight in people), Q(0)) / sum(weight for _, weight in people)
