"""The openness checklist: by section and item, what waits, what was not looked at for too long (§3.2.3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pingyi.authoring.calendars import load_calendar
from pingyi.bureau.models import Section
from pingyi.record import queries as record
from pingyi.record.queries import Line
from pingyi.rules import openness as rules
from pingyi.rules.actor import Actor, Role
from pingyi.rules.openness import Area, Stage, Standing
from pingyi.rules.permissions import may
from pingyi.stations.commitments.models import OpennessItem, OpennessProof

AREAS: dict[Area, str | Promise] = {
    Area.LICENSES: _("Licenses"),
    Area.FEES: _("Fees"),
    Area.INFORMATION: _("Information"),
}
TITLES: dict[str, str | Promise] = {
    "license_items": _("List of licenses and approvals"),
    "license_basis": _("Legal basis"),
    "license_conditions": _("Conditions"),
    "license_papers": _("Papers to hand in, with samples"),
    "license_steps": _("Procedure"),
    "license_time": _("Legal and promised time limits"),
    "license_results": _("Results of licenses"),
    "fee_items": _("List of fees"),
    "fee_basis": _("Legal basis of fees"),
    "fee_rates": _("Rates of fees"),
    "office_duties": _("Duties, address, hours and telephone"),
    "office_people": _("People at the counter: name, post, stand-in"),
    "complaint_ways": _("Ways to complain"),
    "penalty_decisions": _("Decisions on penalties, and the benchmark of discretion"),
}
WORST_FIRST = list(Standing)


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """An item as it stands on a day."""

    item: OpennessItem
    standing: Standing
    recheck_on: date | None

    @property
    def title(self) -> str | Promise:
        """What is to be open."""
        return title_of(self.item)

    @property
    def area(self) -> str | Promise:
        """What it is about."""
        return AREAS[Area(self.item.area)]


@dataclass(frozen=True, kw_only=True, slots=True)
class Checklist:
    """A section's list: the worst first, and how much of it is open."""

    section: Section
    items: tuple[Seen, ...]

    @property
    def due(self) -> int:
        """How many items apply to the section."""
        return sum(one.standing is not Standing.NOT_APPLICABLE for one in self.items)

    @property
    def open(self) -> int:
        """How many of them were seen to be open, and not too long ago."""
        return sum(one.standing is Standing.CHECKED for one in self.items)


@dataclass(frozen=True, kw_only=True)
class Opened:
    """One item with its proofs and its history."""

    seen: Seen
    proofs: tuple[OpennessProof, ...]
    history: tuple[Line, ...]
    may_read: bool


def title_of(item: OpennessItem) -> str | Promise:
    """Return an item's own words, or the template's in the reader's language."""
    return item.title or TITLES.get(item.template_id, item.template_id)


def see(item: OpennessItem, *, on: date) -> Seen:
    """Return the item as it stands on a day."""
    calendar = load_calendar()
    return Seen(
        item=item,
        standing=rules.standing(item.state, on=on, calendar=calendar),
        recheck_on=rules.recheck_on(item.state, calendar=calendar),
    )


def items() -> QuerySet[OpennessItem]:
    """Return the items of all open sections."""
    rows = OpennessItem.objects.filter(section__closed_on=None).select_related("section", "checked_by")
    return rows.order_by("section__order", "section_id", "area", "pk")


def checklists(actor: Actor, *, on: date) -> list[Checklist]:
    """Return every section's list; a visitor sees what was looked at and found open."""
    rows = items() if actor.role is not Role.PUBLIC else items().filter(stage=Stage.CHECKED.value)
    grouped: dict[int, list[Seen]] = {}
    for row in rows:
        grouped.setdefault(row.section_id, []).append(see(row, on=on))
    return [
        Checklist(
            section=own[0].item.section, items=tuple(sorted(own, key=lambda one: WORST_FIRST.index(one.standing)))
        )
        for own in grouped.values()
    ]


def to_check(actor: Actor) -> list[OpennessItem]:
    """Return the items that wait for this person to look."""
    rows = items().filter(stage=Stage.SHOWN.value)
    return [row for row in rows if may(actor, "openness.accept", row.about())]


def to_recheck(actor: Actor, *, on: date) -> list[Seen]:
    """Return the checked items that this person should look at again, overdue ones."""
    if not may(actor, "openness.accept"):
        return []
    seen = (see(row, on=on) for row in items().filter(stage=Stage.CHECKED.value))
    return [
        one
        for one in seen
        if one.standing is Standing.RECHECK and may(actor, "openness.accept", one.item.about())
    ]  # fmt: skip


def to_show(section: str) -> list[OpennessItem]:
    """Return what a section still has to open."""
    return list(items().filter(section__reference=section, stage=Stage.MISSING.value))


def item(reference: str, *, seen_by: Actor, on: date) -> Opened | None:
    """Return one item; None for a visitor while it is not known to be open."""
    row = get_object_or_404(OpennessItem.objects.select_related("section", "checked_by"), reference=reference)
    is_public = seen_by.role is Role.PUBLIC
    if is_public and row.stage != Stage.CHECKED.value:
        return None
    proofs = row.proofs.filter(is_withdrawn=False).select_related("added_by").order_by("pk")
    return Opened(
        seen=see(row, on=on),
        proofs=tuple(proofs),
        history=() if is_public else tuple(record.history(row.subject, with_words=True)),
        may_read=not is_public,
    )


def proof(reference: str, *, seen_by: Actor) -> OpennessProof | None:
    """Return a proof: to everybody once its item was found open, before that to members."""
    row = get_object_or_404(OpennessProof.objects.select_related("item__section"), reference=reference)
    is_open = row.item.stage == Stage.CHECKED.value and not row.is_withdrawn
    return row if is_open or seen_by.role is not Role.PUBLIC else None


def proof_digests() -> list[str]:
    """Return the digests of every file that an item names."""
    return list(OpennessProof.objects.values_list("sha256", flat=True))
