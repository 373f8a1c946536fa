"""Declarations of interest and what follows from them: who is bound does not check, decide, call or take (§5.4)."""

from __future__ import annotations

from collections.abc import Sequence

from pingyi.rules.actor import Role
from pingyi.rules.permissions import CHECKING
from pingyi.rules.refused import Refused

# Who declares each year: those who check, those who watch from outside, and the heads, who close their sections' cases.
DECLARE = CHECKING | {Role.SUPERVISOR, Role.SECTION_HEAD}


def check(*, sections: Sequence[str], is_none: bool, details: str, own: str | None) -> None:
    """Refuse a declaration that says nothing, or two things at once; "none" is a declaration too."""
    if is_none and (sections or details.strip()):
        raise Refused("interest.none_and_some", field="is_none")
    if not is_none and not sections:
        raise Refused("interest.says_nothing", field="sections")
    if sections and not details.strip():
        raise Refused("interest.details_needed", field="details")
    if own is not None and own in sections:
        raise Refused("interest.own_section", field="sections")
