"""How much there is for each source, and which of two sides counts: asked of the database as counts (§4.4b)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Q, QuerySet, Sum

from pingyi.rules import counting, figures
from pingyi.rules.counting import EVENTS, Choice, Counts
from pingyi.rules.evidence import Evidence, SectionFacts
from pingyi.rules.plan import Plan, Source
from pingyi.rules.refused import Refused
from pingyi.rules.rounding import shown
from pingyi.rules.sheet import DEDUCTION
from pingyi.stations.cases.queries import evidence as cases
from pingyi.stations.plans import queries as plans
from pingyi.stations.plans.models import Round
from pingyi.stations.results.models import EvidenceBatch, EvidenceCount, SourceChoice
from pingyi.stations.results.queries import evidence as queries


@dataclass(frozen=True, kw_only=True, slots=True)
class Tally:
    """How much there is of one indicator of one section."""

    source: str
    indicator: str
    section: str
    rows: int
    answers: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Side:
    """How much of one side counts, and how much does not."""

    counting: int = 0
    idle: int = 0

    @property
    def both(self) -> int:
        """All there is."""
        return self.counting + self.idle


@dataclass(frozen=True, kw_only=True, slots=True)
class Meeting:
    """A source that tables and this house both tell of: what would count, or does."""

    source: Source
    indicators: tuple[str, ...]  # names
    choice: Choice | None
    chosen: SourceChoice | None
    tables: Side  # rows
    house: Side  # answers, cases or duties


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceState:
    """What there is for one source of the plan."""

    source: Source
    imported: int  # rows that count
    own: int  # what this house counts itself
    sections: int  # sections with anything
    missing: tuple[str, ...]  # names of those without
    meeting: Meeting | None = None
    doubled: tuple[str, ...] = ()  # deductions that a table names too
    alone: tuple[str, ...] = ()  # names of indicators of which there is one answer only

    @property
    def share(self) -> str:
        """The source's weight in percent."""
        return f"{shown(Fraction(self.source.weight) * 100)}%"


@dataclass(frozen=True, kw_only=True, slots=True)
class Tallies:
    """Both sides of a round as counts."""

    tables: tuple[Tally, ...]
    house: tuple[Tally, ...]
    tables_counting: tuple[Tally, ...]
    house_counting: tuple[Tally, ...]
    both: Mapping[str, tuple[str, ...]]  # source → indicators that both tell of


def sources(round_: Round, *, on: date) -> list[SourceState]:
    """Return how much there is for each source of the plan; no row of evidence is read for it."""
    plan, known = plans.plan(round_), queries.facts(plans.plan(round_))
    kept = {row.source: row for row in SourceChoice.objects.filter(round=round_).select_related("chosen_by")}
    found = tallies(round_, on=on, choices={name: row.choice for name, row in kept.items()})
    events = {row.indicator for row in found.tables if row.source == DEDUCTION}
    events &= {row.indicator for row in found.house if row.source == DEDUCTION}
    return [_state(source, plan, found, known, events=events, chosen=kept.get(source.id)) for source in plan.sources]


def source(round_: Round, name: str, *, on: date) -> SourceState:
    """Return how much there is for one source."""
    found = next((one for one in sources(round_, on=on) if one.source.id == name), None)
    if found is None:
        raise Refused("missing", kind="source")
    return found


def tallies(round_: Round, *, on: date, choices: Mapping[str, Choice], coming: Iterable[Evidence] = ()) -> Tallies:
    """Count both sides, and what of each counts by these choices; with `coming`, as if that table were here."""
    rows = EvidenceCount.objects.filter(batch__round=round_, batch__withdrawn_on=None)
    tables = (*_counted(rows), *_tallies(coming))
    house = _tallies(queries.tallied(round_, on=on))
    here = {(one.source, one.indicator) for one in tables} & {(one.source, one.indicator) for one in house}
    both = {key for key in here if key[0] not in EVENTS}
    kept = [one for one in tables if (one.source, one.indicator) not in both]
    kept += _counted(rows.filter(_taken(both, choices)))
    kept += _tallies(row for row in coming if (row.source, row.indicator) in both and _takes(row, choices))
    return Tallies(
        tables=tuple(tables),
        house=tuple(house),
        tables_counting=tuple(kept),
        house_counting=tuple(_house(round_, house, both, on=on, choices=choices)),
        both={name: tuple(sorted(each for one, each in both if one == name)) for name, _ in both},
    )


def meetings(
    round_: Round, *, on: date, choices: Mapping[str, Choice], coming: Iterable[Evidence] = ()
) -> dict[str, Meeting]:
    """Return where both sides tell of one figure, with how much would count by these choices."""
    plan, found = plans.plan(round_), tallies(round_, on=on, choices=choices, coming=tuple(coming))
    met = (_meeting(one, plan, found, choices.get(one.id), None) for one in plan.sources)
    return {one.source.id: one for one in met if one is not None}


def counting_rows(round_: Round, *, on: date) -> dict[int, int]:
    """Return how many rows of each standing table do not count, because this house counts them itself."""
    choices = queries.chosen(round_)
    both = [(name, each) for name, all_ in tallies(round_, on=on, choices=choices).both.items() for each in all_]
    rows = EvidenceCount.objects.filter(batch__round=round_, batch__withdrawn_on=None)
    idle = rows.filter(_any(Q(source=name, indicator=each) for name, each in both)) if both else rows.none()
    taken = idle.filter(_taken(both, choices))
    found = Counter(dict(idle.order_by().values_list("batch").annotate(sum=Sum("rows"))))
    found.subtract(dict(taken.order_by().values_list("batch").annotate(sum=Sum("rows"))))
    return {batch: count for batch, count in found.items() if count}


