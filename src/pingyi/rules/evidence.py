"""The one shape of evidence: what a section did or was marked with, from where, and when (§4.4b)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction


@dataclass(frozen=True, kw_only=True, slots=True)
class SectionFacts:
    """A section as scoring sees it."""

    id: str
    name: str
    kind: str
    section_class: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """One piece of evidence.

    `indicator` is the id of an indicator, a bonus or deduction item, or a veto; `source` is the source's id, or
    "bonus", "deduction", "veto". `value` is a number, or an option id of the indicator's scale; `times` is how many
    equal answers stand in it, and whatever says "n" adds these; `weight` is the design weight of one of them, which
    only weighs. `reference` names the entry or file row that it rests on; `group` is the elector group that gave it,
    where the assembly has groups. `unit` is a nameless key of the person, ballot or visit that gave several marks,
    `stratum` the part of the frame that it was drawn from, `frame` how many there are in that part (0: not known),
    `cluster` the group of neighbors that was drawn together with it; these say how sure a mark is, never what it is.
    `operator` (who asked) and `mode` (how) are kept for those who look at how answers came about.
    """

    section: str
    indicator: str
    source: str
    happened_on: date
    value: Decimal | str
    times: int = 1
    weight: Decimal = Decimal(1)
    reference: str = ""
    group: str = ""
    unit: str = ""
    stratum: str = ""
    frame: int = 0
    cluster: str = ""
    operator: str = ""
    mode: str = ""

    @property
    def amount(self) -> Fraction:
        """What the piece weighs in all: each of its answers with the design weight of one."""
        return self.times * Fraction(self.weight)


@dataclass(frozen=True, kw_only=True, slots=True)
class PastOutcome:
    """That a trigger fired for a section in an earlier year; needed for "the k-th time"."""

    section: str
    trigger: str
    year: int
