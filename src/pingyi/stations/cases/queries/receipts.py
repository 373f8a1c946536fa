"""Sealed receipts as the supervision office counts them: printed, given, void, left; none may go astray (§5.4)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q
from django.http import Http404

from pingyi.bureau import queries as bureau
from pingyi.documents.letter import chinese_day
from pingyi.documents.sealed_receipts import Leaf, Sheets
from pingyi.stations.cases.models import ReceiptRoll


@dataclass(frozen=True, kw_only=True, slots=True)
class Counted:
    """One roll and what became of its receipts; the three add up to what was printed."""

    roll: ReceiptRoll
    given: int
    void: int
    left: int


def rolls() -> list[Counted]:
    """Return every roll, the latest first."""
    voided = Count("receipts", filter=Q(receipts__case=None) & ~Q(receipts__voided_on=None))
    given = Count("receipts", filter=~Q(receipts__case=None))
    found = ReceiptRoll.objects.select_related("printed_by").annotate(given=given, voided=voided).order_by("-number")
    return [
        Counted(roll=row, given=row.given, void=row.voided, left=row.count - row.given - row.voided) for row in found
    ]


def roll(reference: str) -> ReceiptRoll:
    """Return a roll."""
    found: ReceiptRoll | None = ReceiptRoll.objects.filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def sheets(roll: ReceiptRoll, leaves: tuple[tuple[str, str], ...], *, site: str) -> Sheets:
    """Return what is printed of a roll; `site` is the address of the page that asks for the code, with a slash."""
    house = bureau.bureau()
    return Sheets(
        bureau=house.name if house else "",
        office=house.office_name if house else "",
        site=site,
        dated=chinese_day(roll.printed_on),
        place=roll.place,
        leaves=tuple(Leaf(number=number, code=code) for number, code in leaves),
    )
