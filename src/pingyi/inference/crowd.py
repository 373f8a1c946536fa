"""Persons who marked one section, as far as what is published tells them: who must go for its score to move (§5.2).

A person's mark of a section is the mean of the answers, each as heavy as its question; the persons of an elector group
share the group's weight. Where no sheets are told, the lowest single answers count as one person's, then the next
(or the highest, where a score is to fall): no answers of real persons lie further out.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from pingyi.inference.sums import dot
from pingyi.inference.told import Marked, Told
from pingyi.rules.published.pairs import At

Answered = list[tuple[Marked, int]]  # equal answers to one question, and how many gave each


@dataclass(frozen=True, slots=True)
class Alike:
    """So many persons of the same weight and mark; both in whole parts."""

    weight: int
    mark: int
    times: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Crowd:
    """All who marked a section; a mark is so many of `parts` of a point."""

    people: tuple[Alike, ...]
    parts: int

    @property
    def size(self) -> int:
        """How many there are."""
        return sum(one.times for one in self.people)

    def mean(self) -> Fraction:
        """Return their mark."""
        whole = sum(one.times * one.weight for one in self.people)
        return Fraction(sum(one.times * one.weight * one.mark for one in self.people), whole * self.parts)

    def fewest(self, bar: Fraction, *, up: bool) -> int | None:
        """Return how few must go for the mean to reach the bar, or to fall below it; None where nobody's going does.

        The mean of those left is at the bar just where Σ weight × (bar − mark) over them is no more than 0, so those go
        first who add most to it: no other choice of so many does more.
        """
        level = bar * self.parts
        held = [(one.weight * (level - one.mark if up else one.mark - level), one.times) for one in self.people]
        need, gone = sum((pull * times for pull, times in held), Fraction(0)), 0
        for pull, times in sorted(held, reverse=True):
            if pull <= 0:
                return None
            enough = math.ceil(need / pull) if up else math.floor(need / pull) + 1
            if enough <= times:
                return gone + enough if gone + enough < self.size else None
            need, gone = need - pull * times, gone + times
        return None

    def furthest(self, gone: int, *, up: bool) -> Fraction:
        """Return the highest mean (or the lowest) that is left when so many go; one stays in any case.

        Who stays best depends on the mean that comes out: from the mean of all it rises until it stands (Dinkelbach).
        """
        stay, mean = max(1, self.size - gone), self.mean() * self.parts
        while True:
            best = self._of_those_who_stay(stay, mean, up=up)
            if best == mean:
                return mean / self.parts
            mean = best

    def _of_those_who_stay(self, stay: int, mean: Fraction, *, up: bool) -> Fraction:
        above, below = (mean.denominator, mean.numerator) if up else (-mean.denominator, -mean.numerator)
        whole = marks = 0
        for one in sorted(self.people, key=lambda one: one.weight * (above * one.mark - below), reverse=True):
            kept = min(stay, one.times)
            whole, marks, stay = whole + kept * one.weight, marks + kept * one.weight * one.mark, stay - kept
        return Fraction(marks, whole)


@dataclass(frozen=True, kw_only=True)
class Parts:
    """What there is of each section, so that a province's lines are not gone through for each of its sections."""

    strata: Mapping[str, Sequence[At]]
    pulls: Mapping[str, Mapping[str, Fraction]]  # section → elector group → what it weighs, over all questions


def parts_of(told: Told) -> Parts:
    """Lay a source's strata and pulls out by section."""
    strata: dict[str, list[At]] = defaultdict(list)
    for name, at in told.answers:
        strata[name].append(at)
    pulls: dict[str, dict[str, Fraction]] = defaultdict(lambda: defaultdict(Fraction))
    for (name, _, group), pull in told.moving.pulls.items():
        pulls[name][group] += pull
    return Parts(strata=strata, pulls=pulls)


def crowd_of(told: Told, section: str, *, up: bool, parts: Parts) -> Crowd:
    """Return who marked a section; `up`: for a score that is to rise, so the lowest answers stand side by side."""
    found: Counter[tuple[str, Fraction, Fraction]] = Counter()  # elector group, weight, mark → how many
    for at in parts.strata.get(section, ()):
        for given, weight, times in _persons(told, section, at, up=up):
            ((_, _, group), _), *_ = given
            found[group, weight, _mark(given, told)] += times if weight else 0
    return _counted(+found, parts.pulls.get(section, {}))


def _persons(
    told: Told, section: str, at: tuple[str, str], *, up: bool
) -> Iterator[tuple[Sequence[Marked], Fraction, int]]:
    """Yield the marks of each person of a stratum about the section, the design weight, and how many are alike."""
    sheets = told.sheets.get((section, at), [])
    for sheet in sheets:
        if given := told.marks_of(sheet):
            yield given, Fraction(sheet.weight), sheet.times
    if sheets:
        return
    questions: dict[Fraction, dict[str, Answered]] = defaultdict(lambda: defaultdict(list))
    for row in told.answers[section, at]:
        if one := told.mark_of(row):
            questions[Fraction(row.weight)][row.indicator].append((one, row.times))
    for weight, columns in questions.items():
        for given, times in side_by_side(list(columns.values()), up=up):
            yield given, weight, times


def side_by_side(columns: Sequence[Answered], *, up: bool) -> Iterator[tuple[list[Marked], int]]:
    """Yield what stands beside each other when each question's answers are laid out, the lowest first (or the highest).

    Who is beyond a question's last answer did not answer it.
    """
    laid = [sorted(column, key=lambda one: one[0][1], reverse=up) for column in columns]  # the next one stands last
    while laid := [column for column in laid if column]:
        times = min(column[-1][1] for column in laid)
        yield [column[-1][0] for column in laid], times
        for column in laid:
            one, left = column.pop()
            if left > times:
                column.append((one, left - times))


def _mark(given: Sequence[Marked], told: Told) -> Fraction:
    pulls = [told.moving.pulls[pile] for pile, _ in given]
    return dot(pulls, [mark for _, mark in given]) / sum(pulls)


def _counted(found: Counter[tuple[str, Fraction, Fraction]], pulls: Mapping[str, Fraction]) -> Crowd:
    """Share each group's weight out among its persons, and write weights and marks in whole parts."""
    wholes: dict[str, Fraction] = defaultdict(Fraction)
    for (group, weight, _), times in found.items():
        wholes[group] += weight * times
    people: Counter[tuple[Fraction, Fraction]] = Counter()
    for (group, weight, mark), times in found.items():
        people[pulls.get(group, Fraction(0)) * weight / wholes[group], mark] += times
    parts = math.lcm(1, *(mark.denominator for _, mark in people))
    scale = math.lcm(1, *(weight.denominator for weight, _ in people))
    alike = (Alike(int(weight * scale), int(mark * parts), times) for (weight, mark), times in sorted(people.items()))
    return Crowd(people=tuple(alike), parts=parts)
