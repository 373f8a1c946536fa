"""What a channel's own system does: hand a matter in once, and hand over what its call-back heard (§3.2.2)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime

from pingyi.bureau import shelf
from pingyi.bureau.shelf import Kept
from pingyi.documents import handed_in
from pingyi.rules.actor import machine
from pingyi.rules.refused import Refused
from pingyi.stations.cases import keyed
from pingyi.stations.cases.actions import inbox, rating
from pingyi.stations.cases.contact import NOBODY, Contact
from pingyi.stations.cases.models import Rating, Submission

LONGEST_WORD = 255  # of an idempotency key


def hand_in(
    *,
    channel: str,
    kind: str,
    title: str,
    text: str = "",
    place: str = "",
    contact: Contact = NOBODY,
    external_number: str = "",
    not_after: date | None = None,
    files: Sequence[str] = (),
    word: str = "",
    at: datetime,
) -> Submission:
    """Take a matter once: sent again with the same word, or else the same number, it is the first one again.

    The same word with other content is refused, so that a second matter is never lost behind a first.
    """
    kept = [_taken(one, channel=channel) for one in files]
    told = [kind, title, text, place, external_number, asdict(contact), str(not_after or "")]
    told += [one.sha256 for one in kept]
    digest = keyed.told_digest(json.dumps(told, sort_keys=True))
    sent = f"word:{word}" if word else f"number:{external_number}" if external_number else ""
    row = inbox.submit(
        kind=kind,
        channel=channel,
        title=title,
        text=text,
        place=place,
        external_number=external_number,
        contact=contact,
        files=kept,
        not_after=not_after,
        once=keyed.once_key(channel, sent) if sent else "",
        digest=digest,
        at=at,
    )
    if row.digest != digest:
        raise Refused("interface.sent_otherwise")
    return row


def lay_down(content: bytes, *, name: str, channel: str) -> tuple[str, Kept]:
    """Lay a file on the shelf, checked as on the public form; return the word by which this channel names it."""
    kept = shelf.put(handed_in.accept(content, name=name))
    return shelf.ticket(kept, holder=_holder(channel)), kept


def _taken(word: str, *, channel: str) -> Kept:
    kept = shelf.redeem(word, holder=_holder(channel))
    if kept is None:
        raise Refused("interface.file_unknown", field="files")
    return kept


def _holder(channel: str) -> str:
    return f"channel:{channel}"


def rate(reference: str, *, channel: str, level: int, words: str = "", at: datetime) -> Rating:
    """Take the satisfaction that a hotline's own call-back heard, once for each closing (好差评)."""
    return rating.rate(reference, level=level, words=words, by=machine(f"hotline/{channel}"), at=at)
