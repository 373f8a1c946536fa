"""The inbox: what the public hands in is kept at once, many by one commit, and becomes a case a moment later (§3.2.2).

Nobody waits for a number: the code is told before there is one, and the worker takes what waits in its order.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

from django.db import DatabaseError, transaction
from django.db.models import Q
from django.utils.translation import gettext

from pingyi import outages
from pingyi.bureau.shelf import Kept
from pingyi.outages import Outage
from pingyi.record import bindings, personal
from pingyi.record.acts import act
from pingyi.rules.actor import machine
from pingyi.rules.day import day_of
from pingyi.rules.refused import Refused
from pingyi.stations.cases import keyed
from pingyi.stations.cases.actions import arrivals
from pingyi.stations.cases.actions.arrivals import Arrival
from pingyi.stations.cases.actions.intake import KINDS
from pingyi.stations.cases.contact import NOBODY, Contact
from pingyi.stations.cases.models import WEB, Submission
from pingyi.stations.cases.queries import year
from pingyi.stations.cases.queries.numbered import numbered
from pingyi.storage.group_commit import FullError, GroupCommit, UnknownError

INBOX = machine("inbox")
BATCH = 50  # made into cases by one act: those who hand in meanwhile wait for its turn to end
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
    """Keep what somebody handed in, with a code to ask after it; its case comes a moment later, made by the worker.

    `once` is a word of the form or client: a second submission with the same word is the first one, and `digest` tells
    whether it said the same. `not_after` is the hotline's own deadline. Whatever happens afterwards, nothing that this
    function returned is lost; where the storm is too great, it refuses, and nothing was promised.
    """
    told = {"title": title, "text": text, "place": place, "external_number": external_number}
    reached = asdict(contact)
    try:
        _check(told | _words(reached), kind=kind, channel=channel)
    except Refused:
        if once and (known := _sent_before(once)) is not None:  # its own number is known by then
            return known
        raise
    payload = {**told, "contact": reached, "files": [asdict(kept) for kept in files]}
    payload |= {"not_after": not_after.isoformat()} if not_after else {}
    row = Submission(
        kind_id=kind, channel_id=channel, payload=payload, received_at=at, once=once or None, digest=digest
    )  # fmt: skip
    try:
        return _queue.keep(row)
    except FullError as fault:
        raise Refused("inbox.full", telephone=_telephone(at)) from fault
    except UnknownError as fault:
        raise Refused("inbox.not_known", telephone=_telephone(at)) from fault


def drain(*, at: datetime, most: int = BATCH) -> int:
    """Make cases of what waits, the oldest first; return how many were made."""
    ready = Submission.objects.filter(case=None).filter(Q(retry_at=None) | Q(retry_at__lte=at))
    waiting_ones = list(ready.order_by("pk").values_list("pk", flat=True)[:most])
    if not waiting_ones:
        return 0
    try:
        return _make(waiting_ones, at=at)
    except Exception as fault:
        if outages.outage_of(fault) not in {None, Outage.BUSY}:  # a full disk is nobody's row
            raise
        # Whose fault it is shows one by one, and is noted there.
        return sum(_take(pk, at=at) for pk in waiting_ones)


def _telephone(at: datetime) -> str:
    return year.telephone(on=day_of(at)) or gettext("the office's telephone")


def _words(reached: dict[str, Any]) -> dict[str, str]:
    return {name: value for name, value in reached.items() if isinstance(value, str)}


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


def _keep(rows: Sequence[Submission]) -> list[Submission]:
    """Insert rows that came together; of those with a word that came before, or comes twice, the first stands."""
    words = {row.once for row in rows if row.once}
    is_new = not words or not list(Submission.objects.filter(once__in=words).values_list("pk", flat=True))
    sent = () if is_new else Submission.objects.select_related("case").filter(once__in=words)
    known = {row.once: row for row in sent}
    new = [row for row in rows if not row.once or known.setdefault(row.once, row) is row]
    personal.close(new)  # so that they are bound as they will be stored
    Submission.objects.bulk_create(new)  # plain row
    bindings.keep(new, at=max((row.received_at for row in new), default=rows[0].received_at), are_new=True)
    return [known.get(row.once, row) for row in rows]


def _make_keys(rows: Sequence[Submission]) -> None:
    """Bring the keys of new rows to the disk before the turn to write is taken: the others wait for one sync less."""
    words = [row.once for row in rows if row.once]
    known = set(Submission.objects.filter(once__in=words).values_list("once", flat=True)) if words else set()
    personal.keys_of([row for row in rows if row.once not in known])


_queue = GroupCommit(_keep, ready=_make_keys)


def _take(pk: int, *, at: datetime) -> bool:
    """Make the case of one submission; a fault is noted on its row, to be tried again later.

    What stops all of them alike, such as a full disk, is nobody's row and raised on.
    """
    try:
        return bool(_make([pk], at=at))
    except Refused as refused:
        _note(pk, fault=refused.code, at=at)
    except Exception as fault:
        if outages.outage_of(fault) not in {None, Outage.BUSY}:
            raise
        logger.exception("submission %s made no case yet", pk)
        _note(pk, fault=type(fault).__name__, at=at)
    return False


def _make(keys: Sequence[int], *, at: datetime) -> int:
    """Make the cases of these submissions together, or of none; one that another worker took is left out."""
    with act("case.receive", by=INBOX, at=at):
        rows = list(Submission.objects.select_for_update().filter(pk__in=keys, case=None).order_by("pk"))
        if not rows:
            raise Refused("nothing_changed")
        for row, case in zip(rows, arrivals.receive(list(map(_arrival, rows)), by=INBOX, at=at), strict=True):
            row.case, row.payload, row.fault = case, {}, ""
        Submission.objects.bulk_update(rows, ["case", "payload", "fault"])  # plain row
        bindings.keep(list(Submission.objects.filter(pk__in=[row.pk for row in rows])), at=at)
    return len(rows)


def _arrival(row: Submission) -> Arrival:
    told: dict[str, Any] = dict(row.payload)
    contact, files = Contact(**told.pop("contact")), [Kept(**kept) for kept in told.pop("files")]
    if "not_after" in told:
        told["not_after"] = date.fromisoformat(told["not_after"])
    return Arrival(
        kind=row.kind_id,
        channel=row.channel_id,
        contact=contact,
        files=files,
        follow_code=row.follow_code if row.channel_id == WEB else "",
        received_at=row.received_at,
        key_name=row.key_name,
        **told,
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
