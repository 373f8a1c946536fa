"""Where the rooms above tell the bureau what it cannot know: open duties, and the kinds of unit in the adopted plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from pingyi.rules.membership import KINDS

Duties = Callable[[str], Sequence[str]]
Kinds = Callable[[], Mapping[str, str]]

_duties: list[Duties] = []
_kinds: list[Kinds] = []


def duties_from(source: Duties) -> None:
    """Register a room's titles of the duties still open for a section reference; called from AppConfig.ready."""
    _duties.append(source)


def kinds_from(source: Kinds) -> None:
    """Register a source of kinds of unit (id → name), such as the adopted plan; called from AppConfig.ready."""
    _kinds.append(source)


def open_duties(section: str) -> list[str]:
    """Return the titles of everything that keeps this section from being closed."""
    return [title for source in _duties for title in source(section)]


def kinds() -> dict[str, str]:
    """Return every known kind of unit: the plan's word stands over the common one."""
    known = dict(KINDS)
    for source in _kinds:
        known.update(source())
    return known
