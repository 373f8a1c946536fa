"""The site's navigation as one table; an entry shows when its page exists and its reader may use it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from django.urls import Resolver404, resolve
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pingyi.rules.actor import Actor, Role

EVERYBODY = frozenset(Role)
MEMBERS = EVERYBODY - {Role.PUBLIC, Role.MACHINE}
OFFICERS = MEMBERS - {Role.SUPERVISOR, Role.SURVEY_TEAM}
# Those who handle cases, and those who oversee the handling.
HANDLERS = frozenset({Role.SUPERVISION_OFFICE, Role.SECTION_HEAD, Role.SECTION_STAFF, Role.BUREAU_LEADER, Role.AUDITOR})


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One line of the navigation."""

    path: str
    label: str | Promise
    roles: frozenset[Role] = EVERYBODY
    also: tuple[str, ...] = ()  # further addresses of the same room
    is_current: bool = False

    def holds(self, path: str) -> bool:
        """Whether a page stands in this entry's room."""
        return path.startswith((self.path, *self.also))


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """The main navigation of one reader: what stands in the row, and what stands under "More"."""

    shown: list[Entry]
    more: list[Entry]

    @property
    def is_current_in_more(self) -> bool:
        """Whether the present page is one of those under "More"."""
        return any(entry.is_current for entry in self.more)


# How many entries stand side by side at 1280 px in the longer language: a visitor's share the row with the tools.
MEMBERS_FIT, VISITORS_FIT = 9, 5

# In the order in which a day's work asks for them; what does not fit into the row goes under "More".
MAIN = (
    Entry(path="/desk/", label=_("Desk"), roles=MEMBERS),
    Entry(path="/tell/", label=_("Tell us"), roles=EVERYBODY - MEMBERS),
    Entry(path="/follow/", label=_("Follow a matter"), roles=EVERYBODY - MEMBERS),
    Entry(path="/plan/", label=_("Plan")),
    Entry(path="/board/", label=_("Tasks"), roles=MEMBERS, also=("/tasks/", "/duties/")),
    Entry(path="/year/", label=_("The year"), roles=MEMBERS),
    Entry(path="/cases/", label=_("Cases"), roles=HANDLERS),
    Entry(path="/cases/call-backs/", label=_("Call-backs"), roles=frozenset({Role.SURVEY_TEAM})),
    Entry(path="/commitments/", label=_("Commitments"), also=("/openness/", "/boards/")),
    Entry(path="/results/", label=_("Results"), roles=MEMBERS),
    Entry(path="/reports/", label=_("Reports"), roles=OFFICERS),
    Entry(path="/meetings/", label=_("Meetings"), roles=OFFICERS),
    Entry(path="/bureau/", label=_("Sections"), roles=MEMBERS),
    Entry(path="/public/", label=_("Published"), also=("/publications/",)),
    Entry(path="/record/", label=_("Record")),
)
ACCOUNT = (
    Entry(path="/notices/", label=_("Notices"), roles=MEMBERS),
    Entry(path="/accounts/password/change/", label=_("Change the password")),
    Entry(path="/accounts/2fa/", label=_("Second factor")),
)
FOOT = (
    Entry(path="/tell/", label=_("Tell us")),
    Entry(path="/follow/", label=_("Follow a matter")),
    Entry(path="/figures/", label=_("How matters were handled")),
    Entry(path="/record/", label=_("The record's latest checkpoint")),
    Entry(path="/public/", label=_("What has been published")),
    Entry(path="/accessibility/", label=_("Accessibility")),
)


def entries(table: tuple[Entry, ...], *, actor: Actor, path: str) -> list[Entry]:
    """Return the entries that this reader may use, the one that holds the present page marked."""
    return [
        replace(entry, is_current=entry.holds(path))
        for entry in table
        if actor.role in entry.roles and exists(entry.path)
    ]


def row(*, actor: Actor, path: str) -> Row:
    """Return the main navigation, so that it never needs a second row on a desk."""
    found, fit = entries(MAIN, actor=actor, path=path), MEMBERS_FIT if actor.role in MEMBERS else VISITORS_FIT
    room = len(found) if len(found) <= fit else fit - 1
    return Row(shown=found[:room], more=found[room:])


@lru_cache(maxsize=64)
def exists(path: str) -> bool:
    """Whether some room answers at this address."""
    try:
        resolve(path)
    except Resolver404:
        return False
    return True
