"""The year on paper: phases with their duties and meetings, and how the public is answered (§3.2, §4)."""

from __future__ import annotations

from dataclasses import asdict

from pingyi.authoring.enum_words import value_word
from pingyi.authoring.printing.blocks import BlockKind, Page
from pingyi.authoring.printing.words import closed, word
from pingyi.authoring.values import is_english, say_date, say_id, say_value
from pingyi.rules.plan import Plan
from pingyi.rules.plan.people import Chain, Doer
from pingyi.rules.plan.schedule import Meeting, Phase, Task


def write(page: Page, plan: Plan) -> None:
    """Write the phases and the rules of service."""
    page.heading(word("steps", language=page.language))
    for phase in plan.phases:
        _phase(page, plan, phase)
    if plan.channels or plan.time_limits or plan.work_rules:
        _service(page, plan)


def _phase(page: Page, plan: Plan, phase: Phase) -> None:
    tongue = page.language
    begins, ends = say_date(phase.begins_on, language=tongue), say_date(phase.ends_on, language=tongue)
    page.subheading(word("phase", language=tongue, name=phase.name, begins=begins, ends=ends))
    if phase.text:
        page.put(BlockKind.BODY, closed(phase.text, page.language))
    for task in plan.tasks:
        if task.phase == phase.id:
            page.item(task_words(task, phase=phase, plan=plan, language=tongue))
    for meeting in plan.meetings:
        if meeting.phase == phase.id:
            page.item(_meeting(meeting, tongue))


def task_words(task: Task, *, phase: Phase, plan: Plan, language: str = "zh") -> str:
    """Write one duty with its doer, due date, proof and recipient."""
    due = say_date(task.due_on or phase.ends_on, language=language)
    doer = doer_words(task, plan=plan, language=language)
    parts = [word("task", language=language, title=task.title, doer=doer, due=due)]
    if task.proof:
        parts.append(word("proof", language=language, proof=task.proof))
    if task.recipient:
        to = say_id(task.recipient, field="recipient", plan=plan, language=language)
        parts.append(word("recipient", language=language, recipient=to))
    return "".join([*parts, word("stop", language=language)])


def doer_words(task: Task, *, plan: Plan, language: str = "zh") -> str:
    """Write who carries a duty: as the source text says, by the name the plan gives, or the general word."""
    chains = {Doer.DISTRICT_OFFICE: Chain.BLOCK, Doer.CITY_BUREAU: Chain.LINE}
    above = [authority.name for authority in plan.authorities if authority.chain is chains.get(task.doer)]
    names = {
        Doer.NAMED_SECTION: task.section,
        Doer.SUPERVISION_OFFICE: plan.organizer.supervision_office,
        Doer.SURVEY_TEAM: plan.survey.conductor if plan.survey else "",
    }
    named = names.get(task.doer) or next(iter(above), "")
    return task.doer_text or named or value_word(task.doer)[is_english(language)]


def _meeting(meeting: Meeting, tongue: str) -> str:
    separator = word("and", language=tongue)
    parts = [word("meeting", language=tongue, title=meeting.title)]
    if meeting.earliest_on and meeting.latest_on:
        earliest, latest = (say_date(day, language=tongue) for day in (meeting.earliest_on, meeting.latest_on))
        parts.append(word("meeting_span", language=tongue, earliest=earliest, latest=latest))
    if meeting.invited:
        parts.append(word("meeting_invited", language=tongue, invited=separator.join(meeting.invited)))
    if meeting.agenda:
        parts.append(word("meeting_agenda", language=tongue, agenda=separator.join(meeting.agenda)))
    return "".join([*parts, word("stop", language=tongue)])


def _service(page: Page, plan: Plan) -> None:
    tongue, separator = page.language, word("and", language=page.language)
    stop = word("stop", language=tongue)
    page.heading(word("service", language=tongue))
    if plan.channels:
        page.subheading(word("channels", language=tongue))
        page.put(BlockKind.BODY, separator.join(channel.name for channel in plan.channels) + stop)
    if plan.time_limits:
        page.subheading(word("limits", language=tongue))
    for limit in plan.time_limits:
        kind = value_word(limit.kind)[is_english(tongue)]
        unit = say_value(limit.unit, field="unit", plan=plan, language=tongue)
        text = word("limit", language=tongue, kind=kind, days=limit.days, unit=unit)
        if limit.extension_days:
            text += word("limit_more", language=tongue, more=limit.extension_days, unit=unit)
        page.item(text + stop)
    _handling(page, plan)
    if plan.work_rules:
        page.subheading(word("rules", language=tongue))
        page.put(BlockKind.BODY, separator.join(rule.name for rule in plan.work_rules) + stop)


def _handling(page: Page, plan: Plan) -> None:
    said = [("handled", plan.handling), ("kept", plan.handling), ("rehung", plan.commitments)]
    if plan.handling or plan.commitments:
        page.subheading(word("handling", language=page.language))
    for name, part in said:
        if part is not None:
            page.item(word(name, language=page.language, **asdict(part)))
