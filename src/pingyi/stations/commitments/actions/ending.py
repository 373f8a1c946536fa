"""What a section leaves behind when it is closed: its promises and its open list end with it, by acts (§3.2.3)."""

from __future__ import annotations

from datetime import datetime

from pingyi.record.acts import act
from pingyi.rules import commitment, openness
from pingyi.rules.actor import machine
from pingyi.rules.day import day_of
from pingyi.stations.commitments.models import Commitment, OpennessItem

MACHINE = machine("closing")  # of a section: nobody judges the promise or the item by it


def end(section: str, reason: str, at: datetime) -> None:
    """Withdraw what a closed section promised and drop its open items, with the reason of its closing.

    Whoever takes its work over promises anew: a promise is a section's own word. Boards are taken down before.
    """
    promised = Commitment.objects.filter(section__reference=section, stage=commitment.Stage.PUBLISHED.value)
    if promised.exists():
        with act("commitment.withdraw", by=MACHINE, at=at, ground="section_closed", reason=reason) as change:
            rows = change.lock_all(promised.select_related("section"))
            for row in rows:
                row.state = commitment.dissolve(row.state)
                row.note, row.ended_on = reason, day_of(at)
            change.save_all(rows)
    opened = OpennessItem.objects.filter(section__reference=section).exclude(stage=openness.Stage.NOT_APPLICABLE.value)
    if opened.exists():
        with act("openness.drop", by=MACHINE, at=at, ground="section_closed", reason=reason) as change:
            items = change.lock_all(opened.select_related("section"))
            for item in items:
                item.state, item.note = openness.dissolve(item.state), reason
            change.save_all(items)
