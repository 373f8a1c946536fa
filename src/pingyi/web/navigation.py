"""The site's navigation as one table; an entry shows when its page exists and its reader may use it."""

from __future__ import annotations

from dataclasses import dataclass
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
    is_current: bool = False


# In the order in which a day's work asks for them.
MAIN = (
    Entry(path="/desk/", label=_("Desk"), roles=MEMBERS),
    Entry(path="/plan/", label=_("Plan")),
    Entry(path="/board/", label=_("Tasks"), roles=MEMBERS),
    Entry(path="/year/", label=_("The year"), roles=MEMBERS),
    Entry(path="/cases/", label=_("Cases"), roles=HANDLERS),
    Entry(path="/meetings/", label=_("Meetings"), roles=OFFICERS),
    Entry(path="/commitments/", label=_("Commitments")),
    Entry(path="/results/", label=_("Results"), roles=MEMBERS),
    Entry(path="/reports/", label=_("Reports"), roles=OFFICERS),
    Entry(path="/bureau/", label=_("Sections"), roles=MEMBERS),
    Entry(path="/tell/", label=_("Tell us"), roles=EVERYBODY - MEMBERS),
    Entry(path="/follow/", label=_("Follow a matter"), roles=EVERYBODY - MEMBERS),
    Entry(path="/public/", label=_("Published"), roles=EVERYBODY - MEMBERS),
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
    Entry(path="/record/", label=_("The record's latest checkpoint")),
    Entry(path="/public/", label=_("What has been published")),
    Entry(path="/accessibility/", label=_("Accessibility")),
)


def entries(table: tuple[Entry, ...], *, actor: Actor, path: str) -> list[Entry]:
    """Return the entries that this reader may use, the one that holds the present page marked."""
    return [
        Entry(path=entry.path, label=entry.label, is_current=path.startswith(entry.path))
        for entry in table
        if actor.role in entry.roles and exists(entry.path)
    ]


@lru_cache(maxsize=64)
def exists(path: str) -> bool:
    """Whether some room answers at this address."""
    try:
        resolve(path)
    except Resolver404:
        return False
    return True
