"""Declarations of interest (§5.4): what follows from one is decided where verbs are permitted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from pingyi.bureau.models import Interest, Member, Section
from pingyi.record.acts import act
from pingyi.rules import interest as rules
from pingyi.rules.actor import Actor
from pingyi.rules.day import day_of
from pingyi.rules.refused import Refused


def declare(
    *, year: int, sections: Sequence[str] = (), is_none: bool = False, details: str = "", by: Actor, at: datetime
) -> Interest:
    """Declare with which sections one has ties, or that there are none; a later declaration replaces it (§5.4)."""
    with act("interest.declare", by=by, at=at) as change:
        rules.check(sections=sections, is_none=is_none, details=details, own=by.section)
        known = set(Section.objects.filter(reference__in=sections).values_list("reference", flat=True))
        if known != set(sections):
            raise Refused("missing", field="sections")
        row = Interest(
            member=Member.objects.get(reference=by.reference), year=year, sections=sorted(known), is_none=is_none,
            details=details.strip(), declared_on=day_of(at),
        )  # fmt: skip
        return change.save(row)
