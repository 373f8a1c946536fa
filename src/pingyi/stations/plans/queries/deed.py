"""Acts of this house that are offered to a duty as its proof (§3.2.1, §4)."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from pingyi.bureau import hooks
from pingyi.documents.handed_in import HandedIn
from pingyi.rules import deed as rules
from pingyi.rules.day import day_of
from pingyi.rules.deed import Deed, DeedKind
from pingyi.rules.meeting import MeetingStage
from pingyi.rules.task import Stage
from pingyi.stations.plans.models import Meeting, Round, Task
from pingyi.stations.plans.queries.round import plan as plan_of

OPEN = (Stage.OPEN, Stage.RETURNED)


def own(year: int) -> Sequence[Deed]:
    """Return what this room did itself: the plan in force, and the meetings that were held."""
    round_ = Round.objects.filter(year=year).first()
    if round_ is None:
        return []
    plan = Deed(
        kind=DeedKind.PLAN,
        title=plan_of(round_).title,
        on=round_.opened_on,
        subject=round_.subject,
        url=reverse("plans:year"),
    )
    held = Meeting.objects.filter(round=round_, stage__in=[MeetingStage.HELD, MeetingStage.MINUTED])
    meetings = [
        Deed(
            kind=DeedKind.MEETING,
            title=row.title,
            on=day_of(row.held_at),
            subject=row.subject,
            url=row.get_absolute_url(),
            of=row.kind,
        )
        for row in held.order_by("pk")
        if row.held_at
    ]
    return [plan, *meetings]


def offered(task: Task) -> tuple[Deed, ...]:
    """Return what is offered to a task that is still to be reported."""
    if task.stage not in OPEN:
        return ()
    section = task.section.reference if task.section else ""
    found = hooks.deeds(task.round.year)
    return rules.offered(found, title=task.title, section=section, recipient=task.recipient)


def said(deed: Deed) -> str:
    """Return the report that a deed makes."""
    return _("Done; it stands in the record of this site: %(title)s, %(day)s.") % {
        "title": deed.title,
        "day": deed.on.isoformat(),
    }


def paper(deed: Deed) -> HandedIn:
    """Return the proof: what was done, when, and the entry under which everybody can check it."""
    lines = [
        said(deed),
        _("Entry in the record: %s") % deed.subject,
        _("Page: %s") % deed.url,
        *([pgettext("of a deed", "The office above gave its receipt.")] if deed.is_received else []),
    ]
    name = f"{deed.title} {deed.on.isoformat()}.txt"
    return HandedIn(name=name, mime="text/plain", content="\n".join(lines).encode())
