"""Filing with the offices above, and their receipt (§4.3d, §4.4a)."""

from __future__ import annotations

from datetime import date, datetime

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
from pingyi.stations.publication.queries import papers


def file(year: int, key: str, *, document: HandedIn, note: str = "", by: Actor, at: datetime) -> Filing:
    """Hand a paper over to the office that the plan names; until it is received another may take its place."""
    rules.require_filled(papers.text_of(document))
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


def receive_on_paper(
    year: int, key: str, *, number: str, received_on: date, scan: HandedIn | None, by: Actor, at: datetime
) -> Filing:
    """Enter the receipt of an office without a login; by another person than the one who filed (回执)."""
    with act("filing.receive", by=by, at=at) as change:
        row = change.lock(Filing, round__year=year, plan_filing=key)
        row.state = rules.receive_on_paper(
            row.state, number=number, received_on=received_on, has_scan=scan is not None, on=day_of(at)
        )
        if scan is not None:
            row.scan, row.scan_name, row.scan_mime, row.scan_sha256 = scan.content, scan.name, scan.mime, scan.sha256
        row.receipt_number, row.is_on_paper = number.strip(), True
        row.received_by = Member.objects.get(reference=by.reference)
        change.save(row)
        _tell("filing.received", row, at=at)
    return row


def send_back(year: int, key: str, *, reason: str, by: Actor, at: datetime) -> Filing:
    """Return a paper to the bureau with the reason; it is then to be filed again."""
    with act("filing.return", by=by, at=at) as change:
        row = change.lock(Filing, round__year=year, plan_filing=key)
        row.state = rules.send_back(row.state, by=by.role, reason=reason)
        row.return_reason, row.returned_on = reason.strip(), day_of(at)
        row.returned_by = Member.objects.get(reference=by.reference)
        change.save(row)
        _tell("filing.returned", row, at=at)
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
    """Tell the receiving office that something came, or the filer that it was received or returned."""
    to = bureau.members(role=row.state.receiver, on=day_of(at)) if code == "filing.filed" else [row.filed_by]
    notices.queue(code, to=to, about=row, at=at, url=row.get_absolute_url(), title=row.title)
