"""Breaches of the rules of service, for those who decide and those concerned (责任追究, §3.2.3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from pingyi.desk import DeskItem, DeskKind
from pingyi.rules.actor import Actor, Role
from pingyi.rules.case import oversight as rules
from pingyi.rules.case.oversight import BreachKind, BreachStage
from pingyi.rules.day import day_of
from pingyi.rules.permissions import may
from pingyi.stations.cases import words_oversight as words
from pingyi.stations.cases.models import Breach, Reopening
from pingyi.stations.cases.queries import people, year

MOST = 10  # on a desk
OVERSEERS = people.READERS


@dataclass(frozen=True, slots=True)
class Line:
    """A breach with its words in the reader's language."""

    row: Breach

    @property
    def kind(self) -> str:
        """Which rule was broken."""
        return str(words.BREACHES.get(self.row.kind, self.row.kind))

    @property
    def raiser(self) -> str:
        """Who or what raised it."""
        return str(self.row.raised_by.name if self.row.raised_by else words.RAISERS.get(self.row.kind, ""))

    @property
    def stage(self) -> str:
        """Where it stands."""
        return str(words.STAGES.get(self.row.stage, self.row.stage))

    @property
    def tag(self) -> str:
        """The kind of tag that says so."""
        return words.STAGE_TAGS.get(self.row.stage, "neutral")


@dataclass(frozen=True, kw_only=True, slots=True)
class Opened:
    """A breach's page, and what its reader may do."""

    line: Line
    hears_until: date
    is_being_heard: bool
    may_hear: bool
    may_decide: bool
    may_see_case: bool
    alleged: Reopening | None  # what the citizen says, where a reopening brought it up

    @property
    def row(self) -> Breach:
        """The row."""
        return self.line.row


def find(reference: str, *, seen_by: Actor, on: date) -> Opened:
    """Return a breach to those who oversee, the one it is raised against, and the head of the section."""
    row: Breach | None = rows().filter(reference=reference).first()
    if row is None or not _may_read(seen_by, row):
        raise Http404
    until = rules.hears_until(row.raised_on, calendar=year.calendar())
    is_open = row.stage == BreachStage.RAISED.value
    accuser = row.raised_by.reference if row.raised_by else ""
    return Opened(
        line=Line(row),
        hears_until=until,
        is_being_heard=is_open and row.heard_on is None and on <= until,
        may_hear=is_open and seen_by.reference == row.member.reference,
        may_decide=is_open and may(seen_by, "breach.decide", row.about()) and not seen_by.did_any((accuser,)),
        may_see_case=people.may_read(seen_by, row.case),
        alleged=_alleged(row),
    )


def _alleged(row: Breach) -> Reopening | None:
    """Return the citizen's reopening that alleges this breach."""
    said = Reopening.objects.filter(case=row.case, ground__in=[ground.value for ground in rules.ALLEGATIONS])
    return next((one for one in said if str(one.turn) == row.once and row.kind == BreachKind.FALSE_CLOSING), None)


def rows() -> QuerySet[Breach]:
    """Return breaches with what their pages name."""
    return Breach.objects.select_related(
        "case__section", "case__holder__section", "case__offered_to", "section", "member", "raised_by", "decided_by"
    )


def undecided() -> QuerySet[Breach]:
    """Return the breaches that wait for a decision, the oldest first."""
    return rows().filter(stage=BreachStage.RAISED.value).order_by("raised_on", "pk")


def listed(*, seen_by: Actor, stage: str = "") -> QuerySet[Breach]:
    """Return the breaches that this reader may see, the newest first."""
    found = rows().filter(stage=stage) if stage else rows()
    if seen_by.role is not Role.SUPERVISION_OFFICE:
        found = found.filter(case__is_restricted=False)
    if seen_by.role not in OVERSEERS:
        own = found.filter(member__reference=seen_by.reference)
        led = found.filter(section__reference=seen_by.section) if seen_by.role is Role.SECTION_HEAD else own
        found = own | led
    return found.order_by("-raised_on", "-pk")


def of(case: int, *, seen_by: Actor) -> list[Line]:
    """Return those of a case's breaches that this reader may see, the first first."""
    found = rows().filter(case_id=case).order_by("raised_on", "pk")
    return [Line(row) for row in found if _may_read(seen_by, row)]


def desk(actor: Actor, at: datetime) -> Sequence[DeskItem]:
    """Lay breaches on the desk of whom they are raised against, to be heard, and of those who decide."""
    waiting = undecided()
    own = waiting.filter(member__reference=actor.reference, heard_on=None)[:MOST]
    items = [_item(row, _("Say how it came about: breach in case %s")) for row in own]
    if actor.role in {Role.SUPERVISION_OFFICE, Role.BUREAU_LEADER}:
        ripe = _ripe(waiting, actor, on=day_of(at))[:MOST]
        items += [_item(row, _("Decide: breach in case %s")) for row in ripe]
    return items


def _ripe(waiting: QuerySet[Breach], actor: Actor, *, on: date) -> QuerySet[Breach]:
    """Leave the breaches that this person may decide now: heard, or let pass unheard."""
    over = rules.heard_out(on, calendar=year.calendar())
    rows = waiting.filter(Q(heard_on__isnull=False) | Q(raised_on__lte=over)).exclude(
        member__reference__in=actor.linked
    )
    rows = rows.exclude(raised_by__reference__in=actor.linked)
    return rows if actor.role is Role.SUPERVISION_OFFICE else rows.filter(case__is_restricted=False)


def _may_read(actor: Actor, row: Breach) -> bool:
    if actor.role is Role.SUPERVISION_OFFICE or actor.reference == row.member.reference:
        return True
    if row.case.is_restricted:
        return False
    leads = actor.role is Role.SECTION_HEAD and row.section is not None and actor.section == row.section.reference
    return leads or actor.role in OVERSEERS


def _item(row: Breach, title: str) -> DeskItem:
    return DeskItem(
        kind=DeskKind.WAITING,
        title=title % row.case.reference,
        url=row.get_absolute_url(),
        room="cases",
        section=row.section.name if row.section else "",
    )
