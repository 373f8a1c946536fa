"""What the other rooms say in the bureau's summary: cases, commitments, boards, how sure the result is (§4.4a)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from pingyi.authoring.printing.blocks import BlockKind, Page
from pingyi.rules.day import BUREAU_TIME
from pingyi.rules.result import OrderStage
from pingyi.stations.cases.queries import figures as cases
from pingyi.stations.cases.queries import figures_page
from pingyi.stations.commitments.queries import board as boards
from pingyi.stations.commitments.queries import figures as commitments
from pingyi.stations.plans.models import Round
from pingyi.stations.publication.queries.report_words import Rows
from pingyi.stations.results.models import ConsequenceOrder, Verdict
from pingyi.stations.results.queries import certainty
from pingyi.stations.results.queries import verdict as results
from pingyi.stations.results.queries.verdict import Result


def put_cases(page: Page, round_: Round, *, on: date) -> None:
    """Tell how the year's cases were handled, in numbers; a report of misconduct is counted nowhere."""
    page.heading(_("Cases handled"))
    until = min(on, date(round_.year, 12, 31))
    period = cases.Period(since=date(round_.year, 1, 1), until=until)
    found = cases.counted(cases.received(period), at=datetime.combine(on, time(23, 59), tzinfo=BUREAU_TIME))
    total = sum(found.values(), cases.Counted())
    tally = total.tally
    page.put(
        BlockKind.BODY,
        _(
            "%(received)d cases were received: %(answered)d are answered, %(closed)d closed, %(late)d open and overdue."
            " Closed in time: %(share)s."
        )
        % {
            "received": tally.received,
            "answered": tally.answered,
            "closed": tally.closed,
            "late": tally.overdue,
            "share": figures_page.percent(total.rates["on_time"]),
        },
    )
    if tally.received:
        rows: Rows = [
            (_("Section"), _("Cases received"), _("Cases closed"), _("Open and overdue"), _("Closed in time"))
        ]
        for line in figures_page.lines(found, cases.section_of, figures_page.section_names()):
            one = line.counted.tally
            share = figures_page.percent(line.counted.rates["on_time"])
            rows.append((line.name, str(one.received), str(one.closed), str(one.overdue), share))
        page.table(*rows)


def put_promises(page: Page, round_: Round, *, on: date) -> None:
    """Tell which commitments were in force and how they were kept, and where they hang."""
    page.heading(_("Commitments and notice boards"))
    kept = commitments.by_section(commitments.kept(year=round_.year, on=on))
    facts = {
        "count": sum(len(one.rows) for one in kept),
        "kept": sum(one.outcome.kept for one in kept),
        "broken": sum(one.outcome.broken for one in kept),
    }
    said = _("%(count)d commitments were in force; kept %(kept)d times, not kept %(broken)d times.") % facts
    hung = [one for one in boards.boards(on=on) if one.board.hung_on]
    all_ = len(boards.boards(on=on))
    said += " " + _("Of %(all)d notice boards %(hung)d hang.") % {"all": all_, "hung": len(hung)}
    page.put(BlockKind.BODY, said)
    if kept:
        rows: Rows = [(_("Section"), _("Commitments"), _("Kept"), _("Not kept"))]
        rows += [(one.section.name, str(len(one.rows)), str(one.outcome.kept), str(one.outcome.broken)) for one in kept]
        page.table(*rows)


def put_certainty(page: Page, verdict: Verdict | None, shown: list[Result]) -> None:
    """Tell how sure the result is, class by class, as its own page says it (§5.2)."""
    if verdict is None:
        return
    plan = results.plan(verdict)
    found = certainty.classes(results.assessment(verdict), plan=plan, found=shown)
    if not found:
        return
    page.heading(_("How sure the result is"))
    for one in found:
        last = one.last or _("Nothing can be said of who is the last.")
        different = (
            _("The sections differ.") if one.is_different else _("No difference between the sections is proven.")
        )
        watched = ""
        if one.attention:
            watched = _("To be watched, but not confirmed as the last: %s.") % "、".join(one.attention)
        page.put(BlockKind.BODY, " ".join(part for part in (one.name, different, last, watched) if part))
    alone = results.alone(verdict)
    if alone:
        page.put(BlockKind.BODY, _("These rest on one row: %s.") % "、".join(alone))


def put_decision(page: Page, verdict: Verdict | None, orders: Iterable[ConsequenceOrder]) -> None:
    """Tell what the bureau meeting decided where the evidence does not confirm what fires, and what it left out."""
    assessed = results.assessed(verdict) if verdict else None
    if assessed is None or not assessed.decision:
        return
    page.heading(_("Decision of the bureau meeting"))
    for line in assessed.decision.splitlines():
        if line.strip():
            page.put(BlockKind.BODY, line.strip())
    waived = [f"{row.section.name}{row.name}" for row in orders if row.order_stage is OrderStage.WAIVED]
    later = [f"{row.section.name}{row.name}" for row in orders if row.is_put_off]
    facts = {"waived": _names(waived), "later": _names(later)}
    page.put(BlockKind.BODY, _("Not ordered: %(waived)s. Put off: %(later)s.") % facts)


def _names(found: list[str]) -> str:
    return "、".join(found) or pgettext("measures", "none")
