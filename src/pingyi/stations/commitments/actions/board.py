"""Notice boards: placed, given an edition to show, hung with a photograph, taken down (§4.1)."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime

from pingyi.bureau import notices
from pingyi.bureau.models import Section
from pingyi.bureau.shelf import Kept
from pingyi.record import queries as record
from pingyi.record.acts import act
from pingyi.rules import board as rules
from pingyi.rules.actor import Actor
from pingyi.rules.board import Size
from pingyi.rules.day import day_of
from pingyi.rules.refused import Refused
from pingyi.stations.commitments.models import BoardEdition, NoticeBoard
from pingyi.stations.commitments.queries import board as queries
from pingyi.stations.commitments.queries.content import compose
from pingyi.stations.plans.queries import people


def place(*, place: str, section: str = "", size: str = Size.A3.value, by: Actor, at: datetime) -> NoticeBoard:
    """Say that a board is to hang at a place, for a section or for the whole bureau."""
    with act("board.place", by=by, at=at) as change:
        row = NoticeBoard(section=_section(section), place=place, size=Size(size).value, placed_on=day_of(at))
        return change.save(row)


def publish(*, section: str = "", mailbox: str = "", telephone: str = "", by: Actor, at: datetime) -> BoardEdition:
    """Freeze what the boards of a section (or of the bureau) say now as their next edition."""
    with act("board.publish", by=by, at=at) as change:
        unit = _section(section)
        last = queries.latest(unit)
        content = compose(unit, mailbox=mailbox, telephone=telephone, on=day_of(at))
        rules.publishable(content, before=last.said if last else None)
        text = json.dumps(rules.to_plain(content), ensure_ascii=False, sort_keys=True)
        head = record.latest()
        row = BoardEdition(
            section=unit, number=last.number + 1 if last else 1, content=text,
            content_sha256=hashlib.sha256(text.encode()).hexdigest(), checkpoint_size=head.size if head else None,
            checkpoint_root=head.root if head else "", published_on=day_of(at), published_by=people.acting(by),
        )  # fmt: skip
        change.save(row)
        _tell_of_edition(row, by=by, at=at)
    return row


def hang(reference: str, *, edition: int, photograph: Kept | None, by: Actor, at: datetime) -> NoticeBoard:
    """Say that an edition hangs at the board's place, with a photograph that shows it."""
    with act("board.hang", by=by, at=at) as change:
        row = change.lock(NoticeBoard, reference=reference)
        last = queries.latest(row.section)
        row.state = rules.hang(
            row.state, edition=edition, latest=last.number if last else 0, has_photograph=_is_picture(photograph),
            on=day_of(at),
        )  # fmt: skip
        if photograph is not None:
            row.photograph_sha256, row.photograph_mime = photograph.sha256, photograph.mime
            row.photograph_size = photograph.size
        row.hung_by = people.acting(by)
        return change.save(row)


def take_down(reference: str, *, reason: str, ground: str = "", by: Actor, at: datetime) -> NoticeBoard:
    """Say that nothing hangs at the board's place any more, and why."""
    with act("board.take_down", by=by, at=at, ground=ground, reason=reason) as change:
        row = change.lock(NoticeBoard, reference=reference)
        row.state = rules.take_down(row.state, reason=reason, on=day_of(at))
        row.note = reason
        return change.save(row)


def _is_picture(photograph: Kept | None) -> bool:
    return photograph is not None and photograph.mime.startswith("image/")


def _section(reference: str) -> Section | None:
    if not reference:
        return None
    row: Section | None = Section.objects.filter(reference=reference, closed_on=None).first()
    if row is None:
        raise Refused("board.no_such_section", field="section")
    return row


def _tell_of_edition(row: BoardEdition, *, by: Actor, at: datetime) -> None:
    """Whoever answers for a board's section hangs the new edition; the bureau's boards are the officers' matter."""
    boards = NoticeBoard.objects.filter(section=row.section, taken_down_on=None).exclude(size=Size.SCREEN.value)
    head = people.answering(row.section, on=day_of(at)) if row.section else None
    to = [one for one in ([head] if head else people.officers(on=day_of(at))) if one.reference != by.reference]
    for board in boards:
        notices.queue(
            "board.published", to=to, about=board, at=at, url=board.get_absolute_url(), place=board.place,
            edition=row.number,
        )  # fmt: skip
