"""What the results lay on people's desks: sheets to look at, objections to answer, consequences to carry out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from pingyi.desk import DeskItem, DeskKind
from pingyi.rules.actor import Actor, Role
from pingyi.rules.day import day_of
from pingyi.rules.permissions import may
from pingyi.rules.result import TO_DO, ObjectionStage, OrderStage, Stage
from pingyi.stations.plans.models import Round
from pingyi.stations.results.models import ConsequenceOrder, Objection, Verdict
from pingyi.stations.results.queries import evidence, order, verdict
from pingyi.stations.results.queries import mending as mendings
from pingyi.stations.results.queries import recount as recounts

ROOM = "results"
NEWS = 7  # days for which a step of the verdict counts as changed


def desk(actor: Actor, at: datetime) -> Sequence[DeskItem]:
    """Return what waits for this person in the current year's result."""
    round_ = evidence.open_round()
    standing = verdict.standing(round_) if round_ else None
    if round_ is None or standing is None:
        return list(_mending(round_, standing, actor)) if round_ else []
    own = [
        *_mending(round_, standing, actor),
        *_of_the_verdict(standing, actor, at),
        *_objections(standing, actor),
        *_orders(standing, actor, at),
    ]
    return [*_recounts(standing, actor), *own, *_news(standing, actor, day_of(at))]


def _of_the_verdict(row: Verdict, actor: Actor, at: datetime) -> Iterator[DeskItem]:
    if row.stage != Stage.PREVIEW.value or row.preview_ends_on is None:
        return
    is_over = day_of(at) > row.preview_ends_on
    if actor.role is Role.SECTION_HEAD and not is_over:
        title = _("Look at your section's score sheet; objections are heard until then")
        yield _item(DeskKind.WAITING, title, "results:mine", due_on=row.preview_ends_on)
    is_sound = not verdict.objections_of(row).upheld and verdict.is_current(row)
    if is_over and is_sound and may(actor, "result.confirm", row.about()):
        yield _item(DeskKind.WAITING, _("The preview is over: confirm the verdict"), "results:verdict")


def _mending(round_: Round, standing: Verdict | None, actor: Actor) -> Iterator[DeskItem]:
    """Lay the next step of a verdict that is made anew on the desk of whoever may take it."""
    found = mendings.mending(round_)
    if found is None:
        return
    if found.next is mendings.Next.WITHDRAW and standing and may(actor, "result.withdraw", standing.about()):
        title = _("An objection was upheld: withdraw the verdict and settle it anew")
        title = title if found.upheld else _("The evidence has changed: withdraw the verdict and settle it anew")
        yield _item(DeskKind.WAITING, title, "results:overview")
    if found.next is mendings.Next.SETTLE and may(actor, "result.settle", {}):
        yield _item(DeskKind.WAITING, _("The verdict was withdrawn: settle it anew"), "results:overview")
    if found.next is mendings.Next.PREVIEW and standing and may(actor, "result.open_preview", standing.about()):
        yield _item(DeskKind.WAITING, _("The verdict was settled anew: show it to the sections"), "results:verdict")


def _recounts(row: Verdict, actor: Actor) -> Iterator[DeskItem]:
    """Lay a count that came out otherwise before everything else, and the count itself on desks of those who may."""
    counted = [one.is_equal for one in recounts.recounts(row)]
    if not all(counted):
        if actor.role in verdict.ALL_SHEETS:
            title = _("Counted again, the result comes out otherwise: it is not published so")
            url = reverse("results:verdict")
            yield DeskItem(kind=DeskKind.LATE, title=title, url=url, room=ROOM, is_alarm=True)
        return
    waits = row.stage in {Stage.PREVIEW.value, Stage.CONFIRMED.value} and bool(row.published_sha256)
    waits = waits and not counted and may(actor, "result.recount", row.about())
    if waits and verdict.is_current(row):  # else it is settled anew first
        yield _item(DeskKind.WAITING, _("Count the result again: nobody but the bureau has yet"), "results:recount")


def _objections(row: Verdict, actor: Actor) -> Iterator[DeskItem]:
    waiting = Objection.objects.filter(verdict=row, stage=ObjectionStage.FILED.value)
    for one in waiting.select_related("section", "filed_by", "verdict__settled_by"):
        if may(actor, "result.answer", one.about()):
            title = _("Answer the objection of %s") % one.section.name
            yield _item(DeskKind.WAITING, title, "results:objection", one.reference, section=one.section.name)


def _orders(row: Verdict, actor: Actor, at: datetime) -> Iterator[DeskItem]:
    orders = ConsequenceOrder.objects.filter(verdict=row).defer("proof").select_related("section")
    for one in orders:
        if one.order_stage in TO_DO and actor.section == one.section.reference:
            kind = DeskKind.LATE if one.is_late(on=day_of(at)) else DeskKind.DUE
            yield _item(kind, one.name, "results:consequence", one.reference, due_on=one.due_on)
        if one.order_stage is OrderStage.REPORTED and may(actor, "consequence.accept", one.about()):
            title = _("Check the report: %s") % one.name
            yield _item(DeskKind.WAITING, title, "results:consequence", one.reference, section=one.section.name)


def _news(row: Verdict, actor: Actor, on: date) -> Iterator[DeskItem]:
    if actor.role in {Role.PUBLIC, Role.MACHINE}:
        return
    steps = [
        (
            row.settled_on if actor.role in verdict.ALL_SHEETS else None,
            _("The verdict was computed"),
            "results:verdict",
        ),
        (row.preview_opened_on, _("The preview of the score sheets began"), "results:overview"),
        (row.confirmed_on, _("The verdict is final"), "results:verdict"),
        (row.applied_on, _("The consequences were ordered"), "results:consequences"),
    ]
    for day, title, page in steps:
        if _is_news(day, on):
            yield _item(DeskKind.CHANGED, title, page)
    for one in order.of(row, seen_by=actor):
        if _is_news(one.closed_on, on) and one.closed_on != row.applied_on:
            title = _("Settled for good: %s") % one.name
            yield _item(DeskKind.CHANGED, title, "results:consequence", one.reference, section=one.section.name)


def _is_news(day: date | None, on: date) -> bool:
    return day is not None and 0 <= (on - day).days <= NEWS


def _item(
    kind: DeskKind, title: str, page: str, *words: str, due_on: date | None = None, section: str = ""
) -> DeskItem:
    return DeskItem(
        kind=kind, title=title, url=reverse(page, args=words), room=ROOM, due_on=due_on, section=section
    )  # fmt: skip
