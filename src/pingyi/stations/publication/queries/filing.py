"""What the plan asks to be filed, how each filing stands, and who sees it (§1.3, §4.3d, §4.4a)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from pingyi.desk import DeskItem, DeskKind
from pingyi.rules.actor import Actor, Role
from pingyi.rules.day import day_of
from pingyi.rules.filing import RECEIVERS, FilingStage, FilingState, days_late, receiver_of
from pingyi.rules.permissions import may
from pingyi.rules.plan import Plan
from pingyi.rules.plan.schedule import Filing as PlanFiling
from pingyi.rules.refused import Refused
from pingyi.stations.plans import queries as plans
from pingyi.stations.plans.models import Round
from pingyi.stations.publication.models import Filing

OFFICES = frozenset(RECEIVERS.values())
READERS = frozenset({Role.SUPERVISION_OFFICE, Role.BUREAU_LEADER, Role.AUDITOR})
SOON = 14  # days before the due date at which it comes to the desk
NEWS = 3  # days for which a receipt counts as news


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """One filing that the plan asks for, with its row once something was handed over."""

    year: int
    key: str
    title: str
    recipient: str
    recipient_name: str
    receiver: Role | None
    due_on: date | None
    row: Filing | None
    days_late: int

    @property
    def stage(self) -> FilingStage:
        """Where it stands."""
        return FilingStage(self.row.stage) if self.row else FilingStage.WANTED

    @property
    def url(self) -> str:
        """The filing's page."""
        return reverse("publication:filing", args=[self.year, self.key])


def filings(round_: Round, *, on: date, seen_by: Actor) -> list[Asked]:
    """Return the plan's filings that this reader may see, by due date: an office above sees its own."""
    plan = plans.plan(round_)
    rows = {row.plan_filing: row for row in _rows(round_)}
    found = [_asked(round_, plan, one, rows.get(one.id), on=on) for one in plan.filings]
    return sorted((one for one in found if sees(one, seen_by=seen_by)), key=lambda one: one.due_on or date.max)


def filing(round_: Round, *, key: str, on: date, seen_by: Actor) -> Asked:
    """Return one filing; another office's is not there."""
    found = next((one for one in filings(round_, on=on, seen_by=seen_by) if one.key == key), None)
    if found is None:
        raise Refused("missing", kind="filing")
    return found


def asked(round_: Round, *, key: str) -> Asked:
    """Return what the plan asks for, for the act that files it."""
    plan = plans.plan(round_)
    wanted = next((one for one in plan.filings if one.id == key), None)
    if wanted is None:
        raise Refused("missing", kind="filing")
    row = _rows(round_).filter(plan_filing=key).first()
    return _asked(round_, plan, wanted, row, on=date.min)


def sees(one: Asked, *, seen_by: Actor) -> bool:
    """Whether a reader may see a filing and its paper."""
    return seen_by.role in READERS or (seen_by.role in OFFICES and one.receiver is seen_by.role)


def document(row: Filing) -> bytes:
    """Return the paper that was handed over."""
    return bytes(Filing.objects.values_list("document", flat=True).get(pk=row.pk))


def scan(row: Filing) -> bytes:
    """Return the scan of a receipt on paper."""
    return bytes(Filing.objects.values_list("scan", flat=True).get(pk=row.pk))


def may_enter_paper(one: Asked, actor: Actor) -> bool:
    """Whether this person may enter a receipt that came on paper."""
    is_office = actor.role is Role.SUPERVISION_OFFICE and one.stage is FilingStage.FILED
    return is_office and one.row is not None and may(actor, "filing.receive", one.row.about())


def desk(actor: Actor, at: datetime) -> Sequence[DeskItem]:
    """Lay on desks what is to be filed, what waits for a receipt, and what was received."""
    round_ = plans.current_round()
    if round_ is None or not (actor.role in READERS or actor.role in OFFICES):
        return []
    on = day_of(at)
    return [item for one in filings(round_, on=on, seen_by=actor) for item in _items(one, actor, on=on)]


def _items(one: Asked, actor: Actor, *, on: date) -> list[DeskItem]:
    if one.stage is FilingStage.RETURNED and may(actor, "filing.file"):
        return [_item(DeskKind.WAITING, _("%(office)s returned: %(title)s"), one)]
    if one.stage is FilingStage.WANTED and may(actor, "filing.file"):
        if one.days_late:
            return [_item(DeskKind.LATE, _("File with %(office)s: %(title)s"), one)]
        is_soon = one.due_on is not None and (one.due_on - on).days <= SOON
        return [_item(DeskKind.DUE, _("File with %(office)s: %(title)s"), one)] if is_soon else []
    if one.stage is FilingStage.FILED and actor.role is one.receiver:
        return [_item(DeskKind.WAITING, _("Acknowledge: %(title)s"), one)]
    received_on = one.row.received_on if one.row else None
    if received_on and may(actor, "filing.file") and (on - received_on).days <= NEWS:
        return [_item(DeskKind.CHANGED, _("%(office)s received: %(title)s"), one)]
    return []


def _item(kind: DeskKind, title: str, one: Asked) -> DeskItem:
    said = title % {"office": one.recipient_name, "title": one.title}
    return DeskItem(kind=kind, title=said, url=one.url, room="publication", due_on=one.due_on)


def _rows(round_: Round) -> QuerySet[Filing]:
    rows = Filing.objects.filter(round=round_).defer("document", "scan")
    return rows.select_related("round", "filed_by", "received_by", "returned_by")


def _asked(round_: Round, plan: Plan, one: PlanFiling, row: Filing | None, *, on: date) -> Asked:
    receiver = receiver_of(one.recipient, authorities=plan.authorities)
    state = FilingState(due_on=one.due_on, filed_on=row.state.filed_on if row else None)
    name = next((authority.name for authority in plan.authorities if authority.id == one.recipient), one.recipient)
    return Asked(
        year=round_.year,
        key=one.id,
        title=one.title,
        recipient=one.recipient,
        recipient_name=name,
        receiver=receiver,
        due_on=one.due_on,
        row=row,
        days_late=days_late(state, on=on),
    )
