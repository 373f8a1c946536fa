"""What needs two persons: motions about roles that check, and how one goes on (§5.4, ADR 0013)."""

from __future__ import annotations

from enum import StrEnum

from pingyi.rules.actor import Role
from pingyi.rules.permissions import CHECKING, PERMISSIONS
from pingyi.rules.refused import Refused


class Stage(StrEnum):
    """Where a motion stands."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


def needs_two(*roles: str) -> bool:
    """Whether an act about somebody who has, or is to have, these roles is done by two persons."""
    return any(Role(role) in CHECKING for role in roles)


def check_single(*roles: str) -> None:
    """Refuse what one officer would do alone about a role that checks."""
    if needs_two(*roles):
        raise Refused("member.needs_two", field="role")


def check_second(role: str) -> None:
    """Refuse a second person who could not confirm what the first one proposes."""
    if Role(role) not in PERMISSIONS["motion.confirm"].reach:
        raise Refused("bureau.second_cannot_confirm", field="second_role")


def check_open(stage: str) -> None:
    """Refuse to decide twice."""
    if stage != Stage.OPEN.value:
        raise Refused("motion.is_over")


def check_note(note: str) -> None:
    """Refuse a refusal without a reason."""
    if not note.strip():
        raise Refused("motion.note_needed", field="note")


def check_person(*, post: str | None, login: str | None, is_taken: bool) -> None:
    """Refuse another person's login for a post that somebody took up before; both are named by their pseudonyms."""
    if is_taken and login != post:
        raise Refused("invitation.other_person")


def check_word(*, is_needed: bool, kept: str | None, given: str) -> None:
    """Refuse to open an invitation to a role that checks without the second word; both as digests."""
    if not is_needed:
        return
    if not kept:
        raise Refused("invitation.awaits_word", field="word")
    if given != kept:
        raise Refused("invitation.wrong_word", field="word")
