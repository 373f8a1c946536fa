"""What a plan document never says and a year cannot run without: named sets of values to be confirmed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from pingyi.rules.plan.conduct import CaseKind, DayUnit, TimeLimit
from pingyi.rules.plan.measure import Empty, Option, Scale, SourceKind
from pingyi.rules.plan.voting import ElectorGroup


@dataclass(frozen=True, kw_only=True, slots=True)
class PresetSource:
    """A source of marks with its share, before the criteria are known."""

    name: str
    kind: SourceKind
    weight: Decimal
    empty: Empty = Empty.REFUSE


@dataclass(frozen=True, kw_only=True, slots=True)
class Preset:
    """One named set of values."""

    name: str
    title_zh: str
    title_en: str
    sources: tuple[PresetSource, ...]
    scale: Scale
    electors: tuple[ElectorGroup, ...]
    time_limits: tuple[TimeLimit, ...]
    supervision_office: str = "监察室"


_SCALE = Scale(
    id="satisfaction",
    name="满意度",
    options=(
        Option(id="satisfied", label="满意", value=Decimal(100), is_satisfied=True),
        Option(id="basically_satisfied", label="基本满意", value=Decimal(80), is_satisfied=True),
        Option(id="dissatisfied", label="不满意", value=Decimal(30)),
        Option(id="dont_know", label="不了解"),
    ),
)
_ELECTORS = (
    ElectorGroup(id="clients", name="服务对象", weight=Decimal("0.5")),
    ElectorGroup(id="supervisors", name="行风监督员", weight=Decimal("0.25")),
    ElectorGroup(id="community", name="社会各界代表", weight=Decimal("0.25")),
)
_TIME_LIMITS = (
    TimeLimit(kind=CaseKind.INQUIRY, days=3, unit=DayUnit.WORKING),
    TimeLimit(kind=CaseKind.HELP, days=5, unit=DayUnit.WORKING, extension_days=5),
    TimeLimit(kind=CaseKind.SUGGESTION, days=13, unit=DayUnit.WORKING, extension_days=5),
    TimeLimit(kind=CaseKind.COMPLAINT, days=13, unit=DayUnit.WORKING, extension_days=10),
    TimeLimit(kind=CaseKind.MISCONDUCT, days=13, unit=DayUnit.WORKING, extension_days=15),
)

_STANDARD = Preset(
    name="standard",
    title_zh="通用（社会满意度调查40、集中评议20、明察暗访15、诉求办理15、自查整改10）",
    title_en="Standard (survey 40, assembly 20, inspections 15, cases 15, rectification 10)",
    sources=(
        PresetSource(name="社会满意度调查", kind=SourceKind.SURVEY, weight=Decimal("0.4")),
        PresetSource(name="集中评议", kind=SourceKind.ASSEMBLY, weight=Decimal("0.2")),
        PresetSource(name="明察暗访", kind=SourceKind.INSPECTION, weight=Decimal("0.15"), empty=Empty.FULL),
        PresetSource(name="诉求办理", kind=SourceKind.CASES, weight=Decimal("0.15"), empty=Empty.DROP),
        PresetSource(name="自查整改", kind=SourceKind.RECTIFICATION, weight=Decimal("0.1"), empty=Empty.DROP),
    ),
    scale=_SCALE,
    electors=_ELECTORS,
    time_limits=_TIME_LIMITS,
)
_QUESTIONNAIRE = Preset(
    name="questionnaire",
    title_zh="问卷为主（群众问卷测评70、工作考核30）",
    title_en="Questionnaire first (questionnaire 70, work appraisal 30)",
    sources=(
        PresetSource(name="群众问卷测评", kind=SourceKind.SURVEY, weight=Decimal("0.7")),
        PresetSource(name="工作考核", kind=SourceKind.TASKS, weight=Decimal("0.3")),
    ),
    scale=_SCALE,
    electors=_ELECTORS,
    time_limits=_TIME_LIMITS,
)
PRESETS: dict[str, Preset] = {preset.name: preset for preset in (_STANDARD, _QUESTIONNAIRE)}
