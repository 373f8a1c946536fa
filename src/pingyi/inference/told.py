"""What is published of one source of people, by section and stratum: counts of answers, sheets, sample (§5.2)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from pingyi.rules.evidence import Evidence
from pingyi.rules.plan import Plan, Source
from pingyi.rules.published import Published, SampleLine, SheetLine
from pingyi.rules.published.influence import Influence, Pile, Share, influence
from pingyi.rules.published.pairs import At, pile_of
from pingyi.rules.published.tables import NOT_ASKED

Marked = tuple[Pile, Fraction]  # an answer's pile and its mark


@dataclass(frozen=True, kw_only=True)
class Told:
    """One source's lines; `answers` and `sheets` by section and stratum."""

    moving: Influence
    lines: Mapping[At, SampleLine]
    answers: Mapping[tuple[str, At], Sequence[Evidence]]
    sheets: Mapping[tuple[str, At], Sequence[SheetLine]]

    @property
    def is_clustered(self) -> bool:
        """Whether clusters of persons were drawn."""
        return any(one.units != one.persons for one in self.lines.values())

    @property
    def has_sheets(self) -> bool:
        """Whether the counts of single answers do not tell the sheets."""
        return len(self.moving.indicators) > 1 or self.is_clustered

    def mark_of(self, row: Evidence) -> Marked | None:
        """Return an answer's pile and mark; None for 不了解 and where its pile counts for nothing."""
        return self._marked(pile_of(row.section, row.indicator, row.group, self.moving), row.value)

    def marks_of(self, sheet: SheetLine) -> list[Marked]:
        """Return the marks that a sheet gives."""
        asked = zip(self.moving.indicators, sheet.answers, strict=True)
        given = [(pile_of(sheet.section, name, sheet.group, self.moving), said) for name, said in asked]
        return [one for pile, said in given if said != NOT_ASKED and (one := self._marked(pile, said))]

    def _marked(self, pile: Pile, value: Decimal | str) -> Marked | None:
        mark = self.moving.mark(pile, value)
        return None if mark is None else (pile, mark)


def told_of(plan: Plan, *, source: Source, shares: Mapping[str, Share], published: Published) -> Told:
    """Return what is published of a source; `shares` are what it is in each section's sheet."""
    mine = [row for row in published.evidence if row.source == source.id]
    answers: dict[tuple[str, At], list[Evidence]] = defaultdict(list)
    for row in mine:
        answers[row.section, (row.group, row.stratum)].append(row)
    sheets: dict[tuple[str, At], list[SheetLine]] = defaultdict(list)
    for sheet in published.sheets:
        if sheet.source == source.id:
            sheets[sheet.section, (sheet.group, sheet.stratum)].append(sheet)
    return Told(
        moving=influence(plan, source=source, evidence=mine, shares=shares),
        lines={(one.group, one.stratum): one for one in published.sample if one.source == source.id},
        answers=answers,
        sheets=sheets,
    )
