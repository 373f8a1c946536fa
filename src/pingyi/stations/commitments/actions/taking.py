"""Taking a row for a change, unless somebody changed it while the person had it open."""

from __future__ import annotations

from typing import TypeVar

from pingyi.record.acts import Change
from pingyi.record.models import Recorded
from pingyi.rules.refused import Refused

R = TypeVar("R", bound=Recorded)


def take(change: Change, model: type[R], reference: str, *, seen: int | None) -> R:
    """Return the row, locked; `seen` is the version that the person looked at, where there was a page."""
    row = change.lock(model, reference=reference)
    if seen is not None and row.version != seen:
        raise Refused("changed")
    return row
