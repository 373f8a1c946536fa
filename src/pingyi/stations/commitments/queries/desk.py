"""What the room lays on a person's desk: checks that wait, boards to replace, items to open or to look at again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from pingyi.bureau.models import Section
from pingyi.desk import DeskItem, DeskKind
from pingyi.rules.actor import Actor, Role
from pingyi.rules.board import Standing
from pingyi.rules.commitment import Stage
from pingyi.rules.day import day_of
from pingyi.rules.permissions import may
from pingyi.stations.commitments.models import Commitment
from pingyi.stations.commitments.queries import board as boards
from pingyi.stations.commitments.queries import commitment as commitments
from pingyi.stations.commitments.queries import openness

ROOM = "commitments"
DUE = frozenset({Standing.NOT_HUNG, Standing.OUT_OF_DATE})


def desk(actor: Actor, at: datetime) -> Sequence[DeskItem]:
    """Return what waits for this person in the room, one item each."""
    if actor.role in {Role.PUBLIC, Role.MACHINE}:
        return []
    on = day_of(at)
    return [
        *_to_check(actor, on=on),
        *_of_the_section(actor),
        *_boards(actor, on=on),
        *_editions(actor, on=on),
    ]  # fmt: skip


def _to_check(actor: Actor, *, on: date) -> Iterator[DeskItem]:
    if may(actor, "commitment.publish"):
        for row in commitments.to_check(actor):
            url = reverse("commitments:publish", args=[row.reference])
            yield _item(DeskKind.WAITING, _("Check the commitment: %s") % row.what, url, section=row.section)
        for measured in commitments.measured_to_check(actor):
            row = measured.commitment
            title = _("Check the figures: %s") % row.what
            yield _item(DeskKind.WAITING, title, row.get_absolute_url(), section=row.section)
    if may(actor, "openness.accept"):
        for item in openness.to_check(actor):
            title = _("Look whether this is open: %s") % openness.title_of(item)
            yield _item(DeskKind.WAITING, title, item.get_absolute_url(), section=item.section)
        for seen in openness.to_recheck(actor, on=on):
            title = _("Look again whether this is still open: %s") % seen.title
            url = seen.item.get_absolute_url()
            yield _item(DeskKind.LATE, title, url, section=seen.item.section, due_on=seen.recheck_on)


def _of_the_section(actor: Actor) -> Iterator[DeskItem]:
    """A section's own drafts that came back, promises that are lacking, and what it still has to open."""
    if actor.section is None or not may(actor, "commitment.draft"):
        return
    returned = Commitment.objects.filter(section__reference=actor.section, stage=Stage.DRAFT.value).exclude(note="")
    for row in returned.select_related("section"):
        title = _("Returned: %s") % row.what
        yield _item(DeskKind.CHANGED, title, row.get_absolute_url(), section=row.section)
    for one in commitments.lacking(commitments.plan()):
        if one.section.reference == actor.section:
            title = _("Publish service commitments: %(now)s of %(least)s") % {
                "now": one.published,
                "least": one.minimum,
            }
            yield _item(DeskKind.DUE, title, reverse("commitments:commitments"), section=one.section)
    for item in openness.to_show(actor.section):
        title = _("Show where this is open: %s") % openness.title_of(item)
        yield _item(DeskKind.DUE, title, item.get_absolute_url(), section=item.section)


def _boards(actor: Actor, *, on: date) -> Iterator[DeskItem]:
    for seen in boards.own(actor, on=on):
        board, url = seen.board, seen.board.get_absolute_url()
        if seen.standing is Standing.OLD:
            title = _("Replace the notice board: %s") % board.place
            yield _item(DeskKind.LATE, title, url, section=board.section, due_on=seen.due_on)
        elif seen.standing in DUE and seen.latest is not None:
            title = _("Hang the notice board: %s") % board.place
            yield _item(DeskKind.DUE, title, url, section=board.section, due_on=seen.due_on)


def _editions(actor: Actor, *, on: date) -> Iterator[DeskItem]:
    """The office is told when boards no longer say what holds, or say nothing yet."""
    if not may(actor, "board.publish"):
        return
    for scope in boards.scopes(on=on):
        if scope.latest is None or scope.drift:
            title = _("The notice boards no longer say what holds: publish a new edition")
            if scope.latest is None:
                title = _("The notice boards say nothing yet: publish their first edition")
            url = reverse("commitments:board-publish")
            url = f"{url}?section={scope.section.reference}" if scope.section else url
            yield _item(DeskKind.WAITING, title, url, section=scope.section)


def _item(
    kind: DeskKind, title: str, url: str, *, section: Section | None = None, due_on: date | None = None
) -> DeskItem:
    name = section.name if section else ""
    return DeskItem(kind=kind, title=title, url=url, room=ROOM, due_on=due_on, section=name)
