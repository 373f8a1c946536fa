"""How an invitation reaches the invited: by mail where that is set up, else on a sealed sheet; never by a page."""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.timezone import localtime
from django.utils.translation import gettext

from pingyi.bureau.actions.invitation import Issued
from pingyi.bureau.models import Bureau
from pingyi.documents import sealed_invitations
from pingyi.documents.sealed_invitations import Leaf, Sheets

logger = logging.getLogger(__name__)
Linked = Callable[[str], str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Delivered:
    """What became of invitations: whom a mail went to, and the sheet for all others (empty where there are none)."""

    mailed: tuple[str, ...]
    failed: tuple[str, ...]
    sheet: bytes


def deliver(issued: Sequence[Issued], *, link: Linked, bureau: Bureau) -> Delivered:
    """Mail each invitation to its person, and print those without an address, or whose mail did not go out."""
    mailed: list[str] = []
    failed: list[str] = []
    paper: list[Issued] = []
    for one in issued:
        person = one.invitation.member
        if not settings.EMAIL_HOST or not person.mail:
            paper.append(one)
        elif _mailed(one, link=link, bureau=bureau):
            mailed.append(person.name)
        else:
            failed.append(person.name)
            paper.append(one)
    return Delivered(mailed=tuple(mailed), failed=tuple(failed), sheet=_printed(paper, link=link, bureau=bureau))


def _mailed(one: Issued, *, link: Linked, bureau: Bureau) -> bool:
    row = one.invitation
    said = gettext(
        "{name}, you were appointed: {role}.\n\nTake up your post by this link, once, until {until}:\n{link}\n\n"
        "Whoever has the link can take the post: pass it on to nobody."
    )
    until = f"{localtime(row.expires_at):%Y-%m-%d %H:%M}"
    text = said.format(name=row.member.name, role=row.member.get_role_display(), until=until, link=link(one.token))
    if row.needs_word:
        text += "\n\n" + gettext("The link asks for a second word. Another officer tells it to you by voice.")
    subject = gettext("{bureau}: take up your post").format(bureau=bureau.name)
    try:
        return EmailMessage(subject, text, settings.DEFAULT_FROM_EMAIL, [row.member.mail]).send() == 1
    except (OSError, smtplib.SMTPException):
        logger.exception("an invitation could not be mailed; it is printed instead")
        return False


def _printed(issued: Sequence[Issued], *, link: Linked, bureau: Bureau) -> bytes:
    if not issued:
        return b""
    leaves = tuple(_leaf(one, link=link) for one in issued)
    return sealed_invitations.pdf(Sheets(bureau=bureau.name, office=bureau.office_name, leaves=leaves))


def _leaf(one: Issued, *, link: Linked) -> Leaf:
    row = one.invitation
    return Leaf(
        name=row.member.name,
        post=str(row.member.get_role_display()),
        section=row.member.section.name if row.member.section else "",
        until=f"{localtime(row.expires_at):%Y-%m-%d %H:%M}",
        link=link(one.token),
        needs_word=bool(row.needs_word),
    )
