"""What a print says of a plan: two plans of which this is the same are one plan to whoever reads the paper (§0)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any

from pingyi.authoring.printing.doers import names_of_doers
from pingyi.authoring.printing.phrases import labels
from pingyi.authoring.printing.words import word
from pingyi.authoring.values import HOLDERS
from pingyi.rules.plan import Plan
from pingyi.rules.plan.people import Doer
from pingyi.rules.plan.schedule import Task
from pingyi.rules.plan.statistics import statistics_of

# What a print that lost its data does not bring back, and why.
NOT_BROUGHT_BACK = {
    "id": "a name for programs: a new one is given, and what refers to it follows",
    "quote": "the sentence of an older text that the item was read from",
    "clause": "the number that a clause had in that text",
    "original": "from which file the plan was read",
    "choices": "what its writers still have to look at",
    "blanks": "a line may end at a blank, so that a page does not tell them",
    "closing stop": "the print closes each text with a stop, so that it does not tell who set it",
    "order of duties": "duties and meetings are printed under their phases",
    "statistics": "a plan without them follows the defaults that are printed",
    "doer_text": "words for a doer that say no more than whom the plan means by it are printed once",
    "recipient": "no recipient of a filing is the supervision office, and printed so",
    "leading_body": "one that is not named is printed as the bureau's leadership",
    "conductor": "a survey that nobody is named for is the supervision office's, and printed so",
    "bonus, deductions": "a list without an entry and without a limit prints nothing",
}
UNSAID = {"id", "quote", "clause", "original", "choices"}
_OTHERS = {"phase": "phases", "trigger": "triggers"}


def alike(plan: Plan, *, language: str = "zh") -> Any:
    """Return a plan as its print says it, in plain values."""
    office = plan.organizer.supervision_office
    names = names_of_doers(office=office, survey=plan.survey, authorities=plan.authorities, tongue=language)
    places = {part: {one.id: at for at, one in enumerate(getattr(plan, part))} for part in {*HOLDERS.values()}}
    order = places["phases"]
    body = plan.organizer.leading_body
    survey = plan.survey
    if survey and survey.conductor == office:
        survey = replace(survey, conductor="")
    settled = replace(
        plan,
        tasks=tuple(sorted((_told(one, names) for one in plan.tasks), key=lambda one: order[one.phase])),
        meetings=tuple(sorted(plan.meetings, key=lambda one: order[one.phase])),
        statistics=statistics_of(plan),
        filings=tuple(replace(one, recipient=one.recipient or "supervision_office") for one in plan.filings),
        organizer=replace(plan.organizer, leading_body=body if body != word("body_default", language=language) else ""),
        survey=survey,
        bonus=plan.bonus if plan.bonus and (plan.bonus.items or plan.bonus.cap is not None) else None,
        deductions=(
            plan.deductions if plan.deductions and (plan.deductions.items or plan.deductions.cap is not None) else None
        ),
    )
    kinds = {one.id: at for at, one in enumerate(plan.subject.kinds)}
    scales = {one.id: one.scale for one in plan.indicators}
    labelled = tuple(
        replace(
            trigger,
            all_of=tuple(
                replace(test, options=tuple(labels(test.options, plan, scale=scales.get(test.indicator, ""))))
                for test in trigger.all_of
            ),
        )
        for trigger in settled.triggers
    )
    return _plain(replace(settled, triggers=labelled), places=places, kinds=kinds)


def _told(task: Task, names: dict[Doer, str]) -> Task:
    """Return a duty without words for its doer that say no more than the plan means."""
    meant = task.section if task.doer is Doer.NAMED_SECTION else names[task.doer]
    return replace(task, doer_text="") if task.doer_text == meant else task


def _plain(value: Any, *, places: Mapping[str, Mapping[str, int]], kinds: Mapping[str, int], field: str = "") -> Any:
    if is_dataclass(value):
        return {
            one.name: _plain(
                getattr(value, one.name), places=places, kinds=kinds, field=f"{type(value).__name__}.{one.name}"
            )
            for one in fields(value)
            if one.name not in UNSAID
        }
    if isinstance(value, tuple):
        return [_plain(one, places=places, kinds=kinds, field=field) for one in value]
    if not isinstance(value, str) or isinstance(value, StrEnum):
        return value.normalize() if isinstance(value, Decimal) else value
    name = field.partition(".")[2]
    if field == "SectionClass.kinds":
        return kinds.get(value, value)
    held = places.get(HOLDERS.get(name, ""), {})
    return held[value] if value in held else re.sub(r"\s+", "", value).removesuffix("。").removesuffix(".")
