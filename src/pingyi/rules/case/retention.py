"""How long what people told is kept, and what keeps it from being destroyed (§5.4)."""

from __future__ import annotations

from datetime import date

from pingyi.rules.case.stages import UNFINISHED, CaseState
from pingyi.rules.refused import Refused

TABLE_KEPT_DAYS = 90  # a hotline's table, after it was last moved: long enough to mend and send its rows again
KEPT_YEARS = 3  # after the closing, where nobody asks for less


def last_kept_on(closed_on: date) -> date:
    """Return the last day on which a closed case's words are kept."""
    try:
        return closed_on.replace(year=closed_on.year + KEPT_YEARS)
    except ValueError:  # 29 February
        return closed_on.replace(year=closed_on.year + KEPT_YEARS, day=28)


def check_erasable(state: CaseState, *, is_erased: bool, has_open_breach: bool, has_open_call_back: bool) -> None:
    """Refuse to destroy what is still needed: an open case, an undecided breach, a call-back that was drawn."""
    if is_erased:
        raise Refused("case.erased_already")
    if state.stage in UNFINISHED:
        raise Refused("case.needed_while_open")
    if has_open_breach:
        raise Refused("case.needed_for_breach")
    if has_open_call_back:
        raise Refused("case.needed_for_call_back")
