"""Which cases a reader may see, as a condition of every list; the rule of `people.may_read` for one case (§5.4)."""

from __future__ import annotations

from django.db.models import Q

from pingyi.bureau.models import Member
from pingyi.rules.actor import Actor, Role
from pingyi.stations.cases.queries.people import READERS


def by(actor: Actor) -> Q:
    """Return the condition: those who oversee see all, a section its own and what it is offered, nobody else's.

    Reports of misconduct are the supervision office's alone. It names rows by their keys, so that a list of a million
    cases walks its indexes.
    """
    if actor.role is Role.SUPERVISION_OFFICE:
        return Q()
    if actor.role in READERS:
        return Q(is_restricted=False)
    return _own(actor) & Q(is_restricted=False)


def _own(actor: Actor) -> Q:
    is_colleague = Q(section__reference=actor.section) if actor.section is not None else Q(pk=None)
    found = list(Member.objects.filter(Q(reference=actor.reference) | is_colleague).values_list(*_NAMES))
    own = Q(holder_id__in=[pk for pk, reference, *_ in found if reference == actor.reference])
    staff = [(pk, section) for pk, _, section, name in found if name == actor.section and section is not None]
    for section in {section for _, section in staff}:
        taken = Q(section_id=None, holder_id__in=[pk for pk, _ in staff])
        own |= Q(section_id=section) | taken | Q(is_offered=True, offered_to_id=section)
    return own


_NAMES = ("pk", "reference", "section_id", "section__reference")
