"""Who is evaluated, who carries each duty, what a promise is measured by (§3.1, §3.2.3, §4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pingyi.authoring.problems import Problem, Severity
from pingyi.rules.plan import Plan
from pingyi.rules.plan.conduct import WorkRuleKind
from pingyi.rules.plan.measure import SourceKind
from pingyi.rules.plan.people import Doer

NOTE = Severity.NOTE


def problems(plan: Plan) -> Iterator[Problem]:
    """Yield what is wrong with the plan's people, duties and promises."""
    if not plan.organizer.supervision_office.strip():
        yield Problem(code="no_supervision_office", path="organizer.supervision_office")
    yield from _tasks(plan)
    yield from _classes(plan)
    yield from _promises(plan)
    yield from _limits(plan)
    yield from _terms(plan)


def _tasks(plan: Plan) -> Iterator[Problem]:
    for number, task in enumerate(plan.tasks):
        path, facts = f"tasks[{number}]", {"title": task.title}
        if task.doer is Doer.NAMED_SECTION and not task.section.strip():
            yield Problem(code="task_without_owner", path=f"{path}.section", facts=facts)
        if task.every_day is not None and not 1 <= task.every_day <= 31:
            yield Problem(code="term_range", path=f"{path}.every_day", facts={"value": task.every_day, "most": 31})
        if not task.recipient:
            office = plan.organizer.supervision_office
            yield Problem(code="task_without_recipient", severity=NOTE, path=path, facts=facts | {"office": office})
        if not task.proof.strip():
            yield Problem(code="task_without_proof", severity=NOTE, path=path, facts=facts)
    busy = {task.phase for task in plan.tasks} | {meeting.phase for meeting in plan.meetings}
    for number, phase in enumerate(plan.phases):
        if phase.id not in busy:
            yield Problem(
                code="phase_without_task", severity=NOTE, path=f"phases[{number}]", facts={"phase": phase.name}
            )


def _classes(plan: Plan) -> Iterator[Problem]:
    subject = plan.subject
    if not subject.kinds:
        yield Problem(code="no_kinds", path="subject.kinds")
    if not subject.classes:
        yield Problem(code="no_classes", path="subject.classes")
        return
    open_classes = [section_class for section_class in subject.classes if not section_class.kinds]
    if len(open_classes) > 1:
        names = "、".join(section_class.name for section_class in open_classes)
        yield Problem(code="two_open_classes", path="subject.classes", facts={"names": names})
    named = Counter(kind for section_class in subject.classes for kind in section_class.kinds)
    for number, kind in enumerate(subject.kinds):
        path = f"subject.kinds[{number}]"
        if named[kind.id] > 1:
            yield Problem(code="kind_in_two_classes", path=path, facts={"kind": kind.name})
        if not named[kind.id] and not open_classes:
            yield Problem(code="kind_in_no_class", path=path, facts={"kind": kind.name})


def _promises(plan: Plan) -> Iterator[Problem]:
    rules = plan.commitments
    if rules and not rules.must_be_measurable:
        yield Problem(code="promise_without_measure", path="commitments.must_be_measurable")
    promised = any(rule.kind is WorkRuleKind.COMMITMENT for rule in plan.work_rules)
    if rules is None and (promised or any(source.kind is SourceKind.COMMITMENTS for source in plan.sources)):
        yield Problem(code="promises_without_rules", severity=NOTE, path="work_rules")


TERMS = {  # term → the most that it can be
    "accept_hours": 1_000, "criticize_days_after": 250, "look_days_after": 250, "keep_years": 100,
    "keep_table_days": 3_660, "rehang_days": 250,
}  # fmt: skip


def _terms(plan: Plan) -> Iterator[Problem]:
    for path, part in (("handling", plan.handling), ("commitments", plan.commitments)):
        for name, most in TERMS.items():
            value = getattr(part, name, 1)
            if not 1 <= value <= most:
                yield Problem(code="term_range", path=f"{path}.{name}", facts={"value": value, "most": most})


def _limits(plan: Plan) -> Iterator[Problem]:
    for number, limit in enumerate(plan.time_limits):
        if limit.days < 1 or limit.extension_days < 0:
            yield Problem(code="limit_not_positive", path=f"time_limits[{number}].days", facts={"days": limit.days})
    if plan.time_limits:
        return
    if plan.channels:
        yield Problem(code="channels_without_limits", severity=NOTE, path="channels")
    elif any(rule.kind is WorkRuleKind.TIME_LIMIT for rule in plan.work_rules):
        yield Problem(code="rule_without_limits", severity=NOTE, path="work_rules")
