"""How each section kept its duties, as evidence for the verdict (§3.2.1, §4.4b)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from pingyi.rules import task as rules
from pingyi.rules.evidence import Evidence
from pingyi.rules.plan import Plan
from pingyi.rules.plan.measure import Indicator, Measure, SourceKind
from pingyi.rules.task import Stage
from pingyi.stations.plans.models import Round, Task
from pingyi.stations.plans.queries.round import plan as plan_of
from pingyi.stations.plans.queries.task import tasks


def evidence(round: Round, *, on: date) -> list[Evidence]:  # noqa: A002 - the glossary's word
    """Return one piece for each duty of an evaluated section that was due by `on`: full marks when done in time.

    A waived duty, and one that still waits for its check though reported in time, say nothing against anybody.
    """
    plan = plan_of(round)
    indicators = task_indicators(plan)
    if not indicators:
        return []
    rows = tasks(round).filter(section__is_evaluated=True).exclude(stage=Stage.WAIVED)
    return [_piece(task, _indicator(task, indicators)) for task in rows if _counts(task, on=on)]


def task_indicators(plan: Plan) -> list[Indicator]:
    """Return the indicators that tasks feed."""
    sources = {source.id for source in plan.sources if source.kind is SourceKind.TASKS}
    return [indicator for indicator in plan.indicators if indicator.source in sources]


def _counts(task: Task, *, on: date) -> bool:
    state = task.state
    if state.stage is Stage.ACCEPTED:
        return True
    waits_in_time = state.stage is Stage.REPORTED and not rules.was_late(state)
    return on > state.due_on and not waits_in_time


def _indicator(task: Task, indicators: Sequence[Indicator]) -> Indicator:
    """A task without a criterion of its own counts for the first indicator."""
    return next((one for one in indicators if one.criterion == task.criterion), indicators[0])


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
