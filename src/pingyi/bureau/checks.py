"""What the house itself looks at before a great step: people, sections, address, name, witnesses, backup, mail."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pingyi import site
from pingyi.bureau import backup_age, motions, queries
from pingyi.bureau.models import Section
from pingyi.ready import Check, Finding, Occasion
from pingyi.record import witnesses
from pingyi.rules import readiness as rules
from pingyi.rules.address import host_of
from pingyi.rules.day import day_of
from pingyi.rules.readiness import Severity

NO_PAGE = ""  # what only the machine's keeper can mend


def _named(rows: Iterable[Section], *, page: str) -> Finding | None:
    names = tuple(row.name for row in rows)
    return Finding(names=names, mend=reverse(page)) if names else None


def _no_section(_at: Occasion) -> Finding | None:
    return None if queries.sections(evaluated=True).exists() else Finding(mend=reverse("bureau:bureau"))


def _without_people(at: Occasion) -> Finding | None:
    staffed = _staffed(on=day_of(at.at))
    rows = (row for row in queries.sections(evaluated=True) if row.pk not in staffed)
    return _named(rows, page="bureau:bureau")


def _without_head(at: Occasion) -> Finding | None:
    staffed = _staffed(on=day_of(at.at))
    rows = (row for row in queries.sections(evaluated=True) if row.pk in staffed and row.head is None)
    return _named(rows, page="bureau:bureau")


def _without_stand_in(_at: Occasion) -> Finding | None:
    rows = (row for row in queries.sections(evaluated=True) if row.head is not None and row.stand_in is None)
    return _named(rows, page="bureau:roster")


def _staffed(*, on: date) -> set[int | None]:
    return set(queries.members(on=on).exclude(section=None).values_list("section_id", flat=True))


def _one_hand(at: Occasion) -> Finding | None:
    able = motions.able_to_confirm(on=day_of(at.at))
    hands = {one.person or one.reference for one in able}
    return None if len(hands) > 1 else Finding(mend=reverse("bureau:member_appoint"), facts={"hands": len(hands)})


def _uninvited(at: Occasion) -> Finding | None:
    names = tuple(one.name for one in queries.uninvited(at=at.at))
    return Finding(names=names, mend=reverse("bureau:invitations")) if names else None


def _address(_at: Occasion) -> Finding | None:
    """Find a site that others cannot reach, be it that its address was set to a name of this machine or network."""
    known = site.address()
    hosts = [host_of(known)] if known else settings.ALLOWED_HOSTS
    if settings.PINGYI.rehearsal or not rules.is_loopback(hosts):
        return None
    return Finding(mend=NO_PAGE, facts={"hosts": ", ".join(dict.fromkeys(hosts))})


def _https(_at: Occasion) -> Finding | None:
    return None if settings.PINGYI.rehearsal or site.is_behind_https() else Finding(mend=NO_PAGE)


def _name(_at: Occasion) -> Finding | None:
    if settings.PINGYI.rehearsal or site.is_named():
        return None
    return Finding(mend=NO_PAGE, facts={"name": site.name()})


def _backup(at: Occasion) -> Finding | None:
    if settings.PINGYI.rehearsal or (backup_age.last() is not None and not backup_age.alarm(at=at.at)):
        return None
    return Finding(mend=reverse("bureau:jobs"))


def _too_few_witnesses(at: Occasion) -> Finding | None:
    needed = at.plan.witnessing.needed if at.plan and at.plan.witnessing else 0
    listed = len(witnesses.known())
    if settings.PINGYI.rehearsal or listed >= needed:
        return None
    return Finding(mend=NO_PAGE, facts={"listed": listed, "needed": needed})


def _no_witness(_at: Occasion) -> Finding | None:
    return None if settings.PINGYI.rehearsal or witnesses.known() else Finding(mend=NO_PAGE)


def _no_mail(_at: Occasion) -> Finding | None:
    return None if settings.PINGYI.rehearsal or settings.PINGYI.mail_host else Finding(mend=NO_PAGE)


CHECKS = (
    Check(
        id="sections.none", severity=Severity.STOPS, find=_no_section, is_acceptable=False,
        title=_("Sections that take part"),
        sentence=_("No section takes part in the evaluation: every section's duty would be nobody's."),
        remedy=_("Enter the sections"),
    ),
    Check(
        id="people.one_hand", severity=Severity.WARNS, find=_one_hand,
        title=_("Two persons who can check each other"),
        sentence=_("Only %(hands)s person can sign in who may adopt and confirm; nobody checks their own work."),
        remedy=_("Appoint another person"),
    ),
    Check(
        id="people.none", severity=Severity.WARNS, find=_without_people,
        title=_("Every section has people"),
        sentence=_("Sections without anybody in office: %(count)s. Their duties fall to the supervision office."),
        remedy=_("Enter their people"),
    ),
    Check(
        id="people.no_head", severity=Severity.WARNS, find=_without_head,
        title=_("Every section has a head"),
        sentence=_("Sections without a head: %(count)s. Nobody answers for them by name."),
        remedy=_("Name their heads"),
    ),
    Check(
        id="house.address", severity=Severity.WARNS, find=_address,
        title=_("The site's address"),
        sentence=_(
            "The site answers only to %(hosts)s: links and codes on paper would lead everybody to their own machine."
        ),
        remedy=_("Set PINGYI_ADDRESS to the site's address, then start it again (docs/guides/https.md)"),
    ),
    Check(
        id="house.https", severity=Severity.WARNS, find=_https,
        title=_("HTTPS"),
        sentence=_(
            "The site's address begins with https://, but HTTPS is not switched on: cookies travel unprotected."
        ),
        remedy=_("Once a proxy speaks HTTPS, set PINGYI_HTTPS='true' and start it again (docs/guides/https.md)"),
    ),
    Check(
        id="house.name", severity=Severity.WARNS, find=_name,
        title=_("The record's name"),
        sentence=_("The record still has every new site's name, %(name)s. Once published, it stays for good."),
        remedy=_("Set PINGYI_ORIGIN to a name of your own before the first step is taken (docs/guides/https.md)"),
    ),
    Check(
        id="house.backup", severity=Severity.WARNS, find=_backup,
        title=_("A backup"),
        sentence=_("There is no backup that is young enough."),
        remedy=_("Ask for ./pingyi backup"),
    ),
    Check(
        id="house.few_witnesses", severity=Severity.WARNS, find=_too_few_witnesses,
        title=_("The witnesses that the plan asks for"),
        sentence=_("The plan asks for %(needed)s witnesses of the record; %(listed)s are listed."),
        remedy=_("List them (docs/guides/witnesses.md)"),
    ),
    Check(
        id="people.no_stand_in", severity=Severity.NOTES, find=_without_stand_in,
        title=_("Every head has a stand-in"),
        sentence=_("Heads without a stand-in: %(count)s sections."),
        remedy=_("Name the stand-ins"),
    ),
    Check(
        id="people.uninvited", severity=Severity.NOTES, find=_uninvited,
        title=_("Everybody can sign in"),
        sentence=_("Persons who cannot sign in and have no invitation: %(count)s."),
        remedy=_("Invite them"),
    ),
    Check(
        id="house.no_witness", severity=Severity.NOTES, find=_no_witness,
        title=_("A witness outside the house"),
        sentence=_("No witness outside the house keeps the record's checkpoints."),
        remedy=_("List one (docs/guides/witnesses.md)"),
    ),
    Check(
        id="house.no_mail", severity=Severity.NOTES, find=_no_mail,
        title=_("Mail"),
        sentence=_("No mail server is set: invitations are printed, and nobody is told anything by mail."),
        remedy=_("Set PINGYI_MAIL_HOST"),
    ),
)  # fmt: skip
