"""How long what people told is kept by the plan, and what keeps it from being destroyed (§5.4)."""

from __future__ import annotations

from datetime import date

from pingyi.rules.case.stages import UNFINISHED, CaseState
from pingyi.rules.refused import Refused


def last_kept_on(closed_on: date, *, years: int) -> date:
    """Return the last day on which a closed case's words are kept, where nobody asks for less."""
    try:
        return closed_on.replace(year=closed_on.year + years)
    except ValueError:  # 29 February
        return closed_on.replace(year=closed_on.year + years, day=28)


def kept_since(on: date, *, years: int) -> date:
    """Return the first day of closing of which the words are still kept: the inverse of the above."""
    try:
        return on.replace(year=on.year - years)
    except ValueError:  # 29 February
        return on.replace(year=on.year - years, month=3, day=1)


def check_erasable(
    state: CaseState, *, is_erased: bool, is_held: bool, has_open_breach: bool, has_open_call_back: bool
) -> None:
    """Refuse to destroy what is still needed: by an open case, a hold, an undecided breach, a call-back drawn."""
    if is_erased:
        raise Refused("case.erased_already")
    if state.stage in UNFINISHED:
        raise Refused("case.needed_while_open")
    if is_held:
        raise Refused("case.needed_for_matter")
    if has_open_breach:
        raise Refused("case.needed_for_breach")
    if has_open_call_back:
        raise Refused("case.needed_for_call_back")
