"""The plan made of what was read, with the place of every part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from pingyi.authoring.prose.draft import Item
from pingyi.authoring.prose.filling import Filling
from pingyi.authoring.prose.page import Found, Page
from pingyi.authoring.prose.rates import settled
from pingyi.authoring.prose.reading_all import Reading
from pingyi.authoring.prose.verbs import names_product
from pingyi.rules.plan import FORMAT, Plan
from pingyi.rules.plan.conduct import CommitmentRules, DayUnit, HandlingRules, TimeLimit
from pingyi.rules.plan.measure import Bonus, Deductions, Indicator, SourceKind
from pingyi.rules.plan.outcome import Confirmation, Ranking, Rounding
from pingyi.rules.plan.people import Organizer, SectionClass, Subject
from pingyi.rules.plan.schedule import MeetingKind, Task
from pingyi.rules.plan.statistics import Statistics
from pingyi.rules.plan.voting import Assembly, Survey

T = TypeVar("T")


def _label(value: object) -> str:
    if isinstance(value, str):
        return value[:40]
    return str(getattr(value, "title", "") or getattr(value, "name", ""))


class _Items:
    """Collects the places of the parts while the plan is made."""

    def __init__(self) -> None:
        self.items: list[Item] = []

    def add(self, path: str, start: int, end: int, label: str = "") -> None:
        """Note one part."""
        if end > start:
            self.items.append(Item(path=path, start=start, end=end, quote="", label=label))

    def all(self, path: str, found: Sequence[Found[T]]) -> tuple[T, ...]:
        """Note a list of parts and return their values."""
        for index, one in enumerate(found):
            self.add(f"{path}[{index}]", one.start, one.end, _label(one.value))
        return tuple(one.value for one in found)

    def one(self, path: str, found: Found[T] | None) -> T | None:
        """Note a single part and return its value."""
        if found is None:
            return None
        self.add(path, found.start, found.end, str(found.value)[:40] if isinstance(found.value, str | int) else "")
        return found.value


def make_plan(page: Page, reading: Reading, filling: Filling) -> tuple[Plan, list[Item]]:
    """Return the plan and its items; what the text does not say comes from the preset."""
    items = _Items()
    plan = _frame(reading, filling, items)
    plan = _with_conduct(plan, reading, filling, items)
    plan = _with_schedule(plan, reading, filling, items)
    plan = _with_outcome(plan, reading, filling, items)
    plan = _with_measures(plan, page, reading, filling, items)
    return replace(plan, triggers=settled(plan), choices=filling.as_choices()), items.items


def _frame(reading: Reading, filling: Filling, items: _Items) -> Plan:
    identity = reading.identity
    for one in reading.preamble:
        items.add("preamble", one.start, one.end, "指导思想")
    items.one("year", identity.year)
    for path, start, end in reading.leads:
        if path != "grades" or reading.grades:
            items.add(path, start, end)
    return Plan(
        format=FORMAT,
        title=items.one("title", identity.title) or "（待补标题）",
        year=reading.year,
        issuer=items.one("issuer", identity.issuer) or "（待补单位）",
        number=items.one("number", identity.number) or "",
        issued_on=items.one("issued_on", identity.issued_on),
        organizer=_organizer(reading, filling, items),
        subject=_subject(reading, filling, items),
        preamble="\n".join(one.value for one in reading.preamble),
        maxims=items.all("maxims", reading.maxims),
        authorities=items.all("authorities", reading.offices.authorities),
        principles=items.all("principles", reading.principles),
        criteria=items.all("criteria", reading.criteria),
        requirements=items.all("requirements", reading.requirements),
        phases=(),
        sources=(),
        indicators=(),
        rounding=Rounding(),
        ranking=Ranking(),
    )


def _organizer(reading: Reading, filling: Filling, items: _Items) -> Organizer:
    organizer = items.one("organizer", reading.offices.organizer) or Organizer(supervision_office="")
    if organizer.supervision_office:
        return organizer
    filling.choose("organizer.supervision_office")
    return replace(organizer, supervision_office=filling.preset.supervision_office)


def _subject(reading: Reading, filling: Filling, items: _Items) -> Subject:
    subject = items.one("subject", reading.subject)
    if subject is not None and subject.classes[0].id == "all":
        filling.choose("subject.classes")
    return subject or Subject(kinds=(), classes=(SectionClass(id="all", name="全部参评单位"),))


def _with_conduct(plan: Plan, reading: Reading, filling: Filling, items: _Items) -> Plan:
    stated = {one.value.kind: one.value for one in reading.time_limits}
    limits: list[TimeLimit] = []
    for one in reading.time_limits:
        items.add(f"time_limits[{len(limits)}]", one.start, one.end)
        limits.append(one.value)
    for limit in filling.preset.time_limits:
        if limit.kind not in stated:
            filling.choose(f"time_limits[{len(limits)}]" if stated else "time_limits")
            limits.append(limit)
    filling.choose("handling")
    filling.choose("commitments")
    return replace(
        plan,
        work_rules=items.all("work_rules", reading.work_rules),
        channels=items.all("channels", reading.channels),
        solicitations=items.all("solicitations", reading.solicitations),
        time_limits=tuple(limits),
        handling=HandlingRules(),
        commitments=CommitmentRules(),
    )


def _with_schedule(plan: Plan, reading: Reading, filling: Filling, items: _Items) -> Plan:
    for index, text in enumerate(reading.phases):
        items.add(f"phases[{index}]", text.start, text.head_end, text.phase.name)
    if reading.phases and not reading.has_phases:
        filling.choose("phases")
    tasks: list[Task] = []
    for index, duty in enumerate(reading.duties):
        items.add(f"tasks[{index}]", duty.start, duty.end, duty.task.title)
        tasks.append(replace(duty.task, id=f"task_{index + 1}"))
        if duty.task.proof and not names_product(duty.task.title):
            filling.choose(f"tasks[{index}].proof")
    return replace(
        plan,
        phases=tuple(text.phase for text in reading.phases),
        tasks=tuple(tasks),
        meetings=items.all("meetings", reading.meetings),
        publications=items.all("publications", reading.publications),
        filings=items.all("filings", reading.filings),
    )


def _with_outcome(plan: Plan, reading: Reading, filling: Filling, items: _Items) -> Plan:
    for path in ("rounding", *(() if reading.procedure.shares_ties else ("ranking",)), "statistics"):
        filling.choose(path)
    return replace(
        plan,
        grades=items.all("grades", reading.grades),
        triggers=items.all("triggers", reading.outcome.triggers),
        consequences=items.all("consequences", reading.outcome.consequences),
        result_uses=items.all("result_uses", reading.result_uses),
        confirmation=_confirmation(reading, filling, items),
        statistics=Statistics(),
    )


def _confirmation(reading: Reading, filling: Filling, items: _Items) -> Confirmation:
    """Return how long the result is shown before it is final, in working days, as those of the preset are."""
    preview = reading.preview
    if preview.days is None:
        filling.choose("confirmation")
        return Confirmation()
    items.add("confirmation", preview.start, preview.end, "")
    return Confirmation(preview_days=preview.days, unit=DayUnit.WORKING)


def _with_measures(plan: Plan, page: Page, reading: Reading, filling: Filling, items: _Items) -> Plan:
    weights, found = reading.weights, reading.adjustments
    for path, shares in (("sources", weights.sources), ("assembly.groups", weights.electors)):
        for index, share in enumerate(shares):
            items.add(f"{path}[{index}]", share.start, share.end, share.name)
            # 1、庭审评议：邀请……: how it is done stands under its name elsewhere.
            for node in page.nodes:
                if node.title.partition("：")[0] == share.name and node.start > 0:
                    items.add(f"{path}[{index}]", node.start, node.own_end, share.name)
    if reading.scale is not None:
        items.add("scales[0]", reading.scale.start, reading.scale.end, "评议票")
    scales = filling.scales(reading.scale)
    sources = filling.sources(weights.sources)
    marks = reading.marks if len(reading.marks) == len(plan.criteria) else {}
    for index, one in enumerate(found.vetoes):
        if "否决" in one.value.quote and not any(
            word in one.value.quote for word in ("末", "零分", "不超过", "不得高于")
        ):
            filling.choose(f"vetoes[{index}].effect")
    kinds = {source.kind for source in sources}
    has_assembly = SourceKind.ASSEMBLY in kinds or bool(weights.electors)
    for path, start, end in reading.procedure.places:
        if has_assembly or not path.startswith("assembly"):
            items.add(path, start, end)
    indicators = filling.indicators(sources, plan.criteria, marks=marks, scale=scales[0].id)
    _place_marks(indicators, reading if marks else None, items)
    return replace(
        plan,
        scales=scales,
        sources=sources,
        indicators=indicators,
        assembly=_assembly(plan, reading, filling, items, scales[0].id) if has_assembly else None,
        survey=_survey(page, reading, filling, items, scales[0].id) if SourceKind.SURVEY in kinds else None,
        bonus=_bonus(reading, filling, items),
        deductions=_deductions(reading, filling, items),
        vetoes=items.all("vetoes", found.vetoes),
    )


def _place_marks(indicators: Sequence[Indicator], reading: Reading | None, items: _Items) -> None:
    """A criterion's mark, where all have one, is the weight of the indicators that measure it."""
    for criterion in reading.criteria if reading else ():
        for index, one in enumerate(indicators):
            if one.criterion == criterion.value.id:
                items.add(f"indicators[{index}]", criterion.start, criterion.end, one.name)


