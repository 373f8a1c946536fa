"""How each section kept its duties, as evidence for the verdict (§3.2.1, §4.4b)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce

from pingyi.rules import figures
from pingyi.rules import task as rules
from pingyi.rules.evidence import Evidence
from pingyi.rules.plan.measure import Indicator, Measure
from pingyi.rules.task import Stage
from pingyi.stations.plans.models import Round, Task
from pingyi.stations.plans.queries.round import plan as plan_of
from pingyi.stations.plans.queries.task import tasks


def evidence(round: Round, *, on: date, since: date | None = None) -> list[Evidence]:  # noqa: A002 - the glossary's word
    """Return one piece for each duty of an evaluated section that was due by `on`: full marks when done in time.

    A waived duty, and one that still waits for its check though reported in time, say nothing against anybody.
    With `since`, only what was reported, or else was due, from that day on.
    """
    plan = plan_of(round)
    indicators = figures.fed(plan, figures.TASKS)
    if not indicators:
        return []
    rows = _counting(tasks(round), on=on, since=since, begun_on=round.opened_on)
    return [_piece(task, _indicator(task.criterion, indicators)) for task in rows]


def tallied(round: Round, *, on: date, since: date | None = None) -> list[Evidence]:  # noqa: A002 - the glossary's word
    """Return how many pieces there are for each section and indicator; no task is read, and no mark is said."""
    indicators = figures.fed(plan_of(round), figures.TASKS)
    if not indicators:
        return []
    rows = _counting(Task.objects.filter(round=round), on=on, since=since, begun_on=round.opened_on).order_by()
    return [
        Evidence(
            section=section,
            indicator=indicator.id,
            source=indicator.source,
            happened_on=on,
            value=Decimal(0),
            times=count,
        )
        for section, criterion, count in rows.values_list("section__reference", "criterion").annotate(count=Count("pk"))
        for indicator in (_indicator(criterion, indicators),)
    ]


def _counting(rows: QuerySet[Task], *, on: date, since: date | None, begun_on: date) -> QuerySet[Task]:
    """Keep what says something: accepted, or overdue without a report that came in time and waits for its check."""
    in_time = Q(reported_on=None) | Q(reported_on__lte=F("due_on")) | Q(reported_on__lte=begun_on)
    is_overdue = Q(due_on__lt=on) if on > begun_on else Q(pk=None)  # nothing is late on the round's first day
    counts = Q(stage=Stage.ACCEPTED) | (is_overdue & ~(Q(stage=Stage.REPORTED) & in_time))
    kept = rows.filter(counts, section__is_evaluated=True).exclude(stage=Stage.WAIVED)
    return kept.alias(day=Coalesce("reported_on", "due_on")).filter(day__gte=since) if since else kept


def _indicator(criterion: str, indicators: Sequence[Indicator]) -> Indicator:
    """A task without a criterion of its own counts for the first indicator."""
    return next((one for one in indicators if one.criterion == criterion), indicators[0])


def _piece(task: Task, indicator: Indicator) -> Evidence:
    state = task.state
    in_time = state.stage is Stage.ACCEPTED and not rules.was_late(state)
    section = task.section
    return Evidence(
        section=section.reference if section else "",
        indicator=indicator.id,
        source=indicator.source,
        happened_on=state.reported_on or state.due_on,
        value=_value(indicator, in_time=in_time),
        reference=task.subject,
    )


def _value(indicator: Indicator, *, in_time: bool) -> Decimal:
    if indicator.measure is Measure.DEMERITS:
        return Decimal(0) if in_time else Decimal(1)
    return indicator.maximum if in_time else Decimal(0)
