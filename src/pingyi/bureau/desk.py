"""What the bureau lays on desks: who waits for an invitation, and what waits for another person (ADR 0013)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pingyi.bureau import interests, motions, queries
from pingyi.desk import DeskItem, DeskKind
from pingyi.rules.actor import Actor
from pingyi.rules.permissions import may

ROOM = "bureau"


def desk(actor: Actor, at: datetime) -> Sequence[DeskItem]:
    """Return who waits for this person's invitation, and what waits for this person's word as the second one."""
    return [*_motions(actor), *_words(actor, at=at), *_uninvited(actor, at=at), *_declaration(actor)]


def _uninvited(actor: Actor, *, at: datetime) -> Iterator[DeskItem]:
    if not may(actor, "invitation.issue"):
        return
    count = len(queries.uninvited(at=at))
    if count:
        told = ngettext("%(count)s person waits for an invitation", "%(count)s persons wait for an invitation", count)
        url = reverse("bureau:invitations")
        yield DeskItem(kind=DeskKind.WAITING, title=told % {"count": count}, url=url, room=ROOM)


def _declaration(actor: Actor) -> Iterator[DeskItem]:
    year = interests.is_due(actor)
    if year is not None:
        title = _("Declare your interests for %s") % year
        yield DeskItem(kind=DeskKind.WAITING, title=title, url=reverse("bureau:interests"), room=ROOM)


def _motions(actor: Actor) -> Iterator[DeskItem]:
    if not may(actor, "motion.confirm"):
        return
    for row in motions.motions(is_open=True):
        if may(actor, "motion.confirm", row.about()):
            url = reverse("bureau:motion", args=[row.reference])
            title = _("Confirm or refuse: %s") % row.name
            yield DeskItem(kind=DeskKind.WAITING, title=title, url=url, room=ROOM)


def _words(actor: Actor, *, at: datetime) -> Iterator[DeskItem]:
    if not may(actor, "invitation.give_word"):
        return
    for row in motions.unspoken(at=at):
        if may(actor, "invitation.give_word", row.about()):
            url = reverse("bureau:invitation_word", args=[row.reference])
            title = _("Give the second word to %s") % row.member.name
            yield DeskItem(kind=DeskKind.WAITING, title=title, url=url, room=ROOM)
