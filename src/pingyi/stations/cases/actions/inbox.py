"""The inbox: what the public hands in is kept by one insert, and becomes a case at once or as soon as it can (§3.2.2).

A storm of telephones never waits for the case numbers: where many wait already, the worker takes them in their order.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import Q

from pingyi.bureau.shelf import Kept
from pingyi.record.acts import act
from pingyi.rules.actor import machine
from pingyi.rules.refused import Refused
from pingyi.stations.cases import keyed
from pingyi.stations.cases.actions import intake
from pingyi.stations.cases.actions.intake import KINDS
from pingyi.stations.cases.contact import NOBODY, Contact
from pingyi.stations.cases.models import WEB, Case, Submission
from pingyi.stations.cases.queries.numbered import numbered

INBOX = machine("inbox")
FEW = 8  # with fewer waiting, the one who hands in is told the number at once
BATCH = 200  # one look of the worker
PATIENCE = timedelta(minutes=1)  # after a fault it is tried again, each time later
LONGEST = {
    "title": 200, "text": 20_000, "place": 200, "external_number": 64, "name": 60, "phone": 40, "email": 120,
    "address": 200,
}  # fmt: skip
LONGEST_PATIENCE = timedelta(hours=6)

logger = logging.getLogger(__name__)


def submit(
    *,
    kind: str,
    channel: str,
    title: str,
    text: str = "",
    place: str = "",
    contact: Contact = NOBODY,
    files: Sequence[Kept] = (),
    external_number: str = "",
    not_after: date | None = None,
    once: str = "",
    digest: str = "",
    at: datetime,
) -> Submission:
    """Keep what somebody handed in, with a code to ask after it; its `case` is set where it could be made at once.

    `once` is a word of the form or client: a second submission with the same word is the first one, and `digest` tells
    whether it said the same. `not_after` is the hotline's own deadline. Whatever happens afterwards, nothing that this
    function returned is lost.
    """
    told = {"title": title, "text": text, "place": place, "external_number": external_number}
    try:
        _check(told | _words(contact), kind=kind, channel=channel)
    except Refused:
        if once and (known := _sent_before(once)) is not None:  # its own number is known by then
            return known
        raise
    payload = {**told, "contact": asdict(contact), "files": [asdict(kept) for kept in files]}
    payload |= {"not_after": not_after.isoformat()} if not_after else {}
    row = Submission(
        kind_id=kind, channel_id=channel, payload=payload, received_at=at, once=once or None, digest=digest
    )  # fmt: skip
    if once and (known := _sent_before(once)) is not None:
        return known
    try:
        with transaction.atomic():
            row.save()  # plain row
    except IntegrityError:  # the same form, sent twice at the same moment
        if once and (known := _sent_before(once)) is not None:
            return known
        raise
    if waiting() <= FEW:
        _take(row.pk, at=at)
        row.refresh_from_db()
    return row


def waiting() -> int:
    """Return how many wait for their case; the count stops where it is certain that there are many."""
    return Submission.objects.filter(case=None)[: FEW + 1].count()


def drain(*, at: datetime, most: int = BATCH) -> int:
    """Make cases of what waits, the oldest first; return how many were made."""
    ready = Submission.objects.filter(case=None).filter(Q(retry_at=None) | Q(retry_at__lte=at))
    waiting_ones = list(ready.order_by("pk").values_list("pk", flat=True)[:most])
    return sum(_take(pk, at=at) for pk in waiting_ones)


def keep_up(*, at: datetime) -> None:
    """Drain for the worker, which must outlive a busy database."""
    try:
        while drain(at=at) == BATCH:
            continue
    except DatabaseError:
        logger.exception("the inbox could not be read; it is read again in a moment")
        connection.close()


def _words(contact: Contact) -> dict[str, str]:
    return {name: value for name, value in asdict(contact).items() if isinstance(value, str)}


def _check(told: dict[str, str], *, kind: str, channel: str) -> None:
    """Refuse now what could never become a case, so that nobody holds a promise that cannot be kept."""
    if kind not in KINDS:
        raise Refused("case.no_such_kind", field="kind")
    for name, value in told.items():
        if name in LONGEST and len(value) > LONGEST[name]:
            raise Refused("case.too_long", field=name, most=LONGEST[name])
        if "\x00" in value:
            raise Refused("case.unreadable", field=name)
    if number := told["external_number"]:
        key = keyed.external_key(channel, number)
        if (known := numbered([key]).first()) is not None:
            code = "case.number_erased" if known.erased_on else "case.number_known"
            raise Refused(code, field="external_number", reference=known.reference)


def _sent_before(once: str) -> Submission | None:
    return Submission.objects.select_related("case").filter(once=once).first()


def _take(pk: int, *, at: datetime) -> bool:
    """Make the case of one submission; a fault is noted on its row, to be tried again later."""
    try:
        return _make(pk, at=at)
    except Refused as refused:
        _note(pk, fault=refused.code, at=at)
    except Exception as fault:
        logger.exception("submission %s made no case yet", pk)
        _note(pk, fault=type(fault).__name__, at=at)
    return False


def _make(pk: int, *, at: datetime) -> bool:
    with act("case.receive", by=INBOX, at=at):
        row = Submission.objects.select_for_update().get(pk=pk)
        if row.case_id is not None:
            raise Refused("nothing_changed")
        row.case = _receive(row, at=at)
        row.payload, row.fault = {}, ""
        row.save()  # plain row
    return True


def _receive(row: Submission, *, at: datetime) -> Case:
    told: dict[str, Any] = dict(row.payload)
    contact, files = Contact(**told.pop("contact")), [Kept(**kept) for kept in told.pop("files")]
    if "not_after" in told:
        told["not_after"] = date.fromisoformat(told["not_after"])
    return intake.receive(
        kind=row.kind_id,
        channel=row.channel_id,
        contact=contact,
        files=files,
        follow_code=row.follow_code if row.channel_id == WEB else "",
        received_at=row.received_at,
        **told,
        by=INBOX,
        at=at,
    )


def _note(pk: int, *, fault: str, at: datetime) -> None:
    """Say what went wrong and when to try again; one that became a case meanwhile is left as it is."""
    try:
        with transaction.atomic():
            row = Submission.objects.select_for_update().get(pk=pk)
            if row.case_id is None:
                row.tries, row.fault = row.tries + 1, fault
                row.retry_at = at + min(PATIENCE * 2 ** min(row.tries - 1, 10), LONGEST_PATIENCE)
                row.save()  # plain row
    except DatabaseError:
        logger.exception("the fault of submission %s could not be noted", pk)
