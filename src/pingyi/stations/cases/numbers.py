"""Case numbers: one row a year hands them out, within the act that uses them, so that none is left out or doubled."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F

from pingyi.record.references import new_reference
from pingyi.stations.cases.models import CaseNumber

LETTERS = 6


def take(year: int, *, count: int = 1) -> list[str]:
    """Return the year's next references; call it inside an act, which gives them back where it fails.

    Other acts that want a number of this year wait until this one ends; so take them late, and all at once.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("numbers are taken inside an act")
    row = CaseNumber.objects.filter(year=year)
    if not row.update(last=F("last") + count):  # plain row
        CaseNumber.objects.bulk_create([CaseNumber(year=year)], ignore_conflicts=True)  # plain row
        row.update(last=F("last") + count)  # plain row
    last = row.values_list("last", flat=True).get()
    return [f"{year}-{number:06}" for number in range(last - count + 1, last + 1)]


def apart(year: int) -> str:
    """Return a reference outside the series, for a report of misconduct: a gap would tell of one (§3.2.6)."""
    return f"{year}-{new_reference()[:LETTERS]}"
