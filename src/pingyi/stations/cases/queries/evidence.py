"""How each section handled its cases, as evidence for the verdict (§3.2.2, §3.2.3, §4.4b).

Counts of a section stand in few pieces that say how many, so that sixty thousand cases weigh little.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from decimal import Decimal

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from pingyi.rules import figures as counted_here
from pingyi.rules.case import evidence as rules
from pingyi.rules.case.oversight import BreachKind, BreachStage
from pingyi.rules.case.stages import Stage
from pingyi.rules.day import BUREAU_TIME
from pingyi.rules.evidence import Evidence
from pingyi.rules.figures import Unit
from pingyi.rules.plan import Plan
from pingyi.rules.plan.measure import Figure, Indicator, Scale
from pingyi.rules.sheet import DEDUCTION
from pingyi.stations.cases.models import Breach, CallBack, Case, Rating
from pingyi.stations.cases.queries import figures
from pingyi.stations.cases.queries.figures import Counted
from pingyi.stations.plans import queries as plans
from pingyi.stations.plans.models import Round

Pair = tuple[int, int]  # kept, and not


@dataclass(frozen=True, kw_only=True, slots=True)
class Handled:
    """What is known of one evaluated section's cases."""

    section: str
    counted: Counted
    answered: Pair
    settled: Pair
    levels: Mapping[int, int]

    def pair(self, figure: Figure) -> Pair:
        """Return how many kept what the indicator takes, and how many did not."""
        if figure is Figure.CASES_ANSWERED:
            return self.answered
        if figure is Figure.CASES_SETTLED:
            return self.settled
        rate = self.counted.rates[_name(figure)]
        return rate.numerator, rate.denominator - rate.numerator


def evidence(round_: Round, on: date, *, since: date | None = None) -> list[Evidence]:
    """Return the evidence of a round's cases by a day, and its upheld breaches; nothing where there is no case.

    With `since`, only cases received and breaches raised from that day on.
    """
    plan = plans.plan(round_)
    rows = _upheld(round_, on=on, since=since).select_related("case", "section").order_by("pk")
    facts = [(row.section.reference if row.section else "", row.kind, row.case.kind_id, row) for row in rows]
    single = [
        replace(piece, happened_on=row.raised_on, reference=row.subject)
        for section, kind, case_kind, row in facts
        for piece in _breached(plan, section=section, kind=kind, case_kind=case_kind, on=on)
    ]
    return [*_counted(round_, plan, on=on, since=since), *single]


def tallied(round_: Round, on: date, *, since: date | None = None) -> list[Evidence]:
    """Return the same as counts, for pages that only say how much there is: no case and no breach is read."""
    plan = plans.plan(round_)
    groups = _upheld(round_, on=on, since=since).order_by().values_list("section__reference", "kind", "case__kind_id")
    return [
        *_counted(round_, plan, on=on, since=since),
        *(
            replace(piece, times=count)
            for section, kind, case_kind, count in groups.annotate(count=Count("pk"))
            for piece in _breached(plan, section=section or "", kind=kind, case_kind=case_kind, on=on)
        ),
    ]


def first_day(round_: Round) -> date | None:
    """Return the day of the round's first case."""
    found: date | None = Case.objects.filter(round=round_).aggregate(first=Min("received_on"))["first"]
    return found


def _counted(round_: Round, plan: Plan, *, on: date, since: date | None) -> list[Evidence]:
    indicators = counted_here.fed(plan, counted_here.CASES)
    return [piece for one in _handled(round_, on=on, since=since) for piece in _pieces(one, plan, indicators, on=on)]


def _handled(round_: Round, *, on: date, since: date | None) -> Iterator[Handled]:
    cohort = Case.objects.filter(round=round_, received_on__lte=on, section__is_evaluated=True)
    cohort = cohort.exclude(stage=Stage.MERGED.value)
    cohort = cohort.filter(received_on__gte=since) if since else cohort
    names = dict(cohort.order_by().values_list("section_id", "section__reference").distinct())
    at = datetime.combine(on, time(23, 59), tzinfo=BUREAU_TIME)
    counts = figures.summed(figures.counted(cohort, at=at), by=figures.section_of)
    timely, levels = _timely(cohort, on=on), _levels(cohort)
    for key, name in sorted(names.items(), key=lambda one: one[1]):
        answered, settled = timely[key]
        yield Handled(
            section=name, counted=counts[key], answered=answered, settled=settled, levels=levels.get(key, {})
        )  # fmt: skip


