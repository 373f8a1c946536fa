"""Sealed receipts are printed, handed out and made void; who handles a case never learns the code inside (§5.4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError
from django.db.models import Max

from pingyi.record.acts import Change, act
from pingyi.record.references import new_reference
from pingyi.rules.actor import Actor
from pingyi.rules.case import sealed
from pingyi.rules.day import day_of
from pingyi.rules.refused import Refused
from pingyi.stations.cases import keyed
from pingyi.stations.cases.actions.locking import lock
from pingyi.stations.cases.models import Case, ReceiptRoll, SealedReceipt
from pingyi.stations.cases.queries import people

REPLACED = "replaced"


@dataclass(frozen=True, kw_only=True, slots=True)
class Printed:
    """A roll with what only the paper holds: the number of each receipt and the code inside, told this once."""

    roll: ReceiptRoll
    leaves: tuple[tuple[str, str], ...]


def print_roll(*, count: int, place: str, by: Actor, at: datetime) -> Printed:
    """Make a roll of receipts; the codes are in what is returned and nowhere else."""
    try:
        with act("receipt.print", by=by, at=at) as change:
            return _print(change, count=count, place=place, by=by, at=at)
    except IntegrityError as fault:  # two printed at one moment, and took the same number
        raise Refused("receipt.printed_at_once") from fault


def bind(reference: str, *, receipt: str, by: Actor, at: datetime) -> SealedReceipt:
    """Give somebody a receipt for a case that came before; never by who holds or handled it. An earlier one is void."""
    with act("receipt.bind", by=by, at=at) as change:
        case = lock(change, reference, seen=None)
        if by.did_any((case.holder.reference,)):
            raise Refused("receipt.own_case", field="receipt")
        if case.merged_into_id is not None or case.erased_on is not None:
            raise Refused("receipt.case_is_over", field="receipt")
        earlier = change.lock_all(SealedReceipt.objects.filter(case=case, voided_on=None))
        for row in earlier:
            row.voided_on, row.void_reason = day_of(at), REPLACED
        change.save_all(earlier)
        return give(change, case, receipt, by=by, at=at)


def hand_over(change: Change, case: Case, typed: str, *, by: Actor, at: datetime) -> SealedReceipt:
    """Bind a receipt that the person takes along now; where nobody stands there, nobody could take it unopened."""
    if case.channel_id not in sealed.FACE_TO_FACE:
        raise Refused("receipt.nobody_there", field="receipt")
    return give(change, case, typed, by=by, at=at)


def give(change: Change, case: Case, typed: str, *, by: Actor, at: datetime) -> SealedReceipt:
    """Bind a free receipt to a case within the act that gives it out."""
    row = SealedReceipt.objects.select_for_update(of=("self",)).filter(number=sealed.read(typed)).first()
    if row is None:
        raise Refused("receipt.unknown", field="receipt")
    if row.voided_on is not None:
        raise Refused("receipt.is_void", field="receipt", number=row.number)
    if row.case_id is not None:
        raise Refused("receipt.is_given", field="receipt", number=row.number)
    row = change.lock(SealedReceipt, pk=row.pk)
    row.case, row.bound_on, row.bound_by = case, day_of(at), people.acting(by)
    return change.save(row)


def void(roll: str, *, receipt: str = "", reason: str, by: Actor, at: datetime) -> int:
    """Make one receipt worthless, or without a number every free one of its roll; return how many."""
    with act("receipt.void", by=by, at=at) as change:
        rows = SealedReceipt.objects.filter(roll__reference=roll, voided_on=None)
        rows = rows.filter(number=sealed.read(receipt)) if receipt else rows.filter(case=None)
        found = change.lock_all(rows)
        if not found:
            raise Refused("receipt.none_left", field="receipt")
        for row in found:
            row.voided_on, row.void_reason = day_of(at), reason
        change.save_all(found)
        return len(found)


def _print(change: Change, *, count: int, place: str, by: Actor, at: datetime) -> Printed:
    last = ReceiptRoll.objects.aggregate(last=Max("number"))["last"] or 0
    roll = ReceiptRoll(number=last + 1, count=count, place=place, printed_on=day_of(at), printed_by=people.acting(by))
    change.save(roll)
    leaves = [(sealed.numbered(roll.number, one), new_reference()) for one in range(1, count + 1)]
    rows = [SealedReceipt(roll=roll, number=name, code_digest=keyed.code_digest(code)) for name, code in leaves]
    change.save_all(rows)
    return Printed(roll=roll, leaves=tuple(leaves))
