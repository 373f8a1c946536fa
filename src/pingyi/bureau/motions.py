"""What waits for a second person: motions about roles that check, and second words (ADR 0013)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pingyi.bureau import queries
from pingyi.bureau.models import Invitation, Member, Motion
from pingyi.rules.motion import Stage
from pingyi.rules.permissions import PERMISSIONS


def able_to_confirm(*, on: date) -> list[Member]:
    """Return those in office who can sign in and whose role stands behind motions (ADR 0013)."""
    roles = [role.value for role in PERMISSIONS["motion.confirm"].reach]
    return list(queries.members(on=on).filter(role__in=roles).exclude(login=None))


def motions(*, is_open: bool) -> QuerySet[Motion]:
    """Return the motions that wait, the oldest first, or those decided, the newest first."""
    rows = Motion.objects.select_related("member", "section")
    if is_open:
        return rows.filter(stage=Stage.OPEN.value).order_by("proposed_on", "pk")
    return rows.exclude(stage=Stage.OPEN.value).order_by("-decided_on", "-pk")


def motion(reference: str) -> Motion:
    """Return one motion."""
    row: Motion = get_object_or_404(Motion.objects.select_related("member", "section"), reference=reference)
    return row


PARTICULARS: Mapping[str, str | Promise] = {
    "name": _("Full name"),
    "title": _("Post title"),
    "phone": _("Phone"),
    "mail": _("Mail address"),
    "letter_number": _("Number of the letter of appointment"),
    "active_from": _("First day"),
    "active_until": _("Last day"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Particular:
    """One value that a motion would set, beside what stands there now."""

    label: str
    value: str
    before: str


def particulars(row: Motion) -> list[Particular]:
    """Return what a motion would set, with what stands now where it would change something."""
    now = row.member if row.verb == "member.change" and row.stage == Stage.OPEN.value else None
    shown = []
    for name, label in PARTICULARS.items():
        value = str(row.particulars.get(name) or "")
        before = str(getattr(now, name) or "") if now else value
        if value or before:
            shown.append(Particular(label=str(label), value=value, before=before if before != value else ""))
    return shown


def named(*references: str) -> dict[str, str]:
    """Return the names of these members."""
    return dict(Member.objects.filter(reference__in=references).values_list("reference", "name"))


def to_speak(*, at: datetime) -> list[Invitation]:
    """Return the open invitations to roles that check, with and without a second word."""
    waiting = Invitation.objects.filter(accepted_at=None, revoked_at=None, expires_at__gt=at, needs_word=True)
    return list(waiting.select_related("member", "member__section").order_by("pk"))


def unspoken(*, at: datetime) -> list[Invitation]:
    """Return those among them which nobody gave the word to yet."""
    return [row for row in to_speak(at=at) if row.word_sha256 is None]
