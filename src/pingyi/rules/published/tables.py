"""The four tables as values and as canonical CSV: rows sorted as text, exact numbers, no other column (§5.4)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from pingyi.rules.evidence import Evidence

EVIDENCE_HEAD = (
    "section", "indicator", "source", "happened_on", "kind", "value", "times", "weight", "group", "stratum",
    "reference",
)  # fmt: skip
SHEETS_HEAD = ("source", "stratum", "group", "section", "answers", "times", "weight", "cluster")
SAMPLE_HEAD = ("source", "group", "stratum", "persons", "units", "frame", "least", "joined")
PAIRS_HEAD = ("source", "a", "b", "steps")
NOT_ASKED = "-"
LEAST_UNITS = 10  # a stratum with fewer joins the next
LEAST_SHEETS = 10  # fewer about one section in one stratum go out as single answers


@dataclass(frozen=True, kw_only=True, slots=True)
class SheetLine:
    """So many persons gave these answers about this one section; nothing ties them to what they said of others.

    `cluster` is numbered anew for each section, by content.
    """

    source: str
    stratum: str
    group: str
    section: str
    answers: tuple[str, ...]  # in the plan's order of indicators
    times: int
    weight: Decimal
    cluster: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class SampleLine:
    """A stratum of a source's sample: how many were drawn of how many, also who rated nothing.

    `units` are what was drawn: persons, or clusters of them; None where answers carry no number of their person.
    `joined` strata were merged into it; `least` is the smallest of these with two units or more.
    """

    source: str
    group: str
    stratum: str
    persons: int | None = None
    units: int | None = None
    frame: int = 0
    least: int = 0
    joined: int = 1

    @property
    def factor(self) -> Fraction:
        """What the sum of squared deviations is multiplied by: on the safe side where strata were joined."""
        n = self.units or 0
        if n < 2:
            return Fraction(0)
        if self.joined > 1:
            return Fraction(self.least, self.least - 1)
        left = 1 - Fraction(n, self.frame) if self.frame >= n else Fraction(1)
        return left * Fraction(n, n - 1)


@dataclass(frozen=True, kw_only=True, slots=True)
class PairSteps:
    """The covariance of two sections in one source, in whole steps and rounded down."""

    source: str
    a: str
    b: str
    steps: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Published:
    """All that is told of the evidence; of people nothing that ties answers about two sections together."""

    evidence: tuple[Evidence, ...]
    sheets: tuple[SheetLine, ...]
    sample: tuple[SampleLine, ...]
    pairs: tuple[PairSteps, ...]

    def files(self) -> dict[str, bytes]:
        """Return the tables as files of the bundle."""
        return {
            "evidence.csv": table(EVIDENCE_HEAD, (_evidence(row) for row in self.evidence)),
            "sheets.csv": table(SHEETS_HEAD, (_sheet(row) for row in self.sheets)),
            "sample.csv": table(SAMPLE_HEAD, (_sample(row) for row in self.sample)),
            "pairs.csv": table(PAIRS_HEAD, ((one.source, one.a, one.b, str(one.steps)) for one in self.pairs)),
        }


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return rows as CSV: sorted as text, so that equal tables have equal bytes."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(sorted(tuple(row) for row in rows))
    return out.getvalue().encode()


def plain(value: Decimal | str) -> str:
    """Return an answer as text: a number without exponent and without zeros at its end."""
    if isinstance(value, str):
        return value
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _evidence(row: Evidence) -> tuple[str, ...]:
    kind = "option" if isinstance(row.value, str) else "number"
    named = (row.section, row.indicator, row.source, row.happened_on.isoformat(), kind)
    return (*named, plain(row.value), str(row.times), plain(row.weight), row.group, row.stratum, row.reference)


def _sheet(row: SheetLine) -> tuple[str, ...]:
    named = (row.source, row.stratum, row.group, row.section, "|".join(row.answers))
    return (*named, str(row.times), plain(row.weight), row.cluster)


def _sample(row: SampleLine) -> tuple[str, ...]:
    numbers = (row.persons, row.units, row.frame or None, row.least or None, row.joined)
    return (row.source, row.group, row.stratum, *("" if one is None else str(one) for one in numbers))
