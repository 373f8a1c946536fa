"""Rows without a number that tell another state of a matter that is here: they would come in a second time (§3.2.2)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from pingyi.authoring.case_tables import CaseRow
from pingyi.authoring.case_tables.moments import day_of
from pingyi.stations.cases.models import Case

Matter = tuple[date, str]


def here_already(rows: Iterable[CaseRow], *, channel_id: str) -> dict[int, str]:
    """Return of new rows those whose matter is probably here: the row's place, and the reference of that case.

    A row without a number is known again only while it says the same. Received on the same day in the same words, it is
    the same matter whose state has changed.
    """
    told = {row.row: matter for row in rows if not row.number and (matter := _matter(row)) is not None}
    days = {day for day, _ in told.values()}
    cases = Case.objects.filter(channel_id=channel_id, external_number="", received_on__in=days, erased_on=None)
    found: dict[Matter, str] = {}
    for day, title, text, reference in cases.exclude(external_key="").values_list(
        "received_on", "title", "text", "reference"
    ):
        found.setdefault((day, text or title), reference)
    return {row: found[matter] for row, matter in told.items() if matter in found}


def _matter(row: CaseRow) -> Matter | None:
    words = row.text or row.title
    return (day_of(row.received_at), words) if row.received_at is not None and words else None
