"""The plan's way from a text to a year in force: draft, edit, propose, adopt, withdraw, amend (§0)."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from django.urls import reverse

from pingyi.authoring.problems import blocking
from pingyi.bureau import notices, readiness
from pingyi.bureau import queries as bureau
from pingyi.record.acts import act
from pingyi.rules import version as rules
from pingyi.rules.actor import Actor, Role
from pingyi.rules.day import day_of
from pingyi.rules.refused import Refused
from pingyi.rules.version import VersionStage
from pingyi.stations.plans.actions import round as rounds
from pingyi.stations.plans.models import PlanVersion
from pingyi.stations.plans.queries import outlook
from pingyi.stations.plans.queries import round as round_queries
from pingyi.stations.plans.queries import version as queries
from pingyi.stations.plans.queries.intake import Brought
from pingyi.stations.plans.queries.mending import Mending

LONGEST_TITLE = 200


def draft(brought: Brought, *, by: Actor, at: datetime) -> PlanVersion:
    """Lay down a new draft of what was brought: a plan's text, or what was understood of a document (§0)."""
    with act("plan.draft", by=by, at=at) as change:
        row = PlanVersion(
            reference=_next_reference(),
            source_name=brought.source_name[:LONGEST_TITLE],
            source_text=brought.source_text,
            source_sha256=brought.source_sha256,
            understood=brought.understood,
            drafted_by=by.reference,
            drafted_on=day_of(at),
        )
        return change.save(_written(row, brought.text))


def edit(
    reference: str,
    *,
    text: str,
    seen_sha256: str,
    by: Actor,
    at: datetime,
    understood: dict[str, Any] | None = None,
) -> PlanVersion:
    """Write a draft anew; a text that somebody changed in the meantime is not written over.

    `understood` is what is kept of its document, where that changed with it.
    """
    with act("plan.edit", by=by, at=at) as change:
        row = change.lock(PlanVersion, reference=reference)
        row.stage = rules.move(VersionStage(row.stage), "edit").value
        if row.text_sha256 != seen_sha256:
            raise Refused("version.changed", field="text")
        row.understood = row.understood if understood is None else understood
        return change.save(_written(row, text))


def mend(reference: str, *, text: str, mending: Mending, seen_sha256: str, by: Actor, at: datetime) -> PlanVersion:
    """Put a damaged passage of a draft's document right, there and in the plan's text."""
    with act("plan.edit", by=by, at=at) as change:
        row = change.lock(PlanVersion, reference=reference)
        row.stage = rules.move(VersionStage(row.stage), "edit").value
        if row.text_sha256 != seen_sha256:
            raise Refused("version.changed", field="words")
        row.source_text, row.understood = mending.source_text, mending.understood
        return change.save(_written(row, text))


def propose(reference: str, *, by: Actor, at: datetime) -> PlanVersion:
    """Ask another person to adopt the draft; it must have no problem that blocks."""
    with act("plan.propose", by=by, at=at) as change:
        row = change.lock(PlanVersion, reference=reference)
        row.stage = rules.move(VersionStage(row.stage), "propose").value
        row.amends = _in_force(row)
        rules.require_sound(problems=_problems(row), amends=row.amends, current=row.amends)
        row.proposed_by, row.proposed_on = by.reference, day_of(at)
        change.save(row)
        deciders = [*bureau.members(role=Role.SUPERVISION_OFFICE), *bureau.members(role=Role.BUREAU_LEADER)]
        others = [member for member in deciders if member.reference != by.reference]
        notices.queue("plan.proposed", to=others, about=row, at=at, url=row.get_absolute_url(), title=row.title)
    return row


def adopt(reference: str, *, by: Actor, at: datetime) -> PlanVersion:
    """Bring the proposed version into force and open its year, or bring the open year to it; never one's own (§0)."""
    with act("plan.adopt", by=by, at=at) as change:
        row = change.lock(PlanVersion, reference=reference)
        row.stage = rules.move(VersionStage(row.stage), "adopt").value
        rules.require_sound(problems=_problems(row), amends=row.amends, current=_in_force(row))
        readiness.require(outlook.occasion(row, at=at))
        row.adopted_by, row.adopted_on = by.reference, day_of(at)
        change.save(row)
        rounds.open_round(row.reference, text=row.text, by=by, at=at)
        proposer = bureau.members().filter(reference=row.proposed_by)
        notices.queue("plan.adopted", to=proposer, about=row, at=at, url=reverse("plans:plan"), title=row.title)
    return row


def withdraw(reference: str, *, by: Actor, at: datetime) -> PlanVersion:
    """Take a proposal back to its draft, or give a draft up."""
    with act("plan.withdraw", by=by, at=at) as change:
        row = change.lock(PlanVersion, reference=reference)
        row.stage = rules.move(VersionStage(row.stage), "withdraw").value
        row.proposed_by, row.proposed_on, row.amends = "", None, ""
        return change.save(row)


def amend(reference: str, *, reason: str, by: Actor, at: datetime) -> PlanVersion:
    """Begin a new draft with the text of the version in force; that one stays as it is."""
    with act("plan.amend", by=by, at=at) as change:
        before = change.lock(PlanVersion, reference=reference)
        rules.move(VersionStage(before.stage), "amend")
        if not reason.strip():
            raise Refused("version.reason_needed", field="reason")
        if _in_force(before) != before.reference:
            raise Refused("version.overtaken")
        row = PlanVersion(
            reference=_next_reference(),
            source_name=before.source_name,
            source_text=before.source_text,
            source_sha256=before.source_sha256,
            understood=before.understood,
            amend_reason=reason.strip(),
            drafted_by=by.reference,
            drafted_on=day_of(at),
        )
        return change.save(_written(row, before.text))


def _written(row: PlanVersion, text: str) -> PlanVersion:
    """Put a text into a row, with what the lists show of it."""
    row.text = text.replace("\r\n", "\n")
    row.text_sha256 = hashlib.sha256(row.text.encode("utf-8")).hexdigest()
    plan = queries.checked(row.text).located.plan
    row.year = plan.year if plan and 0 <= plan.year <= 9999 else 0
    row.title = plan.title[:LONGEST_TITLE] if plan else row.title
    return row


def _problems(row: PlanVersion) -> int:
    checked = queries.checked(row.text)
    return len(blocking(checked.problems)) or int(checked.located.plan is None)


def _in_force(row: PlanVersion) -> str:
    """Return the version that rules the draft's year; empty while that year is not open."""
    found = round_queries.round_of(row.year)
    return found.plan_version if found else ""


def _next_reference() -> str:
    return str(PlanVersion.objects.count() + 1)
