"""Ids that name other parts of the plan: each must be there, and be meant once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches

from pingyi.authoring.field_words import field_word
from pingyi.authoring.problems import Problem
from pingyi.rules.plan import Plan
from pingyi.rules.plan.measure import Adjustment, Indicator, Veto
from pingyi.rules.plan.people import Doer

Reference = tuple[str, str, str]  # path, list that holds the id, the id


def unknown(plan: Plan, *, known: Mapping[str, Iterable[str]] | None = None) -> list[Problem]:
    """Return a problem for each reference to an id that is not there.

    `known` holds ids of items that could not be read: a reference to one of them is not at fault.
    """
    ids = {name: [*_ids(plan, name), *(known or {}).get(name, ())] for name in _LISTS}
    # Duties and filings can go to the bureau's own parts and to the public, beside the authorities above.
    ids["authorities"] += ["public", *(doer.value for doer in Doer)]
    return [_problem(*reference, ids[reference[1]]) for reference in references(plan) if _is_lost(reference, ids)]


def references(plan: Plan) -> Iterator[Reference]:
    """Yield every reference in the plan; empty ones are left out."""
    for reference in (*_of_marks(plan), *_of_schedule(plan), *_of_outcome(plan)):
        if reference[2]:
            yield reference


def duplicates(plan: Plan) -> list[Problem]:
    """Return a problem for each id that evidence could not be filed by, and each time limit given twice."""
    problems = []
    seen: set[str] = set()
    for path, value in _filed(plan):
        if value in seen and not path.startswith("indicators"):
            problems.append(Problem(code="same_indicator_id", path=f"{path}.id", facts={"value": value}))
        seen.add(value)
    limits: set[str] = set()
    for number, limit in enumerate(plan.time_limits):
        if limit.kind in limits:
            path = f"time_limits[{number}]"
            problems.append(Problem(code="same_limit_twice", path=path, facts={"kind": limit.kind.value}))
        limits.add(limit.kind)
    return problems


def _of_marks(plan: Plan) -> Iterator[Reference]:
    for number, criterion in enumerate(plan.criteria):
        yield from _each(f"criteria[{number}].principles", "principles", criterion.principles)
    for number, indicator in enumerate(plan.indicators):
        at = f"indicators[{number}]"
        yield f"{at}.criterion", "criteria", indicator.criterion
        yield f"{at}.source", "sources", indicator.source
        yield f"{at}.scale", "scales", indicator.scale
    for name, group in (("bonus", plan.bonus), ("deductions", plan.deductions)):
        for number, item in enumerate(group.items if group else ()):
            yield f"{name}.items[{number}].criterion", "criteria", item.criterion
    if plan.assembly:
        yield "assembly.scale", "scales", plan.assembly.scale
        for number, content in enumerate(plan.assembly.contents):
            yield f"assembly.contents[{number}].criterion", "criteria", content.criterion
    if plan.survey:
        yield "survey.scale", "scales", plan.survey.scale


def _of_schedule(plan: Plan) -> Iterator[Reference]:
    for number, section_class in enumerate(plan.subject.classes):
        yield from _each(f"subject.classes[{number}].kinds", "subject.kinds", section_class.kinds)
    for number, task in enumerate(plan.tasks):
        yield f"tasks[{number}].phase", "phases", task.phase
        yield f"tasks[{number}].criterion", "criteria", task.criterion
        yield f"tasks[{number}].recipient", "authorities", task.recipient
    for number, meeting in enumerate(plan.meetings):
        yield f"meetings[{number}].phase", "phases", meeting.phase
    for number, filing in enumerate(plan.filings):
        yield f"filings[{number}].recipient", "authorities", filing.recipient


def _of_outcome(plan: Plan) -> Iterator[Reference]:
    yield from _each("ranking.tie_sources", "sources", plan.ranking.tie_sources)
    for number, trigger in enumerate(plan.triggers):
        at = f"triggers[{number}]"
        yield from _each(f"{at}.consequences", "consequences", trigger.consequences)
        for place, test in enumerate(trigger.all_of):
            yield f"{at}.all_of[{place}].trigger", "triggers", test.trigger
            yield f"{at}.all_of[{place}].grade", "grades", test.grade
            yield f"{at}.all_of[{place}].indicator", "indicators", test.indicator


def _each(path: str, target: str, values: Iterable[str]) -> Iterator[Reference]:
    return ((f"{path}[{number}]", target, value) for number, value in enumerate(values))


def _filed(plan: Plan) -> Iterator[tuple[str, str]]:
    """Yield everything that evidence can be filed under."""
    groups: dict[str, tuple[Indicator | Adjustment | Veto, ...]] = {
        "indicators": plan.indicators,
        "bonus.items": plan.bonus.items if plan.bonus else (),
        "deductions.items": plan.deductions.items if plan.deductions else (),
        "vetoes": plan.vetoes,
    }
    for name, items in groups.items():
        for number, item in enumerate(items):
            yield f"{name}[{number}]", item.id


def _ids(plan: Plan, name: str) -> list[str]:
    items = plan.subject.kinds if name == "subject.kinds" else getattr(plan, name)
    return [item.id for item in items]


def _is_lost(reference: Reference, ids: Mapping[str, list[str]]) -> bool:
    return reference[2] not in ids[reference[1]]


def _problem(path: str, target: str, value: str, known: list[str]) -> Problem:
    zh, en = field_word(target.rsplit(".", maxsplit=1)[-1])
    facts: dict[str, object] = {"value": value, "list_zh": zh, "list_en": en, "known": ", ".join(known) or "—"}
    near = get_close_matches(value, known, n=1, cutoff=0.6)
    if near:
        return Problem(code="unknown_id_near", path=path, facts={**facts, "suggestion": near[0]})
    return Problem(code="unknown_id", path=path, facts=facts)


_LISTS = (
    "principles", "criteria", "sources", "scales", "subject.kinds", "phases", "authorities", "consequences",
    "triggers", "grades", "indicators",
)  # fmt: skip
