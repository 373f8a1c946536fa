"""The small bureau's plan and evidence that the verdict's tests share."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from pingyi.rules.evidence import Evidence, SectionFacts
from pingyi.rules.plan import (
    FORMAT,
    Bonus,
    Consequence,
    Criterion,
    Deductions,
    Grade,
    Indicator,
    Organizer,
    Plan,
    Ranking,
    Rounding,
    Scale,
    Source,
    Subject,
    Trigger,
    Veto,
)
from pingyi.rules.plan.measure import Adjustment, Empty, Measure, Option, SourceKind, VetoEffect
from pingyi.rules.plan.outcome import ConsequenceKind, Test, TestKind
from pingyi.rules.plan.people import SectionClass, SectionKind
from pingyi.rules.plan.voting import Assembly, ElectorGroup

NAMES = {
    "office": ("办公室", "室"),
    "pollution": ("污染控制科", "科"),
    "monitoring": ("环境监测站", "站"),
    "brigade": ("环境监察大队", "大队"),
    "information": ("信息中心", "中心"),
}
SECTIONS = tuple(SectionFacts(id=key, name=name, kind=kind, section_class="all") for key, (name, kind) in NAMES.items())
FOUR_BOXES = Scale(
    id="four",
    name="满意度",
    options=(
        Option(id="good", label="满意", value=Decimal(100), is_satisfied=True),
        Option(id="fair", label="基本满意", value=Decimal(80), is_satisfied=True),
        Option(id="bad", label="不满意", value=Decimal(30)),
        Option(id="unknown", label="不了解"),
    ),
)
DAY = date(2026, 8, 20)


def plan(**changes: object) -> Plan:
    """Return the small bureau's plan: survey 60, inspection 40, triggers last and below 80."""
    fields: dict[str, object] = {
        "format": FORMAT,
        "title": "清源区环境保护局2026年评议方案",
        "year": 2026,
        "issuer": "清源区环境保护局",
        "organizer": Organizer(supervision_office="监察室"),
        "subject": Subject(
            kinds=tuple(SectionKind(id=kind, name=kind) for _, kind in NAMES.values()),
            classes=(SectionClass(id="all", name="全局科室"),),
        ),
        "criteria": (Criterion(id="service", title="服务质量"), Criterion(id="law", title="依法行政")),
        "phases": (),
        "sources": (
            Source(id="survey", name="满意度调查", kind=SourceKind.SURVEY, weight=Decimal("0.6")),
            Source(id="visits", name="明察暗访", kind=SourceKind.INSPECTION, weight=Decimal("0.4"), empty=Empty.DROP),
        ),
        "indicators": (
            Indicator(
                id="satisfied", name="群众满意度", criterion="service", source="survey", weight=Decimal(1),
                measure=Measure.SATISFACTION_SCORE, scale="four", minimum_count=3,
            ),
            Indicator(id="order", name="工作纪律", criterion="law", source="visits", weight=Decimal(1)),
        ),
        "rounding": Rounding(),
        "ranking": Ranking(),
        "scales": (FOUR_BOXES,),
        "bonus": Bonus(
            items=(
                Adjustment(id="banner", name="受市级表彰", points=Decimal(2), cap=Decimal(3), criterion="service"),
                Adjustment(id="method", name="经验推广", points=Decimal(3)),
            ),
            cap=Decimal(5),
        ),
        "deductions": Deductions(
            items=(Adjustment(id="exposed", name="媒体曝光", points=Decimal(5), criterion="law"),), cap=Decimal(8)
        ),
        "vetoes": (
            Veto(id="bribe", name="违法违纪", effect=VetoEffect.SCORE_ZERO),
            Veto(id="accident", name="重大责任事故", effect=VetoEffect.SCORE_CAP, cap=Decimal(60)),
            Veto(id="fraud", name="弄虚作假", effect=VetoEffect.RANK_LAST),
        ),
        "grades": (
            Grade(id="fine", name="优秀", minimum=Decimal(85), top_share=Decimal("0.4")),
            Grade(id="pass", name="达标", minimum=Decimal(80)),
            Grade(id="fail", name="未达标"),
        ),
        "triggers": (
            Trigger(id="last", name="末位", all_of=(Test(kind=TestKind.LAST),), consequences=("explain", "talk")),
            Trigger(
                id="below80", name="低于80分", all_of=(Test(kind=TestKind.BELOW, score=Decimal(80)),),
                consequences=("explain", "bar"),
            ),
        ),
        "consequences": (
            Consequence(id="explain", name="说明情况", kind=ConsequenceKind.EXPLANATION, days=10),
            Consequence(id="talk", name="诫勉谈话", kind=ConsequenceKind.ADMONITION_TALK, days=20),
            Consequence(id="bar", name="取消评先评优", kind=ConsequenceKind.AWARD_BAR),
        ),
    }  # fmt: skip
    return Plan(**{**fields, **changes})  # type: ignore[arg-type]


def voting_plan(*, minimum: int = 1) -> Plan:
    """Return a plan whose only source is an assembly of three elector groups."""
    groups = (
        ElectorGroup(id="clients", name="服务对象", weight=Decimal("0.5"), minimum=minimum),
        ElectorGroup(id="supervisors", name="行风监督员", weight=Decimal("0.25"), minimum=minimum),
        ElectorGroup(id="society", name="社会各界", weight=Decimal("0.25"), minimum=minimum),
    )
    source = Source(id="assembly", name="集中评议", kind=SourceKind.ASSEMBLY, weight=Decimal(1))
    indicator = Indicator(
        id="votes", name="大会评议", criterion="service", source="assembly", weight=Decimal(1),
        measure=Measure.SATISFACTION_SCORE, scale="four",
    )  # fmt: skip
    return plan(sources=(source,), indicators=(indicator,), assembly=Assembly(scale="four", groups=groups))


def marks(score: str, *, section: str, indicator: str = "order", source: str = "visits") -> Evidence:
    """Return one mark."""
    return Evidence(
        section=section, indicator=indicator, source=source, happened_on=DAY, value=Decimal(score),
        reference=f"{source}/{section}/{score}",
    )  # fmt: skip


def answers(box: str, count: int, *, section: str, group: str = "", source: str = "survey") -> Evidence:
    """Return so many equal answers."""
    indicator = "votes" if source == "assembly" else "satisfied"
    return Evidence(
        section=section, indicator=indicator, source=source, happened_on=DAY, value=box, times=count,
        reference=f"{source}/{section}/{group}{box}", group=group,
    )  # fmt: skip


def event(item: str, times: str = "1", *, section: str, source: str) -> Evidence:
    """Return a bonus, a deduction or a veto that happened."""
    return Evidence(
        section=section, indicator=item, source=source, happened_on=DAY, value=Decimal(times), reference=f"{source}/1"
    )


def full_evidence(scores: dict[str, str]) -> list[Evidence]:
    """Return evidence that gives each section exactly this score."""
    rows = [answers("good", 10, section=section) for section in NAMES]
    # 0.6 × 100 + 0.4 × mark = score
    return rows + [
        marks(str((Decimal(score) - 60) / Decimal("0.4")), section=section) for section, score in scores.items()
    ]
