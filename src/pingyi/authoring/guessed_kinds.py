"""Sources of marks whose kind a reader of prose took from a name that does not say it: the kind decides the marks."""

from __future__ import annotations

import re

from pingyi.authoring.values import say_value
from pingyi.rules.plan import Plan
from pingyi.rules.plan.measure import Source, SourceKind

# What a name must hold for its kind to be said rather than guessed: 考核 alone may mean tasks, visits or deductions.
_SAYS: dict[SourceKind, str] = {
    SourceKind.SURVEY: r"满意度|问卷|民意|民调|测评|第三方|电话|网上|网络",
    SourceKind.ASSEMBLY: r"集中|大会|现场|评议会|述职|评议代表",
    SourceKind.INSPECTION: r"明察|暗访|检查|督查|巡查|抽查|察访",
    SourceKind.CASES: r"热线|投诉|诉求|信访|举报|办件|工单|来信",
    SourceKind.RECTIFICATION: r"整改|自查",
    SourceKind.TASKS: r"任务|督办",
    SourceKind.COMMITMENTS: r"承诺",
    SourceKind.OPINIONS: r"意见",
    SourceKind.FILE_REVIEW: r"案卷|卷宗|病历|档案",
}


def guessed(plan: Plan) -> tuple[Source, ...]:
    """Return the sources of a plan that was read from a document whose names do not say their kind."""
    if plan.original is None or any(choice.path == "sources" for choice in plan.choices):
        return ()
    return tuple(one for one in plan.sources if not _is_said(one))


def told(plan: Plan) -> tuple[tuple[str, str], ...]:
    """Return each guessed source with the kind it was taken for, in Chinese and in English."""
    return tuple((_said(plan, one, "zh"), _said(plan, one, "en")) for one in guessed(plan))


def _is_said(source: Source) -> bool:
    return re.search(_SAYS.get(source.kind, "$^"), source.name) is not None


def _said(plan: Plan, source: Source, language: str) -> str:
    return f"{source.name} → {say_value(source.kind, field='kind', plan=plan, language=language)}"
