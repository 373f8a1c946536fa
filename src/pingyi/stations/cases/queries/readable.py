"""Which cases a reader may see, as a condition of a query; the same rule as `people.may_read` for one case (§5.4)."""

from __future__ import annotations

from django.db.models import Q

from pingyi.rules.actor import Actor, Role
from pingyi.stations.cases.queries.people import READERS


def by(actor: Actor) -> Q:
    """Return the condition: those who oversee see all, a section its own and what it is offered, nobody else's."""
    if actor.role is Role.SUPERVISION_OFFICE:
        return Q()
    if actor.role in READERS:
        return Q(is_restricted=False)
    own = Q(holder__reference=actor.reference)
    if actor.section is not None:
        own |= Q(section__reference=actor.section)
        own |= Q(section=None, holder__section__reference=actor.section)
        own |= Q(is_offered=True, offered_to__reference=actor.section)
    return own & Q(is_restricted=False)
