"""Filing with the offices above, and their receipt (§4.3d, §4.4a)."""

from __future__ import annotations

from datetime import datetime

from pingyi.bureau import notices
from pingyi.bureau import queries as bureau
from pingyi.bureau.models import Member
from pingyi.documents.handed_in import HandedIn
from pingyi.record.acts import act
from pingyi.rules import filing as rules
from pingyi.rules.actor import Actor
from pingyi.rules.day import day_of
from pingyi.rules.refused import Refused
from pingyi.stations.plans.models import Round
from pingyi.stations.publication.models import Filing
from pingyi.stations.publication.queries import filing as queries


def file(year: int, key: str, *, document: HandedIn, note: str = "", by: Actor, at: datetime) -> Filing:
    """Hand a paper over to the office that the plan names; until it is received another may take its place."""
    with act("filing.file", by=by, at=at) as change:
        round_ = change.lock(Round, year=year)  # one at a time, so that a filing has one row
        row = _wanted(round_, key)
        if row.pk:
            row = change.lock(Filing, pk=row.pk)
        row.state = rules.file(row.state, on=day_of(at))
        row.document, row.document_name, row.sha256 = document.content, document.name, document.sha256
        row.mime, row.size, row.note = document.mime, len(document.content), note.strip()
        row.filed_by = Member.objects.get(reference=by.reference)
        change.save(row)
        _tell("filing.filed", row, at=at)
    return row


def receive(year: int, key: str, *, number: str, by: Actor, at: datetime) -> Filing:
    """Give the receipt, with the receiving office's own number (回执)."""
    with act("filing.receive", by=by, at=at) as change:
        row = change.lock(Filing, round__year=year, plan_filing=key)
        row.state = rules.receive(row.state, by=by.role, number=number, on=day_of(at))
        row.receipt_number = number.strip()
        row.received_by = Member.objects.get(reference=by.reference)
        change.save(row)
        _tell("filing.received", row, at=at)
    return row


def _wanted(round_: Round, key: str) -> Filing:
    """Return the filing's row, or a new one as the plan asks for it."""
    asked = queries.asked(round_, key=key)
    if asked.receiver is None:
        raise Refused("filing.no_receiver", recipient=asked.recipient_name)
    return asked.row or Filing(
        round=round_,
        plan_filing=key,
        title=asked.title,
        recipient=asked.recipient,
        receiver=asked.receiver.value,
        due_on=asked.due_on,
    )


def _tell(code: str, row: Filing, *, at: datetime) -> None:
    """Tell the receiving office that something came, or the filer that it was received."""
    to = [row.filed_by] if code == "filing.received" else bureau.members(role=row.state.receiver, on=day_of(at))
    notices.queue(code, to=to, about=row, at=at, url=row.get_absolute_url(), title=row.title)
