"""A draft as a page that an official can compare with the text: what the goldens hold."""

from __future__ import annotations

from pingyi.authoring.prose import Draft
from pingyi.rules.plan import Plan
from pingyi.rules.plan.outcome import Trigger
from pingyi.rules.plan.schedule import Task

Lines = list[str]


def summarize(draft: Draft) -> dict[str, object]:
    """Return everything understood, in words."""
    plan = draft.plan
    stated = {choice.path for choice in plan.choices}
    return {
        "标题": plan.title,
        "年份": plan.year,
        "单位": plan.issuer,
        "牵头": plan.organizer.supervision_office,
        "上级": [f"{one.name}（{'条' if one.chain.value == 'line' else '块'}）" for one in plan.authorities],
        "对象": [one.name for one in plan.subject.kinds],
        "类别": [one.name for one in plan.subject.classes],
        "点名单位": [one.name for one in draft.units],
        "原则": [one.title for one in plan.principles],
        "方针": list(plan.maxims),
        "内容": [one.title for one in plan.criteria],
        "渠道": [one.name for one in plan.channels],
        "征求意见": [one.kind.value for one in plan.solicitations],
        "制度": [one.name for one in plan.work_rules],
        "阶段": [f"{one.name} {one.begins_on}～{one.ends_on}" for one in plan.phases],
        "任务": [_task(one) for one in plan.tasks],
        "会议": [f"{one.title} {one.earliest_on or ''}～{one.latest_on or ''}" for one in plan.meetings],
        "公开": [f"{one.title}（{one.scope.value}）" for one in plan.publications],
        "报备": [f"{one.title} → {one.recipient} {one.due_on or ''}".strip() for one in plan.filings],
        "得分来源": [] if "sources" in stated else [f"{one.name} {one.weight}" for one in plan.sources],
        "评议人": _electors(plan, stated),
        "票面": [] if "scales" in stated else [f"{one.label} {one.value}" for one in plan.scales[0].options],
        "加分": [] if "bonus" in stated or not plan.bonus else [f"{x.name} +{x.points}" for x in plan.bonus.items],
        "扣分": _deductions(plan, stated),
        "否决": [one.name for one in plan.vetoes],
        "等次": [f"{one.name} {one.minimum if one.minimum is not None else '以下'}" for one in plan.grades],
        "条件": [_trigger(one) for one in plan.triggers],
        "后果": [f"{one.id} {one.name} {one.place}{one.addressee}".strip() for one in plan.consequences],
        "结果运用": list(plan.result_uses),
        "疑问": sorted({one.code for one in draft.problems}),
        "丢字": [one.found for one in draft.lost],
        "未用": [one.text for one in draft.uncovered],
        "页面杂项": len(draft.left_out),
    }


def _task(task: Task) -> str:
    doer = f"{task.doer.value}{f'（{task.doer_text}）' if task.doer_text else ''}"
    often = f"{task.every} {task.every_day or ''}".strip() if task.every else ""
    return " | ".join(part for part in (doer, task.title, str(task.due_on or ""), often, task.recipient) if part)


def _electors(plan: Plan, stated: set[str]) -> Lines:
    if plan.assembly is None or "assembly" in stated:
        return []
    return [f"{one.name} {one.weight}" for one in plan.assembly.groups]


def _deductions(plan: Plan, stated: set[str]) -> Lines:
    if "deductions" in stated or plan.deductions is None:
        return []
    return [f"{one.name} -{one.points}{f' 最多{one.cap}' if one.cap else ''}" for one in plan.deductions.items]


def _trigger(trigger: Trigger) -> str:
    quota = f" 至多{trigger.at_most}" if trigger.at_most else ""
    return f"{trigger.id}{quota} → {'、'.join(trigger.consequences)}"
