"""Dates that cannot all be kept: phases, due dates, days off (§4.1–4.4)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from pingyi.authoring.problems import Problem, Severity
from pingyi.rules.calendar import Calendar, is_working_day, name_of, next_working_day, previous_working_day
from pingyi.rules.plan import Plan
from pingyi.rules.plan.schedule import Phase

NOTE = Severity.NOTE


def problems(plan: Plan, *, calendar: Calendar) -> Iterator[Problem]:
    """Yield what is wrong with the plan's dates."""
    if not 2000 <= plan.year <= 2100:
        yield Problem(code="strange_year", path="year", facts={"year": plan.year})
    elif not calendar.is_published(plan.year):
        yield Problem(code="calendar_provisional", severity=NOTE, path="year", facts={"year": plan.year})
    yield from _phases(plan)
    yield from _due_dates(plan)
    yield from _spans(plan)
    yield from _days_off(plan, calendar)


def _phases(plan: Plan) -> Iterator[Problem]:
    if not plan.phases:
        yield Problem(code="no_phases", path="phases")
    for number, phase in enumerate(plan.phases):
        path, facts = f"phases[{number}]", _facts(phase)
        if phase.ends_on < phase.begins_on:
            yield Problem(code="phase_reversed", path=f"{path}.ends_on", facts=facts)
        for name in ("begins_on", "ends_on"):
            day = getattr(phase, name)
            if day.year != plan.year:
                severity = NOTE if _runs_on(plan, phase) else Severity.BLOCKS
                more = facts | {"year": plan.year}
                yield Problem(code="phase_outside_year", severity=severity, path=f"{path}.{name}", facts=more)
    yield from _neighbours(plan)


def _runs_on(plan: Plan, phase: Phase) -> bool:
    """次年3月底前完成整改: a year's evaluation often ends in the first half of the next."""
    return date(plan.year, 1, 1) <= phase.begins_on and phase.ends_on <= date(plan.year + 1, 6, 30)


def _neighbours(plan: Plan) -> Iterator[Problem]:
    in_order = sorted(enumerate(plan.phases), key=lambda entry: (entry[1].begins_on, entry[1].ends_on))
    for (_, before), (number, after) in pairwise(in_order):
        path = f"phases[{number}].begins_on"
        facts: dict[str, object] = {"before": before.name, "after": after.name}
        if after.begins_on <= before.ends_on:
            facts |= {"begins_on": after.begins_on, "ends_on": before.ends_on}
            yield Problem(code="phases_overlap", path=path, facts=facts)
        elif (days := (after.begins_on - before.ends_on).days - 1) > 0:
            yield Problem(code="phases_gap", severity=NOTE, path=path, facts=facts | {"days": days})


def _due_dates(plan: Plan) -> Iterator[Problem]:
    phases = {phase.id: phase for phase in plan.phases}
    for number, task in enumerate(plan.tasks):
        phase = phases.get(task.phase)
        if task.due_on and phase and not phase.begins_on <= task.due_on <= phase.ends_on:
            facts = _facts(phase) | {"title": task.title, "due_on": task.due_on}
            # Reports are often due before the first phase or after the last; a day in another phase is a slip, unless
            # the duty recurs until then.
            is_slip = task.every is None and any(one.begins_on <= task.due_on <= one.ends_on for one in plan.phases)
            severity = Severity.BLOCKS if is_slip else NOTE
            yield Problem(code="due_outside_phase", severity=severity, path=f"tasks[{number}].due_on", facts=facts)
    for number, filing in enumerate(plan.filings):
        if filing.due_on and filing.due_on.year != plan.year:
            facts = {"title": filing.title, "due_on": filing.due_on, "year": plan.year}
            yield Problem(code="filing_outside_year", severity=NOTE, path=f"filings[{number}].due_on", facts=facts)


def _spans(plan: Plan) -> Iterator[Problem]:
    """Check the earliest and latest days of meetings and of the assembly."""
    phases = {phase.id: phase for phase in plan.phases}
    spans = [
        (f"meetings[{number}]", meeting.title, meeting.earliest_on, meeting.latest_on, phases.get(meeting.phase))
        for number, meeting in enumerate(plan.meetings)
    ]
    if plan.assembly:
        spans.append(("assembly", "集中评议大会", plan.assembly.earliest_on, plan.assembly.latest_on, None))
    for path, title, earliest, latest, phase in spans:
        facts: dict[str, object] = {"title": title, "earliest_on": earliest, "latest_on": latest}
        if earliest and latest and latest < earliest:
            yield Problem(code="span_reversed", path=f"{path}.latest_on", facts=facts)
        for name, day in (("earliest_on", earliest), ("latest_on", latest)):
            if day and phase and not phase.begins_on <= day <= phase.ends_on:
                yield Problem(code="meeting_outside_phase", path=f"{path}.{name}", facts=_facts(phase) | facts)
            elif day and not phase and day.year != plan.year:
                facts |= {"day": day, "year": plan.year}
                yield Problem(code="day_outside_year", path=f"{path}.{name}", facts=facts)


def _days_off(plan: Plan, calendar: Calendar) -> Iterator[Problem]:
    for path, title, day in _deadlines(plan):
        if not 1 <= day.year < 9999 or is_working_day(day, calendar=calendar):
            continue
        facts = {
            "title": title,
            "day": day,
            "why_zh": name_of(day, calendar=calendar) + "放假" if name_of(day, calendar=calendar) else "周末",
            "why_en": name_of(day, calendar=calendar) or "a weekend",
            "before": previous_working_day(day, calendar=calendar),
            "after": next_working_day(day, calendar=calendar),
        }
        yield Problem(code="due_on_day_off", severity=NOTE, path=path, facts=facts)


def _deadlines(plan: Plan) -> Iterator[tuple[str, str, date]]:
    for number, phase in enumerate(plan.phases):
        yield f"phases[{number}].ends_on", phase.name, phase.ends_on
    for number, task in enumerate(plan.tasks):
        if task.due_on:
            yield f"tasks[{number}].due_on", task.title, task.due_on
    for number, filing in enumerate(plan.filings):
        if filing.due_on:
            yield f"filings[{number}].due_on", filing.title, filing.due_on
    for number, meeting in enumerate(plan.meetings):
        if meeting.earliest_on and meeting.earliest_on == meeting.latest_on:
            yield f"meetings[{number}].earliest_on", meeting.title, meeting.earliest_on


def _facts(phase: Phase) -> dict[str, object]:
    return {"phase": phase.name, "begins_on": phase.begins_on, "ends_on": phase.ends_on}
