"""How sure a whole verdict is, class by class, with the estimates that it rests on (§5.2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from pingyi.rules.estimate import Certainty, Estimate, LimitStanding, SectionCertainty, Standing

SHARE_DIGITS = 6


@dataclass(frozen=True, kw_only=True, slots=True)
class Unsure:
    """A source of which nothing tells how sure its marks are, and why; `facts` fill the sentence of its code."""

    source: str
    code: str
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class ClassAssessment:
    """What may be said of the sections that are ranked together.

    `weights` has a row for each estimate and a column for each of `sections`, a share of the composite. `given` are
    sections whose score an event sets (a veto), `put_last` those that an event puts last: neither is a matter of
    sampling. `without_score` still lack evidence. `certainty` is None where nothing can be said, for the reasons given.
    """

    section_class: str
    sections: tuple[str, ...]
    estimates: tuple[Estimate, ...]
    weights: tuple[tuple[Fraction, ...], ...]
    certainty: Certainty | None = None
    unsure: tuple[Unsure, ...] = ()
    given: tuple[str, ...] = ()
    put_last: tuple[str, ...] = ()
    without_score: tuple[str, ...] = ()

    def of(self, section: str) -> SectionCertainty | None:
        """Return what may be said of a section, or None where nothing can be."""
        if self.certainty is None or section not in self.sections:
            return None
        return self.certainty.of(section)

    def parts(self, section: str) -> dict[str, Decimal]:
        """Return source → its share of the variance of the section's score; empty where the score has none."""
        at = self.sections.index(section)
        found = {}
        for one, row in zip(self.estimates, self.weights, strict=True):
            place = one.place(section)
            own = Fraction(one.covariance[place][place]) if place is not None else Fraction(0)
            found[one.source] = row[at] ** 2 * own
        whole = sum(found.values(), Fraction(0))
        return {name: _share(part / whole) for name, part in found.items()} if whole else {}

    def last_standing(self, section: str) -> Standing:
        """Return what the evidence bears of "this section is the last" (R2, R3, R8)."""
        if section in self.put_last:
            return Standing.CONFIRMED  # an event, not a mark
        if self.put_last and section in self.sections:
            return Standing.REFUTED
        one = self.of(section)
        return Standing.INSUFFICIENT if one is None else one.last

    def limit_standing(self, section: str, limit: Decimal) -> Standing:
        """Return what the evidence bears of "this score is below the limit" (R1, R8)."""
        found = self.limit(section, limit)
        return Standing.INSUFFICIENT if found is None else found.standing

    def limit(self, section: str, limit: Decimal) -> LimitStanding | None:
        """Return the section against a limit; None where nothing can be said."""
        one = self.of(section)
        return next((found for found in one.limits if found.limit == limit), None) if one else None


@dataclass(frozen=True, kw_only=True, slots=True)
class Assessment:
    """How sure a verdict is, with the rules that were fixed in the plan before the evidence came in."""

    level: Decimal
    minimum_ratings: int
    minimum_ballots: int
    weight_range: Decimal
    classes: tuple[ClassAssessment, ...]

    def class_of(self, section: str) -> ClassAssessment | None:
        """Return the class in which a section is ranked; None for one that is not."""
        return next(
            (one for one in self.classes if section in (*one.sections, *one.put_last, *one.without_score)), None
        )

    def of(self, section: str) -> SectionCertainty | None:
        """Return what may be said of a section."""
        found = self.class_of(section)
        return None if found is None else found.of(section)


def _share(part: Fraction) -> Decimal:
    return Decimal(round(part * 10**SHARE_DIGITS)).scaleb(-SHARE_DIGITS)