def _timely(cohort: QuerySet[Case], *, on: date) -> dict[int | None, tuple[Pair, Pair]]:
    """Count what was answered and settled by the due date; a case once late and opened again is late for good."""
    washed = Q(reopenings__gt=0, has_been_late=True)
    counts = {}
    for fact in ("answered_on", "settled_on"):
        done, kept = ~Q(**{fact: None}), Q(**{f"{fact}__lte": Coalesce("lawful_on", "due_on")}) & ~washed
        counts[f"{fact}_kept"] = Count("pk", filter=done & kept)
        counts[f"{fact}_all"] = Count("pk", filter=done | figures.overdue(on=on))
    rows = cohort.order_by().values_list("section_id").annotate(**counts)
    return {
        section: ((answered, answered_all - answered), (settled, settled_all - settled))
        for section, answered, answered_all, settled, settled_all in rows
    }


def _levels(cohort: QuerySet[Case]) -> dict[int, dict[int, int]]:
    """Count the levels of the closing that stands: the citizen's own, or else what the call-back heard."""
    now = {"turn": F("case__reopenings"), "case__stage": Stage.CLOSED.value, "case__in": cohort}
    own = Rating.objects.filter(**now)
    rated_too = Rating.objects.filter(case=OuterRef("case"), turn=OuterRef("turn"))
    heard = CallBack.objects.filter(stage="reached", **now).exclude(level=None).exclude(Exists(rated_too))
    found: dict[int, dict[int, int]] = {}
    for rows in (own, heard):
        for section, level, count in (
            rows.order_by().values_list("case__section_id", "level").annotate(count=Count("pk"))
        ):
            levels = found.setdefault(section, {})
            levels[level] = levels.get(level, 0) + count
    return found


def _pieces(one: Handled, plan: Plan, indicators: list[Indicator], *, on: date) -> Iterator[Evidence]:
    scales = {scale.id: scale for scale in plan.scales}
    for indicator in indicators:
        figure = indicator.takes or Figure.TABLES
        unit = counted_here.FIGURES[figure].unit
        if unit is Unit.LEVEL:
            yield from _satisfied(one, indicator, scales[indicator.scale], on=on)
        elif unit is Unit.SHARE:
            kept, missed = one.pair(figure)
            yield from _piece(one, indicator, indicator.maximum, kept, on=on)
            yield from _piece(one, indicator, Decimal(0), missed, on=on)


def _satisfied(one: Handled, indicator: Indicator, scale: Scale, *, on: date) -> Iterator[Evidence]:
    for level, count in sorted(one.levels.items()):
        yield from _piece(one, indicator, rules.option(level, scale=scale), count, on=on)
    yield from _piece(one, indicator, rules.worst(scale), one.counted.tally.overdue, on=on)


def _piece(
    one: Handled, indicator: Indicator, value: Decimal | str | None, count: int, *, on: date
) -> Iterator[Evidence]:
    if count and value is not None:
        yield Evidence(
            section=one.section,
            indicator=indicator.id,
            source=indicator.source,
            happened_on=on,
            value=value,
            times=count,
            reference=f"section/{one.section}#{_name(indicator.takes)}",
        )


def _upheld(round_: Round, *, on: date, since: date | None) -> QuerySet[Breach]:
    rows = Breach.objects.filter(
        case__round=round_, stage=BreachStage.UPHELD.value, raised_on__lte=on, section__is_evaluated=True
    )
    return rows.filter(raised_on__gte=since) if since else rows


def _breached(plan: Plan, *, section: str, kind: str, case_kind: str, on: date) -> Iterator[Evidence]:
    """Yield an upheld breach for the deduction that the plan names, and for every indicator of demerits."""
    breach = BreachKind(kind)
    item = rules.deduction(plan.deductions.items if plan.deductions else (), breach=breach, kind=case_kind)
    named = rules.figures(breach=breach, kind=case_kind)
    counting = [(one.id, one.source) for one in plan.indicators if one.takes in named]
    for indicator, source in [*counting, *([(item.id, DEDUCTION)] if item else [])]:
        yield Evidence(section=section, indicator=indicator, source=source, happened_on=on, value=Decimal(1))


def _name(figure: Figure | None) -> str:
    """Return a figure's name within its room."""
    return figure.value.partition(".")[2] if figure else ""
