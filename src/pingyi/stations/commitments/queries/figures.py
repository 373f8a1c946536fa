"""How well each commitment is kept: counted from cases by itself and from checked figures, with n (§3.2.3)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from pingyi.bureau import hooks
from pingyi.bureau.models import Section
from pingyi.rules import commitment as rules
from pingyi.rules.commitment import Kind, Measured, Outcome
from pingyi.stations.commitments.models import Commitment, Measurement
from pingyi.stations.commitments.queries.commitment import in_force

TENTH = Decimal("0.1")


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """One commitment with its count."""

    row: Commitment
    outcome: Outcome

    @property
    def share(self) -> Decimal | None:
        """Kept of those decided, in per cent; None while nothing is decided."""
        return share(self.outcome)


@dataclass(frozen=True, kw_only=True, slots=True)
class SectionKept:
    """A section's commitments, each with its count, and all together."""

    section: Section
    rows: tuple[Kept, ...]
    outcome: Outcome

    @property
    def share(self) -> Decimal | None:
        """Kept of those decided, in per cent."""
        return share(self.outcome)


def share(outcome: Outcome) -> Decimal | None:
    """Return kept ÷ (kept + broken), in per cent with one digit."""
    if not outcome.count:
        return None
    return (Decimal(100 * outcome.kept) / outcome.count).quantize(TENTH, rounding=ROUND_HALF_UP)


def kept(*, year: int, on: date) -> list[Kept]:
    """Return the count of every commitment that was in force in the year, up to a day."""
    first = date(year, 1, 1)
    last = min(on, date(year, 12, 31))
    rows = list(in_force(begins_on=first, ends_on=last).filter(kind=Kind.COMMITMENT.value))
    cases = hooks.outcomes([row.reference for row in rows if row.case_kind], since=first, on=last)
    entered = _entered(rows, since=first, on=last)
    return [Kept(row=row, outcome=_tally(row, cases.get(row.reference), entered[row.pk])) for row in rows]


def by_section(found: Sequence[Kept]) -> list[SectionKept]:
    """Add the counts up by section, in the bureau's order."""
    grouped: dict[int, list[Kept]] = defaultdict(list)
    for one in sorted(found, key=lambda one: (one.row.section.order, one.row.section_id, one.row.pk)):
        grouped[one.row.section_id].append(one)
    return [
        SectionKept(
            section=own[0].row.section,
            rows=tuple(own),
            outcome=rules.tally(own[0].row.section.reference, outcomes=[one.outcome for one in own]),
        )
        for own in grouped.values()
    ]


def of(row: Commitment, *, on: date) -> Kept:
    """Return the count of one version since it was published."""
    since = row.published_on or on
    cases = hooks.outcomes([row.reference], since=since, on=on) if row.case_kind else {}
    return Kept(row=row, outcome=_tally(row, cases.get(row.reference), _entered([row], since=since, on=on)[row.pk]))


def _entered(rows: Iterable[Commitment], *, since: date, on: date) -> dict[int, list[Measured]]:
    found: dict[int, list[Measured]] = defaultdict(list)
    checked = Measurement.objects.filter(
        commitment__in=list(rows), is_refused=False, checked_on__isnull=False, ends_on__range=(since, on)
    )
    for one in checked.order_by("pk"):
        found[one.commitment_id].append(one.measured)
    return found


def _tally(row: Commitment, cases: Outcome | None, entered: Sequence[Measured]) -> Outcome:
    return rules.tally(row.reference, outcomes=[cases] if cases else [], measured=entered)