def count_of(batch: EvidenceBatch, rows: Iterable[Evidence]) -> list[EvidenceCount]:
    """Return the counts of a table's rows."""
    found: dict[tuple[str, str, str, date], list[int]] = defaultdict(lambda: [0, 0])
    for row in rows:
        sums = found[row.source, row.indicator, row.section, row.happened_on]
        sums[0] += 1
        sums[1] += row.times
    return [
        EvidenceCount(
            batch=batch, source=source_, indicator=indicator, section=section, happened_on=on,
            rows=rows_, answers=answers,
        )
        for (source_, indicator, section, on), (rows_, answers) in found.items()
    ]  # fmt: skip


def first_day(round_: Round, source_: Source) -> date | None:
    """Return the day that is proposed as the start of this house's own count; none where it has no such day."""
    plan = plans.plan(round_)
    if not figures.is_parted(plan, source_.id):
        return None
    is_of_cases = figures.CASES in figures.rooms_of(plan, source_.id)
    return (cases.first_day(round_) if is_of_cases else None) or round_.opened_on


def alone(plan: Plan, rows: Iterable[Evidence], *, sections: Sequence[SectionFacts]) -> tuple[str, ...]:
    """Return the indicators that rest on one answer only, of these rows."""
    counted: Counter[str] = Counter()
    for row in rows:
        counted[row.indicator] += row.times
    return counting.alone(plan, counted, sections=len(sections))


def _counted(rows: QuerySet[EvidenceCount]) -> list[Tally]:
    groups = rows.order_by().values_list("source", "indicator", "section")
    return [
        Tally(source=source_, indicator=indicator, section=section, rows=count, answers=answers)
        for source_, indicator, section, count, answers in groups.annotate(all=Sum("rows"), said=Sum("answers"))
    ]


def _tallies(rows: Iterable[Evidence]) -> list[Tally]:
    found: dict[tuple[str, str, str], list[int]] = defaultdict(lambda: [0, 0])
    for row in rows:
        sums = found[row.source, row.indicator, row.section]
        sums[0] += 1
        sums[1] += row.times
    return [
        Tally(source=source_, indicator=indicator, section=section, rows=count, answers=answers)
        for (source_, indicator, section), (count, answers) in found.items()
    ]


def _house(
    round_: Round, whole: Sequence[Tally], both: set[tuple[str, str]], *, on: date, choices: Mapping[str, Choice]
) -> list[Tally]:
    """Return what of this house counts; from a chosen start on it is counted anew."""
    found = [one for one in whole if (one.source, one.indicator) not in both]
    for name in sorted({name for name, _ in both}):
        choice = choices.get(name)
        if choice is not None and choice.counts is not Counts.TABLE:
            rows = _tallies(queries.tallied(round_, on=on, since=choice.since)) if choice.since else whole
            found += [one for one in rows if one.source == name and (name, one.indicator) in both]
    return found


def _takes(row: Evidence, choices: Mapping[str, Choice]) -> bool:
    choice = choices.get(row.source)
    return choice is not None and choice.takes(row.happened_on)


def _taken(both: Iterable[tuple[str, str]], choices: Mapping[str, Choice]) -> Q:
    """Return the condition on rows of tables that count although this house tells of the same."""
    found = []
    for name, indicator in both:
        choice = choices.get(name)
        if choice is not None and choice.counts is not Counts.HOUSE:
            until = Q(happened_on__lt=choice.since) if choice.since else Q()
            found.append(Q(source=name, indicator=indicator) & until)
    return _any(found)


def _any(conditions: Iterable[Q]) -> Q:
    every = list(conditions)
    found = every[0] if every else Q(pk__in=())
    for one in every[1:]:
        found |= one
    return found


def _state(
    source_: Source,
    plan: Plan,
    found: Tallies,
    known: Sequence[SectionFacts],
    *,
    events: set[str],
    chosen: SourceChoice | None,
) -> SourceState:
    tables = [one for one in found.tables_counting if one.source == source_.id]
    house = [one for one in found.house_counting if one.source == source_.id]
    seen = {one.section for one in (*tables, *house)}
    items = plan.deductions.items if plan.deductions and figures.CASES in figures.rooms_of(plan, source_.id) else ()
    answers: Counter[str] = Counter()
    for one in (*tables, *house):
        answers[one.indicator] += one.answers
    single = counting.alone(plan, answers, sections=len(known))
    return SourceState(
        source=source_,
        imported=sum(one.rows for one in tables),
        own=sum(one.answers for one in house),
        sections=len(seen),
        missing=tuple(section.name for section in known if section.id not in seen),
        meeting=_meeting(source_, plan, found, chosen.choice if chosen else None, chosen),
        doubled=tuple(item.name for item in items if item.id in events),
        alone=tuple(one.name for one in plan.indicators if one.id in single),
    )


def _meeting(
    source_: Source, plan: Plan, found: Tallies, choice: Choice | None, chosen: SourceChoice | None
) -> Meeting | None:
    named = found.both.get(source_.id)
    if not named:
        return None

    def sums(rows: Iterable[Tally], *, in_rows: bool) -> int:
        mine = (one for one in rows if one.source == source_.id and one.indicator in named)
        return sum(one.rows if in_rows else one.answers for one in mine)

    tables, house = sums(found.tables_counting, in_rows=True), sums(found.house_counting, in_rows=False)
    return Meeting(
        source=source_,
        indicators=tuple(one.name for one in plan.indicators if one.id in named),
        choice=choice,
        chosen=chosen,
        tables=Side(counting=tables, idle=sums(found.tables, in_rows=True) - tables),
        house=Side(counting=house, idle=sums(found.house, in_rows=False) - house),
    )