def _assembly(plan: Plan, reading: Reading, filling: Filling, items: _Items, scale: str) -> Assembly:
    meeting = next((one for one in reading.meetings if one.value.kind is MeetingKind.ASSEMBLY), None)
    if meeting is not None:
        items.add("assembly", meeting.start, meeting.end, meeting.value.title)
    bare = Assembly(
        scale=scale,
        groups=filling.electors(reading.weights.electors),
        earliest_on=meeting.value.earliest_on if meeting else None,
        latest_on=meeting.value.latest_on if meeting else None,
        quote=meeting.value.quote if meeting else "",
    )
    made = filling.assembly(bare, plan.criteria, reading.marks if len(reading.marks) == len(plan.criteria) else {})
    procedure = reading.procedure
    filling.settle("assembly.quorum", is_stated=procedure.quorum is not None)
    filling.settle("assembly.tellers", is_stated=procedure.tellers is not None)
    return replace(
        made,
        quorum=made.quorum if procedure.quorum is None else procedure.quorum,
        tellers=procedure.tellers or made.tellers,
    )


def _survey(page: Page, reading: Reading, filling: Filling, items: _Items, scale: str) -> Survey:
    surveyor = items.one("survey.conductor", reading.surveyor)
    quote = page.quote(reading.surveyor.start, reading.surveyor.end) if reading.surveyor else ""
    return filling.survey(surveyor or "", quote, scale)


def _bonus(reading: Reading, filling: Filling, items: _Items) -> Bonus | None:
    """Return what adds points; a document that names none has none, and that is asked, for it decides the score."""
    found = reading.adjustments
    if not found.bonus and found.bonus_cap is None:
        filling.choose("bonus")
        return None
    return Bonus(items=items.all("bonus.items", found.bonus), cap=found.bonus_cap)


def _deductions(reading: Reading, filling: Filling, items: _Items) -> Deductions | None:
    """Return what takes points off; as with what adds them, none is invented."""
    found = reading.adjustments
    if not found.deductions and found.deductions_cap is None:
        filling.choose("deductions")
        return None
    return Deductions(items=items.all("deductions.items", found.deductions), cap=found.deductions_cap)
