"""The record's job: entries get their places, and a checkpoint is signed (§5.4)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from pingyi.jobs import MINUTE, SECOND, Turn, job
from pingyi.record import seals, sequence


@job("record.sequence", title=_("Places in the record, and its checkpoint"), every=SECOND, most=2 * MINUTE, quick=True)
def place(turn: Turn) -> None:
    """Give what waits its place in the tree; a broken record is told on the desk."""
    sequence.sequence(at=turn.at())


@job("record.seal", title=_("The day's sealed entry"), every=MINUTE, most=2 * MINUTE, quick=True)
def seal(turn: Turn) -> None:
    """Bind what is kept apart to the record, once a day."""
    seals.keep_up(at=turn.at())
