"""Where rooms tell each other, through the bureau, what they may not import: open duties, kinds of unit, promises."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date

from pingyi.rules.commitment import Outcome, Promise
from pingyi.rules.membership import KINDS
from pingyi.rules.plan.conduct import CaseKind

Duties = Callable[[str], Sequence[str]]
Kinds = Callable[[], Mapping[str, str]]
Promises = Callable[[str, CaseKind, date], Sequence[Promise]]
Outcomes = Callable[[Collection[str], date, date], Sequence[Outcome]]

_duties: list[Duties] = []
_kinds: list[Kinds] = []
_promises: list[Promises] = []
_outcomes: list[Outcomes] = []


def duties_from(source: Duties) -> None:
    """Register a room's titles of the duties still open for a section reference; called from AppConfig.ready."""
    _duties.append(source)


def kinds_from(source: Kinds) -> None:
    """Register a source of kinds of unit (id → name), such as the adopted plan; called from AppConfig.ready."""
    _kinds.append(source)


def promises_from(source: Promises) -> None:
    """Register a source of a section's published promises about cases; called from AppConfig.ready (§3.2.3)."""
    _promises.append(source)


def outcomes_from(source: Outcomes) -> None:
    """Register a source of what became of the cases under promises; called from AppConfig.ready (§3.2.3)."""
    _outcomes.append(source)


def open_duties(section: str) -> list[str]:
    """Return the titles of everything that keeps this section from being closed."""
    return [title for source in _duties for title in source(section)]


def kinds() -> dict[str, str]:
    """Return every known kind of unit: the plan's word stands over the common one."""
    known = dict(KINDS)
    for source in _kinds:
        known.update(source())
    return known


def promises(section: str, kind: CaseKind, *, on: date) -> list[Promise]:
    """Return what the section (by reference) promises for such a case received on this day."""
    return [promise for source in _promises for promise in source(section, kind, on)]


def outcomes(references: Collection[str], *, since: date, on: date) -> dict[str, Outcome]:
    """Return for each promise (by reference) how its cases received from `since` on stand on this day.

    A promise without cases is left out.
    """
    return {one.reference: one for source in _outcomes for one in source(references, since, on)}
